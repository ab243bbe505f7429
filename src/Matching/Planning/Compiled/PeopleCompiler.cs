using System.Runtime.InteropServices;
using System.Text;
using Matching.Model;
using Matching.Rules;

namespace Matching.Planning.Compiled;

/// <summary>Compiles workers, pairs and households into units, kinds and duty pools.</summary>
internal sealed class PeopleCompiler
{
    private readonly Season _season;

    public PeopleCompiler(Season season, AbsenceIndex absences, Dictionary<PlaceId, int> villageIndex)
    {
        _season = season;
        int n = season.Workers.Length;
        var workerIndex = new Dictionary<WorkerId, int>(n);
        for (int w = 0; w < n; w++)
        {
            workerIndex[season.Workers[w].Id] = w;
        }

        int[] root = Components(n, workerIndex);
        UnitOfWorker = new int[n];
        var membersOf = new List<List<int>>();
        var unitOfRoot = new Dictionary<int, int>();
        for (int w = 0; w < n; w++)
        {
            ref int unit = ref CollectionsMarshal.GetValueRefOrAddDefault(unitOfRoot, root[w], out bool known);
            if (!known)
            {
                unit = membersOf.Count;
                membersOf.Add([]);
            }

            membersOf[unit].Add(w);
            UnitOfWorker[w] = unit;
        }

        var brokerIndex = new Dictionary<BrokerId, int>();
        for (int b = 0; b < season.Brokers.Length; b++)
        {
            brokerIndex[season.Brokers[b].Id] = b;
        }

        (DutyPool, PoolSlack, int[] householdOf) = CompileDuties();
        (List<int>[] apart, List<int>[] sameSite, bool[] torn) = Ties(membersOf.Count, workerIndex);
        int[] workerKind = WorkerKinds(workerIndex, out List<UnitKind> kinds);
        var merged = new Dictionary<string, int>();
        Units = new Unit[membersOf.Count];
        for (int u = 0; u < Units.Length; u++)
        {
            int[] members = [.. membersOf[u]];
            int kind = members.Length == 1 ? workerKind[members[0]] : MergeKinds(members, workerKind, kinds, merged);
            Worker[] workers = [.. members.Select(w => season.Workers[w])];
            Units[u] = new Unit
            {
                Members = members,
                Village = villageIndex[workers[0].Village],
                Homes = [.. workers.GroupBy(w => villageIndex[w.Village]).Select(g => (g.Key, g.Count()))],
                Kind = kind,
                Available = torn[u] ? new bool[season.DayCount] : Availability(workers, absences),
                AdultFrom = workers.Max(w => season.DayIndex(WorkerRules.Reaches(w.BirthDate, Math.Max(season.Work.AdultAge, season.Work.MinAge)))),
                LodgingOk = workers.All(w => w.LodgingOk),
                MaxDays = workers.Min(w => w.MaxDays ?? int.MaxValue),
                OwnBroker = [.. workers.Select(w => w.Broker is { } b && brokerIndex.TryGetValue(b, out int i) ? i : -1)],
                Shares = [.. workers.Where(w => w.TargetDays > 0 && w.TargetWeight > 0).Select(w => (w.TargetDays, (double)w.TargetWeight))],
                Duties = [.. members.Where(w => householdOf[w] >= 0).GroupBy(w => householdOf[w]).Select(g => (g.Key, g.Count()))],
                Apart = [.. apart[u].Distinct()],
                SameSite = [.. sameSite[u].Distinct()],
            };
        }

        Kinds = [.. kinds];
    }

    public Unit[] Units { get; }

    public int[] UnitOfWorker { get; }

    public UnitKind[] Kinds { get; }

    public int[]?[] DutyPool { get; }

    public int[] PoolSlack { get; }

    private int[] Components(int n, Dictionary<WorkerId, int> workerIndex)
    {
        int[] parent = new int[n];
        for (int w = 0; w < n; w++)
        {
            parent[w] = w;
        }

        int Find(int w)
        {
            while (parent[w] != w)
            {
                w = parent[w] = parent[parent[w]];
            }

            return w;
        }

        foreach (WorkerPair pair in _season.Pairs)
        {
            if (pair.Kind == PairKind.Together)
            {
                parent[Find(workerIndex[pair.WorkerA])] = Find(workerIndex[pair.WorkerB]);
            }
        }

        int[] root = new int[n];
        for (int w = 0; w < n; w++)
        {
            root[w] = Find(w);
        }

        return root;
    }

