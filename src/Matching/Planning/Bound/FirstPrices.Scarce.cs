using Matching.Planning.Compiled;

namespace Matching.Planning.Bound;

/// <summary>Prices of leaders, seats and beds where they are so scarce that they earn much of what work is worth.</summary>
internal sealed partial class FirstPrices
{
    /// <summary>Shares of what a required worker-day is worth that leaders, seats or beds may earn by the head, where they are scarce.</summary>
    private static readonly double[] ScarceShares = [0.1, 0.2, 0.4, 0.6, 0.8, 1, 1.5];

    /// <summary>Share of the bound by which it falls where something scarce is priced.</summary>
    private const double MuchFall = 0.01;

    /// <summary>The same in seasons that are not large, where price steps gain as much and begin better from even prices.</summary>
    private const double MuchFallOfSmall = 0.15;

    /// <summary>Share of all worker-days that must lack a bed before beds are priced by site in large seasons.</summary>
    private const double LeastLack = 0.02;

    /// <summary>Shares of what is left to leaders at the most that they may earn.</summary>
    private static readonly double[] WeighedShares = [1, 0.6];

    /// <summary>Whether the bound fell much when leaders, seats or beds were priced: then much is left for price steps to gain.</summary>
    public bool FoundScarce { get; private set; }

    /// <summary>
    /// Where leaders, seats or beds are so scarce that they earn much of what work is worth, price steps would need thousands of
    /// rounds to find it out; so larger and larger shares of it are tried for each in turn, as long as the bound falls.
    /// </summary>
    private void Scarce(double[] fares, double top, Func<bool> stop)
    {
        double worth = 0;
        double heads = 0;
        for (int k = 0; k < data.Count; k++)
        {
            worth += data.Required[k] * demand.RequiredValue(k);
            heads += data.Required[k];
        }

        worth = heads > 0 ? worth / heads : top;
        if (worth <= 0)
        {
            return;
        }

        double seatDay = _best.SeatDay;
        Known usual = _best;
        if (MayBeScarce(prices.LeadFrom))
        {
            Try(share => Raise(prices.LeadFrom, prices.BedFrom, share * worth));
            ByWhatIsLeftToLeaders(worth, stop);
        }

        if (MayBeScarce(prices.SeatFrom))
        {
            Try(share => Fares(fares, seatDay + (share * worth), top, stop));
        }

        if (MayBeScarce(prices.BedFrom))
        {
            Try(share => Raise(prices.BedFrom, prices.SeatFrom, share * worth));
        }

        if (!isLarge || BedsLacking() > LeastLack * (_best.Commuting + _best.Lodging))
        {
            ByWhatIsLeftToBeds(stop);
        }

        FoundScarce = FellMuch(usual);

        void Try(Action<double> raise)
        {
            Known begun = _best;
            foreach (double share in ScarceShares)
            {
                double before = _best.Least;
                begun.Prices.CopyTo(prices.Values, 0);
                raise(share);
                if (stop() || !Priced(stop) || _best.Least >= before)
                {
                    break;
                }
            }

            _best.Prices.CopyTo(prices.Values, 0);
        }

        void Raise(int from, int to, double by)
        {
            for (int i = from; i < to; i++)
            {
                prices.Values[i] += by;
            }
        }
    }

    /// <summary>
    /// Leaders' days weighed by what they could earn at their best order: those who may lead many, or whose people reach what pays, earn
    /// more, which a price by area and usual head does not tell apart. Kept where the bound falls.
    /// </summary>
    private void ByWhatIsLeftToLeaders(double worth, Func<bool> stop)
    {
        (double[] usual, Known begun) = (lead.Weight, _best);
        double[] left = LeftToLeaders();
        for (int at = 0; at < left.Length; at++)
        {
            left[at] = (left[at] + data.C.Fee[at / data.C.Days]) / worth;
        }

        lead.Weight = left;
        foreach (double share in WeighedShares)
        {
            begun.Prices.CopyTo(prices.Values, 0);
            prices.Values.AsSpan(prices.LeadFrom, prices.BedFrom - prices.LeadFrom).Fill(share * worth);
            if (stop() || !Priced(stop))
            {
                break;
            }
        }

        if (!FellMuch(begun))
        {
            (_best, lead.Weight) = (begun, usual);
        }

        _best.Prices.CopyTo(prices.Values, 0);
    }

    /// <summary>Beds priced by what the order-day that gets the last bed of a site could pay for it; kept where the bound falls.</summary>
    private void ByWhatIsLeftToBeds(Func<bool> stop)
    {
        Known begun = _best;
        double[] left = LeftToBeds();
        begun.Prices.CopyTo(prices.Values, 0);
        for (int i = 0; i < left.Length; i++)
        {
            prices.Values[prices.BedFrom + i] = Math.Max(prices.Values[prices.BedFrom + i], left[i]);
        }

        if (!stop())
        {
            Priced(stop);
        }

        _best = FellMuch(begun) ? _best : begun;
        _best.Prices.CopyTo(prices.Values, 0);
    }

    private bool FellMuch(Known from) => from.Least - _best.Least > (isLarge ? MuchFall : MuchFallOfSmall) * from.Least;

