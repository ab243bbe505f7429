using Matching.Planning.Compiled;

namespace Matching.Planning.Bound;

/// <summary>
/// The prices the bound starts from: break-even fares, and what a flow of people to orders by week pays. They matter most where
/// price steps take long.
/// </summary>
internal sealed partial class FirstPrices(
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

    private int[] _mostDays = [];
    private double _weekDays;
    private Known _best = new(double.PositiveInfinity, [], 0, [], 0, 0, []);

    /// <summary>What a seat earns a day at the fares.</summary>
    private double _seatDay;

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
