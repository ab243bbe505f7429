using System.Runtime.InteropServices;
using Matching.Planning.Compiled;
using Matching.Planning.Flow;
using Matching.Planning.State;

namespace Matching.Planning.Crews;

/// <summary>An engagement worth trying, with the gain it promises.</summary>
internal readonly record struct Prospect(int Broker, int Order, int From, int To, bool Lodge, double Promise);

/// <summary>
/// Estimates what engagements of a broker would bring, from head counts by village and day, in microseconds: for each order and
/// mode the best run of days by a maximum-sum scan, or the best path over days and orders. Not thread-safe: holds buffers.
/// </summary>
internal sealed class EngagementScout
{
    private const double UsualRest = 5.0 / 7;

    /// <summary>Villages looked at in a wide area: the cheapest to bring people from.</summary>
    private const int MaxVillages = 10;

    private readonly CompiledSeason _c;
    private readonly PlanState _state;
    private readonly SeatPrices _seats;
    private readonly double[] _price;
    private readonly int[] _ownPeople;
    private readonly int[] _suited;
    private readonly Dictionary<int[], int[][]> _villagesByPrice = [];
    private readonly List<int> _freeDays = [];
    private readonly OrderPath _path;
    private readonly Dictionary<int, Prospect> _looked = [];
    private readonly Promises _promises;

    public EngagementScout(CompiledSeason c, PlanState state, SeatPrices seats, MarketPrices market)
    {
        (_c, _state, _seats) = (c, state, seats);
        _price = new double[c.Villages * c.Orders];
        _ownPeople = new int[c.Brokers];
        _promises = new Promises(c.Brokers, c.Orders, AtMost);
        _path = new OrderPath(c.Days, c.Orders * 2);
        _suited = new int[c.Villages * c.Orders];
        for (int u = 0; u < c.Units.Length; u++)
        {
            Unit unit = c.Units[u];
            for (int o = 0; o < c.Orders; o++)
            {
                if (c.Kinds[unit.Kind].Suits(o))
                {
                    _suited[(unit.Village * c.Orders) + o] += unit.Size;
                    _price[(unit.Village * c.Orders) + o] += unit.Size * market[u];
                }
            }

            foreach (int own in unit.OwnBroker)
            {
                if (own >= 0)
                {
                    _ownPeople[own]++;
                }
            }
        }

        for (int at = 0; at < _price.Length; at++)
        {
            _price[at] /= Math.Max(1, _suited[at]);
        }
    }

    /// <summary>Share of the market price of people's days that a crew must earn.</summary>
    public double PriceShare { get; set; }

    /// <summary>The broker's most promising engagement within the days, or one with no promise.</summary>
    /// <param name="broker">The broker.</param>
    /// <param name="first">First day looked at.</param>
    /// <param name="last">Last day looked at.</param>
    /// <param name="refuse">Orders to leave out, or null.</param>
    /// <param name="noise">Share by which promises are shaken, 0 for none.</param>
    /// <param name="random">Shakes promises.</param>
    public Prospect Best(int broker, int first, int last, Func<int, int, bool>? refuse, double noise, Random random)
    {
        Prospect best = new(broker, -1, 0, 0, false, 0);
        FindFreeDays(broker, first, last);
        if (_freeDays.Count == 0)
        {
            return best;
        }

        for (int o = 0; o < _c.Orders; o++)
        {
            if (refuse is not null && refuse(broker, o))
            {
                continue;
            }

            for (int mode = 0; mode < 2; mode++)
            {
                bool lodge = mode == 1;
                Prospect found = BestRun(broker, o, lodge);
                if (found.Order < 0)
                {
                    continue;
                }

                double promise = noise == 0 ? found.Promise : found.Promise * (1 + (noise * (random.NextDouble() - 0.5)));
                if (promise > best.Promise)
                {
                    best = found with { Promise = promise };
                }
            }
        }

        return best;
    }

    /// <summary>
    /// The broker's most promising engagement of the season, or one with no promise, where promises seldom grow from call to
    /// call, as while a first plan fills: orders are looked at again in the order of what they promised last, until none of
    /// the rest promised more. Orders once refused stay so until <see cref="ForgetPromises"/>.
    /// </summary>
    /// <param name="broker">The broker.</param>
    /// <param name="refuse">Orders to leave out.</param>
    /// <param name="lodgingOnly">Whether only lodging crews are looked at.</param>
    public Prospect BestSoFar(int broker, Func<int, int, bool> refuse, bool lodgingOnly = false)
    {
        FindFreeDays(broker, 0, _c.Days - 1);
        _looked.Clear();
        while (_freeDays.Count > 0)
        {
            int most = _promises.Most(broker, lodgingOnly);
            if (most < 0)
            {
                break;
            }

            if (_looked.TryGetValue(most, out Prospect known))
            {
                return known;
            }

            int order = most % _c.Orders;
            Prospect found = refuse(broker, order) ? new(broker, -1, 0, 0, false, 0) : BestRun(broker, order, most >= _c.Orders);
            _promises.Set(broker, most, found.Promise);
            _looked[most] = found;
        }

        return new Prospect(broker, -1, 0, 0, false, 0);
    }

