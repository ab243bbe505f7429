using Matching.Model;
using Matching.Plans;

namespace Matching.Requests.State;

/// <summary>Reads a legal plan into a state, trips as they stand, whatever their shape.</summary>
internal static class PlanReader
{
    /// <exception cref="ArgumentException">The plan names an id or a day the season does not have, or parts a <c>together</c> pair.</exception>
    public static DispatchState Read(Ground g)
    {
        Plan plan = g.Published;
        var state = new DispatchState(g, Valuation.OfNobody(g.Season));
        foreach (Draft draft in Crews(g, plan))
        {
            state.Worth = Valuation.Sum(state.Worth, Valuation.Change(state, draft, 1));
            state.ApplyCrew(draft, 1, filling: true);
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
        long[] rows = Rows(g, plan);
        int at = 0;
        for (int i = 0; i < plan.Crews.Length; i++)
        {
            Crew crew = plan.Crews[i];
            var draft = new Draft(
                Find(g.BrokerIndex, crew.Broker, "broker"), Find(g.OrderIndex, crew.Order, "order"),
                g.Season.DayIndex(crew.From), g.Season.DayIndex(crew.To), crew.Mode == CrewMode.Lodge);
            while (at < rows.Length && rows[at] / g.C.Days / g.C.Units.Length == i)
            {
                long member = rows[at] / g.C.Days;
                int end = at;
                while (end < rows.Length && rows[end] / g.C.Days == member)
                {
                    end++;
                }

                int[] days = new int[end - at];
                for (int d = 0; d < days.Length; d++)
                {
                    days[d] = (int)(rows[at + d] % g.C.Days);
                }

                draft.Members.Add(new DraftMember((int)(member % g.C.Units.Length), days));
                at = end;
            }

            yield return draft;
        }
    }

    /// <summary>
    /// Each member's days once, as one number by crew, unit and day, ascending. A pair works together, so its first member's rows say
    /// all.
    /// </summary>
    private static long[] Rows(Ground g, Plan plan)
    {
        var index = new Dictionary<CrewId, int>(plan.Crews.Length);
        for (int i = 0; i < plan.Crews.Length; i++)
        {
            index[plan.Crews[i].Id] = i;
        }

        long[] rows = new long[plan.WorkerDays.Length];
        int count = 0;
        (CrewId Id, int At) crew = (default, -1);
        foreach (WorkerDay row in plan.WorkerDays)
        {
            int worker = Find(g.WorkerIndex, row.Worker, "worker");
            int unit = g.C.UnitOfWorker[worker];
            if (worker == g.C.Units[unit].Members[0])
            {
                // Rows of one crew stand together.
                crew = crew.At >= 0 && row.Crew == crew.Id ? crew : (row.Crew, Find(index, row.Crew, "crew"));
                int day = g.Season.DayIndex(row.Date);
                if (day < 0 || day >= g.C.Days)
                {
                    throw new ArgumentException($"The plan has {row.Worker} work on {row.Date:yyyy-MM-dd}, outside the season.");
                }

                rows[count++] = (((long)crew.At * g.C.Units.Length) + unit) * g.C.Days + day;
            }
        }

        Array.Sort(rows, 0, count);
        int kept = 0;
        for (int i = 0; i < count; i++)
        {
            if (i == 0 || rows[i] != rows[i - 1])
            {
                rows[kept++] = rows[i];
            }
        }

        return rows[..kept];
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
