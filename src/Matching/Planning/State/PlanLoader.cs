using System.Collections.Immutable;
using Matching.Model;
using Matching.Planning.Compiled;
using Matching.Planning.Trips;
using Matching.Plans;

namespace Matching.Planning.State;

/// <summary>A worker-day of a loaded plan that the season no longer allows.</summary>
/// <param name="Unit">Who.</param>
/// <param name="Day">When.</param>
/// <param name="Crew">Position of the crew in the plan.</param>
internal readonly record struct LostDay(int Unit, int Day, int Crew);

/// <summary>A plan put into a state, and what of it could not be.</summary>
internal sealed class LoadedPlan
{
    public required Plan Plan { get; init; }

    /// <summary>Position of the plan's crew each slot stems from.</summary>
    public Dictionary<CrewSlot, int> CrewOf { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>Position of the plan's crew by unit × day, −1 where the plan sends the unit nowhere.</summary>
    public required int[] BaseCrew { get; init; }

    /// <summary>Worker-days left out.</summary>
    public List<LostDay> Lost { get; } = [];

    /// <summary>The plan's trips of each vehicle's morning in driving order.</summary>
    public Dictionary<(int Day, int Vehicle), Trip[]> Mornings { get; } = [];

    /// <summary>The chains as they were put in.</summary>
    public Dictionary<(int Day, int Vehicle), TripPlan[]> Chains { get; } = [];

    /// <summary>Days with trips of a shape the planner does not make: their riders are seated anew.</summary>
    public HashSet<int> ForeignDays { get; } = [];

    /// <summary>Positions of the plan's crews whose broker and order the season knows; others −1.</summary>
    public required (int Broker, int Order)[] Crews { get; init; }
}

/// <summary>
/// Puts any plan into a state, worker-day by worker-day, leaving out what the season does not allow. Rules that ask for a
/// least (crew size, experience) are the caller's business afterwards, so are riders without a seat.
/// </summary>
internal sealed class PlanLoader
{
    private readonly CompiledSeason _c;
    private readonly PlanState _state;
    private readonly Dictionary<WorkerId, int> _workers;
    private readonly Dictionary<BrokerId, int> _brokers;
    private readonly Dictionary<OrderId, int> _orders;
    private readonly Dictionary<VehicleId, int> _vehicles;
    private readonly Dictionary<PlaceId, int> _villages;
    private readonly Dictionary<PlaceId, int> _sites;

    public PlanLoader(CompiledSeason c, PlanState state)
    {
        (_c, _state) = (c, state);
        Season season = c.Season;
        _workers = Number([.. season.Workers.Select(w => w.Id)]);
        _brokers = Number([.. season.Brokers.Select(b => b.Id)]);
        _orders = Number([.. season.Orders.Select(o => o.Id)]);
        _vehicles = Number([.. season.Vehicles.Select(v => v.Id)]);
        _villages = Number(c.VillageId);
        _sites = Number(c.SiteId);
    }

    public Dictionary<WorkerId, int> Workers => _workers;

    public Dictionary<BrokerId, int> Brokers => _brokers;

    public Dictionary<OrderId, int> Orders => _orders;

    /// <summary>Loads the plan into the empty state; days that <paramref name="first"/> holds come before the others, pins before all.</summary>
    public LoadedPlan Load(Plan plan, Func<int, bool> first)
    {
        var loaded = new LoadedPlan
        {
            Plan = plan,
            BaseCrew = new int[_c.Units.Length * _c.Days],
            Crews =
            [
                .. plan.Crews.Select(c => _brokers.TryGetValue(c.Broker, out int b) && _orders.TryGetValue(c.Order, out int o) ? (b, o) : (-1, -1)),
            ],
        };
        Array.Fill(loaded.BaseCrew, -1);

        // Trips are read from the season and the plan alone, so that is done beside the worker-days.
        Task<List<ReadMorning>> mornings = Task.Run(() => ReadMornings(loaded));
        _state.BeginLoading();
        int[]?[] slots = OpenCrews(loaded);
        AddDays(loaded, slots, first);
        LoadTrips(loaded, mornings.GetAwaiter().GetResult());
        _state.EndLoading();
        return loaded;
    }

