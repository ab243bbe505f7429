using System.Collections.Immutable;
using System.Globalization;
using Matching.Model;
using Matching.Planning.Compiled;
using Matching.Planning.State;
using Matching.Planning.Trips;
using Matching.Plans;

namespace Matching.Repairing;

/// <summary>
/// Writes a state as a plan that keeps the names and times of the plan it was loaded from: crews and trips that stay have their
/// ids, trips with the same stops leave when they did, and groups ride where they rode.
/// </summary>
internal sealed class KeptPlanWriter
{
    private readonly CompiledSeason _c;
    private readonly PlanState _state;
    private readonly LoadedPlan _loaded;
    private readonly int[] _slots;
    private readonly Dictionary<int, CrewId> _ids = [];
    private readonly Dictionary<CrewId, int> _slotOf = [];
    private readonly HashSet<string> _tripIds;
    private readonly RowsByDate<WorkerDay> _rowsBefore;
    private readonly RowsByDate<Trip> _tripsBefore;
    private readonly bool _sameRoads;
    private bool _copies;
    private int _freshTrips;

    public KeptPlanWriter(CompiledSeason c, PlanState state, LoadedPlan loaded, bool sameRoads)
    {
        (_c, _state, _loaded, _sameRoads) = (c, state, loaded, sameRoads);
        _rowsBefore = new RowsByDate<WorkerDay>(loaded.Plan.WorkerDays, d => d.Date);
        _tripsBefore = new RowsByDate<Trip>(loaded.Plan.Trips, t => t.Date);
        _slots =
        [
            .. Enumerable.Range(0, state.Crews.Count).Where(i => state.Crews[i] is not null)
                .OrderBy(i => state.Crew(i).From).ThenBy(i => state.Crew(i).Broker).ThenBy(i => state.Crew(i).Order),
        ];
        _tripIds = [.. loaded.Plan.Trips.Select(t => t.Id.Value)];
        NameCrews();
    }

    /// <summary>Ids by slot.</summary>
    public IReadOnlyDictionary<int, CrewId> CrewIds => _ids;

    /// <summary>The plan without shortages and facts.</summary>
    /// <param name="copyDays">Whether days on which nothing changed, and stops of trips that stay, are copied as they were; a plan that was not legal before cannot be.</param>
    public Plan Write(bool copyDays)
    {
        (_copies, _freshTrips) = (copyDays, 0);
        var workerDays = ImmutableArray.CreateBuilder<WorkerDay>(_loaded.Plan.WorkerDays.Length);
        var trips = ImmutableArray.CreateBuilder<Trip>(_loaded.Plan.Trips.Length);
        bool[] untouched = UntouchedDays();
        for (int d = 0; d < _c.Days; d++)
        {
            if (copyDays && untouched[d] && _sameRoads && RunsAsBefore(d))
            {
                workerDays.AddRange(_rowsBefore[_c.Season.Day(d)].AsSpan());
                trips.AddRange(_tripsBefore[_c.Season.Day(d)].AsSpan());
                continue;
            }

            Dictionary<(int Slot, int Village), int> groups = AddWorkers(d, workerDays);
            if (copyDays && untouched[d] && _loaded.ForeignDays.Contains(d))
            {
                trips.AddRange(_tripsBefore[_c.Season.Day(d)].AsSpan());
            }
            else
            {
                AddTrips(d, groups, trips);
            }
        }

        return new Plan
        {
            Crews =
            [
                .. _slots.Select(slot => (Slot: _state.Crew(slot), Id: _ids[slot])).Select(s => new Crew(
                    s.Id, _c.Season.Brokers[s.Slot.Broker].Id, _c.Season.Orders[s.Slot.Order].Id, _c.Season.Day(s.Slot.From),
                    _c.Season.Day(s.Slot.To), s.Slot.Lodge ? CrewMode.Lodge : CrewMode.Commute)),
            ],
            WorkerDays = workerDays.DrainToImmutable(),
            Trips = trips.DrainToImmutable(),
        };
    }

    /// <summary>Of the parts of a crew that was split, the one with most worker-days keeps the name.</summary>
    private void NameCrews()
    {
        var taken = new HashSet<string>(_loaded.Plan.Crews.Select(c => c.Id.Value), StringComparer.Ordinal);
        var parts = _slots.Where(s => _loaded.CrewOf.ContainsKey(_state.Crew(s))).GroupBy(s => _loaded.CrewOf[_state.Crew(s)]);
        foreach (var part in parts)
        {
            string name = _loaded.Plan.Crews[part.Key].Id.Value;
            int number = 1;
            foreach (int slot in part.OrderByDescending(s => _state.Crew(s).Count.Sum()).ThenBy(s => s))
            {
                Name(slot, number == 1 ? name : Fresh(name + "-", ref number, taken));
                number++;
            }
        }

        int fresh = _loaded.Plan.Crews.Length + 1;
        foreach (int slot in _slots.Where(s => !_ids.ContainsKey(s)))
        {
            Name(slot, Fresh("C", ref fresh, taken));
            fresh++;
        }

        void Name(int slot, string name)
        {
            _ids[slot] = new CrewId(name);
            _slotOf[new CrewId(name)] = slot;
        }
    }

