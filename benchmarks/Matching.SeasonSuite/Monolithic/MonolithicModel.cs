using System.Diagnostics;
using System.Globalization;
using Google.OrTools.Sat;
using Matching.Checking;
using Matching.Model;
using Matching.Plans;
using Matching.Rules;

namespace Matching.SeasonSuite.Monolithic;

/// <summary>What the monolithic model came to.</summary>
/// <param name="NetValue">Net value of its plan, judged by the checker; null when it found none better than sending nobody.</param>
/// <param name="Why">Why there is none, or the size of the model.</param>
/// <param name="Faults">Rules its plan breaks; empty unless the model is wrong.</param>
internal sealed record MonolithicOutcome(decimal? NetValue, string Why, IReadOnlyList<string> Faults)
{
    /// <summary>As a cell of a table.</summary>
    public string Text => NetValue is { } net ? net.ToString("N0", CultureInfo.InvariantCulture) : $"nothing ({Why})";
}

/// <summary>
/// The season as one worker-level CP-SAT model, as one would write it from the solver's documentation: a boolean for every
/// worker, crew leader, order, mode and day, and one for every vehicle, day and route. Morning routes call at one or two
/// villages and one site, once a day; everything else is the whole problem. Building counts in its time.
/// </summary>
internal sealed class MonolithicModel
{
    private const int MostVariables = 2_000_000;
    private const int MegabytesAllowed = 6000;
    private const int MostFaultsShown = 3;
    private const long Cents = 100;
    private const long ShareScale = 10_000;
    private const long HourScale = 1000;
    private readonly Season _season;
    private readonly AbsenceIndex _absences;
    private readonly CpModel _model = new();
    private readonly List<Slot> _slots = [];
    private readonly LinearExprBuilder _money = LinearExpr.NewBuilder();
    private readonly MonolithicTransport _transport;

    /// <summary>What a worker does on a day: crew slot, literal of working, and of being away (working or staying).</summary>
    private readonly List<(Slot Slot, BoolVar Works, BoolVar Away)>[] _doings;
    private readonly Func<bool> _isLate;

    /// <summary>Never true: the work of a day on which a worker may only stay.</summary>
    private readonly BoolVar _never;

    private MonolithicModel(Season season, Func<bool> isLate)
    {
        (_season, _isLate) = (season, isLate);
        _absences = new AbsenceIndex(season);
        _doings = new List<(Slot, BoolVar, BoolVar)>[season.Workers.Length * season.DayCount];
        for (int i = 0; i < _doings.Length; i++)
        {
            _doings[i] = [];
        }

        _never = NewBool();
        _model.Add(_never == 0);
        AddSlots();
        AddLeaders();
        AddWorkers();
        AddHouseholds();
        AddPairs();
        AddBeds();
        AddDemand();
        AddAgreements();
        AddPins();
        _transport = new MonolithicTransport(season, _absences, _model, _money, _slots, Watch);
        _model.Maximize(_money);
    }

    /// <summary>Builds and solves it within the time.</summary>
    /// <param name="season">The season.</param>
    /// <param name="seconds">For building and solving together.</param>
    /// <param name="threads">Threads of the solver.</param>
    /// <param name="nobody">What sending nobody is worth.</param>
    public static MonolithicOutcome Solve(Season season, double seconds, int threads, decimal nobody)
    {
        Stopwatch watch = Stopwatch.StartNew();
        MonolithicModel model;
        try
        {
            model = new MonolithicModel(season, () => watch.Elapsed.TotalSeconds >= seconds);
        }
        catch (ModelTooLargeException e)
        {
            return new(null, e.Message, []);
        }

        using CpSolver solver = new()
        {
            StringParameters = string.Create(
                CultureInfo.InvariantCulture,
                $"max_time_in_seconds:{Math.Max(0.1, seconds - watch.Elapsed.TotalSeconds)},num_workers:{threads},random_seed:1,max_memory_in_mb:{MegabytesAllowed}"),
        };
        CpSolverStatus status = solver.Solve(model._model);
        string size = string.Create(CultureInfo.InvariantCulture, $"{model._model.Model.Variables.Count:N0} variables");
        if (status is not (CpSolverStatus.Optimal or CpSolverStatus.Feasible))
        {
            return new(null, $"{status}, {size}", []);
        }

        CheckResult check = PlanChecker.Check(season, model.Read(solver));
        string[] faults = [.. check.Violations.Take(MostFaultsShown).Select(v => $"monolithic: {v}")];
        return check.Legal && check.NetValue > nobody ? new(check.NetValue, size, faults) : new(null, $"sends nobody, {size}", faults);
    }

