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
                    rides.TakeOff(_ledger.Crews[crewFrom].Id, village, 1);
                }
            }

            if (to >= 0 && !from.Contains(to) && _ledger.Crews[to].Mode == CrewMode.Commute && _season.Contains(date))
            {
                rides.Seat(_ledger.Crews[to], village, _ledger.CrewSite[to], _season.Orders[_ledger.CrewOrder[to]], 1);
            }

            int[] crews = to < 0 ? from : [.. from.Append(to).Distinct()];
            Array.ForEach(crews, rides.Show);
            return Judge(
                [who], crews, crews.SelectMany(StaysBeside), new HashSet<DateOnly> { date },
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

            foreach (Group group in _ledger.Groups.Where(g => g.Crew == number))
            {
                RideChange day = rides.First(r => r.Date == _season.Day(group.Day));
                if (was.Mode == CrewMode.Commute && siteTo != _ledger.CrewSite[number])
                {
                    day.TakeOff(crew, group.Village, group.Members);
                    day.Seat(now, group.Village, siteTo, _season.Orders[to], group.Members);
                }
            }

            int[] members = [.. RowsOfCrew(number).Select(r => _ledger.RowWorker[r]).Distinct()];
            return Judge(members, [number], [.. StaysAt(siteTo, was.Mode), .. StaysBeside(number)], dates, [], [], now, rides);
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
        // Whoever shares a rule with the movers: partners, households, the crews' members of the day.
        var workers = new HashSet<int>(movers);
        var pairs = new HashSet<WorkerPair>();
        var pools = new List<(HouseholdDuty[] Duties, MutualHelpGroupId? Group)>();
        var groups = new HashSet<MutualHelpGroupId>();
        var households = new HashSet<HouseholdId>();
        foreach (int mover in movers)
        {
            foreach (WorkerPair pair in _pairs.GetValueOrDefault(mover) ?? [])
            {
                pairs.Add(pair);
                workers.Add(_index.Workers[pair.WorkerA]);
                workers.Add(_index.Workers[pair.WorkerB]);
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
                workers.UnionWith(_households.GetValueOrDefault(duty.Household) ?? []);
            }
        }

        var rows = new HashSet<int>(workers.SelectMany(RowsOf));
        rows.UnionWith(stayRows);
        foreach (int crew in crews)
        {
            rows.UnionWith(RowsOfCrew(crew).Where(r => dates.Contains(_season.Day(_ledger.RowDay[r]))));
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
            Workers = [.. workers.Order()],
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
        CountElsewhere(scope, planBefore, changed);
        (List<Violation> old, WorthCount oldCount) = Check(scope, planBefore);
        (List<Violation> found, WorthCount newCount) = Check(scope, planAfter);
        Worth after = _worth.After(oldCount, newCount);
        return new Trial
        {
            Breaks = NewOnes(old, found),
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

    /// <summary>Sums of rows that are not in the scope: the whole plan's less those of the scope's own rows.</summary>
    private void CountElsewhere(CheckScope scope, Plan before, Crew? changed)
    {
        var own = new Ledger(_index, before);
        IEnumerable<int> orders = own.CrewOrder;
        foreach (int order in (changed is { } other ? orders.Append(_index.Orders[other.Order]) : orders).Distinct())
        {
            int[] elsewhere = new int[_index.Days];
            for (int day = 0; day < elsewhere.Length; day++)
            {
                elsewhere[day] = _ledger.FilledOn(order, day) - own.FilledOn(order, day);
            }

            scope.FilledElsewhere[order] = elsewhere;
        }

        var demand = new DemandCheck(own, new Findings());
        demand.Run();
        scope.DeliveredElsewhere = [.. _delivered.Select((all, i) => all - demand.Delivered[i])];
    }

    private (List<Violation> Violations, WorthCount Count) Check(CheckScope scope, Plan plan)
    {
        Inspection inspection = Inspection.Of(new Ledger(_index, plan, scope), plan);
        return ([.. inspection.Findings.InOrder()], inspection.Count);
    }

    private static ImmutableArray<Violation> NewOnes(List<Violation> old, List<Violation> found)
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

    private IEnumerable<int> RowsOf(int worker) =>
        Enumerable.Range(_ledger.WorkerStart[worker], _ledger.WorkerStart[worker + 1] - _ledger.WorkerStart[worker]);

    private IEnumerable<int> RowsOfCrew(int crew)
    {
        for (int i = _ledger.CrewStart[crew]; i < _ledger.CrewStart[crew + 1]; i++)
        {
            yield return _ledger.ByCrew[i];
        }
    }

    private IEnumerable<int> StaysBeside(int crew) => StaysAt(_ledger.CrewSite[crew], _ledger.Crews[crew].Mode);

    /// <summary>Rows of everybody who lodges at the site: beds are counted over all of them.</summary>
    private IEnumerable<int> StaysAt(int site, CrewMode mode) => mode == CrewMode.Commute ? [] :
        Enumerable.Range(0, _ledger.Crews.Length)
            .Where(c => _ledger.Crews[c].Mode == CrewMode.Lodge && _ledger.CrewSite[c] == site)
            .SelectMany(RowsOfCrew);
}
