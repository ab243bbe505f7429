using Matching.Planning.Compiled;
using Matching.Planning.State;

namespace Matching.Planning.Trips;

/// <summary>
/// The morning runs of one day: for every vehicle its chain of trips. Passengers are counted by village and order; who of
/// which crew sits where is settled when the plan is written. Changes are reported to <see cref="Changing"/> so that a
/// caller can take them back.
/// </summary>
internal sealed class DayTransport
{
    private const int MaxVillageStops = 6;
    private const int MaxSiteStops = 4;
    private const double Tiny = 1e-9;

    /// <summary>Vehicles in use from which a detour over two new stops is no longer looked at: others pass one of them.</summary>
    private const int Crowded = 40;

    private readonly CompiledSeason _c;
    private readonly VehicleTypes _types;
    private readonly int _day;
    private readonly WorkMeter _meter;
    private readonly TripPlan[]?[] _chains;
    private readonly List<int> _used = [];
    private readonly int[] _usedAt;
    private readonly DayCalls _calls;

    // No vehicle of the type is free before this place among its members.
    private readonly int[] _firstFree;

    // Marks vehicles that call where somebody is to be carried.
    private readonly int[] _marked;
    private int _mark;

    // CNY of each vehicle's chain; passengers carried, and seats free on the trips that carry them, by village and order (rows on demand).
    private readonly double[] _costs;
    private readonly int[]?[] _carried;
    private readonly int[]?[] _spare;

    public DayTransport(CompiledSeason c, VehicleTypes types, int day, WorkMeter meter)
    {
        (_c, _types, _day, _meter) = (c, types, day, meter);
        _chains = new TripPlan[c.Vehicles][];
        _usedAt = new int[c.Vehicles];
        _calls = new DayCalls(c);
        _firstFree = new int[types.Members.Length];
        _marked = new int[c.Vehicles];
        _costs = new double[c.Vehicles];
        _carried = new int[c.Villages][];
        _spare = new int[c.Villages][];
    }

    /// <summary>The same mornings, to be changed by themselves; the season may have more vehicles.</summary>
    public DayTransport(DayTransport like, CompiledSeason c, VehicleTypes types, WorkMeter meter)
        : this(c, types, like._day, meter)
    {
        like._chains.CopyTo(_chains, 0);
        like._usedAt.CopyTo(_usedAt, 0);
        like._costs.CopyTo(_costs, 0);
        _used.AddRange(like._used);
        _calls = new DayCalls(like._calls, c);
        for (int v = 0; v < _carried.Length; v++)
        {
            (_carried[v], _spare[v]) = ((int[]?)like._carried[v]?.Clone(), (int[]?)like._spare[v]?.Clone());
        }

        Cost = like.Cost;
    }

    /// <summary>Told the day, vehicle and its old chain before every change.</summary>
    public Action<int, int, TripPlan[]?>? Changing { get; set; }

    /// <summary>CNY of all vehicles in use.</summary>
    public double Cost { get; private set; }

    /// <summary>Vehicles in use.</summary>
    public IReadOnlyList<int> Used => _used;

    /// <summary>The trips of a vehicle in driving order, or null when it stands still.</summary>
    public TripPlan[]? Chain(int vehicle) => _chains[vehicle];

    /// <summary>Replaces the trips of a vehicle.</summary>
    public void SetChain(int vehicle, TripPlan[]? chain)
    {
        TripPlan[]? old = _chains[vehicle];
        Changing?.Invoke(_day, vehicle, old);
        Restore(vehicle, chain);
    }