    private void Watch()
    {
        if (_model.Model.Variables.Count > MostVariables)
        {
            throw new ModelTooLargeException(string.Create(CultureInfo.InvariantCulture, $"above {MostVariables:N0} variables"));
        }

        if (_isLate())
        {
            throw new ModelTooLargeException("time up while building");
        }
    }

    private static long InCents(decimal amount) => (long)Math.Round(amount * Cents);

    private BoolVar NewBool() => _model.NewBoolVar("");

    private void AddSlots()
    {
        HashSet<(WorkerId, PlaceId)> refused = [.. _season.Refusals.Select(r => (r.Worker, r.Site))];
        HashSet<(OrderId, DateOnly)> wanted = [.. _season.Demand.Where(d => d.Target > 0).Select(d => (d.Order, d.Date))];
        foreach (Broker broker in _season.Brokers)
        {
            int[] people = [.. Enumerable.Range(0, _season.Workers.Length).Where(w => _season.LiesIn(_season.Workers[w].Village, broker.Area))];
            foreach (Order order in _season.Orders)
            {
                (int min, int max) = CrewRules.SizeRange(order, broker);
                Site site = _season.SiteById[order.Site];
                int[] suited = min > max ? []
                    : [.. people.Where(w => WorkerRules.Suits(_season.Workers[w], order, site) && !refused.Contains((_season.Workers[w].Id, site.Id)))];
                foreach (CrewMode mode in Enum.GetValues<CrewMode>())
                {
                    int[] members = [.. suited.Where(w => mode == CrewMode.Commute || _season.Workers[w].LodgingOk)];
                    if (CrewRules.AllowsMode(order, mode) && members.Length >= min)
                    {
                        AddSlot(new Slot(broker, order, mode, _season.DayCount), members, min, max, wanted);
                    }
                }
            }
        }
    }

    private void AddSlot(Slot slot, int[] members, int min, int max, HashSet<(OrderId, DateOnly)> wanted)
    {
        Watch();
        Dictionary<int, BoolVar> joins = [];
        Dictionary<int, BoolVar> stays = [];
        Dictionary<int, List<BoolVar>> arrivals = [];
        List<BoolVar> starts = [];
        for (int d = 0; d < _season.DayCount; d++)
        {
            DateOnly day = _season.Day(d);
            bool runs = wanted.Contains((slot.Order.Id, day)) && CrewRules.MayLead(slot.Broker, day)
                && !_absences.IsOut(AbsenceKind.Broker, slot.Broker.Id.Value, day) && !_absences.IsOut(AbsenceKind.Site, slot.Order.Site.Value, day);
            if (!runs)
            {
                stays.Clear();
                continue;
            }

            BoolVar open = slot.Open[d] = NewBool();
            BoolVar begins = NewBool();
            starts.Add(begins);
            _model.Add(begins >= open - (d > 0 && slot.Open[d - 1] is { } before ? before : LinearExpr.Constant(0)));
            _money.AddTerm(open, -InCents(slot.Broker.DailyFee));
            _money.AddTerm(begins, -InCents(_season.Costs.EngagementStart));
            Dictionary<int, BoolVar> staysNow = [];
            foreach (int w in members)
            {
                Worker worker = _season.Workers[w];
                bool may = WorkerRules.IsAvailable(worker, day) && !_absences.IsOut(AbsenceKind.Worker, worker.Id.Value, day)
                    && WorkerRules.IsOldEnough(worker, slot.Order, slot.Mode, day, _season.Work);
                if (!may && slot.Mode == CrewMode.Commute)
                {
                    continue;
                }

                BoolVar works = may ? NewBool() : _never;
                BoolVar away = works;
                if (slot.Mode == CrewMode.Lodge)
                {
                    away = staysNow[w] = NewBool();
                    BoolVar arrives = NewBool();
                    _model.AddImplication(away, open);
                    _model.AddImplication(works, away);
                    _model.Add(arrives >= away - (stays.TryGetValue(w, out BoolVar? stayed) ? stayed : LinearExpr.Constant(0)));
                    (arrivals.TryGetValue(w, out List<BoolVar>? all) ? all : arrivals[w] = []).Add(arrives);
                }

                if (may)
                {
                    slot.Members[d].Add((w, works));
                    Cost(slot, worker, works, joins, w);
                }

                _doings[(w * _season.DayCount) + d].Add((slot, works, away));
            }

            stays = staysNow;
            LinearExpr size = LinearExpr.Sum(slot.Members[d].Select(m => m.Works));
            _model.Add(size >= min * open);
            _model.Add(size <= max * open);
            if (CrewRules.AsksExperience(slot.Order))
            {
                LinearExpr experienced = LinearExpr.Sum(slot.Members[d]
                    .Where(m => WorkerRules.LevelOf(_season.Workers[m.Worker], slot.Order.Skill) >= slot.Order.ExperiencedLevel).Select(m => m.Works));
                _model.Add(ShareScale * experienced >= (long)Math.Ceiling(slot.Order.ExperiencedShare!.Value * ShareScale) * size);
            }
        }

        if (slot.Mode == CrewMode.Lodge)
        {
            // One engagement per lodging slot keeps "from the first to the last working day" one stay.
            _model.AddAtMostOne(starts);
            foreach (List<BoolVar> all in arrivals.Values)
            {
                _model.AddAtMostOne(all);
            }
        }

        _slots.Add(slot);
    }

