using Matching.Planning.Compiled;

namespace Matching.Planning.Bound;

/// <summary>
/// The people's part of the bound: for every unit the best set of days by W4, <c>max_days</c> and its work shares, when each
/// day offers at most the best order it suits. Shares and <c>max_days</c> depend on the number of days alone, through a concave
/// g(n); for any ϑ, max V(n) + g(n) ≤ max (V(n) + ϑn) + max (g(n) − ϑn), and the ϑ of a unit is kept from call to call.
/// Not thread-safe: holds buffers.
/// </summary>
internal sealed class LabourDual
{
    private readonly BoundData _data;
    private readonly CompiledSeason _c;
    private readonly LeadPrices _lead;
    private readonly SeatDual _seats;
    private readonly double[] _theta;
    private readonly int[] _chosen;
    private readonly int[] _chosenBroker;

    // Rows of the home at hand, by order-day.
    private readonly double[] _commute;
    private readonly double[] _lodge;
    private readonly double[] _gross;
    private readonly double[] _fare;
    private readonly double[] _bedCost;
    private readonly double[] _headCost;
    private readonly int[] _headBest;
    private int _home = -1;

    // The best option of the unit at hand, by day and hour class; the schedule holds what it pays.
    private readonly RestSchedule _schedule;
    private readonly double[] _reward;
    private readonly int[] _option;
    private readonly int[] _optionBroker;

    // Orders open by day, and those that are not for adults only.
    private readonly ulong[] _open;
    private readonly ulong[] _forYoung;

    public LabourDual(BoundData data, LeadPrices lead, SeatDual seats)
    {
        (_data, _c, _lead, _seats) = (data, data.C, lead, seats);
        _theta = new double[_c.Units.Length];
        _chosen = new int[_c.Units.Length * _c.Days];
        _chosenBroker = new int[_c.Units.Length * _c.Days];
        Heads = new double[data.Count];
        Crews = new double[data.Count];
        AgreementDays = new double[_c.Agreements.Length];
        Led = new double[lead.Areas * _c.Days];
        BedsTaken = new double[_c.Sites * _c.Days];
        SeatsTaken = new double[Math.Max(1, seats.Classes) * _c.Days];
        (_commute, _lodge, _gross, _fare, _bedCost, _headCost) = (new double[data.Count], new double[data.Count], new double[data.Count],
            new double[data.Count], new double[data.Count], new double[data.Count]);
        _headBest = new int[data.Count];
        int classes = data.Rest.Classes;
        _schedule = new RestSchedule(data.Rest, _c.Days);
        _reward = _schedule.Reward;
        _option = new int[_c.Days * classes];
        _optionBroker = new int[_c.Days * classes];
        int words = (_c.Orders + 63) / 64;
        _open = new ulong[_c.Days * words];
        _forYoung = new ulong[words];
        for (int k = 0; k < data.Count; k++)
        {
            int o = data.OrderOf[k];
            _open[(data.DayOf[k] * words) + (o >> 6)] |= 1UL << (o & 63);
            _forYoung[o >> 6] |= _c.Season.Orders[o].AdultOnly ? 0 : 1UL << (o & 63);
        }

        foreach (Unit unit in _c.Units)
        {
            if (!unit.Available.AsSpan().Contains(true))
            {
                foreach ((int days, double weight) in unit.Shares)
                {
                    Idle -= weight * days;
                }
            }
        }
    }

    /// <summary>CNY of those who can never work: their shares are missed in full.</summary>
    public double Idle { get; }

    /// <summary>Worker-days by order-day, from every unit's last answer.</summary>
    public double[] Heads { get; }

    /// <summary>Crews by order-day, when every crew is full.</summary>
    public double[] Crews { get; }

    /// <summary>Worker-days by agreement.</summary>
    public double[] AgreementDays { get; }

    /// <summary>Usual crews led, in heads, by area and day.</summary>
    public double[] Led { get; }

    /// <summary>Beds by site and day.</summary>
    public double[] BedsTaken { get; }

