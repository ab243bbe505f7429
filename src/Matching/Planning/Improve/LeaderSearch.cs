using Matching.Planning.Compiled;
using Matching.Planning.State;
using Matching.Rules;

namespace Matching.Planning.Improve;

/// <summary>
/// Who leads where on a day, sought by simulated annealing over the leaders' orders: for every choice of orders the members are
/// shared out at the most worth (<see cref="CrewFlow"/>), mended from the choice before. Units of several people or in pairs are
/// left to whoever applies the answer.
/// </summary>
internal sealed class LeaderSearch
{
    private const int MovesPerLeader = 25;

    /// <summary>Worker-days' value of a loss that is often taken at the beginning, and at the end.</summary>
    private const double Hot = 3;
    private const double Cold = 0.02;

    private readonly CompiledSeason _c;
    private readonly PlanState _state;
    private readonly DayProblem _problem;
    private readonly DayPrices _prices;
    private readonly int[] _orders;
    private readonly int[][] _options;
    private readonly List<List<int>> _classes = [];
    private readonly DayNeed[] _needs;
    private CrewFlow _flow;
    private CrewFlow _trial;

    /// <param name="c">The season.</param>
    /// <param name="state">The plan, its crews opened up on the day.</param>
    /// <param name="problem">Brokers, people and the orders (slots) they may go to; the slots are replaced by those of the answer.</param>
    /// <param name="prices">What days of crews and members cost.</param>
    /// <param name="fare">CNY a seat by village and order; positive infinity where nobody can ride.</param>
    public LeaderSearch(CompiledSeason c, PlanState state, DayProblem problem, DayPrices prices, Func<int, int, double> fare)
    {
        (_c, _state, _problem, _prices) = (c, state, problem, prices);
        _orders = [.. problem.Slots.Select(s => s.Order).Distinct()];
        _needs = [.. _orders.Select(o => new DayNeed(
            Math.Min(prices.Required(o), prices.Room(o)), prices.Room(o), prices.RequiredValue(o), prices.TargetValue(o)))];
        double[] gain = Gather(fare);
        _options = [.. Enumerable.Range(0, problem.Brokers.Count).Select(b => Options(b, gain))];
        _flow = new CrewFlow([.. _classes.Select(l => l.Count)], gain, problem.Brokers.Count, _needs);
        _trial = _flow.Twin();
    }

    /// <summary>Whether some leader has a choice.</summary>
    public bool HasChoice => _options.Any(o => o.Length > 0);

    /// <summary>The best found, from who leads where now; null when nothing legal was.</summary>
    public DayAnswer? Solve(Random random)
    {
        for (int b = 0; b < _options.Length; b++)
        {
            int now = _problem.SlotOfBroker[b] is int s and >= 0 ? Array.IndexOf(_orders, _problem.Slots[s].Order) : -1;
            if (_options[b].Contains(now))
            {
                Lead(_flow, b, now);
            }
        }

        _flow.Settle();
        double worth = Worth(_flow);
        CrewFlow best = _flow.Twin();
        double most = worth;
        double usual = _orders.Average(_prices.RequiredValue);
        int moves = MovesPerLeader * _options.Length;
        for (int i = 0; i < moves; i++)
        {
            _trial.CopyFrom(_flow);
            if (!Move(random))
            {
                continue;
            }

            _trial.Settle();
            double tried = Worth(_trial);
            double heat = usual * Hot * Math.Pow(Cold / Hot, (double)i / moves);
            if (tried > worth + (heat * Math.Log(Math.Max(1e-12, random.NextDouble()))))
            {
                (_flow, _trial, worth) = (_trial, _flow, tried);
                if (worth > most + 0.005)
                {
                    most = worth;
                    best.CopyFrom(_flow);
                }
            }
        }

        _state.Meter.Done += 200L * moves;
        return double.IsNegativeInfinity(most) ? null : Answer(best);
    }

    private void Lead(CrewFlow flow, int leader, int order)
    {
        int most = order < 0 ? 0 : Math.Min(_c.SizeRange(_problem.Brokers[leader], _orders[order]).Max, _needs[order].Room);
        flow.Lead(leader, order, most);
    }

    /// <summary>Another order for a leader, none, or two leaders' orders exchanged; false when nothing changes.</summary>
    private bool Move(Random random)
    {
        int leader = random.Next(_options.Length);
        int[] options = _options[leader];
        if (options.Length == 0)
        {
            return false;
        }

        int before = _trial.OrderOf(leader);
        int draw = random.Next(options.Length + 1);
        int order = draw == options.Length ? -1 : options[draw];
        if (order == before)
        {
            return false;
        }

        Lead(_trial, leader, order);
        int other = random.Next(_options.Length);
        if (other != leader && random.Next(2) == 0 && _trial.OrderOf(other) == order && _options[other].Contains(before))
        {
            Lead(_trial, other, before);
        }

        return true;
    }

