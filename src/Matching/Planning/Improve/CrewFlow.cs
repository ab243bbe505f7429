namespace Matching.Planning.Improve;

/// <summary>What an order still takes on a day: so many people at the required value, and up to <paramref name="Room"/> in all.</summary>
internal readonly record struct DayNeed(int Required, int Room, double RequiredValue, double TargetValue);

/// <summary>
/// People of one day shared out over a few crews at the most worth. People who are alike are one class, so the flow class → crew →
/// order runs over as few nodes as there are crews and orders: moving somebody from one crew to another is worth the best
/// difference over all classes. The flow is best when no cycle of such moves gains; where a crew is led elsewhere it is mended from
/// where it stands (cycle cancelling: Klein, <i>Management Science</i> 14, 1967).
/// </summary>
internal sealed class CrewFlow
{
    private const double Least = 1e-6;
    private readonly int _classes;
    private readonly int _crews;
    private readonly DayNeed[] _needs;

    /// <summary>CNY of a person by class, crew and order; negative infinity where the rules forbid it.</summary>
    private readonly double[] _gain;

    // By class and place: the crews, and at the end those who stay at home.
    private readonly int[] _people;
    private readonly double[] _gainNow;

    private readonly int[] _orderOf;
    private readonly int[] _most;
    private readonly int[] _heads;
    private readonly int[] _filled;

    // By place and place: the best class to move, and what that brings.
    private readonly double[] _move;
    private readonly int[] _moved;

    private readonly double[] _reach;
    private readonly int[] _from;
    private readonly bool[] _isLonger;
    private readonly int[] _walk;
    private readonly List<(int From, int To)> _cycle = [];

    /// <param name="people">How many there are of each class.</param>
    /// <param name="gain">CNY of a person by class × crew × order; negative infinity where not allowed.</param>
    /// <param name="crews">How many crews may be led.</param>
    /// <param name="needs">The orders.</param>
    public CrewFlow(int[] people, double[] gain, int crews, DayNeed[] needs)
        : this(people.Length, crews, needs, gain)
    {
        for (int i = 0; i < _classes; i++)
        {
            _people[(i * Places) + Home] = people[i];
            Array.Fill(_gainNow, double.NegativeInfinity, i * Places, crews);
        }

        Array.Fill(_orderOf, -1);
        RefreshAll();
    }

    private CrewFlow(int classes, int crews, DayNeed[] needs, double[] gain)
    {
        (_classes, _crews, _needs, _gain) = (classes, crews, needs, gain);
        _people = new int[classes * Places];
        _gainNow = new double[classes * Places];
        _orderOf = new int[crews];
        _most = new int[crews];
        _heads = new int[crews];
        _filled = new int[needs.Length];
        _move = new double[Places * Places];
        _moved = new int[Places * Places];
        _reach = new double[Places + needs.Length];
        _from = new int[Places + needs.Length];
        _isLonger = new bool[Places + needs.Length];
        _walk = new int[Places + needs.Length];
    }

    /// <summary>Worth of the people where they are, CNY.</summary>
    public double Value { get; private set; }

    private int Places => _crews + 1;

    private int Home => _crews;

    /// <summary>The crew's order, or -1.</summary>
    public int OrderOf(int crew) => _orderOf[crew];

    /// <summary>People in the crew.</summary>
    public int Heads(int crew) => _heads[crew];

    /// <summary>People of the class in the crew.</summary>
    public int People(int ofClass, int crew) => _people[(ofClass * Places) + crew];

    /// <summary>A flow of its own over the same people.</summary>
    public CrewFlow Twin()
    {
        var twin = new CrewFlow(_classes, _crews, _needs, _gain);
        twin.CopyFrom(this);
        return twin;
    }

