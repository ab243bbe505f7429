using Matching.Model;

namespace Matching.Reporting;

/// <summary>The sheets about orders: cover by day and shortages.</summary>
internal static class CoverSheets
{
    /// <summary>The cover's columns before the days.</summary>
    internal const int CoverDayColumn = 7;

    private const double DayHeaderHeight = 74;

    /// <summary>Three rows per order (required, target, filled), one column per season day; filled days are coloured by cover.</summary>
    public static void WriteCover(WorkbookPackage package, PlanTally tally, WorkbookTexts texts)
    {
        Season season = tally.Season;
        List<SheetColumn> columns =
        [
            new(texts.Head("订单编号", "order_id"), 12), new(texts.Head("项目", "measure"), 16), new(texts.Head("合计", "total"), 11),
            new(texts.Head("用工点编号", "site_id"), 12), new(texts.Head("用工点", "site"), 18), new(texts.Head("雇主", "employer"), 20),
            new(texts.Head("技能", "skill"), 12),
        ];
        columns.AddRange(Enumerable.Range(0, season.DayCount).Select(d => new SheetColumn(SheetWriter.Iso(season.Day(d)), 6, CellStyle.DayHeader)));
        (string Name, int[,] Cells)[] measures =
        [
            (texts.Word("必需 required", "required"), tally.Required),
            (texts.Word("目标 target", "target"), tally.Target),
            (texts.Word("已派 filled", "filled"), tally.Filled),
        ];
        using SheetSeries sheets = new(package, texts.Line("满足情况", "Cover"), columns, frozenColumns: 3, DayHeaderHeight);
        for (int i = 0; i < season.Orders.Length; i++)
        {
            Order order = season.Orders[i];
            foreach ((string name, int[,] cells) in measures)
            {
                bool filled = cells == tally.Filled;
                SheetWriter sheet = sheets.BeginRow();
                sheet.Text(0, order.Id.Value, filled ? CellStyle.Strong : CellStyle.Plain);
                sheet.Text(1, name, filled ? CellStyle.Strong : CellStyle.Plain);
                sheet.Number(2, Enumerable.Range(0, season.DayCount).Sum(d => (decimal)cells[i, d]));
                sheet.Text(3, order.Site.Value);
                sheet.Text(4, season.PlaceById[order.Site].Name);
                sheet.Text(5, season.SiteById[order.Site].Employer);
                sheet.Text(6, order.Skill.Value);
                for (int day = 0; day < season.DayCount; day++)
                {
                    // Days that ask for nobody and get nobody stay blank.
                    if (cells[i, day] != 0 || tally.Target[i, day] != 0)
                    {
                        sheet.Number(CoverDayColumn + day, cells[i, day], filled ? Cover(tally, i, day) : CellStyle.Plain);
                    }
                }

                sheet.EndRow();
            }
        }
    }

    /// <summary>One row per order and day filled below target, greatest lost value first.</summary>
    public static void WriteShortages(WorkbookPackage package, PlanTally tally, PlanResult? result, WorkbookTexts texts)
    {
        Season season = tally.Season;
        List<SheetColumn> columns =
        [
            new(texts.Head("日期", "date"), 12), new(texts.Head("订单编号", "order_id"), 12), new(texts.Head("用工点编号", "site_id"), 12),
            new(texts.Head("用工点", "site"), 18), new(texts.Head("雇主", "employer"), 20), new(texts.Head("技能", "skill"), 12),
            new(texts.Head("必需", "required"), 10), new(texts.Head("目标", "target"), 10), new(texts.Head("已派", "filled"), 10),
            new(texts.Head("缺少必需", "missing_required"), 16), new(texts.Head("缺少目标", "missing_target"), 14),
            new(texts.Head("损失价值（元）", "lost_value"), 16),
        ];
        Dictionary<(OrderId, DateOnly), ShortageReason> reasons = [];
        if (result is not null)
        {
            columns.Add(new(texts.Head("制约原因", "binding_reason"), 26));
            foreach (ShortageReason reason in result.ShortageReasons)
            {
                reasons[(reason.Shortage.Order, reason.Shortage.Date)] = reason;
            }
        }

        using SheetSeries sheets = new(package, texts.Line("缺口", "Shortages"), columns, frozenColumns: 2);
        foreach (TallyShortage shortage in tally.Shortages().OrderByDescending(s => s.LostValue).ThenBy(s => s.Day).ThenBy(s => s.Order))
        {
            Order order = season.Orders[shortage.Order];
            DateOnly date = season.Day(shortage.Day);
            SheetWriter sheet = sheets.BeginRow();
            sheet.Date(0, date);
            sheet.Text(1, order.Id.Value);
            sheet.Text(2, order.Site.Value);
            sheet.Text(3, season.PlaceById[order.Site].Name);
            sheet.Text(4, season.SiteById[order.Site].Employer);
            sheet.Text(5, order.Skill.Value);
            sheet.Number(6, shortage.Required);
            sheet.Number(7, shortage.Target);
            sheet.Number(8, shortage.Filled);
            sheet.Number(9, Math.Max(0, shortage.Required - shortage.Filled));
            sheet.Number(10, shortage.Target - shortage.Filled);
            sheet.Number(11, shortage.LostValue, CellStyle.Money);
            if (reasons.TryGetValue((order.Id, date), out ShortageReason? reason))
            {
                sheet.Text(12, texts.Reason(reason.Reason));
            }

            sheet.EndRow();
        }
    }

    private static CellStyle Cover(PlanTally tally, int order, int day)
    {
        int filled = tally.Filled[order, day];
        return filled >= tally.Target[order, day] ? CellStyle.CoverFull
            : filled >= tally.Required[order, day] ? CellStyle.CoverMet
            : filled > 0 ? CellStyle.CoverLow
            : CellStyle.CoverZero;
    }
}
