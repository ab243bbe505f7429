using Matching.Model;
using Matching.Plans;
using Matching.Rules;

namespace Matching.SeasonSuite.Greedy;

/// <summary>
/// What is taken so far: people, households' hands, demand, rounds, agreements and beds. Everything is by position in the
/// season's lists. A worker-day is only entered when it keeps every rule of its own; each entry can be taken back.
/// </summary>
internal sealed class Ledger
{
    private const long HourUnits = 1_000_000;
    private const int None = -1;

    private readonly Season _season;
    private readonly int _days;
    private readonly bool[] _present;
    private readonly int[] _crewOf;
    private readonly int[] _orderOf;
    private readonly int[] _worked;
    private readonly int[] _minAgeDay;
    private readonly int[] _adultDay;
    private readonly int[] _poolOf;
    private readonly int[] _handsLeft;
    private readonly long[] _hours;
    private readonly long _mostHours;
    private readonly int[] _roundOf;
    private readonly int[] _roundLeft;
    private readonly int[] _agreementLeft;
    private readonly int[][] _cappedAgreements;
    private readonly int[] _bedsLeft;
    private readonly int[] _siteOf;
    private readonly Dictionary<int, List<int>> _apart = [];
    private readonly Dictionary<int, List<int>> _sameSite = [];

    public Ledger(Season season)
    {
        _season = season;
        _days = season.DayCount;
        int workers = season.Workers.Length;
        AbsenceIndex absences = new(season);
        _present = new bool[workers * _days];
        _crewOf = new int[workers * _days];
        _orderOf = new int[workers * _days];
        Array.Fill(_crewOf, None);
        Array.Fill(_orderOf, None);
        _worked = new int[workers];
        _minAgeDay = new int[workers];
        _adultDay = new int[workers];
        for (int w = 0; w < workers; w++)
        {
            Worker worker = season.Workers[w];
            _minAgeDay[w] = season.DayIndex(WorkerRules.Reaches(worker.BirthDate, season.Work.MinAge));
            _adultDay[w] = Math.Max(_minAgeDay[w], season.DayIndex(WorkerRules.Reaches(worker.BirthDate, season.Work.AdultAge)));
            for (int d = 0; d < _days; d++)
            {
                DateOnly date = season.Day(d);
                _present[(w * _days) + d] = WorkerRules.IsAvailable(worker, date) && !absences.IsOut(AbsenceKind.Worker, worker.Id.Value, date);
            }
        }

        (_poolOf, _handsLeft) = Pools(season);
        _hours = [.. season.Orders.Select(o => (long)Math.Ceiling(o.Hours * HourUnits))];
        _mostHours = (long)Math.Floor(season.Work.MaxHoursPer7Days * HourUnits);
        Dictionary<OrderId, int> orderIndex = season.Orders.Select((o, i) => (o.Id, i)).ToDictionary(x => x.Id, x => x.i);
        Dictionary<PlaceId, int> siteIndex = season.Sites.Select((s, i) => (s.Id, i)).ToDictionary(x => x.Id, x => x.i);
        _siteOf = [.. season.Orders.Select(o => siteIndex[o.Site])];
        Required = new int[season.Orders.Length * _days];
        Target = new int[season.Orders.Length * _days];
        Filled = new int[season.Orders.Length * _days];
        foreach (DailyDemand demand in season.Demand)
        {
            int at = (orderIndex[demand.Order] * _days) + season.DayIndex(demand.Date);
            (Required[at], Target[at]) = (demand.Required, demand.Target);
        }

        _roundOf = new int[season.Orders.Length * _days];
        Array.Fill(_roundOf, None);
        _roundLeft = [.. season.Rounds.Select(r => r.WorkerDays)];
        for (int r = 0; r < season.Rounds.Length; r++)
        {
            PickingRound round = season.Rounds[r];
            for (int d = Math.Max(0, season.DayIndex(round.From)); d <= Math.Min(_days - 1, season.DayIndex(round.To)); d++)
            {
                _roundOf[(orderIndex[round.Order] * _days) + d] = r;
            }
        }

        _agreementLeft = [.. season.Agreements.Select(a => a.MaxDays ?? int.MaxValue)];
        _cappedAgreements = [.. season.Orders.Select(o => Enumerable.Range(0, season.Agreements.Length)
            .Where(a => season.Agreements[a].MaxDays is not null && DemandRules.Buys(season, season.Agreements[a], season.SiteById[o.Site])).ToArray())];
        _bedsLeft = [.. season.Sites.SelectMany(s => Enumerable.Repeat(s.Beds, _days))];
        Dictionary<WorkerId, int> workerIndex = season.Workers.Select((w, i) => (w.Id, i)).ToDictionary(x => x.Id, x => x.i);
        foreach (WorkerPair pair in season.Pairs.Where(p => p.Kind != PairKind.Together))
        {
            Dictionary<int, List<int>> ties = pair.Kind == PairKind.Apart ? _apart : _sameSite;
            (int a, int b) = (workerIndex[pair.WorkerA], workerIndex[pair.WorkerB]);
            Tie(ties, a, b);
            Tie(ties, b, a);
        }
    }

