using Matching.Planning.Compiled;
using Matching.Requests.State;

namespace Matching.Requests.Building;

/// <summary>
/// Builds one crew for a prospect on a state that it only reads: members with their days by cost and rest, then seats day by
/// day, then the run of days that brings most. Not thread-safe: holds buffers.
/// </summary>
internal sealed partial class DraftBuilder(Ground g)
{
    /// <summary>Worth of a worker-day a crew needs to reach its least size or to be led by enough experience: above all money.</summary>
    private const double LeastSize = 1_000_000;

    /// <summary>Makes members rest on different days, CNY a head.</summary>
    private const double Evenness = 0.05;

    /// <summary>How many times the people wanted are looked at in a wide area.</summary>
    private const int PoolFactor = 4;

    /// <summary>How often members choose their days again while the crew is short on some.</summary>
    private const int Repicks = 2;

    private readonly DayPicker _picker = new();
    private readonly SeatFinder _seats = new(g);
    private readonly List<(double Key, int Unit)> _candidates = [];
    private readonly Dictionary<int, int[]> _spare = [];
    private readonly Dictionary<int, int> _poolUse = [];
    private readonly Dictionary<int, int> _agreementUse = [];
    private readonly Dictionary<int, List<int>> _memberDays = [];
    private readonly List<int> _memberOrder = [];
    private readonly List<int> _again = [];
    private DispatchState _state = null!;
    private BidPrices _bids = null!;
    private CrewWish _wish = null!;
    private Prospect _p;
    private int _from;
    private int _length;
    private int _min;
    private double[] _values = [];
    private bool[] _stay = [];
    private int[] _count = [];
    private int[] _experienced = [];
    private int[] _most = [];
    private int[] _beds = [];
    private double[] _dayCost = [];
    private bool _stranded;

    /// <summary>The crew, or null when the prospect cannot be had; it is not yet asked of <see cref="Admission"/>.</summary>
    public Draft? Build(DispatchState state, BidPrices bids, Prospect prospect, CrewWish wish)
    {
        (_state, _bids, _p, _wish) = (state, bids, prospect, wish);
        (_min, int max) = g.C.SizeRange(prospect.Broker, prospect.Order);
        max = Math.Min(max, wish.Most);
        (int from, int to) = (prospect.From, prospect.To);
        for (int round = 0; ; round++)
        {
            Reset(from, to, max);
            if (Gather(max) < _min)
            {
                return null;
            }

            Fill();
            for (int again = 0; again < Repicks && AnyRoom(); again++)
            {
                Repick();
            }

            (int first, int last) = LegalRun(0, _length - 1);
            if (first > last)
            {
                return null;
            }

            if (last - first + 1 == _length || round == 1)
            {
                break;
            }

            // Days outside the run are lost: members are chosen anew for the days that stay.
            (from, to) = (_from + first, _from + last);
        }

        return Finish();
    }

    private void Reset(int from, int to, int max)
    {
        (_from, _length) = (from, to - from + 1);
        if (_values.Length < _length)
        {
            (_values, _stay, _count, _experienced) = (new double[_length], new bool[_length], new int[_length], new int[_length]);
            (_most, _beds, _dayCost) = (new int[_length], new int[_length], new double[_length]);
        }

        Array.Clear(_count);
        Array.Clear(_experienced);
        Array.Clear(_beds);
        Array.Clear(_dayCost);
        _spare.Clear();
        _poolUse.Clear();
        _agreementUse.Clear();
        _memberDays.Clear();
        _memberOrder.Clear();
        _stranded = false;
        for (int i = 0; i < _length; i++)
        {
            _most[i] = Math.Clamp(_state.Room(_p.Order, from + i), 0, max);
            if (_p.Lodge)
            {
                _most[i] = Math.Min(_most[i], _state.BedsLeft(g.C.OrderSite[_p.Order], from + i));
            }
        }

        ShareRounds();
    }

    private int Gather(int max)
    {
        _candidates.Clear();
        int heads = 0;
        int openDays = 0;
        if (_wish.Among is { } among)
        {
            foreach (int u in among)
            {
                heads += AddCandidate(u);
            }
        }
        else
        {
            foreach (int v in g.VillagesByPrice(_p.Broker, _p.Order))
            {
                foreach (int u in g.C.UnitsOfVillage[v])
                {
                    int here = AddCandidate(u);
                    heads += here;
                    openDays += here == 0 ? 0 : here * _state.OpenDays(u, _from, _from + _length - 1);
                }

                // Who is open on a few days only fills no crew: people count by their open days.
                if (openDays >= PoolFactor * max * _length)
                {
                    break;
                }
            }
        }

        _candidates.Sort();
        return heads;
    }

