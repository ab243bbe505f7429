using System.Collections.Immutable;
using System.Globalization;
using Google.OrTools.Sat;
using Matching.Model;
using Matching.Planning.Solver;
using Matching.Plans;
using Matching.Rules;

namespace Matching.Planning.Exact;

/// <summary>
/// A small season as one whole CP-SAT model: every engagement as a column, every worker-day, every useful morning of every
/// vehicle, every rule, every cost. It works on the season itself and shares no bookkeeping with the search, so that either can
/// be held against the other.
/// </summary>
internal sealed class ExactSeasonModel
{
    /// <summary>Deterministic seconds of the first attempt.</summary>
    private const double WorkWithoutCuts = 0.5;

    /// <summary>Variables up to which the first attempt without cutting planes is worth its time.</summary>
    private const int MostWithoutCuts = 2_000;

    private readonly Season _season;
    private readonly CpModel _model = new();
    private readonly ExactMoney _money = new();
    private readonly ExactTransport _transport;
    private readonly CrewColumns _crews;

    private ExactSeasonModel(Season season, ExactTransport transport, ExactSize most)
    {
        _season = season;
        _transport = transport;
        _crews = new CrewColumns(season, _model, _money, _transport.CanRide, most);
    }

    /// <summary>The season's model, or null when it is larger than allowed or its numbers are.</summary>
    /// <param name="season">The season.</param>
    /// <param name="most">How large the model may be.</param>
    public static ExactSeasonModel? Build(Season season, ExactSize most)
    {
        ArgumentNullException.ThrowIfNull(season);
        if (!ExactNumbers.Fit(season))
        {
            return null;
        }

        var transport = new ExactTransport(season, most.Mornings);
        if (transport.IsTooLarge || transport.ScheduleCount > most.Variables)
        {
            return null;
        }

        var model = new ExactSeasonModel(season, transport, most);
        if (model._crews.IsTooLarge)
        {
            return null;
        }

        model.AddRules();
        return model._money.Fits ? model : null;
    }

    /// <summary>Solves a season that is known to be tiny to proven optimality, or as far as the time allows.</summary>
    /// <param name="season">The season.</param>
    /// <param name="seconds">Most seconds.</param>
    /// <param name="threads">Threads of the solver.</param>
    /// <exception cref="ArgumentException">The season is too large.</exception>
    public static ExactSolution Solve(Season season, double seconds = 600, int threads = 1) =>
        (Build(season, ExactSize.Largest) ?? throw new ArgumentException("The season is too large for the exact model.", nameof(season)))
            .Solve(new ExactEffort(seconds, threads), CancellationToken.None);

    /// <summary>Solves to proven optimality, or as far as the effort goes.</summary>
    /// <param name="effort">When to stop without a proof.</param>
    /// <param name="cancelled">Stops the solver; what it has is given.</param>
    public ExactSolution Solve(ExactEffort effort, CancellationToken cancelled)
    {
        if (_model.Model.Variables.Count > MostWithoutCuts)
        {
            return Solve(effort, "cut_level:1", cancelled);
        }

        // Most tiny seasons are quickest without cutting planes, a few only end with them.
        ExactSolution quick = Solve(effort with { Work = Math.Min(WorkWithoutCuts, effort.Work) }, "cut_level:0", cancelled);
        if (quick.Status != ExactStatus.Unfinished || cancelled.IsCancellationRequested)
        {
            return quick;
        }

        ExactEffort rest = effort with { Seconds = Math.Max(0, effort.Seconds - quick.Seconds), Work = Math.Max(0, effort.Work - quick.Work) };
        return quick.Then(Solve(rest, "cut_level:1", cancelled));
    }

