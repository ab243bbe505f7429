using Matching.Planning.Compiled;
using Matching.Planning.Trips;
using Matching.Rules;

namespace Matching.Planning.State;

/// <summary>A unit's part in a crew.</summary>
internal struct Membership
{
    public int Crew;
    public int Days;
    public int First;
    public int Last;
}

/// <summary>
/// A plan under construction with its worth kept up to date: who works in which crew on which day, and the trips. Every
/// change can be taken back to a mark. Legality of single steps is asked with <see cref="CanAdd"/>; crews below their least
/// size are the business of whoever builds them.
/// </summary>
internal sealed partial class PlanState
{
    private readonly CompiledSeason _c;
    private readonly int[] _assign;
    private readonly int[] _stay;
    private readonly bool[] _pinned;
    private readonly int[] _worked;
    private readonly List<Membership>[] _memberships;
    private readonly List<CrewSlot?> _crews = [];
    private readonly Stack<int> _freeSlots = new();
    private readonly int[] _brokerDay;
    private readonly int[] _filled;
    private readonly int[] _roundFilled;

    /// <summary>Required worker-days of the round's days not filled yet.</summary>
    private readonly int[] _roundShort;
    private readonly int[] _agreementFilled;
    private readonly int[] _bedUse;
    private readonly int[] _poolLeft;
    private readonly List<int>?[] _crewsAt;
    private readonly int[] _openHeads;
    private readonly bool[] _open;
    private readonly long _leastHours;
    private readonly int[]?[] _riders;
    private readonly DayTransport[] _transport;
    private readonly HashSet<(int Day, int Village, int Order)> _dirty = [];

    public PlanState(CompiledSeason c, VehicleTypes types, WorkMeter meter)
    {
        _c = c;
        Meter = meter;
        int units = c.Units.Length;
        _assign = new int[units * c.Days];
        _stay = new int[units * c.Days];
        Array.Fill(_assign, -1);
        Array.Fill(_stay, -1);
        _pinned = new bool[units * c.Days];
        _worked = new int[units];
        _memberships = new List<Membership>[units];
        for (int u = 0; u < units; u++)
        {
            _memberships[u] = new List<Membership>(2);
        }

        _brokerDay = new int[c.Brokers * c.Days];
        Array.Fill(_brokerDay, -1);
        _filled = new int[c.Orders * c.Days];
        _roundFilled = new int[c.RoundCap.Length];
        _roundShort = new int[c.RoundCap.Length];
        for (int at = 0; at < c.Round.Length; at++)
        {
            if (c.Round[at] >= 0)
            {
                _roundShort[c.Round[at]] += c.Required[at];
            }
        }

        _agreementFilled = new int[c.Agreements.Length];
        _bedUse = new int[c.Sites * c.Days];
        _poolLeft = [.. c.PoolSlack];
        _crewsAt = new List<int>?[c.Villages * c.Days];
        _riders = new int[]?[c.Villages * c.Days];
        _openHeads = new int[c.Villages * c.Days];
        _open = new bool[units * c.Days];
        _leastHours = c.Hours.Length == 0 ? 0 : c.Hours.Min();
        for (int u = 0; u < units; u++)
        {
            Refresh(u, 0, c.Days - 1);
        }

        _transport = new DayTransport[c.Days];
        for (int d = 0; d < c.Days; d++)
        {
            _transport[d] = new DayTransport(c, types, d, meter) { Changing = OnChainChanging };
        }

        // Nobody sent: agreements and work shares cost their full penalty.
        foreach (CompiledAgreement agreement in c.Agreements)
        {
            Worth -= agreement.Penalty * agreement.MinDays;
        }

        foreach (Unit unit in c.Units)
        {
            foreach ((int days, double weight) in unit.Shares)
            {
                Worth -= weight * days;
            }
        }
    }

    public CompiledSeason Compiled => _c;

    /// <summary>Counts the search steps done on this state.</summary>
    public WorkMeter Meter { get; }

    /// <summary>Worth of everything but vehicles, CNY.</summary>
    public double Worth { get; private set; }

