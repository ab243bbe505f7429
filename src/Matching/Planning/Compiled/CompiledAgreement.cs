using Matching.Model;
using Matching.Rules;

namespace Matching.Planning.Compiled;

/// <summary>An agreement as flags over villages and sites, with its season days.</summary>
internal sealed class CompiledAgreement
{
    public readonly int FromDay;
    public readonly int ToDay;
    public readonly int MinDays;
    public readonly int MaxDays;
    public readonly double Penalty;
    public readonly bool[] AtSite;

    /// <summary>Villages that count, or null when a broker supplies.</summary>
    public readonly bool[]? FromVillage;

    /// <summary>The supplying broker's index, or -1 when a place supplies.</summary>
    public readonly int Broker;

    public CompiledAgreement(Season season, Agreement agreement, PlaceId[] villages, PlaceId[] sites)
    {
        FromDay = agreement.Window.From is { } from ? Math.Max(0, season.DayIndex(from)) : 0;
        ToDay = agreement.Window.To is { } to ? Math.Min(season.DayCount - 1, season.DayIndex(to)) : season.DayCount - 1;
        MinDays = agreement.MinDays;
        MaxDays = agreement.MaxDays ?? int.MaxValue;
        Penalty = (double)agreement.Penalty;
        AtSite = [.. sites.Select(s => DemandRules.Buys(season, agreement, season.SiteById[s]))];
        Broker = -1;
        if (agreement.SupplierKind == SupplierKind.Broker)
        {
            for (int b = 0; b < season.Brokers.Length; b++)
            {
                if (season.Brokers[b].Id.Value == agreement.Supplier)
                {
                    Broker = b;
                }
            }
        }
        else
        {
            FromVillage = [.. villages.Select(v => DemandRules.Supplies(season, agreement, v, default))];
        }
    }

    /// <summary>Whether a worker-day of that village led by that broker on that day counts (the site is asked apart).</summary>
    public bool Counts(int village, int broker, int day) =>
        day >= FromDay && day <= ToDay && (FromVillage is null ? broker == Broker : FromVillage[village]);
}
