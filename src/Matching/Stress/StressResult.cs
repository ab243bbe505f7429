using System.Collections.Immutable;
using Matching.Model;

namespace Matching.Stress;

/// <summary>A distribution over replays.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="Deviation">The standard deviation.</param>
/// <param name="P05">One replay in twenty is below.</param>
/// <param name="Median">Half are below.</param>
/// <param name="P95">One in twenty is above.</param>
public sealed record Spread(double Mean, double Deviation, double P05, double Median, double P95);

/// <summary>How a day, broker or vehicle fares.</summary>
/// <param name="Id">The day, broker or vehicle.</param>
/// <param name="Planned">Worker-days planned.</param>
/// <param name="LostDays">Worker-days lost in the mean of the replays.</param>
/// <param name="LostValue">CNY lost in the mean.</param>
public sealed record Weakness(string Id, int Planned, double LostDays, decimal LostValue);

/// <summary>Standby workers of one line that pay for themselves.</summary>
/// <param name="Village">Where they wait.</param>
/// <param name="Order">The order they step in at.</param>
/// <param name="Workers">How many, on each day the line runs.</param>
/// <param name="Days">Days the line runs.</param>
/// <param name="NetValue">CNY gained over the season in the mean, their pay taken off.</param>
public sealed record StandbyLine(PlaceId Village, OrderId Order, int Workers, int Days, decimal NetValue);

/// <summary>A published plan replayed under drawn mishaps.</summary>
public sealed record StressResult
{
    /// <summary>Replays.</summary>
    public required int Replays { get; init; }

    /// <summary>Share of the planned worker-days that came about.</summary>
    public required Spread Fill { get; init; }

    /// <summary>Net value in CNY; costs are those of the plan.</summary>
    public required Spread Worth { get; init; }

    /// <summary>What the plan is worth when nothing goes wrong.</summary>
    public required decimal Planned { get; init; }

    /// <summary>Days that lose most.</summary>
    public required ImmutableArray<Weakness> Days { get; init; }

    /// <summary>Brokers whose being out costs most.</summary>
    public required ImmutableArray<Weakness> Brokers { get; init; }

    /// <summary>Vehicles whose breaking down costs most.</summary>
    public required ImmutableArray<Weakness> Vehicles { get; init; }

    /// <summary>Standby that pays for itself, most first.</summary>
    public required ImmutableArray<StandbyLine> Standby { get; init; }
}