    private ExactSolution Solve(ExactEffort effort, string more, CancellationToken cancelled)
    {
        using CpSolver solver = new()
        {
            StringParameters = string.Create(
                CultureInfo.InvariantCulture,
                $"max_time_in_seconds:{effort.Seconds},max_deterministic_time:{effort.Work},num_workers:{effort.Threads},relative_gap_limit:0,absolute_gap_limit:0,random_seed:1,linearization_level:2,{more}"),
        };
        CpSolverStatus status = solver.SolveUntil(_model, cancelled);
        ExactSolution found = status switch
        {
            CpSolverStatus.Optimal => Read(solver, ExactStatus.Optimal),
            CpSolverStatus.Feasible => Read(solver, ExactStatus.Unfinished),
            CpSolverStatus.Infeasible => new(ExactStatus.Infeasible, null, null, null),

            // A solver stopped before its first bound gives the number 0, so without a plan its bound says nothing.
            CpSolverStatus.Unknown => new(ExactStatus.Unfinished, null, null, null),
            _ => throw new InvalidOperationException($"The exact model is {status}: {_model.Validate()}"),
        };
        return found with { Work = solver.Response!.DeterministicTime, Seconds = solver.WallTime() };
    }

    private void AddRules()
    {
        _transport.AddTo(_model, _money, _crews);
        AddDemand();
        AddAgreements();
        AddWorkLimits();
        AddHouseholds();
        AddPairs();
        AddBeds();
        AddPins();

        // What a plan can have at most of anything priced by an inexact coefficient: mornings, coaches, late target days,
        // days short of a work share.
        long mostInexact = _transport.VehicleDays + ((long)_season.Workers.Length * _season.DayCount)
            + _season.Demand.Sum(d => (long)d.Target) + _season.Workers.Sum(w => (long)w.TargetDays) + _season.Agreements.Sum(a => (long)a.MinDays);
        _money.Maximize(_model, mostInexact);
    }

    private ExactSolution Read(CpSolver solver, ExactStatus status)
    {
        List<(CrewColumn Column, CrewId Id)> running = [.. _crews.All
            .Where(c => solver.BooleanValue(c.Runs)).Select((c, i) => (c, new CrewId($"c{i + 1}")))];
        ImmutableArray<WorkerDay> workerDays = [..
            from r in running
            from day in Enumerable.Range(r.Column.From, r.Column.To - r.Column.From + 1)
            from worker in Enumerable.Range(0, _season.Workers.Length)
            let works = r.Column.WorksOn(worker, day)
            where works is not null && solver.BooleanValue(works)
            select new WorkerDay(_season.Day(day), r.Id, _season.Workers[worker].Id)];
        Dictionary<(OrderId, DateOnly), int> filled = workerDays
            .GroupBy(w => (running.First(r => r.Id == w.Crew).Column.Order.Id, w.Date)).ToDictionary(g => g.Key, g => g.Count());
        Plan plan = new()
        {
            Crews = [.. running.Select(r => new Crew(
                r.Id, r.Column.Broker.Id, r.Column.Order.Id, _season.Day(r.Column.From), _season.Day(r.Column.To), r.Column.Mode))],
            WorkerDays = workerDays,
            Trips = _transport.Read(solver, running),
            Shortages = [.. _season.Demand
                .Select(d => new Shortage(d.Order, d.Date, d.Required, d.Target, filled.GetValueOrDefault((d.Order, d.Date))))
                .Where(s => s.Filled < s.Target)],
        };
        return new(status, plan, _money.Read(solver), Ceiling(solver));
    }

    /// <summary>What the solver has proven; it counts in whole numbers, so nothing has to be added for its tolerances.</summary>
    private decimal Ceiling(CpSolver solver) =>
        Math.Floor((_money.FromSolver(solver.BestObjectiveBound) + _money.Tolerance + _money.RoundingRoom) * 100m) / 100m;

    private IEnumerable<BoolVar> Working(Func<CrewColumn, bool> column, Func<int, bool> worker, int day) =>
        from c in _crews.All
        where c.Holds(day) && column(c)
        from w in Enumerable.Range(0, _season.Workers.Length)
        where worker(w)
        let works = c.WorksOn(w, day)
        where works is not null
        select works;

    private IEnumerable<BoolVar> Away(int worker, int day) => _crews.All.Select(c => c.AwayOn(worker, day)).OfType<BoolVar>();

