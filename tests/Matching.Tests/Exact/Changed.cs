using System.Collections.Immutable;
using Matching.Model;
using Matching.Plans;

namespace Matching.Tests.Exact;

/// <summary>Plans one change away from a given one, legal or not, to try whether a best plan is best at least among its neighbours.</summary>
internal static class Changed
{
    private const int Most = 150;

    public static IEnumerable<Plan> ByOne(Season season, Plan plan, int seed) =>
        [.. All(season, plan).Select((p, i) => (p, Key: Mixed(seed, i))).OrderBy(x => x.Key).Take(Most).Select(x => x.p)];

    private static IEnumerable<Plan> All(Season season, Plan plan)
    {
        foreach (Crew crew in plan.Crews)
        {
            yield return Without(plan, crew);
            foreach (Broker broker in season.Brokers.Where(b => b.Id != crew.Broker))
            {
                yield return plan with { Crews = plan.Crews.Replace(crew, crew with { Broker = broker.Id }) };
            }

            // Lodging crews change freely: no trip depends on them.
            if (crew.Mode == CrewMode.Lodge)
            {
                foreach (WorkerDay day in Missing(season, plan, crew))
                {
                    yield return plan with { WorkerDays = plan.WorkerDays.Add(day) };
                }

                foreach (WorkerDay day in plan.WorkerDays.Where(w => w.Crew == crew.Id))
                {
                    yield return plan with { WorkerDays = plan.WorkerDays.Remove(day) };
                }
            }
        }

        foreach (Plan fresh in WithLodgingCrew(season, plan).Concat(WithSeatFilled(season, plan)).Concat(WithOtherVehicle(season, plan)))
        {
            yield return fresh;
        }
    }

    private static Plan Without(Plan plan, Crew crew) => plan with
    {
        Crews = plan.Crews.Remove(crew),
        WorkerDays = plan.WorkerDays.RemoveAll(w => w.Crew == crew.Id),
        Trips = [.. plan.Trips
            .Select(t => t with
            {
                Stops = [.. t.Stops.Select(s => s with { Groups = s.Groups.RemoveAll(g => g.Crew == crew.Id) })
                    .Where(s => !s.Groups.IsEmpty)],
            })
            .Where(t => !t.Stops.IsEmpty)],
    };

    private static IEnumerable<Plan> WithLodgingCrew(Season season, Plan plan) =>
        from order in season.Orders
        where order.Lodging != LodgingRule.No
        from broker in season.Brokers
        from day in Enumerable.Range(0, season.DayCount)
        let crew = new Crew(new("new"), broker.Id, order.Id, season.Day(day), season.Day(day), CrewMode.Lodge)
        let free = season.Workers.Where(w => !plan.WorkerDays.Any(x => x.Worker == w.Id && x.Date == season.Day(day))).ToArray()
        from size in Enumerable.Range(1, free.Length)
        select plan with
        {
            Crews = plan.Crews.Add(crew),
            WorkerDays = plan.WorkerDays.AddRange(free.Take(size).Select(w => new WorkerDay(season.Day(day), crew.Id, w.Id))),
        };

    // One more member in a commuting crew, on a trip that passes their village already.
    private static IEnumerable<Plan> WithSeatFilled(Season season, Plan plan) =>
        from crew in plan.Crews
        where crew.Mode == CrewMode.Commute
        from day in Missing(season, plan, crew)
        let village = season.WorkerById[day.Worker].Village
        from trip in plan.Trips
        where trip.Date == day.Date
        let board = trip.Stops.FirstOrDefault(s => s.Place == village)
        let alight = trip.Stops.LastOrDefault(s => s.Place == season.OrderById[crew.Order].Site)
        where board is not null && alight is not null && board.Seq < alight.Seq
        let stops = trip.Stops
            .Replace(board, board with { Groups = Added(board.Groups, new(crew.Id, village, 1, 0)) })
            .Replace(alight, alight with { Groups = Added(alight.Groups, new(crew.Id, village, 0, 1)) })
        select plan with { WorkerDays = plan.WorkerDays.Add(day), Trips = plan.Trips.Replace(trip, trip with { Stops = stops }) };

    private static IEnumerable<Plan> WithOtherVehicle(Season season, Plan plan) =>
        from trip in plan.Trips
        from vehicle in season.Vehicles
        where vehicle.Id != trip.Vehicle
        select plan with { Trips = plan.Trips.Replace(trip, trip with { Vehicle = vehicle.Id }) };

    private static ImmutableArray<StopGroup> Added(ImmutableArray<StopGroup> groups, StopGroup more)
    {
        int at = groups.IndexOf(groups.FirstOrDefault(g => g.Crew == more.Crew && g.Village == more.Village));
        return at < 0
            ? groups.Add(more)
            : groups.SetItem(at, groups[at] with { Board = groups[at].Board + more.Board, Alight = groups[at].Alight + more.Alight });
    }

    private static IEnumerable<WorkerDay> Missing(Season season, Plan plan, Crew crew) =>
        from worker in season.Workers
        from day in Enumerable.Range(0, season.DayCount)
        let date = season.Day(day)
        where date >= crew.From && date <= crew.To && !plan.WorkerDays.Any(w => w.Worker == worker.Id && w.Date == date)
        select new WorkerDay(date, crew.Id, worker.Id);

    private static uint Mixed(int seed, int index) => unchecked((uint)((seed * 7919) + index) * 2654435761u);
}