    /// <summary>Seats by ride class and day.</summary>
    public double[] SeatsTaken { get; }

    /// <summary>
    /// CNY of the best answers of part <paramref name="part"/> of <paramref name="parts"/> of the units; their answers replace
    /// their former ones in the totals.
    /// </summary>
    /// <returns>The sum, or null when told to stop.</returns>
    public double? Answer(BoundPrices prices, int part, int parts, int trials, Func<bool> stop, ref double magnitude)
    {
        _home = -1;
        double sum = 0;
        int[] order = _data.UnitOrder;
        int known = -1;
        for (int i = part; i < order.Length; i += parts)
        {
            int u = order[i];
            Unit unit = _c.Units[u];
            if (_data.HomeOfUnit[u] != _home)
            {
                if (stop())
                {
                    return null;
                }

                FillHome(_data.HomeOfUnit[u], prices);
                known = -1;
            }

            if (known < 0 || !SameOffers(unit, _c.Units[known]))
            {
                FillOffers(unit);
                known = u;
            }

            double worth = Best(u, unit, trials);
            sum += worth;
            magnitude += Math.Abs(worth);
        }

        return sum;
    }

    /// <summary>What a head from the home costs on each order-day at the present prices before it is paid (way, leader, joining), commuting only and with lodging allowed.</summary>
    public void CostsOf(int home, BoundPrices prices, Span<double> commute, Span<double> lodge)
    {
        FillHome(home, prices);
        for (int k = 0; k < commute.Length; k++)
        {
            commute[k] = prices.WorkerDay[k] - _commute[k];
            lodge[k] = prices.WorkerDay[k] - _lodge[k];
        }

        _home = -1;
    }

    /// <summary>The most days a unit may work in the season when every order has the hours of the class (W4, max_days).</summary>
    public int MostDays(Unit unit, int hoursClass)
    {
        int classes = _data.Rest.Classes;
        Array.Fill(_reward, double.NegativeInfinity);
        for (int d = 0; d < _c.Days; d++)
        {
            _reward[(d * classes) + hoursClass] = 1;
        }

        _schedule.Best(unit, 0, out int worked);
        _home = -1;
        return Math.Min(worked, unit.MaxDays);
    }

    private static bool SameOffers(Unit a, Unit b) =>
        a.Kind == b.Kind && a.LodgingOk == b.LodgingOk && a.Size == b.Size && a.AdultFrom <= 0 && b.AdultFrom <= 0
        && a.OwnBroker.AsSpan().SequenceEqual(b.OwnBroker);

    /// <summary>What a head from the home earns on each order-day: price and agreements, less leader, way, bed and joining.</summary>
    private void FillHome(int home, BoundPrices prices)
    {
        _home = home;
        Home h = _data.Homes[home];
        _lead.Fill(home, _headCost, _headBest);
        ReadOnlySpan<double> price = prices.WorkerDay;
        ReadOnlySpan<double> agreement = prices.Agreement;
        ReadOnlySpan<double> bed = prices.Bed;
        ReadOnlySpan<double> seat = prices.Seat;
        for (int k = 0; k < price.Length; k++)
        {
            int o = _data.OrderOf[k];
            int d = _data.DayOf[k];
            int s = _c.OrderSite[o];
            double gross = price[k] - _data.JoinPerDay[k];
            foreach (int a in _c.AgreementsOfOrder[o])
            {
                CompiledAgreement promised = _c.Agreements[a];
                if (promised.FromVillage is { } from && d >= promised.FromDay && d <= promised.ToDay)
                {
                    foreach ((int village, double share) in h.Villages)
                    {
                        gross += from[village] ? share * agreement[a] : 0;
                    }
                }
            }

            double fare = _c.MayCommute[o] && _seats.Runs(d) ? 0 : double.PositiveInfinity;
            double coach = _c.MayLodge[o] && _c.Beds[s] > 0 ? bed[(s * _c.Days) + d] : double.PositiveInfinity;
            foreach ((int village, double share) in h.Villages)
            {
                int rideClass = _seats.ClassOf(village, o);
                fare += rideClass < 0 ? double.PositiveInfinity
                    : share * (_seats.KmPart(village, s) + (_seats.Timed ? seat[(rideClass * _c.Days) + d] : 0));
                coach += share * _c.CoachFare(village, s) * _data.PerWorkerDay[k];
            }

            _gross[k] = gross;
            _fare[k] = fare;
            _bedCost[k] = coach;
            _commute[k] = gross - fare - _headCost[k];
            _lodge[k] = gross - Math.Min(fare, coach) - _headCost[k];
        }
    }

