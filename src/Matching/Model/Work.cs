using System.Collections.Immutable;

namespace Matching.Model;

/// <summary>What a work site offers.</summary>
/// <param name="Id">The place.</param>
/// <param name="Employer">Who runs it.</param>
/// <param name="Beds">Beds for lodging members; 0 when none.</param>
/// <param name="Tags">What the site offers, such as <c>halal-canteen</c>.</param>
public sealed record Site(PlaceId Id, string Employer, int Beds, ImmutableArray<string> Tags);

/// <summary>Whether crews of an order lodge at the site.</summary>
public enum LodgingRule
{
    /// <summary>Crews commute.</summary>
    No,

    /// <summary>Crews may commute or lodge.</summary>
    Allowed,

    /// <summary>Crews lodge.</summary>
    Only,
}

/// <summary>A demand order: one employer's standing request at one site.</summary>
public sealed record Order
{
    /// <summary>The id.</summary>
    public required OrderId Id { get; init; }

    /// <summary>Where the work is.</summary>
    public required PlaceId Site { get; init; }

    /// <summary>The skill asked for.</summary>
    public required Skill Skill { get; init; }

    /// <summary>The least level of <see cref="Skill"/>, 1 to 5.</summary>
    public required int MinLevel { get; init; }

    /// <summary>CNY a day paid to each worker.</summary>
    public required decimal DailyWage { get; init; }

    /// <summary>When work starts; commuters arrive by then.</summary>
    public required TimeOnly StartTime { get; init; }

    /// <summary>Hours of work a day, more than 0 and at most 24.</summary>
    public required decimal Hours { get; init; }

    /// <summary>Fewest members of a crew on a day, at least 1.</summary>
    public required int CrewMin { get; init; }

    /// <summary>Most members of a crew on a day.</summary>
    public required int CrewMax { get; init; }

    /// <summary>CNY per filled worker-day up to the required number.</summary>
    public required decimal ValueRequired { get; init; }

    /// <summary>CNY per filled worker-day between required and target, before the late factor; at most <see cref="ValueRequired"/>.</summary>
    public required decimal ValueTarget { get; init; }

    /// <summary>The level that makes a member experienced; rule C2 binds only when this and <see cref="ExperiencedShare"/> are given.</summary>
    public int? ExperiencedLevel { get; init; }

    /// <summary>The share 0..1 of a crew's members on a day that must be experienced.</summary>
    public decimal? ExperiencedShare { get; init; }

    /// <summary>What each worker must bring.</summary>
    public ImmutableArray<string> Needs { get; init; } = [];

    /// <summary>Whether members must have reached <see cref="WorkSettings.AdultAge"/>.</summary>
    public bool AdultOnly { get; init; }

    /// <summary>Whether crews lodge.</summary>
    public required LodgingRule Lodging { get; init; }
}

/// <summary>Worker-days wanted by an order on a day; no row means none.</summary>
/// <param name="Order">The order.</param>
/// <param name="Date">A season day.</param>
/// <param name="Required">Worker-days needed.</param>
/// <param name="Target">Worker-days that can be used, at least <paramref name="Required"/>: never exceeded.</param>
public readonly record struct DailyDemand(OrderId Order, DateOnly Date, int Required, int Target);

/// <summary>
/// A picking round: the fruit that ripens on day <paramref name="From"/> wants <paramref name="WorkerDays"/> in all by
/// <paramref name="To"/>. Rounds of one order do not overlap.
/// </summary>
/// <param name="Order">The order.</param>
/// <param name="From">The day the fruit ripens, from which late days are counted.</param>
/// <param name="To">The last day.</param>
/// <param name="WorkerDays">Most worker-days over the round's days.</param>
/// <param name="LateLoss">Share 0..1 of the target value lost per day of waiting.</param>
public sealed record PickingRound(OrderId Order, DateOnly From, DateOnly To, int WorkerDays, decimal LateLoss)
{
    /// <summary>The round's days.</summary>
    public DayWindow Window => new(From, To);
}

/// <summary>Who supplies an agreement.</summary>
public enum SupplierKind
{
    /// <summary>A place: counts members whose village lies in it, whoever leads.</summary>
    Place,

    /// <summary>A broker: counts members of crews that broker leads.</summary>
    Broker,
}

/// <summary>Who buys an agreement.</summary>
public enum BuyerKind
{
    /// <summary>A place: counts work at sites in it (a site is a place).</summary>
    Place,

    /// <summary>An employer: counts work at all sites of that employer.</summary>
    Employer,
}

/// <summary>A signed labour agreement: worker-days promised by a supplier to a buyer in a period.</summary>
/// <param name="Id">The id.</param>
/// <param name="Supplier">A place or broker id, looked up among places first.</param>
/// <param name="SupplierKind">What <paramref name="Supplier"/> names.</param>
/// <param name="Buyer">A place id or an employer's name, looked up among places first.</param>
/// <param name="BuyerKind">What <paramref name="Buyer"/> names.</param>
/// <param name="Window">The period.</param>
/// <param name="MinDays">Worker-days promised.</param>
/// <param name="MaxDays">Most worker-days, or null when unlimited.</param>
/// <param name="Penalty">CNY per worker-day short of <paramref name="MinDays"/>.</param>
public sealed record Agreement(
    AgreementId Id, string Supplier, SupplierKind SupplierKind, string Buyer, BuyerKind BuyerKind,
    DayWindow Window, int MinDays, int? MaxDays, decimal Penalty);

/// <summary>A bus or van with its driver.</summary>
public sealed record Vehicle
{
    /// <summary>The id.</summary>
    public required VehicleId Id { get; init; }

    /// <summary>Where it starts each morning.</summary>
    public required PlaceId Depot { get; init; }

    /// <summary>Passenger seats, without the driver's.</summary>
    public required int Seats { get; init; }

    /// <summary>CNY per day with at least one trip.</summary>
    public required decimal CostPerDay { get; init; }

    /// <summary>CNY per kilometre driven; the evening doubles the morning's kilometres.</summary>
    public required decimal CostPerKm { get; init; }

    /// <summary>The days on which it can run.</summary>
    public DayWindow Availability { get; init; }
}

/// <summary>A published assignment that a new plan must keep: day, broker, order and worker, nothing else.</summary>
/// <param name="Date">A season day.</param>
/// <param name="Broker">Who leads.</param>
/// <param name="Order">What is worked.</param>
/// <param name="Worker">Who works.</param>
public readonly record struct Pin(DateOnly Date, BrokerId Broker, OrderId Order, WorkerId Worker);
