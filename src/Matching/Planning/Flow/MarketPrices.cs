using Matching.Planning.Compiled;
using Matching.Planning.Crews;
using Matching.Planning.Solver;

namespace Matching.Planning.Flow;

/// <summary>
/// What a day of a person is worth to the season, by village and kind: the node prices of a min-cost flow of all
/// worker-days a class can give over the season to what all orders ask (required at its value, the rest at its own), after
/// usual seat prices and fees. Scarce skills come out dear, so that they are not spent where anybody would do.
/// </summary>
internal sealed class MarketPrices
{
    private const double Scale = 10;

    /// <summary>Arcs above which the flow is left out and days cost nothing: it would take minutes.</summary>
    private const long MostArcs = 3_000_000;
    private readonly double[] _ofUnit;

    /// <summary>No prices: everybody's day costs nothing.</summary>
    public MarketPrices(CompiledSeason c) => _ofUnit = new double[c.Units.Length];

    public MarketPrices(CompiledSeason c, SeatPrices seats)
        : this(c)
    {
        var classOf = new Dictionary<(int Village, int Kind), int>();
        int[] unitClass = new int[c.Units.Length];
        for (int u = 0; u < c.Units.Length; u++)
        {
            (int, int) key = (c.Units[u].Village, c.Units[u].Kind);
            if (!classOf.TryGetValue(key, out int known))
            {
                classOf[key] = known = classOf.Count;
            }

            unitClass[u] = known;
        }

        if ((long)classOf.Count * c.Orders > MostArcs)
        {
            return;
        }

        int sink = classOf.Count + c.Orders;
        var flow = new MinCostFlow(sink + 1);
        int[] supply = Supply(c, unitClass, classOf.Count);
        double fee = UsualFeePerHead(c);
        foreach (((int village, int kind), int node) in classOf)
        {
            if (supply[node] == 0)
            {
                continue;
            }

            flow.AddSupply(node, supply[node]);
            flow.AddSupply(sink, -supply[node]);
            flow.AddArc(node, sink, supply[node], 0);
            for (int o = 0; o < c.Orders; o++)
            {
                double cost = c.MayCommute[o] ? seats[village, o] : double.PositiveInfinity;
                if (c.MayLodge[o])
                {
                    cost = Math.Min(cost, c.CoachFare(village, c.OrderSite[o]) / 6);
                }

                if (c.Kinds[kind].Suits(o) && !double.IsPositiveInfinity(cost))
                {
                    flow.AddArc(node, classOf.Count + o, supply[node], (int)(Scale * Math.Min(cost + fee, 100_000)));
                }
            }
        }

        for (int o = 0; o < c.Orders; o++)
        {
            AddDemand(c, o, classOf.Count + o, sink, flow);
        }

        if (!flow.Solve())
        {
            return;
        }

        long[] distance = flow.DistancesTo(sink);
        for (int u = 0; u < _ofUnit.Length; u++)
        {
            long away = distance[unitClass[u]];
            _ofUnit[u] = away == long.MaxValue ? 0 : Math.Max(0, -away / Scale);
        }
    }

    /// <summary>CNY a day of one member of the unit.</summary>
    public double this[int unit] => _ofUnit[unit];

    private static int[] Supply(CompiledSeason c, int[] unitClass, int classes)
    {
        long least = c.Hours.Length == 0 ? 1 : Math.Max(1, c.Hours.Min());
        double share = Math.Min(7, Math.Min(c.MaxHours / least, c.MaxConsecutive >= 7 ? 7 : 6)) / 7.0;
        int[] supply = new int[classes];
        for (int u = 0; u < unitClass.Length; u++)
        {
            Unit unit = c.Units[u];
            int days = Math.Min(unit.MaxDays, (int)Math.Round(unit.Available.Count(a => a) * share));
            supply[unitClass[u]] += days * unit.Size;
        }

        return supply;
    }

    private static double UsualFeePerHead(CompiledSeason c)
    {
        double[] perHead = [.. c.Season.Brokers.Where(b => b.CertificateUntil is not null).Select(b => (double)b.DailyFee / b.CrewMax).Order()];
        return perHead.Length == 0 ? 0 : perHead[perHead.Length / 2];
    }

    private static void AddDemand(CompiledSeason c, int order, int node, int sink, MinCostFlow flow)
    {
        int required = 0;
        double targetValue = 0;
        int beyond = 0;
        var left = new Dictionary<int, int>();
        for (int d = 0; d < c.Days; d++)
        {
            int at = (order * c.Days) + d;
            int target = c.Target[at];
            if (c.Round[at] is int round and >= 0)
            {
                int room = left.TryGetValue(round, out int have) ? have : c.RoundCap[round];
                target = Math.Min(target, room);
                left[round] = room - target;
            }

            required += Math.Min(target, c.Required[at]);
            int more = Math.Max(0, target - c.Required[at]);
            beyond += more;
            targetValue += more * c.TargetValue[at];
        }

        if (required > 0)
        {
            flow.AddArc(node, sink, required, -(int)(Scale * c.RequiredValue[order]));
        }

        if (beyond > 0)
        {
            flow.AddArc(node, sink, beyond, -(int)(Scale * targetValue / beyond));
        }
    }
}
