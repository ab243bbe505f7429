using Matching.Model;
using Matching.Planning.Compiled;

namespace Matching.Planning.Bound;

/// <summary>
/// The vehicles' part of the bound. Every commuter pays a fare π(village, order, day) for the seat taken. On board are never
/// more than Q people, so the passengers of a vehicle's morning can be shared out over Q seats, one at a time on each; the
/// kilometres of the vehicle are at least those of each seat's own passengers in their order, over shortest ways. With
/// S = the most a seat can earn, Σ (π − 2 × cost per km ÷ Q × km) over time-feasible sequences of passengers, the vehicle
/// earns at most max(0, Q × S − cost per day), whatever it drives. Not thread-safe: holds buffers.
/// </summary>
internal sealed partial class SeatDual
{
    private const int MostBuckets = 3;
    private const int OwnClasses = 600;

    /// <summary>Rides of about the same minutes are one group, where first fares are sought, in larger seasons.</summary>
    private const int GroupMinutes = 5;

    /// <summary>Prices by class and day above which rides of a group share one: they would take gigabytes.</summary>
    private const long MostPrices = 25_000_000;
    private const double MostSteps = 3e8;

    private readonly BoundData _data;
    private readonly CompiledSeason _c;
    private readonly RoadClosure _road;
    private readonly int _earliest;
    private readonly int _grid;
    private readonly double[] _bucketKm;
    private readonly int[] _bucketOf;
    private readonly double[] _kmPart;
    private readonly int[] _class;
    private readonly int[][] _fleet;
    private readonly (int Site, int Start, int[] Class)[][] _calls;
    private readonly Dictionary<(int Site, int Start), int[]> _classAt = [];
    private readonly List<int> _groupOf = [];
    private readonly List<int> _minutesOf = [];
    private bool _ownGroups;
    private readonly List<int> _minutes = [];
    private readonly double[] _fares;
    private readonly double[] _board;
    private readonly double[] _free;
    private readonly int[] _rideSteps;
    private readonly int[] _rideLast;
    private readonly double[] _rideEarns;

    public SeatDual(BoundData data)
    {
        _data = data;
        _c = data.C;
        var depots = new Dictionary<PlaceId, int>();
        foreach (Vehicle vehicle in _c.Season.Vehicles)
        {
            depots.TryAdd(vehicle.Depot, depots.Count);
        }

        Depots = depots.Count;
        _road = new RoadClosure(_c, [.. depots.Keys]);
        _earliest = _c.FirstDeparture;
        _fleet =
        [
            .. Enumerable.Range(0, _c.Days).Select(d => Enumerable.Range(0, _c.Vehicles).Where(k => !_c.VehicleOut[(k * _c.Days) + d]).ToArray()),
            [.. Enumerable.Range(0, _c.Vehicles).Where(k => _c.Seats[k] > 0)],
        ];
        (_bucketOf, _bucketKm) = Buckets(_c);

        _kmPart = new double[_c.Villages * _c.Sites];
        double least = _bucketKm.Length == 0 ? 0 : _bucketKm.Min();
        for (int v = 0; v < _c.Villages; v++)
        {
            double approach = double.PositiveInfinity;
            for (int p = 0; p < Depots; p++)
            {
                approach = Math.Min(approach, _road.KmDepotVillage[(p * _c.Villages) + v]);
            }

            for (int s = 0; s < _c.Sites; s++)
            {
                approach = Math.Min(approach, _road.KmSiteVillage[(s * _c.Villages) + v]);
            }

            for (int s = 0; s < _c.Sites; s++)
            {
                _kmPart[(v * _c.Sites) + s] = 2 * least * (_road.KmVillageSite[(v * _c.Sites) + s] + approach) * (1 - 1e-12);
            }
        }

        _class = new int[_c.Villages * _c.Orders];
        (Classes, int shortest) = Classify();
        _fares = new double[Classes];
        _calls = new (int, int, int[])[_c.Days + 1][];
        var every = new SortedSet<(int, int)>();
        int mostCalls = 0;
        int latest = _earliest;
        for (int d = 0; d < _c.Days; d++)
        {
            var calls = new SortedSet<(int, int)>();
            for (int k = data.DayStart[d]; k < data.DayStart[d + 1]; k++)
            {
                int o = data.OrderOf[k];
                if (_c.MayCommute[o])
                {
                    calls.Add((_c.OrderSite[o], _c.StartMinute[o]));
                    latest = Math.Max(latest, _c.StartMinute[o]);
                }
            }

            _calls[d] = [.. calls.Select(x => (x.Item1, x.Item2, _classAt[x]))];
            every.UnionWith(calls);
        }

        // One day more, on which everybody calls and every vehicle runs: fares that earn nothing there earn nothing on any.
        _calls[_c.Days] = [.. every.Select(x => (x.Item1, x.Item2, _classAt[x]))];
        mostCalls = every.Count;

        // Seats that take no time could be filled without end: then nothing is charged but kilometres.
        Timed = Classes > 0 && shortest > 0;
        double work = (double)(latest - _earliest + 1) * _c.Villages * (mostCalls + _c.Sites) * _c.Days * Math.Max(1, _bucketKm.Length);
        _grid = Timed ? Math.Clamp((int)Math.Ceiling(work / MostSteps), 1, shortest) : 1;
        Steps = ((latest - _earliest) / _grid) + 1;
        _board = new double[_c.Villages * (Steps + 1)];
        _free = new double[_c.Sites * Steps];
        _rideSteps = new int[_c.Villages * mostCalls];
        _rideLast = new int[_c.Villages * mostCalls];
        _rideEarns = new double[_c.Villages * mostCalls];
        _nearRidesFrom = new int[_c.Villages + 1];
        _lastRide = new int[_c.Villages];
        _firstArrival = new int[_c.Sites];
    }