    /// <summary>An engagement for every run of days on which the broker may lead it.</summary>
    private int[]?[] OpenCrews(LoadedPlan loaded)
    {
        var slots = new int[]?[loaded.Crews.Length];
        for (int i = 0; i < slots.Length; i++)
        {
            (int broker, int order) = loaded.Crews[i];
            Crew crew = loaded.Plan.Crews[i];
            bool lodge = crew.Mode == CrewMode.Lodge;
            if (broker < 0 || (lodge ? !_c.MayLodge[order] : !_c.MayCommute[order]))
            {
                continue;
            }

            (int min, int max) = _c.SizeRange(broker, order);
            int from = Math.Max(0, _c.Season.DayIndex(crew.From));
            int to = Math.Min(_c.Days - 1, _c.Season.DayIndex(crew.To));
            if (min > max || from > to)
            {
                continue;
            }

            int[] byDay = new int[to - from + 1];
            Array.Fill(byDay, -1);
            slots[i] = byDay;
            for (int d = from; d <= to; d++)
            {
                if (!MayRun(broker, order, d))
                {
                    continue;
                }

                int end = d;
                while (end < to && MayRun(broker, order, end + 1))
                {
                    end++;
                }

                int slot = _state.CreateCrew(broker, order, d, end, lodge);
                loaded.CrewOf[_state.Crew(slot)] = i;
                Array.Fill(byDay, slot, d - from, end - d + 1);
                d = end;
            }
        }

        return slots;
    }

    private bool MayRun(int broker, int order, int day) =>
        _c.CanLead[(broker * _c.Days) + day] && _state.BrokerCrew(broker, day) < 0 && _c.Target[(order * _c.Days) + day] > 0;

    private void AddDays(LoadedPlan loaded, int[]?[] slots, Func<int, bool> first)
    {
        var crewNumber = new Dictionary<CrewId, int>(loaded.Plan.Crews.Length);
        for (int i = 0; i < loaded.Plan.Crews.Length; i++)
        {
            crewNumber[loaded.Plan.Crews[i].Id] = i;
        }

        var rows = new LostDay[loaded.Plan.WorkerDays.Length];
        var spare = new LostDay[rows.Length];
        int count = 0;
        foreach (WorkerDay row in loaded.Plan.WorkerDays)
        {
            int day = _c.Season.DayIndex(row.Date);
            if (day >= 0 && day < _c.Days && _workers.TryGetValue(row.Worker, out int worker))
            {
                rows[count++] = new LostDay(_c.UnitOfWorker[worker], day, crewNumber[row.Crew]);
            }
        }

        // Unit by unit, as the state keeps them: a season is too large to be walked criss-cross.
        SortBy(rows.AsSpan(0, count), spare, r => r.Day, _c.Days);
        SortBy(spare.AsSpan(0, count), rows, r => r.Unit, _c.Units.Length);

        // A unit works where all its members do.
        int[] present = new int[_c.Units.Length * _c.Days];
        int kept = 0;
        foreach (LostDay row in rows.AsSpan(0, count))
        {
            int at = (row.Unit * _c.Days) + row.Day;
            if (loaded.BaseCrew[at] < 0)
            {
                loaded.BaseCrew[at] = row.Crew;
                spare[kept++] = row;
            }

            present[at] += loaded.BaseCrew[at] == row.Crew ? 1 : 0;
        }

        HashSet<(int Unit, int Day, int Broker, int Order)> pinned = Pinned();
        int Rank(LostDay row)
        {
            (int broker, int order) = loaded.Crews[row.Crew];
            bool isPinned = pinned.Count > 0 && pinned.Contains((row.Unit, row.Day, broker, order));
            bool experienced = order >= 0 && _state.ExperiencedIn(row.Unit, order) > 0;
            return (isPinned ? 0 : first(row.Day) ? 2 : 4) + (experienced ? 0 : 1);
        }

        SortBy(spare.AsSpan(0, kept), rows, r => r.Crew, loaded.Crews.Length);
        SortBy(rows.AsSpan(0, kept), spare, Rank, 6);
        foreach (LostDay row in spare.AsSpan(0, kept))
        {
            int slot = SlotOn(loaded, slots, row);
            int at = (row.Unit * _c.Days) + row.Day;
            if (slot < 0 || present[at] < _c.Units[row.Unit].Size || !_state.Suits(row.Unit, slot) || !_state.CanAdd(row.Unit, slot, row.Day))
            {
                loaded.Lost.Add(row);
                continue;
            }

            _state.Add(row.Unit, slot, row.Day);
            (int broker, int order) = loaded.Crews[row.Crew];
            if (pinned.Count > 0 && pinned.Contains((row.Unit, row.Day, broker, order)))
            {
                _state.Pin(row.Unit, slot, row.Day);
            }
        }
    }