    /// <summary>By order and day.</summary>
    public int[] Required { get; }

    /// <summary>By order and day.</summary>
    public int[] Target { get; }

    /// <summary>By order and day.</summary>
    public int[] Filled { get; }

    /// <summary>Worker-days the order can still take on the day: demand and round.</summary>
    public int Room(int order, int day)
    {
        int at = (order * _days) + day;
        int room = Target[at] - Filled[at];
        return _roundOf[at] == None ? room : Math.Min(room, _roundLeft[_roundOf[at]]);
    }

    /// <summary>The late factor of the order's day.</summary>
    public decimal LateFactor(int order, int day) =>
        _roundOf[(order * _days) + day] is int r and not None ? DemandRules.LateFactor(_season.Rounds[r], _season.Day(day)) : 1m;

    /// <summary>The crew of a worker-day, or -1.</summary>
    public int CrewOf(int worker, int day) => _crewOf[(worker * _days) + day];

    /// <summary>Whether every rule of the worker and of the order's day allows the worker-day in that crew.</summary>
    public bool MayEnter(int worker, int day, int order, int broker, int crew, CrewMode mode)
    {
        int at = (worker * _days) + day;
        if (!_present[at] || _crewOf[at] != None || Room(order, day) < 1 || !IsOldEnough(worker, day, order, mode)
            || !KeepsWorkLimits(worker, day, order) || !KeepsTies(worker, day, order, crew))
        {
            return false;
        }

        int pool = _poolOf.Length == 0 ? None : _poolOf[at];
        return (pool == None || _handsLeft[pool] > 0)
            && (mode == CrewMode.Commute || _season.Workers[worker].LodgingOk)
            && (mode == CrewMode.Commute || _bedsLeft[(_siteOf[order] * _days) + day] > 0)
            && !Counting(worker, day, order, broker).Any(a => _agreementLeft[a] < 1);
    }

    /// <summary>Enters the worker-day if it may be entered.</summary>
    public bool TryEnter(int worker, int day, int order, int broker, int crew, CrewMode mode)
    {
        if (!MayEnter(worker, day, order, broker, crew, mode))
        {
            return false;
        }

        Book(worker, day, order, broker, crew, mode, 1);
        return true;
    }

    /// <summary>Takes a worker-day back.</summary>
    public void TakeBack(int worker, int day, int order, int broker, CrewMode mode) => Book(worker, day, order, broker, None, mode, -1);

    private void Book(int worker, int day, int order, int broker, int crew, CrewMode mode, int sign)
    {
        int at = (worker * _days) + day;
        _crewOf[at] = crew;
        _orderOf[at] = sign > 0 ? order : None;
        _worked[worker] += sign;
        Filled[(order * _days) + day] += sign;
        if (_poolOf.Length > 0 && _poolOf[at] != None)
        {
            _handsLeft[_poolOf[at]] -= sign;
        }

        if (_roundOf[(order * _days) + day] is int round and not None)
        {
            _roundLeft[round] -= sign;
        }

        if (mode == CrewMode.Lodge)
        {
            _bedsLeft[(_siteOf[order] * _days) + day] -= sign;
        }

        foreach (int agreement in Counting(worker, day, order, broker))
        {
            _agreementLeft[agreement] -= sign;
        }
    }

