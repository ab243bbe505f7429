using System.Collections.Immutable;
using Matching.Model;
using Matching.Plans;

namespace Matching.Comparing;

/// <summary>What changed between two plans: the second less the first. Immutable.</summary>
public sealed record PlanDiff
{
    /// <summary>Crews by id.</summary>
    public required CrewChanges Crews { get; init; }

    /// <summary>Numbers of worker-days.</summary>
    public required WorkerDayChanges WorkerDays { get; init; }

    /// <summary>Trips by id.</summary>
    public required TripChanges Trips { get; init; }

    /// <summary>Who must be told something, by day, then worker.</summary>
    public required ImmutableArray<PersonChange> People { get; init; }

    /// <summary>Vehicles whose morning is another, by day, then vehicle.</summary>
    public required ImmutableArray<VehicleChange> Vehicles { get; init; }

    /// <summary>Orders that are filled otherwise, by day, then order.</summary>
    public required ImmutableArray<FillChange> Shortages { get; init; }

    /// <summary>The change of each part of the worth.</summary>
    public required Worth Parts { get; init; }

    /// <summary>The change of the net value.</summary>
    public decimal NetValue => Parts.NetValue;

    /// <summary>Whether the two plans are the same but for names of their rows.</summary>
    public bool IsEmpty =>
        Crews.Added.IsEmpty && Crews.Removed.IsEmpty && Crews.Changed.IsEmpty && People.IsEmpty
        && Trips.Added.IsEmpty && Trips.Removed.IsEmpty && Trips.Retimed.IsEmpty && Vehicles.IsEmpty;
}

/// <summary>Crews that came, went, or changed.</summary>
/// <param name="Added">In the second plan only.</param>
/// <param name="Removed">In the first plan only.</param>
/// <param name="Changed">In both, with another broker, order, period, mode or other people.</param>
public sealed record CrewChanges(ImmutableArray<CrewId> Added, ImmutableArray<CrewId> Removed, ImmutableArray<CrewId> Changed);

/// <summary>How many worker-days came, went, or moved to another crew.</summary>
/// <param name="Added">A worker works on a day that was free.</param>
/// <param name="Removed">A worker's day is free now.</param>
/// <param name="Moved">A worker works elsewhere on the same day.</param>
public sealed record WorkerDayChanges(int Added, int Removed, int Moved);

/// <summary>Trips that came, went, or run otherwise.</summary>
/// <param name="Added">In the second plan only.</param>
/// <param name="Removed">In the first plan only.</param>
/// <param name="Retimed">In both, with another vehicle, day, stops or times.</param>
public sealed record TripChanges(ImmutableArray<TripId> Added, ImmutableArray<TripId> Removed, ImmutableArray<TripId> Retimed);

/// <summary>A worker's day that changed.</summary>
/// <param name="Worker">Who.</param>
/// <param name="Date">When.</param>
/// <param name="From">The crew before, null when the day was free.</param>
/// <param name="To">The crew now, null when the day is free.</param>
public sealed record PersonChange(WorkerId Worker, DateOnly Date, CrewId? From, CrewId? To);

/// <summary>A vehicle's morning that changed: other trips, times, stops or passengers.</summary>
/// <param name="Vehicle">Which.</param>
/// <param name="Date">When.</param>
/// <param name="From">Its trips before in driving order.</param>
/// <param name="To">Its trips now in driving order.</param>
public sealed record VehicleChange(VehicleId Vehicle, DateOnly Date, ImmutableArray<TripId> From, ImmutableArray<TripId> To);

/// <summary>An order's day that is filled otherwise, or wants another number.</summary>
/// <param name="Order">Which.</param>
/// <param name="Date">When.</param>
/// <param name="Required">Required now.</param>
/// <param name="Target">Target now.</param>
/// <param name="From">Filled before.</param>
/// <param name="To">Filled now.</param>
public sealed record FillChange(OrderId Order, DateOnly Date, int Required, int Target, int From, int To);