    /// <summary>Worth of the whole plan, CNY.</summary>
    public double Net
    {
        get
        {
            double net = Worth;
            foreach (DayTransport day in _transport)
            {
                net -= day.Cost;
            }

            return net;
        }
    }

    public IReadOnlyList<CrewSlot?> Crews => _crews;

    public CrewSlot Crew(int crew) => _crews[crew]!;

    public DayTransport Transport(int day) => _transport[day];

    public int AssignedCrew(int unit, int day) => _assign[(unit * _c.Days) + day];

    public bool IsPinned(int unit, int day) => _pinned[(unit * _c.Days) + day];

    public bool IsFree(int unit, int day) => _assign[(unit * _c.Days) + day] < 0 && _stay[(unit * _c.Days) + day] < 0;

    public int Worked(int unit) => _worked[unit];

    public int BrokerCrew(int broker, int day) => _brokerDay[(broker * _c.Days) + day];

    public int Filled(int order, int day) => _filled[(order * _c.Days) + day];

    /// <summary>Worker-days delivered to an agreement.</summary>
    public int Delivered(int agreement) => _agreementFilled[agreement];

    public int RoundFilled(int round) => _roundFilled[round];

    /// <summary>People of the village who could be sent on the day: see <see cref="IsOpen"/>.</summary>
    public int OpenHeads(int village, int day) => _openHeads[(village * _c.Days) + day];

    /// <summary>Whether the unit is available, free, rested and within its season limit on the day.</summary>
    public bool IsOpen(int unit, int day) => _open[(unit * _c.Days) + day];

    public IReadOnlyList<int> CrewsAt(int village, int day) => _crewsAt[(village * _c.Days) + day] ?? (IReadOnlyList<int>)[];

    public IReadOnlyList<Membership> Memberships(int unit) => _memberships[unit];

    /// <summary>People of a duty pool who may still leave home.</summary>
    public int PoolLeft(int pool) => _poolLeft[pool];

    public int BedsLeft(int site, int day) => _c.Beds[site] - _bedUse[(site * _c.Days) + day];

    /// <summary>
    /// Whether a round's worker-days that other days of it still require are kept for them: what is filled beyond required on
    /// an early day is lost to a later one (D2). A choice of the search, not a rule.
    /// </summary>
    public bool KeepRequired { get; set; }

    /// <summary>Worker-days the order can still take on the day: target, round.</summary>
    public int Room(int order, int day)
    {
        int at = (order * _c.Days) + day;
        int room = _c.Target[at] - _filled[at];
        int round = _c.Round[at];
        if (round < 0)
        {
            return room;
        }

        int left = _c.RoundCap[round] - _roundFilled[round];
        if (KeepRequired)
        {
            left = Math.Min(left, Math.Max(0, _c.Required[at] - _filled[at]) + Math.Max(0, left - _roundShort[round]));
        }

        return Math.Min(room, left);
    }

    /// <summary>Worker-days that agreements with a most still allow for a village, order, leader and day.</summary>
    public int AgreementRoom(int village, int order, int broker, int day)
    {
        int room = int.MaxValue;
        foreach (int a in _c.AgreementsOfOrder[order])
        {
            CompiledAgreement agreement = _c.Agreements[a];
            if (agreement.MaxDays != int.MaxValue && agreement.Counts(village, broker, day))
            {
                room = Math.Min(room, agreement.MaxDays - _agreementFilled[a]);
            }
        }

        return room;
    }

