using System.Runtime.InteropServices;

namespace Matching.Planning.Transport;

/// <summary>
/// The trips of all vehicles while they are searched over. Changes between <see cref="Mark"/> and <see cref="Undo"/> or
/// <see cref="Keep"/> can be taken back: a vehicle's trips are copied before its first change.
/// </summary>
internal sealed class RouteState
{
    private readonly RoutingModel _m;
    private readonly List<int>[] _chain;
    private readonly double[] _cost;
    private readonly int[] _usedAt;
    private readonly List<int> _used = [];
    private readonly IdleVehicles _idle;
    private readonly List<RouteTrip> _trips = [];
    private readonly List<int> _free = [];

    // By slot, renewed with its vehicle: seats nobody has, none where there is no trip, and the trip's version.
    private int[] _seatsLeft = new int[64];
    private int[] _versionAt = new int[64];
    private readonly List<int>[] _tripsOf;
    private readonly Stack<RouteTrip> _pool = [];
    private readonly List<Saved> _saved = [];
    private readonly bool[] _isSaved;
    private readonly Stack<List<(int Slot, RouteTrip Trip)>> _lists = [];
    private readonly RouteGaps _gaps;
    private int _version;
    private double _markCost;
    private double _markAbsent;
    private readonly List<(int Group, int Old)> _absentLog = [];

    public RouteState(RoutingModel m)
    {
        _m = m;
        _chain = new List<int>[m.Vehicles];
        for (int k = 0; k < m.Vehicles; k++)
        {
            _chain[k] = [];
        }

        _gaps = new RouteGaps(m);
        _cost = new double[m.Vehicles];
        _usedAt = new int[m.Vehicles];
        _isSaved = new bool[m.Vehicles];
        _idle = new IdleVehicles(m);
        _tripsOf = new List<int>[m.Groups];
        for (int g = 0; g < m.Groups; g++)
        {
            _tripsOf[g] = [];
        }

        Absent = [.. m.Count];
        Weight = new double[m.Groups];
        Array.Fill(Weight, m.AbsentCost);
        AbsentWeighed = m.Count.Sum() * m.AbsentCost;
        MaxVehicles = m.Vehicles;
    }

    /// <summary>Search cost of all vehicles.</summary>
    public double Cost { get; private set; }

    /// <summary>Passengers not carried, by group.</summary>
    public int[] Absent { get; }

    /// <summary>What leaving one passenger of the group behind weighs.</summary>
    public double[] Weight { get; }

    /// <summary>Σ weight × passengers left behind.</summary>
    public double AbsentWeighed { get; private set; }

    public double Penalized => Cost + AbsentWeighed;

    /// <summary>No more vehicles than this are put to use.</summary>
    public int MaxVehicles { get; set; }

    public ReadOnlySpan<int> Used => CollectionsMarshal.AsSpan(_used);

    public int Slots => _trips.Count;

    /// <summary>Seats left by slot, 0 where there is no trip.</summary>
    public ReadOnlySpan<int> SeatsLeft => _seatsLeft.AsSpan(0, _trips.Count);

    public RouteTrip TripAt(int slot) => _trips[slot];

    /// <summary>Changes with every change of what an insertion into the trip would cost or break.</summary>
    public int VersionAt(int slot) => _versionAt[slot];

    public List<int> ChainOf(int vehicle) => _chain[vehicle];

    /// <summary>Where a trip can be put into the vehicle's morning: before its first trip, between two, after its last.</summary>
    public ReadOnlySpan<RouteGap> GapsOf(int vehicle) => _gaps.Of(vehicle, _chain[vehicle].Count);

    /// <summary>Changes with every change of the vehicle's <see cref="GapsOf"/>, and back with what is undone.</summary>
    public ReadOnlySpan<int> ChainVersions => _gaps.Versions;

    public List<int> TripsOf(int group) => _tripsOf[group];

    public double CostOf(int vehicle) => _cost[vehicle];

    public bool IsComplete => Array.TrueForAll(Absent, a => a == 0);

