using System.Collections.Immutable;
using Matching.Model;

namespace Matching.Why;

/// <summary>What there is too little of.</summary>
public enum ShortageResource
{
    /// <summary>People who may work there and get there: W1 to W4, max_days, H1, C3, C4, T4.</summary>
    People,

    /// <summary>Certified brokers and the sizes their crews may have: C1, C3.</summary>
    Leaders,

    /// <summary>Seats of vehicles in time for work, and beds: T2, T3, T5, C4.</summary>
    Seats,

    /// <summary>Worker-days of a picking round: D2.</summary>
    Round,
}

/// <summary>Which of an order's two numbers is meant.</summary>
public enum DemandLevel
{
    /// <summary>Worker-days required.</summary>
    Required,

    /// <summary>Worker-days that could be used.</summary>
    Target,
}

/// <summary>What an order wants on a day.</summary>
/// <param name="Order">The order.</param>
/// <param name="Date">The day.</param>
/// <param name="Wanted">Worker-days wanted.</param>
public readonly record struct WantedDay(OrderId Order, DateOnly Date, int Wanted);

/// <summary>What one village, area, depot, site or round can give at most.</summary>
/// <param name="Id">Id of the village people live in, of the area brokers lead in, of the depot, of the site with beds, or of the round's order.</param>
/// <param name="Count">People, brokers, vehicles or beds that count; 1 for a round.</param>
/// <param name="WorkerDays">Worker-days these can give to the order-days at most.</param>
public readonly record struct SupplyLine(string Id, int Count, int WorkerDays);

/// <summary>
/// Order-days that together want more than can reach them, whatever the plan: a violated Hall condition, found as a minimum
/// cut and counted line by line, so that a reader can follow it with pencil and paper.
/// </summary>
public sealed record ShortageCertificate
{
    /// <summary>What there is too little of.</summary>
    public required ShortageResource Resource { get; init; }

    /// <summary>Whether the order-days are counted with what they require or with their target.</summary>
    public required DemandLevel Level { get; init; }

    /// <summary>The order-days, by day and order.</summary>
    public required ImmutableArray<WantedDay> OrderDays { get; init; }

    /// <summary>All that can reach any of them.</summary>
    public required ImmutableArray<SupplyLine> Supplies { get; init; }

    /// <summary>Worker-days of <see cref="Supplies"/> that households must keep at home (H1).</summary>
    public int KeptHome { get; init; }

    /// <summary>Worker-days wanted together.</summary>
    public long Wanted => OrderDays.Sum(d => (long)d.Wanted);

    /// <summary>Worker-days that can reach them together, at most.</summary>
    public long AtMost => Supplies.Sum(s => (long)s.WorkerDays) - KeptHome;

    /// <summary>Wanted worker-days that stay unfilled in every plan.</summary>
    public long Shortfall => Wanted - AtMost;

    /// <summary>First of the days.</summary>
    public DateOnly From => OrderDays.Min(d => d.Date);

    /// <summary>Last of the days.</summary>
    public DateOnly To => OrderDays.Max(d => d.Date);
}

/// <summary>What of a plan's shortage no plan can avoid.</summary>
public sealed record ShortageAnswer
{
    /// <summary>Whether all is counted with what is required or with the target.</summary>
    public required DemandLevel Level { get; init; }

    /// <summary>Worker-days wanted in the season, days of closed sites left out.</summary>
    public required long Wanted { get; init; }

    /// <summary>Wanted worker-days that the plan leaves unfilled.</summary>
    public required long Missing { get; init; }

    /// <summary>Wanted worker-days that every plan leaves unfilled: the shortfalls of <see cref="Certificates"/> that share no order-day.</summary>
    public required long Proven { get; init; }

    /// <summary>The certificates, largest shortfall first, each with what the plan leaves unfilled there.</summary>
    public required ImmutableArray<(ShortageCertificate Certificate, long Missing)> Certificates { get; init; }
}