    /// <summary>CNY by site and day that a bed would earn if people came for what bringing them costs and orders were filled from the dearest on; 0 where beds are enough.</summary>
    private double[] LeftToBeds()
    {
        CompiledSeason c = data.C;
        double[] riding = new double[data.Count];
        double[] lodging = new double[data.Count];
        Array.Fill(riding, double.PositiveInfinity);
        Array.Fill(lodging, double.PositiveInfinity);
        (double[][] commute, double[][] lodge) = CostsWithout(prices.BedFrom, prices.SeatFrom);
        for (int h = 0; h < commute.Length; h++)
        {
            for (int k = 0; k < riding.Length; k++)
            {
                riding[k] = Math.Min(riding[k], commute[h][k]);
                lodging[k] = Math.Min(lodging[k], lodge[h][k]);
            }
        }

        double[] left = new double[c.Sites * c.Days];
        var offers = new List<(double Left, int Heads)>();
        foreach (var site in Enumerable.Range(0, data.Count).GroupBy(k => (Site: c.OrderSite[data.OrderOf[k]], Day: data.DayOf[k])))
        {
            offers.Clear();
            foreach (int k in site)
            {
                double worth = data.Required[k] > 0 ? demand.RequiredValue(k) : demand.TargetValue(k);
                double pays = Math.Min(worth, riding[k]) - lodging[k];
                if (pays > 0)
                {
                    offers.Add((pays, data.Target[k]));
                }
            }

            offers.Sort((a, b) => b.Left.CompareTo(a.Left));
            int beds = c.Beds[site.Key.Site];
            foreach ((double pays, int heads) in offers)
            {
                beds -= heads;
                if (beds <= 0)
                {
                    left[(site.Key.Site * c.Days) + site.Key.Day] = pays;
                    break;
                }
            }
        }

        return left;
    }

    /// <summary>What people cost by home and order-day while leaders or beds earn nothing; their prices are cleared.</summary>
    private (double[][] Commute, double[][] Lodge) CostsWithout(int from, int to)
    {
        prices.Values.AsSpan(from, to - from).Clear();
        lead.Set(prices.Lead, prices.Agreement, prices.Open);
        return HomeCosts();
    }

    /// <summary>Worker-days that the flow lodges beyond the beds of their site.</summary>
    private double BedsLacking()
    {
        double sum = 0;
        for (int at = 0; at < _best.LodgingAt.Length; at++)
        {
            sum += Math.Max(0, _best.LodgingAt[at] - data.C.Beds[at / data.C.Days]);
        }

        return sum;
    }

    /// <summary>
    /// CNY by broker and day that a leader would earn with the best crew if people came for what bringing them costs and were worth what the
    /// order pays.
    /// </summary>
    private double[] LeftToLeaders()
    {
        int days = data.C.Days;
        double[][] cheapest = [.. Enumerable.Range(0, lead.Areas).Select(_ => new double[data.Count])];
        foreach (double[] least in cheapest)
        {
            Array.Fill(least, double.PositiveInfinity);
        }

        (double[][] commute, double[][] lodge) = CostsWithout(prices.LeadFrom, prices.BedFrom);
        for (int h = 0; h < commute.Length; h++)
        {
            foreach (int area in lead.AreasOf(h))
            {
                double[] least = cheapest[area];
                for (int k = 0; k < least.Length; k++)
                {
                    least[k] = Math.Min(least[k], Math.Min(commute[h][k], lodge[h][k]));
                }
            }
        }

        double[] left = new double[data.C.Brokers * days];
        for (int at = 0; at < left.Length; at++)
        {
            (int b, int d) = (at / days, at % days);
            for (int k = data.DayStart[d]; k < data.DayStart[d + 1] && data.C.CanLead[at]; k++)
            {
                if (lead.Heads(b, k) is int heads and > 0)
                {
                    int required = Math.Min(heads, data.Required[k]);
                    double worth = (required * demand.RequiredValue(k)) + ((heads - required) * demand.TargetValue(k));
                    left[at] = Math.Max(left[at], worth - (heads * cheapest[lead.AreaOf[b]][k]));
                }
            }
        }

        return left;
    }

    /// <summary>
    /// Whether the flow wants so many leaders, seats or beds that their prices are worth a try; in seasons that are not large always,
    /// since a try takes a moment there.
    /// </summary>
    /// <param name="from">Whose prices: where they begin.</param>
    private bool MayBeScarce(int from)
    {
        if (!isLarge)
        {
            return true;
        }

        CompiledSeason c = data.C;
        double room = 0;
        double wanted = 0;
        if (from == prices.LeadFrom)
        {
            for (int b = 0; b < c.Brokers; b++)
            {
                room += lead.Usual(b) * c.CanLead.AsSpan(b * c.Days, c.Days).Count(true);
            }

            wanted = _best.Commuting + _best.Lodging;
        }
        else if (from == prices.SeatFrom)
        {
            // A vehicle as a rule brings no more than two full loads a morning.
            room = 2.0 * c.Days * c.Seats.Sum();
            wanted = _best.Commuting;
        }
        else
        {
            room = (double)c.Days * c.Beds.Sum();
            wanted = _best.Lodging;
        }

        return wanted > room;
    }
}
