using System.Collections.Immutable;
using System.Globalization;
using Matching.Checking;
using Matching.Comparing;
using Matching.Model;
using Matching.Planning;
using Matching.Planning.Compiled;
using Matching.Planning.Crews;
using Matching.Planning.Flow;
using Matching.Planning.Improve;
using Matching.Planning.State;
using Matching.Planning.Trips;
using Matching.Plans;
using Matching.Rules;

namespace Matching.Repairing;

/// <summary>
/// One repair: load what is still legal, hand over crews that lost their leader, fill what was lost within what the plan had
/// filled, make legal, search around what was hit while time lasts, write.
/// </summary>
internal sealed partial class RepairRun
{
    /// <summary>Share of the time so far that writing takes at the end.</summary>
    private const double WritingShare = 0.8;
    private readonly Season _before;
    private readonly Plan _plan;
    private readonly Season _season;
    private readonly RepairOptions _options;
    private readonly TimeProvider _clock;
    private readonly CancellationToken _cancelled;
    private readonly long _started;
    private readonly Random _random;
    private readonly CompiledSeason _c;
    private readonly PlanState _state;
    private readonly PlanLoader _loader;
    private readonly LoadedPlan _loaded;
    private readonly CrewSurgery _surgery;
    private readonly SearchTools _tools;
    private readonly StayTax _tax;
    private readonly int[] _target;
    private readonly int _firstOpen;
    private readonly int _lastFrozen;
    private readonly List<(int Order, int Day)> _cells = [];
    private readonly Task<Worth> _worthBefore;
    private ImmutableArray<PinConflict> _conflicts = [];

    public RepairRun(Season before, Plan plan, Season season, RepairOptions options, TimeProvider clock, CancellationToken cancelled)
    {
        (_before, _plan, _season, _options, _clock, _cancelled) = (before, plan, season, options, clock, cancelled);
        _started = clock.GetTimestamp();
        _worthBefore = Task.Run(() => PlanChecker.WorthOf(before, plan), CancellationToken.None);
        _random = new Random(unchecked((int)(options.Seed ^ (options.Seed >> 32))));
        _firstOpen = FirstOpenDay();
        _lastFrozen = options.FreezeUntil is { } until ? season.DayIndex(until) : -1;
        _c = new CompiledSeason(season);
        _tools = new SearchTools(_c, new WorkMeter(), priced: false);
        _state = _tools.State;
        _target = [.. _c.Target];
        _loader = new PlanLoader(_c, _state);
        _loaded = _loader.Load(plan, IsFixed);
        _surgery = new CrewSurgery(_c, _state, _loaded);
        _tax = new StayTax(_c, _state, _loaded, options, Math.Max(0, _firstOpen));
    }

    private double Elapsed => _clock.GetElapsedTime(_started).TotalSeconds;

    public RepairResult Run()
    {
        Work();
        return Result();
    }

    private void Work()
    {
        OpenCells();
        _surgery.Settle(_c.MostForSeat());
        if (!_season.Pins.IsEmpty)
        {
            _conflicts = new PinForcer(_c, _state, _loader).Force();
            _surgery.Settle(_c.MostForSeat());
        }

        _state.Commit();
        HandOver();
        Refill();
        _surgery.LegalizeAll();
        CloseFixedDays();
        double left = _options.Seconds - Elapsed;
        Search(Elapsed + (_options.SearchSeconds ?? Math.Max(0, left - (WritingShare * Elapsed))));
        _surgery.LegalizeAll();
        _state.Commit();
        _target.CopyTo(_c.Target, 0);
    }

    private int FirstOpenDay()
    {
        if (_options.Now is not { } now)
        {
            return 0;
        }

        int day = _season.DayIndex(now);
        bool left = _options.Time is { } time && _plan.Trips.Any(t => t.Date == now && t.Departs <= time);
        return left ? day + 1 : day;
    }