    private static string Fresh(string stem, ref int number, HashSet<string> taken)
    {
        string name;
        while (!taken.Add(name = stem + number.ToString("0000", CultureInfo.InvariantCulture)))
        {
            number++;
        }

        return name;
    }

    private Dictionary<(int Slot, int Village), int> AddWorkers(int day, ImmutableArray<WorkerDay>.Builder workerDays)
    {
        DateOnly date = _c.Season.Day(day);
        var groups = new Dictionary<(int, int), int>();
        foreach (int slot in _slots)
        {
            CrewSlot crew = _state.Crew(slot);
            if (day < crew.From || day > crew.To)
            {
                continue;
            }

            foreach (int u in crew.Members.Order())
            {
                if (_state.AssignedCrew(u, day) != slot)
                {
                    continue;
                }

                foreach (int w in _c.Units[u].Members)
                {
                    workerDays.Add(new WorkerDay(date, _ids[slot], _c.Season.Workers[w].Id));
                }

                foreach ((int village, int count) in crew.Lodge ? [] : _c.Units[u].Homes)
                {
                    groups[(slot, village)] = groups.GetValueOrDefault((slot, village)) + count;
                }
            }
        }

        return groups;
    }

    /// <summary>Whether every vehicle of the day drives what it drove, at times it may still keep.</summary>
    private bool RunsAsBefore(int day)
    {
        if (_loaded.ForeignDays.Contains(day))
        {
            return false;
        }

        int mornings = _tripsBefore[_c.Season.Day(day)].Select(t => t.Vehicle).Distinct().Count();
        DayTransport transport = _state.Transport(day);
        return mornings == transport.Used.Count && transport.Used.All(k =>
            _loaded.Chains.TryGetValue((day, k), out TripPlan[]? chain) && ReferenceEquals(chain, transport.Chain(k))
            && _loaded.Mornings[(day, k)] is { } trips && trips.Length == chain.Length
            && Fits(transport, k, chain, [.. trips.Select((t, i) => LeavesVillage(t, _c.VillageId[chain[i].First]))]));
    }

    /// <summary>On which days everybody works where they did.</summary>
    private bool[] UntouchedDays()
    {
        int[] keeps = [.. _loaded.Plan.Crews.Select(c => _slotOf.GetValueOrDefault(c.Id, -1))];
        int[] people = new int[_c.Days];
        bool[] untouched = new bool[_c.Days];
        Array.Fill(untouched, true);
        for (int u = 0; u < _c.Units.Length; u++)
        {
            for (int d = 0; d < _c.Days; d++)
            {
                int crew = _state.AssignedCrew(u, d);
                int before = _loaded.BaseCrew[(u * _c.Days) + d];
                people[d] += crew >= 0 ? _c.Units[u].Size : 0;
                untouched[d] &= crew < 0 ? before < 0 : before >= 0 && keeps[before] == crew;
            }
        }

        for (int d = 0; d < _c.Days; d++)
        {
            // A row that stood twice counts once.
            untouched[d] &= people[d] == _rowsBefore[_c.Season.Day(d)].Count;
        }

        return untouched;
    }

    private void AddTrips(int day, Dictionary<(int Slot, int Village), int> groups, ImmutableArray<Trip>.Builder trips)
    {
        DayTransport transport = _state.Transport(day);
        int[] vehicles = [.. transport.Used.Order()];
        var seated = vehicles.ToDictionary(k => k, k => transport.Chain(k)!.Select(_ => new List<Seat>()).ToArray());

        // First whoever rode there before, then the others in the order of crews.
        foreach (int k in vehicles)
        {
            TripPlan[] chain = transport.Chain(k)!;
            Trip?[] was = Matched(day, k, chain);
            for (int i = 0; i < chain.Length; i++)
            {
                if (was[i] is { } before)
                {
                    SeatAsBefore(chain[i], before, groups, seated[k][i]);
                }
            }
        }

        foreach (int k in vehicles)
        {
            TripPlan[] chain = transport.Chain(k)!;
            for (int i = 0; i < chain.Length; i++)
            {
                SeatTheRest(chain[i], groups, seated[k][i]);
            }

            WriteMorning(day, k, chain, seated[k], trips);
        }
    }

