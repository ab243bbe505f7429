using Matching.Model;
using Matching.Plans;
using Matching.Rules;

namespace Matching.Checking;

/// <summary>Rules C1 to C3: size on every day of the engagement, experience, and the broker who leads.</summary>
internal sealed class CrewCheck(Ledger ledger, Findings findings)
{
    private readonly SeasonIndex _index = ledger.Index;
    private readonly Season _season = ledger.Index.Season;

    public void Run()
    {
        for (int crew = 0; crew < ledger.Crews.Length; crew++)
        {
            if (ledger.Scope?.Crews.Contains(ledger.Crews[crew].Id) == false)
            {
                continue;
            }

            CheckEngagement(ledger.Crews[crew]);
            CheckDays(crew);
            CheckLeader(crew);
        }

        foreach ((int worker, int crew, DateOnly date) in ledger.OutsideSeason)
        {
            Crew where = ledger.Crews[crew];
            if (date < where.From || date > where.To)
            {
                ReportOutside(_season.Workers[worker], where, date);
            }
        }

        CheckOneCrewPerBroker();
    }

    private void CheckEngagement(Crew crew)
    {
        if (crew.From > crew.To)
        {
            findings.Add(RuleCode.C1, crew.From, CrewWording.EndsBeforeItBegins(crew), crew.Id.Value);
        }
        else if (crew.From < _season.Start || crew.To > _season.End)
        {
            DateOnly beyond = crew.From < _season.Start || crew.From > _season.End ? crew.From : _season.End.AddDays(1);
            findings.Add(RuleCode.C1, beyond, CrewWording.BeyondSeason(crew, _season), crew.Id.Value);
        }
    }

    private void CheckDays(int number)
    {
        Crew crew = ledger.Crews[number];
        Order order = _season.Orders[ledger.CrewOrder[number]];
        Broker broker = _season.Brokers[ledger.CrewBroker[number]];
        (int min, int max) = CrewRules.SizeRange(order, broker);
        (int first, int last) = ledger.Engagement(number);
        int area = _index.Places[broker.Area];
        bool asksExperience = CrewRules.AsksExperience(order);
        int expected = first;
        int end = ledger.CrewStart[number + 1];
        for (int start = ledger.CrewStart[number]; start < end;)
        {
            int day = ledger.RowDay[ledger.ByCrew[start]];
            int next = start;
            while (next < end && ledger.RowDay[ledger.ByCrew[next]] == day)
            {
                next++;
            }

            ReadOnlySpan<int> rows = ledger.ByCrew.AsSpan(start..next);
            DateOnly date = _season.Day(day);
            CheckArea(rows, crew, broker, area, date);
            if (asksExperience)
            {
                CheckExperience(rows, crew, order, date);
            }

            if (day < first || day > last)
            {
                foreach (int row in rows)
                {
                    ReportOutside(_season.Workers[ledger.RowWorker[row]], crew, date);
                }
            }
            else
            {
                ReportEmptyDays(crew, expected, day - 1, min, max);
                expected = day + 1;
                if (rows.Length < min || rows.Length > max)
                {
                    ReportSize(crew, date, rows.Length, min, max);
                }
            }

            start = next;
        }

        ReportEmptyDays(crew, expected, last, min, max);
    }

    private void ReportEmptyDays(Crew crew, int first, int last, int min, int max)
    {
        for (int day = first; day <= last; day++)
        {
            if (min > 0 || max < 0)
            {
                ReportSize(crew, _season.Day(day), 0, min, max);
            }
        }
    }

    private void ReportSize(Crew crew, DateOnly date, int members, int min, int max)
    {
        Text text = min > max
            ? CrewWording.SizesDoNotMeet(crew, date, members, min, max)
            : CrewWording.WrongSize(crew, date, members, min, max);
        findings.Add(RuleCode.C1, date, text, crew.Id.Value, crew.Broker.Value, crew.Order.Value);
    }