    /// <summary>The cheapest vehicle of the type that stands still, -1 when there is none or no more may be used.</summary>
    public int FreeVehicle(int type) => _used.Count >= MaxVehicles ? -1 : _idle.Cheapest(type);

    public void Mark()
    {
        _markCost = Cost;
        _markAbsent = AbsentWeighed;
    }

    public void Keep()
    {
        foreach (Saved saved in _saved)
        {
            foreach ((_, RouteTrip trip) in saved.Trips)
            {
                _pool.Push(trip);
            }

            Release(saved);
        }

        _saved.Clear();
        _absentLog.Clear();
    }

    public void Undo()
    {
        // First every changed vehicle lets go of its trips, then the old ones take their slots back.
        foreach (Saved saved in _saved)
        {
            List<int> chain = _chain[saved.Vehicle];
            foreach (int slot in chain)
            {
                RouteTrip trip = _trips[slot];
                for (int i = 0; i < trip.Visits; i++)
                {
                    _tripsOf[trip.Group[i]].Remove(slot);
                }

                _pool.Push(trip);
                Vacate(slot);
            }

            SetUsed(saved.Vehicle, false);
            chain.Clear();
        }

        if (_saved.Count > 0)
        {
            foreach (Saved saved in _saved)
            {
                foreach ((int slot, RouteTrip trip) in saved.Trips)
                {
                    _trips[slot] = trip;
                    NoteTrip(slot, trip);
                    _chain[saved.Vehicle].Add(slot);
                    for (int i = 0; i < trip.Visits; i++)
                    {
                        _tripsOf[trip.Group[i]].Add(slot);
                    }
                }

                SetUsed(saved.Vehicle, _chain[saved.Vehicle].Count > 0);
                _gaps.Restore(saved.Vehicle, CollectionsMarshal.AsSpan(_chain[saved.Vehicle]), _trips, saved.Version);
                _cost[saved.Vehicle] = saved.Cost;
                Release(saved);
            }

            int kept = 0;
            for (int i = 0; i < _free.Count; i++)
            {
                if (_trips[_free[i]] is null)
                {
                    _free[kept++] = _free[i];
                }
            }

            _free.RemoveRange(kept, _free.Count - kept);
        }

        for (int i = _absentLog.Count - 1; i >= 0; i--)
        {
            Absent[_absentLog[i].Group] = _absentLog[i].Old;
        }

        _absentLog.Clear();
        _saved.Clear();
        Cost = _markCost;
        AbsentWeighed = _markAbsent;
    }

    public void SetAbsent(int group, int count)
    {
        _absentLog.Add((group, Absent[group]));
        AbsentWeighed += (count - Absent[group]) * Weight[group];
        Absent[group] = count;
    }

    /// <summary>Changes what leaving a passenger behind weighs; not undone.</summary>
    public void Reweigh(int group, double weight)
    {
        AbsentWeighed += Absent[group] * (weight - Weight[group]);
        Weight[group] = weight;
    }

    /// <summary>Takes a visit off a trip; call <see cref="Refresh"/> for the vehicle when done with it.</summary>
    /// <returns>How many boarded there.</returns>
    public int RemoveVisit(int slot, int at)
    {
        Save(_trips[slot].Vehicle);
        RouteTrip trip = _trips[slot];
        int group = trip.Group[at];
        int quantity = trip.Quantity[at];
        trip.RemoveVisit(at);
        _tripsOf[group].Remove(slot);
        int site = _m.Site[group];
        bool served = false;
        for (int i = 0; i < trip.Visits && !served; i++)
        {
            served = _m.Site[trip.Group[i]] == site;
        }

        if (!served)
        {
            trip.RemoveSite(trip.SiteAt(site));
        }

        return quantity;
    }

    /// <summary>Takes a whole trip out of its vehicle and gives its stops; call <see cref="Refresh"/> when done.</summary>
    public RouteTrip TakeTrip(int slot)
    {
        int vehicle = _trips[slot].Vehicle;
        Save(vehicle);
        RouteTrip trip = _trips[slot];
        for (int i = 0; i < trip.Visits; i++)
        {
            _tripsOf[trip.Group[i]].Remove(slot);
        }

        _chain[vehicle].Remove(slot);
        Vacate(slot);
        return trip;
    }