    /// <summary>Becomes the same as a twin.</summary>
    public void CopyFrom(CrewFlow like)
    {
        like._people.CopyTo(_people, 0);
        like._gainNow.CopyTo(_gainNow, 0);
        like._orderOf.CopyTo(_orderOf, 0);
        like._most.CopyTo(_most, 0);
        like._heads.CopyTo(_heads, 0);
        like._filled.CopyTo(_filled, 0);
        like._move.CopyTo(_move, 0);
        like._moved.CopyTo(_moved, 0);
        Value = like.Value;
    }

    /// <summary>Sends the crew's people home and lets it be led at another order, or at none (-1), by at most so many.</summary>
    public void Lead(int crew, int order, int most)
    {
        for (int i = 0; i < _classes; i++)
        {
            int at = (i * Places) + crew;
            Value -= _people[at] == 0 ? 0 : _people[at] * _gainNow[at];
            _people[(i * Places) + Home] += _people[at];
            _people[at] = 0;
            _gainNow[at] = order < 0 ? double.NegativeInfinity : _gain[(((i * _crews) + crew) * _needs.Length) + order];
        }

        if (_orderOf[crew] is int before and >= 0)
        {
            Value -= Worth(before, _filled[before]) - Worth(before, _filled[before] - _heads[crew]);
            _filled[before] -= _heads[crew];
        }

        (_orderOf[crew], _most[crew], _heads[crew]) = (order, most, 0);
        RefreshAll();
    }

    /// <summary>Moves people until nothing is gained by moving any.</summary>
    public void Settle()
    {
        while (FindCycle() is double gain and > Least)
        {
            Cancel(gain);
        }
    }

    private double Worth(int order, int filled)
    {
        DayNeed need = _needs[order];
        return (need.RequiredValue * Math.Min(filled, need.Required)) + (need.TargetValue * Math.Max(0, filled - need.Required));
    }

    private double GainOfOneMore(int order)
    {
        DayNeed need = _needs[order];
        int filled = _filled[order];
        return filled >= need.Room ? double.NegativeInfinity : filled < need.Required ? need.RequiredValue : need.TargetValue;
    }

    private double LossOfOneLess(int order)
    {
        DayNeed need = _needs[order];
        int filled = _filled[order];
        return filled == 0 ? double.PositiveInfinity : filled <= need.Required ? need.RequiredValue : need.TargetValue;
    }

    private void RefreshAll()
    {
        for (int place = 0; place < Places; place++)
        {
            Refresh(place);
        }
    }

    /// <summary>What moving somebody from the place to each other one brings at best.</summary>
    private void Refresh(int place)
    {
        Span<double> move = _move.AsSpan(place * Places, Places);
        Span<int> moved = _moved.AsSpan(place * Places, Places);
        move.Fill(double.NegativeInfinity);
        for (int i = 0; i < _classes; i++)
        {
            ReadOnlySpan<double> gains = _gainNow.AsSpan(i * Places, Places);
            if (_people[(i * Places) + place] == 0)
            {
                continue;
            }

            double here = gains[place];
            for (int to = 0; to < gains.Length; to++)
            {
                double gain = gains[to] - here;
                if (gain > move[to])
                {
                    (move[to], moved[to]) = (gain, i);
                }
            }
        }

        move[place] = double.NegativeInfinity;
    }

    /// <summary>
    /// Nodes: the places, then the orders. Home stands for "not sent" on both sides, so that every change is a cycle. Ways are lengthened
    /// from nodes whose own has become longer, until they bite their tails or none does (Bellman and Ford).
    /// </summary>
    private double FindCycle()
    {
        Array.Clear(_reach);
        Array.Fill(_from, -1);
        Array.Fill(_isLonger, true);
        while (true)
        {
            bool any = false;
            for (int from = 0; from < Places; from++)
            {
                if (_isLonger[from])
                {
                    _isLonger[from] = false;
                    any |= LeavePlace(from);
                }
            }

            for (int o = 0; o < _needs.Length; o++)
            {
                if (_isLonger[Places + o])
                {
                    _isLonger[Places + o] = false;
                    any |= LeaveOrder(o);
                }
            }

            if (!any)
            {
                return 0;
            }

            if (OnCycle() is int node and >= 0)
            {
                return Trace(node);
            }
        }
    }