    private void ReportOutside(Worker worker, Crew crew, DateOnly date) => findings.Add(
        RuleCode.C1, date, CrewWording.OutsideEngagement(worker, crew, date), worker.Id.Value, crew.Id.Value);

    private void CheckArea(ReadOnlySpan<int> rows, Crew crew, Broker broker, int area, DateOnly date)
    {
        int village = -1;
        bool inside = true;
        foreach (int row in rows)
        {
            int number = ledger.RowWorker[row];
            if (_index.WorkerVillage[number] != village)
            {
                village = _index.WorkerVillage[number];
                inside = _index.LiesIn(village, area);
            }

            if (!inside)
            {
                Worker worker = _season.Workers[number];
                findings.Add(
                    RuleCode.C3, date, CrewWording.OutsideArea(worker, crew, broker, date),
                    worker.Id.Value, crew.Id.Value, broker.Id.Value, worker.Village.Value);
            }
        }
    }

    private void CheckExperience(ReadOnlySpan<int> rows, Crew crew, Order order, DateOnly date)
    {
        int experienced = 0;
        foreach (int row in rows)
        {
            if (WorkerRules.LevelOf(_season.Workers[ledger.RowWorker[row]], order.Skill) >= order.ExperiencedLevel)
            {
                experienced++;
            }
        }

        int needed = CrewRules.ExperiencedNeeded(order, rows.Length);
        if (experienced < needed)
        {
            findings.Add(
                RuleCode.C2, date, CrewWording.TooFewExperienced(crew, order, date, experienced, rows.Length, needed),
                crew.Id.Value, order.Id.Value);
        }
    }

    private void CheckLeader(int number)
    {
        Crew crew = ledger.Crews[number];
        Broker broker = _season.Brokers[ledger.CrewBroker[number]];
        DayWindow[] absences = _index.BrokersOut[ledger.CrewBroker[number]];
        (int first, int last) = ledger.Engagement(number);
        for (int day = first; day <= last; day++)
        {
            DateOnly date = _season.Day(day);
            if (broker.CertificateUntil is not { } until || date > until)
            {
                findings.Add(RuleCode.C3, date, CrewWording.Uncertified(broker, crew, date), crew.Id.Value, broker.Id.Value);
            }

            if (!broker.Availability.Contains(date))
            {
                findings.Add(RuleCode.C3, date, CrewWording.BrokerUnavailable(broker, crew, date), crew.Id.Value, broker.Id.Value);
            }

            if (SeasonIndex.Holds(absences, date))
            {
                findings.Add(RuleCode.C3, date, CrewWording.BrokerAbsent(broker, crew, date), crew.Id.Value, broker.Id.Value);
            }
        }
    }

    private void CheckOneCrewPerBroker()
    {
        int[] leads = new int[_index.Days];
        foreach (IGrouping<int, int> led in Enumerable.Range(0, ledger.Crews.Length).GroupBy(c => ledger.CrewBroker[c]))
        {
            int[] crews = [.. led];
            if (crews.Length < 2)
            {
                continue;
            }

            Array.Clear(leads);
            foreach (int crew in crews)
            {
                (int first, int last) = ledger.Engagement(crew);
                for (int day = first; day <= last; day++)
                {
                    leads[day]++;
                }
            }

            Broker broker = _season.Brokers[led.Key];
            for (int day = 0; day < leads.Length; day++)
            {
                if (leads[day] > 1)
                {
                    ReportMany(broker, _season.Day(day), crews);
                }
            }
        }
    }

    private void ReportMany(Broker broker, DateOnly date, int[] crews)
    {
        string[] names = [.. crews.Select(c => ledger.Crews[c]).Where(c => c.From <= date && date <= c.To)
            .Select(c => c.Id.Value).Order(StringComparer.Ordinal)];
        findings.Add(
            RuleCode.C3, date, CrewWording.LeadsMany(broker, date, string.Join(", ", names), names.Length),
            [broker.Id.Value, .. names]);
    }
}
