using System.Collections.Immutable;
using Matching.Checking;
using Matching.Model;
using Matching.Plans;
using Matching.Rules;

namespace Matching.Why;

/// <summary>
/// A plan laid out for single-change questions: what if this worker, crew or vehicle goes there? Each is answered from the few
/// rows it concerns, by the rules of the checker, so the answer is the checker's own. People who change crews are given a seat
/// on a trip that has one, else a run of its own; trips left empty are given up. Any plan can be laid out, a legal one or not.
/// Thread-safe: questions wait for one another.
/// </summary>
public sealed class PlanBoard
{
    /// <summary>Days on either side of a day that share seven consecutive ones with it (W4).</summary>
    private const int OtherDaysOfAWeek = 6;

    /// <summary>Rows of a question, and days of a crew, from which on a second thread is worth it.</summary>
    private const int ManyRows = 500;
    private const int ManyDays = 4;

    private readonly Lock _lock = new();
    private readonly Season _season;
    private readonly SeasonIndex _index;
    private readonly Ledger _ledger;
    private readonly long[] _delivered;
    private readonly WorthCount _worth;
    private readonly BoardTrips _trips;
    private readonly Dictionary<HouseholdId, List<int>> _households;
    private readonly ILookup<HouseholdId, HouseholdDuty> _duties;
    private readonly ILookup<MutualHelpGroupId, HouseholdDuty> _groups;
    private readonly Dictionary<int, List<WorkerPair>> _pairs = [];
    private readonly ILookup<WorkerId, Pin> _pins;

    /// <summary>Lodging crews by site.</summary>
    private readonly ILookup<int, int> _lodgersAt;
    private readonly Worth _before;

    /// <summary>The last question that met each row.</summary>
    private readonly int[] _met;
    private int _round;

    private PlanBoard(Season season, Plan plan)
    {
        _season = season;
        Plan = plan;
        _index = new SeasonIndex(season);
        _ledger = new Ledger(_index, plan);
        _met = new int[_ledger.RowDay.Length];
        var fleet = new Fleet(_ledger, plan.Trips);
        _delivered = new DemandCheck(_ledger, new Findings()).Deliver();
        _worth = new WorthCount(_ledger, fleet, _delivered);
        _before = _worth.Worth;
        _trips = new BoardTrips(_index, fleet);
        _households = HouseholdCheck.MembersOf(season);
        _duties = season.HouseholdDuties.ToLookup(d => d.Household);
        _groups = season.HouseholdDuties.Where(d => d.Group is not null).ToLookup(d => d.Group!.Value);
        _pins = season.Pins.ToLookup(p => p.Worker);
        _lodgersAt = Enumerable.Range(0, _ledger.Crews.Length).Where(c => _ledger.Crews[c].Mode == CrewMode.Lodge).ToLookup(c => _ledger.CrewSite[c]);
        foreach (WorkerPair pair in season.Pairs)
        {
            Note(pair.WorkerA, pair);
            Note(pair.WorkerB, pair);
        }

        void Note(WorkerId worker, WorkerPair pair)
        {
            int number = _index.Workers[worker];
            if (!_pairs.TryGetValue(number, out List<WorkerPair>? list))
            {
                _pairs[number] = list = [];
            }

            list.Add(pair);
        }
    }

    /// <summary>The plan.</summary>
    public Plan Plan { get; }

    /// <summary>What the plan is worth.</summary>
    public Worth Worth => _before;

    /// <summary>Lays a plan out.</summary>
    /// <exception cref="ArgumentException">The plan is unreadable: it names an unknown id, or has a crew or trip id twice.</exception>
    public static PlanBoard Open(Season season, Plan plan)
    {
        ArgumentNullException.ThrowIfNull(season);
        ArgumentNullException.ThrowIfNull(plan);
        return new PlanBoard(season, plan);
    }

