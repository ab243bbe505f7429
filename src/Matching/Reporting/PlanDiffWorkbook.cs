using Matching.Comparing;
using Matching.Model;

namespace Matching.Reporting;

/// <summary>
/// Writes what changed between two plans as an Excel workbook: the worth, the people to call, the vehicles that run otherwise
/// and the orders filled otherwise. Thread-safe.
/// </summary>
public static class PlanDiffWorkbook
{
    /// <summary>Writes the workbook.</summary>
    /// <param name="season">The season of the second plan.</param>
    /// <param name="diff">What changed.</param>
    /// <param name="path">The file; parents are created, an earlier file is replaced as a whole.</param>
    /// <param name="lang">The language that stands first.</param>
    public static void Write(Season season, PlanDiff diff, string path, ReportLanguage lang)
    {
        ArgumentNullException.ThrowIfNull(season);
        ArgumentNullException.ThrowIfNull(diff);
        WorkbookTexts texts = new(lang);
        AsideFile.Write(path, stream =>
        {
            using WorkbookPackage package = new(stream);
            WriteWorth(package, diff, texts);
            WritePeople(package, season, diff, texts);
            WriteVehicles(package, diff, texts);
            WriteFills(package, diff, texts);
            package.Finish();
        });
    }

    private static void WriteWorth(WorkbookPackage package, PlanDiff diff, WorkbookTexts texts)
    {
        using SheetSeries sheets = new(package, texts.Line("变化", "Changes"),
            [new(texts.Head("项目", "item"), 34), new(texts.Head("变化", "change"), 18)], frozenColumns: 1);
        foreach ((string name, decimal amount) in diff.Parts.Parts)
        {
            SheetWriter part = sheets.BeginRow();
            part.Text(0, texts.Part(name));
            part.Number(1, amount, CellStyle.Money);
            part.EndRow();
        }

        SheetWriter net = sheets.BeginRow();
        net.Text(0, texts.Line("净值", "Net value"));
        net.Number(1, diff.NetValue, CellStyle.Money);
        net.EndRow();
        Count("新增工日", "Worker-days added", diff.WorkerDays.Added);
        Count("取消工日", "Worker-days removed", diff.WorkerDays.Removed);
        Count("调动工日", "Worker-days moved", diff.WorkerDays.Moved);
        Count("新增班组", "Crews added", diff.Crews.Added.Length);
        Count("撤销班组", "Crews removed", diff.Crews.Removed.Length);
        Count("变动班组", "Crews changed", diff.Crews.Changed.Length);
        Count("新增车次", "Trips added", diff.Trips.Added.Length);
        Count("取消车次", "Trips removed", diff.Trips.Removed.Length);
        Count("改点车次", "Trips retimed", diff.Trips.Retimed.Length);

        void Count(string chinese, string english, int number)
        {
            SheetWriter sheet = sheets.BeginRow();
            sheet.Text(0, texts.Line(chinese, english));
            sheet.Number(1, number);
            sheet.EndRow();
        }
    }

    private static void WritePeople(WorkbookPackage package, Season season, PlanDiff diff, WorkbookTexts texts)
    {
        using SheetSeries sheets = new(package, texts.Line("通知名单", "People"),
        [
            new(texts.Head("日期", "date"), 12), new(texts.Head("工人编号", "worker_id"), 12), new(texts.Head("姓名", "name"), 14),
            new(texts.Head("村庄编号", "village_id"), 12), new(texts.Head("原班组", "from"), 12), new(texts.Head("新班组", "to"), 12),
        ], frozenColumns: 3);
        foreach (PersonChange change in diff.People)
        {
            season.WorkerById.TryGetValue(change.Worker, out Worker? worker);
            SheetWriter sheet = sheets.BeginRow();
            sheet.Date(0, change.Date);
            sheet.Text(1, change.Worker.Value);
            sheet.Text(2, worker?.Name ?? "");
            sheet.Text(3, worker?.Village.Value ?? "");
            sheet.Text(4, change.From?.Value ?? "");
            sheet.Text(5, change.To?.Value ?? "");
            sheet.EndRow();
        }
    }

    private static void WriteVehicles(WorkbookPackage package, PlanDiff diff, WorkbookTexts texts)
    {
        using SheetSeries sheets = new(package, texts.Line("车辆", "Vehicles"),
        [
            new(texts.Head("日期", "date"), 12), new(texts.Head("车辆编号", "vehicle_id"), 12),
            new(texts.Head("原车次", "from"), 30), new(texts.Head("新车次", "to"), 30),
        ], frozenColumns: 2);
        foreach (VehicleChange change in diff.Vehicles)
        {
            SheetWriter sheet = sheets.BeginRow();
            sheet.Date(0, change.Date);
            sheet.Text(1, change.Vehicle.Value);
            sheet.Text(2, string.Join(' ', change.From.Select(t => t.Value)));
            sheet.Text(3, string.Join(' ', change.To.Select(t => t.Value)));
            sheet.EndRow();
        }
    }

    private static void WriteFills(WorkbookPackage package, PlanDiff diff, WorkbookTexts texts)
    {
        using SheetSeries sheets = new(package, texts.Line("订单", "Orders"),
        [
            new(texts.Head("日期", "date"), 12), new(texts.Head("订单编号", "order_id"), 12), new(texts.Head("必需", "required"), 10),
            new(texts.Head("目标", "target"), 10), new(texts.Head("原到岗", "from"), 10), new(texts.Head("现到岗", "to"), 10),
        ], frozenColumns: 2);
        foreach (FillChange change in diff.Shortages)
        {
            SheetWriter sheet = sheets.BeginRow();
            sheet.Date(0, change.Date);
            sheet.Text(1, change.Order.Value);
            sheet.Number(2, change.Required);
            sheet.Number(3, change.Target);
            sheet.Number(4, change.From);
            sheet.Number(5, change.To);
            sheet.EndRow();
        }
    }
}
