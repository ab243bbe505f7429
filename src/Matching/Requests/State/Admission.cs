using System.Collections.Immutable;
using Matching.Model;
using Matching.Planning.Compiled;
using Matching.Rules;

namespace Matching.Requests.State;

/// <summary>
/// Whether a crew may join a state: every rule of the contract, asked without knowing how the crew was built. The last word
/// before an offer is made and before a booking is taken.
/// </summary>
internal static class Admission
{
    /// <summary>The first rule in the way, or null when the crew fits.</summary>
    public static RuleInTheWay? Check(DispatchState state, Draft draft) =>
        CheckCrew(state, draft) ?? CheckDemand(state, draft) ?? CheckMembers(state, draft) ?? CheckRides(state, draft);

    private static RuleInTheWay? CheckCrew(DispatchState state, Draft draft)
    {
        Ground g = state.G;
        CompiledSeason c = g.C;
        string broker = g.Season.Brokers[draft.Broker].Id.Value;
        string order = g.Season.Orders[draft.Order].Id.Value;
        if (draft.From < 0 || draft.To >= c.Days || draft.From > draft.To || draft.Members.Count == 0)
        {
            return new(RuleCode.C1, [broker, order], "The engagement has no member or no season day.");
        }

        if (draft.Lodge ? !c.MayLodge[draft.Order] : !c.MayCommute[draft.Order])
        {
            return new(RuleCode.C4, [order], $"Order {order} does not allow that mode.");
        }

        (int min, int max) = c.SizeRange(draft.Broker, draft.Order);
        int[] heads = draft.Heads(c);
        int[] experienced = new int[heads.Length];
        foreach (DraftMember member in draft.Members)
        {
            foreach (int day in member.Days)
            {
                experienced[day - draft.From] += g.ExperiencedIn(member.Unit, draft.Order);
            }
        }

        for (int d = draft.From; d <= draft.To; d++)
        {
            int n = heads[d - draft.From];
            if (!state.MayLead(draft.Broker, d))
            {
                return new(RuleCode.C3, [broker], $"Broker {broker} may not lead, or leads another crew, on {g.Season.Day(d):yyyy-MM-dd}.");
            }

            if (n < min || n > max)
            {
                return new(RuleCode.C1, [broker, order], $"{n} members on {g.Season.Day(d):yyyy-MM-dd}, {min} to {max} are allowed.");
            }

            if (experienced[d - draft.From] < g.ExperiencedNeeded(draft.Order, n))
            {
                return new(RuleCode.C2, [order], $"Too few experienced members on {g.Season.Day(d):yyyy-MM-dd}.");
            }
        }

        return null;
    }

    private static RuleInTheWay? CheckDemand(DispatchState state, Draft draft)
    {
        Ground g = state.G;
        CompiledSeason c = g.C;
        string order = g.Season.Orders[draft.Order].Id.Value;
        int[] heads = draft.Heads(c);
        var ofRound = new Dictionary<int, int>();
        for (int d = draft.From; d <= draft.To; d++)
        {
            int at = (draft.Order * c.Days) + d;
            int n = heads[d - draft.From];
            if (state.Filled[at] + n > c.Target[at])
            {
                return new(RuleCode.D1, [order], $"Order {order} has room for {c.Target[at] - state.Filled[at]} on {g.Season.Day(d):yyyy-MM-dd}, not {n}.");
            }

            if (c.Round[at] is int round and >= 0)
            {
                int sum = ofRound[round] = ofRound.GetValueOrDefault(round) + n;
                if (state.RoundFilled[round] + sum > c.RoundCap[round])
                {
                    return new(RuleCode.D2, [order], $"The round of order {order} on {g.Season.Day(d):yyyy-MM-dd} has no room.");
                }
            }
        }

        foreach (int a in c.MostsOfOrder[draft.Order])
        {
            if (state.Delivered[a] + Valuation.Counted(c, c.Agreements[a], draft) > c.Agreements[a].MaxDays)
            {
                return new(RuleCode.D3, [g.Season.Agreements[a].Id.Value, order], $"Agreement {g.Season.Agreements[a].Id} has no days left.");
            }
        }

        return null;
    }

