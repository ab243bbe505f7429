using System.Collections.Immutable;
using Matching.Model;
using Matching.Plans;
using Matching.Rules;

namespace Matching.SeasonSuite.Greedy;

/// <summary>A crew the office would like to send. Positions are those of the season's lists.</summary>
/// <param name="Order">The order.</param>
/// <param name="Broker">The broker.</param>
/// <param name="Mode">Commuting or lodging.</param>
/// <param name="From">First day.</param>
/// <param name="Last">The last day it may reach.</param>
/// <param name="WantsTarget">Whether it goes for target days, not only required ones.</param>
/// <param name="FillsTargets">Whether spare places are filled up to the target.</param>
/// <param name="Pinned">Workers that must be in it by day; then it need not pay. Null for a crew of the office's own choice.</param>
internal sealed record CrewWish(
    int Order, int Broker, CrewMode Mode, int From, int Last, bool WantsTarget, bool FillsTargets, Dictionary<int, int[]>? Pinned);

/// <summary>Forms crews day by day and keeps the books; a crew that does not pay is taken back.</summary>
internal sealed class CrewForming
{
    private const int MostVillages = 3;
    private const int VillagesLookedAt = 15;

    private readonly Season _season;
    private readonly Ledger _ledger;
    private readonly Fleet _fleet;
    private readonly int _days;
    private readonly bool[,] _mayLead;
    private readonly bool[,] _siteOpen;
    private readonly int[][] _units;
    private readonly HashSet<(int Worker, int Day)> _reserved = [];
    private readonly Dictionary<(int Order, PlaceId Area), (PlaceId Village, int[] People)[]> _people = [];
    private readonly Dictionary<int, int[]> _brokersFor = [];
    private readonly HashSet<(WorkerId Worker, PlaceId Site)> _refusals;
    private readonly ImmutableArray<Crew>.Builder _crews = ImmutableArray.CreateBuilder<Crew>();
    private readonly ImmutableArray<WorkerDay>.Builder _workerDays = ImmutableArray.CreateBuilder<WorkerDay>();
    private readonly ImmutableArray<Trip>.Builder _trips = ImmutableArray.CreateBuilder<Trip>();

    public CrewForming(Season season)
    {
        _season = season;
        _days = season.DayCount;
        _ledger = new Ledger(season);
        _fleet = new Fleet(season);
        _refusals = [.. season.Refusals.Select(r => (r.Worker, r.Site))];
        AbsenceIndex absences = new(season);
        _mayLead = new bool[season.Brokers.Length, _days];
        _siteOpen = new bool[season.Orders.Length, _days];
        for (int d = 0; d < _days; d++)
        {
            DateOnly date = season.Day(d);
            for (int b = 0; b < season.Brokers.Length; b++)
            {
                _mayLead[b, d] = CrewRules.MayLead(season.Brokers[b], date) && !absences.IsOut(AbsenceKind.Broker, season.Brokers[b].Id.Value, date);
            }

            for (int o = 0; o < season.Orders.Length; o++)
            {
                _siteOpen[o, d] = !absences.IsOut(AbsenceKind.Site, season.Orders[o].Site.Value, date);
            }
        }

        _units = Units(season);
    }

    /// <summary>CNY gained so far: values less vehicles, coaches, brokers, starts, joins and other brokers.</summary>
    public decimal Gain { get; private set; }

    /// <summary>Keeps these worker-days out of all crews but those they are pinned to.</summary>
    public void Reserve(IEnumerable<(int Worker, int Day)> workerDays) => _reserved.UnionWith(workerDays);

    public bool IsFree(int broker, int day) => _mayLead[broker, day];

    /// <summary>How many worker-days the order still wants.</summary>
    public int Wanted(int order, int day, bool wantsTarget)
    {
        int at = (order * _days) + day;
        int room = _siteOpen[order, day] ? _ledger.Room(order, day) : 0;
        return wantsTarget ? room : Math.Min(room, _ledger.Required[at] - _ledger.Filled[at]);
    }

    /// <summary>Brokers whose crews fit the order, those with suitable people nearest to the site first.</summary>
    public int[] BrokersFor(int order)
    {
        if (!_brokersFor.TryGetValue(order, out int[]? brokers))
        {
            PlaceId site = _season.Orders[order].Site;
            _brokersFor[order] = brokers =
            [..
                from b in Enumerable.Range(0, _season.Brokers.Length)
                let size = CrewRules.SizeRange(_season.Orders[order], _season.Brokers[b])
                where size.Min <= size.Max && _season.Brokers[b].CertificateUntil is not null
                let people = People(order, _season.Brokers[b].Area)
                where people.Length > 0
                orderby _fleet.Leg(people[0].Village, site).Km, _season.Brokers[b].DailyFee
                select b,
            ];
        }

        return brokers;
    }