    public int Depots { get; }

    /// <summary>Ride classes: commuters of one class and day pay the same beyond kilometres.</summary>
    public int Classes { get; }

    /// <summary>Groups of ride classes for which first fares are sought.</summary>
    public int Groups => _minutes.Count;

    /// <summary>Whether fares beyond kilometres can be charged.</summary>
    public bool Timed { get; }

    private int Steps { get; }

    /// <summary>Class of a ride, -1 where nobody can ride.</summary>
    public int ClassOf(int village, int order) => _class[(village * _c.Orders) + order];

    /// <summary>Group of a ride that has a class.</summary>
    public int GroupOf(int village, int order) => _groupOf[ClassOf(village, order)];

    public bool Runs(int day) => _fleet[day].Length > 0;

    /// <summary>What the ride costs in kilometres at the least.</summary>
    public double KmPart(int village, int site) => _kmPart[(village * _c.Sites) + site];

    /// <summary>The most a seat earned when the value of a day was last asked.</summary>
    public double Peak { get; private set; }

    /// <summary>Seats offered when each earns so much, gradually over a band.</summary>
    public double SeatsAt(int day, double earned, double band)
    {
        double seats = 0;
        foreach (int k in _fleet[day])
        {
            seats += _c.Seats[k] * Math.Clamp(((earned - (_c.DayCost[k] / _c.Seats[k])) / band) + 0.5, 0, 1);
        }

        return seats;
    }

    /// <summary>CNY the vehicles of a day earn at most at the fares; adds the seats they would offer by class to <paramref name="offered"/>, gradually over a band.</summary>
    public double Value(int day, ReadOnlySpan<double> seat, double band, double[]? offered)
    {
        for (int i = 0; i < Classes; i++)
        {
            _fares[i] = seat[(i * _c.Days) + day];
        }

        return Value(day, band, offered);
    }