    private static RuleInTheWay? CheckMembers(DispatchState state, Draft draft)
    {
        Ground g = state.G;
        CompiledSeason c = g.C;
        int site = c.OrderSite[draft.Order];
        var left = new Dictionary<int, int>();
        int[] beds = new int[draft.To - draft.From + 1];
        var daysOf = new Dictionary<int, int[]>();
        foreach (DraftMember member in draft.Members)
        {
            if (!daysOf.TryAdd(member.Unit, member.Days))
            {
                return Broken(g, member.Unit, RuleCode.W1, "is named twice");
            }
        }

        foreach (DraftMember member in draft.Members)
        {
            Unit u = c.Units[member.Unit];
            if (CheckAlone(state, draft, member) is { } alone)
            {
                return alone;
            }

            foreach (int other in u.Apart)
            {
                if (daysOf.TryGetValue(other, out int[]? theirs) && theirs.AsSpan().ContainsAny(member.Days))
                {
                    return Broken(g, member.Unit, RuleCode.H2, "is kept apart from another member");
                }
            }

            foreach (int other in u.SameSite)
            {
                foreach (int d in member.Days)
                {
                    if (state.Rows[other] is { } row && row[d] > 0 && c.OrderSite[row[d] - 1] != site)
                    {
                        return Broken(g, member.Unit, RuleCode.H2, "works only where their partner works that day");
                    }
                }
            }

            (int first, int last) = (member.Days[0], member.Days[^1]);
            IEnumerable<int> away = draft.Lodge ? Enumerable.Range(first, last - first + 1) : member.Days;
            foreach (int d in away)
            {
                foreach ((int household, int count) in u.Duties)
                {
                    int pool = c.DutyPool[household]![d];
                    if (pool >= 0 && (left[pool] = left.GetValueOrDefault(pool, state.PoolLeft[pool]) - count) < 0)
                    {
                        return Broken(g, member.Unit, RuleCode.H1, "is needed at home");
                    }
                }

                if (draft.Lodge && (beds[d - draft.From] += u.Size) > state.BedsLeft(site, d))
                {
                    return new(RuleCode.C4, [g.Season.Orders[draft.Order].Site.Value], $"No bed is left on {g.Season.Day(d):yyyy-MM-dd}.");
                }
            }
        }

        return null;
    }

    private static RuleInTheWay? CheckAlone(DispatchState state, Draft draft, DraftMember member)
    {
        Ground g = state.G;
        CompiledSeason c = g.C;
        Unit u = c.Units[member.Unit];
        int[] days = member.Days;
        if (days.Length == 0 || days[0] < draft.From || days[^1] > draft.To)
        {
            return Broken(g, member.Unit, RuleCode.C1, "works outside the engagement");
        }

        if (!c.Kinds[u.Kind].Suits(draft.Order))
        {
            return Broken(g, member.Unit, RuleCode.W3, "does not suit the order");
        }

        if (!g.Suits(member.Unit, draft.Broker, draft.Order, draft.Lodge))
        {
            return Broken(g, member.Unit, draft.Lodge && !u.LodgingOk ? RuleCode.C4 : RuleCode.C3, "is outside the broker's area, or does not lodge");
        }

        int[]? row = state.Rows[member.Unit];
        for (int i = 0; i < days.Length; i++)
        {
            int d = days[i];
            if ((i > 0 && d <= days[i - 1]) || !u.Available[d] || (row is not null && row[d] != 0))
            {
                return Broken(g, member.Unit, RuleCode.W1, $"cannot work on {g.Season.Day(d):yyyy-MM-dd}");
            }

            if ((draft.Lodge || g.Season.Orders[draft.Order].AdultOnly) && d < u.AdultFrom)
            {
                return Broken(g, member.Unit, RuleCode.W2, "is too young");
            }
        }

        for (int d = days[0]; draft.Lodge && row is not null && d <= days[^1]; d++)
        {
            if (row[d] != 0)
            {
                return Broken(g, member.Unit, RuleCode.C4, $"works or stays elsewhere on {g.Season.Day(d):yyyy-MM-dd}");
            }
        }

        return Rest.Allows(state, member.Unit, draft.Order, days) ? null : Broken(g, member.Unit, RuleCode.W4, "needs rest");
    }

