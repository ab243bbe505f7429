using Matching.Repairing;

namespace Matching.Api.Output;

/// <summary>What a repair did, as a document and as tables.</summary>
internal static class RepairOutput
{
    private const int MostStandby = 12;

    /// <summary>The document of <c>repair --json</c>.</summary>
    public static object Document(RepairResult result, string path) => new
    {
        Out = path,
        NetValue = JsonOutput.Money(result.Plan.Facts!.Worth.NetValue),
        Parts = JsonOutput.PartsOf(result.Plan.Facts.Worth),
        result.Plan.Facts.Seconds,
        Hit = new { WorkerDays = result.Hit.Length, People = result.Hit.Select(h => h.Worker).Distinct().Count() },
        Diff = DiffOutput.Document(result.Diff),
        Standby = result.Standby.Select(s => new { CrewId = s.Crew.Value, s.Date, WorkerIds = s.Workers.Select(w => w.Value) }),
        PinConflicts = result.PinConflicts.Select(JsonOutput.PinConflict),
    };

    /// <summary>Tables for people.</summary>
    public static void Print(CliHost host, RepairResult result, string path)
    {
        host.Out.WriteLine(host.In(
            OperationTexts.HitLine, Figures.Count(result.Hit.Length), Figures.Count(result.Hit.Select(h => h.Worker).Distinct().Count())));
        host.Out.WriteLine();
        DiffOutput.Print(host, result.Diff);
        if (!result.Standby.IsEmpty)
        {
            host.Out.WriteLine();
            host.Out.WriteLine(host.In(OperationTexts.StandbyTitle));
            TextTable table = new(false, false, false);
            foreach (Standby list in result.Standby.Take(MostStandby))
            {
                table.Add(Figures.Day(list.Date), list.Crew.Value, string.Join(' ', list.Workers.Select(w => w.Value)));
            }

            table.Write(host.Out);
        }

        RunPrinter.WritePinConflicts(host, result.PinConflicts);
        host.Out.WriteLine();
        host.Out.WriteLine(host.In(RunTexts.Written, path));
    }
}