    /// <summary>The unit's best option of each hour class on each day, available or not.</summary>
    private void FillOffers(Unit unit)
    {
        int classes = _data.Rest.Classes;
        Array.Fill(_reward, double.NegativeInfinity);
        ulong[] suits = _c.Kinds[unit.Kind].Eligible;
        int withOwn = 0;
        bool ownLeads = false;
        foreach (int own in unit.OwnBroker)
        {
            withOwn += own >= 0 ? 1 : 0;
            ownLeads |= own >= 0 && Array.BinarySearch(_data.Homes[_home].Leaders, own) >= 0;
        }

        double surcharge = withOwn * _c.OtherBroker;
        for (int d = 0; d < _c.Days; d++)
        {
            bool adult = d >= unit.AdultFrom;
            bool mayLodge = adult && unit.LodgingOk;
            double[] perHead = mayLodge ? _lodge : _commute;
            for (int word = 0; word < suits.Length; word++)
            {
                ulong open = suits[word] & _open[(d * suits.Length) + word] & (adult ? ulong.MaxValue : _forYoung[word]);
                for (; open != 0; open &= open - 1)
                {
                    int o = (word << 6) + System.Numerics.BitOperations.TrailingZeroCount(open);
                    int k = _data.At[(o * _c.Days) + d];
                    int cell = (d * classes) + _data.HoursClass[o];
                    double worth = (unit.Size * perHead[k]) - surcharge;
                    int broker = _headBest[k];
                    if (ownLeads && (unit.Size * perHead[k]) > _reward[cell])
                    {
                        OwnLeader(unit, k, mayLodge, surcharge, ref worth, ref broker);
                    }

                    if (worth > _reward[cell])
                    {
                        _reward[cell] = worth;
                        _option[cell] = ((k + 1) << 1) | (mayLodge && _bedCost[k] < _fare[k] ? 1 : 0);
                        _optionBroker[cell] = broker;
                    }
                }
            }
        }
    }

    /// <summary>A dearer leader may pay when it is the members' own.</summary>
    private void OwnLeader(Unit unit, int k, bool mayLodge, double surcharge, ref double worth, ref int broker)
    {
        double before = unit.Size * (_gross[k] - (mayLodge ? Math.Min(_fare[k], _bedCost[k]) : _fare[k]));
        foreach (int own in unit.OwnBroker)
        {
            if (own < 0 || Array.BinarySearch(_data.Homes[_home].Leaders, own) < 0)
            {
                continue;
            }

            double saved = 0;
            foreach (int other in unit.OwnBroker)
            {
                saved += other == own ? _c.OtherBroker : 0;
            }

            double worthOwn = before - (unit.Size * _lead.HeadCost(own, k)) - surcharge + saved;
            if (worthOwn > worth)
            {
                worth = worthOwn;
                broker = own;
            }
        }
    }

