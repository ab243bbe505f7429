using System.Collections.Immutable;
using Matching.Checking;
using Matching.Model;

namespace Matching.Why;

/// <summary>One day's trips by vehicle and place.</summary>
internal sealed class BoardDay
{
    private static readonly TripRun[] None = [];
    private readonly TripRun[]?[] _trips;
    private readonly ILookup<int, int> _vehiclesAt;

    public BoardDay(BoardTrips board, DateOnly date, IReadOnlyList<Morning> mornings)
    {
        ImmutableArray<Vehicle> vehicles = board.Index.Season.Vehicles;
        _trips = new TripRun[vehicles.Length][];
        foreach (Morning morning in mornings)
        {
            _trips[morning.Vehicle] = [.. morning.Trips];
        }

        _vehiclesAt = mornings.SelectMany(m => m.Places.Distinct(), (m, place) => (place, m.Vehicle)).ToLookup(p => p.place, p => p.Vehicle);
        IsReady = [.. vehicles.Select((v, k) => v.Seats > 0 && v.Availability.Contains(date) && !SeasonIndex.Holds(board.Index.VehiclesOut[k], date))];
        int[] ready = [.. Enumerable.Range(0, vehicles.Length).Where(k => IsReady[k])];
        Gaps = [.. ready.Where(k => _trips[k] is not null).SelectMany(k => board.GapsOf(k, TripsOf(k)))];
        Idle = [.. ready.Where(k => _trips[k] is null).GroupBy(k => board.KindOf[k]).Select(kind => kind.ToArray())];
    }

    /// <summary>Whether the vehicle has seats and may run on the day.</summary>
    public bool[] IsReady { get; }

    /// <summary>Places for one more run of vehicles that may run and do.</summary>
    public Gap[] Gaps { get; }

    /// <summary>Vehicles that may run and stand still, by kind.</summary>
    public int[][] Idle { get; }

    /// <summary>The vehicle's trips in the order they are driven.</summary>
    public IReadOnlyList<TripRun> TripsOf(int vehicle) => _trips[vehicle] ?? None;

    /// <summary>Vehicles with a stop at the place.</summary>
    public IEnumerable<int> VehiclesAt(int place) => _vehiclesAt[place];
}

/// <summary>A place for one more run in a vehicle's morning.</summary>
/// <param name="Vehicle">The vehicle.</param>
/// <param name="At">Position of the new run.</param>
/// <param name="From">Where the vehicle comes from.</param>
/// <param name="Arrived">When it has arrived there, minutes after midnight; negative at its depot.</param>
/// <param name="To">First stop of the next trip; negative where none follows.</param>
/// <param name="Due">When it arrives there.</param>
/// <param name="Direct">The way from there to there.</param>
/// <param name="Driven">Minutes driven over the whole morning.</param>
internal readonly record struct Gap(int Vehicle, int At, int From, int Arrived, int To, int Due, Leg Direct, int Driven);