    private double Value(int day, double band, double[]? offered)
    {
        if (!Timed || _fleet[day].Length == 0 || _calls[day].Length == 0)
        {
            return 0;
        }

        double sum = 0;
        Peak = 0;
        for (int j = 0; j < _bucketKm.Length; j++)
        {
            bool any = false;
            foreach (int k in _fleet[day])
            {
                any |= _bucketOf[k] == j;
            }

            if (!any)
            {
                continue;
            }

            Scan(day, j);
            for (int p = 0; p < Depots; p++)
            {
                double best = 0;
                int first = -1;
                for (int v = 0; v < _c.Villages; v++)
                {
                    double earned = _board[v * (Steps + 1)] - (2 * _bucketKm[j] * _road.KmDepotVillage[(p * _c.Villages) + v]);
                    if (earned > best)
                    {
                        best = earned;
                        first = v;
                    }
                }

                double seats = 0;
                foreach (int k in _fleet[day])
                {
                    if (_bucketOf[k] == j && _c.DepotOf[k] == p)
                    {
                        Peak = Math.Max(Peak, best);
                        double profit = (_c.Seats[k] * best) - _c.DayCost[k];
                        sum += Math.Max(0, profit);
                        seats += _c.Seats[k] * Math.Clamp((profit / (_c.Seats[k] * band)) + 0.5, 0, 1);
                    }
                }

                if (offered is not null && seats > 0)
                {
                    Follow(day, j, first < 0 ? BestVillage(p, j) : first, seats, offered);
                }
            }
        }

        return sum;
    }

    private int BestVillage(int depot, int bucket)
    {
        (double Earned, int Village) best = (double.NegativeInfinity, -1);
        for (int v = 0; v < _c.Villages; v++)
        {
            double earned = _board[v * (Steps + 1)] - (2 * _bucketKm[bucket] * _road.KmDepotVillage[(depot * _c.Villages) + v]);
            if (earned > best.Earned)
            {
                best = (earned, v);
            }
        }

        return best.Village;
    }

    /// <summary>Walks the best sequence again and counts its seats by class.</summary>
    private void Follow(int day, int bucket, int village, double seats, double[] offered) =>
        Walk(day, bucket, village, rideClass => offered[(rideClass * _c.Days) + day] += seats);

    private void Walk(int day, int bucket, int village, Action<int> onRide)
    {
        double km = 2 * _bucketKm[bucket];
        int width = Steps + 1;
        (int Site, int Start, int[] Class)[] calls = _calls[day];
        int t = 0;
        int v = village;
        while (v >= 0 && !double.IsNegativeInfinity(_board[(v * width) + t]))
        {
            double worth = _board[(v * width) + t];
            while (_board[(v * width) + t + 1] == worth)
            {
                t++;
            }

            int next = -1;
            int then = 0;
            for (int i = 0; i < calls.Length && next < 0; i++)
            {
                int at = (v * calls.Length) + i;
                if (t <= _rideLast[at] && _rideEarns[at] + _free[(calls[i].Site * Steps) + t + _rideSteps[at]] == worth)
                {
                    onRide(calls[i].Class[v]);
                    (next, then) = (calls[i].Site, t + _rideSteps[at]);
                }
            }

            v = -1;
            for (int w = 0; w < _c.Villages && v < 0 && next >= 0 && _free[(next * Steps) + then] > 0; w++)
            {
                int at = then + Move(next, w);
                if (at < Steps && _board[(w * width) + at] - (km * _road.KmSiteVillage[(next * _c.Villages) + w]) == _free[(next * Steps) + then])
                {
                    (v, t) = (w, at);
                }
            }
        }
    }

    /// <summary>Steps between arriving at a site and leaving a village: both stops and the way.</summary>
    private int Move(int site, int village) => (_road.MinSiteVillage[(site * _c.Villages) + village] + (2 * _c.StopMinutes)) / _grid;

