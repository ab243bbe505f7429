using System.Collections.Immutable;
using Matching.Model;
using Matching.Planning.Transport;
using Matching.Plans;

namespace Matching.SeasonSuite.Published;

/// <summary>The trips of the transport stage as a plan: one crew per order with everybody who is carried.</summary>
internal static class StagePlan
{
    public static Plan Of(PublishedInstance instance, Season season, TransportResult result)
    {
        ImmutableArray<Place> places = instance.TaskPlaces;
        Dictionary<int, int> left = result.Unserved.ToDictionary(r => r.Group, r => r.Count);
        var rows = ImmutableArray.CreateBuilder<WorkerDay>();
        SortedSet<int> worked = [];
        int at = 0;
        for (int g = 0; g < instance.Residents.Length; g++)
        {
            // The season lists its workers group by group.
            Residents residents = instance.Residents[g];
            int carried = residents.Count - left.GetValueOrDefault(g);
            if (carried > 0)
            {
                worked.Add(residents.Order);
            }

            for (int i = 0; i < carried; i++)
            {
                rows.Add(new WorkerDay(PublishedInstance.Day, CrewOf(residents.Order), season.Workers[at + i].Id));
            }

            at += residents.Count;
        }

        return new Plan
        {
            Crews =
            [
                .. worked.Select((o, i) => new Crew(
                    CrewOf(o), season.Brokers[i].Id, instance.Orders[o].Id, PublishedInstance.Day, PublishedInstance.Day, CrewMode.Commute)),
            ],
            WorkerDays = rows.ToImmutable(),
            Trips = [.. result.Trips.Select((t, i) => TripOf(instance, places, t, i))],
        };
    }

    private static Trip TripOf(PublishedInstance instance, ImmutableArray<Place> places, TransportTrip trip, int number) => new(
        new(FormattableString.Invariant($"t{number}")),
        PublishedInstance.Day,
        instance.Vehicles[trip.Vehicle].Id,
        TimeOnly.MinValue.AddMinutes(trip.Departs),
        [
            .. trip.Stops.Select((stop, i) => new TripStop(i + 1, places[stop.Place].Id, TimeOnly.MinValue.AddMinutes(stop.Arrives),
            [
                .. stop.Boarding.Select(r => GroupOf(instance, r, boards: true)), .. stop.Alighting.Select(r => GroupOf(instance, r, boards: false)),
            ])),
        ]);

    private static StopGroup GroupOf(PublishedInstance instance, Riders riders, bool boards)
    {
        Residents residents = instance.Residents[riders.Group];
        return new(CrewOf(residents.Order), instance.Places[residents.Village].Id, boards ? riders.Count : 0, boards ? 0 : riders.Count);
    }

    private static CrewId CrewOf(int order) => new(FormattableString.Invariant($"c{order}"));
}