    private int AddCandidate(int unit)
    {
        int open = _state.OpenDays(unit, _from, _from + _length - 1);
        if (open == 0 || !g.Suits(unit, _p.Broker, _p.Order, _p.Lodge)
            || (_wish.MinLevel > 0 && g.LevelOf(unit, _p.Order) < _wish.MinLevel))
        {
            return 0;
        }

        Unit u = g.C.Units[unit];
        if (_wish.OwnPeopleOnly && Array.Exists(u.OwnBroker, own => own >= 0 && own != _p.Broker))
        {
            return 0;
        }

        double key = _bids.Person(unit) - (4.0 * open / _length);
        if (_p.Lodge)
        {
            key += g.C.CoachFare(u.Village, g.C.OrderSite[_p.Order]) / 5;
        }
        else
        {
            foreach ((int village, _) in u.Homes)
            {
                int spare = SpareOf(village)[_length / 2];
                double seat = g.Seats[village, _p.Order];
                if (double.IsPositiveInfinity(seat) && Array.TrueForAll(SpareOf(village), s => s <= 0))
                {
                    return 0;
                }

                key += spare > 0 ? Math.Min(seat, 1000) / 4 : Math.Min(seat, 1000);
            }
        }

        foreach (int own in u.OwnBroker)
        {
            key += own >= 0 && own != _p.Broker ? g.C.OtherBroker / u.Size : 0;
        }

        _candidates.Add((key, unit));
        return u.Size;
    }

    /// <summary>Free seats from a village by day, less those taken by members so far.</summary>
    private int[] SpareOf(int village)
    {
        if (!_spare.TryGetValue(village, out int[]? spare))
        {
            spare = new int[_length];
            for (int i = 0; i < _length; i++)
            {
                spare[i] = _seats.Spare(_state, _from + i, village, _p.Order);
            }

            _spare[village] = spare;
        }

        return spare;
    }

    /// <summary>Experienced members up to what a full crew needs, then whoever costs least.</summary>
    private void Fill()
    {
        if (g.ExperiencedNeeded(_p.Order, 1) > 0)
        {
            foreach ((_, int unit) in _candidates)
            {
                if (g.ExperiencedIn(unit, _p.Order) > 0)
                {
                    Offer(unit, experiencedOnly: true);
                }
            }
        }

        foreach ((_, int unit) in _candidates)
        {
            if (!AnyRoom())
            {
                break;
            }

            if (!_memberDays.ContainsKey(unit))
            {
                Offer(unit, experiencedOnly: false);
            }
        }
    }

