using Google.OrTools.Sat;
using Matching.Model;
using Matching.Plans;
using Matching.Rules;

namespace Matching.Planning.Exact;

/// <summary>One possible engagement with its variables. Days are positions in the season.</summary>
internal sealed class CrewColumn
{
    public required Broker Broker { get; init; }

    public required Order Order { get; init; }

    public required int From { get; init; }

    public required int To { get; init; }

    public required CrewMode Mode { get; init; }

    /// <summary>Whether the plan has this crew.</summary>
    public required BoolVar Runs { get; init; }

    /// <summary>By worker and day − From: works in it that day; null where they cannot.</summary>
    public required BoolVar?[,] Works { get; init; }

    /// <summary>By worker: works at least one day in it; null where they cannot.</summary>
    public required BoolVar?[] Joins { get; init; }

    /// <summary>By worker and day − From: stays at the site; null for commuting crews and where they cannot.</summary>
    public required BoolVar?[,] Stays { get; init; }

    public bool Holds(int day) => day >= From && day <= To;

    public BoolVar? WorksOn(int worker, int day) => Holds(day) ? Works[worker, day - From] : null;

    /// <summary>The variable that says the worker is away from home for it: stays when lodging, works when commuting.</summary>
    public BoolVar? AwayOn(int worker, int day) => !Holds(day) ? null
        : Mode == CrewMode.Lodge ? Stays[worker, day - From] : Works[worker, day - From];
}

/// <summary>All engagements that could run, with the rules of one crew: W1–W3, C1–C4 but for beds, and what crews cost.</summary>
internal sealed class CrewColumns
{
    private readonly Season _season;
    private readonly CpModel _model;
    private readonly ExactMoney _money;
    private readonly AbsenceIndex _absences;
    private readonly Dictionary<(OrderId Order, DateOnly Day), int> _targets;
    private readonly HashSet<(WorkerId Worker, PlaceId Site)> _refusals;
    private readonly Func<int, PlaceId, RideClass, bool> _canRide;
    private readonly ExactSize _most;

    /// <param name="season">The season.</param>
    /// <param name="model">The model to add to.</param>
    /// <param name="money">The objective to add to.</param>
    /// <param name="canRide">Whether some vehicle can bring somebody from the village to the class on the day.</param>
    /// <param name="most">How large the model may be; what is larger is not built to its end.</param>
    public CrewColumns(Season season, CpModel model, ExactMoney money, Func<int, PlaceId, RideClass, bool> canRide, ExactSize most)
    {
        (_season, _model, _money, _canRide, _most) = (season, model, money, canRide, most);
        _absences = new AbsenceIndex(season);
        _targets = season.Demand.ToDictionary(d => (d.Order, d.Date), d => d.Target);
        _refusals = [.. season.Refusals.Select(r => (r.Worker, r.Site))];
        foreach (Broker broker in season.Brokers)
        {
            foreach (Order order in season.Orders)
            {
                foreach (CrewMode mode in new[] { CrewMode.Commute, CrewMode.Lodge })
                {
                    AddColumns(broker, order, mode);
                }
            }
        }

        if (!IsTooLarge)
        {
            KeepOneCrewPerBrokerAndWorker();
        }
    }

    public List<CrewColumn> All { get; } = [];

    /// <summary>Whether the model is larger than allowed; then it is not complete.</summary>
    public bool IsTooLarge => _model.Model.Variables.Count > _most.Variables;

    private void AddColumns(Broker broker, Order order, CrewMode mode)
    {
        (int least, int most) = CrewRules.SizeRange(order, broker);
        if (least > most || !CrewRules.AllowsMode(order, mode))
        {
            return;
        }

        int days = _season.DayCount;
        bool[,] able = new bool[_season.Workers.Length, days];
        bool[] open = new bool[days];
        for (int day = 0; day < days; day++)
        {
            DateOnly date = _season.Day(day);
            int count = 0;
            for (int worker = 0; worker < _season.Workers.Length; worker++)
            {
                able[worker, day] = CanWork(_season.Workers[worker], broker, order, mode, day);
                count += able[worker, day] ? 1 : 0;
            }

            open[day] = count >= least
                && _targets.GetValueOrDefault((order.Id, date)) >= least
                && CrewRules.MayLead(broker, date)
                && !_absences.IsOut(AbsenceKind.Broker, broker.Id.Value, date)
                && !_absences.IsOut(AbsenceKind.Site, order.Site.Value, date);
        }

        for (int from = 0; from < days; from++)
        {
            for (int to = from; to < days && open[to] && !IsTooLarge; to++)
            {
                AddColumn(broker, order, mode, from, to, able, least, most);
            }
        }
    }

    private bool CanWork(Worker worker, Broker broker, Order order, CrewMode mode, int day)
    {
        DateOnly date = _season.Day(day);
        return WorkerRules.IsAvailable(worker, date)
            && !_absences.IsOut(AbsenceKind.Worker, worker.Id.Value, date)
            && WorkerRules.IsOldEnough(worker, order, mode, date, _season.Work)
            && WorkerRules.Suits(worker, order, _season.SiteById[order.Site])
            && !_refusals.Contains((worker.Id, order.Site))
            && _season.LiesIn(worker.Village, broker.Area)
            && (mode == CrewMode.Lodge ? worker.LodgingOk
                : _canRide(day, worker.Village, new(order.Site, MorningSchedules.MinuteOf(order.StartTime))));
    }

