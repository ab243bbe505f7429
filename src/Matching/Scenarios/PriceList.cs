using System.Collections.Immutable;
using Matching.Model;
using Matching.Rules;

namespace Matching.Scenarios;

/// <summary>How a price was found.</summary>
public enum PriceKind
{
    /// <summary>A node price of the min-cost flow of worker-days: what one more would be worth in that relaxation.</summary>
    Dual,

    /// <summary>The plan was really completed with one more, and gained that much.</summary>
    Resolved,
}

/// <summary>What one more seat is worth over the season on the vehicles that run from a village to a site.</summary>
/// <param name="Village">Where people board.</param>
/// <param name="Site">Where they work.</param>
/// <param name="Worth">CNY over the season.</param>
/// <param name="Kind">How it was found.</param>
public sealed record SeatPrice(PlaceId Village, PlaceId Site, decimal Worth, PriceKind Kind);

/// <summary>What one more bed is worth over the season.</summary>
/// <param name="Site">Where.</param>
/// <param name="Worth">CNY over the season.</param>
/// <param name="Kind">How it was found.</param>
public sealed record BedPrice(PlaceId Site, decimal Worth, PriceKind Kind);

/// <summary>What one more certified broker is worth over the season.</summary>
/// <param name="Township">The place whose people the broker leads.</param>
/// <param name="Worth">CNY over the season.</param>
/// <param name="Kind">How it was found.</param>
public sealed record BrokerPrice(PlaceId Township, decimal Worth, PriceKind Kind);

/// <summary>What one more worker is worth over the season.</summary>
/// <param name="Village">Where the worker lives.</param>
/// <param name="Skill">The skill.</param>
/// <param name="Level">Its level.</param>
/// <param name="Worth">CNY over the season.</param>
/// <param name="Kind">How it was found.</param>
public sealed record WorkerPrice(PlaceId Village, Skill Skill, int Level, decimal Worth, PriceKind Kind);

/// <summary>What a rule costs: the gain found when it is relaxed.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Relaxed">How it was relaxed.</param>
/// <param name="RelaxedZh">The same in Chinese.</param>
/// <param name="Worth">CNY over the season.</param>
/// <param name="Kind">How it was found.</param>
public sealed record RulePrice(RuleCode Rule, string Relaxed, string RelaxedZh, decimal Worth, PriceKind Kind);

/// <summary>The price list of a season around a plan, dearest first.</summary>
public sealed record PriceList
{
    /// <summary>Seats by line.</summary>
    public required ImmutableArray<SeatPrice> Seats { get; init; }

    /// <summary>Beds by site.</summary>
    public required ImmutableArray<BedPrice> Beds { get; init; }

    /// <summary>Certified brokers by township.</summary>
    public required ImmutableArray<BrokerPrice> Brokers { get; init; }

    /// <summary>Workers by village, skill and level.</summary>
    public required ImmutableArray<WorkerPrice> Workers { get; init; }

    /// <summary>The cost of rules.</summary>
    public required ImmutableArray<RulePrice> Rules { get; init; }
}