    /// <summary>Sorts by a key from 0 to below <paramref name="keys"/>; rows of the same key stay in order.</summary>
    private static void SortBy(ReadOnlySpan<LostDay> rows, LostDay[] sorted, Func<LostDay, int> key, int keys)
    {
        int[] next = new int[keys + 1];
        foreach (LostDay row in rows)
        {
            next[key(row) + 1]++;
        }

        for (int k = 0; k < keys; k++)
        {
            next[k + 1] += next[k];
        }

        foreach (LostDay row in rows)
        {
            sorted[next[key(row)]++] = row;
        }
    }

    private int SlotOn(LoadedPlan loaded, int[]?[] slots, LostDay row)
    {
        int[]? byDay = slots[row.Crew];
        int at = byDay is null ? -1 : row.Day - Math.Max(0, _c.Season.DayIndex(loaded.Plan.Crews[row.Crew].From));
        return at >= 0 && at < byDay!.Length ? byDay[at] : -1;
    }

    private HashSet<(int, int, int, int)> Pinned() =>
        [.. _c.Season.Pins.Select(p => (_c.UnitOfWorker[_workers[p.Worker]], _c.Season.DayIndex(p.Date), _brokers[p.Broker], _orders[p.Order]))];

    /// <summary>A vehicle's morning as the plan has it.</summary>
    /// <param name="Day">When.</param>
    /// <param name="Vehicle">Which.</param>
    /// <param name="Trips">In driving order.</param>
    /// <param name="Chain">What of it has the planner's shape.</param>
    /// <param name="IsForeign">Whether some trip has not.</param>
    private readonly record struct ReadMorning(int Day, int Vehicle, Trip[] Trips, List<TripPlan> Chain, bool IsForeign);

    private List<ReadMorning> ReadMornings(LoadedPlan loaded)
    {
        Dictionary<CrewId, int> orderOf = [];
        for (int i = 0; i < loaded.Crews.Length; i++)
        {
            orderOf[loaded.Plan.Crews[i].Id] = loaded.Crews[i].Order;
        }

        var mornings = new List<ReadMorning>();
        foreach (var morning in loaded.Plan.Trips.GroupBy(t => (t.Date, t.Vehicle)))
        {
            int day = _c.Season.DayIndex(morning.Key.Date);
            if (day < 0 || day >= _c.Days || !_vehicles.TryGetValue(morning.Key.Vehicle, out int vehicle))
            {
                continue;
            }

            Trip[] trips = [.. morning.OrderBy(t => t.Departs).ThenBy(t => t.Id.Value, StringComparer.Ordinal)];
            var chain = new List<TripPlan>(trips.Length);
            bool isForeign = false;
            foreach (Trip trip in _c.VehicleOut[(vehicle * _c.Days) + day] ? [] : trips)
            {
                TripPlan? converted = Convert(trip, chain, orderOf, vehicle, out bool foreign);
                isForeign |= foreign;
                if (converted is not null)
                {
                    chain.Add(converted);
                }
            }

            mornings.Add(new ReadMorning(day, vehicle, trips, chain, isForeign));
        }

        return mornings;
    }

    private void LoadTrips(LoadedPlan loaded, List<ReadMorning> mornings)
    {
        foreach ((int day, int vehicle, Trip[] trips, List<TripPlan> chain, bool isForeign) in mornings)
        {
            loaded.Mornings[(day, vehicle)] = trips;
            if (isForeign)
            {
                loaded.ForeignDays.Add(day);
            }

            DayTransport transport = _state.Transport(day);
            while (chain.Count > 0 && !transport.IsFeasible(vehicle, chain.ToArray()))
            {
                chain.RemoveAt(chain.Count - 1);
            }

            if (chain.Count > 0)
            {
                TripPlan[] put = [.. chain];
                transport.SetChain(vehicle, put);
                loaded.Chains[(day, vehicle)] = put;
            }
        }
    }