    /// <summary>Forgets what <see cref="BestSoFar"/> knows: promises may have grown.</summary>
    public void ForgetPromises() => _promises.Forget();

    /// <summary>
    /// The broker's most promising days within some, each at the order that is best with the days before and after in view: a
    /// longest path over days and orders, where every change of order costs a start and joins.
    /// </summary>
    /// <param name="broker">The broker.</param>
    /// <param name="first">First day looked at.</param>
    /// <param name="last">Last day looked at.</param>
    /// <param name="refuse">Orders to leave out, or null.</param>
    /// <param name="noise">Share by which promises of orders are shaken, 0 for none.</param>
    /// <param name="random">Shakes promises.</param>
    /// <param name="path">Receives the engagements in order of days.</param>
    public void Path(int broker, int first, int last, Func<int, int, bool>? refuse, double noise, Random random, List<Prospect> path)
    {
        path.Clear();
        FindFreeDays(broker, first, last);
        if (_freeDays.Count == 0)
        {
            return;
        }

        _path.Clear();
        for (int o = 0; o < _c.Orders; o++)
        {
            if (refuse is not null && refuse(broker, o))
            {
                continue;
            }

            for (int mode = 0; mode < 2; mode++)
            {
                bool lodge = mode == 1;
                if (IsPossible(broker, o, lodge, out int[] villages))
                {
                    OfferPath(broker, o, lodge, villages, noise == 0 ? 1 : 1 + (noise * (random.NextDouble() - 0.5)));
                }
            }
        }

        foreach (OrderPath.Stretch stretch in _path.Longest(_freeDays))
        {
            path.Add(new Prospect(broker, stretch.Option / 2, stretch.From, stretch.To, stretch.Option % 2 == 1, stretch.Worth));
        }
    }

    private void OfferPath(int broker, int order, bool lodge, int[] villages, double shake)
    {
        double join = lodge ? _c.Join + _c.CoachFare(villages[0], _c.OrderSite[order]) : _c.Join;
        foreach (int day in _freeDays)
        {
            double profit = DayProfit(broker, order, villages, day, lodge, out double heads);
            _path.Offer(day, (order * 2) + (lodge ? 1 : 0), profit > 0 ? profit * shake : profit, _c.Start + (heads * join));
        }
    }

    private void FindFreeDays(int broker, int first, int last)
    {
        _freeDays.Clear();
        for (int d = first; d <= last; d++)
        {
            if (_c.CanLead[(broker * _c.Days) + d] && _state.BrokerCrew(broker, d) < 0)
            {
                _freeDays.Add(d);
            }
        }
    }

    private bool IsPossible(int broker, int order, bool lodge, out int[] villages)
    {
        villages = [];
        (int min, int max) = _c.SizeRange(broker, order);
        if (min > max || (lodge ? !_c.MayLodge[order] || _c.Beds[_c.OrderSite[order]] == 0 : !_c.MayCommute[order]))
        {
            return false;
        }

        villages = VillagesByPrice(broker, order);
        return villages.Length > 0;
    }

    /// <summary>CNY a day of the broker promises at the order; negative infinity where no crew can work.</summary>
    private double DayProfit(int broker, int order, int[] villages, int day, bool lodge, out double heads)
    {
        (int min, int max) = _c.SizeRange(broker, order);
        _state.Meter.Done += 2;
        heads = 0;
        int room = Math.Min(max, _state.Room(order, day));
        if (room >= min && _c.MostsOfOrder[order].Length > 0)
        {
            room = Math.Min(room, _state.AgreementRoom(villages[0], order, broker, day));
        }

        if (lodge)
        {
            room = Math.Min(room, _state.BedsLeft(_c.OrderSite[order], day));
        }

        if (room < min)
        {
            return double.NegativeInfinity;
        }

        heads = Heads(villages, order, lodge, day, room, out double seatCost);
        return heads < min ? double.NegativeInfinity : Profit(broker, order, villages[0], day, min, heads, seatCost);
    }