    private void SeatAsBefore(TripPlan trip, Trip before, Dictionary<(int Slot, int Village), int> groups, List<Seat> seats)
    {
        foreach (StopGroup group in before.Stops.SelectMany(s => s.Groups).Where(g => g.Board > 0))
        {
            if (!_slotOf.TryGetValue(group.Crew, out int slot))
            {
                continue;
            }

            int village = Array.FindIndex(trip.Villages, v => _c.VillageId[v] == group.Village);
            if (village < 0)
            {
                continue;
            }

            village = trip.Villages[village];
            int order = _state.Crew(slot).Order;
            int free = trip.CountOf(village, order) - seats.Where(s => s.Village == village && s.Order == order).Sum(s => s.Count);
            int taken = Math.Min(Math.Min(group.Board, free), groups.GetValueOrDefault((slot, village)));
            if (taken > 0)
            {
                groups[(slot, village)] -= taken;
                Add(seats, new Seat(village, order, slot, taken));
            }
        }
    }

    private void SeatTheRest(TripPlan trip, Dictionary<(int Slot, int Village), int> groups, List<Seat> seats)
    {
        foreach (Load load in trip.Loads)
        {
            int left = load.Count - seats.Where(s => s.Village == load.Village && s.Order == load.Order).Sum(s => s.Count);
            foreach (int slot in _slots)
            {
                if (left == 0)
                {
                    break;
                }

                if (_state.Crew(slot).Order == load.Order && groups.GetValueOrDefault((slot, load.Village)) is int count and > 0)
                {
                    int taken = Math.Min(left, count);
                    groups[(slot, load.Village)] = count - taken;
                    left -= taken;
                    Add(seats, new Seat(load.Village, load.Order, slot, taken));
                }
            }
        }
    }

    private static void Add(List<Seat> seats, Seat seat)
    {
        int at = seats.FindIndex(s => s.Slot == seat.Slot && s.Village == seat.Village);
        if (at < 0)
        {
            seats.Add(seat);
        }
        else
        {
            seats[at] = seats[at] with { Count = seats[at].Count + seat.Count };
        }
    }

    private void WriteMorning(int day, int vehicle, TripPlan[] chain, List<Seat>[] seated, ImmutableArray<Trip>.Builder trips)
    {
        Trip?[] was = Matched(day, vehicle, chain);
        int[] departs = Departs(day, vehicle, chain, was, out bool kept);
        HashSet<TripId> used = [.. was.Where(t => t is not null).Select(t => t!.Id)];
        Trip[] before = _loaded.Mornings.GetValueOrDefault((day, vehicle)) ?? [];
        for (int i = 0; i < chain.Length; i++)
        {
            // A trip with other stops in the place of one that is gone takes its name: the same bus leaves otherwise.
            TripId id = was[i]?.Id ?? (i < before.Length && used.Add(before[i].Id) ? before[i].Id : FreshTrip());
            List<DrivenStop> driven = (kept && _copies && _sameRoads ? AsTold(chain[i], was[i]!) : null) ?? TripStops.Of(_c, vehicle, chain, i, departs[i]);
            trips.Add(new Trip(
                id, _c.Season.Day(day), _c.Season.Vehicles[vehicle].Id, At(driven[0].Arrives + _c.StopMinutes), Stops(chain[i], driven, seated[i])));
        }
    }

    /// <summary>For each trip the one of the plan before with the same stops, or null.</summary>
    private Trip?[] Matched(int day, int vehicle, TripPlan[] chain)
    {
        Trip[] before = _loaded.Mornings.GetValueOrDefault((day, vehicle)) ?? [];
        var matched = new Trip?[chain.Length];
        bool[] used = new bool[before.Length];
        for (int i = 0; i < chain.Length; i++)
        {
            PlaceId[] straight = [.. chain[i].Villages.Select(v => _c.VillageId[v]), .. chain[i].Sites.Select(s => _c.SiteId[s])];
            PlaceId[] driven = [.. TripStops.Of(_c, vehicle, chain, i, 0).Select(s => s.Place)];
            for (int j = 0; j < before.Length && matched[i] is null; j++)
            {
                PlaceId[] places = [.. before[j].Stops.OrderBy(s => s.Seq).Select(s => s.Place)];
                if (!used[j] && (places.AsSpan().SequenceEqual(driven) || places.AsSpan().SequenceEqual(straight)))
                {
                    used[j] = true;
                    matched[i] = before[j];
                }
            }
        }

        return matched;
    }

    /// <summary>The times of the plan before where all trips can keep them, else the latest.</summary>
    private int[] Departs(int day, int vehicle, TripPlan[] chain, Trip?[] was, out bool kept)
    {
        kept = false;
        if (Array.TrueForAll(was, t => t is not null))
        {
            int[] told = [.. was.Select((t, i) => LeavesVillage(t!, _c.VillageId[chain[i].First]))];
            if (Fits(_state.Transport(day), vehicle, chain, told))
            {
                kept = true;
                return told;
            }
        }

        return _state.Transport(day).LatestSchedule(vehicle, chain);
    }