    /// <summary>Sends the crew if every day keeps all rules and the whole pays; gives its last day, or null.</summary>
    public int? TrySend(CrewWish wish)
    {
        CrewDraft draft = new(wish, _crews.Count);
        List<(PlaceId Village, int[] People)> sources = Sources(wish);
        for (int day = wish.From; day <= wish.Last && sources.Count > 0; day++)
        {
            if (!TryDay(draft, sources, day))
            {
                break;
            }
        }

        decimal gain = draft.Gain - _season.Costs.EngagementStart;
        if (draft.Days.Count == 0 || (wish.Pinned is null && gain <= 0))
        {
            foreach (DraftDay day in draft.Days)
            {
                TakeBack(draft, day.Day, day.Members);
                _mayLead[wish.Broker, day.Day] = true;
                if (day.Vehicle is { } vehicle)
                {
                    _fleet.GiveBack(vehicle, day.Day);
                }
            }

            return null;
        }

        Gain += gain;
        Write(draft);
        return draft.Days[^1].Day;
    }

    /// <summary>The plan so far with its shortages.</summary>
    public Plan ToPlan()
    {
        Dictionary<OrderId, int> index = _season.Orders.Select((o, i) => (o.Id, i)).ToDictionary(x => x.Id, x => x.i);
        return new()
        {
            Crews = _crews.ToImmutable(),
            WorkerDays = _workerDays.ToImmutable(),
            Trips = _trips.ToImmutable(),
            Shortages = [.. _season.Demand
                .Select(d => new Shortage(d.Order, d.Date, d.Required, d.Target, _ledger.Filled[(index[d.Order] * _days) + _season.DayIndex(d.Date)]))
                .Where(s => s.Filled < s.Target)],
        };
    }

    private bool TryDay(CrewDraft draft, List<(PlaceId Village, int[] People)> sources, int day)
    {
        CrewWish wish = draft.Wish;
        Order order = _season.Orders[wish.Order];
        Broker broker = _season.Brokers[wish.Broker];
        (int least, int most) = CrewRules.SizeRange(order, broker);
        int[] pinned = wish.Pinned?.GetValueOrDefault(day) ?? [];
        int room = Math.Min(most, _ledger.Room(wish.Order, day));
        int wanted = Wanted(wish.Order, day, wish.WantsTarget);
        if (!_mayLead[wish.Broker, day] || !_siteOpen[wish.Order, day] || room < least || (wanted <= 0 && wish.Pinned is null))
        {
            return false;
        }

        bool fills = wish.FillsTargets
            && order.ValueTarget * _ledger.LateFactor(wish.Order, day) > _season.Costs.MemberJoin + _season.Costs.OtherBroker;
        int want = Math.Clamp(fills ? room : Math.Max(wanted, pinned.Length), least, room);
        if (wish.Mode == CrewMode.Commute)
        {
            List<PlaceId>? full = _fleet.Route(sources.Select(s => s.Village), order);
            int bus = full is null ? -1 : _fleet.Find(day, full, want, orMost: true);
            if (bus < 0 || _season.Vehicles[bus].Seats < least)
            {
                return false;
            }

            want = Math.Min(want, _season.Vehicles[bus].Seats);
        }

        List<int> members = Gather(draft, sources, day, pinned, want);
        Dictionary<PlaceId, int> byVillage = members.GroupBy(w => _season.Workers[w].Village).ToDictionary(g => g.Key, g => g.Count());
        List<PlaceId>? route = members.Count < least ? null
            : wish.Mode == CrewMode.Commute ? _fleet.Route(byVillage.Keys, order) : [];
        int vehicle = route is { Count: > 0 } ? _fleet.Find(day, route, members.Count, orMost: false) : -1;
        if (route is null || (wish.Mode == CrewMode.Commute && vehicle < 0))
        {
            TakeBack(draft, day, members);
            return false;
        }

        decimal gain = DayGain(draft, day, members) - (vehicle < 0 ? 0m : _fleet.Cost(vehicle, route));
        if (wish.Pinned is null && draft.Days.Count > 0 && gain <= 0)
        {
            TakeBack(draft, day, members);
            return false;
        }

        _mayLead[wish.Broker, day] = false;
        if (vehicle >= 0)
        {
            _fleet.Take(vehicle, day);
        }

        draft.Add(new(day, members, vehicle < 0 ? null : vehicle, route, byVillage), gain);
        return true;
    }