    /// <summary>What if the worker works in that crew on that day, and nowhere else?</summary>
    /// <param name="worker">Who.</param>
    /// <param name="date">When.</param>
    /// <param name="crew">The crew, or null: what if the worker has the day off?</param>
    /// <exception cref="KeyNotFoundException">The worker or crew is unknown.</exception>
    public Trial TryWorker(WorkerId worker, DateOnly date, CrewId? crew)
    {
        lock (_lock)
        {
            int who = _index.Workers[worker];
            int to = crew is { } id ? _ledger.CrewNumbers[id] : -1;
            int day = _season.DayIndex(date);
            int[] from = [.. RowsOf(who).Where(r => _ledger.RowDay[r] == day).Select(r => _ledger.RowCrew[r])];
            if (from is [int only] && only == to)
            {
                return new Trial { Breaks = [], Parts = Nothing };
            }

            var rides = new RideChange(_trips, date);
            int village = _index.WorkerVillage[who];
            foreach (int crewFrom in from)
            {
                if (crewFrom != to && _ledger.Crews[crewFrom].Mode == CrewMode.Commute)
                {
                    rides.TakeOff(crewFrom, _ledger.Crews[crewFrom].Id, village, 1);
                }
            }

            if (to >= 0 && !from.Contains(to) && _ledger.Crews[to].Mode == CrewMode.Commute && _season.Contains(date))
            {
                rides.Seat(_ledger.Crews[to], village, _ledger.CrewSite[to], _season.Orders[_ledger.CrewOrder[to]], 1);
            }

            int[] crews = to < 0 ? from : [.. from.Append(to).Distinct()];
            Array.ForEach(crews, rides.Show);
            return Judge(new Question
            {
                Movers = [who],
                Seen = (0, _index.Days - 1),
                LeavesHome = true,
                Crews = crews,
                StayRows = crews.SelectMany(c => StaysBeside(c, day)),
                Dates = [date],
                Removed = [.. from.Where(f => f != to).Select(f => new WorkerDay(date, _ledger.Crews[f].Id, worker))],
                Added = to < 0 || from.Contains(to) ? [] : [new WorkerDay(date, _ledger.Crews[to].Id, worker)],
                Rides = [rides],
            });
        }
    }

    /// <summary>What if the crew works another order on the same days?</summary>
    /// <exception cref="KeyNotFoundException">The crew or order is unknown.</exception>
    public Trial TryOrder(CrewId crew, OrderId order)
    {
        lock (_lock)
        {
            int number = _ledger.CrewNumbers[crew];
            int to = _index.Orders[order];
            Crew was = _ledger.Crews[number];
            if (was.Order == order)
            {
                return new Trial { Breaks = [], Parts = Nothing };
            }

            Crew now = was with { Order = order };
            int siteTo = _index.OrderSite[to];
            var rides = new Dictionary<DateOnly, RideChange>();
            foreach (DateOnly date in _ledger.GroupsOf(number).Select(g => _season.Day(g.Day)).Concat(_trips.Of(number).Select(t => t.Trip.Date)).Distinct())
            {
                rides[date] = new RideChange(_trips, date);
                rides[date].Show(number);
            }

            if (was.Mode == CrewMode.Commute && siteTo != _ledger.CrewSite[number])
            {
                IGrouping<int, Group>[] days = [.. _ledger.GroupsOf(number).GroupBy(g => g.Day)];
                void SeatAnew(IGrouping<int, Group> groups)
                {
                    RideChange day = rides[_season.Day(groups.Key)];
                    foreach (Group group in groups)
                    {
                        day.TakeOff(number, crew, group.Village, group.Members);
                        day.Seat(now, group.Village, siteTo, _season.Orders[to], group.Members);
                    }
                }

                // Days share no trips.
                if (days.Length >= ManyDays)
                {
                    Parallel.ForEach(days, SeatAnew);
                }
                else
                {
                    Array.ForEach(days, SeatAnew);
                }
            }

            (int first, int last) = Extent(number);
            int week = _season.Orders[to].Hours == _season.Orders[_ledger.CrewOrder[number]].Hours ? 0 : OtherDaysOfAWeek;
            return Judge(new Question
            {
                Movers = [.. RowsOfCrew(number).Select(r => _ledger.RowWorker[r]).Distinct()],

                // Who works when stays as it is, and so do stays: of other days only their hours can matter (W4).
                Seen = (first - week, last + week),
                Crews = [number],
                StayRows = StaysAt(siteTo, was.Mode, (first, last)).Concat(StaysBeside(number)),
                Dates = [.. rides.Keys],
                Changed = now,
                Rides = rides.Values,
            });
        }
    }