    /// <summary>As <see cref="SetChain"/> without telling anybody: taking a change back.</summary>
    public void Restore(int vehicle, TripPlan[]? chain)
    {
        TripPlan[]? old = _chains[vehicle];
        if (old is not null)
        {
            Cost -= _costs[vehicle];
            Carry(vehicle, old, -1);
            _calls.Take(vehicle, old);
            if (chain is null)
            {
                int at = _usedAt[vehicle];
                (int type, int place) = _types.PlaceOf[vehicle];
                _firstFree[type] = Math.Min(_firstFree[type], place);
                _calls.Close(at);
                int moved = _used[^1];
                _used[at] = moved;
                _usedAt[moved] = at;
                _used.RemoveAt(_used.Count - 1);
            }
        }
        else if (chain is not null)
        {
            _usedAt[vehicle] = _used.Count;
            _used.Add(vehicle);
        }

        if (chain is not null)
        {
            _costs[vehicle] = CostOf(vehicle, chain);
            Cost += _costs[vehicle];
            Carry(vehicle, chain, 1);
            _calls.Put(vehicle, _usedAt[vehicle], chain);
        }

        _chains[vehicle] = chain;
        if (_used.Count == 0)
        {
            // A day without vehicles costs exactly nothing: no rounding dust is carried along.
            Cost = 0;
        }
    }

    /// <summary>Passengers from the village to the order.</summary>
    public int Carried(int village, int order) => _carried[village]?[order] ?? 0;

    /// <summary>Free seats on trips that carry people of the village to the order: ride and start are known to be met.</summary>
    public int Spare(int village, int order) => _spare[village]?[order] ?? 0;

    /// <summary>
    /// Places passengers where each costs least: free seats, a detour, another trip of a vehicle in use, a new vehicle;
    /// stops where one passenger would cost more than <paramref name="limit"/>.
    /// </summary>
    /// <returns>How many were placed.</returns>
    public int Insert(int village, int order, int count, double limit)
    {
        int left = count;
        while (left > 0 && InsertOnce(village, order, left, limit) is int taken and > 0)
        {
            left -= taken;
        }

        return count - left;
    }

    /// <summary>Takes passengers off, from the emptiest trips first.</summary>
    public void Remove(int village, int order, int count)
    {
        while (count > 0)
        {
            (int vehicle, int trip, int load, int aboard) best = (-1, -1, int.MaxValue, 0);
            foreach (int k in _calls.AtVillage(village))
            {
                TripPlan[] chain = _chains[k]!;
                for (int i = 0; i < chain.Length; i++)
                {
                    int aboard = chain[i].CountOf(village, order);
                    if (aboard > 0 && (chain[i].Total < best.load || (chain[i].Total == best.load && k < best.vehicle)))
                    {
                        best = (k, i, chain[i].Total, aboard);
                    }
                }
            }

            if (best.vehicle < 0)
            {
                throw new InvalidOperationException($"Nobody of village {village} rides to order {order} on day {_day}.");
            }

            int off = Math.Min(count, best.aboard);
            TripPlan[] old = _chains[best.vehicle]!;
            TripPlan? shorter = old[best.trip].Without(_c, village, order, off);
            TripPlan[]? rest = shorter is null
                ? (old.Length == 1 ? null : [.. old[..best.trip], .. old[(best.trip + 1)..]])
                : [.. old[..best.trip], shorter, .. old[(best.trip + 1)..]];
            if (rest is not null && !IsFeasible(best.vehicle, rest))
            {
                // Only where legs break the triangle inequality: the stops stay, at the same times, for fewer people.
                rest = [.. old];
                rest[best.trip] = old[best.trip].Thinned(_c, village, order, off);
            }

            SetChain(best.vehicle, rest);
            count -= off;
        }
    }

    /// <summary>T3, T5: whether the trips can be driven one after another in time and within the driving limit.</summary>
    public bool IsFeasible(int vehicle, ReadOnlySpan<TripPlan> chain) => Schedule(vehicle, chain, []);