    private void Cost(Slot slot, Worker worker, BoolVar works, Dictionary<int, BoolVar> joins, int w)
    {
        if (!joins.TryGetValue(w, out BoolVar? join))
        {
            join = joins[w] = NewBool();
            decimal coach = slot.Mode == CrewMode.Lodge
                ? 2 * _season.Transport.CoachFarePerKm * _season.TravelTable.Km(worker.Village, slot.Order.Site) : 0;
            _money.AddTerm(join, -InCents(_season.Costs.MemberJoin + coach));
        }

        _model.AddImplication(works, join);
        if (worker.Broker is { } own && own != slot.Broker.Id)
        {
            _money.AddTerm(works, -InCents(_season.Costs.OtherBroker));
        }
    }

    private void AddLeaders()
    {
        foreach (var slots in _slots.GroupBy(s => s.Broker.Id))
        {
            for (int d = 0; d < _season.DayCount; d++)
            {
                _model.AddAtMostOne(slots.Select(s => s.Open[d]).OfType<BoolVar>());
            }
        }
    }

    private IEnumerable<BoolVar> Works(int worker, int day) => _doings[(worker * _season.DayCount) + day].Select(x => x.Works);

    private void AddWorkers()
    {
        int days = _season.DayCount;
        for (int w = 0; w < _season.Workers.Length; w++)
        {
            Watch();
            Worker worker = _season.Workers[w];
            for (int d = 0; d < days; d++)
            {
                _model.AddAtMostOne(_doings[(w * days) + d].Select(x => x.Away));
                int row = Math.Min(days - d, _season.Work.MaxConsecutiveDays + 1);
                if (row > _season.Work.MaxConsecutiveDays)
                {
                    _model.Add(LinearExpr.Sum(Enumerable.Range(d, row).SelectMany(e => Works(w, e))) <= _season.Work.MaxConsecutiveDays);
                }

                LinearExprBuilder hours = LinearExpr.NewBuilder();
                foreach ((Slot slot, BoolVar works, _) in Enumerable.Range(d, Math.Min(7, days - d)).SelectMany(e => _doings[(w * days) + e]))
                {
                    hours.AddTerm(works, (long)Math.Ceiling(slot.Order.Hours * HourScale));
                }

                _model.Add(hours <= (long)Math.Floor(_season.Work.MaxHoursPer7Days * HourScale));
            }

            LinearExpr all = LinearExpr.Sum(Enumerable.Range(0, days).SelectMany(d => Works(w, d)));
            if (worker.MaxDays is { } most)
            {
                _model.Add(all <= most);
            }

            if (worker.TargetDays > 0 && worker.TargetWeight > 0)
            {
                IntVar missing = _model.NewIntVar(0, worker.TargetDays, "");
                _model.Add(missing >= worker.TargetDays - all);
                _money.AddTerm(missing, -InCents(worker.TargetWeight));
            }
        }
    }