    /// <summary>Gives a vehicle a trip that is in no vehicle; it belongs to the state from then on.</summary>
    public void PutTrip(int vehicle, int at, RouteTrip trip)
    {
        Save(vehicle);
        int slot = NewSlot(trip);
        trip.Vehicle = vehicle;
        trip.IsDirty = true;
        for (int i = 0; i < trip.Visits; i++)
        {
            _tripsOf[trip.Group[i]].Add(slot);
        }

        _chain[vehicle].Insert(at, slot);
        Refresh(vehicle);
    }

    public RouteTrip NewTrip()
    {
        RouteTrip trip = _pool.TryPop(out RouteTrip? old) ? old : new RouteTrip();
        trip.Clear();
        return trip;
    }

    /// <summary>Gives back a trip that is in no vehicle.</summary>
    public void Discard(RouteTrip trip) => _pool.Push(trip);

    public void Insert(int slot, int group, int quantity, Placing placing)
    {
        Save(_trips[slot].Vehicle);
        RouteTrip trip = _trips[slot];
        int at = trip.VisitOf(group);
        if (at >= 0)
        {
            trip.Quantity[at] += quantity;
            trip.Load += quantity;
            trip.IsDirty = true;
        }
        else
        {
            trip.InsertVisit(placing.At, group, _m.Village[group], quantity);
            _tripsOf[group].Add(slot);
            if (placing.SiteAt >= 0)
            {
                trip.InsertSite(placing.SiteAt, _m.Site[group]);
            }
        }

        Refresh(trip.Vehicle);
    }

    /// <summary>Renews a vehicle after its trips changed; trips without visits go. False when it breaks a time limit.</summary>
    public bool Refresh(int vehicle)
    {
        List<int> chain = _chain[vehicle];
        for (int i = chain.Count - 1; i >= 0; i--)
        {
            RouteTrip trip = _trips[chain[i]];
            if (trip.Visits == 0)
            {
                _pool.Push(trip);
                Vacate(chain[i]);
                chain.RemoveAt(i);
            }
        }

        Cost -= _cost[vehicle];
        SetUsed(vehicle, chain.Count > 0);
        if (chain.Count == 0)
        {
            _cost[vehicle] = 0;
            return true;
        }

        bool legal = MeasureChain(vehicle, CollectionsMarshal.AsSpan(chain), out double cost);
        _cost[vehicle] = cost;
        Cost += cost;
        return legal;
    }

    private bool MeasureChain(int vehicle, Span<int> chain, out double cost)
    {
        int type = _m.TypeOf[vehicle];
        double[] leg = _m.Leg[type];
        int n = _m.Places;
        cost = _m.SearchDay[vehicle];
        bool legal = true;
        int from = _m.Depot[type];
        int end = 0;
        int drive = 0;
        for (int c = 0; c < chain.Length; c++)
        {
            RouteTrip trip = _trips[chain[c]];
            if (trip.IsDirty)
            {
                legal &= trip.Measure(_m);
            }

            int move = _m.Min[(from * n) + trip.First];
            int earliest = c == 0 ? _m.Earliest : Math.Max(_m.Earliest, end + (2 * _m.Stop) + move);
            int ready = c == 0 ? RouteTrip.Long : end + (2 * _m.Stop);
            trip.IsDirty |= trip.ComesFrom != from || trip.EarliestDepart != earliest || trip.Ready != ready;
            (trip.ComesFrom, trip.EarliestDepart, trip.Ready) = (from, earliest, ready);
            drive += move + trip.OwnDrive;
            end = earliest + trip.Duration;
            cost += CostLegs(trip, leg, n);
            from = trip.Last;
        }

        legal &= drive <= _m.MaxMorningDrive;

        // What no insertion can use up is all the same, and does not spoil what is remembered of the trips.
        int left = Math.Min(_m.MaxMorningDrive - drive, _m.LongestDetour);
        int latest = _m.LastEnd;
        int nextLatest = _m.LastEnd;
        int goesTo = -1;
        for (int c = chain.Length - 1; c >= 0; c--)
        {
            RouteTrip trip = _trips[chain[c]];
            latest = Math.Min(trip.OwnLatest, latest - trip.Duration);
            legal &= trip.EarliestDepart <= latest;
            if (trip.IsDirty || trip.GoesTo != goesTo || trip.LatestDepart != latest || trip.NextLatest != nextLatest || trip.DriveLeft != left)
            {
                trip.Version = ++_version;
                trip.IsDirty = false;
            }

            (trip.GoesTo, trip.LatestDepart, trip.NextLatest, trip.DriveLeft) = (goesTo, latest, nextLatest, left);
            NoteTrip(chain[c], trip);
            goesTo = trip.First;
            nextLatest = latest;
            if (c > 0)
            {
                latest -= (2 * _m.Stop) + _m.Min[(_trips[chain[c - 1]].Last * n) + trip.First];
            }
        }

        _gaps.Renew(vehicle, chain, _trips);
        return legal;
    }