    // Pinned people first, then experienced ones as far as C2 asks, those already in the crew, then newcomers.
    private List<int> Gather(CrewDraft draft, List<(PlaceId Village, int[] People)> sources, int day, int[] pinned, int want)
    {
        Order order = _season.Orders[draft.Wish.Order];
        HashSet<int> allowed = [.. sources.SelectMany(s => s.People)];
        List<int> line = [.. draft.Joined.Concat(sources.SelectMany(s => s.People)).Where(w => !_reserved.Contains((w, day))).Distinct()];
        List<int> members = [];
        foreach (int worker in pinned)
        {
            TryUnit(draft, allowed, members, worker, day, want, _ => true);
        }

        int needed = CrewRules.ExperiencedNeeded(order, want);
        for (int i = 0; i < line.Count && needed > 0 && members.Count(IsExperienced) < needed; i++)
        {
            if (IsExperienced(line[i]))
            {
                TryUnit(draft, allowed, members, line[i], day, want, w => !_reserved.Contains((w, day)));
            }
        }

        for (int i = 0; i < line.Count && members.Count < want; i++)
        {
            TryUnit(draft, allowed, members, line[i], day, want, w => !_reserved.Contains((w, day)));
        }

        while (members.Count(IsExperienced) < CrewRules.ExperiencedNeeded(order, members.Count))
        {
            int novice = members.FindLastIndex(w => !IsExperienced(w) && !_units[w].Any(IsExperienced));
            List<int> leaving = novice < 0 ? [.. members] : [.. _units[members[novice]]];
            TakeBack(draft, day, leaving);
            members.RemoveAll(leaving.Contains);
        }

        return members;

        bool IsExperienced(int worker) =>
            order.ExperiencedLevel is { } level && WorkerRules.LevelOf(_season.Workers[worker], order.Skill) >= level;
    }

    // People tied together go together or not at all.
    private void TryUnit(CrewDraft draft, HashSet<int> allowed, List<int> members, int worker, int day, int want, Func<int, bool> mayJoin)
    {
        CrewWish wish = draft.Wish;
        int[] unit = _units[worker];
        if (members.Count + unit.Length > want || _ledger.CrewOf(worker, day) >= 0)
        {
            return;
        }

        int entered = 0;
        foreach (int one in unit)
        {
            if (!allowed.Contains(one) || !mayJoin(one) || !draft.MayWork(one, day)
                || !_ledger.TryEnter(one, day, wish.Order, wish.Broker, draft.Number, wish.Mode))
            {
                break;
            }

            entered++;
        }

        if (entered < unit.Length)
        {
            TakeBack(draft, day, unit[..entered]);
            return;
        }

        members.AddRange(unit);
    }

    private void TakeBack(CrewDraft draft, int day, IReadOnlyList<int> members)
    {
        foreach (int worker in members)
        {
            _ledger.TakeBack(worker, day, draft.Wish.Order, draft.Wish.Broker, draft.Wish.Mode);
        }
    }

    private decimal DayGain(CrewDraft draft, int day, List<int> members)
    {
        Order order = _season.Orders[draft.Wish.Order];
        Broker broker = _season.Brokers[draft.Wish.Broker];
        int at = (draft.Wish.Order * _days) + day;
        int after = _ledger.Filled[at];
        int before = after - members.Count;
        int required = Math.Min(after, _ledger.Required[at]) - Math.Min(before, _ledger.Required[at]);
        decimal gain = (required * order.ValueRequired)
            + ((members.Count - required) * order.ValueTarget * _ledger.LateFactor(draft.Wish.Order, day)) - broker.DailyFee;
        foreach (int worker in members)
        {
            Worker person = _season.Workers[worker];
            gain -= person.Broker is { } own && own != broker.Id ? _season.Costs.OtherBroker : 0m;
            if (!draft.Joined.Contains(worker))
            {
                gain -= _season.Costs.MemberJoin;
                gain -= draft.Wish.Mode == CrewMode.Lodge ? 2m * _season.Transport.CoachFarePerKm * _fleet.Leg(person.Village, order.Site).Km : 0m;
            }
        }

        return gain;
    }

    private void Write(CrewDraft draft)
    {
        CrewWish wish = draft.Wish;
        CrewId id = new($"c{draft.Number + 1}");
        Order order = _season.Orders[wish.Order];
        _crews.Add(new(id, _season.Brokers[wish.Broker].Id, order.Id, _season.Day(draft.Days[0].Day), _season.Day(draft.Days[^1].Day), wish.Mode));
        foreach (DraftDay day in draft.Days)
        {
            foreach (int worker in day.Members)
            {
                _workerDays.Add(new(_season.Day(day.Day), id, _season.Workers[worker].Id));
            }

            if (day.Vehicle is { } vehicle)
            {
                _trips.Add(_fleet.Drive(new($"t{_trips.Count + 1}"), vehicle, day.Day, day.Route, order, id, day.ByVillage));
            }
        }
    }

