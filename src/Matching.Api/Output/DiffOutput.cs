using Matching.Comparing;
using Matching.Model;
using Matching.Plans;

namespace Matching.Api.Output;

/// <summary>What changed between two plans, as a document and as tables.</summary>
internal static class DiffOutput
{
    private const int MostRows = 40;

    /// <summary>The document of <c>diff.json</c> and <c>diff --json</c>.</summary>
    public static object Document(PlanDiff diff) => new
    {
        Crews = new { Added = Ids(diff.Crews.Added), Removed = Ids(diff.Crews.Removed), Changed = Ids(diff.Crews.Changed) },
        diff.WorkerDays,
        Trips = new { Added = Ids(diff.Trips.Added), Removed = Ids(diff.Trips.Removed), Retimed = Ids(diff.Trips.Retimed) },
        People = diff.People.Select(p => new { WorkerId = p.Worker.Value, p.Date, From = p.From?.Value, To = p.To?.Value }),
        Vehicles = diff.Vehicles.Select(v => new { VehicleId = v.Vehicle.Value, v.Date, From = Ids(v.From), To = Ids(v.To) }),
        Shortages = diff.Shortages.Select(s => new { OrderId = s.Order.Value, s.Date, s.Required, s.Target, s.From, s.To }),
        Parts = JsonOutput.PartsOf(diff.Parts),
        NetValue = JsonOutput.Money(diff.NetValue),
    };

    /// <summary>Tables for people.</summary>
    public static void Print(CliHost host, PlanDiff diff)
    {
        WorthChangeTable.Write(host, diff.Parts);
        host.Out.WriteLine();
        TextTable counts = new(false, true, true, true);
        counts.Add("", host.In(OperationTexts.Added), host.In(OperationTexts.Removed), host.In(OperationTexts.Changed));
        Row(OperationTexts.WorkerDays, diff.WorkerDays.Added, diff.WorkerDays.Removed, diff.WorkerDays.Moved);
        Row(RunTexts.Crews, diff.Crews.Added.Length, diff.Crews.Removed.Length, diff.Crews.Changed.Length);
        Row(RunTexts.Trips, diff.Trips.Added.Length, diff.Trips.Removed.Length, diff.Trips.Retimed.Length);
        counts.Write(host.Out);

        void Row(Text name, int added, int removed, int changed) =>
            counts.Add(host.In(name), Figures.Count(added), Figures.Count(removed), Figures.Count(changed));

        Section(host, OperationTexts.PeopleToTell, diff.People, [RunTexts.Day, RunTexts.Worker, OperationTexts.From, OperationTexts.To],
            p => [Figures.Day(p.Date), p.Worker.Value, p.From?.Value ?? "-", p.To?.Value ?? "-"]);
        Section(host, OperationTexts.VehiclesChanged, diff.Vehicles, [RunTexts.Day, OperationTexts.Vehicle, OperationTexts.From, OperationTexts.To],
            v => [Figures.Day(v.Date), v.Vehicle.Value, Join(v.From), Join(v.To)]);
        Section(host, OperationTexts.OrdersChanged, diff.Shortages,
            [RunTexts.Day, RunTexts.Order, RunTexts.RequiredRow, RunTexts.TargetRow, OperationTexts.From, OperationTexts.To],
            s => [Figures.Day(s.Date), s.Order.Value, Figures.Count(s.Required), Figures.Count(s.Target), Figures.Count(s.From), Figures.Count(s.To)]);
    }

    private static void Section<T>(CliHost host, Text title, IReadOnlyCollection<T> rows, Text[] heads, Func<T, string[]> cells)
    {
        if (rows.Count == 0)
        {
            return;
        }

        host.Out.WriteLine();
        host.Out.WriteLine(host.In(title, Figures.Count(rows.Count)));
        TextTable table = new(new bool[heads.Length]);
        table.Add([.. heads.Select(h => host.In(h))]);
        foreach (T row in rows.Take(MostRows))
        {
            table.Add(cells(row));
        }

        table.Write(host.Out);
        if (rows.Count > MostRows)
        {
            host.Out.WriteLine("  " + host.In(RunTexts.MorePins, Figures.Count(rows.Count - MostRows)));
        }
    }

    private static string Join(IEnumerable<TripId> trips) => string.Join(' ', trips.Select(t => t.Value)) is { Length: > 0 } text ? text : "-";

    private static IEnumerable<string> Ids(IEnumerable<CrewId> ids) => ids.Select(i => i.Value);

    private static IEnumerable<string> Ids(IEnumerable<TripId> ids) => ids.Select(i => i.Value);
}

/// <summary>The change of the worth by part, with signs.</summary>
internal static class WorthChangeTable
{
    /// <summary>Writes the parts that change, and the sum.</summary>
    public static void Write(CliHost host, Worth change)
    {
        host.Out.WriteLine(host.In(OperationTexts.WorthChange));
        TextTable table = new(false, true);
        foreach ((string name, decimal amount) in change.Parts.Where(p => p.Value != 0))
        {
            table.Add(host.In(RunTexts.Part(name)), Figures.SignedMoney(amount));
        }

        table.Add(host.In(RunTexts.NetValue), Figures.SignedMoney(change.NetValue));
        table.Write(host.Out);
    }
}
