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

    /// <summary>Hours worked by unit × day, in the units of the compiled season; a day of more than 2,147 hours counts as so many.</summary>
    private readonly int[] _hoursOn;
    private readonly int[] _stay;
    private readonly bool[] _pinned;
    private readonly int[] _worked;
    private readonly List<Membership>[] _memberships;
    private readonly List<CrewSlot?> _crews;
    private readonly Stack<int> _freeSlots;
    private readonly int[] _brokerDay;
    private readonly int[] _filled;
    private readonly int[] _roundFilled;

    /// <summary>Required worker-days of the round's days not filled yet.</summary>
    private readonly int[] _roundShort;
    private readonly int[] _agreementFilled;
    private readonly int[] _bedUse;
    private readonly int[] _poolLeft;
    private readonly List<int>?[] _crewsAt;
    private readonly OpenPeople _openPeople;
    private readonly bool[] _open;
    private readonly long _leastHours;
    private readonly int[]?[] _riders;
    private readonly DayTransport[] _transport;
    private readonly HashSet<(int Day, int Village, int Order)> _dirty;

    public PlanState(CompiledSeason c, VehicleTypes types, WorkMeter meter)
    {
        _c = c;
        Meter = meter;
        (_crews, _freeSlots, _dirty) = ([], new Stack<int>(), []);
        int units = c.Units.Length;
        _assign = new int[units * c.Days];
        _hoursOn = new int[units * c.Days];
        _stay = new int[units * c.Days];
        Array.Fill(_assign, -1);
        Array.Fill(_stay, -1);
        _pinned = new bool[units * c.Days];
        _worked = new int[units];
        _mostDays = [.. c.Units.Select(u => u.MaxDays)];
        _roundMost = [.. c.RoundCap];
        _agreementMost = [.. c.Agreements.Select(a => a.MaxDays)];
        LastDay = c.Days - 1;
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
        _openPeople = new OpenPeople(c);
        _open = new bool[units * c.Days];
        _leastHours = c.Hours.Length == 0 ? 0 : c.Hours.Min();
        OpenAll();
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

    /// <summary>The same plan on a state of its own, for a season that allows all the plan does.</summary>
    /// <param name="like">A state without open changes.</param>
    /// <param name="c">
    /// The season of <paramref name="like"/>, or one with the same people, orders, rounds, agreements, places and days; brokers
    /// and vehicles may have been appended, rules made wider.
    /// </param>
    /// <param name="types">The season's vehicle types.</param>
    /// <param name="meter">Counts the search steps done on this state.</param>
    public PlanState(PlanState like, CompiledSeason c, VehicleTypes types, WorkMeter meter)
    {
        (_c, Meter, Worth, KeepRequired, _leastHours) = (c, meter, like.Worth, like.KeepRequired, like._leastHours);
        LastDay = c.Days - 1;
        _assign = [.. like._assign];
        _hoursOn = [.. like._hoursOn];
        _stay = [.. like._stay];
        _pinned = [.. like._pinned];
        _worked = [.. like._worked];
        _mostDays = [.. c.Units.Select(u => u.MaxDays)];
        _roundMost = [.. c.RoundCap];
        _agreementMost = [.. c.Agreements.Select(a => a.MaxDays)];
        _memberships = Array.ConvertAll(like._memberships, m => new List<Membership>(m));
        _crews = like._crews.ConvertAll(slot => slot?.Copy());
        _freeSlots = new Stack<int>(like._freeSlots.Reverse());
        _brokerDay = new int[c.Brokers * c.Days];
        Array.Fill(_brokerDay, -1);
        like._brokerDay.CopyTo(_brokerDay, 0);
        _filled = [.. like._filled];
        _roundFilled = [.. like._roundFilled];
        _roundShort = [.. like._roundShort];
        _agreementFilled = [.. like._agreementFilled];
        _bedUse = [.. like._bedUse];
        _crewsAt = Array.ConvertAll(like._crewsAt, crews => crews is null ? null : new List<int>(crews));
        _riders = Array.ConvertAll(like._riders, row => (int[]?)row?.Clone());
        _openPeople = new OpenPeople(like._openPeople, c);
        _open = [.. like._open];
        _dirty = [.. like._dirty];
        _transport = Array.ConvertAll(like._transport, day => new DayTransport(day, c, types, meter) { Changing = OnChainChanging });
        _poolLeft = ReferenceEquals(c.PoolSlack, like._c.PoolSlack) ? [.. like._poolLeft] : PoolsLeft();
        if (!ReferenceEquals(c.Units, like._c.Units))
        {
            for (int u = 0; u < c.Units.Length; u++)
            {
                Refresh(u, 0, c.Days - 1);
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
    public int OpenHeads(int village, int day) => _openPeople.Heads(village, day);

    /// <summary>Those of them who suit the order, and would lodge there.</summary>
    public int OpenHeads(int village, int day, int order, bool lodge) => _openPeople.Heads(village, day, order, lodge);

    /// <summary>Adds the village's units to a list who are open on one of the days, suit the order and, if asked, would lodge there.</summary>
    public void FindOpen(int village, int from, int to, int order, bool lodge, List<int> units) => _openPeople.Find(village, from, to, order, lodge, units);

    /// <summary>Whether anybody of the village suits the order.</summary>
    public bool AnySuits(int village, int order) => _openPeople.AnySuits(village, order);

    /// <summary>Whether the unit is available, free, rested and within its season limit on the day.</summary>
    public bool IsOpen(int unit, int day) => _open[(unit * _c.Days) + day];

    /// <summary>How many of the days <see cref="IsOpen"/> holds for.</summary>
    public int OpenDays(int unit, int from, int to) => _open.AsSpan((unit * _c.Days) + from, to - from + 1).Count(true);

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

    /// <summary>Who is open while nobody works: whoever is available, where a day may be worked at all.</summary>
    private void OpenAll()
    {
        for (int u = 0; u < _c.Units.Length; u++)
        {
            Unit unit = _c.Units[u];
            for (int d = 0; d < _c.Days; d++)
            {
                if (unit.Available[d] && unit.MaxDays > 0 && _c.MaxConsecutive > 0 && _leastHours <= _c.MaxHours)
                {
                    _open[(u * _c.Days) + d] = true;
                    _openPeople.Flip(u, d, open: true);
                }
            }
        }
    }

    /// <summary>People who may still leave home by duty pool, counted from who is away.</summary>
    private int[] PoolsLeft()
    {
        int[] left = [.. _c.PoolSlack];
        for (int unit = 0; unit < _c.Units.Length; unit++)
        {
            foreach ((int household, int count) in _c.Units[unit].Duties)
            {
                int[] pools = _c.DutyPool[household]!;
                for (int d = 0; d < _c.Days; d++)
                {
                    if (pools[d] >= 0 && !IsFree(unit, d))
                    {
                        left[pools[d]] -= count;
                    }
                }
            }
        }

        return left;
    }

    /// <summary>Brings <see cref="IsOpen"/> and the village's heads up to date for some days.</summary>
    private void Refresh(int unit, int from, int to)
    {
        (from, to) = (Math.Max(0, from), Math.Min(_c.Days - 1, to));
        Span<bool> rested = stackalloc bool[to - from + 1];
        MarkRested(unit, _leastHours, from, to, rested);
        Unit u = _c.Units[unit];
        int row = unit * _c.Days;
        for (int d = from; d <= to; d++)
        {
            bool open = rested[d - from] && u.Available[d] && _assign[row + d] < 0 && _stay[row + d] < 0;
            if (open != _open[row + d])
            {
                _open[row + d] = open;
                _openPeople.Flip(unit, d, open);
            }
        }
    }

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
