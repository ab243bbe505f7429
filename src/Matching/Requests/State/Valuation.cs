using Matching.Model;
using Matching.Planning.Compiled;
using Matching.Plans;
using Matching.Rules;

namespace Matching.Requests.State;

/// <summary>The worth of a dispatch in exact decimals, and what a crew changes of it (the contract's section 4).</summary>
internal static class Valuation
{
    /// <summary>The worth of sending nobody: agreements and work shares in full.</summary>
    public static Worth OfNobody(Season season) => new(
        0, 0, 0, 0, 0, 0, 0, 0,
        -season.Agreements.Sum(a => a.Penalty * a.MinDays), -season.Workers.Sum(w => w.TargetWeight * Math.Max(0, w.TargetDays)));

    public static Worth Sum(Worth a, Worth b) => new(
        a.RequiredValue + b.RequiredValue, a.TargetValue + b.TargetValue, a.Vehicles + b.Vehicles, a.Coaches + b.Coaches,
        a.Brokers + b.Brokers, a.Starts + b.Starts, a.Joins + b.Joins, a.OtherBroker + b.OtherBroker,
        a.Agreements + b.Agreements, a.WorkShare + b.WorkShare);

    /// <summary>CNY of a vehicle for a morning.</summary>
    public static decimal CostOf(Ground g, int vehicle, Morning? morning)
    {
        if (morning is null)
        {
            return 0;
        }

        decimal km = 0;
        int at = g.DepotPlace[vehicle];
        foreach (Run run in morning.Runs)
        {
            foreach (int place in run.Places)
            {
                km += g.Roads.ExactKm(at, place);
                at = place;
            }
        }

        Vehicle of = g.Season.Vehicles[vehicle];
        return of.CostPerDay + (2 * of.CostPerKm * km);
    }

    /// <summary>What the worth changes by when the crew joins (sign 1) or leaves (sign −1) the state as it is.</summary>
    public static Worth Change(DispatchState state, Draft draft, int sign)
    {
        Ground g = state.G;
        Order order = g.Season.Orders[draft.Order];
        int[] heads = draft.Heads(g.C);
        (decimal required, decimal target) = (0, 0);
        for (int d = draft.From; d <= draft.To; d++)
        {
            int before = state.Filled[(draft.Order * g.C.Days) + d];
            (decimal r0, decimal t0) = ValueOf(g, order, draft.Order, d, before);
            (decimal r1, decimal t1) = ValueOf(g, order, draft.Order, d, before + (sign * heads[d - draft.From]));
            (required, target) = (required + r1 - r0, target + t1 - t0);
        }

        (decimal coaches, decimal joins, decimal other, decimal share) = Members(state, draft, sign);
        return new Worth(
            required, target, -Vehicles(state, draft, sign), -sign * coaches,
            -sign * g.Season.Brokers[draft.Broker].DailyFee * (draft.To - draft.From + 1), -sign * g.Season.Costs.EngagementStart,
            -sign * joins, -sign * other, Agreements(state, draft, sign), share);
    }

    private static (decimal Required, decimal Target) ValueOf(Ground g, Order order, int o, int day, int filled)
    {
        int at = (o * g.C.Days) + day;
        int counted = Math.Min(filled, g.C.Target[at]);
        int needed = Math.Min(counted, g.C.Required[at]);
        decimal factor = g.C.Round[at] >= 0 ? DemandRules.LateFactor(g.Season.Rounds[g.C.Round[at]], g.Season.Day(day)) : 1m;
        return (order.ValueRequired * needed, order.ValueTarget * factor * (counted - needed));
    }

    private static (decimal Coaches, decimal Joins, decimal Other, decimal Share) Members(DispatchState state, Draft draft, int sign)
    {
        Ground g = state.G;
        Season season = g.Season;
        PlaceId site = g.C.SiteId[g.C.OrderSite[draft.Order]];
        (decimal coaches, decimal joins, decimal other, decimal share) = (0, 0, 0, 0);
        foreach (DraftMember member in draft.Members)
        {
            Unit unit = g.C.Units[member.Unit];
            joins += season.Costs.MemberJoin * unit.Size;
            int worked = state.Worked[member.Unit];
            for (int i = 0; i < unit.Size; i++)
            {
                Worker worker = season.Workers[unit.Members[i]];
                if (draft.Lodge)
                {
                    coaches += 2 * season.Transport.CoachFarePerKm * g.Roads.ExactKm(g.Roads.Index[worker.Village], g.Roads.Index[site]);
                }

                if (unit.OwnBroker[i] >= 0 && unit.OwnBroker[i] != draft.Broker)
                {
                    other += season.Costs.OtherBroker * member.Days.Length;
                }

                int before = Math.Max(0, worker.TargetDays - worked);
                int after = Math.Max(0, worker.TargetDays - worked - (sign * member.Days.Length));
                share += worker.TargetWeight * (before - after);
            }
        }

        return (coaches, joins, other, share);
    }

    private static decimal Agreements(DispatchState state, Draft draft, int sign)
    {
        Ground g = state.G;
        decimal change = 0;
        foreach (int a in g.C.AgreementsOfOrder[draft.Order])
        {
            CompiledAgreement agreement = g.C.Agreements[a];
            int before = state.Delivered[a];
            int after = before + (sign * Counted(g.C, agreement, draft));
            change += g.Season.Agreements[a].Penalty
                * (Math.Max(0, agreement.MinDays - before) - Math.Max(0, agreement.MinDays - after));
        }

        return change;
    }

    /// <summary>Worker-days of the crew that the agreement counts.</summary>
    public static int Counted(CompiledSeason c, CompiledAgreement agreement, Draft draft)
    {
        int counted = 0;
        foreach (DraftMember member in draft.Members)
        {
            Unit unit = c.Units[member.Unit];
            int people = 0;
            foreach ((int village, int count) in unit.Homes)
            {
                bool counts = agreement.FromVillage is null ? agreement.Broker == draft.Broker : agreement.FromVillage[village];
                people += counts ? count : 0;
            }

            if (people > 0)
            {
                foreach (int day in member.Days)
                {
                    counted += day >= agreement.FromDay && day <= agreement.ToDay ? people : 0;
                }
            }
        }

        return counted;
    }

    private static decimal Vehicles(DispatchState state, Draft draft, int sign)
    {
        decimal change = 0;
        foreach ((int day, int vehicle) in draft.Rides.Select(r => (r.Day, r.Vehicle)).Distinct())
        {
            Morning? before = state.MorningOf(day, vehicle);
            Morning? after = state.MorningAfter(day, vehicle, draft, sign);
            change += CostOf(state.G, vehicle, after) - CostOf(state.G, vehicle, before);
        }

        return change;
    }
}