    private void AddHouseholds()
    {
        int[][] pools = [.. Enumerable.Range(0, _season.Workers.Length).Where(w => _season.Workers[w].Household is not null)
            .GroupBy(w => _season.Workers[w].Household!.Value).Select(g => g.ToArray())];
        Dictionary<HouseholdId, int[]> members = pools.ToDictionary(p => _season.Workers[p[0]].Household!.Value);
        for (int d = 0; d < _season.DayCount; d++)
        {
            DateOnly day = _season.Day(d);
            foreach (var pool in _season.HouseholdDuties.Where(h => h.Window.Contains(day) && members.ContainsKey(h.Household))
                .GroupBy(h => h.Group is { } group ? "g" + group.Value : "h" + h.Household.Value))
            {
                int[] people = [.. pool.SelectMany(h => members[h.Household])];
                int keep = pool.Sum(h => Math.Min(h.KeepHome, members[h.Household].Length));
                _model.Add(LinearExpr.Sum(people.SelectMany(w => _doings[(w * _season.DayCount) + d].Select(x => x.Away))) <= people.Length - keep);
            }
        }
    }

    private void AddPairs()
    {
        Dictionary<WorkerId, int> index = _season.Workers.Select((w, i) => (w.Id, i)).ToDictionary(x => x.Id, x => x.i);
        foreach (WorkerPair pair in _season.Pairs)
        {
            for (int d = 0; d < _season.DayCount; d++)
            {
                var a = _doings[(index[pair.WorkerA] * _season.DayCount) + d];
                var b = _doings[(index[pair.WorkerB] * _season.DayCount) + d];
                if (pair.Kind == PairKind.SameSite)
                {
                    foreach ((Slot slot, BoolVar works, _) in a)
                    {
                        _model.Add(works + LinearExpr.Sum(b.Where(x => x.Slot.Order.Site != slot.Order.Site).Select(x => x.Works)) <= 1);
                    }

                    continue;
                }

                foreach (Slot slot in a.Concat(b).Select(x => x.Slot).Distinct())
                {
                    LinearExpr inA = LinearExpr.Sum(a.Where(x => x.Slot == slot).Select(x => x.Works));
                    LinearExpr inB = LinearExpr.Sum(b.Where(x => x.Slot == slot).Select(x => x.Works));
                    _model.Add(pair.Kind == PairKind.Together ? inA == inB : inA + inB <= 1);
                }
            }
        }
    }

    private void AddBeds()
    {
        for (int d = 0; d < _season.DayCount; d++)
        {
            foreach (var site in Enumerable.Range(0, _season.Workers.Length).SelectMany(w => _doings[(w * _season.DayCount) + d])
                .Where(x => x.Slot.Mode == CrewMode.Lodge).GroupBy(x => x.Slot.Order.Site))
            {
                _model.Add(LinearExpr.Sum(site.Select(x => x.Away)) <= _season.SiteById[site.Key].Beds);
            }
        }
    }

    private IEnumerable<BoolVar> Filled(OrderId order, int day) =>
        _slots.Where(s => s.Order.Id == order).SelectMany(s => s.Members[day].Select(m => m.Works));

    private void AddDemand()
    {
        foreach (DailyDemand demand in _season.Demand.Where(d => d.Target > 0))
        {
            int d = _season.DayIndex(demand.Date);
            Order order = _season.OrderById[demand.Order];
            PickingRound? round = _season.Rounds.FirstOrDefault(r => r.Order == demand.Order && r.Window.Contains(demand.Date));
            IntVar required = _model.NewIntVar(0, demand.Required, "");
            IntVar above = _model.NewIntVar(0, demand.Target - demand.Required, "");
            _model.Add(LinearExpr.Sum(Filled(demand.Order, d)) == required + above);
            _money.AddTerm(required, InCents(order.ValueRequired));
            _money.AddTerm(above, InCents(order.ValueTarget * (round is null ? 1 : DemandRules.LateFactor(round, demand.Date))));
        }

        foreach (PickingRound round in _season.Rounds)
        {
            _model.Add(LinearExpr.Sum(Enumerable.Range(0, _season.DayCount).Where(d => round.Window.Contains(_season.Day(d)))
                .SelectMany(d => Filled(round.Order, d))) <= round.WorkerDays);
        }
    }