    private bool LeavePlace(int from)
    {
        bool any = false;
        ReadOnlySpan<double> move = _move.AsSpan(from * Places, Places);
        double reach = _reach[from];
        for (int to = 0; to < move.Length; to++)
        {
            if (reach + move[to] > _reach[to] + Least)
            {
                any = Reach(to, from, reach + move[to]);
            }
        }

        if (from == Home)
        {
            for (int o = 0; o < _needs.Length; o++)
            {
                any |= Relax(Home, Places + o, -LossOfOneLess(o));
            }
        }
        else if (_orderOf[from] is int order and >= 0 && _heads[from] < _most[from])
        {
            any |= Relax(from, Places + order, 0);
        }

        return any;
    }

    private bool LeaveOrder(int order)
    {
        bool any = Relax(Places + order, Home, GainOfOneMore(order));
        for (int crew = 0; crew < _crews; crew++)
        {
            if (_orderOf[crew] == order && _heads[crew] > 0)
            {
                any |= Relax(Places + order, crew, 0);
            }
        }

        return any;
    }

    private bool Relax(int from, int to, double gain) => _reach[from] + gain > _reach[to] + Least && Reach(to, from, _reach[from] + gain);

    private bool Reach(int node, int from, double reach)
    {
        _reach[node] = reach;
        _from[node] = from;
        _isLonger[node] = true;
        return true;
    }

    /// <summary>A node on a cycle of the ways, whose gain is then positive; -1 when there is none yet.</summary>
    private int OnCycle()
    {
        Array.Clear(_walk);
        for (int start = 0; start < _from.Length; start++)
        {
            int node = start;
            while (node >= 0 && _walk[node] == 0)
            {
                _walk[node] = start + 1;
                node = _from[node];
            }

            if (node >= 0 && _walk[node] == start + 1)
            {
                return node;
            }
        }

        return -1;
    }

    private double Trace(int node)
    {
        _cycle.Clear();
        double gain = 0;
        int to = node;
        do
        {
            int from = _from[to];
            _cycle.Add((from, to));
            gain += GainOf(from, to);
            to = from;
        }
        while (to != node);
        return gain;
    }

    private double GainOf(int from, int to) =>
        from < Places && to < Places ? _move[(from * Places) + to]
        : from == Home ? -LossOfOneLess(to - Places)
        : to == Home ? GainOfOneMore(from - Places)
        : 0;

    private int MostOf(int from, int to)
    {
        if (from < Places && to < Places)
        {
            return _people[(_moved[(from * Places) + to] * Places) + from];
        }

        if (from == Home || to == Home)
        {
            int o = Math.Max(from, to) - Places;
            (int filled, DayNeed need) = (_filled[o], _needs[o]);
            return to == Home ? (filled < need.Required ? Math.Min(need.Required, need.Room) : need.Room) - filled
                : filled > need.Required ? filled - need.Required : filled;
        }

        return to >= Places ? _most[from] - _heads[from] : _heads[to];
    }

    private void Cancel(double gain)
    {
        int amount = int.MaxValue;
        foreach ((int from, int to) in _cycle)
        {
            amount = Math.Min(amount, MostOf(from, to));
        }

        foreach ((int from, int to) in _cycle)
        {
            if (from < Places && to < Places)
            {
                int row = _moved[(from * Places) + to] * Places;
                _people[row + from] -= amount;
                _people[row + to] += amount;
            }
            else if (from == Home || to == Home)
            {
                _filled[Math.Max(from, to) - Places] += to == Home ? amount : -amount;
            }
            else
            {
                _heads[Math.Min(from, to)] += to >= Places ? amount : -amount;
            }
        }

        Value += amount * gain;
        foreach ((int from, _) in _cycle)
        {
            if (from < Places)
            {
                Refresh(from);
            }
        }
    }
}