    // The agreements with a most that count the worker-day.
    private IEnumerable<int> Counting(int worker, int day, int order, int broker) => _cappedAgreements[order].Length == 0
        ? []
        : _cappedAgreements[order].Where(a => _season.Agreements[a].Window.Contains(_season.Day(day))
            && DemandRules.Supplies(_season, _season.Agreements[a], _season.Workers[worker].Village, _season.Brokers[broker].Id));

    private bool IsOldEnough(int worker, int day, int order, CrewMode mode) =>
        day >= (_season.Orders[order].AdultOnly || mode == CrewMode.Lodge ? _adultDay[worker] : _minAgeDay[worker]);

    private bool KeepsWorkLimits(int worker, int day, int order)
    {
        if (_season.Workers[worker].MaxDays is { } most && _worked[worker] >= most)
        {
            return false;
        }

        int row = worker * _days;
        int run = 1;
        for (int d = day - 1; d >= 0 && _orderOf[row + d] != None; d--)
        {
            run++;
        }

        for (int d = day + 1; d < _days && _orderOf[row + d] != None; d++)
        {
            run++;
        }

        if (run > _season.Work.MaxConsecutiveDays)
        {
            return false;
        }

        for (int first = day - 6; first <= day; first++)
        {
            long hours = _hours[order];
            for (int d = Math.Max(0, first); d < Math.Min(_days, first + 7); d++)
            {
                hours += _orderOf[row + d] == None ? 0 : _hours[_orderOf[row + d]];
            }

            if (hours > _mostHours)
            {
                return false;
            }
        }

        return true;
    }

    private bool KeepsTies(int worker, int day, int order, int crew) =>
        (!_apart.TryGetValue(worker, out List<int>? apart) || apart.TrueForAll(o => _crewOf[(o * _days) + day] != crew))
        && (!_sameSite.TryGetValue(worker, out List<int>? same)
            || same.TrueForAll(o => _orderOf[(o * _days) + day] is int other && (other == None || _siteOf[other] == _siteOf[order])));

    private static void Tie(Dictionary<int, List<int>> ties, int a, int b)
    {
        if (!ties.TryGetValue(a, out List<int>? of))
        {
            ties[a] = of = [];
        }

        of.Add(b);
    }

    // H1 as pools of hands that may leave: by worker and day the pool, by pool how many of its members may be away.
    private static (int[] PoolOf, int[] HandsLeft) Pools(Season season)
    {
        if (season.HouseholdDuties.IsEmpty)
        {
            return ([], []);
        }

        int days = season.DayCount;
        Dictionary<HouseholdId, int[]> members = season.Workers.Select((w, i) => (w.Household, i))
            .Where(x => x.Household is not null).GroupBy(x => x.Household!.Value).ToDictionary(g => g.Key, g => g.Select(x => x.i).ToArray());
        int[] poolOf = new int[season.Workers.Length * days];
        Array.Fill(poolOf, None);
        Dictionary<(bool IsGroup, string Id, int Day), int> pools = [];
        List<int> hands = [];
        foreach (HouseholdDuty duty in season.HouseholdDuties)
        {
            int[] people = members.GetValueOrDefault(duty.Household, []);
            for (int day = 0; day < days; day++)
            {
                if (!duty.Window.Contains(season.Day(day)))
                {
                    continue;
                }

                var key = (duty.Group is not null, duty.Group?.Value ?? duty.Household.Value, day);
                if (!pools.TryGetValue(key, out int pool))
                {
                    pools[key] = pool = hands.Count;
                    hands.Add(0);
                }

                hands[pool] += people.Length - Math.Min(duty.KeepHome, people.Length);
                foreach (int person in people)
                {
                    poolOf[(person * days) + day] = pool;
                }
            }
        }

        return (poolOf, [.. hands]);
    }
}
