using System.Collections.Immutable;

namespace Matching.Planning.Transport;

/// <summary>Passengers of one entry of the task who board or alight at a stop.</summary>
/// <param name="Group">Index of the entry in <see cref="TransportTask.Passengers"/>.</param>
/// <param name="Count">How many.</param>
public readonly record struct Riders(int Group, int Count);

/// <summary>A stop of a trip.</summary>
/// <param name="Place">Where, an index of the <see cref="TravelGrid"/>.</param>
/// <param name="Arrives">Minute of the day.</param>
/// <param name="Boarding">Who gets on.</param>
/// <param name="Alighting">Who gets off.</param>
public sealed record TransportStop(int Place, int Arrives, ImmutableArray<Riders> Boarding, ImmutableArray<Riders> Alighting);

/// <summary>One morning run of a vehicle: villages, then sites.</summary>
/// <param name="Vehicle">Index of the vehicle in <see cref="TransportTask.Vehicles"/>.</param>
/// <param name="Departs">Minute of the day at which it leaves its first stop.</param>
/// <param name="Stops">The stops in order.</param>
public sealed record TransportTrip(int Vehicle, int Departs, ImmutableArray<TransportStop> Stops);

/// <summary>A moment of a transport search.</summary>
/// <param name="Cost">CNY of the best trips so far.</param>
/// <param name="Unserved">Passengers they leave behind.</param>
/// <param name="Seconds">Seconds since the search began.</param>
public readonly record struct TransportProgress(double Cost, int Unserved, double Seconds);

/// <summary>What the transport stage found.</summary>
public sealed record TransportResult
{
    /// <summary>The trips, by vehicle and in driving order.</summary>
    public required ImmutableArray<TransportTrip> Trips { get; init; }

    /// <summary>CNY: <c>cost_per_day</c> of each vehicle in use and <c>cost_per_km</c> × 2 × its kilometres.</summary>
    public required double Cost { get; init; }

    /// <summary>Vehicles in use.</summary>
    public required int VehiclesUsed { get; init; }

    /// <summary>CNY below which no legal trips over the grid's places can carry everybody; null when none was asked for.</summary>
    public required double? LowerBound { get; init; }

    /// <summary>Passengers no trip was found for, by entry; empty when everybody rides.</summary>
    public required ImmutableArray<Riders> Unserved { get; init; }

    /// <summary>Search steps of all threads.</summary>
    public required long Iterations { get; init; }

    /// <summary>Seconds taken.</summary>
    public required double Seconds { get; init; }
}
