using System.Collections.Immutable;
using Matching.Files.Format;
using Matching.Model;

namespace Matching.Files.Reading;

// Who works and who leads: brokers, workers and what ties them.
internal sealed partial class SeasonReader
{
    private List<Broker> ReadBrokers()
    {
        var brokers = new List<Broker>();
        ForEach(
            SeasonFormat.Brokers.File,
            row =>
            {
                string? id = row.Key(SeasonFormat.Brokers.Id, _brokerIds);
                string? name = row.Text(SeasonFormat.Brokers.Name);
                Named? area = PlaceOf(row, SeasonFormat.Brokers.Area, "a village, township or county", PlaceKind.Village, PlaceKind.Township, PlaceKind.County);
                DateOnly? certificate = row.Date(SeasonFormat.Brokers.CertificateUntil);
                int? crewMin = row.Whole(SeasonFormat.Brokers.CrewMin);
                int? crewMax = row.Whole(SeasonFormat.Brokers.CrewMax);
                decimal? fee = row.Number(SeasonFormat.Brokers.DailyFee);
                DayWindow? window = row.Window(SeasonFormat.Brokers.From, SeasonFormat.Brokers.To);
                RequireCrewSizes(row, SeasonFormat.Brokers.CrewMin, crewMin, SeasonFormat.Brokers.CrewMax, crewMax);
                if (row.IsBad || id is null || name is null || area is null || crewMin is null || crewMax is null || fee is null)
                {
                    return;
                }

                _brokerIds.Place(id, brokers.Count);
                brokers.Add(new Broker
                {
                    Id = new BrokerId(id),
                    Name = name,
                    Area = new PlaceId(area.Value.Id),
                    CertificateUntil = certificate,
                    CrewMin = crewMin.Value,
                    CrewMax = crewMax.Value,
                    DailyFee = fee.Value,
                    Availability = window ?? default,
                });
            },
            (_brokerIds, SeasonFormat.Brokers.Id));
        return brokers;
    }

    /// <summary>Workers with their skills and availability, which are read together.</summary>
    private ImmutableArray<Worker> ReadPeople()
    {
        if (_source.Kept(SeasonFormat.WorkerSkills.File) is not null && _source.Kept(SeasonFormat.Availability.File) is not null
            && _source.Kept(SeasonFormat.Workers.File) is not null)
        {
            return Rows(SeasonFormat.Workers.File, s => s.Workers, ReadWorkers, (w, at) => Declare(_workerIds, w.Id.Value, at));
        }

        List<Worker> workers = ReadWorkers();
        ReadWorkerSkills(workers);
        ReadAvailability(workers);
        return [.. workers];
    }

    private List<Worker> ReadWorkers()
    {
        var workers = new List<Worker>();
        ForEach(
            SeasonFormat.Workers.File,
            row =>
            {
                string? id = row.Key(SeasonFormat.Workers.Id, _workerIds);
                string? name = row.Text(SeasonFormat.Workers.Name);
                Named? village = PlaceOf(row, SeasonFormat.Workers.Village, "a village", PlaceKind.Village);
                DateOnly? birthDate = row.Date(SeasonFormat.Workers.BirthDate);
                string? household = row.Word(SeasonFormat.Workers.Household);
                Named? broker = row.Ref(SeasonFormat.Workers.Broker, _brokerIds, "a broker");
                var worker = new Worker
                {
                    Id = new WorkerId(id ?? ""),
                    Name = name ?? "",
                    Village = new PlaceId(village?.Id ?? ""),
                    BirthDate = birthDate ?? default,
                    Household = household is null ? null : new HouseholdId(household),
                    Sex = row.Word(SeasonFormat.Workers.Sex),
                    Broker = broker is null ? null : new BrokerId(broker.Value.Id),
                    MinDailyWage = row.Number(SeasonFormat.Workers.MinDailyWage),
                    MaxDays = row.Whole(SeasonFormat.Workers.MaxDays),
                    TargetDays = row.Whole(SeasonFormat.Workers.TargetDays) ?? 0,
                    TargetWeight = row.Number(SeasonFormat.Workers.TargetWeight) ?? 0,
                    LodgingOk = row.Flag(SeasonFormat.Workers.LodgingOk),
                    Tags = row.List(SeasonFormat.Workers.Tags),
                    Needs = row.List(SeasonFormat.Workers.Needs),
                };
                if (!row.IsBad && id is not null)
                {
                    _workerIds.Place(id, workers.Count);
                    workers.Add(worker);
                }
            },
            (_workerIds, SeasonFormat.Workers.Id));
        return workers;
    }

