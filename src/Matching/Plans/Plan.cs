using System.Collections.Immutable;
using Matching.Model;

namespace Matching.Plans;

/// <summary>Whether a crew rides each day or stays at the site.</summary>
public enum CrewMode
{
    /// <summary>Members ride in the morning and back in the evening.</summary>
    Commute,

    /// <summary>Members stay at the site from their first to their last working day in the crew.</summary>
    Lodge,
}

/// <summary>One engagement: the broker's crew works the order on every day from <paramref name="From"/> to <paramref name="To"/>.</summary>
/// <param name="Id">The id.</param>
/// <param name="Broker">Who leads.</param>
/// <param name="Order">What is worked.</param>
/// <param name="From">First day.</param>
/// <param name="To">Last day.</param>
/// <param name="Mode">Commuting or lodging.</param>
public sealed record Crew(CrewId Id, BrokerId Broker, OrderId Order, DateOnly From, DateOnly To, CrewMode Mode);

/// <summary>One worker working one day in one crew.</summary>
/// <param name="Date">The day.</param>
/// <param name="Crew">The crew.</param>
/// <param name="Worker">The worker.</param>
public readonly record struct WorkerDay(DateOnly Date, CrewId Crew, WorkerId Worker);

/// <summary>What happens to one group (the members of one crew from one village) at one stop of a trip.</summary>
/// <param name="Crew">The group's crew.</param>
/// <param name="Village">The group's village.</param>
/// <param name="Board">Members who board, not negative.</param>
/// <param name="Alight">Members who alight, not negative.</param>
public readonly record struct StopGroup(CrewId Crew, PlaceId Village, int Board, int Alight);

/// <summary>A halt of a trip. People alight before others board; the vehicle leaves <see cref="RoadSettings.StopMinutes"/> after it arrives.</summary>
/// <param name="Seq">Position; rises along the trip, holes allowed.</param>
/// <param name="Place">Where.</param>
/// <param name="Arrives">Arrival, whole minutes.</param>
/// <param name="Groups">One entry per group, at least one (0 and 0 for an empty stop).</param>
public sealed record TripStop(int Seq, PlaceId Place, TimeOnly Arrives, ImmutableArray<StopGroup> Groups);

/// <summary>One morning run with passengers; the evening mirrors it.</summary>
/// <param name="Id">The id.</param>
/// <param name="Date">The day.</param>
/// <param name="Vehicle">The vehicle.</param>
/// <param name="Departs">When it leaves its first stop.</param>
/// <param name="Stops">The stops by <see cref="TripStop.Seq"/>.</param>
public sealed record Trip(TripId Id, DateOnly Date, VehicleId Vehicle, TimeOnly Departs, ImmutableArray<TripStop> Stops);

/// <summary>A day on which an order was filled below its target.</summary>
/// <param name="Order">The order.</param>
/// <param name="Date">The day.</param>
/// <param name="Required">Worker-days required.</param>
/// <param name="Target">Worker-days that could be used.</param>
/// <param name="Filled">Worker-days filled.</param>
public readonly record struct Shortage(OrderId Order, DateOnly Date, int Required, int Target, int Filled);

/// <summary>How a plan came about and what it claims to be worth; a hand-made plan has none.</summary>
public sealed record PlanFacts
{
    /// <summary>The worth with its parts.</summary>
    public required Worth Worth { get; init; }

    /// <summary>CNY that no legal plan of the season can exceed, or null when no bound was computed.</summary>
    public decimal? UpperBound { get; init; }

    /// <summary>(upper bound − net value) / max(1, |upper bound|), or null when no bound was computed.</summary>
    public decimal? Gap { get; init; }

    /// <summary>The options the plan was made with, by name.</summary>
    public ImmutableSortedDictionary<string, string> Settings { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The seed.</summary>
    public long Seed { get; init; }

    /// <summary>Seconds of planning; null in reproducible mode, where the clock must not show.</summary>
    public double? Seconds { get; init; }

    /// <summary>Versions of the library and the solver, by name.</summary>
    public ImmutableSortedDictionary<string, string> Versions { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
}

/// <summary>Who works where on every day: crews, worker-days and morning trips. Immutable.</summary>
public sealed record Plan
{
    /// <summary>The plan that sends nobody.</summary>
    public static Plan Empty { get; } = new();

    /// <summary>All crews (engagements).</summary>
    public ImmutableArray<Crew> Crews { get; init; } = [];

    /// <summary>All worker-days.</summary>
    public ImmutableArray<WorkerDay> WorkerDays { get; init; } = [];

    /// <summary>All trips.</summary>
    public ImmutableArray<Trip> Trips { get; init; } = [];

    /// <summary>Days filled below target.</summary>
    public ImmutableArray<Shortage> Shortages { get; init; } = [];

    /// <summary>How it came about, or null for a hand-made plan.</summary>
    public PlanFacts? Facts { get; init; }
}
