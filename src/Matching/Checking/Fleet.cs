using System.Collections.Immutable;
using Matching.Model;
using Matching.Plans;

namespace Matching.Checking;

/// <summary>The plan's trips with places by position, and each vehicle's trips of a morning in the order they are driven.</summary>
internal sealed class Fleet
{
    /// <exception cref="ArgumentException">A trip names something unknown, or a trip id stands twice.</exception>
    public Fleet(Ledger ledger, ImmutableArray<Trip> given)
    {
        SeasonIndex index = ledger.Index;
        var trips = new List<TripRun>();
        var seen = new HashSet<TripId>();
        foreach (Trip trip in given.IsDefault ? [] : given)
        {
            if (!seen.Add(trip.Id))
            {
                throw new ArgumentException($"The plan has trip {trip.Id} twice.");
            }

            trips.Add(Compile(index, ledger, trip));
        }

        Trips = [.. trips];
        Mornings = [.. trips
            .GroupBy(t => (t.Vehicle, t.Trip.Date))
            .OrderBy(g => g.Key.Date).ThenBy(g => g.Key.Vehicle)
            .Select(g => new Morning(g.Key.Vehicle, g.Key.Date, InOrder(g)))];
    }

    public ImmutableArray<TripRun> Trips { get; }

    /// <summary>Each vehicle and day with at least one trip.</summary>
    public ImmutableArray<Morning> Mornings { get; }

    public static int Minute(TimeOnly time) => (time.Hour * 60) + time.Minute;

    private static TripRun Compile(SeasonIndex index, Ledger ledger, Trip trip)
    {
        string who = $"Trip {trip.Id}";
        int vehicle = Ledger.Position(index.Vehicles, trip.Vehicle, "vehicle", who);
        ImmutableArray<TripStop> given = trip.Stops.IsDefault ? [] : trip.Stops;
        var stops = new List<Halt>(given.Length);
        foreach (TripStop stop in given.OrderBy(s => s.Seq))
        {
            var groups = new List<GroupAtStop>();
            foreach (StopGroup group in stop.Groups.IsDefault ? [] : stop.Groups)
            {
                groups.Add(new GroupAtStop(
                    Ledger.Position(ledger.CrewNumbers, group.Crew, "crew", who),
                    Ledger.Position(index.Places, group.Village, "village", who), group.Board, group.Alight));
            }

            stops.Add(new Halt(
                stop.Seq, Ledger.Position(index.Places, stop.Place, "place", who), Minute(stop.Arrives), [.. groups]));
        }

        return new TripRun(trip, vehicle, Minute(trip.Departs), [.. stops]);
    }

    // Two trips may leave in the same minute where stops take no time; then the one that ends first was driven first.
    private static ImmutableArray<TripRun> InOrder(IEnumerable<TripRun> trips) =>
    [
        .. trips.OrderBy(t => t.Departs)
            .ThenBy(t => t.Stops.IsEmpty ? -1 : t.Stops[^1].Arrives)
            .ThenBy(t => t.Trip.Id.Value, StringComparer.Ordinal),
    ];
}

/// <summary>A vehicle's trips of one day, in the order of <c>departs</c>.</summary>
internal sealed record Morning(int Vehicle, DateOnly Date, ImmutableArray<TripRun> Trips)
{
    /// <summary>The places driven to in order, without the depot, over all trips.</summary>
    public IEnumerable<int> Places => Trips.SelectMany(t => t.Stops, (_, stop) => stop.Place);
}

/// <summary>A trip with its stops ordered by <c>seq</c>; times are minutes after midnight.</summary>
internal sealed record TripRun(Trip Trip, int Vehicle, int Departs, ImmutableArray<Halt> Stops);

/// <summary>A stop of a trip.</summary>
internal sealed record Halt(int Seq, int Place, int Arrives, ImmutableArray<GroupAtStop> Groups);

/// <summary>Who of a group boards and alights at a stop.</summary>
internal readonly record struct GroupAtStop(int Crew, int Village, int Board, int Alight);
