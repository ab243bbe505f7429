using System.Globalization;
using Google.OrTools.Sat;
using Matching.Planning.Compiled;
using Matching.Planning.Solver;
using Matching.Planning.State;

namespace Matching.Planning.Improve;

/// <summary>
/// Part of a day as a CP-SAT model: a boolean for each broker and slot, the number of alike units in each slot, with the rules of crews
/// (C1 to C4), households, pairs, demand and beds. Seats are paid by usual prices; what rules of other days say about people is
/// asked of the plan before. Solved on one thread within a deterministic limit.
/// </summary>
internal sealed class DayModel
{
    private const double CentsPerYuan = 100;
    private const long ShareScale = 1_000_000;
    private readonly CompiledSeason _c;
    private readonly PlanState _state;
    private readonly DayProblem _problem;
    private readonly DayPrices _prices;
    private readonly CpModel _model = new();
    private readonly LinearExprBuilder _worth = LinearExpr.NewBuilder();

    /// <summary>Brokers (indices of the problem) who can take each other's place: one boolean a slot stands for all of them.</summary>
    private readonly List<List<int>> _leaders = [];
    private readonly BoolVar?[,] _leads;
    private readonly List<AlikeUnits> _alike;

    /// <summary>By alike units and slot: how many of them work there; null where they may not.</summary>
    private readonly IntVar?[,] _works;

    public DayModel(CompiledSeason c, PlanState state, DayProblem problem, DayPrices prices)
    {
        (_c, _state, _problem, _prices) = (c, state, problem, prices);
        GroupLeaders();
        _leads = new BoolVar?[_leaders.Count, problem.Slots.Count];
        _alike = AlikeUnits.Group(c, state, problem, prices);
        _works = new IntVar?[_alike.Count, problem.Slots.Count];
        AddLeaders();
        AddMembers();
        AddCrews();
        AddDemand();
        AddSeats();
        AddHouseholds();
        AddPairs();
        _model.Maximize(_worth);
    }

    /// <summary>Numbers of members: how large the model is.</summary>
    public int Size { get; private set; }

    /// <summary>By slot: how much of a leader it has where leaders and members come in parts, or null where that was not settled.</summary>
    /// <param name="seconds">Most seconds, or null for as long as it takes.</param>
    public double[]? LeadsInParts(double? seconds)
    {
        double[]? values = LinearRelaxation.Solve(_model.Model, seconds);
        return values is null ? null
            : [.. Enumerable.Range(0, _problem.Slots.Count).Select(s => LeadersOf(s).Sum(l => values[l.Leads.GetIndex()]))];
    }

    /// <summary>Nobody leads these slots, and how the day was until now is forgotten: from a poor plan the solver would go on in small steps.</summary>
    public void CloseSlots(Func<int, bool> isClosed)
    {
        _model.ClearHints();
        for (int s = 0; s < _problem.Slots.Count; s++)
        {
            if (isClosed(s))
            {
                _model.Add(LinearExpr.Sum(LeadersOf(s).Select(l => l.Leads)) == 0);
            }
        }
    }