    private void ReadWorkerSkills(List<Worker> workers)
    {
        var seen = new Dictionary<(string, string), int>();
        var skills = new List<(int Worker, SkillLevel Skill)>();
        ForEach(SeasonFormat.WorkerSkills.File, row =>
        {
            Named? worker = row.Ref(SeasonFormat.WorkerSkills.Worker, _workerIds, "a worker");
            string? skill = row.Word(SeasonFormat.WorkerSkills.Skill);
            int? level = row.Whole(SeasonFormat.WorkerSkills.Level);
            if (worker is { } who && skill is not null)
            {
                RequireOnce(row, seen, (who.Id, skill), SeasonFormat.WorkerSkills.Skill, "each skill of a worker once");
            }

            if (!row.IsBad && worker is { Position: >= 0 and int at } && skill is not null && level is not null)
            {
                skills.Add((at, new SkillLevel(new Skill(skill), level.Value)));
            }
        });
        foreach (IGrouping<int, (int Worker, SkillLevel Skill)> ofWorker in skills.GroupBy(s => s.Worker))
        {
            workers[ofWorker.Key] = workers[ofWorker.Key] with { Skills = [.. ofWorker.Select(s => s.Skill)] };
        }
    }

    private void ReadAvailability(List<Worker> workers)
    {
        var windows = new List<(int Worker, DayWindow Window)>();
        ForEach(SeasonFormat.Availability.File, row =>
        {
            Named? worker = row.Ref(SeasonFormat.Availability.Worker, _workerIds, "a worker");
            DayWindow? window = row.Window(SeasonFormat.Availability.From, SeasonFormat.Availability.To);
            if (!row.IsBad && worker is { Position: >= 0 and int at } && window is not null)
            {
                windows.Add((at, window.Value));
            }
        });
        foreach (IGrouping<int, (int Worker, DayWindow Window)> ofWorker in windows.GroupBy(w => w.Worker))
        {
            workers[ofWorker.Key] = workers[ofWorker.Key] with { Availability = [.. ofWorker.Select(w => w.Window)] };
        }
    }

    private List<HouseholdDuty> ReadHouseholds()
    {
        var duties = new List<HouseholdDuty>();
        var windows = new List<(string Owner, DayWindow Window, int Line)>();
        ForEach(SeasonFormat.Households.File, row =>
        {
            string? id = row.Word(SeasonFormat.Households.Id);
            int? keepHome = row.Whole(SeasonFormat.Households.KeepHome);
            DayWindow? window = row.Window(SeasonFormat.Households.From, SeasonFormat.Households.To);
            string? group = row.Word(SeasonFormat.Households.Group);
            if (id is not null && window is not null)
            {
                windows.Add((id, window.Value, row.Line));
            }

            if (!row.IsBad && id is not null && keepHome is not null && window is not null)
            {
                duties.Add(new HouseholdDuty(new HouseholdId(id), keepHome.Value, window.Value, group is null ? null : new MutualHelpGroupId(group)));
            }
        });
        RequireApart(SeasonFormat.Households.File, SeasonFormat.Households.Id, windows, "windows of one household");
        return duties;
    }

    private List<WorkerPair> ReadPairs()
    {
        var pairs = new List<WorkerPair>();
        ForEach(SeasonFormat.Pairs.File, row =>
        {
            Named? a = row.Ref(SeasonFormat.Pairs.WorkerA, _workerIds, "a worker");
            Named? b = row.Ref(SeasonFormat.Pairs.WorkerB, _workerIds, "a worker");
            PairKind? kind = row.Choice<PairKind>(SeasonFormat.Pairs.Kind);
            if (a is { } one && b is { } other && string.Equals(one.Id, other.Id, StringComparison.Ordinal))
            {
                row.Report(SeasonFormat.Pairs.WorkerB, "another worker than worker_a", FaultCode.SameWorker);
            }

            if (!row.IsBad && a is not null && b is not null && kind is not null)
            {
                pairs.Add(new WorkerPair(new WorkerId(a.Value.Id), new WorkerId(b.Value.Id), kind.Value));
            }
        });
        return pairs;
    }

    private List<Refusal> ReadRefusals()
    {
        var refusals = new List<Refusal>();
        ForEach(SeasonFormat.Refusals.File, row =>
        {
            Named? worker = row.Ref(SeasonFormat.Refusals.Worker, _workerIds, "a worker");
            Named? site = PlaceOf(row, SeasonFormat.Refusals.Site, "a site", PlaceKind.Site);
            if (!row.IsBad && worker is not null && site is not null)
            {
                refusals.Add(new Refusal(new WorkerId(worker.Value.Id), new PlaceId(site.Value.Id)));
            }
        });
        return refusals;
    }

    private void NoteSkillsNobodyHas(ImmutableArray<Worker> workers, ImmutableArray<Order> orders)
    {
        var had = workers.SelectMany(w => w.Skills).Select(s => s.Skill).ToHashSet();
        foreach (Order order in orders.Where(o => !had.Contains(o.Skill)))
        {
            _log.Note($"{SeasonFormat.Orders.File.Name}: nobody has the skill '{CellText.Shown(order.Skill.Value)}' of order {CellText.Shown(order.Id.Value)}.");
        }
    }
}