    /// <summary>Minute of day at which a trip leaves its first village.</summary>
    private int LeavesVillage(Trip trip, PlaceId village)
    {
        TimeOnly arrives = trip.Stops.OrderBy(s => s.Seq).First(s => s.Place == village).Arrives;
        return (arrives.Hour * 60) + arrives.Minute + _c.StopMinutes;
    }

    private bool Fits(DayTransport transport, int vehicle, TripPlan[] chain, int[] departs)
    {
        int stop = _c.StopMinutes;
        int earliest = Math.Max(_c.Earliest, stop) + transport.Approach(vehicle, -1, chain[0].First, chain[0]).Lead;
        for (int i = 0; i < chain.Length; i++)
        {
            if (departs[i] < earliest || departs[i] > chain[i].LatestDepart || departs[i] + chain[i].Duration + stop >= 24 * 60)
            {
                return false;
            }

            if (i + 1 < chain.Length)
            {
                int move = transport.Approach(vehicle, chain[i].Last, chain[i + 1].First, chain[i + 1]).Minutes;
                earliest = departs[i] + chain[i].Duration + (2 * stop) + move;
            }
        }

        return true;
    }

    /// <summary>
    /// The stops and times of the plan before, which may go straight where a stop on the way would be quicker; null where they
    /// were wrong (T3), or somebody who rides now would ride too long or come late (T4).
    /// </summary>
    private List<DrivenStop>? AsTold(TripPlan trip, Trip before)
    {
        int Of(int[] stops, PlaceId[] ids, TripStop at, Func<StopGroup, bool> uses) =>
            at.Groups.Any(uses) && Array.FindIndex(stops, s => ids[s] == at.Place) is int found and >= 0 ? stops[found] : -1;
        List<DrivenStop> stops =
        [
            .. before.Stops.OrderBy(s => s.Seq).Select(s => new DrivenStop(
                s.Place, (s.Arrives.Hour * 60) + s.Arrives.Minute,
                Of(trip.Villages, _c.VillageId, s, g => g.Board > 0), Of(trip.Sites, _c.SiteId, s, g => g.Alight > 0))),
        ];
        for (int i = 1; i < stops.Count; i++)
        {
            if (stops[i].Arrives != stops[i - 1].Arrives + _c.StopMinutes + _c.Season.TravelTable.Minutes(stops[i - 1].Place, stops[i].Place))
            {
                return null;
            }
        }

        return Array.TrueForAll(trip.Loads, l =>
        {
            int on = stops.FindIndex(s => s.Village == l.Village);
            int off = stops.FindIndex(s => s.Site == _c.OrderSite[l.Order]);
            return l.Count == 0 || (on >= 0 && off >= 0 && stops[off].Arrives <= _c.StartMinute[l.Order]
                && stops[off].Arrives - stops[on].Arrives - _c.StopMinutes <= _c.MaxRide);
        }) ? stops : null;
    }

    private ImmutableArray<TripStop> Stops(TripPlan trip, List<DrivenStop> driven, List<Seat> seats)
    {
        CrewId anyCrew = seats.Count > 0 ? _ids[seats[0].Slot] : _ids[_slots[0]];
        PlaceId anyVillage = _c.VillageId[seats.Count > 0 ? seats[0].Village : trip.First];
        var stops = ImmutableArray.CreateBuilder<TripStop>();
        foreach (DrivenStop stop in driven)
        {
            ImmutableArray<StopGroup> groups =
            [
                .. seats.Where(p => p.Village == stop.Village).Select(p => new StopGroup(_ids[p.Slot], stop.Place, p.Count, 0)),
                .. seats.Where(p => _c.OrderSite[p.Order] == stop.Site).Select(p => new StopGroup(_ids[p.Slot], _c.VillageId[p.Village], 0, p.Count)),
            ];
            stops.Add(new TripStop(stops.Count + 1, stop.Place, At(stop.Arrives), groups.IsEmpty ? [new StopGroup(anyCrew, anyVillage, 0, 0)] : groups));
        }

        return stops.ToImmutable();
    }

    private TripId FreshTrip()
    {
        string id;
        do
        {
            _freshTrips++;
            id = "R" + _freshTrips.ToString("000000", CultureInfo.InvariantCulture);
        }
        while (_tripIds.Contains(id));

        return new TripId(id);
    }

    private static TimeOnly At(int minute) => new(minute / 60, minute % 60);

    private readonly record struct Seat(int Village, int Order, int Slot, int Count);
}
