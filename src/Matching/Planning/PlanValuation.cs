using Matching.Model;
using Matching.Planning.Compiled;
using Matching.Planning.State;
using Matching.Planning.Trips;
using Matching.Plans;
using Matching.Rules;

namespace Matching.Planning;

/// <summary>
/// The exact worth of a finished state in decimals, part by part (the contract's section 4): from the state's counts and
/// chains, not from its running sum of doubles.
/// </summary>
internal static class PlanValuation
{
    public static Worth Value(CompiledSeason c, PlanState state)
    {
        Season season = c.Season;
        (decimal required, decimal target) = Demand(c, state);
        (decimal starts, decimal brokers, decimal joins, decimal coaches, decimal other) = Crews(c, state);
        decimal share = 0;
        for (int u = 0; u < c.Units.Length; u++)
        {
            foreach (int w in c.Units[u].Members)
            {
                Worker worker = season.Workers[w];
                share += worker.TargetWeight * Math.Max(0, worker.TargetDays - state.Worked(u));
            }
        }

        decimal penalties = 0;
        for (int a = 0; a < c.Agreements.Length; a++)
        {
            penalties += season.Agreements[a].Penalty * Math.Max(0, c.Agreements[a].MinDays - state.Delivered(a));
        }

        return new Worth(
            required, target, -Vehicles(c, state), -coaches, -brokers, -starts, -joins, -other, -penalties, -share).Rounded();
    }

    private static (decimal Required, decimal Target) Demand(CompiledSeason c, PlanState state)
    {
        decimal required = 0;
        decimal target = 0;
        for (int o = 0; o < c.Orders; o++)
        {
            Order order = c.Season.Orders[o];
            for (int d = 0; d < c.Days; d++)
            {
                int at = (o * c.Days) + d;
                int filled = Math.Min(state.Filled(o, d), c.Target[at]);
                if (filled > 0)
                {
                    int needed = Math.Min(filled, c.Required[at]);
                    required += order.ValueRequired * needed;
                    decimal factor = c.Round[at] >= 0 ? DemandRules.LateFactor(c.Season.Rounds[c.Round[at]], c.Season.Day(d)) : 1m;
                    target += order.ValueTarget * factor * (filled - needed);
                }
            }
        }

        return (required, target);
    }

    private static (decimal Starts, decimal Brokers, decimal Joins, decimal Coaches, decimal Other) Crews(CompiledSeason c, PlanState state)
    {
        Season season = c.Season;
        (int starts, decimal brokers, long joins, decimal coaches, long otherDays) = (0, 0, 0, 0, 0);
        int[] lodging = new int[c.Villages];
        for (int slot = 0; slot < state.Crews.Count; slot++)
        {
            if (state.Crews[slot] is not { } crew)
            {
                continue;
            }

            starts++;
            brokers += season.Brokers[crew.Broker].DailyFee * (crew.To - crew.From + 1);
            foreach (int u in crew.Members)
            {
                Unit unit = c.Units[u];
                joins += unit.Size;
                int foreign = unit.OwnBroker.Count(own => own >= 0 && own != crew.Broker);
                if (foreign > 0)
                {
                    otherDays += (long)foreign * state.Memberships(u)[state.MembershipOf(u, slot)].Days;
                }

                foreach ((int village, int count) in unit.Homes)
                {
                    lodging[village] += crew.Lodge ? count : 0;
                }
            }

            for (int v = 0; crew.Lodge && v < lodging.Length; v++)
            {
                if (lodging[v] > 0)
                {
                    coaches += lodging[v] * 2 * season.Transport.CoachFarePerKm * season.TravelTable.Km(c.VillageId[v], c.SiteId[c.OrderSite[crew.Order]]);
                    lodging[v] = 0;
                }
            }
        }

        return (season.Costs.EngagementStart * starts, brokers, season.Costs.MemberJoin * joins, coaches, season.Costs.OtherBroker * otherDays);
    }

    private static decimal Vehicles(CompiledSeason c, PlanState state)
    {
        TravelTable travel = c.Season.TravelTable;
        decimal sum = 0;
        for (int d = 0; d < c.Days; d++)
        {
            DayTransport day = state.Transport(d);
            foreach (int k in day.Used)
            {
                Vehicle vehicle = c.Season.Vehicles[k];
                decimal km = 0;
                PlaceId at = vehicle.Depot;
                TripPlan[] chain = day.Chain(k)!;
                for (int i = 0; i < chain.Length; i++)
                {
                    foreach (DrivenStop stop in TripStops.Of(c, k, chain, i, departs: 0))
                    {
                        km += travel.Km(at, stop.Place);
                        at = stop.Place;
                    }
                }

                sum += vehicle.CostPerDay + (vehicle.CostPerKm * 2 * km);
            }
        }

        return sum;
    }
}