    /// <summary>The trip as villages, then sites; null when it has another shape or a ride is too long now.</summary>
    private TripPlan? Convert(Trip trip, List<TripPlan> before, Dictionary<CrewId, int> orderOf, int vehicle, out bool foreign)
    {
        foreign = true;
        var loads = new Dictionary<(int Village, int Order), int>();
        var down = new Dictionary<(int Village, int Order), int>();
        var all = new StopLists(_villages, _sites);
        var used = new StopLists(_villages, _sites);
        foreach (TripStop stop in trip.Stops.OrderBy(s => s.Seq))
        {
            bool boards = stop.Groups.Any(g => g.Board > 0);
            bool alights = stop.Groups.Any(g => g.Alight > 0);
            all.Add(stop.Place, boards, alights);
            if (boards || alights)
            {
                used.Add(stop.Place, boards, alights);
            }

            foreach (StopGroup group in stop.Groups)
            {
                if (group.Board <= 0 && group.Alight <= 0)
                {
                    continue;
                }

                int order = orderOf[group.Crew];
                if (order < 0)
                {
                    // The order is gone; so are its riders.
                    continue;
                }

                if (!_villages.TryGetValue(group.Village, out int home) || (group.Board > 0 && group.Village != stop.Place)
                    || (group.Alight > 0 && _c.SiteId[_c.OrderSite[order]] != stop.Place))
                {
                    return null;
                }

                loads[(home, order)] = loads.GetValueOrDefault((home, order)) + group.Board;
                down[(home, order)] = down.GetValueOrDefault((home, order)) + group.Alight;
            }
        }

        if (!(all.IsTrip || used.IsTrip) || loads.Any(l => down.GetValueOrDefault(l.Key) != l.Value) || down.Count != loads.Count)
        {
            return null;
        }

        foreign = false;
        var seated = new List<Load>();
        int free = _c.Seats[vehicle];
        foreach (((int village, int order), int count) in loads)
        {
            int taken = Math.Min(free, count);
            free -= taken;
            if (taken > 0)
            {
                seated.Add(new Load(village, order, taken));
            }
        }

        // Stops of nobody are on the way of short cuts or detours, as in the planner's own plans; else they are kept as stops.
        PlaceId[] told = [.. trip.Stops.OrderBy(s => s.Seq).Select(s => s.Place)];
        TripPlan? plan = used.IsTrip ? TripPlan.Create(_c, [.. used.Villages], [.. used.Sites], [.. seated]) : null;
        if (plan is not null && IsDrivenAs(plan))
        {
            return plan;
        }

        if (plan is not null && WithDetours(plan, before, vehicle, told) is { } detoured && IsDrivenAs(detoured))
        {
            return detoured;
        }

        foreign = !all.IsTrip;
        return foreign ? null : TripPlan.Create(_c, [.. all.Villages], [.. all.Sites], [.. seated]);

        bool IsDrivenAs(TripPlan driven) =>
            TripStops.Of(_c, vehicle, [.. before, driven], before.Count, 0).Select(s => s.Place).SequenceEqual(told);
    }

    /// <summary>The trip with a detour over every stop that stands alone between two of its own, where none is driven over a short cut; null when a ride is too long then.</summary>
    private TripPlan? WithDetours(TripPlan plan, List<TripPlan> before, int vehicle, PlaceId[] told)
    {
        PlaceId[] own = [.. plan.Villages.Select(v => _c.VillageId[v]), .. plan.Sites.Select(s => _c.SiteId[s])];
        PlaceId from = before.Count == 0 ? _c.Season.Vehicles[vehicle].Depot : _c.SiteId[before[^1].Last];
        TripPlan? with = plan;
        for (int i = 0, leg = 0; i < told.Length && leg < own.Length && with is not null; i++)
        {
            if (told[i] != own[leg])
            {
                if (i + 1 < told.Length && told[i + 1] == own[leg] && Detour.Of(_c.Season, leg, from, told[i], own[leg]) is { } detour
                    && !((leg > 0 || before.Count > 0) && _c.Travel.ShortCut(from, own[leg])?.Via == told[i]))
                {
                    with = with.Over(_c, detour);
                }

                continue;
            }

            from = own[leg++];
        }

        return with;
    }

    private static Dictionary<T, int> Number<T>(T[] ids)
        where T : notnull
    {
        var numbers = new Dictionary<T, int>(ids.Length);
        for (int i = 0; i < ids.Length; i++)
        {
            numbers[ids[i]] = i;
        }

        return numbers;
    }

    /// <summary>Stops of a trip as villages, then sites, each once.</summary>
    private sealed class StopLists(Dictionary<PlaceId, int> villages, Dictionary<PlaceId, int> sites)
    {
        private bool _fits = true;

        public List<int> Villages { get; } = [];

        public List<int> Sites { get; } = [];

        /// <summary>Whether the stops so far have that shape, with a village and a site at the least.</summary>
        public bool IsTrip => _fits && Villages.Count > 0 && Sites.Count > 0;

        public void Add(PlaceId place, bool boards, bool alights)
        {
            if (sites.TryGetValue(place, out int site) && !boards && !Sites.Contains(site) && Villages.Count > 0)
            {
                Sites.Add(site);
            }
            else if (villages.TryGetValue(place, out int village) && !alights && Sites.Count == 0 && !Villages.Contains(village))
            {
                Villages.Add(village);
            }
            else
            {
                _fits = false;
            }
        }
    }
}