    /// <summary>
    /// Whether the unit may work that day in the crew: every rule about people, households, pairs, size above, beds and
    /// demand. Rolling rest and season days (W4, max_days) are included unless <paramref name="restToo"/> is false.
    /// </summary>
    public bool CanAdd(int unit, int crewIndex, int day, bool restToo = true)
    {
        Unit u = _c.Units[unit];
        CrewSlot crew = _crews[crewIndex]!;
        int at = (unit * _c.Days) + day;
        int order = crew.Order;
        if (!u.Available[day] || _assign[at] >= 0 || (_stay[at] >= 0 && _stay[at] != crewIndex)
            || crew.Count[day - crew.From] + u.Size > crew.Max || u.Size > Room(order, day))
        {
            return false;
        }

        if ((crew.Lodge || _c.Season.Orders[order].AdultOnly) && day < u.AdultFrom)
        {
            return false;
        }

        foreach (int a in _c.AgreementsOfOrder[order])
        {
            CompiledAgreement agreement = _c.Agreements[a];
            if (agreement.MaxDays != int.MaxValue
                && _agreementFilled[a] + Counted(agreement, u, crew.Broker, day) > agreement.MaxDays)
            {
                return false;
            }
        }

        foreach (int other in u.Apart)
        {
            if (_assign[(other * _c.Days) + day] == crewIndex)
            {
                return false;
            }
        }

        foreach (int other in u.SameSite)
        {
            int theirs = _assign[(other * _c.Days) + day];
            if (theirs >= 0 && _c.OrderSite[_crews[theirs]!.Order] != _c.OrderSite[order])
            {
                return false;
            }
        }

        if (crew.Lodge)
        {
            if (!CanStay(unit, crewIndex, day))
            {
                return false;
            }
        }
        else if (!HomeAllows(u, day))
        {
            return false;
        }

        return !restToo || RestAllows(unit, order, day);
    }

    /// <summary>Whether the unit suits the crew at all: skill, area, lodging, village by village.</summary>
    public bool Suits(int unit, int crewIndex)
    {
        CrewSlot crew = _crews[crewIndex]!;
        return Suits(unit, crew.Broker, crew.Order, crew.Lodge);
    }