    private bool IsFixed(int day) => day < _firstOpen || day <= _lastFrozen;

    /// <summary>
    /// How far each order's day may be filled: as the plan had filled it, more where demand rose, and to the target where
    /// something new is offered. The search then only works where something was lost or may be won.
    /// </summary>
    private void OpenCells()
    {
        int[] had = new int[_c.Orders * _c.Days];
        for (int u = 0; u < _c.Units.Length; u++)
        {
            for (int d = 0; d < _c.Days; d++)
            {
                int crew = _loaded.BaseCrew[(u * _c.Days) + d];
                if (crew >= 0 && _loaded.Crews[crew].Order is int order and >= 0)
                {
                    had[(order * _c.Days) + d] += _c.Units[u].Size;
                }
            }
        }

        long[] more = new long[had.Length];
        bool all = _options.Everywhere || (!_options.FocusOnly && Offers.SomethingNew(_before, _season));
        if (!_options.FocusOnly)
        {
            var old = _before.Demand.ToDictionary(d => (d.Order, d.Date), d => d.Target);
            foreach (DailyDemand demand in _season.Demand)
            {
                more[CellOf(demand.Order, demand.Date)] = Math.Max(0, demand.Target - old.GetValueOrDefault((demand.Order, demand.Date)));
            }
        }

        foreach ((OrderId order, DateOnly date) in _options.Focus)
        {
            more[CellOf(order, date)] = int.MaxValue;
        }

        for (int o = 0; o < _c.Orders; o++)
        {
            for (int d = 0; d < _c.Days; d++)
            {
                int at = (o * _c.Days) + d;
                if (!all || IsFixed(d))
                {
                    _c.Target[at] = (int)Math.Min(_target[at], had[at] + (IsFixed(d) ? 0 : more[at]));
                }

                if (!IsFixed(d) && _state.Room(o, d) > 0)
                {
                    _cells.Add((o, d));
                }
            }
        }
    }

    private int CellOf(OrderId order, DateOnly date) => (_loader.Orders[order] * _c.Days) + _season.DayIndex(date);

    /// <summary>Done and frozen days take nobody on: from now on nothing is added there.</summary>
    private void CloseFixedDays()
    {
        bool any = false;
        for (int d = 0; d < _c.Days; d++)
        {
            if (!IsFixed(d))
            {
                continue;
            }

            any = true;
            foreach (Unit unit in _c.Units)
            {
                unit.Available[d] = false;
            }

            for (int b = 0; b < _c.Brokers; b++)
            {
                _c.CanLead[(b * _c.Days) + d] = false;
            }
        }

        if (any)
        {
            _state.EndLoading();
        }

        _state.Commit();
    }

    private void Search(double until)
    {
        _cells.RemoveAll(cell => _state.Room(cell.Order, cell.Day) <= 0);
        bool free = _firstOpen <= 0 && _lastFrozen < 0;
        Improver? improver = _options.Everywhere && free ? new Improver(_tools, _clock, []) : null;
        var neighbourhood = new HitNeighbourhood(_c, _state, _tools.Builder, _tools.Scout, _cells);
        int idle = 0;
        while (!_cancelled.IsCancellationRequested && Elapsed < until)
        {
            if (improver is not null)
            {
                improver.Step(_random, 0);
                continue;
            }

            if (_cells.Count == 0 || idle > _options.Patience)
            {
                return;
            }

            idle = Attempt(() => neighbourhood.Try(_random) && _surgery.SettlesWell()) ? 0 : idle + 1;
        }
    }

    /// <summary>Does something and keeps it only when the plan gains more than the tax on what it changes.</summary>
    private bool Attempt(Func<bool> change)
    {
        double before = _state.Net;
        (int, double) mark = _state.Mark();
        if (change() && _state.Net - before - _tax.Since(mark) > 0.005)
        {
            Keep(mark);
            return true;
        }

        _state.UndoTo(mark);
        return false;
    }

