using Matching.Plans;
using Matching.Reporting;

namespace Matching.Api.Output;

/// <summary>Tells how a planning run ended.</summary>
internal static class RunPrinter
{
    private const int MostPinConflicts = 50;

    /// <summary>Writes the tables.</summary>
    public static void Write(CliHost host, PlanResult result, IReadOnlyList<StageTime> stages, PlanSummary summary, Worth worth, string path)
    {
        WriteCover(host, summary);
        host.Out.WriteLine();
        WorthTable.Write(host, worth, result.Plan.Facts);
        host.Out.WriteLine();
        WritePlan(host, result, summary);
        host.Out.WriteLine();
        WriteShortages(host, result, summary);
        WritePinConflicts(host, result.PinConflicts);
        WriteStages(host, stages);
        host.Out.WriteLine();
        host.Out.WriteLine(host.In(RunTexts.Written, path));
    }

    private static void WriteCover(CliHost host, PlanSummary summary)
    {
        TextTable table = new(false, true, true, true);
        table.Add(host.In(RunTexts.Cover), host.In(RunTexts.Filled), host.In(RunTexts.Wanted), host.In(RunTexts.Share));
        Row(RunTexts.RequiredRow, summary.FilledRequired, summary.Required);
        Row(RunTexts.TargetRow, summary.FilledTarget, summary.Target);
        table.Write(host.Out);

        void Row(Text name, long filled, long wanted) => table.Add(
            host.In(name), Figures.Count(filled), Figures.Count(wanted), wanted > 0 ? Figures.Percent((decimal)filled / wanted) : "-");
    }

    private static void WritePlan(CliHost host, PlanResult result, PlanSummary summary)
    {
        host.Out.WriteLine(host.In(RunTexts.PlanTitle));
        TextTable table = new(false, false);
        table.Add(host.In(RunTexts.Crews), host.In(RunTexts.CrewsValue, Figures.Count(summary.Crews), Figures.Count(summary.LodgingCrews)));
        table.Add(host.In(RunTexts.Trips), host.In(RunTexts.TripsValue, Figures.Count(summary.Trips), Figures.Count(summary.VehiclesUsed), Figures.Count(summary.VehicleDays)));
        table.Add(host.In(RunTexts.Kilometres), Figures.Tenths(summary.Kilometres));
        table.Add(host.In(RunTexts.DaysPerWorker), DaysOf(host, summary));
        table.Add(host.In(RunTexts.StoppedBy), host.In(RunTexts.Stopped(result.StoppedBy)));
        table.Write(host.Out);
    }

    private static string DaysOf(CliHost host, PlanSummary summary)
    {
        if (summary.DaysWorked.IsEmpty)
        {
            return "-";
        }

        decimal mean = (decimal)summary.DaysWorked.Sum(d => (long)d) / summary.DaysWorked.Length;
        return host.In(RunTexts.DaysValue, Figures.Count(summary.DaysWorked.Length), Figures.Count(summary.Workers), summary.DaysWorked[0],
            summary.DaysWorked[summary.DaysWorked.Length / 2], Figures.Tenths(mean), summary.DaysWorked[^1]);
    }

    private static void WriteShortages(CliHost host, PlanResult result, PlanSummary summary)
    {
        if (summary.Shortages.IsEmpty)
        {
            host.Out.WriteLine(host.In(RunTexts.NoShortage));
            return;
        }

        int shown = Math.Min(WorstShortages.Most, summary.Shortages.Length);
        host.Out.WriteLine(host.In(RunTexts.WorstShortages, shown, Figures.Count(summary.Shortages.Length)));
        TextTable table = new(false, false, true, true, true, true, false);
        table.Add(
            host.In(RunTexts.Order), host.In(RunTexts.Day), host.In(RunTexts.RequiredRow), host.In(RunTexts.TargetRow),
            host.In(RunTexts.Filled), host.In(RunTexts.LostValue), host.In(RunTexts.Reason));
        foreach ((Shortage shortage, decimal lost, BindingReason? reason) in WorstShortages.Of(result, summary))
        {
            table.Add(
                shortage.Order.Value, Figures.Day(shortage.Date), Figures.Count(shortage.Required), Figures.Count(shortage.Target),
                Figures.Count(shortage.Filled), Figures.Money(lost), reason is { } known ? host.In(RunTexts.Binding(known)) : "-");
        }

        table.Write(host.Out);
    }

    private static void WriteStages(CliHost host, IReadOnlyList<StageTime> stages)
    {
        if (stages.Count == 0)
        {
            return;
        }

        host.Out.WriteLine();
        host.Out.WriteLine(host.In(RunTexts.StagesTitle));
        TextTable table = new(false, true);
        foreach ((string stage, double seconds) in stages)
        {
            table.Add(host.In(RunTexts.StageName(stage)), Figures.Hundredths((decimal)seconds));
        }

        table.Write(host.Out);
    }

    /// <summary>Writes the pins that could not be kept, when there are any.</summary>
    public static void WritePinConflicts(CliHost host, IReadOnlyCollection<PinConflict> conflicts)
    {
        if (conflicts.Count == 0)
        {
            return;
        }

        host.Out.WriteLine();
        host.Out.WriteLine(host.In(RunTexts.PinConflicts, conflicts.Count));
        TextTable table = new(false, false, false, false, false, false);
        table.Add(
            host.In(RunTexts.Day), host.In(RunTexts.Broker), host.In(RunTexts.Order), host.In(RunTexts.Worker),
            host.In(RunTexts.Rule), host.In(RunTexts.Message));
        foreach (PinConflict conflict in conflicts.Take(MostPinConflicts))
        {
            table.Add(
                Figures.Day(conflict.Pin.Date), conflict.Pin.Broker.Value, conflict.Pin.Order.Value, conflict.Pin.Worker.Value,
                conflict.Rule.ToString(), conflict.Message);
        }

        table.Write(host.Out);
        if (conflicts.Count > MostPinConflicts)
        {
            host.Out.WriteLine(host.In(RunTexts.MorePins, conflicts.Count - MostPinConflicts));
        }
    }
}
