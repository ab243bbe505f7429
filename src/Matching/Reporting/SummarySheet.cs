using System.Globalization;
using Matching.Model;

namespace Matching.Reporting;

/// <summary>The sheet of figures.</summary>
internal static class SummarySheet
{
    /// <summary>Writes the sheet.</summary>
    public static void Write(WorkbookPackage package, PlanTally tally, PlanResult? result, WorkbookTexts texts)
    {
        Season season = tally.Season;
        ReportSummary summary = ReportDataBuilder.Summary(tally, result);
        using SheetWriter sheet = package.Sheet(
            texts.Line("概览", "Summary"), [new(texts.Head("项目", "item"), 44), new(texts.Head("值", "value"), 30)], frozenColumns: 0);

        Text(texts.Line("采收季", "Season"), season.Name);
        Text(texts.Line("开始", "From"), SheetWriter.Iso(season.Start));
        Text(texts.Line("结束", "To"), SheetWriter.Iso(season.End));
        Count(texts.Line("天数", "Days"), season.DayCount);

        if (tally.Plan.Facts is { } facts)
        {
            Money(texts.Line("净值（元）", "Net value (CNY)"), facts.Worth.NetValue);
            foreach ((string name, decimal amount) in facts.Worth.Parts)
            {
                Money("    " + texts.Part(name), amount);
            }

            Money(texts.Line("上界（元）", "Upper bound (CNY)"), facts.UpperBound);
            Row(texts.Line("差距", "Gap"), s => s.Number(1, facts.Gap!.Value, CellStyle.Percent), facts.Gap is not null);
        }

        Count(texts.Line("已派工日", "Worker-days filled"), summary.WorkerDays);
        Count(texts.Line("必需工日", "Required worker-days"), summary.Required);
        Count(texts.Line("必需工日已满足", "Required worker-days filled"), summary.FilledRequired);
        Count(texts.Line("目标工日", "Target worker-days"), summary.Target);
        Count(texts.Line("目标工日已满足", "Target worker-days filled"), summary.FilledTarget);
        Count(texts.Line("班组", "Crews"), summary.Crews);
        Count(texts.Line("住宿班组", "Lodging crews"), summary.LodgingCrews);
        Count(texts.Line("带班经纪人", "Brokers leading"), summary.BrokersLeading);
        Count(texts.Line("出工工人", "Workers going out"), summary.WorkersWorking);
        Count(texts.Line("工人总数", "Workers in all"), season.Workers.Length);
        Count(texts.Line("车次", "Trips"), summary.Trips);
        Count(texts.Line("乘车人次", "Passenger rides"), summary.Passengers);
        Count(texts.Line("使用车辆", "Vehicles used"), summary.VehiclesUsed);
        Count(texts.Line("车日", "Vehicle-days"), summary.VehicleDays);
        Row(texts.Line("行驶公里（含返程）", "Kilometres (evening included)"), s => s.Number(1, summary.Km, CellStyle.Money), true);

        if (summary.OutsideSeason > 0)
        {
            Count(texts.Line("采收季外的派工（未计入）", "Assignments outside the season (not counted)"), summary.OutsideSeason);
        }

        Text(texts.Line("随机种子", "Seed"), summary.Seed?.ToString(CultureInfo.InvariantCulture));
        Text(texts.Line("用时（秒）", "Seconds"), summary.Seconds?.ToString(CultureInfo.InvariantCulture));
        Text(texts.Line("停止原因", "Stopped by"), summary.StoppedBy);
        foreach ((string name, string value) in summary.Settings)
        {
            Text($"{texts.Line("设置", "Setting")} {name}", value);
        }

        foreach ((string name, string value) in summary.Versions)
        {
            Text($"{texts.Line("版本", "Version")} {name}", value);
        }

        void Text(string item, string? value) => Row(item, s => s.Text(1, value!), value is not null);
        void Count(string item, long value) => Row(item, s => s.Number(1, (decimal)value), true);
        void Money(string item, decimal? value) => Row(item, s => s.Number(1, value!.Value, CellStyle.Money), value is not null);

        void Row(string item, Action<SheetWriter> write, bool known)
        {
            if (known)
            {
                sheet.BeginRow();
                sheet.Text(0, item);
                write(sheet);
                sheet.EndRow();
            }
        }
    }
}