    /// <summary>Worth of the members less what leading costs; negative infinity where a crew is too small (C1).</summary>
    private double Worth(CrewFlow flow)
    {
        double worth = flow.Value;
        for (int b = 0; b < _options.Length; b++)
        {
            if (flow.OrderOf(b) is not (int at and >= 0))
            {
                continue;
            }

            int broker = _problem.Brokers[b];
            int order = _orders[at];
            if (flow.Heads(b) < _c.SizeRange(broker, order).Min)
            {
                return double.NegativeInfinity;
            }

            bool stays = _problem.SlotOfBroker[b] is int s and >= 0 && _problem.Slots[s].Order == order;
            worth -= _prices.Leading(broker, new DaySlot(order, Lodge: false)) - (stays ? _problem.CostOfLeaving[b] : 0);
            worth -= _prices.RequiredValue(order) * TooMany(flow, b, order);
        }

        return worth;
    }

    /// <summary>Members beyond those the experienced ones allow (C2).</summary>
    private int TooMany(CrewFlow flow, int leader, int order)
    {
        Model.Order rule = _c.Season.Orders[order];
        if (!CrewRules.AsksExperience(rule))
        {
            return 0;
        }

        int experienced = 0;
        for (int i = 0; i < _classes.Count; i++)
        {
            experienced += flow.People(i, leader) * _state.ExperiencedIn(_classes[i][0], order);
        }

        int heads = flow.Heads(leader);
        int allowed = heads;
        while (allowed > 0 && CrewRules.ExperiencedNeeded(rule, allowed) > experienced)
        {
            allowed--;
        }

        return heads - allowed;
    }

    /// <summary>Orders the leader may lead at with enough people there to be led.</summary>
    private int[] Options(int leader, double[] gain)
    {
        List<int> options = [];
        for (int at = 0; at < _orders.Length; at++)
        {
            (int min, int max) = _c.SizeRange(_problem.Brokers[leader], _orders[at]);
            int people = 0;
            for (int i = 0; i < _classes.Count; i++)
            {
                people += double.IsNegativeInfinity(gain[(((i * _problem.Brokers.Count) + leader) * _orders.Length) + at]) ? 0 : _classes[i].Count;
            }

            if (min <= max && min <= _needs[at].Room && people >= min)
            {
                options.Add(at);
            }
        }

        return [.. options];
    }

    /// <summary>Puts people who would bring the same everywhere into one class; returns what they bring by class, broker and order.</summary>
    private double[] Gather(Func<int, int, double> fare)
    {
        var index = new Dictionary<string, int>(StringComparer.Ordinal);
        List<double> all = [];
        int row = _problem.Brokers.Count * _orders.Length;
        double[] gains = new double[row];
        foreach (int unit in _problem.Units)
        {
            Unit u = _c.Units[unit];
            if (u.Size > 1 || u.Apart.Length > 0 || u.SameSite.Length > 0 || !Fill(unit, u, gains, fare))
            {
                continue;
            }

            short[]? experienced = _c.Kinds[u.Kind].Experienced;
            string key = string.Join(';', gains) + (experienced is null ? "" : "|" + string.Concat(_orders.Select(o => experienced[o] > 0 ? '1' : '0')));
            if (!index.TryGetValue(key, out int at))
            {
                index[key] = at = _classes.Count;
                _classes.Add([]);
                all.AddRange(gains);
            }

            _classes[at].Add(unit);
        }

        return [.. all];
    }

    private bool Fill(int unit, Unit u, double[] gains, Func<int, int, double> fare)
    {
        Array.Fill(gains, double.NegativeInfinity);
        bool any = false;
        for (int at = 0; at < _orders.Length; at++)
        {
            int order = _orders[at];
            double seat = fare(u.Village, order);
            if (double.IsPositiveInfinity(seat) || !_state.MayWork(unit, order, lodge: false, _problem.Day))
            {
                continue;
            }

            double extra = _prices.Extra(unit, order) - seat;
            double join = _state.JoinCost(unit, order, lodge: false);
            for (int b = 0; b < _problem.Brokers.Count; b++)
            {
                int broker = _problem.Brokers[b];
                if (_c.Area[broker][u.Village])
                {
                    double other = u.OwnBroker[0] >= 0 && u.OwnBroker[0] != broker ? _c.OtherBroker : 0;
                    bool isMember = _prices.IsMember(unit, broker, new DaySlot(order, Lodge: false));
                    gains[(b * _orders.Length) + at] = extra - other - (isMember ? 0 : join);
                    any = true;
                }
            }
        }

        return any;
    }

    private DayAnswer Answer(CrewFlow flow)
    {
        int[] slotOfBroker = new int[_problem.Brokers.Count];
        int[] slotOfUnit = new int[_problem.Units.Count];
        Array.Fill(slotOfBroker, -1);
        Array.Fill(slotOfUnit, -1);
        Dictionary<int, int> indexOf = [];
        for (int i = 0; i < _problem.Units.Count; i++)
        {
            indexOf[_problem.Units[i]] = i;
        }

        int[] next = new int[_classes.Count];
        _problem.Slots.Clear();
        for (int b = 0; b < slotOfBroker.Length; b++)
        {
            if (flow.OrderOf(b) is not (int at and >= 0))
            {
                continue;
            }

            slotOfBroker[b] = _problem.Slots.Count;
            _problem.Slots.Add(new DaySlot(_orders[at], Lodge: false));
            for (int i = 0; i < _classes.Count; i++)
            {
                for (int n = flow.People(i, b); n > 0; n--)
                {
                    slotOfUnit[indexOf[_classes[i][next[i]++]]] = slotOfBroker[b];
                }
            }
        }

        return new DayAnswer(slotOfBroker, slotOfUnit);
    }
}