    /// <summary>What if the vehicle drives that trip?</summary>
    /// <exception cref="KeyNotFoundException">The vehicle or trip is unknown.</exception>
    public Trial TryVehicle(VehicleId vehicle, TripId trip)
    {
        lock (_lock)
        {
            int number = _index.Vehicles[vehicle];
            TripRun run = _trips.ById(trip);
            if (run.Vehicle == number)
            {
                return new Trial { Breaks = [], Parts = Nothing };
            }

            var rides = new RideChange(_trips, run.Trip.Date);
            rides.Hand(run, number, vehicle);
            int[] crews = [.. run.Stops.SelectMany(s => s.Groups).Select(g => g.Crew).Distinct()];
            Array.ForEach(crews, rides.Show);
            return Judge(new Question { Movers = [], Seen = (0, -1), Crews = crews, StayRows = [], Dates = [run.Trip.Date], Rides = [rides] });
        }
    }

    private static Worth Nothing => new(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    private Trial Judge(Question question)
    {
        // Whoever shares a rule with the movers: partners and households on the days, the crews' members of the days.
        var partners = new HashSet<int>();
        var pairs = new HashSet<WorkerPair>();
        var pools = new List<(HouseholdDuty[] Duties, MutualHelpGroupId? Group)>();
        var groups = new HashSet<MutualHelpGroupId>();
        var households = new HashSet<HouseholdId>();
        foreach (int mover in question.Movers)
        {
            foreach (WorkerPair pair in _pairs.GetValueOrDefault(mover) ?? [])
            {
                pairs.Add(pair);
                partners.Add(_index.Workers[pair.WorkerA]);
                partners.Add(_index.Workers[pair.WorkerB]);
            }

            if (question.LeavesHome && _season.Workers[mover].Household is { } household && households.Add(household))
            {
                AddPools(household, pools, groups);
            }
        }

        foreach ((HouseholdDuty[] duties, _) in pools)
        {
            foreach (HouseholdDuty duty in duties)
            {
                partners.UnionWith(_households.GetValueOrDefault(duty.Household) ?? []);
            }
        }

        HashSet<int> days = [.. question.Dates.Select(_season.DayIndex)];
        bool Matters(int row) => days.Contains(_ledger.RowDay[row]);
        bool Lodges(int crew) => _ledger.Crews[crew].Mode == CrewMode.Lodge;
        bool staysChange = question.LeavesHome && Array.Exists(question.Crews, Lodges);
        List<int> rows = Distinct(
        [
            .. question.Movers.SelectMany(RowsOf).Where(r => _ledger.RowDay[r] >= question.Seen.First && _ledger.RowDay[r] <= question.Seen.Last),
            .. partners.SelectMany(RowsOf).Where(r => staysChange || Matters(r) || Lodges(_ledger.RowCrew[r])),
            .. question.StayRows,
            .. question.Crews.SelectMany(RowsOfCrew).Where(Matters),
        ]);
        TripRun[] tripsBefore = [.. question.Rides.SelectMany(r => r.Before)];
        var named = new HashSet<int>(rows.Select(r => _ledger.RowCrew[r]));
        named.UnionWith(question.Crews);
        named.UnionWith(tripsBefore.SelectMany(t => t.Stops).SelectMany(s => s.Groups).Select(g => g.Crew));
        int[] order = [.. named.Order()];
        var scope = new CheckScope
        {
            Days = [.. days.Where(d => d >= 0 && d < _index.Days)],
            Workers = [.. question.Movers.Order()],
            Crews = question.Crews.Select(c => _ledger.Crews[c].Id).ToHashSet(),
            Pools = pools,
            Households = _households,
            Pairs = pairs,
            Pins = [.. question.Movers.SelectMany(m => _pins[_season.Workers[m].Id])],
        };
        CountFilledElsewhere(scope, rows, question.Crews, question.Changed);
        bool isLarge = rows.Count >= ManyRows;
        (Func<Ledger> layBefore, Func<Ledger> layAfter) = Ledgers(question, rows, order, scope);
        Task<Ledger> laid = Beside(isLarge, layAfter);
        Ledger before = layBefore();
        long[] own = new DemandCheck(before, new Findings()).Deliver();
        Ledger after = laid.GetAwaiter().GetResult();
        scope.DeliveredElsewhere = [.. _delivered.Select((all, i) => all - own[i])];

        // A part of a plan may seem to break rules that the whole keeps: what stands in both is no news.
        Task<Inspection> inspected = Beside(isLarge, () => Inspection.Of(after, [.. question.Rides.SelectMany(r => r.After)]));
        Inspection old = Inspection.Of(before, [.. tripsBefore.Select(t => t.Trip)]);
        Inspection found = inspected.GetAwaiter().GetResult();
        return new Trial
        {
            Breaks = NewOnes(old.Findings.InOrder(), found.Findings.InOrder()),
            Parts = Comparing.PlanComparer.Less(_worth.After(old.Count, found.Count), _before),
            Removed = question.Removed,
            Added = question.Added,
            TripsRemoved = [.. question.Rides.SelectMany(r => r.Removed)],
            TripsAdded = [.. question.Rides.SelectMany(r => r.Added)],
            Crew = question.Changed,
        };
    }

    /// <summary>The rows without those that were met before.</summary>
    private List<int> Distinct(IEnumerable<int> rows)
    {
        _round++;
        var distinct = new List<int>();
        foreach (int row in rows)
        {
            if (_met[row] != _round)
            {
                _met[row] = _round;
                distinct.Add(row);
            }
        }

        return distinct;
    }

    /// <summary>The work on a thread of its own where there is much of it.</summary>
    private static Task<T> Beside<T>(bool isMuch, Func<T> work) => isMuch ? Task.Run(work) : Task.FromResult(work());

    /// <summary>Lays out the rows as they are, and as they would be, among the crews named.</summary>
    private (Func<Ledger> Before, Func<Ledger> After) Ledgers(Question question, List<int> rows, int[] crews, CheckScope scope)
    {
        var local = new Dictionary<int, int>(crews.Length);
        foreach (int crew in crews)
        {
            local.Add(crew, local.Count);
        }

        List<LedgerRow> was = [.. rows.Select(r => new LedgerRow(_ledger.RowWorker[r], local[_ledger.RowCrew[r]], _ledger.RowDay[r]))];
        HashSet<LedgerRow> gone = [.. question.Removed.Select(RowOf)];
        List<LedgerRow> now = [.. gone.Count == 0 ? was : was.Where(r => !gone.Contains(r)), .. question.Added.Where(d => _season.Contains(d.Date)).Select(RowOf)];
        ImmutableArray<Crew> before = [.. crews.Select(c => _ledger.Crews[c])];
        ImmutableArray<Crew> after = question.Changed is { } changed ? [.. before.Select(c => c.Id == changed.Id ? changed : c)] : before;
        return (() => new Ledger(_index, before, was, scope), LayAfter);

        Ledger LayAfter()
        {
            var ledger = new Ledger(_index, after, now, scope);
            foreach (WorkerDay day in question.Added.Where(d => !_season.Contains(d.Date)))
            {
                ledger.OutsideSeason.Add((_index.Workers[day.Worker], local[_ledger.CrewNumbers[day.Crew]], day.Date));
            }

            return ledger;
        }

        LedgerRow RowOf(WorkerDay day) =>
            new(_index.Workers[day.Worker], local[_ledger.CrewNumbers[day.Crew]], _season.DayIndex(day.Date));
    }

    private void AddPools(HouseholdId household, List<(HouseholdDuty[] Duties, MutualHelpGroupId? Group)> pools, HashSet<MutualHelpGroupId> groups)
    {
        foreach (HouseholdDuty duty in _duties[household])
        {
            if (duty.Group is not { } group)
            {
                pools.Add(([duty], null));
            }
            else if (groups.Add(group))
            {
                pools.Add(([.. _groups[group]], group));
            }
        }
    }

    /// <summary>Worker-days of rows that are not in the scope: the whole plan's less those of the scope's own rows.</summary>
    private void CountFilledElsewhere(CheckScope scope, List<int> rows, int[] crews, Crew? changed)
    {
        int[] Elsewhere(int order)
        {
            if (!scope.FilledElsewhere.TryGetValue(order, out int[]? elsewhere))
            {
                scope.FilledElsewhere[order] = elsewhere = [.. _ledger.Filled[order] ?? new int[_index.Days]];
            }

            return elsewhere;
        }

        foreach (int row in rows)
        {
            Elsewhere(_ledger.CrewOrder[_ledger.RowCrew[row]])[_ledger.RowDay[row]]--;
        }

        // Orders that may get worker-days though the scope has no row of theirs yet.
        foreach (int order in crews.Select(c => _ledger.CrewOrder[c]).Concat(changed is { } other ? [_index.Orders[other.Order]] : []))
        {
            Elsewhere(order);
        }
    }

    /// <summary>What is found now and was not before; both in their order.</summary>
    private static ImmutableArray<Violation> NewOnes(ImmutableArray<Violation> old, ImmutableArray<Violation> found)
    {
        if (old.IsEmpty)
        {
            return found;
        }

        var fresh = ImmutableArray.CreateBuilder<Violation>();
        int next = 0;
        foreach (Violation violation in found)
        {
            while (next < old.Length && Findings.Compare(old[next], violation) < 0)
            {
                next++;
            }

            if (next < old.Length && Findings.Compare(old[next], violation) == 0)
            {
                next++;
            }
            else
            {
                fresh.Add(violation);
            }
        }

        return fresh.ToImmutable();
    }

    private IEnumerable<int> RowsOf(int worker)
    {
        (int start, int end) = _ledger.RowsOf(worker);
        return Enumerable.Range(start, end - start);
    }

    private IEnumerable<int> RowsOfCrew(int crew)
    {
        for (int i = _ledger.CrewStart[crew]; i < _ledger.CrewStart[crew + 1]; i++)
        {
            yield return _ledger.ByCrew[i];
        }
    }

    /// <summary>Rows of everybody who lodges at the crew's site while it stands, and on the day.</summary>
    private IEnumerable<int> StaysBeside(int crew, int? day = null)
    {
        (int first, int last) = Extent(crew);
        return StaysAt(_ledger.CrewSite[crew], _ledger.Crews[crew].Mode, (Math.Min(first, day ?? first), Math.Max(last, day ?? last)));
    }

    /// <summary>Rows of everybody who lodges at the site within the days: beds are counted over all of them.</summary>
    private IEnumerable<int> StaysAt(int site, CrewMode mode, (int First, int Last) days) => mode == CrewMode.Commute ? [] :
        _lodgersAt[site].Where(c => Extent(c) is var stay && stay.First <= days.Last && stay.Last >= days.First).SelectMany(RowsOfCrew);

    /// <summary>The first and last day the crew has rows on; none (First &gt; Last) without rows.</summary>
    private (int First, int Last) Extent(int crew)
    {
        (int start, int end) = (_ledger.CrewStart[crew], _ledger.CrewStart[crew + 1]);
        return start == end ? (int.MaxValue, int.MinValue) : (_ledger.RowDay[_ledger.ByCrew[start]], _ledger.RowDay[_ledger.ByCrew[end - 1]]);
    }

    /// <summary>A change, and what of the plan it can concern.</summary>
    private sealed class Question
    {
        /// <summary>Workers whose days change, each once.</summary>
        public required int[] Movers { get; init; }

        /// <summary>Days of theirs that a rule can see.</summary>
        public required (int First, int Last) Seen { get; init; }

        /// <summary>Whether the days on which they work or stay change, so that duties at home are asked (H1).</summary>
        public bool LeavesHome { get; init; }

        /// <summary>Crews that change.</summary>
        public required int[] Crews { get; init; }

        /// <summary>Rows of those who share beds with them.</summary>
        public required IEnumerable<int> StayRows { get; init; }

        public required HashSet<DateOnly> Dates { get; init; }

        public ImmutableArray<WorkerDay> Removed { get; init; } = [];

        public ImmutableArray<WorkerDay> Added { get; init; } = [];

        /// <summary>The crew as it would be, where its order changes.</summary>
        public Crew? Changed { get; init; }

        public required IReadOnlyCollection<RideChange> Rides { get; init; }
    }
}