    private bool AnyRoom()
    {
        for (int i = 0; i < _length; i++)
        {
            if (_count[i] < _most[i])
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Members choose their days again, knowing where others rest.</summary>
    private void Repick()
    {
        _again.Clear();
        _again.AddRange(_memberOrder);
        foreach (int unit in _again)
        {
            Unit u = g.C.Units[unit];
            List<int> had = _memberDays[unit];
            Leave(unit, u, had);
            (List<int> days, double total) = Choose(unit, u, false);
            double before = -JoinCost(u);
            foreach (int d in had)
            {
                before += _values[d - _from];
            }

            Take(unit, u, days.Count > 0 && total > before ? days : had);
        }
    }

    private void Offer(int unit, bool experiencedOnly)
    {
        Unit u = g.C.Units[unit];
        (List<int> days, double total) = Choose(unit, u, experiencedOnly);
        if (days.Count > 0 && total > 0)
        {
            Take(unit, u, days);
        }
    }

    /// <summary>The unit's best days in the crew as it stands, and what they bring; none where no day brings anything.</summary>
    private (List<int> Days, double Total) Choose(int unit, Unit u, bool experiencedOnly)
    {
        if (_p.Lodge)
        {
            MarkStays(unit, u);
        }

        bool any = false;
        int allowed = 0;
        bool adult = _p.Lodge || g.Season.Orders[_p.Order].AdultOnly;
        for (int i = 0; i < _length; i++)
        {
            int d = _from + i;
            _values[i] = 0;
            if (_count[i] + u.Size > _most[i] || !_state.IsOpen(unit, d) || (adult && d < u.AdultFrom)
                || (_p.Lodge ? !_stay[i] : !HomeAllows(u, d)) || !TiesAllow(u, d) || !AgreementsAllow(u, d, allowed)
                || !ExperienceAllows(unit, u.Size, i))
            {
                continue;
            }

            double value = ValueOf(u, unit, d, i) - (Evenness * _count[i]);
            if (_count[i] < _min || _experienced[i] < g.ExperiencedNeeded(_p.Order, _count[i]))
            {
                value = Math.Max(1, LeastSize + value);
            }

            _values[i] = value;
            any |= value > 0 && (!experiencedOnly || BringsExperience(unit, i));
            allowed += value > 0 ? 1 : 0;
        }

        if (!any)
        {
            return ([], 0);
        }

        List<int> days = _picker.Pick(_state, unit, _p.Order, _from, _values.AsSpan(0, _length));
        double total = -JoinCost(u);
        foreach (int d in days)
        {
            total += _values[d - _from];
        }

        return (days, total);
    }

    private void Take(int unit, Unit u, List<int> days)
    {
        _memberDays[unit] = [.. days];
        _memberOrder.Add(unit);
        Count(unit, u, days, 1);
    }

    private void Leave(int unit, Unit u, List<int> days)
    {
        _memberDays.Remove(unit);
        _memberOrder.Remove(unit);
        Count(unit, u, days, -1);
    }

    private void Count(int unit, Unit u, List<int> days, int sign)
    {
        foreach (int d in days)
        {
            _count[d - _from] += sign * u.Size;
            _experienced[d - _from] += sign * g.ExperiencedIn(unit, _p.Order);
            foreach (int a in g.C.AgreementsOfOrder[_p.Order])
            {
                _agreementUse[a] = _agreementUse.GetValueOrDefault(a) + (sign * Counted(g.C.Agreements[a], u, d));
            }
        }

        for (int d = days[0]; d <= days[^1]; d++)
        {
            if (!_p.Lodge && !days.Contains(d))
            {
                continue;
            }

            _beds[d - _from] += sign * u.Size;
            foreach ((int household, int count) in u.Duties)
            {
                int pool = g.C.DutyPool[household]![d];
                if (pool >= 0)
                {
                    _poolUse[pool] = _poolUse.GetValueOrDefault(pool) + (sign * count);
                }
            }
        }

        foreach ((int village, int count) in u.Homes)
        {
            if (_spare.TryGetValue(village, out int[]? spare))
            {
                foreach (int d in days)
                {
                    spare[d - _from] -= sign * count;
                }
            }
        }
    }

    private double JoinCost(Unit u)
    {
        double cost = g.C.Join * u.Size;
        if (_p.Lodge)
        {
            foreach ((int village, int count) in u.Homes)
            {
                cost += count * g.C.CoachFare(village, g.C.OrderSite[_p.Order]);
            }
        }

        return cost;
    }

    /// <summary>CNY of one more day of the unit, after what else it could be expected to earn.</summary>
    private double ValueOf(Unit u, int unit, int day, int i)
    {
        CompiledSeason c = g.C;
        int at = (_p.Order * c.Days) + day;
        int toRequired = Math.Clamp(c.Required[at] - _state.Filled[at] - _count[i], 0, u.Size);
        double value = (toRequired * c.RequiredValue[_p.Order]) + ((u.Size - toRequired) * c.TargetValue[at])
            - (_bids.Person(unit) * u.Size);
        foreach (int own in u.OwnBroker)
        {
            value -= own >= 0 && own != _p.Broker ? c.OtherBroker : 0;
        }

        foreach ((int days, double weight) in u.Shares)
        {
            value += _state.Worked[unit] < days ? weight : 0;
        }

        foreach (int a in c.AgreementsOfOrder[_p.Order])
        {
            CompiledAgreement agreement = c.Agreements[a];
            if (_state.Delivered[a] + _agreementUse.GetValueOrDefault(a) < agreement.MinDays)
            {
                value += agreement.Penalty * Counted(agreement, u, day);
            }
        }

        if (_p.Lodge)
        {
            return value - (_bids.Bed(c.OrderSite[_p.Order], day) * u.Size);
        }

        foreach ((int village, int count) in u.Homes)
        {
            int free = Math.Clamp(SpareOf(village)[i], 0, count);
            value -= _bids.Seat(day) * count;
            value -= free == count ? 0 : (count - free) * g.Seats[village, _p.Order];
        }

        return value;
    }

    /// <summary>The longest run of days on which the unit could stay at the site.</summary>
    private void MarkStays(int unit, Unit u)
    {
        int[]? row = _state.Rows[unit];
        (int from, int length, int start) best = (0, 0, 0);
        for (int i = 0; i < _length; i++)
        {
            int d = _from + i;
            bool may = (row is null || row[d] == 0) && HomeAllows(u, d)
                && _state.BedsLeft(g.C.OrderSite[_p.Order], d) - _beds[i] >= u.Size;
            _stay[i] = false;
            if (!may)
            {
                best.start = i + 1;
            }
            else if (i - best.start + 1 > best.length)
            {
                (best.from, best.length) = (best.start, i - best.start + 1);
            }
        }

        Array.Fill(_stay, true, best.from, best.length);
    }
}