    /// <summary>Earliest departures of the trips in order; false when some cannot be on time.</summary>
    public bool Schedule(int vehicle, ReadOnlySpan<TripPlan> chain, Span<int> departs)
    {
        int drive = 0;
        int end = 0;
        for (int i = 0; i < chain.Length; i++)
        {
            TripPlan trip = chain[i];
            int depart = _c.FirstDeparture;
            (int move, int lead, _) = Approach(vehicle, i == 0 ? -1 : chain[i - 1].Last, trip.First, trip);
            drive += move;
            depart = i == 0 ? depart + lead : Math.Max(depart, end + (2 * _c.StopMinutes) + move);

            if (depart > trip.LatestDepart)
            {
                return false;
            }

            if (!departs.IsEmpty)
            {
                departs[i] = depart;
            }

            drive += trip.Drive;
            end = depart + trip.Duration;
        }

        return 2 * drive <= _c.MaxDrive && end <= _c.LastEnd;
    }

    /// <summary>Latest departures of the trips in order: people get up no earlier than they must. The chain is feasible.</summary>
    public int[] LatestSchedule(int vehicle, ReadOnlySpan<TripPlan> chain)
    {
        int[] departs = new int[chain.Length];
        if (!Schedule(vehicle, chain, departs))
        {
            throw new InvalidOperationException($"The trips of vehicle {vehicle} on day {_day} do not fit.");
        }

        int free = _c.LastEnd;
        for (int i = chain.Length - 1; i >= 0; i--)
        {
            int latest = Math.Min(chain[i].LatestDepart, free - chain[i].Duration);
            departs[i] = Math.Max(departs[i], latest);
            if (i > 0)
            {
                free = departs[i] - (2 * _c.StopMinutes) - Approach(vehicle, chain[i - 1].Last, chain[i].First, chain[i]).Minutes;
            }
        }

        return departs;
    }

    /// <summary>CNY of a vehicle for the day with that chain.</summary>
    public double CostOf(int vehicle, ReadOnlySpan<TripPlan> chain)
    {
        double km = 0;
        for (int i = 0; i < chain.Length; i++)
        {
            km += Approach(vehicle, i == 0 ? -1 : chain[i - 1].Last, chain[i].First, chain[i]).Km + chain[i].Km;
        }

        return _c.DayCost[vehicle] + (2 * _c.KmCost[vehicle] * km);
    }

    /// <summary>
    /// The way to a trip's first village: its minutes, its kilometres, and how long after the earliest departure the village can be left
    /// at the soonest, since a stop before it counts as a departure.
    /// </summary>
    /// <param name="vehicle">The vehicle.</param>
    /// <param name="from">The site it comes from, -1 from its depot.</param>
    /// <param name="village">The village.</param>
    /// <param name="trip">The trip, null for one without detours.</param>
    public (int Minutes, int Lead, double Km) Approach(int vehicle, int from, int village, TripPlan? trip)
    {
        if (trip is { Detours.Length: > 0 }
            && trip.DetourOf(0, from < 0 ? _c.Season.Vehicles[vehicle].Depot : _c.SiteId[from]) is { } over)
        {
            return (over.Minutes(_c.StopMinutes), over.MinutesFromVia(_c.StopMinutes), over.Km);
        }

        (int minutes, double km) = _c.Approach(vehicle, from, village);
        return (minutes, 0, km);
    }

    private void Carry(int vehicle, TripPlan[] chain, int sign)
    {
        foreach (TripPlan trip in chain)
        {
            int free = _c.Seats[vehicle] - trip.Total;
            foreach (Load load in trip.Loads)
            {
                (_carried[load.Village] ??= new int[_c.Orders])[load.Order] += sign * load.Count;
                if (load.Count > 0)
                {
                    (_spare[load.Village] ??= new int[_c.Orders])[load.Order] += sign * free;
                }
            }
        }
    }