    /// <summary>The best crews found, or null when nothing was found within the work.</summary>
    /// <param name="work">Deterministic seconds.</param>
    /// <param name="seed">Of the solver.</param>
    /// <param name="seconds">Most seconds, or null where the clock must not decide.</param>
    /// <param name="cancelled">Ends it with what is found so far; for work of more than a moment.</param>
    public DayAnswer? Solve(double work, int seed, double? seconds = null, CancellationToken cancelled = default)
    {
        using CpSolver solver = new()
        {
            StringParameters = string.Create(
                CultureInfo.InvariantCulture, $"max_deterministic_time:{work},max_time_in_seconds:{seconds ?? double.PositiveInfinity},num_workers:1,random_seed:{seed},linearization_level:2,symmetry_level:0,cp_model_probing_level:0"),
        };
        CpSolverStatus status = cancelled.CanBeCanceled ? solver.SolveUntil(_model, cancelled) : solver.Solve(_model);
        if (status is not (CpSolverStatus.Optimal or CpSolverStatus.Feasible))
        {
            return status is CpSolverStatus.Unknown ? null
                : throw new InvalidOperationException($"The model of a day is {status}: {_model.Validate()}");
        }

        int[] slotOfUnit = new int[_problem.Units.Count];
        Array.Fill(slotOfUnit, -1);
        int[] slotOfBroker = new int[_problem.Brokers.Count];
        Array.Fill(slotOfBroker, -1);
        for (int a = 0; a < _alike.Count; a++)
        {
            ShareOut(_alike[a], s => _works[a, s] is { } works ? (int)solver.Value(works) : 0, slotOfUnit);
        }

        for (int g = 0; g < _leaders.Count; g++)
        {
            int[] led = [.. Enumerable.Range(0, _problem.Slots.Count).Where(s => _leads[g, s] is { } leads && solver.BooleanValue(leads))];
            ShareOut(_leaders[g], led, slotOfBroker);
        }

        return new DayAnswer(slotOfBroker, slotOfUnit);
    }

    /// <summary>Units who are alike share out their numbers: who works in a slot already stays there.</summary>
    private void ShareOut(AlikeUnits alike, Func<int, int> countIn, int[] slotOfUnit)
    {
        int[] left = [.. Enumerable.Range(0, _problem.Slots.Count).Select(countIn)];
        foreach (int i in alike.Members)
        {
            int now = _problem.SlotOfUnit[i];
            if (now >= 0 && left[now] > 0)
            {
                slotOfUnit[i] = now;
                left[now]--;
            }
        }

        int slot = 0;
        foreach (int i in alike.Members.Where(i => slotOfUnit[i] < 0))
        {
            while (slot < left.Length && left[slot] == 0)
            {
                slot++;
            }

            if (slot == left.Length)
            {
                return;
            }

            slotOfUnit[i] = slot;
            left[slot]--;
        }
    }

    /// <summary>Brokers who are alike share out the slots: who leads one already stays there.</summary>
    private void ShareOut(List<int> brokers, int[] slots, int[] slotOfBroker)
    {
        Queue<int> free = new(brokers.Where(b => !slots.Contains(_problem.SlotOfBroker[b])));
        foreach (int s in slots)
        {
            int leader = brokers.FindIndex(b => _problem.SlotOfBroker[b] == s);
            slotOfBroker[leader >= 0 ? brokers[leader] : free.Dequeue()] = s;
        }
    }

    /// <summary>Alike are brokers of the same area, fee and crew sizes who go on with nothing, break up nothing and are nobody's own.</summary>
    private void GroupLeaders()
    {
        List<List<int>> alone = [];
        HashSet<int> own = [.. _problem.Units.SelectMany(u => _c.Units[u].OwnBroker)];
        for (int b = 0; b < _problem.Brokers.Count; b++)
        {
            int broker = _problem.Brokers[b];
            bool isAlone = own.Contains(broker) || _problem.CostOfLeaving[b] > 0 || _problem.Slots.Exists(s => _prices.GoesOn(broker, s));
            List<int>? same = isAlone ? null : _leaders.Find(g => IsLike(broker, _problem.Brokers[g[0]]));
            if (same is null)
            {
                same = [];
                (isAlone ? alone : _leaders).Add(same);
            }

            same.Add(b);
        }

        _leaders.AddRange(alone);
    }

    private bool IsLike(int broker, int other) =>
        ReferenceEquals(_c.AreaVillages[broker], _c.AreaVillages[other]) && _c.Fee[broker].Equals(_c.Fee[other])
        && _problem.Slots.TrueForAll(s => _c.SizeRange(broker, s.Order) == _c.SizeRange(other, s.Order));

