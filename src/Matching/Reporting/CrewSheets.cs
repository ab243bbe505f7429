using Matching.Model;
using Matching.Plans;

namespace Matching.Reporting;

/// <summary>The sheets about people: crews, the roster and workers.</summary>
internal static class CrewSheets
{
    /// <summary>The roster's columns before the days.</summary>
    internal const int RosterDayColumn = 11;

    private const double DayHeaderHeight = 74;

    /// <summary>One row per crew, with all that <c>crews.csv</c> holds.</summary>
    public static void WriteCrews(WorkbookPackage package, PlanTally tally, WorkbookTexts texts)
    {
        Season season = tally.Season;
        using SheetSeries sheets = new(package, texts.Line("班组", "Crews"),
        [
            new(texts.Head("班组编号", "crew_id"), 12), new(texts.Head("经纪人编号", "broker_id"), 12), new(texts.Head("经纪人", "broker"), 14),
            new(texts.Head("订单编号", "order_id"), 12), new(texts.Head("用工点编号", "site_id"), 12), new(texts.Head("用工点", "site"), 18),
            new(texts.Head("雇主", "employer"), 20), new(texts.Head("技能", "skill"), 12), new(texts.Head("开始", "from"), 12),
            new(texts.Head("结束", "to"), 12), new(texts.Head("天数", "days"), 8), new(texts.Head("方式", "mode"), 14),
            new(texts.Head("上工时间", "start_time"), 10), new(texts.Head("日工资（元）", "daily_wage"), 12),
            new(texts.Head("成员", "members"), 9), new(texts.Head("工日", "worker_days"), 11),
            new(texts.Head("日最少", "fewest_a_day"), 11), new(texts.Head("日最多", "most_a_day"), 11),
        ], frozenColumns: 1);
        for (int crew = 0; crew < tally.Plan.Crews.Length; crew++)
        {
            Crew lead = tally.Plan.Crews[crew];
            Order order = season.Orders[tally.CrewOrder[crew]];
            int days = Math.Max(0, lead.To.DayNumber - lead.From.DayNumber + 1);
            int[] perDay = new int[season.DayCount];
            int members = 0;
            int workerDays = 0;
            foreach (CrewMember member in tally.MembersOf(crew))
            {
                members++;
                workerDays += member.Days.Length;
                foreach (int day in member.Days)
                {
                    perDay[day]++;
                }
            }

            int[] engaged = [.. Enumerable.Range(0, season.DayCount).Where(d => season.Day(d) >= lead.From && season.Day(d) <= lead.To).Select(d => perDay[d])];
            SheetWriter sheet = sheets.BeginRow();
            sheet.Text(0, lead.Id.Value);
            sheet.Text(1, lead.Broker.Value);
            sheet.Text(2, season.Brokers[tally.CrewBroker[crew]].Name);
            sheet.Text(3, order.Id.Value);
            sheet.Text(4, order.Site.Value);
            sheet.Text(5, season.PlaceById[order.Site].Name);
            sheet.Text(6, season.SiteById[order.Site].Employer);
            sheet.Text(7, order.Skill.Value);
            sheet.Date(8, lead.From);
            sheet.Date(9, lead.To);
            sheet.Number(10, days);
            sheet.Text(11, texts.Mode(lead.Mode));
            sheet.Time(12, (order.StartTime.Hour * 60) + order.StartTime.Minute);
            sheet.Number(13, order.DailyWage, CellStyle.Money);
            sheet.Number(14, members);
            sheet.Number(15, workerDays);
            sheet.Number(16, engaged.DefaultIfEmpty().Min());
            sheet.Number(17, engaged.DefaultIfEmpty().Max());
            sheet.EndRow();
        }
    }