    private int InsertOnce(int village, int order, int count, double limit)
    {
        int site = _c.OrderSite[order];
        double bestScore = limit + Tiny;
        Candidate found = default;
        _meter.Done += 100 + _used.Count;
        bool crowded = _used.Count > Crowded;
        if (crowded)
        {
            MarkCallers(village, site);
        }

        bool ridesAlone = _c.Travel.MinVillageSite[(village * _c.Sites) + site] <= _c.MaxRide;
        foreach (ref readonly ChainGaps gaps in _calls.Gaps)
        {
            int k = gaps.Vehicle;
            if (!crowded || _marked[k] == _mark)
            {
                TripPlan[] chain = _chains[k]!;
                for (int i = 0; i < chain.Length; i++)
                {
                    int taken = Math.Min(count, _c.Seats[k] - chain[i].Total);
                    if (taken > 0)
                    {
                        TryStops(k, chain, i, village, site, order, taken, ref bestScore, ref found);
                    }
                }
            }

            if (ridesAlone && gaps.Trips < DayCalls.MostTrips)
            {
                TryTrip(in gaps, village, order, Math.Min(count, _c.Seats[k]), ref bestScore, ref found);
            }
        }

        for (int type = 0; type < _types.Members.Length && ridesAlone; type++)
        {
            int k = FirstFree(type);
            if (k >= 0)
            {
                TryTrip(_calls.GapsOf(k, []), village, order, Math.Min(count, _c.Seats[k]), ref bestScore, ref found);
            }
        }

        if (found.Taken > 0)
        {
            SetChain(found.Vehicle, found.IsTrip ? WithTrip(found.Vehicle, found.Trip, village, order, found.Taken) : WithStops(found, village, order));
        }

        return found.Taken;
    }

    private TripPlan[] WithStops(Candidate found, int village, int order)
    {
        TripPlan[] chain = [.. _chains[found.Vehicle]!];
        chain[found.Trip] = chain[found.Trip].With(_c, village, found.VillageAt, _c.OrderSite[order], found.SiteAt, order, found.Taken)!;
        return chain;
    }

    private TripPlan[] WithTrip(int vehicle, int at, int village, int order, int taken)
    {
        TripPlan[] chain = _chains[vehicle] ?? [];
        return [.. chain[..at], TripPlan.Create(_c, [village], [_c.OrderSite[order]], [new Load(village, order, taken)])!, .. chain[at..]];
    }

    private void MarkCallers(int village, int site)
    {
        _mark++;
        foreach (int k in _calls.AtVillage(village))
        {
            _marked[k] = _mark;
        }

        foreach (int k in _calls.AtSite(site))
        {
            _marked[k] = _mark;
        }
    }

    private int FirstFree(int type)
    {
        int[] members = _types.Members[type];
        int at = _firstFree[type];
        while (at < members.Length && (_chains[members[at]] is not null || _c.VehicleOut[(members[at] * _c.Days) + _day]))
        {
            at++;
        }

        _firstFree[type] = at;
        return at < members.Length ? members[at] : -1;
    }

    /// <summary>A new trip of its own at every place in the vehicle's chain.</summary>
    private void TryTrip(in ChainGaps gaps, int village, int order, int taken, ref double bestScore, ref Candidate found)
    {
        int k = gaps.Vehicle;
        int site = _c.OrderSite[order];
        for (int at = 0; at <= gaps.Trips; at++)
        {
            double score = ((gaps.Trips == 0 ? _c.DayCost[k] : 0) + (2 * _c.KmCost[k] * MoreKm(k, gaps.Gap[at], village, site))) / taken;
            if (score < bestScore - Tiny
                && (gaps.IsPlain ? _calls.Fits(in gaps, at, village, order) : IsFeasible(k, WithTrip(k, at, village, order, taken))))
            {
                bestScore = score;
                found = new Candidate(k, at, -1, -1, taken, IsTrip: true);
            }
        }
    }

    /// <summary>Kilometres that a trip from the village to the site adds in a gap of the chain.</summary>
    private double MoreKm(int vehicle, Gap gap, int village, int site)
    {
        double km = _c.Travel.KmVillageSite[(village * _c.Sites) + site] + _c.Approach(vehicle, gap.From, village).Km;
        return gap.Next < 0 ? km : km + _c.Travel.KmSiteVillage[(site * _c.Villages) + gap.Next] - gap.Km;
    }