    private (List<int>[] Apart, List<int>[] SameSite, bool[] Torn) Ties(int units, Dictionary<WorkerId, int> workerIndex)
    {
        var apart = new List<int>[units];
        var sameSite = new List<int>[units];
        bool[] torn = new bool[units];
        for (int u = 0; u < units; u++)
        {
            (apart[u], sameSite[u]) = ([], []);
        }

        foreach (WorkerPair pair in _season.Pairs)
        {
            int a = UnitOfWorker[workerIndex[pair.WorkerA]];
            int b = UnitOfWorker[workerIndex[pair.WorkerB]];
            if (a == b)
            {
                // Together and apart at once: neither can ever work.
                torn[a] |= pair.Kind == PairKind.Apart;
            }
            else if (pair.Kind != PairKind.Together)
            {
                List<int>[] ties = pair.Kind == PairKind.Apart ? apart : sameSite;
                ties[a].Add(b);
                ties[b].Add(a);
            }
        }

        return (apart, sameSite, torn);
    }

    private bool[] Availability(Worker[] workers, AbsenceIndex absences)
    {
        bool[] available = new bool[_season.DayCount];
        Array.Fill(available, true);
        foreach (Worker worker in workers)
        {
            DateOnly oldEnough = WorkerRules.Reaches(worker.BirthDate, _season.Work.MinAge);
            ReadOnlySpan<DayWindow> absent = absences.WindowsOf(AbsenceKind.Worker, worker.Id.Value);
            for (int d = 0; d < available.Length; d++)
            {
                DateOnly day = _season.Day(d);
                available[d] &= day >= oldEnough && WorkerRules.IsAvailable(worker, day) && !AbsenceIndex.IsIn(absent, day);
            }
        }

        return available;
    }

    private (int[]?[] DutyPool, int[] Slack, int[] HouseholdOf) CompileDuties()
    {
        int[] householdOf = new int[_season.Workers.Length];
        Array.Fill(householdOf, -1);
        var dutiesOf = _season.HouseholdDuties.GroupBy(h => h.Household).ToDictionary(g => g.Key, g => g.ToArray());
        var index = new Dictionary<HouseholdId, int>();
        var members = new List<int>();
        for (int w = 0; w < householdOf.Length; w++)
        {
            if (_season.Workers[w].Household is { } household && dutiesOf.ContainsKey(household))
            {
                if (!index.TryGetValue(household, out int h))
                {
                    h = index[household] = index.Count;
                    members.Add(0);
                }

                householdOf[w] = h;
                members[h]++;
            }
        }

        var slack = new List<int>();
        var groupPool = new Dictionary<(MutualHelpGroupId Group, int Day), int>();
        int[]?[] pool = new int[index.Count][];
        foreach ((HouseholdId household, int h) in index)
        {
            int[] days = new int[_season.DayCount];
            Array.Fill(days, -1);
            foreach (HouseholdDuty duty in dutiesOf[household])
            {
                int first = duty.Window.From is { } from ? Math.Max(0, _season.DayIndex(from)) : 0;
                int last = duty.Window.To is { } to ? Math.Min(_season.DayCount - 1, _season.DayIndex(to)) : _season.DayCount - 1;
                for (int d = first; d <= last; d++)
                {
                    int p;
                    if (duty.Group is { } group)
                    {
                        ref int shared = ref CollectionsMarshal.GetValueRefOrAddDefault(groupPool, (group, d), out bool known);
                        if (!known)
                        {
                            shared = slack.Count;
                            slack.Add(0);
                        }

                        p = shared;
                    }
                    else
                    {
                        p = slack.Count;
                        slack.Add(0);
                    }

                    days[d] = p;
                    slack[p] += members[h] - Math.Min(duty.KeepHome, members[h]);
                }
            }

            pool[h] = days;
        }

        return (pool, [.. slack], householdOf);
    }