    private void AddLeaders()
    {
        for (int g = 0; g < _leaders.Count; g++)
        {
            List<BoolVar> all = [];
            for (int s = 0; s < _problem.Slots.Count; s++)
            {
                DaySlot slot = _problem.Slots[s];
                int broker = BrokerOf(g);
                (int min, int max) = _c.SizeRange(broker, slot.Order);
                if (min > max || min > _prices.Room(slot.Order))
                {
                    continue;
                }

                BoolVar leads = _model.NewBoolVar("");
                bool stays = LedUntilNow(g, s);
                _model.AddHint(leads, stays);
                _leads[g, s] = leads;
                all.Add(leads);
                Pay(leads, -_prices.Leading(broker, slot) + (stays ? _problem.CostOfLeaving[_leaders[g][0]] : 0));
            }

            _model.Add(LinearExpr.Sum(all) <= _leaders[g].Count);
        }

        for (int s = 0; s < _problem.Slots.Count; s++)
        {
            _model.AddAtMostOne(LeadersOf(s).Select(l => l.Leads));
        }
    }

    private int BrokerOf(int leader) => _problem.Brokers[_leaders[leader][0]];

    private bool LedUntilNow(int leader, int slot) => _leaders[leader].Exists(b => _problem.SlotOfBroker[b] == slot);

    private IEnumerable<(int Leader, BoolVar Leads)> LeadersOf(int slot)
    {
        for (int g = 0; g < _leaders.Count; g++)
        {
            if (_leads[g, slot] is { } leads)
            {
                yield return (g, leads);
            }
        }
    }

    private void AddMembers()
    {
        for (int a = 0; a < _alike.Count; a++)
        {
            AlikeUnits alike = _alike[a];
            List<IntVar> all = [];
            for (int s = 0; s < _problem.Slots.Count; s++)
            {
                DaySlot slot = _problem.Slots[s];
                if (double.IsNaN(alike.Worth[s]))
                {
                    continue;
                }

                List<(int Leader, BoolVar Leads)> suited = [.. LeadersOf(s).Where(l => _state.Suits(UnitOf(alike), BrokerOf(l.Leader), slot.Order, slot.Lodge))];
                if (suited.Count > 0)
                {
                    IntVar works = Members(alike, s, suited);
                    _works[a, s] = works;
                    all.Add(works);
                    Size++;
                }
            }

            if (alike.Count == 1)
            {
                _model.AddAtMostOne(all.Cast<BoolVar>());
            }
            else
            {
                _model.Add(LinearExpr.Sum(all) <= alike.Count);
            }
        }
    }

    private int UnitOf(AlikeUnits alike) => _problem.Units[alike.Members[0]];

    private IntVar Number(AlikeUnits alike) => alike.Count == 1 ? _model.NewBoolVar("") : _model.NewIntVar(0, alike.Count, "");

    private IntVar Members(AlikeUnits alike, int s, List<(int Leader, BoolVar Leads)> suited)
    {
        int unit = UnitOf(alike);
        DaySlot slot = _problem.Slots[s];
        Unit u = _c.Units[unit];
        IntVar works = Number(alike);
        _model.Add(alike.Count * LinearExpr.Sum(suited.Select(l => l.Leads)) >= works);
        int before = alike.Before(_problem, s);
        _model.AddHint(works, before);
        Pay(works, alike.Worth[s] - (u.OwnBroker.Count(own => own >= 0) * _c.OtherBroker));

        // What is saved under some leaders: whoever goes on in an engagement joins nothing, and the own broker costs nothing.
        double join = _state.JoinCost(unit, slot.Order, slot.Lodge);
        foreach (IGrouping<double, (int Leader, BoolVar Leads)> saved in suited
            .GroupBy(l => Saved(unit, u, BrokerOf(l.Leader), slot, join)).Where(g => g.Key > 0))
        {
            IntVar both = Number(alike);
            _model.Add(both <= works);
            _model.Add(alike.Count * LinearExpr.Sum(saved.Select(l => l.Leads)) >= both);
            _model.AddHint(both, saved.Any(l => LedUntilNow(l.Leader, s)) ? before : 0);
            Pay(both, saved.Key);
        }

        return works;
    }