    /// <summary>Adds the passengers to a trip, at stops it has or with new ones at the best places.</summary>
    private void TryStops(
        int k, TripPlan[] chain, int i, int village, int site, int order, int taken, ref double bestScore, ref Candidate found)
    {
        TripPlan trip = chain[i];
        bool newVillage = Array.IndexOf(trip.Villages, village) < 0;
        bool newSite = Array.IndexOf(trip.Sites, site) < 0;
        if ((newVillage && newSite && _used.Count > Crowded) || (newVillage && trip.Villages.Length >= MaxVillageStops) || (newSite && trip.Sites.Length >= MaxSiteStops))
        {
            return;
        }

        Span<int> villages = stackalloc int[trip.Villages.Length + (newVillage ? 1 : 0)];
        Span<int> sites = stackalloc int[trip.Sites.Length + (newSite ? 1 : 0)];
        Span<Load> loads = stackalloc Load[trip.Loads.Length + 1];
        trip.Loads.CopyTo(loads);
        loads[^1] = new Load(village, order, taken);
        double oldCost = _costs[k];
        for (int a = 0; a < (newVillage ? villages.Length : 1); a++)
        {
            Place(trip.Villages, villages, newVillage ? a : -1, village);
            for (int b = 0; b < (newSite ? sites.Length : 1); b++)
            {
                Place(trip.Sites, sites, newSite ? b : -1, site);
                if (!TripPlan.Measure(_c, villages, sites, loads, out int duration, out int latest, out int drive, out double km))
                {
                    continue;
                }

                double cost = CostWith(k, chain, i, villages[0], sites[^1], km);
                double score = (cost - oldCost) / taken;
                if (score < bestScore - Tiny && IsFeasibleWith(k, chain, i, villages[0], sites[^1], duration, latest, drive))
                {
                    bestScore = score;
                    found = new Candidate(k, i, newVillage ? a : -1, newSite ? b : -1, taken, IsTrip: false);
                }
            }
        }
    }

    private static void Place(int[] stops, Span<int> into, int at, int stop)
    {
        if (at < 0)
        {
            stops.CopyTo(into);
            return;
        }

        stops.AsSpan(0, at).CopyTo(into);
        into[at] = stop;
        stops.AsSpan(at).CopyTo(into[(at + 1)..]);
    }

    private double CostWith(int vehicle, TripPlan[] chain, int changed, int first, int last, double tripKm)
    {
        double km = 0;
        for (int i = 0; i < chain.Length; i++)
        {
            int from = i == 0 ? -1 : i - 1 == changed ? last : chain[i - 1].Last;
            km += i == changed ? Approach(vehicle, from, first, null).Km + tripKm : Approach(vehicle, from, chain[i].First, chain[i]).Km + chain[i].Km;
        }

        return _c.DayCost[vehicle] + (2 * _c.KmCost[vehicle] * km);
    }

    private bool IsFeasibleWith(int vehicle, TripPlan[] chain, int changed, int first, int last, int duration, int latest, int tripDrive)
    {
        int drive = 0;
        int end = 0;
        for (int i = 0; i < chain.Length; i++)
        {
            bool isNew = i == changed;
            int depart = _c.FirstDeparture;
            int from = i == 0 ? -1 : i - 1 == changed ? last : chain[i - 1].Last;
            (int move, int lead, _) = Approach(vehicle, from, isNew ? first : chain[i].First, isNew ? null : chain[i]);
            drive += move;
            depart = i == 0 ? depart + lead : Math.Max(depart, end + (2 * _c.StopMinutes) + move);

            if (depart > (isNew ? latest : chain[i].LatestDepart))
            {
                return false;
            }

            drive += isNew ? tripDrive : chain[i].Drive;
            end = depart + (isNew ? duration : chain[i].Duration);
        }

        return 2 * drive <= _c.MaxDrive && end <= _c.LastEnd;
    }

    /// <summary>A way to carry some: stops of a trip (-1 where it has them), or a trip of their own at that place of the chain.</summary>
    private readonly record struct Candidate(int Vehicle, int Trip, int VillageAt, int SiteAt, int Taken, bool IsTrip);
}