    // The villages the crew comes from: the nearest that has enough free people, else up to three of the fullest near ones.
    private List<(PlaceId Village, int[] People)> Sources(CrewWish wish)
    {
        Order order = _season.Orders[wish.Order];
        (PlaceId Village, int[] People)[] all = People(wish.Order, _season.Brokers[wish.Broker].Area);
        bool rides = wish.Mode == CrewMode.Commute;
        List<(PlaceId Village, int[] People)> chosen = [];
        if (wish.Pinned is { } pinned)
        {
            HashSet<int> musts = [.. pinned.Where(p => p.Key >= wish.From && p.Key <= wish.Last).SelectMany(p => p.Value)];
            foreach (var source in all.Where(s => s.People.Any(musts.Contains)))
            {
                AddIfDriven(source);
            }
        }

        (int least, int most) = CrewRules.SizeRange(order, _season.Brokers[wish.Broker]);
        int want = Math.Clamp(Wanted(wish.Order, wish.From, wish.WantsTarget || wish.FillsTargets), least, most);
        List<((PlaceId Village, int[] People) Source, int Free)> near = [];
        int looked = 0;
        foreach (var source in all)
        {
            if (looked >= VillagesLookedAt)
            {
                break;
            }

            if (rides && _fleet.Route([source.Village], order) is null)
            {
                continue;
            }

            looked++;
            int free = source.People.Count(w => _ledger.MayEnter(w, wish.From, wish.Order, wish.Broker, _crews.Count, wish.Mode));
            if (free > 0)
            {
                near.Add((source, free));
            }

            if (free >= want)
            {
                break;
            }
        }

        int people = 0;
        foreach ((var source, int free) in near.OrderByDescending(n => Math.Min(n.Free, want)))
        {
            if (people < want && chosen.Count < MostVillages && chosen.TrueForAll(c => c.Village != source.Village))
            {
                people += AddIfDriven(source) ? free : 0;
            }
        }

        return chosen;

        bool AddIfDriven((PlaceId Village, int[] People) source)
        {
            if (rides && _fleet.Route(chosen.Append(source).Select(s => s.Village), order) is null)
            {
                return false;
            }

            chosen.Add(source);
            return true;
        }
    }

    /// <summary>Suitable people of the order in the area, by village from the nearest to the site; own workers and the experienced first.</summary>
    private (PlaceId Village, int[] People)[] People(int order, PlaceId area)
    {
        if (_people.TryGetValue((order, area), out (PlaceId Village, int[] People)[]? people))
        {
            return people;
        }

        PlaceId everywhere = default;
        if (area == everywhere)
        {
            Order wanted = _season.Orders[order];
            Site site = _season.SiteById[wanted.Site];
            people = [.. Enumerable.Range(0, _season.Workers.Length)
                .Where(w => WorkerRules.Suits(_season.Workers[w], wanted, site) && !_refusals.Contains((_season.Workers[w].Id, wanted.Site)))
                .GroupBy(w => _season.Workers[w].Village)
                .Where(g => _fleet.Leg(g.Key, wanted.Site).IsKnown)
                .Select(g => (Village: g.Key, People: g.OrderByDescending(w => WorkerRules.LevelOf(_season.Workers[w], wanted.Skill)).ToArray()))
                .OrderBy(v => _fleet.Leg(v.Village, wanted.Site).Km)];
        }
        else
        {
            people = [.. People(order, everywhere).Where(v => _season.LiesIn(v.Village, area))];
        }

        return _people[(order, area)] = people;
    }

    // Workers tied together, directly or through others, as one unit; everybody else is a unit of one.
    private static int[][] Units(Season season)
    {
        Dictionary<WorkerId, int> index = season.Workers.Select((w, i) => (w.Id, i)).ToDictionary(x => x.Id, x => x.i);
        List<int>?[] groups = new List<int>?[season.Workers.Length];
        foreach (WorkerPair pair in season.Pairs.Where(p => p.Kind == PairKind.Together))
        {
            (int a, int b) = (index[pair.WorkerA], index[pair.WorkerB]);
            List<int> merged = [.. (groups[a] ?? [a]).Union(groups[b] ?? [b])];
            foreach (int worker in merged)
            {
                groups[worker] = merged;
            }
        }

        return [.. groups.Select((g, i) => g?.ToArray() ?? [i])];
    }
}
