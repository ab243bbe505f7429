using System.Collections.Immutable;
using Matching.Model;
using Matching.Plans;
using Matching.Requests.State;

namespace Matching.Requests;

/// <summary>Writes the published plan and bookings as one plan.</summary>
internal static class DispatchWriter
{
    public static Plan Write(DispatchState state, IReadOnlyList<Booking> bookings)
    {
        Ground g = state.G;
        Plan published = g.Published;
        if (bookings.Count == 0)
        {
            return published with { Shortages = Shortages(state), Facts = Facts(state) };
        }

        var crews = published.Crews.ToBuilder();
        var workerDays = published.WorkerDays.ToBuilder();
        var joined = new Dictionary<TripId, List<(CrewId Crew, CrewRide Ride)>>();
        foreach (Booking booking in bookings)
        {
            Offer offer = booking.Offer;
            crews.Add(new Crew(booking.Crew, offer.Broker, offer.Order, offer.From, offer.To, offer.Mode));
            foreach (MemberDays member in offer.Members)
            {
                foreach (DateOnly date in member.Dates)
                {
                    workerDays.Add(new WorkerDay(date, booking.Crew, member.Worker));
                }
            }

            for (int i = 0; i < offer.Trips.Length; i++)
            {
                TripId id = offer.Trips[i].Trip ?? booking.NewTrip(i);
                if (!joined.TryGetValue(id, out List<(CrewId, CrewRide)>? rides))
                {
                    joined[id] = rides = [];
                }

                rides.Add((booking.Crew, offer.Trips[i]));
            }
        }

        var trips = ImmutableArray.CreateBuilder<Trip>(published.Trips.Length + joined.Count);
        foreach (Trip trip in published.Trips)
        {
            trips.Add(joined.Remove(trip.Id, out List<(CrewId, CrewRide)>? rides) ? WithRows(trip, rides) : trip);
        }

        foreach ((TripId id, List<(CrewId Crew, CrewRide Ride)> rides) in joined.OrderBy(j => j.Key.Value, StringComparer.Ordinal))
        {
            trips.Add(NewTrip(id, rides));
        }

        return published with
        {
            Crews = crews.ToImmutable(),
            WorkerDays = workerDays.ToImmutable(),
            Trips = trips.ToImmutable(),
            Shortages = Shortages(state),
            Facts = Facts(state),
        };
    }

    private static Trip WithRows(Trip trip, List<(CrewId Crew, CrewRide Ride)> rides) => trip with
    {
        Stops =
        [
            .. trip.Stops.Select(s => s with { Groups = [.. s.Groups, .. rides.SelectMany(r => GroupsAt(r.Crew, r.Ride, s.Seq))] }),
        ],
    };

    private static Trip NewTrip(TripId id, List<(CrewId Crew, CrewRide Ride)> rides)
    {
        CrewRide first = rides[0].Ride;
        var nobody = new StopGroup(rides[0].Crew, first.Stops[0].Village, 0, 0);
        var stops = ImmutableArray.CreateBuilder<TripStop>();
        foreach (var stop in first.Stops.GroupBy(s => s.Seq))
        {
            ImmutableArray<StopGroup> groups = [.. rides.SelectMany(r => GroupsAt(r.Crew, r.Ride, stop.Key))];
            stops.Add(new TripStop(stop.Key, stop.First().Place, stop.First().Arrives, groups.IsEmpty ? [nobody] : groups));
        }

        return new Trip(id, first.Date, first.Vehicle, first.Departs, stops.DrainToImmutable());
    }

    private static IEnumerable<StopGroup> GroupsAt(CrewId crew, CrewRide ride, int seq) =>
        ride.Stops.Where(s => s.Seq == seq && s.Board + s.Alight > 0).Select(s => new StopGroup(crew, s.Village, s.Board, s.Alight));

    private static ImmutableArray<Shortage> Shortages(DispatchState state)
    {
        Ground g = state.G;
        var shortages = ImmutableArray.CreateBuilder<Shortage>();
        foreach (DailyDemand demand in g.Season.Demand.OrderBy(d => g.OrderIndex[d.Order]).ThenBy(d => d.Date))
        {
            int filled = state.Filled[(g.OrderIndex[demand.Order] * g.C.Days) + g.Season.DayIndex(demand.Date)];
            if (filled < demand.Target)
            {
                shortages.Add(new Shortage(demand.Order, demand.Date, demand.Required, demand.Target, filled));
            }
        }

        return shortages.DrainToImmutable();
    }

    /// <summary>The bound of the season holds for the whole as it did for the published plan.</summary>
    private static PlanFacts Facts(DispatchState state)
    {
        Worth worth = state.Worth.Rounded();
        PlanFacts facts = state.G.Published.Facts ?? new PlanFacts { Worth = worth };
        return facts with { Worth = worth, Gap = facts.UpperBound is { } bound ? Worth.GapOf(bound, worth.NetValue) : null };
    }
}
