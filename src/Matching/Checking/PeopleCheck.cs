using Matching.Model;
using Matching.Plans;
using Matching.Rules;

namespace Matching.Checking;

/// <summary>Rules W1 to W4 of each worker, and P1.</summary>
internal sealed class PeopleCheck(Ledger ledger, Findings findings)
{
    private readonly SeasonIndex _index = ledger.Index;
    private readonly Season _season = ledger.Index.Season;
    private readonly List<int> _days = [];
    private readonly List<decimal> _hours = [];
    private readonly List<Text> _unfit = [];

    public void Run()
    {
        foreach ((int worker, int crew, DateOnly date) in ledger.Repeated)
        {
            Worker who = _season.Workers[worker];
            Crew where = ledger.Crews[crew];
            findings.Add(RuleCode.W1, date, PeopleWording.Repeated(who, where, date), who.Id.Value, where.Id.Value);
        }

        foreach ((int worker, int crew, DateOnly date) in ledger.OutsideSeason)
        {
            Worker who = _season.Workers[worker];
            Crew where = ledger.Crews[crew];
            findings.Add(RuleCode.W1, date, PeopleWording.OutsideSeason(who, where, date, _season), who.Id.Value, where.Id.Value);
        }

        foreach (int worker in ledger.Scope?.Workers ?? Enumerable.Range(0, _season.Workers.Length))
        {
            CheckWorker(worker);
        }

        CheckPins();
    }

    private void CheckWorker(int number)
    {
        Worker worker = _season.Workers[number];
        _days.Clear();
        _hours.Clear();
        int asked = -1;
        (int start, int end) = ledger.RowsOf(number);
        for (int row = start; row < end; row++)
        {
            Crew crew = ledger.Crews[ledger.RowCrew[row]];
            int order = ledger.CrewOrder[ledger.RowCrew[row]];
            DateOnly date = _season.Day(ledger.RowDay[row]);
            CheckPresence(number, worker, crew, date);
            CheckAge(worker, crew, _season.Orders[order], date);
            if (order != asked)
            {
                FindUnfit(number, worker, order);
                asked = order;
            }

            foreach (Text reason in _unfit)
            {
                findings.Add(RuleCode.W3, date, reason, worker.Id.Value, crew.Id.Value, _season.Orders[order].Id.Value);
            }

            if (_days.Count > 0 && _days[^1] == ledger.RowDay[row])
            {
                _hours[^1] += _season.Orders[order].Hours;
            }
            else
            {
                _days.Add(ledger.RowDay[row]);
                _hours.Add(_season.Orders[order].Hours);
                CheckSingleCrew(worker, row, end);
            }
        }

        CheckStreaks(worker);
        CheckHours(worker);
        if (worker.MaxDays is { } most && _days.Count > most)
        {
            findings.Add(
                RuleCode.W4, _season.Day(_days[Math.Max(0, most)]), PeopleWording.TooManyDays(worker, _days.Count), worker.Id.Value);
        }
    }

    private void CheckSingleCrew(Worker worker, int first, int end)
    {
        int next = first + 1;
        while (next < end && ledger.RowDay[next] == ledger.RowDay[first])
        {
            next++;
        }

        if (next - first > 1)
        {
            string[] crews = [.. Enumerable.Range(first, next - first)
                .Select(row => ledger.Crews[ledger.RowCrew[row]].Id.Value).Order(StringComparer.Ordinal)];
            DateOnly date = _season.Day(ledger.RowDay[first]);
            findings.Add(
                RuleCode.W1, date, PeopleWording.ManyCrews(worker, date, string.Join(", ", crews), crews.Length),
                [worker.Id.Value, .. crews]);
        }
    }

    private void CheckPresence(int number, Worker worker, Crew crew, DateOnly date)
    {
        if (!WorkerRules.IsAvailable(worker, date))
        {
            findings.Add(RuleCode.W1, date, PeopleWording.Unavailable(worker, crew, date), worker.Id.Value, crew.Id.Value);
        }

        if (SeasonIndex.Holds(_index.WorkersOut[number], date))
        {
            findings.Add(RuleCode.W1, date, PeopleWording.Absent(worker, crew, date), worker.Id.Value, crew.Id.Value);
        }
    }