    /// <summary>
    /// CNY the option cannot promise more than on the broker's free days, as <see cref="Promises"/> counts options: everybody who suits it comes, at no cost but the
    /// fee. Told many times faster than what it promises.
    /// </summary>
    private double AtMost(int broker, int option)
    {
        int order = option % _c.Orders;
        bool lodge = option >= _c.Orders;
        if (!IsPossible(broker, order, lodge, out int[] villages))
        {
            return 0;
        }

        int people = 0;
        foreach (int v in villages)
        {
            people += _suited[(v * _c.Orders) + order];
        }

        (int min, int max) = _c.SizeRange(broker, order);
        int most = Math.Min(max, people);
        _state.Meter.Done += _freeDays.Count / 4;
        double sum = 0;
        foreach (int day in CollectionsMarshal.AsSpan(_freeDays))
        {
            int room = Math.Min(most, _state.Room(order, day));
            if (room >= min)
            {
                int at = (order * _c.Days) + day;
                int required = Math.Clamp(_c.Required[at] - _state.Filled(order, day), 0, room);
                sum += Math.Max(0, (required * _c.RequiredValue[order]) + ((room - required) * Math.Max(0, _c.TargetValue[at])) - _c.Fee[broker]);
            }
        }

        return Math.Max(0, sum - _c.Start);
    }

    /// <summary>The run of the broker's free days that promises most at the order, by a maximum-sum scan.</summary>
    private Prospect BestRun(int broker, int order, bool lodge)
    {
        Prospect best = new(broker, -1, 0, 0, lodge, 0);
        if (!IsPossible(broker, order, lodge, out int[] villages))
        {
            return best;
        }

        double sum = 0;
        int from = -1;
        int previous = -2;
        double heads = 0;
        int site = _c.OrderSite[order];
        foreach (int d in CollectionsMarshal.AsSpan(_freeDays))
        {
            double profit = DayProfit(broker, order, villages, d, lodge, out double n);
            if (double.IsNegativeInfinity(profit))
            {
                continue;
            }

            if (from < 0 || d != previous + 1 || sum + _c.Start < 0)
            {
                from = d;
                sum = -_c.Start;
                heads = 0;
            }

            previous = d;
            sum += profit;
            heads = Math.Max(heads, n);
            double joins = Math.Min(heads * (d - from + 1), heads / UsualRest) * (lodge ? _c.Join + _c.CoachFare(villages[0], site) : _c.Join);
            if (sum - joins > best.Promise)
            {
                best = new Prospect(broker, order, from, d, lodge, sum - joins);
            }
        }

        return best;
    }

    private double Heads(int[] villages, int order, bool lodge, int day, int room, out double seatCost)
    {
        double n = 0;
        seatCost = 0;
        foreach (int v in villages)
        {
            double here = Math.Min(room - n, _state.OpenHeads(v, day, order, lodge));
            if (here <= 0)
            {
                continue;
            }

            if (!lodge)
            {
                double price = _seats[v, order];
                if (double.IsPositiveInfinity(price))
                {
                    continue;
                }

                int spare = Math.Min(_state.Transport(day).Spare(v, order), (int)here);
                seatCost += (here - spare) * price;
            }

            n += here;
            if (n >= room)
            {
                break;
            }
        }

        return n;
    }

    private double Profit(int broker, int order, int village, int day, int min, double n, double seatCost)
    {
        int at = (order * _c.Days) + day;
        double toRequired = Math.Clamp(_c.Required[at] - _state.Filled(order, day), 0, n);
        double price = PriceShare * _price[(village * _c.Orders) + order];
        if (_c.TargetValue[at] <= price + (seatCost / n))
        {
            // Nobody goes beyond required: the crew is smaller, and cheaper to bring.
            if (toRequired < min)
            {
                return double.NegativeInfinity;
            }

            seatCost *= toRequired / n;
            n = toRequired;
        }

        double own = Math.Min(n, _ownPeople[broker] * UsualRest);
        double gain = (toRequired * _c.RequiredValue[order]) + ((n - toRequired) * _c.TargetValue[at])
            - seatCost - _c.Fee[broker] - ((n - own) * _c.OtherBroker) - (n * price);
        return gain;
    }

    /// <summary>The villages of the broker's area from which the order can be reached, cheapest seat first.</summary>
    private int[] VillagesByPrice(int broker, int order)
    {
        int[] area = _c.AreaVillages[broker];
        if (!_villagesByPrice.TryGetValue(area, out int[][]? byOrder))
        {
            byOrder = new int[_c.Orders][];
            _villagesByPrice[area] = byOrder;
        }

        return byOrder[order] ??=
        [
            .. area.Where(v => _state.AnySuits(v, order)
                    && (_c.MayLodge[order] || !double.IsPositiveInfinity(_seats[v, order])))
                .OrderBy(v => double.IsPositiveInfinity(_seats[v, order]) ? _c.CoachFare(v, _c.OrderSite[order]) : _seats[v, order]).ThenBy(v => v).Take(MaxVillages),
        ];
    }
}