    /// <inheritdoc cref="Suits(int,int)"/>
    public bool Suits(int unit, int broker, int order, bool lodge)
    {
        Unit u = _c.Units[unit];
        if (!_c.Kinds[u.Kind].Suits(order) || (lodge && !u.LodgingOk))
        {
            return false;
        }

        foreach ((int village, _) in u.Homes)
        {
            if (!_c.Area[broker][village])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>W4 and max_days for one more day at the order.</summary>
    public bool RestAllows(int unit, int order, int day) => RestAllows(unit, _c.Hours[order], day);

    private bool RestAllows(int unit, long hours, int day)
    {
        if (_worked[unit] >= _c.Units[unit].MaxDays)
        {
            return false;
        }

        int row = unit * _c.Days;
        int run = 1;
        for (int d = day - 1; d >= 0 && _assign[row + d] >= 0 && run <= _c.MaxConsecutive; d--)
        {
            run++;
        }

        for (int d = day + 1; d < _c.Days && _assign[row + d] >= 0 && run <= _c.MaxConsecutive; d++)
        {
            run++;
        }

        if (run > _c.MaxConsecutive)
        {
            return false;
        }

        // Hours of the seven windows that hold the day.
        int first = Math.Max(0, day - 6);
        int last = Math.Min(_c.Days - 1, day + 6);
        long sum = 0;
        for (int d = first; d <= last; d++)
        {
            sum += d == day ? hours : HoursOn(row, d);
            if (d - 7 >= first)
            {
                sum -= d - 7 == day ? hours : HoursOn(row, d - 7);
            }

            if (sum > _c.MaxHours && d >= day)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>C2: whether the crew has enough experienced members on the day for <paramref name="more"/> further ones of whom some are experienced.</summary>
    public bool ExperienceAllows(int crewIndex, int day, int more, int experiencedMore)
    {
        CrewSlot crew = _crews[crewIndex]!;
        int at = day - crew.From;
        return crew.Experienced[at] + experiencedMore
            >= CrewRules.ExperiencedNeeded(_c.Season.Orders[crew.Order], crew.Count[at] + more);
    }

    public int ExperiencedIn(int unit, int order) => _c.Kinds[_c.Units[unit].Kind].Experienced is { } experienced ? experienced[order] : 0;

    /// <summary>CNY gained by the day before joining, trips and coaches: value, other broker, work share, agreements.</summary>
    public double GainOfAdding(int unit, int broker, int order, int day)
    {
        Unit u = _c.Units[unit];
        int at = (order * _c.Days) + day;
        int toRequired = Math.Clamp(_c.Required[at] - _filled[at], 0, u.Size);
        double gain = (toRequired * _c.RequiredValue[order]) + ((u.Size - toRequired) * _c.TargetValue[at]);
        foreach (int own in u.OwnBroker)
        {
            if (own >= 0 && own != broker)
            {
                gain -= _c.OtherBroker;
            }
        }

        foreach ((int days, double weight) in u.Shares)
        {
            if (_worked[unit] < days)
            {
                gain += weight;
            }
        }

        foreach (int a in _c.AgreementsOfOrder[order])
        {
            CompiledAgreement agreement = _c.Agreements[a];
            int counted = Counted(agreement, u, broker, day);
            if (counted > 0 && _agreementFilled[a] < agreement.MinDays)
            {
                gain += agreement.Penalty * Math.Min(counted, agreement.MinDays - _agreementFilled[a]);
            }
        }

        return gain;
    }

    /// <summary>CNY of becoming a member: joins, and coaches of a lodging crew.</summary>
    public double JoinCost(int unit, int order, bool lodge)
    {
        Unit u = _c.Units[unit];
        double cost = _c.Join * u.Size;
        if (lodge)
        {
            foreach ((int village, int count) in u.Homes)
            {
                cost += count * _c.CoachFare(village, _c.OrderSite[order]);
            }
        }

        return cost;
    }

    public int MembershipOf(int unit, int crew)
    {
        List<Membership> list = _memberships[unit];
        for (int i = 0; i < list.Count; i++)
        {
            if (list[i].Crew == crew)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Brings <see cref="IsOpen"/> and the village's heads up to date for some days.</summary>
    private void Refresh(int unit, int from, int to)
    {
        Unit u = _c.Units[unit];
        int row = unit * _c.Days;
        int heads = u.Village * _c.Days;
        for (int d = Math.Max(0, from); d <= Math.Min(_c.Days - 1, to); d++)
        {
            bool open = u.Available[d] && _assign[row + d] < 0 && _stay[row + d] < 0 && RestAllows(unit, _leastHours, d);
            if (open != _open[row + d])
            {
                _open[row + d] = open;
                _openHeads[heads + d] += open ? u.Size : -u.Size;
            }
        }
    }

    private bool CanStay(int unit, int crewIndex, int day)
    {
        Unit u = _c.Units[unit];
        int i = MembershipOf(unit, crewIndex);
        (int first, int last) = i < 0 ? (day, day) : (Math.Min(day, _memberships[unit][i].First), Math.Max(day, _memberships[unit][i].Last));
        int site = _c.OrderSite[_crews[crewIndex]!.Order];
        for (int d = first; d <= last; d++)
        {
            int at = (unit * _c.Days) + d;
            if (_stay[at] == crewIndex)
            {
                continue;
            }

            if (_stay[at] >= 0 || (_assign[at] >= 0 && _assign[at] != crewIndex)
                || BedsLeft(site, d) < u.Size || !HomeAllows(u, d))
            {
                return false;
            }
        }

        return true;
    }

    private bool HomeAllows(Unit u, int day)
    {
        foreach ((int household, int count) in u.Duties)
        {
            int pool = _c.DutyPool[household]![day];
            if (pool >= 0)
            {
                // Members of two households may share one pool of a mutual-help group.
                int leaving = count;
                foreach ((int other, int otherCount) in u.Duties)
                {
                    if (other != household && _c.DutyPool[other]![day] == pool)
                    {
                        leaving += otherCount;
                    }
                }

                if (_poolLeft[pool] < leaving)
                {
                    return false;
                }
            }
        }

        return true;
    }

    private long HoursOn(int row, int day) => _assign[row + day] is int crew and >= 0 ? _crews[crew]!.Hours : 0;

    private static int Counted(CompiledAgreement agreement, Unit u, int broker, int day)
    {
        if (day < agreement.FromDay || day > agreement.ToDay)
        {
            return 0;
        }

        if (agreement.FromVillage is null)
        {
            return agreement.Broker == broker ? u.Size : 0;
        }

        int counted = 0;
        foreach ((int village, int count) in u.Homes)
        {
            counted += agreement.FromVillage[village] ? count : 0;
        }

        return counted;
    }
}
