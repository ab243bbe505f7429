using Matching.Planning.Compiled;
using Matching.Planning.Solver;

namespace Matching.Planning.Bound;

/// <summary>
/// Good first worker-day prices by one min-cost flow over the season: class of people → class in a week (as many days as rest
/// allows) → what an order asks in that week → its picking round (D2). Wages are node prices; the price of an order-day
/// is the least wage plus cost of bringing and leading a head over all who could come. Large seasons are drawn down to
/// every n-th unit, with demand in proportion.
/// </summary>
internal sealed class WeekFlow
{
    private const double Scale = 10;
    private const double MostCost = 100_000;

    /// <summary>What orders ask in a week that a class may choose from: half of it what costs least, half spread over all that is left.</summary>
    private const int MostOfWeek = 64;

    /// <summary>People are counted in tenths, so that small numbers survive rounding.</summary>
    private const int Parts = 10;
    private readonly BoundData _data;
    private readonly CompiledSeason _c;
    private readonly DemandDual _demand;
    private readonly double[][] _commuteCost;
    private readonly double[][] _lodgeCost;
    private readonly Dictionary<(int Home, int Kind, bool Lodge), int> _classes = [];
    private readonly List<int> _members = [];
    private readonly int _weeks;
    private readonly int _every;

    /// <param name="data">The season.</param>
    /// <param name="demand">Values of the orders.</param>
    /// <param name="commuteCost">CNY a head costs by home and order-day when it may only commute; infinite where it cannot.</param>
    /// <param name="lodgeCost">The same for those who may also lodge.</param>
    /// <param name="mostDays">By unit, the most days it can work in the season.</param>
    /// <param name="mostArcs">About how many arcs the flow may have.</param>
    public WeekFlow(BoundData data, DemandDual demand, double[][] commuteCost, double[][] lodgeCost, int[] mostDays, long mostArcs)
    {
        (_data, _c, _demand, _commuteCost, _lodgeCost) = (data, data.C, demand, commuteCost, lodgeCost);
        MostDays = mostDays;
        _weeks = (_c.Days + 6) / 7;
        long pieces = Math.Min(data.Count / 8, (long)_weeks * MostOfWeek);
        _every = (int)Math.Max(1, data.UnitOrder.Length * pieces / mostArcs);
        for (int i = 0; i < data.UnitOrder.Length; i += _every)
        {
            Unit unit = _c.Units[data.UnitOrder[i]];
            (int, int, bool) key = (data.HomeOfUnit[data.UnitOrder[i]], unit.Kind, unit.LodgingOk);
            if (!_classes.TryGetValue(key, out _))
            {
                _classes[key] = _classes.Count;
            }

            _members.Add(data.UnitOrder[i]);
        }
    }

    private int[] MostDays { get; }

    /// <summary>Worker-days of the last flow by home, order-day and whether the people may lodge; an order-day stands for its week.</summary>
    public List<(int Home, int OrderDay, bool Lodge, double Heads)> Heads { get; } = [];

