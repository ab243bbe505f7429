using Matching.Planning.Compiled;
using Matching.Planning.State;

namespace Matching.Planning.Trips;

/// <summary>
/// The morning runs of one day: for every vehicle its chain of trips. Passengers are counted by village and order; who of
/// which crew sits where is settled when the plan is written. Changes are reported to <see cref="Changing"/> so that a
/// caller can take them back.
/// </summary>
internal sealed partial class DayTransport
{
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
}