    private double Saved(int unit, Unit u, int broker, DaySlot slot, double join) =>
        (_prices.IsMember(unit, broker, slot) ? join : 0) + (u.OwnBroker.Count(own => own == broker) * _c.OtherBroker);

    private void AddCrews()
    {
        for (int s = 0; s < _problem.Slots.Count; s++)
        {
            int order = _problem.Slots[s].Order;
            LinearExprBuilder heads = Heads(s);
            LinearExprBuilder least = LinearExpr.NewBuilder();
            LinearExprBuilder most = LinearExpr.NewBuilder();
            foreach ((int leader, BoolVar leads) in LeadersOf(s))
            {
                (int min, int max) = _c.SizeRange(BrokerOf(leader), order);
                least.AddTerm(leads, min);
                most.AddTerm(leads, Math.Min(max, _prices.Room(order)));
            }

            _model.Add(heads >= least);
            _model.Add(heads <= most);
            Model.Order rule = _c.Season.Orders[order];
            if (Rules.CrewRules.AsksExperience(rule))
            {
                long share = (long)Math.Ceiling(rule.ExperiencedShare!.Value * ShareScale);
                // C2 without its ⌈ ⌉, which whole members need not: experienced ≥ share × members.
                _model.Add(Weighed(s, u => (ShareScale * _state.ExperiencedIn(u, order)) - (share * _c.Units[u].Size)) >= 0);

                // No more than that in whole numbers, but in parts: whoever leads pays for all the experienced that the least crew needs.
                LinearExprBuilder needed = LinearExpr.NewBuilder();
                foreach ((int leader, BoolVar leads) in LeadersOf(s))
                {
                    (int min, _) = _c.SizeRange(BrokerOf(leader), order);
                    needed.AddTerm(leads, Rules.CrewRules.ExperiencedNeeded(rule, min));
                }

                _model.Add(Weighed(s, u => _state.ExperiencedIn(u, order)) >= needed);
            }
        }
    }

    private LinearExprBuilder Heads(int slot) => Weighed(slot, u => _c.Units[u].Size);

    private LinearExprBuilder Weighed(int slot, Func<int, long> weight)
    {
        LinearExprBuilder sum = LinearExpr.NewBuilder();
        for (int a = 0; a < _alike.Count; a++)
        {
            if (_works[a, slot] is { } works)
            {
                sum.AddTerm(works, weight(UnitOf(_alike[a])));
            }
        }

        return sum;
    }

    private void AddDemand()
    {
        foreach (IGrouping<int, int> slots in Enumerable.Range(0, _problem.Slots.Count).GroupBy(s => _problem.Slots[s].Order))
        {
            int order = slots.Key;
            LinearExpr filled = LinearExpr.Sum(slots.Select(Heads));
            IntVar required = _model.NewIntVar(0, Math.Min(_prices.Required(order), _prices.Room(order)), "");
            IntVar more = _model.NewIntVar(0, _prices.Room(order), "");
            _model.Add(required + more == filled);
            int before = (
                from a in Enumerable.Range(0, _alike.Count)
                from s in slots
                where _works[a, s] is not null
                select _alike[a].Before(_problem, s) * _c.Units[UnitOf(_alike[a])].Size).Sum();
            int requiredBefore = Math.Min(before, Math.Min(_prices.Required(order), _prices.Room(order)));
            _model.AddHint(required, requiredBefore);
            _model.AddHint(more, before - requiredBefore);
            _model.Add(filled <= _prices.Room(order));
            Pay(required, _prices.RequiredValue(order));
            Pay(more, _prices.TargetValue(order));
        }

        foreach (IGrouping<int, int> slots in Enumerable.Range(0, _problem.Slots.Count)
            .Where(s => _problem.Slots[s].Lodge).GroupBy(s => _c.OrderSite[_problem.Slots[s].Order]))
        {
            _model.Add(LinearExpr.Sum(slots.Select(Heads)) <= Math.Max(0, _state.BedsLeft(slots.Key, _problem.Day)));
        }
    }