    private void AddAgreements()
    {
        foreach (Agreement agreement in _season.Agreements)
        {
            Watch();
            LinearExpr delivered = LinearExpr.Sum(
                from slot in _slots
                where DemandRules.Buys(_season, agreement, _season.SiteById[slot.Order.Site])
                from d in Enumerable.Range(0, _season.DayCount)
                where agreement.Window.Contains(_season.Day(d))
                from member in slot.Members[d]
                where DemandRules.Supplies(_season, agreement, _season.Workers[member.Worker].Village, slot.Broker.Id)
                select member.Works);
            IntVar missing = _model.NewIntVar(0, agreement.MinDays, "");
            _model.Add(missing >= agreement.MinDays - delivered);
            _money.AddTerm(missing, -InCents(agreement.Penalty));
            if (agreement.MaxDays is { } most)
            {
                _model.Add(delivered <= most);
            }
        }
    }

    private void AddPins()
    {
        Dictionary<WorkerId, int> index = _season.Workers.Select((w, i) => (w.Id, i)).ToDictionary(x => x.Id, x => x.i);
        foreach (Pin pin in _season.Pins)
        {
            _model.Add(LinearExpr.Sum(_doings[(index[pin.Worker] * _season.DayCount) + _season.DayIndex(pin.Date)]
                .Where(x => x.Slot.Broker.Id == pin.Broker && x.Slot.Order.Id == pin.Order).Select(x => x.Works)) == 1);
        }
    }

    private Plan Read(CpSolver solver)
    {
        List<Crew> crews = [];
        List<WorkerDay> workerDays = [];
        Dictionary<(PlaceId Village, OrderId Order, int Day), List<(CrewId Crew, int Count)>> riders = [];
        foreach (Slot slot in _slots)
        {
            for (int d = 0; d < _season.DayCount; d++)
            {
                if (slot.Open[d] is not { } open || !solver.BooleanValue(open))
                {
                    continue;
                }

                int from = d;
                var id = new CrewId(string.Create(CultureInfo.InvariantCulture, $"C{crews.Count + 1}"));
                for (; d < _season.DayCount && slot.Open[d] is { } still && solver.BooleanValue(still); d++)
                {
                    int[] working = [.. slot.Members[d].Where(m => solver.BooleanValue(m.Works)).Select(m => m.Worker)];
                    workerDays.AddRange(working.Select(w => new WorkerDay(_season.Day(d), id, _season.Workers[w].Id)));
                    foreach (var home in working.Where(_ => slot.Mode == CrewMode.Commute).GroupBy(w => _season.Workers[w].Village))
                    {
                        (riders.TryGetValue((home.Key, slot.Order.Id, d), out List<(CrewId, int)>? groups) ? groups : riders[(home.Key, slot.Order.Id, d)] = [])
                            .Add((id, home.Count()));
                    }
                }

                crews.Add(new Crew(id, slot.Broker.Id, slot.Order.Id, _season.Day(from), _season.Day(d - 1), slot.Mode));
            }
        }

        return new Plan { Crews = [.. crews], WorkerDays = [.. workerDays], Trips = [.. _transport.Read(solver, riders)] };
    }
}

/// <summary>A broker leading at an order in a mode: what may be open on each day.</summary>
internal sealed class Slot(Broker broker, Order order, CrewMode mode, int days)
{
    public Broker Broker { get; } = broker;

    public Order Order { get; } = order;

    public CrewMode Mode { get; } = mode;

    /// <summary>Whether a crew works, by day; null where none may.</summary>
    public BoolVar?[] Open { get; } = new BoolVar?[days];

    /// <summary>Who may work, by day.</summary>
    public List<(int Worker, BoolVar Works)>[] Members { get; } = [.. Enumerable.Range(0, days).Select(_ => new List<(int, BoolVar)>())];
}

/// <summary>The model outgrew its time or its size.</summary>
internal sealed class ModelTooLargeException(string message) : Exception(message);