    private static double CostLegs(RouteTrip trip, double[] leg, int n)
    {
        double cost = 0;
        int from = trip.ComesFrom;
        for (int i = 0; i < trip.Visits; i++)
        {
            double step = leg[(from * n) + trip.Place[i]];
            trip.LegCost[i] = step;
            cost += step;
            from = trip.Place[i];
        }

        double bridge = leg[(from * n) + trip.Sites[0]];
        trip.LegCost[trip.Visits] = bridge;
        cost += bridge;
        for (int j = 1; j < trip.SiteStops; j++)
        {
            cost += leg[(trip.Sites[j - 1] * n) + trip.Sites[j]];
        }

        return cost;
    }

    private void SetUsed(int vehicle, bool used)
    {
        bool was = _usedAt[vehicle] > 0;
        if (was == used)
        {
            return;
        }

        _idle.Set(vehicle, !used);
        if (used)
        {
            _used.Add(vehicle);
            _usedAt[vehicle] = _used.Count;
        }
        else
        {
            int at = _usedAt[vehicle] - 1;
            int moved = _used[^1];
            _used[at] = moved;
            _usedAt[moved] = at + 1;
            _used.RemoveAt(_used.Count - 1);
            _usedAt[vehicle] = 0;
        }
    }

    private void Save(int vehicle)
    {
        if (_isSaved[vehicle])
        {
            return;
        }

        _isSaved[vehicle] = true;
        List<(int, RouteTrip)> list = _lists.TryPop(out List<(int, RouteTrip)>? old) ? old : [];
        foreach (int slot in _chain[vehicle])
        {
            RouteTrip trip = _trips[slot];
            RouteTrip copy = _pool.TryPop(out RouteTrip? spare) ? spare : new RouteTrip();
            copy.CopyFrom(trip);
            _trips[slot] = copy;
            list.Add((slot, trip));
        }

        _saved.Add(new Saved(vehicle, _cost[vehicle], _gaps.Versions[vehicle], list));
    }

    private void Release(Saved saved)
    {
        _isSaved[saved.Vehicle] = false;
        saved.Trips.Clear();
        _lists.Push(saved.Trips);
    }

    private int NewSlot(RouteTrip trip)
    {
        if (_free.Count > 0)
        {
            int slot = _free[^1];
            _free.RemoveAt(_free.Count - 1);
            _trips[slot] = trip;
            return slot;
        }

        _trips.Add(trip);
        if (_trips.Count > _seatsLeft.Length)
        {
            Array.Resize(ref _seatsLeft, _trips.Count * 2);
            Array.Resize(ref _versionAt, _trips.Count * 2);
        }

        return _trips.Count - 1;
    }

    private void Vacate(int slot)
    {
        _trips[slot] = null!;
        _seatsLeft[slot] = 0;
        _free.Add(slot);
    }

    private void NoteTrip(int slot, RouteTrip trip) =>
        (_seatsLeft[slot], _versionAt[slot]) = (_m.Seats[_m.TypeOf[trip.Vehicle]] - trip.Load, trip.Version);

    private readonly record struct Saved(int Vehicle, double Cost, int Version, List<(int Slot, RouteTrip Trip)> Trips);
}