    // D1, D2 and the value of filled worker-days. A required day is worth more than a target day, so required days fill first
    // without being told to; only where both are worth the same they must be told, for the parts to be the contract's.
    private void AddDemand()
    {
        foreach (DailyDemand demand in _season.Demand)
        {
            int day = _season.DayIndex(demand.Date);
            Order order = _season.OrderById[demand.Order];
            PickingRound? round = _season.Rounds.FirstOrDefault(r => r.Order == demand.Order && r.Window.Contains(demand.Date));
            IntVar required = _model.NewIntVar(0, demand.Required, $"required/{order.Id}/{day}");
            IntVar target = _model.NewIntVar(0, demand.Target - demand.Required, $"target/{order.Id}/{day}");
            _model.Add(LinearExpr.Sum(Working(c => c.Order.Id == order.Id, _ => true, day)) == (LinearExpr)required + target);
            _money.Add(WorthPart.RequiredValue, required, order.ValueRequired, demand.Required);
            decimal late = round is null ? 1m : DemandRules.LateFactor(round, demand.Date);
            _money.Add(WorthPart.TargetValue, target, order.ValueTarget * late, demand.Target - demand.Required);
            if (order.ValueTarget * late == order.ValueRequired)
            {
                BoolVar isFull = _model.NewBoolVar($"full/{order.Id}/{day}");
                _model.Add(required == demand.Required).OnlyEnforceIf(isFull);
                _model.Add(target == 0).OnlyEnforceIf(isFull.Not());
            }
        }

        foreach (PickingRound round in _season.Rounds)
        {
            _model.Add(LinearExpr.Sum(Days(round.Window).SelectMany(d => Working(c => c.Order.Id == round.Order, _ => true, d))) <= round.WorkerDays);
        }
    }

    private void AddAgreements()
    {
        foreach (Agreement agreement in _season.Agreements)
        {
            LinearExpr delivered = LinearExpr.Sum(
                from day in Days(agreement.Window)
                from c in _crews.All
                where c.Holds(day) && DemandRules.Buys(_season, agreement, _season.SiteById[c.Order.Site])
                from w in Enumerable.Range(0, _season.Workers.Length)
                where DemandRules.Supplies(_season, agreement, _season.Workers[w].Village, c.Broker.Id)
                let works = c.WorksOn(w, day)
                where works is not null
                select works);
            if (agreement.MaxDays is { } most)
            {
                _model.Add(delivered <= most);
            }

            IntVar missing = _model.NewIntVar(0, agreement.MinDays, $"short/{agreement.Id}");
            _model.Add(missing >= agreement.MinDays - delivered);
            _money.Add(WorthPart.Agreements, missing, -agreement.Penalty, agreement.MinDays);
        }
    }

    private void AddWorkLimits()
    {
        int days = _season.DayCount;
        for (int worker = 0; worker < _season.Workers.Length; worker++)
        {
            Worker person = _season.Workers[worker];
            int index = worker;
            List<BoolVar>[] works = [.. Enumerable.Range(0, days).Select(d => Working(_ => true, w => w == index, d).ToList())];
            int row = Math.Min(_season.Work.MaxConsecutiveDays, days) + 1;
            for (int first = 0; first + row <= days; first++)
            {
                _model.Add(LinearExpr.Sum(works[first..(first + row)].SelectMany(x => x)) <= _season.Work.MaxConsecutiveDays);
            }

            for (int first = 0; first == 0 || first + 7 <= days; first++)
            {
                KeepHours(index, first, Math.Min(first + 7, days));
            }

            LinearExpr total = LinearExpr.Sum(works.SelectMany(x => x));
            if (person.MaxDays is { } most)
            {
                _model.Add(total <= most);
            }

            if (person.TargetDays > 0 && person.TargetWeight != 0m)
            {
                IntVar missing = _model.NewIntVar(0, person.TargetDays, $"share/{person.Id}");
                _model.Add(missing >= person.TargetDays - total);
                _money.Add(WorthPart.WorkShare, missing, -person.TargetWeight, person.TargetDays);
            }
        }
    }

