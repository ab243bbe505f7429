using System.Text.Json;
using Matching.Reporting;
using Matching.Scenarios;

namespace Matching.Api.Output;

/// <summary>A price list, as a document and as tables.</summary>
internal static class PriceOutput
{
    private const int MostRows = 15;

    /// <summary>The document of <c>prices --json</c>.</summary>
    public static object Document(ReportLanguage language, PriceList prices) => new
    {
        Seats = prices.Seats.Select(p => new { VillageId = p.Village.Value, SiteId = p.Site.Value, Worth = JsonOutput.Money(p.Worth), Kind = Kind(p.Kind) }),
        Beds = prices.Beds.Select(p => new { SiteId = p.Site.Value, Worth = JsonOutput.Money(p.Worth), Kind = Kind(p.Kind) }),
        Brokers = prices.Brokers.Select(p => new { TownshipId = p.Township.Value, Worth = JsonOutput.Money(p.Worth), Kind = Kind(p.Kind) }),
        Workers = prices.Workers.Select(p => new { VillageId = p.Village.Value, Skill = p.Skill.Value, p.Level, Worth = JsonOutput.Money(p.Worth), Kind = Kind(p.Kind) }),
        Rules = prices.Rules.Select(p => new { Rule = p.Rule.ToString(), Relaxed = Relaxed(language, p), Worth = JsonOutput.Money(p.Worth), Kind = Kind(p.Kind) }),
    };

    /// <summary>Tables for people.</summary>
    public static void Print(CliHost host, PriceList prices)
    {
        Section(host, OperationTexts.SeatPrices, prices.Seats, p => $"{p.Village} → {p.Site}", p => p.Worth, p => p.Kind);
        Section(host, OperationTexts.BedPrices, prices.Beds, p => p.Site.Value, p => p.Worth, p => p.Kind);
        Section(host, OperationTexts.BrokerPrices, prices.Brokers, p => p.Township.Value, p => p.Worth, p => p.Kind);
        Section(host, OperationTexts.WorkerPrices, prices.Workers, p => $"{p.Village} {p.Skill} {p.Level}", p => p.Worth, p => p.Kind);
        Section(host, OperationTexts.RulePrices, prices.Rules, p => $"{p.Rule}: {Relaxed(host.Language, p)}", p => p.Worth, p => p.Kind);
    }

    private static void Section<T>(
        CliHost host, Text title, IReadOnlyCollection<T> rows, Func<T, string> name, Func<T, decimal> worth, Func<T, PriceKind> kind)
    {
        if (rows.Count == 0)
        {
            return;
        }

        host.Out.WriteLine(host.In(title));
        TextTable table = new(false, true, false);
        foreach (T row in rows.Take(MostRows))
        {
            table.Add(name(row), Figures.Money(worth(row)), Kind(kind(row)));
        }

        table.Write(host.Out);
        host.Out.WriteLine();
    }

    private static string Relaxed(ReportLanguage language, RulePrice price) => language == ReportLanguage.Chinese ? price.RelaxedZh : price.Relaxed;

    private static string Kind(PriceKind kind) => JsonNamingPolicy.CamelCase.ConvertName(kind.ToString());
}