    /// <summary>One row per crew and member, one column per season day; a 1 marks a day worked, so that columns add up.</summary>
    public static void WriteRoster(WorkbookPackage package, PlanTally tally, WorkbookTexts texts)
    {
        Season season = tally.Season;
        List<SheetColumn> columns =
        [
            new(texts.Head("班组编号", "crew_id"), 12), new(texts.Head("工人编号", "worker_id"), 12), new(texts.Head("姓名", "name"), 14),
            new(texts.Head("村庄编号", "village_id"), 12), new(texts.Head("村庄", "village"), 16), new(texts.Head("经纪人编号", "broker_id"), 12),
            new(texts.Head("经纪人", "broker"), 14), new(texts.Head("订单编号", "order_id"), 12), new(texts.Head("用工点", "site"), 18),
            new(texts.Head("方式", "mode"), 14), new(texts.Head("天数", "days"), 8),
        ];
        columns.AddRange(Enumerable.Range(0, season.DayCount).Select(d => new SheetColumn(SheetWriter.Iso(season.Day(d)), 4, CellStyle.DayHeader)));
        using SheetSeries sheets = new(package, texts.Line("名册", "Roster"), columns, frozenColumns: 3, DayHeaderHeight);
        for (int crew = 0; crew < tally.Plan.Crews.Length; crew++)
        {
            Crew lead = tally.Plan.Crews[crew];
            Order order = season.Orders[tally.CrewOrder[crew]];
            string broker = season.Brokers[tally.CrewBroker[crew]].Name;
            string site = season.PlaceById[order.Site].Name;
            string mode = texts.Mode(lead.Mode);
            foreach (CrewMember member in tally.MembersOf(crew))
            {
                Worker worker = season.Workers[member.Worker];
                SheetWriter sheet = sheets.BeginRow();
                sheet.Text(0, lead.Id.Value);
                sheet.Text(1, worker.Id.Value);
                sheet.Text(2, worker.Name);
                sheet.Text(3, worker.Village.Value);
                sheet.Text(4, season.PlaceById[worker.Village].Name);
                sheet.Text(5, lead.Broker.Value);
                sheet.Text(6, broker);
                sheet.Text(7, order.Id.Value);
                sheet.Text(8, site);
                sheet.Text(9, mode);
                sheet.Number(10, member.Days.Length);
                foreach (int day in member.Days)
                {
                    sheet.Number(RosterDayColumn + day, 1, CellStyle.Mark);
                }

                sheet.EndRow();
            }
        }
    }

    /// <summary>One row per worker with the days worked and the wages they bring.</summary>
    public static void WriteWorkers(WorkbookPackage package, PlanTally tally, WorkbookTexts texts)
    {
        Season season = tally.Season;
        decimal[] wages = new decimal[season.Workers.Length];
        int[] crews = new int[season.Workers.Length];
        for (int crew = 0; crew < tally.Plan.Crews.Length; crew++)
        {
            decimal wage = season.Orders[tally.CrewOrder[crew]].DailyWage;
            foreach (CrewMember member in tally.MembersOf(crew))
            {
                wages[member.Worker] += wage * member.Days.Length;
                crews[member.Worker]++;
            }
        }

        using SheetSeries sheets = new(package, texts.Line("工人", "Workers"),
        [
            new(texts.Head("工人编号", "worker_id"), 12), new(texts.Head("姓名", "name"), 14), new(texts.Head("村庄编号", "village_id"), 12),
            new(texts.Head("村庄", "village"), 16), new(texts.Head("本人经纪人编号", "broker_id"), 14), new(texts.Head("出工天数", "days_worked"), 12),
            new(texts.Head("目标天数", "target_days"), 12), new(texts.Head("班组数", "crews"), 9), new(texts.Head("工资合计（元）", "wages"), 16),
        ], frozenColumns: 2);
        for (int i = 0; i < season.Workers.Length; i++)
        {
            Worker worker = season.Workers[i];
            SheetWriter sheet = sheets.BeginRow();
            sheet.Text(0, worker.Id.Value);
            sheet.Text(1, worker.Name);
            sheet.Text(2, worker.Village.Value);
            sheet.Text(3, season.PlaceById[worker.Village].Name);
            sheet.Text(4, worker.Broker?.Value ?? "");
            sheet.Number(5, tally.DaysWorked[i]);
            sheet.Number(6, worker.TargetDays);
            sheet.Number(7, crews[i]);
            sheet.Number(8, wages[i], CellStyle.Money);
            sheet.EndRow();
        }
    }
}