    private double Best(int u, Unit unit, int trials)
    {
        double theta = _theta[u];
        double low = double.NegativeInfinity;
        double high = double.PositiveInfinity;
        (double Value, double Slope) lowLine = default;
        (double Value, double Slope) highLine = default;
        double best = double.PositiveInfinity;
        double bestTheta = theta;
        double constant = 0;
        double weights = 0;
        foreach ((int days, double weight) in unit.Shares)
        {
            constant -= weight * days;
            weights += weight;
        }

        int most = Math.Min(unit.MaxDays, _c.Days);
        theta = Math.Min(theta, weights);
        for (int trial = 0; trial < trials; trial++)
        {
            double value = Shares(unit, most, theta, out double wanted) + _schedule.Best(unit, theta, out int worked);
            if (value < best)
            {
                best = value;
                bestTheta = theta;
            }

            double slope = worked - wanted;
            if (Math.Abs(slope) < 0.5)
            {
                break;
            }

            if (slope > 0)
            {
                (high, highLine) = (theta, (value, slope));
            }
            else
            {
                (low, lowLine) = (theta, (value, slope));
            }

            if (double.IsNegativeInfinity(low))
            {
                theta -= Math.Max(4, 0.1 * Math.Abs(theta)) * (1 << trial);
            }
            else if (double.IsPositiveInfinity(high))
            {
                if (theta >= weights)
                {
                    break;
                }

                theta = Math.Min(weights, theta + (Math.Max(4, 0.1 * Math.Abs(theta)) * (1 << trial)));
            }
            else
            {
                // Where the two tangents meet.
                double meet = (lowLine.Value - highLine.Value + (highLine.Slope * high) - (lowLine.Slope * low)) / (highLine.Slope - lowLine.Slope);
                theta = Math.Clamp(meet, low + (0.05 * (high - low)), high - (0.05 * (high - low)));
            }
        }

        _theta[u] = bestTheta;
        Replace(u, unit);
        return best + constant;
    }

    /// <summary>max over n ≤ most of g(n) − ϑn, g(n) = Σ weight × min(n, days).</summary>
    private static double Shares(Unit unit, int most, double theta, out double wanted)
    {
        double best = 0;
        wanted = 0;
        Try(most, ref wanted);
        foreach ((int days, _) in unit.Shares)
        {
            Try(Math.Min(days, most), ref wanted);
        }

        return best;

        void Try(int n, ref double wanted)
        {
            double sum = -theta * n;
            foreach ((int days, double weight) in unit.Shares)
            {
                sum += weight * Math.Min(days, n);
            }

            if (sum > best)
            {
                best = sum;
                wanted = n;
            }
        }
    }

    /// <summary>Puts the unit's last answer in the place of its former one.</summary>
    private void Replace(int u, Unit unit)
    {
        for (int d = 0; d < _c.Days; d++)
        {
            int at = (u * _c.Days) + d;
            int cell = _schedule.Path[d];
            int option = cell < 0 ? 0 : _option[cell];
            int broker = cell < 0 ? 0 : _optionBroker[cell];
            if (option != _chosen[at] || broker != _chosenBroker[at])
            {
                Count(unit, _chosen[at], _chosenBroker[at], -1);
                Count(unit, option, broker, 1);
                (_chosen[at], _chosenBroker[at]) = (option, broker);
            }
        }
    }

    private void Count(Unit unit, int option, int broker, double sign)
    {
        if (option == 0)
        {
            return;
        }

        int k = (option >> 1) - 1;
        bool lodge = (option & 1) != 0;
        int o = _data.OrderOf[k];
        int d = _data.DayOf[k];
        int s = _c.OrderSite[o];
        double heads = sign * unit.Size;
        Heads[k] += heads;
        Crews[k] += heads / _lead.Heads(broker, k);
        Led[(_lead.AreaOf[broker] * _c.Days) + d] += heads * _lead.Usual(broker) / _data.HeadsOf(broker, k);
        if (lodge)
        {
            BedsTaken[(s * _c.Days) + d] += heads;
        }

        foreach ((int village, int count) in unit.Homes)
        {
            if (!lodge)
            {
                SeatsTaken[(_seats.ClassOf(village, o) * _c.Days) + d] += sign * count;
            }

            foreach (int a in _c.AgreementsOfOrder[o])
            {
                if (_c.Agreements[a].Counts(village, broker, d))
                {
                    AgreementDays[a] += sign * count;
                }
            }
        }
    }
}