    private void AddSeats()
    {
        var riders = new SortedDictionary<(int Village, int Order), (LinearExprBuilder Sum, int Before)>();
        for (int s = 0; s < _problem.Slots.Count; s++)
        {
            for (int a = 0; a < _alike.Count; a++)
            {
                if (_problem.Slots[s].Lodge || _works[a, s] is not { } works)
                {
                    continue;
                }

                foreach ((int village, int count) in _c.Units[UnitOf(_alike[a])].Homes)
                {
                    (int, int Order) key = (village, _problem.Slots[s].Order);
                    if (!riders.TryGetValue(key, out (LinearExprBuilder Sum, int Before) here))
                    {
                        here = (LinearExpr.NewBuilder(), 0);
                    }

                    here.Sum.AddTerm(works, count);
                    riders[key] = here with { Before = here.Before + (_alike[a].Before(_problem, s) * count) };
                }
            }
        }

        int people = _problem.Units.Sum(u => _c.Units[u].Size);
        foreach (((int village, int order), (LinearExprBuilder sum, int before)) in riders)
        {
            (double running, double fresh) = _prices.Seat(village, order);
            if (double.IsPositiveInfinity(fresh))
            {
                _model.Add(sum <= _prices.RunningSeats(village, order));
                continue;
            }

            IntVar all = _model.NewIntVar(0, people, "");
            IntVar beyond = _model.NewIntVar(0, people, "");
            _model.Add(all == sum);
            _model.Add(beyond >= all - _prices.RunningSeats(village, order));
            _model.AddHint(all, before);
            _model.AddHint(beyond, Math.Max(0, before - _prices.RunningSeats(village, order)));
            Pay(all, -running);
            Pay(beyond, running - fresh);
        }
    }

    private void AddHouseholds()
    {
        var leaving = new SortedDictionary<int, LinearExprBuilder>();
        for (int a = 0; a < _alike.Count; a++)
        {
            foreach ((int household, int count) in _c.Units[UnitOf(_alike[a])].Duties)
            {
                int pool = _c.DutyPool[household]![_problem.Day];
                for (int s = 0; pool >= 0 && s < _problem.Slots.Count; s++)
                {
                    if (_works[a, s] is { } works)
                    {
                        if (!leaving.TryGetValue(pool, out LinearExprBuilder? sum))
                        {
                            leaving[pool] = sum = LinearExpr.NewBuilder();
                        }

                        sum.AddTerm(works, count);
                    }
                }
            }
        }

        foreach ((int pool, LinearExprBuilder sum) in leaving)
        {
            _model.Add(sum <= Math.Max(0, _state.PoolLeft(pool)));
        }
    }

    private void AddPairs()
    {
        // Who is in a pair is alike to nobody.
        Dictionary<int, int> at = [];
        for (int a = 0; a < _alike.Count; a++)
        {
            at[UnitOf(_alike[a])] = a;
        }

        for (int a = 0; a < _alike.Count; a++)
        {
            Unit u = _c.Units[UnitOf(_alike[a])];
            foreach (int other in u.Apart)
            {
                if (at.TryGetValue(other, out int b) && a < b)
                {
                    Forbid(a, b, (s, t) => s == t);
                }
            }

            foreach (int other in u.SameSite)
            {
                if (at.TryGetValue(other, out int b) && a < b)
                {
                    Forbid(a, b, (s, t) => _c.OrderSite[_problem.Slots[s].Order] != _c.OrderSite[_problem.Slots[t].Order]);
                }
            }
        }
    }

    private void Forbid(int a, int b, Func<int, int, bool> together)
    {
        for (int s = 0; s < _problem.Slots.Count; s++)
        {
            for (int t = 0; t < _problem.Slots.Count; t++)
            {
                if (_works[a, s] is BoolVar one && _works[b, t] is BoolVar two && together(s, t))
                {
                    _model.AddBoolOr([one.Not(), two.Not()]);
                }
            }
        }
    }

    private void Pay(IntVar what, double yuan) => _worth.AddTerm(what, (long)Math.Round(yuan * CentsPerYuan));
}