    private int[] WorkerKinds(Dictionary<WorkerId, int> workerIndex, out List<UnitKind> kinds)
    {
        var refusedBy = new Dictionary<int, SortedSet<string>>();
        foreach (Refusal refusal in _season.Refusals)
        {
            int w = workerIndex[refusal.Worker];
            if (!refusedBy.TryGetValue(w, out SortedSet<string>? sites))
            {
                sites = refusedBy[w] = new SortedSet<string>(StringComparer.Ordinal);
            }

            sites.Add(refusal.Site.Value);
        }

        bool anyExperience = _season.Orders.Any(CrewRules.AsksExperience);
        Site[] siteOf = [.. _season.Orders.Select(o => _season.SiteById[o.Site])];
        var byKey = new Dictionary<string, int>(StringComparer.Ordinal);
        var byContent = new Dictionary<string, int>(StringComparer.Ordinal);
        kinds = [];
        int[] kindOf = new int[_season.Workers.Length];
        for (int w = 0; w < kindOf.Length; w++)
        {
            Worker worker = _season.Workers[w];
            refusedBy.TryGetValue(w, out SortedSet<string>? refused);
            string key = ProfileKey(worker, refused);
            if (!byKey.TryGetValue(key, out int kind))
            {
                ulong[] bits = new ulong[(_season.Orders.Length + 63) / 64];
                short[]? experienced = anyExperience ? new short[_season.Orders.Length] : null;
                for (int o = 0; o < _season.Orders.Length; o++)
                {
                    Order order = _season.Orders[o];
                    if (WorkerRules.Suits(worker, order, siteOf[o]) && refused?.Contains(order.Site.Value) != true)
                    {
                        bits[o >> 6] |= 1UL << (o & 63);
                    }

                    if (CrewRules.AsksExperience(order) && WorkerRules.LevelOf(worker, order.Skill) >= order.ExperiencedLevel)
                    {
                        experienced![o] = 1;
                    }
                }

                kind = Intern(bits, experienced, kinds, byContent);
                byKey[key] = kind;
            }

            kindOf[w] = kind;
        }

        return kindOf;
    }

    private static string ProfileKey(Worker worker, SortedSet<string>? refused)
    {
        var key = new StringBuilder();
        foreach (SkillLevel held in worker.Skills)
        {
            key.Append(held.Skill.Value).Append('\u0001').Append(held.Level).Append('\u0002');
        }

        key.Append('\u0003').Append(worker.MinDailyWage).Append('\u0003').AppendJoin('\u0001', worker.Tags)
            .Append('\u0003').AppendJoin('\u0001', worker.Needs).Append('\u0003');
        if (refused is not null)
        {
            key.AppendJoin('\u0001', refused);
        }

        return key.ToString();
    }

    private static int Intern(ulong[] bits, short[]? experienced, List<UnitKind> kinds, Dictionary<string, int> byContent)
    {
        string content = string.Join(',', bits) + "|" + (experienced is null ? "" : string.Join(',', experienced));
        if (!byContent.TryGetValue(content, out int kind))
        {
            kind = byContent[content] = kinds.Count;
            kinds.Add(new UnitKind { Eligible = bits, Experienced = experienced });
        }

        return kind;
    }

    private static int MergeKinds(int[] members, int[] kindOf, List<UnitKind> kinds, Dictionary<string, int> merged)
    {
        string key = string.Join(',', members.Select(w => kindOf[w]).Order());
        if (merged.TryGetValue(key, out int known))
        {
            return known;
        }

        UnitKind first = kinds[kindOf[members[0]]];
        ulong[] bits = [.. first.Eligible];
        short[]? experienced = first.Experienced is null ? null : [.. first.Experienced];
        foreach (int w in members.Skip(1))
        {
            UnitKind other = kinds[kindOf[w]];
            for (int i = 0; i < bits.Length; i++)
            {
                bits[i] &= other.Eligible[i];
            }

            for (int o = 0; experienced is not null && o < experienced.Length; o++)
            {
                experienced[o] += other.Experienced![o];
            }
        }

        kinds.Add(new UnitKind { Eligible = bits, Experienced = experienced });
        return merged[key] = kinds.Count - 1;
    }
}