    private void KeepHours(int worker, int first, int end)
    {
        long whole = ExactNumbers.ScaleOf(ExactNumbers.Hours(_season));
        LinearExprBuilder hours = LinearExpr.NewBuilder();
        for (int day = first; day < end; day++)
        {
            foreach (CrewColumn column in _crews.All)
            {
                if (column.WorksOn(worker, day) is { } works)
                {
                    hours.AddTerm(works, (long)(column.Order.Hours * whole));
                }
            }
        }

        _model.Add(hours <= (long)(WorkerRules.MostHoursPer7Days(_season.Work) * whole));
    }

    // H1: pooled over the households of a group whose own window holds the day; a household without a group pools alone.
    private void AddHouseholds()
    {
        for (int day = 0; day < _season.DayCount; day++)
        {
            int at = day;
            foreach (IGrouping<string, HouseholdDuty> pool in _season.HouseholdDuties
                .Where(d => d.Window.Contains(_season.Day(at))).GroupBy(d => d.Group is { } g ? $"group {g}" : $"household {d.Household}"))
            {
                List<int> members = [.. Enumerable.Range(0, _season.Workers.Length)
                    .Where(w => pool.Any(d => d.Household == _season.Workers[w].Household))];
                int keep = pool.Sum(d => Math.Min(d.KeepHome, _season.Workers.Count(w => w.Household == d.Household)));
                _model.Add(LinearExpr.Sum(members.SelectMany(w => Away(w, at))) <= members.Count - keep);
            }
        }
    }

    private void AddPairs()
    {
        Dictionary<WorkerId, int> index = _season.Workers.Select((w, i) => (w.Id, i)).ToDictionary(x => x.Id, x => x.i);
        foreach (WorkerPair pair in _season.Pairs)
        {
            (int a, int b) = (index[pair.WorkerA], index[pair.WorkerB]);
            for (int day = 0; day < _season.DayCount; day++)
            {
                int at = day;
                if (pair.Kind == PairKind.SameSite)
                {
                    foreach (Site site in _season.Sites)
                    {
                        _model.Add(LinearExpr.Sum(Working(c => c.Order.Site == site.Id, w => w == a, at)
                            .Concat(Working(c => c.Order.Site != site.Id, w => w == b, at))) <= 1);
                    }

                    continue;
                }

                foreach (CrewColumn column in _crews.All.Where(c => c.Holds(at)))
                {
                    LinearExpr first = LinearExpr.Sum(Of(column.WorksOn(a, at)));
                    LinearExpr second = LinearExpr.Sum(Of(column.WorksOn(b, at)));
                    _model.Add(pair.Kind == PairKind.Together ? first == second : first + second <= 1);
                }
            }
        }
    }

    private void AddBeds()
    {
        foreach (Site site in _season.Sites)
        {
            for (int day = 0; day < _season.DayCount; day++)
            {
                int at = day;
                _model.Add(LinearExpr.Sum(
                    from c in _crews.All
                    where c.Mode == CrewMode.Lodge && c.Order.Site == site.Id
                    from w in Enumerable.Range(0, _season.Workers.Length)
                    let stays = c.AwayOn(w, at)
                    where stays is not null
                    select stays) <= site.Beds);
            }
        }
    }

    private void AddPins()
    {
        foreach (Pin pin in _season.Pins)
        {
            _model.Add(LinearExpr.Sum(Working(
                c => c.Broker.Id == pin.Broker && c.Order.Id == pin.Order,
                w => _season.Workers[w].Id == pin.Worker, _season.DayIndex(pin.Date))) >= 1);
        }
    }

    private IEnumerable<int> Days(DayWindow window) => Enumerable.Range(0, _season.DayCount).Where(d => window.Contains(_season.Day(d)));

    private static IEnumerable<BoolVar> Of(BoolVar? variable) => variable is null ? [] : [variable];
}
