using Matching.Planning.Compiled;

namespace Matching.Planning.Bound;

/// <summary>
/// The prices the bound starts from: break-even fares, and what a flow of people to orders by week pays. They matter most where
/// price steps take long.
/// </summary>
internal sealed class FirstPrices(
    BoundData data, DemandDual demand, LeadPrices lead, SeatDual seats, LabourDual labour, BoundPrices prices, double[] level, bool isLarge)
{
    private const long UsualArcs = 600_000;

    /// <summary>Arcs of the flow by unit, in seasons of so many units that the usual number would draw too few of them.</summary>
    private const int ArcsPerUnit = 15;

    /// <summary>Days whose fares are evaluated to choose between prices.</summary>
    private const int SampleDays = 12;

    /// <summary>Shares of all seats that earn no more than they cost: cheap vehicles earn something where seats are scarce.</summary>
    private static readonly double[] Levels = [0.3, 0.55];

    /// <inheritdoc cref="Levels"/>
    private const double LeastLevelOfLarge = 0.15;

    /// <inheritdoc cref="Levels"/>
    private const double LevelOfLarge = 0.5;

    /// <summary>Rounds in which fares are sought anew for the riders of the flow.</summary>
    private const int SoughtRounds = 2;

    /// <summary>Share of a crew's cost that an order-day pays at first.</summary>
    private const double OpenShare = 0.5;

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

    private int[] _mostDays = [];
    private double _weekDays;
    private Known _best = new(double.PositiveInfinity, [], 0, [], 0, 0, []);

    /// <summary>What a seat earns a day at the fares.</summary>
    private double _seatDay;

    /// <summary>Whether the bound fell much when leaders, seats or beds were priced: then much is left for price steps to gain.</summary>
    public bool FoundScarce { get; private set; }

    /// <summary>Sets all prices, and the level of fares of each day.</summary>
    /// <param name="known">Called when the prices are good for a first time, where finding better ones takes long.</param>
    /// <param name="stop">Asked now and then.</param>
    public void Set(Action known, Func<bool> stop)
    {
        Usual();
        Flow(known, stop);
    }

    /// <summary>
    /// Half of what targets pay, three tenths of what is required, and what leaders usually cost; nothing beyond their fee in large seasons, where price steps would
    /// not find out soon that leaders are plenty, and each CNY a head is paid for all of them.
    /// </summary>
    private void Usual()
    {
        double[] values = prices.Values;
        for (int k = 0; k < data.Count; k++)
        {
            values[k] = (0.5 * demand.TargetValue(k)) + (0.3 * demand.RequiredValue(k));
        }

        for (int a = 0; a < lead.Areas && !isLarge; a++)
        {
            double[] perHead = [.. lead.BrokersOf[a].Where(b => lead.Usual(b) > 0).Select(b => data.C.Fee[b] / lead.Usual(b)).Order()];
            Array.Fill(values, perHead.Length == 0 ? 0 : perHead[perHead.Length / 2], prices.LeadFrom + (a * data.C.Days), data.C.Days);
        }

        prices.Clamp();
    }

    /// <summary>
    /// Starts from break-even fares and the prices of a flow of people to orders by week; fares and flow take turns, and what gives
    /// the least bound on a sample of the units is kept.
    /// </summary>
    private void Flow(Action known, Func<bool> stop)
    {
        if (data.Count == 0 || data.UnitOrder.Length == 0)
        {
            return;
        }

        double top = data.C.RequiredValue.Max();
        double[] fares = seats.BreakEvenFares(top, stop);
        (_mostDays, _weekDays) = WorkDays();
        _best = _best with { Prices = [.. prices.Values] };
        Fares(fares, seats.SeatDayOf(isLarge ? LeastLevelOfLarge : 0), top, stop);
        if (stop() || !Priced(stop))
        {
            _best.Prices.CopyTo(prices.Values, 0);
            return;
        }

        Scarce(fares, top, stop);
        if (isLarge)
        {
            if (seats.RaisesSlowly)
            {
                _best.Prices.CopyTo(prices.Values, 0);
                known();
            }

            Fares(fares, seats.SeatDayOf(LevelOfLarge), top, stop);
            Priced(stop);
        }
        else
        {
            _best.Prices.CopyTo(prices.Values, 0);
            known();
            Sought(fares, top, stop);
        }

        _best.Prices.CopyTo(prices.Values, 0);
    }

    /// <summary>Fares sought anew for the riders of the flow, which takes long where rides are many, and then levels for them.</summary>
    private void Sought(double[] fares, double top, Func<bool> stop)
    {
        double level = _best.SeatDay;
        for (int round = 0; round < SoughtRounds && !stop(); round++)
        {
            fares = seats.DearestFares(fares, _best.Riders, stop);
            Fares(fares, level, top, stop);
            if (!Priced(stop))
            {
                return;
            }
        }

        foreach (double share in Levels)
        {
            Fares(fares, Math.Max(level, seats.SeatDayOf(share)), top, stop);
            if (stop() || !Priced(stop))
            {
                return;
            }
        }
    }

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
        prices.Values.AsSpan(prices.BedFrom, prices.SeatFrom - prices.BedFrom).Clear();
        lead.Set(prices.Lead, prices.Agreement, prices.Open);
        double[] riding = new double[data.Count];
        double[] lodging = new double[data.Count];
        Array.Fill(riding, double.PositiveInfinity);
        Array.Fill(lodging, double.PositiveInfinity);
        (double[][] commute, double[][] lodge) = HomeCosts();
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
        prices.Values.AsSpan(prices.LeadFrom, prices.BedFrom - prices.LeadFrom).Clear();
        lead.Set(prices.Lead, prices.Agreement, prices.Open);
        double[][] cheapest = [.. Enumerable.Range(0, lead.Areas).Select(_ => new double[data.Count])];
        foreach (double[] least in cheapest)
        {
            Array.Fill(least, double.PositiveInfinity);
        }

        (double[][] commute, double[][] lodge) = HomeCosts();
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

    /// <summary>
    /// Prices worker-days by a flow at the fares and the leaders' and beds' prices there are; kept where the bound they make on a
    /// sample is the least so far.
    /// </summary>
    /// <returns>False when told to stop.</returns>
    private bool Priced(Func<bool> stop)
    {
        int parts = Math.Clamp(data.UnitOrder.Length / 1000, 1, 20);
        lead.Set(prices.Lead, prices.Agreement, prices.Open);
        (double[][] commute, double[][] lodge) = HomeCosts();
        var flow = new WeekFlow(data, demand, commute, lodge, _mostDays, Math.Max(UsualArcs, ArcsPerUnit * data.UnitOrder.LongLength));
        double[] price = [.. prices.WorkerDay];
        if (stop() || !flow.Price(_weekDays, price))
        {
            return false;
        }

        price.CopyTo(prices.Values, 0);
        if (!isLarge)
        {
            Openings();
        }

        double sum = lead.Set(prices.Lead, prices.Agreement, prices.Open);
        double magnitude = 0;
        if (labour.Answer(prices, 0, parts, 8, stop, ref magnitude) is not { } earned)
        {
            return false;
        }

        sum += (earned * parts) + demand.Value(prices.WorkerDay, prices.Open, ref magnitude) + BedRents();
        int every = Math.Max(1, data.C.Days / SampleDays);
        for (int d = 0; d < data.C.Days; d += every)
        {
            sum += every * seats.Value(d, prices.Seat, 1, null);
        }

        if (sum < _best.Least)
        {
            _best = Count(sum, flow, commute, lodge);
        }

        return true;
    }

    private double BedRents()
    {
        CompiledSeason c = data.C;
        double sum = 0;
        for (int s = 0; s < c.Sites; s++)
        {
            for (int d = 0; d < c.Days; d++)
            {
                sum += prices.Bed[(s * c.Days) + d] * c.Beds[s];
            }
        }

        return sum;
    }

    /// <summary>The prices there are, with who rides and who lodges in the flow.</summary>
    private Known Count(double bound, WeekFlow flow, double[][] commute, double[][] lodge)
    {
        double[] riders = new double[seats.Groups];
        double[] lodgingAt = new double[data.C.Sites * data.C.Days];
        (double commuting, double lodging) = (0, 0);
        foreach ((int home, int k, bool mayLodge, double heads) in flow.Heads)
        {
            if (mayLodge && commute[home][k] > lodge[home][k])
            {
                lodging += heads;
                lodgingAt[(data.C.OrderSite[data.OrderOf[k]] * data.C.Days) + data.DayOf[k]] += heads;
                continue;
            }

            commuting += heads;
            foreach ((int village, double share) in data.Homes[home].Villages)
            {
                riders[seats.GroupOf(village, data.OrderOf[k])] += heads * share;
            }
        }

        return new Known(bound, [.. prices.Values], _seatDay, riders, commuting, lodging, lodgingAt);
    }

    /// <summary>By unit the most days W4 and <c>max_days</c> let it work at hours as most of the demand has; and the days of a week that rest allows then.</summary>
    private (int[] MostDays, double WeekDays) WorkDays()
    {
        double[] weight = new double[data.Rest.Classes];
        for (int k = 0; k < data.Count; k++)
        {
            weight[data.HoursClass[data.OrderOf[k]]] += data.Target[k];
        }

        int usual = Array.IndexOf(weight, weight.Max());
        double weekDays = 0;
        for (int h = 0; h < weight.Length; h++)
        {
            weekDays += weight[h] / weight.Sum() * BoundData.MostDays(data.C, 7, data.Rest.ClassHours[h]);
        }

        int[] mostDays = new int[data.C.Units.Length];
        foreach (int u in data.UnitOrder)
        {
            mostDays[u] = labour.MostDays(data.C.Units[u], usual);
        }

        return (mostDays, weekDays);
    }

    /// <summary>Order-days pay a share of what the cheapest crew costs, as far as they can pay.</summary>
    private void Openings()
    {
        for (int k = 0; k < data.Count; k++)
        {
            double cost = double.PositiveInfinity;
            for (int b = 0; b < data.C.Brokers; b++)
            {
                if (lead.Heads(b, k) > 0)
                {
                    cost = Math.Min(cost, lead.CrewCost(b, k));
                }
            }

            prices.Values[prices.OpenFrom + k] = double.IsPositiveInfinity(cost) ? 0 : Math.Min(OpenShare * cost, demand.Surplus(k, prices.Values[k]));
        }
    }

    private (double[][] Commute, double[][] Lodge) HomeCosts()
    {
        double[][] commute = new double[data.Homes.Length][];
        double[][] lodge = new double[data.Homes.Length][];
        for (int h = 0; h < commute.Length; h++)
        {
            (commute[h], lodge[h]) = (new double[data.Count], new double[data.Count]);
            labour.CostsOf(h, prices, commute[h], lodge[h]);
        }

        return (commute, lodge);
    }

    /// <summary>Sets fares of every ride, from those by group, at which a seat earns so much a day.</summary>
    private void Fares(double[] groupFares, double seatDay, double top, Func<bool> stop)
    {
        _seatDay = seatDay;
        double[] fares = seats.Raised(groupFares, seatDay, top, stop);
        for (int d = 0; d < data.C.Days; d++)
        {
            for (int i = 0; i < fares.Length; i++)
            {
                prices.Values[prices.SeatFrom + (i * data.C.Days) + d] = fares[i];
            }

            level[d] = fares.Length == 0 ? 0 : fares.Max();
        }
    }

    /// <summary>The best prices so far.</summary>
    /// <param name="Least">The bound they make on a sample of the units.</param>
    /// <param name="Prices">All of them.</param>
    /// <param name="SeatDay">What a seat earns a day.</param>
    /// <param name="Riders">Of the flow at these prices: riders by group of rides.</param>
    /// <param name="Commuting">Worker-days that commute.</param>
    /// <param name="Lodging">Worker-days that lodge.</param>
    /// <param name="LodgingAt">The same by site and day.</param>
    private sealed record Known(double Least, double[] Prices, double SeatDay, double[] Riders, double Commuting, double Lodging, double[] LodgingAt);
}