    private (int Classes, int Shortest) Classify()
    {
        Array.Fill(_class, -1);
        bool[] reach = Reach();
        var groups = new SortedSet<(int Site, int Start)>();
        for (int k = 0; k < _data.Count; k++)
        {
            int o = _data.OrderOf[k];
            if (_c.MayCommute[o])
            {
                groups.Add((_c.OrderSite[o], _c.StartMinute[o]));
            }
        }

        var rides = new List<(int Village, int Site, int Start, int Minutes)>();
        foreach ((int site, int start) in groups)
        {
            int[] none = new int[_c.Villages];
            Array.Fill(none, -1);
            _classAt[(site, start)] = none;
            for (int v = 0; v < _c.Villages; v++)
            {
                int minutes = _road.MinVillageSite[(v * _c.Sites) + site];
                if (minutes <= _c.MaxRide && _earliest + minutes <= start && reach[(v * _c.Sites) + site])
                {
                    rides.Add((v, site, start, minutes));
                }
            }
        }

        var index = new Dictionary<(int, int, int), int>();
        _ownGroups = rides.Count <= OwnClasses;
        bool ownPrices = (long)rides.Count * _c.Days <= MostPrices;
        foreach ((int village, int site, int start, int minutes) in rides)
        {
            (int, int, int) key = _ownGroups ? (village, site, start) : (minutes / GroupMinutes, 0, start);
            bool isNew = !index.TryGetValue(key, out int group);
            if (isNew)
            {
                group = index[key] = index.Count;
                _minutes.Add(minutes);
            }

            _minutes[group] = Math.Min(_minutes[group], minutes);
            int rideClass = group;
            if (ownPrices || isNew)
            {
                rideClass = _groupOf.Count;
                _groupOf.Add(group);
                _minutesOf.Add(minutes);
            }

            _classAt[(site, start)][village] = rideClass;
        }

        for (int o = 0; o < _c.Orders; o++)
        {
            if (_c.MayCommute[o] && _classAt.TryGetValue((_c.OrderSite[o], _c.StartMinute[o]), out int[]? of))
            {
                for (int v = 0; v < _c.Villages; v++)
                {
                    _class[(v * _c.Orders) + o] = of[v];
                }
            }
        }

        return (_groupOf.Count, rides.Count == 0 ? 0 : rides.Min(r => r.Minutes));
    }

    /// <summary>T5 as far as one ride tells: some vehicle can drive depot → village → site and back within the day's limit.</summary>
    private bool[] Reach()
    {
        bool[] reach = new bool[_c.Villages * _c.Sites];
        bool[] used = new bool[Depots];
        for (int k = 0; k < _c.Vehicles; k++)
        {
            used[_c.DepotOf[k]] |= _c.Seats[k] > 0;
        }

        for (int v = 0; v < _c.Villages; v++)
        {
            for (int s = 0; s < _c.Sites; s++)
            {
                for (int p = 0; p < Depots; p++)
                {
                    reach[(v * _c.Sites) + s] |= used[p]
                        && 2L * (_road.MinDepotVillage[(p * _c.Villages) + v] + _road.MinVillageSite[(v * _c.Sites) + s]) <= _c.MaxDrive;
                }
            }
        }

        return reach;
    }

    /// <summary>Vehicles by seats in few buckets; each bucket drives at the least cost per seat and kilometre in it.</summary>
    private static (int[] BucketOf, double[] Km) Buckets(CompiledSeason c)
    {
        int[] bySeats = [.. Enumerable.Range(0, c.Vehicles).Where(k => c.Seats[k] > 0).OrderBy(k => c.KmCost[k] / c.Seats[k]).ThenBy(k => k)];
        int[] bucketOf = new int[c.Vehicles];
        Array.Fill(bucketOf, -1);
        var km = new List<double>();
        for (int i = 0; i < bySeats.Length; i++)
        {
            double cost = c.KmCost[bySeats[i]] / c.Seats[bySeats[i]] * (1 - 1e-12);
            if (km.Count == 0 || (km.Count < MostBuckets && (long)i * MostBuckets / bySeats.Length >= km.Count && cost > km[^1]))
            {
                km.Add(cost);
            }

            bucketOf[bySeats[i]] = km.Count - 1;
        }

        return (bucketOf, [.. km]);
    }
}
