using System.Globalization;
using Matching.Stress;

namespace Matching.Api.Output;

/// <summary>A stress test, as a document and as tables.</summary>
internal static class StressOutput
{
    private const int MostLines = 15;

    /// <summary>The document of <c>stress --json</c>.</summary>
    public static object Document(StressResult result, long seed, StressRates rates) => new
    {
        result.Replays,
        Seed = seed,
        Rates = rates,
        Planned = JsonOutput.Money(result.Planned),
        result.Fill,
        Worth = new
        {
            Mean = Money(result.Worth.Mean), Deviation = Money(result.Worth.Deviation),
            P05 = Money(result.Worth.P05), Median = Money(result.Worth.Median), P95 = Money(result.Worth.P95),
        },
        WeakestDays = result.Days.Select(d => new { Date = d.Id, d.Planned, d.LostDays, LostValue = JsonOutput.Money(d.LostValue) }),
        WeakestBrokers = result.Brokers.Select(b => new { BrokerId = b.Id, b.Planned, b.LostDays, LostValue = JsonOutput.Money(b.LostValue) }),
        WeakestVehicles = result.Vehicles.Select(v => new { VehicleId = v.Id, v.Planned, v.LostDays, LostValue = JsonOutput.Money(v.LostValue) }),
        Standby = result.Standby.Select(s => new { VillageId = s.Village.Value, OrderId = s.Order.Value, s.Workers, s.Days, NetValue = JsonOutput.Money(s.NetValue) }),
    };

    /// <summary>Tables for people.</summary>
    public static void Print(CliHost host, StressResult result)
    {
        TextTable spread = new(false, true, true, true, true, true);
        spread.Add(
            host.In(OperationTexts.ReplaysOf, Figures.Count(result.Replays)), host.In(OperationTexts.Mean), "±", "5 %", "50 %", "95 %");
        spread.Add([host.In(RunTexts.Share), .. Cells(result.Fill, v => Figures.Percent((decimal)v))]);
        spread.Add([host.In(RunTexts.NetValue), .. Cells(result.Worth, v => Figures.Money(Money(v)))]);
        spread.Write(host.Out);
        host.Out.WriteLine(host.In(OperationTexts.PlannedWorth, Figures.Money(result.Planned)));
        Weak(host, OperationTexts.WeakestDays, result.Days);
        Weak(host, OperationTexts.WeakestBrokers, result.Brokers);
        Weak(host, OperationTexts.WeakestVehicles, result.Vehicles);
        if (result.Standby.IsEmpty)
        {
            return;
        }

        host.Out.WriteLine();
        host.Out.WriteLine(host.In(OperationTexts.StandbyPays, Figures.Count(result.Standby.Length)));
        TextTable standby = new(false, false, true, true, true);
        standby.Add(host.In(OperationTexts.Village), host.In(RunTexts.Order), host.In(RunTexts.Worker), host.In(RunTexts.Day), host.In(RunTexts.NetValue));
        foreach (StandbyLine line in result.Standby.Take(MostLines))
        {
            standby.Add(line.Village.Value, line.Order.Value, Figures.Count(line.Workers), Figures.Count(line.Days), Figures.SignedMoney(line.NetValue));
        }

        standby.Write(host.Out);
    }

    private static void Weak(CliHost host, Text title, IReadOnlyCollection<Weakness> rows)
    {
        if (rows.Count == 0)
        {
            return;
        }

        host.Out.WriteLine();
        host.Out.WriteLine(host.In(title));
        TextTable table = new(false, true, true, true);
        table.Add("", host.In(OperationTexts.PlannedDays), host.In(OperationTexts.LostDays), host.In(RunTexts.LostValue));
        foreach (Weakness row in rows)
        {
            table.Add(row.Id, Figures.Count(row.Planned), row.LostDays.ToString("0.00", CultureInfo.InvariantCulture), Figures.Money(row.LostValue));
        }

        table.Write(host.Out);
    }

    private static IEnumerable<string> Cells(Spread spread, Func<double, string> text) =>
        new[] { spread.Mean, spread.Deviation, spread.P05, spread.Median, spread.P95 }.Select(text);

    private static decimal Money(double amount) => JsonOutput.Money((decimal)amount);
}
