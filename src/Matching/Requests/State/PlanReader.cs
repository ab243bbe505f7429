using Matching.Model;
using Matching.Plans;

namespace Matching.Requests.State;

/// <summary>Reads a legal plan into a state, trips as they stand, whatever their shape.</summary>
internal static class PlanReader
{
    /// <exception cref="ArgumentException">The plan names an id the season does not have, or parts a <c>together</c> pair.</exception>
    public static DispatchState Read(Ground g)
    {
        Plan plan = g.Published;
        var state = new DispatchState(g, Valuation.OfNobody(g.Season));
        foreach (Draft draft in Crews(g, plan))
        {
            state.Worth = Valuation.Sum(state.Worth, Valuation.Change(state, draft, 1));
            state.ApplyCrew(draft, 1, refresh: false);
        }

        for (int u = 0; u < g.C.Units.Length; u++)
        {
            state.RefreshOpen(u);
        }

        decimal vehicles = 0;
        foreach (var morning in plan.Trips.GroupBy(t => (Day: g.Season.DayIndex(t.Date), Vehicle: Find(g.VehicleIndex, t.Vehicle, "vehicle"))))
        {
            var of = new Morning([.. morning.Select(t => RunOf(g, t)).OrderBy(r => r.Departs)]);
            state.SetMorning(morning.Key.Day, morning.Key.Vehicle, of);
            vehicles += Valuation.CostOf(g, morning.Key.Vehicle, of);
        }

        state.Worth = state.Worth with { Vehicles = -vehicles };
        return state;
    }

    private static IEnumerable<Draft> Crews(Ground g, Plan plan)
    {
        var index = new Dictionary<CrewId, int>(plan.Crews.Length);
        for (int i = 0; i < plan.Crews.Length; i++)
        {
            index[plan.Crews[i].Id] = i;
        }

        // Days of each unit, each member's row once: a pair works together, so its first member's rows say all.
        var days = new SortedDictionary<int, List<int>>?[plan.Crews.Length];
        foreach (WorkerDay row in plan.WorkerDays)
        {
            int worker = Find(g.WorkerIndex, row.Worker, "worker");
            int unit = g.C.UnitOfWorker[worker];
            int day = g.Season.DayIndex(row.Date);
            if (worker != g.C.Units[unit].Members[0])
            {
                continue;
            }

            SortedDictionary<int, List<int>> ofCrew = days[Find(index, row.Crew, "crew")] ??= [];
            if (!ofCrew.TryGetValue(unit, out List<int>? list))
            {
                ofCrew[unit] = list = [];
            }

            list.Add(day);
        }

        for (int i = 0; i < plan.Crews.Length; i++)
        {
            Crew crew = plan.Crews[i];
            var draft = new Draft(
                Find(g.BrokerIndex, crew.Broker, "broker"), Find(g.OrderIndex, crew.Order, "order"),
                g.Season.DayIndex(crew.From), g.Season.DayIndex(crew.To), crew.Mode == CrewMode.Lodge);
            foreach ((int unit, List<int> list) in days[i] ?? [])
            {
                draft.Members.Add(new DraftMember(unit, [.. list.Distinct().Order()]));
            }

            yield return draft;
        }
    }

    private static Run RunOf(Ground g, Trip trip)
    {
        TripStop[] stops = [.. trip.Stops.OrderBy(s => s.Seq)];
        int[] aboard = new int[stops.Length];
        int on = 0;
        for (int i = 0; i < stops.Length; i++)
        {
            foreach (StopGroup group in stops[i].Groups)
            {
                on += group.Board - group.Alight;
            }

            aboard[i] = on;
        }

        return new Run(
            trip.Id, published: true, Minute(trip.Departs), [.. stops.Select(s => Find(g.Roads.Index, s.Place, "place"))],
            [.. stops.Select(s => Minute(s.Arrives))], aboard, 0);
    }

    private static int Find<TId>(Dictionary<TId, int> index, TId id, string what)
        where TId : notnull =>
        index.TryGetValue(id, out int at) ? at : throw new ArgumentException($"The plan names {what} {id}, which is not there.");

    private static int Minute(TimeOnly time) => (time.Hour * 60) + time.Minute;
}
