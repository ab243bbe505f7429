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

    private PlanBoard(Season season, Plan plan)
    {
        _season = season;
        Plan = plan;
        _index = new SeasonIndex(season);
        _ledger = new Ledger(_index, plan);
        var fleet = new Fleet(_ledger, plan);
        var demand = new DemandCheck(_ledger, new Findings());
        demand.Run();
        _delivered = demand.Delivered;
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
            return Judge(
                [who], crews, crews.SelectMany(c => StaysBeside(c, day)), new HashSet<DateOnly> { date },
                [.. from.Where(f => f != to).Select(f => new WorkerDay(date, _ledger.Crews[f].Id, worker))],
                to < 0 || from.Contains(to) ? [] : [new WorkerDay(date, _ledger.Crews[to].Id, worker)], null, [rides]);
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
            var rides = new List<RideChange>();
            var dates = new HashSet<DateOnly>();
            foreach (DateOnly date in RowsOfCrew(number).Select(r => _season.Day(_ledger.RowDay[r])).Concat(_trips.Of(number).Select(t => t.Trip.Date)).Distinct())
            {
                dates.Add(date);
                rides.Add(new RideChange(_trips, date));
                rides[^1].Show(number);
            }

            foreach (Group group in GroupsOf(number))
            {
                RideChange day = rides.First(r => r.Date == _season.Day(group.Day));
                if (was.Mode == CrewMode.Commute && siteTo != _ledger.CrewSite[number])
                {
                    day.TakeOff(number, crew, group.Village, group.Members);
                    day.Seat(now, group.Village, siteTo, _season.Orders[to], group.Members);
                }
            }

            int[] members = [.. RowsOfCrew(number).Select(r => _ledger.RowWorker[r]).Distinct()];
            return Judge(members, [number], [.. StaysAt(siteTo, was.Mode, Extent(number)), .. StaysBeside(number)], dates, [], [], now, rides);
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
            return Judge([], crews, [], new HashSet<DateOnly> { run.Trip.Date }, [], [], null, [rides]);
        }
    }

    private static Worth Nothing => new(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    private Trial Judge(
        int[] movers, int[] crews, IEnumerable<int> stayRows, HashSet<DateOnly> dates, ImmutableArray<WorkerDay> removed,
        ImmutableArray<WorkerDay> added, Crew? changed, IReadOnlyList<RideChange> rides)
    {
        // Whoever shares a rule with the movers: partners and households on the days, the crews' members of the days.
        var partners = new HashSet<int>();
        var pairs = new HashSet<WorkerPair>();
        var pools = new List<(HouseholdDuty[] Duties, MutualHelpGroupId? Group)>();
        var groups = new HashSet<MutualHelpGroupId>();
        var households = new HashSet<HouseholdId>();
        foreach (int mover in movers)
        {
            foreach (WorkerPair pair in _pairs.GetValueOrDefault(mover) ?? [])
            {
                pairs.Add(pair);
                partners.Add(_index.Workers[pair.WorkerA]);
                partners.Add(_index.Workers[pair.WorkerB]);
            }

            if (_season.Workers[mover].Household is { } household && households.Add(household))
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

        HashSet<int> days = [.. dates.Select(_season.DayIndex)];
        bool Matters(int row) => days.Contains(_ledger.RowDay[row]);
        var rows = new HashSet<int>(movers.SelectMany(RowsOf));
        bool Lodges(int crew) => _ledger.Crews[crew].Mode == CrewMode.Lodge;
        bool staysChange = Array.Exists(crews, Lodges);
        rows.UnionWith(partners.SelectMany(RowsOf).Where(r => staysChange || Matters(r) || Lodges(_ledger.RowCrew[r])));
        rows.UnionWith(stayRows);
        foreach (int crew in crews)
        {
            rows.UnionWith(RowsOfCrew(crew).Where(Matters));
        }

        WorkerDay[] before = [.. rows.Select(r => new WorkerDay(_season.Day(_ledger.RowDay[r]), _ledger.Crews[_ledger.RowCrew[r]].Id, _season.Workers[_ledger.RowWorker[r]].Id))];
        TripRun[] tripsBefore = [.. rides.SelectMany(r => r.Before)];
        Trip[] tripsAfter = [.. rides.SelectMany(r => r.After)];
        var named = new HashSet<int>(rows.Select(r => _ledger.RowCrew[r]));
        named.UnionWith(crews);
        named.UnionWith(tripsBefore.SelectMany(t => t.Stops).SelectMany(s => s.Groups).Select(g => g.Crew));
        int[] order = [.. named.Order()];
        var scope = new CheckScope
        {
            Workers = [.. movers.Order()],
            Crews = crews.Select(c => _ledger.Crews[c].Id).ToHashSet(),
            Pools = pools,
            Households = _households,
            Pairs = pairs,
            Pins = [.. movers.SelectMany(m => _pins[_season.Workers[m].Id])],
        };
        var planBefore = new Plan
        {
            Crews = [.. order.Select(c => _ledger.Crews[c])],
            WorkerDays = [.. before],
            Trips = [.. tripsBefore.Select(t => t.Trip)],
        };
        HashSet<WorkerDay> gone = [.. removed];
        var planAfter = new Plan
        {
            Crews = [.. order.Select(c => changed is { } other && other.Id == _ledger.Crews[c].Id ? other : _ledger.Crews[c])],
            WorkerDays = [.. before.Where(d => !gone.Contains(d)), .. added],
            Trips = [.. tripsAfter],
        };
        CountFilledElsewhere(scope, rows, crews, changed);
        var ledgerBefore = new Ledger(_index, planBefore, scope);
        var own = new DemandCheck(ledgerBefore, new Findings());
        own.Run();
        scope.DeliveredElsewhere = [.. _delivered.Select((all, i) => all - own.Delivered[i])];

        // A part of a plan may seem to break rules that the whole keeps: what stands in both is no news.
        Inspection old = Inspection.Of(ledgerBefore, planBefore);
        Inspection found = Inspection.Of(new Ledger(_index, planAfter, scope), planAfter);
        Worth after = _worth.After(old.Count, found.Count);
        return new Trial
        {
            Breaks = NewOnes(old.Findings.InOrder(), found.Findings.InOrder()),
            Parts = Comparing.PlanComparer.Less(after, _before),
            Removed = removed,
            Added = added,
            TripsRemoved = [.. rides.SelectMany(r => r.Removed)],
            TripsAdded = [.. rides.SelectMany(r => r.Added)],
            Crew = changed,
        };
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
    private void CountFilledElsewhere(CheckScope scope, HashSet<int> rows, int[] crews, Crew? changed)
    {
        int[] Elsewhere(int order)
        {
            if (!scope.FilledElsewhere.TryGetValue(order, out int[]? elsewhere))
            {
                scope.FilledElsewhere[order] = elsewhere = [.. Enumerable.Range(0, _index.Days).Select(day => _ledger.FilledOn(order, day))];
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

    private static ImmutableArray<Violation> NewOnes(IEnumerable<Violation> old, IEnumerable<Violation> found)
    {
        var left = new Dictionary<Violation, int>();
        foreach (Violation violation in old)
        {
            left[violation] = left.GetValueOrDefault(violation) + 1;
        }

        var fresh = ImmutableArray.CreateBuilder<Violation>();
        foreach (Violation violation in found)
        {
            if (left.TryGetValue(violation, out int times) && times > 0)
            {
                left[violation] = times - 1;
            }
            else
            {
                fresh.Add(violation);
            }
        }

        return fresh.ToImmutable();
    }

    /// <summary>The crew's members by day and village; groups stand in the order of crews.</summary>
    private ArraySegment<Group> GroupsOf(int crew)
    {
        int FirstFrom(int number)
        {
            (int low, int high) = (0, _ledger.Groups.Length);
            while (low < high)
            {
                int middle = (low + high) / 2;
                (low, high) = _ledger.Groups[middle].Crew < number ? (middle + 1, high) : (low, middle);
            }

            return low;
        }

        int start = FirstFrom(crew);
        return new ArraySegment<Group>(_ledger.Groups, start, FirstFrom(crew + 1) - start);
    }

    private IEnumerable<int> RowsOf(int worker) =>
        Enumerable.Range(_ledger.WorkerStart[worker], _ledger.WorkerStart[worker + 1] - _ledger.WorkerStart[worker]);

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
}