    private static RuleInTheWay? CheckRides(DispatchState state, Draft draft)
    {
        Ground g = state.G;
        CompiledSeason c = g.C;
        var wanted = new Dictionary<(int Day, int Place), int>();
        foreach (DraftMember member in draft.Lodge ? [] : draft.Members)
        {
            foreach (int d in member.Days)
            {
                foreach ((int village, int count) in c.Units[member.Unit].Homes)
                {
                    (int, int) key = (d, g.VillagePlace[village]);
                    wanted[key] = wanted.GetValueOrDefault(key) + count;
                }
            }
        }

        foreach (DraftRide ride in draft.Rides)
        {
            if (CheckRide(state, draft, ride) is { } broken)
            {
                return broken;
            }

            foreach (Lift lift in ride.Lifts)
            {
                (int, int) key = (ride.Day, lift.Village);
                wanted[key] = wanted.GetValueOrDefault(key) - lift.Count;
            }
        }

        foreach (((int day, int place), int count) in wanted)
        {
            if (count != 0)
            {
                return new(RuleCode.T1, [g.Season.Places[place].Id.Value], $"{Math.Abs(count)} of {g.Season.Places[place].Id} have no seat on {g.Season.Day(day):yyyy-MM-dd}.");
            }
        }

        foreach ((int day, int vehicle) in draft.Rides.Select(r => (r.Day, r.Vehicle)).Distinct())
        {
            Morning? now = state.MorningOf(day, vehicle);
            Morning then = state.MorningAfter(day, vehicle, draft, 1)!;
            if (then.Runs.Length != (now?.Runs.Length ?? 0) && !MorningRules.Holds(g, vehicle, then.Runs))
            {
                return Vehicle(g, vehicle, RuleCode.T5, day, "has no time for the trip");
            }
        }

        return null;
    }

    private static RuleInTheWay? CheckRide(DispatchState state, Draft draft, DraftRide ride)
    {
        Ground g = state.G;
        CompiledSeason c = g.C;
        Run run = ride.Run;
        Run? there = state.MorningOf(ride.Day, ride.Vehicle) is { } morning && morning.IndexOf(run.Id) is int at and >= 0 ? morning.Runs[at] : null;
        if (there is null ? c.VehicleOut[(ride.Vehicle * c.Days) + ride.Day] : !SameStops(there, run))
        {
            return Vehicle(g, ride.Vehicle, RuleCode.T2, ride.Day, "does not run so");
        }

        if (there is null && !MorningRules.TimesHold(g, run))
        {
            return Vehicle(g, ride.Vehicle, RuleCode.T3, ride.Day, "cannot keep the times");
        }

        Run then = (there ?? run).With(ride.Lifts, 1);
        for (int i = 0; i < then.Aboard.Length; i++)
        {
            if (then.Aboard[i] > c.Seats[ride.Vehicle])
            {
                return Vehicle(g, ride.Vehicle, RuleCode.T2, ride.Day, $"has {c.Seats[ride.Vehicle]} seats for {then.Aboard[i]} people");
            }
        }

        foreach (Lift lift in ride.Lifts)
        {
            if (lift.Count <= 0 || lift.AlightAt <= lift.BoardAt || run.Places[lift.BoardAt] != lift.Village
                || run.Places[lift.AlightAt] != g.SitePlace[c.OrderSite[draft.Order]])
            {
                return Vehicle(g, ride.Vehicle, RuleCode.T1, ride.Day, "does not carry its people from their village to the site");
            }

            if (run.Arrives[lift.AlightAt] - run.Leaves(lift.BoardAt, c.StopMinutes) > c.MaxRide || run.Arrives[lift.AlightAt] > c.StartMinute[draft.Order])
            {
                return Vehicle(g, ride.Vehicle, RuleCode.T4, ride.Day, "rides too long or arrives late");
            }
        }

        return null;
    }

    private static bool SameStops(Run a, Run b) =>
        a.Departs == b.Departs && a.Places.AsSpan().SequenceEqual(b.Places) && a.Arrives.AsSpan().SequenceEqual(b.Arrives);

    private static RuleInTheWay Broken(Ground g, int unit, RuleCode rule, string what)
    {
        WorkerId worker = g.Season.Workers[g.C.Units[unit].Members[0]].Id;
        return new(rule, [worker.Value], $"Worker {worker} {what}.");
    }

    private static RuleInTheWay Vehicle(Ground g, int vehicle, RuleCode rule, int day, string what)
    {
        VehicleId id = g.Season.Vehicles[vehicle].Id;
        return new(rule, ImmutableArray.Create(id.Value), $"Vehicle {id} {what} on {g.Season.Day(day):yyyy-MM-dd}.");
    }
}