    private void AddColumn(Broker broker, Order order, CrewMode mode, int from, int to, bool[,] able, int least, int most)
    {
        int workers = _season.Workers.Length;
        int days = to - from + 1;
        string name = $"{broker.Id}/{order.Id}/{from}-{to}/{mode}";
        CrewColumn column = new()
        {
            Broker = broker,
            Order = order,
            From = from,
            To = to,
            Mode = mode,
            Runs = _model.NewBoolVar(name),
            Works = new BoolVar?[workers, days],
            Joins = new BoolVar?[workers],
            Stays = new BoolVar?[workers, days],
        };
        for (int worker = 0; worker < workers; worker++)
        {
            AddMember(column, worker, able, name);
        }

        for (int day = from; day <= to; day++)
        {
            List<BoolVar> members = [.. Enumerable.Range(0, workers).Select(w => column.WorksOn(w, day)).OfType<BoolVar>()];
            LinearExpr size = LinearExpr.Sum(members);
            _model.Add(size >= least * (LinearExpr)column.Runs);
            _model.Add(size <= most * (LinearExpr)column.Runs);
            KeepExperience(column, day, members);
        }

        _money.Add(WorthPart.Starts, column.Runs, -_season.Costs.EngagementStart);
        _money.Add(WorthPart.Brokers, column.Runs, -broker.DailyFee * days);
        All.Add(column);
    }

    private void AddMember(CrewColumn column, int worker, bool[,] able, string name)
    {
        List<int> days = [.. Enumerable.Range(column.From, column.To - column.From + 1).Where(d => able[worker, d])];
        if (days.Count == 0)
        {
            return;
        }

        Worker person = _season.Workers[worker];
        BoolVar joins = _model.NewBoolVar($"{name}/joins/{person.Id}");
        column.Joins[worker] = joins;
        _model.AddImplication(joins, column.Runs);
        bool isOther = person.Broker is { } own && own != column.Broker.Id;
        foreach (int day in days)
        {
            BoolVar works = _model.NewBoolVar($"{name}/works/{person.Id}/{day}");
            column.Works[worker, day - column.From] = works;
            _model.AddImplication(works, joins);
            if (isOther)
            {
                _money.Add(WorthPart.OtherBroker, works, -_season.Costs.OtherBroker);
            }
        }

        _model.AddBoolOr(days.Select(d => (ILiteral)column.Works[worker, d - column.From]!).Append(joins.Not()));
        _money.Add(WorthPart.Joins, joins, -_season.Costs.MemberJoin);
        if (column.Mode == CrewMode.Lodge)
        {
            _money.Add(WorthPart.Coaches, joins, -2m * _season.Transport.CoachFarePerKm * _season.TravelTable.Km(person.Village, column.Order.Site));
            AddStay(column, worker, days, name);
        }
    }

    // C4: from the first to the last working day in the crew. A stay longer than that never helps, so one direction is enough.
    private void AddStay(CrewColumn column, int worker, List<int> days, string name)
    {
        for (int day = days[0]; day <= days[^1]; day++)
        {
            BoolVar stays = _model.NewBoolVar($"{name}/stays/{_season.Workers[worker].Id}/{day}");
            column.Stays[worker, day - column.From] = stays;
            if (column.WorksOn(worker, day) is { } works)
            {
                _model.AddImplication(works, stays);
            }

            foreach (int before in days.Where(d => d < day))
            {
                foreach (int after in days.Where(d => d > day))
                {
                    _model.AddBoolOr([column.WorksOn(worker, before)!.Not(), column.WorksOn(worker, after)!.Not(), stays]);
                }
            }
        }
    }

    // C2: experienced ≥ ⌈share × members⌉ is experienced ≥ share × members in whole numbers.
    private void KeepExperience(CrewColumn column, int day, List<BoolVar> members)
    {
        if (!CrewRules.AsksExperience(column.Order))
        {
            return;
        }

        decimal share = column.Order.ExperiencedShare!.Value;
        long whole = ExactNumbers.ScaleOf(share);
        List<BoolVar> experienced = [.. Enumerable.Range(0, _season.Workers.Length)
            .Where(w => WorkerRules.LevelOf(_season.Workers[w], column.Order.Skill) >= column.Order.ExperiencedLevel)
            .Select(w => column.WorksOn(w, day)).OfType<BoolVar>()];
        _model.Add(whole * LinearExpr.Sum(experienced) >= (long)(share * whole) * LinearExpr.Sum(members));
    }

    private void KeepOneCrewPerBrokerAndWorker()
    {
        for (int day = 0; day < _season.DayCount; day++)
        {
            foreach (Broker broker in _season.Brokers)
            {
                _model.AddAtMostOne(All.Where(c => c.Broker.Id == broker.Id && c.Holds(day)).Select(c => c.Runs));
            }

            // Two stays that share a day always break "works for no other crew in between" at an end of one of them; so does
            // work elsewhere during a stay. At most one away a day is therefore exactly W1 with that part of C4.
            for (int worker = 0; worker < _season.Workers.Length; worker++)
            {
                _model.AddAtMostOne(All.Select(c => c.AwayOn(worker, day)).OfType<BoolVar>());
            }
        }
    }
}