    private void CheckAge(Worker worker, Crew crew, Order order, DateOnly date)
    {
        int least = _season.Work.MinAge;
        if ((order.AdultOnly || crew.Mode == CrewMode.Lodge) && _season.Work.AdultAge > least)
        {
            least = _season.Work.AdultAge;
        }

        int age = AgeOn(worker.BirthDate, date);
        if (age < least)
        {
            findings.Add(
                RuleCode.W2, date, PeopleWording.TooYoung(worker, crew, date, age, least),
                worker.Id.Value, crew.Id.Value, order.Id.Value);
        }
    }

    // Comparing month and day makes 29 February come on 1 March in common years.
    private static int AgeOn(DateOnly birth, DateOnly date)
    {
        int years = date.Year - birth.Year;
        return (date.Month, date.Day).CompareTo((birth.Month, birth.Day)) < 0 ? years - 1 : years;
    }

    /// <summary>Notes why the worker does not suit the order: the same on all days, so the words are made once.</summary>
    private void FindUnfit(int number, Worker worker, int orderNumber)
    {
        _unfit.Clear();
        Order order = _season.Orders[orderNumber];
        Site site = _season.Sites[_index.OrderSite[orderNumber]];
        bool refused = _index.Refused.Contains((number, _index.SitePlace[_index.OrderSite[orderNumber]]));
        if (!refused && WorkerRules.Suits(worker, order, site))
        {
            return;
        }

        int level = WorkerRules.LevelOf(worker, order.Skill);
        if (level < order.MinLevel)
        {
            _unfit.Add(PeopleWording.LacksSkill(worker, order, level));
        }

        if (worker.MinDailyWage > order.DailyWage)
        {
            _unfit.Add(PeopleWording.WageTooLow(worker, order));
        }

        if (refused)
        {
            _unfit.Add(PeopleWording.Refused(worker, order));
        }

        foreach (string tag in order.Needs.Except(worker.Tags, StringComparer.Ordinal))
        {
            _unfit.Add(PeopleWording.WorkerLacksTag(worker, order, tag));
        }

        foreach (string tag in worker.Needs.Except(site.Tags, StringComparer.Ordinal))
        {
            _unfit.Add(PeopleWording.SiteLacksTag(worker, order, tag));
        }
    }

    private void CheckStreaks(Worker worker)
    {
        int most = _season.Work.MaxConsecutiveDays;
        for (int first = 0; first < _days.Count;)
        {
            int next = first + 1;
            while (next < _days.Count && _days[next] == _days[next - 1] + 1)
            {
                next++;
            }

            int length = next - first;
            if (length > most)
            {
                DateOnly tooLong = _season.Day(_days[first + Math.Max(0, most)]);
                Text text = PeopleWording.TooLongInARow(worker, length, _season.Day(_days[first]), _season.Day(_days[next - 1]), most);
                findings.Add(RuleCode.W4, tooLong, text, worker.Id.Value);
            }

            first = next;
        }
    }

    private void CheckHours(Worker worker)
    {
        int first = 0;
        decimal longest = _hours.Count == 0 ? 0 : _hours.Max();
        for (int last = 0; last < _days.Count; last++)
        {
            while (_days[last] - _days[first] > 6)
            {
                first++;
            }

            if ((last - first + 1) * longest <= _season.Work.MaxHoursPer7Days)
            {
                continue;
            }

            decimal hours = 0;
            for (int i = first; i <= last; i++)
            {
                hours += _hours[i];
            }

            if (hours > _season.Work.MaxHoursPer7Days)
            {
                DateOnly date = _season.Day(_days[last]);
                Text text = PeopleWording.TooManyHours(worker, hours, date, _season.Work.MaxHoursPer7Days);
                findings.Add(RuleCode.W4, date, text, worker.Id.Value);
            }
        }
    }

    private void CheckPins()
    {
        foreach (Pin pin in (ledger.Scope?.Pins ?? _season.Pins).Distinct())
        {
            if (!IsKept(pin))
            {
                findings.Add(
                    RuleCode.P1, pin.Date, PeopleWording.PinNotKept(pin), pin.Worker.Value, pin.Broker.Value, pin.Order.Value);
            }
        }
    }

    private bool IsKept(Pin pin)
    {
        int worker = _index.Workers[pin.Worker];
        int day = _season.DayIndex(pin.Date);
        (int start, int end) = ledger.RowsOf(worker);
        for (int row = start; row < end; row++)
        {
            Crew crew = ledger.Crews[ledger.RowCrew[row]];
            if (ledger.RowDay[row] == day && crew.Broker == pin.Broker && crew.Order == pin.Order)
            {
                return true;
            }
        }

        return false;
    }
}