    /// <summary>Sets all prices; false when the flow could not be solved.</summary>
    /// <param name="weekDays">Days of seven that rest lets a person work.</param>
    /// <param name="price">Receives the price by order-day.</param>
    public bool Price(double weekDays, double[] price)
    {
        int classes = _classes.Count;
        double[] season = new double[classes];
        double[] week = new double[classes * _weeks];
        foreach (int u in _members)
        {
            Unit unit = _c.Units[u];
            int g = _classes[(_data.HomeOfUnit[u], unit.Kind, unit.LodgingOk)];
            season[g] += unit.Size * MostDays[u];
            for (int w = 0; w < _weeks; w++)
            {
                int available = 0;
                for (int d = 7 * w; d < Math.Min(_c.Days, (7 * w) + 7); d++)
                {
                    available += unit.Available[d] ? 1 : 0;
                }

                week[(g * _weeks) + w] += unit.Size * Math.Min(available, weekDays);
            }
        }

        // What orders ask, by order × week × round.
        var pieceOf = new Dictionary<(int Order, int Week, int Round), int>();
        int[] pieceAt = new int[_data.Count];
        for (int k = 0; k < _data.Count; k++)
        {
            (int, int, int) key = (_data.OrderOf[k], _data.DayOf[k] / 7, RoundOf(k));
            if (!pieceOf.TryGetValue(key, out int piece))
            {
                pieceOf[key] = piece = pieceOf.Count;
            }

            pieceAt[k] = piece;
        }

        int pieces = pieceOf.Count;
        double[] required = new double[pieces];
        double[] beyond = new double[pieces];
        double[] beyondValue = new double[pieces];
        int[] sample = new int[pieces];
        for (int k = 0; k < _data.Count; k++)
        {
            int p = pieceAt[k];
            required[p] += _data.Required[k];
            beyond[p] += _data.Target[k] - _data.Required[k];
            beyondValue[p] += (_data.Target[k] - _data.Required[k]) * _demand.TargetValue(k);
            sample[p] = k;
        }

        int firstWeek = classes;
        int firstPiece = firstWeek + (classes * _weeks);
        int firstRound = firstPiece + pieces;
        int sink = firstRound + _c.RoundCap.Length;
        var flow = new MinCostFlow(sink + 1);
        var arcs = new List<(int Arc, int Home, int OrderDay, bool Lodge)>();
        int[][] piecesOf = [.. Enumerable.Range(0, _weeks).Select(w => pieceOf.Where(x => x.Key.Week == w).Select(x => x.Value).ToArray())];

        // What is worth coming for, by week, least cost first; the same for all classes of a home.
        int[][] byCost = [];
        (int, bool) sorted = (-1, false);
        foreach (((int home, int kind, bool lodge), int g) in _classes.OrderBy(x => (x.Key.Home, x.Key.Lodge)))
        {
            int supply = (int)Math.Round(season[g] * Parts);
            if (supply == 0)
            {
                continue;
            }

            flow.AddSupply(g, supply);
            flow.AddSupply(sink, -supply);
            flow.AddArc(g, sink, supply, 0);
            double[] cost = (lodge ? _lodgeCost : _commuteCost)[home];
            if (sorted != (home, lodge))
            {
                sorted = (home, lodge);
                byCost = [.. piecesOf.Select(of => of.Where(p => cost[sample[p]] < _demand.RequiredValue(sample[p])).OrderBy(p => cost[sample[p]]).ToArray())];
            }

            for (int w = 0; w < _weeks; w++)
            {
                flow.AddArc(g, firstWeek + (g * _weeks) + w, (int)Math.Round(week[(g * _weeks) + w] * Parts), 0);
            }

            for (int w = 0; w < _weeks; w++)
            {
                int[] suited = [.. byCost[w].Where(p => _c.Kinds[kind].Suits(_data.OrderOf[sample[p]]))];
                for (int i = 0; i < suited.Length; i = Next(i, suited.Length, g))
                {
                    int k = sample[suited[i]];
                    int arc = flow.AddArc(firstWeek + (g * _weeks) + w, firstPiece + suited[i], supply, (int)(Scale * Math.Clamp(cost[k], -MostCost, MostCost)));
                    arcs.Add((arc, home, k, lodge));
                }
            }
        }

        foreach (((int order, _, int round), int p) in pieceOf)
        {
            int to = round < 0 ? sink : firstRound + round;
            Ask(firstPiece + p, to, required[p], _c.RequiredValue[order]);
            Ask(firstPiece + p, to, beyond[p], beyond[p] > 0 ? beyondValue[p] / beyond[p] : 0);
        }

        for (int r = 0; r < _c.RoundCap.Length; r++)
        {
            flow.AddArc(firstRound + r, sink, (int)Math.Round(_c.RoundCap[r] * (double)Parts / _every), 0);
        }

        if (!flow.Solve())
        {
            return false;
        }

        Heads.Clear();
        foreach ((int arc, int home, int k, bool lodge) in arcs)
        {
            if (flow.Flow(arc) > 0)
            {
                Heads.Add((home, k, lodge, flow.Flow(arc) * (double)_every / Parts));
            }
        }

        long[] distance = flow.DistancesTo(sink);
        for (int k = 0; k < _data.Count; k++)
        {
            price[k] = _demand.RequiredValue(k);
        }

        foreach (((int home, int kind, bool lodge), int g) in _classes)
        {
            double[] cost = (lodge ? _lodgeCost : _commuteCost)[home];
            for (int k = 0; k < _data.Count; k++)
            {
                if (_c.Kinds[kind].Suits(_data.OrderOf[k]))
                {
                    long away = distance[firstWeek + (g * _weeks) + (_data.DayOf[k] / 7)];
                    double wage = away == long.MaxValue ? 0 : Math.Max(0, -away / Scale);
                    price[k] = Math.Min(price[k], wage + cost[k]);
                }
            }
        }

        return true;

        void Ask(int from, int to, double heads, double value)
        {
            int amount = (int)Math.Round(heads * Parts / _every);
            if (amount > 0)
            {
                flow.AddArc(from, to, amount, -(int)(Scale * Math.Min(value, MostCost)));
            }
        }
    }

    /// <summary>The piece a class looks at after one of so many by cost: first one by one, then every n-th, from a place that differs between classes.</summary>
    private static int Next(int at, int count, int group)
    {
        const int Near = MostOfWeek / 2;
        if (at + 1 < Near)
        {
            return at + 1;
        }

        int step = Math.Max(1, (count - Near + Near - 1) / Near);
        return at < Near ? Near + (group % step) : at + step;
    }

    private int RoundOf(int k) => _c.Round[(_data.OrderOf[k] * _c.Days) + _data.DayOf[k]];
}