    private void Keep((int, double) mark)
    {
        _tax.Accept(mark);
        _state.Commit();
    }

    private RepairResult Result()
    {
        bool sameRoads = _before.Road == _season.Road && _before.Travel.AsSpan().SequenceEqual(_season.Travel.AsSpan());
        var writer = new KeptPlanWriter(_c, _state, _loaded, sameRoads);
        Plan plan = writer.Write(copyDays: true);
        Worth worthBefore = _worthBefore.GetAwaiter().GetResult();
        Task<PlanDiff> diff = Compare(plan, worthBefore);
        CheckResult check = PlanChecker.Check(_season, plan);
        if (check.Violations.Any(v => v.Rule != RuleCode.P1))
        {
            plan = writer.Write(copyDays: false);
            diff = Compare(plan, worthBefore);
            check = PlanChecker.Check(_season, plan);
        }

        if (check.Violations.FirstOrDefault(v => v.Rule != RuleCode.P1) is { } broken)
        {
            throw new InvalidOperationException($"The repair left a broken rule: {broken}");
        }

        plan = plan with
        {
            Shortages = check.Shortages,
            Facts = new PlanFacts { Worth = check.Worth, Seed = _options.Seed, Seconds = Math.Round(Elapsed, 3), Settings = Settings() },
        };
        return new RepairResult
        {
            Season = _season,
            Plan = plan,
            Diff = diff.GetAwaiter().GetResult() with { Parts = PlanComparer.Less(check.Worth, worthBefore) },
            Hit = [.. HitDays()],
            Standby = new StandbySearch(_c, _state, _loaded, writer.CrewIds).Find(Math.Max(0, _firstOpen)),
            PinConflicts = NotKept(plan),
        };
    }

    /// <summary>Compares row by row while the plan is checked; the worth follows.</summary>
    private Task<PlanDiff> Compare(Plan plan, Worth worth) =>
        Task.Run(() => PlanComparer.Compare(_before, _plan, worth, _season, plan, worth), CancellationToken.None);

    /// <summary>Pins the plan does not keep: refused at once, or lost with a crew that could not be made legal.</summary>
    private ImmutableArray<PinConflict> NotKept(Plan plan)
    {
        if (_season.Pins.IsEmpty)
        {
            return [];
        }

        Dictionary<CrewId, Crew> crews = plan.Crews.ToDictionary(c => c.Id);
        HashSet<Pin> kept = [.. plan.WorkerDays.Select(d => new Pin(d.Date, crews[d.Crew].Broker, crews[d.Crew].Order, d.Worker))];
        Dictionary<Pin, PinConflict> known = _conflicts.ToDictionary(c => c.Pin);
        return
        [
            .. _season.Pins.Distinct().Where(p => !kept.Contains(p)).Select(p => known.GetValueOrDefault(p) ?? PinForcer.Conflict(
                p, RuleCode.C1, "the crew cannot reach its least size, experience or seats that day")),
        ];
    }

    private IEnumerable<WorkerDay> HitDays() =>
        from lost in _loaded.Lost.OrderBy(l => l.Day).ThenBy(l => l.Unit)
        from member in _c.Units[lost.Unit].Members
        select new WorkerDay(_season.Day(lost.Day), _plan.Crews[lost.Crew].Id, _season.Workers[member].Id);

    private ImmutableSortedDictionary<string, string> Settings()
    {
        var settings = ImmutableSortedDictionary.CreateBuilder<string, string>();
        settings["stay"] = _options.Stay.ToString(CultureInfo.InvariantCulture);
        settings["seconds"] = _options.Seconds.ToString(CultureInfo.InvariantCulture);
        if (_options.Now is { } now)
        {
            settings["now"] = now.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        }

        if (_options.FreezeUntil is { } until)
        {
            settings["freezeUntil"] = until.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        }

        return settings.ToImmutable();
    }
}
