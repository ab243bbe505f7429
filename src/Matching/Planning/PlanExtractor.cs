using System.Collections.Immutable;
using System.Globalization;
using Matching.Model;
using Matching.Planning.Compiled;
using Matching.Planning.State;
using Matching.Planning.Trips;
using Matching.Plans;

namespace Matching.Planning;

/// <summary>Writes a finished state as a plan: crews, worker-days, trips with the riders shared out among crews.</summary>
internal static class PlanExtractor
{
    /// <summary>The plan; shortages included, facts left to the caller.</summary>
    public static Plan Extract(CompiledSeason c, PlanState state)
    {
        int[] slots =
        [
            .. Enumerable.Range(0, state.Crews.Count).Where(i => state.Crews[i] is not null)
                .OrderBy(i => state.Crew(i).From).ThenBy(i => state.Crew(i).Broker).ThenBy(i => state.Crew(i).Order),
        ];
        var crewIds = new Dictionary<int, CrewId>(slots.Length);
        var crews = ImmutableArray.CreateBuilder<Crew>(slots.Length);
        int digits = Math.Max(4, slots.Length.ToString(CultureInfo.InvariantCulture).Length);
        foreach (int slot in slots)
        {
            CrewSlot crew = state.Crew(slot);
            var id = new CrewId("C" + (crews.Count + 1).ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0'));
            crewIds[slot] = id;
            crews.Add(new Crew(
                id, c.Season.Brokers[crew.Broker].Id, c.Season.Orders[crew.Order].Id, c.Season.Day(crew.From), c.Season.Day(crew.To),
                crew.Lodge ? CrewMode.Lodge : CrewMode.Commute));
        }

        var workerDays = ImmutableArray.CreateBuilder<WorkerDay>();
        var trips = ImmutableArray.CreateBuilder<Trip>();
        for (int d = 0; d < c.Days; d++)
        {
            AddDay(c, state, d, slots, crewIds, workerDays, trips);
        }

        return new Plan
        {
            Crews = crews.MoveToImmutable(),
            WorkerDays = workerDays.DrainToImmutable(),
            Trips = trips.DrainToImmutable(),
            Shortages = Shortages(c.Season, state),
        };
    }

    private static void AddDay(
        CompiledSeason c, PlanState state, int day, int[] slots, Dictionary<int, CrewId> crewIds,
        ImmutableArray<WorkerDay>.Builder workerDays, ImmutableArray<Trip>.Builder trips)
    {
        DateOnly date = c.Season.Day(day);

        // Groups still to be seated, by village and order, in crew order.
        var waiting = new Dictionary<(int Village, int Order), List<(int Slot, int Count)>>();
        foreach (int slot in slots)
        {
            CrewSlot crew = state.Crew(slot);
            if (day < crew.From || day > crew.To)
            {
                continue;
            }

            var byVillage = new SortedDictionary<int, int>();
            foreach (int u in crew.Members.Order())
            {
                if (state.AssignedCrew(u, day) != slot)
                {
                    continue;
                }

                foreach (int w in c.Units[u].Members)
                {
                    workerDays.Add(new WorkerDay(date, crewIds[slot], c.Season.Workers[w].Id));
                }

                foreach ((int village, int count) in c.Units[u].Homes)
                {
                    byVillage[village] = byVillage.GetValueOrDefault(village) + count;
                }
            }

            if (!crew.Lodge)
            {
                foreach ((int village, int count) in byVillage)
                {
                    if (!waiting.TryGetValue((village, crew.Order), out List<(int, int)>? list))
                    {
                        waiting[(village, crew.Order)] = list = [];
                    }

                    list.Add((slot, count));
                }
            }
        }

        DayTransport transport = state.Transport(day);
        foreach (int k in transport.Used.Order())
        {
            AddTrips(c, transport, k, date, crewIds, waiting, trips);
        }
    }

    private static void AddTrips(
        CompiledSeason c, DayTransport transport, int vehicle, DateOnly date, Dictionary<int, CrewId> crewIds,
        Dictionary<(int Village, int Order), List<(int Slot, int Count)>> waiting, ImmutableArray<Trip>.Builder trips)
    {
        TripPlan[] chain = transport.Chain(vehicle)!;
        int[] departs = transport.LatestSchedule(vehicle, chain);
        VehicleId vehicleId = c.Season.Vehicles[vehicle].Id;
        for (int i = 0; i < chain.Length; i++)
        {
            TripPlan trip = chain[i];

            // Who of which crew rides: the first in line.
            var seated = new List<(int Village, int Order, CrewId Crew, int Count)>();
            foreach (Load load in trip.Loads)
            {
                List<(int Slot, int Count)> line = waiting[(load.Village, load.Order)];
                int left = load.Count;
                while (left > 0)
                {
                    (int slot, int count) = line[0];
                    int taken = Math.Min(left, count);
                    seated.Add((load.Village, load.Order, crewIds[slot], taken));
                    left -= taken;
                    if (taken == count)
                    {
                        line.RemoveAt(0);
                    }
                    else
                    {
                        line[0] = (slot, count - taken);
                    }
                }
            }

            // A stop nobody needs any more is written with any group of the trip, an empty trip with any crew.
            CrewId anyCrew = seated.Count > 0 ? seated[0].Crew : crewIds.Values.First();
            PlaceId anyVillage = c.VillageId[seated.Count > 0 ? seated[0].Village : trip.First];
            var stops = ImmutableArray.CreateBuilder<TripStop>();
            List<DrivenStop> driven = TripStops.Of(c, vehicle, chain, i, departs[i]);
            foreach (DrivenStop stop in driven)
            {
                ImmutableArray<StopGroup> groups =
                [
                    .. seated.Where(p => p.Village == stop.Village).GroupBy(p => p.Crew)
                        .Select(g => new StopGroup(g.Key, stop.Place, g.Sum(p => p.Count), 0)),
                    .. seated.Where(p => c.OrderSite[p.Order] == stop.Site).GroupBy(p => (p.Crew, p.Village))
                        .Select(g => new StopGroup(g.Key.Crew, c.VillageId[g.Key.Village], 0, g.Sum(p => p.Count))),
                ];
                stops.Add(new TripStop(stops.Count + 1, stop.Place, At(stop.Arrives), OrNobody(groups, anyCrew, anyVillage)));
            }

            var id = new TripId("T" + (trips.Count + 1).ToString(CultureInfo.InvariantCulture).PadLeft(6, '0'));
            trips.Add(new Trip(id, date, vehicleId, At(driven[0].Arrives + c.StopMinutes), stops.ToImmutable()));
        }
    }

    private static ImmutableArray<StopGroup> OrNobody(ImmutableArray<StopGroup> groups, CrewId crew, PlaceId village) =>
        groups.IsEmpty ? [new StopGroup(crew, village, 0, 0)] : groups;

    private static ImmutableArray<Shortage> Shortages(Season season, PlanState state)
    {
        var orderIndex = new Dictionary<OrderId, int>();
        for (int o = 0; o < season.Orders.Length; o++)
        {
            orderIndex[season.Orders[o].Id] = o;
        }

        var shortages = ImmutableArray.CreateBuilder<Shortage>();
        foreach (DailyDemand demand in season.Demand.OrderBy(x => orderIndex[x.Order]).ThenBy(x => x.Date))
        {
            int filled = state.Filled(orderIndex[demand.Order], season.DayIndex(demand.Date));
            if (filled < demand.Target)
            {
                shortages.Add(new Shortage(demand.Order, demand.Date, demand.Required, demand.Target, filled));
            }
        }

        return shortages.DrainToImmutable();
    }

    private static TimeOnly At(int minute) => new(minute / 60, minute % 60);
}
