namespace Matching.Planning.Transport;

/// <summary>
/// A proven lower bound on what carrying everybody costs: vehicles that must be used times the least cost of a day, plus the
/// greater of two bounds on what their kilometres cost. Ways are shortest ways through all places of the grid, since a vehicle
/// may stop where nobody boards.
/// </summary>
/// <remarks>
/// <para>
/// Vehicles: until a minute τ a vehicle has τ − earliest departure minutes. The people due by τ need (a) their seats for at
/// least the shortest way, and (b) at each of their villages and sites at least ⌈people / most seats⌉ stops, each reached by some leg
/// into that place; only a vehicle's very first leg has no clock. Both give a least number of vehicles, for every τ; driving
/// minutes per day give one more.
/// </para>
/// <para>
/// Kilometres: (a) a seat carries one person at a time, so Σ people × shortest way is at most Σ seats × loaded kilometres, and each
/// vehicle first drives empty from its depot to some village; (b) with one site, <see cref="QRouteBound"/>.
/// </para>
/// </remarks>
internal sealed class TransportBound
{
    private readonly RoutingModel _m;
    private readonly double _work;
    private readonly Func<bool> _isOver;

    /// <param name="m">The task.</param>
    /// <param name="work">Elementary steps to spend at most, about; infinity to go by <paramref name="isOver"/> alone.</param>
    /// <param name="isOver">Whether to stop with the best bound so far.</param>
    public TransportBound(RoutingModel m, double work, Func<bool> isOver) => (_m, _work, _isOver) = (m, work, isOver);

    /// <summary>CNY that carrying everybody costs at least.</summary>
    /// <param name="known">Cost of some trips that carry everybody: steers the search for a good bound, proves nothing.</param>
    public double Prove(double known)
    {
        if (_m.Groups == 0 || _m.Types == 0)
        {
            return 0;
        }

        int vehicles = LeastVehicles();
        double days = vehicles * _m.DayCost.Min();
        double perKm = 2 * _m.KmCost.Min();
        if (perKm <= 0)
        {
            return days;
        }

        int[] sites = [.. _m.Site.Distinct()];
        double perSeatKm = double.PositiveInfinity;
        for (int t = 0; t < _m.Types; t++)
        {
            perSeatKm = Math.Min(perSeatKm, 2 * _m.KmCost[t] / _m.Seats[t]);
        }

        double seatKm = 0;
        foreach (int site in sites)
        {
            double[] way = ShortestTo(site, (a, b) => _m.Km[(a * _m.Places) + b]);
            for (int g = 0; g < _m.Groups; g++)
            {
                seatKm += _m.Site[g] == site ? _m.Count[g] * way[_m.Village[g]] : 0;
            }
        }

        double approach = _m.Depot.Distinct().Min(d =>
        {
            double[] way = ShortestFrom(d, (a, b) => _m.Km[(a * _m.Places) + b]);
            return _m.Village.Min(v => way[v]);
        });
        double km = (seatKm * perSeatKm) + (vehicles * approach * perKm);
        if (sites.Length == 1 && !_isOver())
        {
            km = Math.Max(km, new QRouteBound(_m, sites[0], ShortestFrom, _work, _isOver).Prove(known - days));
        }

        // The sums above are doubles: what their rounding can add is taken off again.
        km -= 1e-9 * km;
        double step = perKm * KmStep();
        if (step > 0 && Array.TrueForAll(_m.KmCost, c => c == _m.KmCost[0]))
        {
            km = Math.Max(km, step * Math.Ceiling((km / step) - 1e-6));
        }

        return days + km;
    }

    /// <summary>No fewer vehicles than this carry everybody in time.</summary>
    public int LeastVehicles()
    {
        int n = _m.Places;
        int least = 1;
        Dictionary<int, double[]> way = _m.Site.Distinct().ToDictionary(s => s, s => ShortestTo(s, (a, b) => _m.Min[(a * n) + b]));
        int[] into = new int[n];
        foreach (int place in _m.Village.Concat(_m.Site).Distinct())
        {
            into[place] = int.MaxValue;
            for (int from = 0; from < n; from++)
            {
                into[place] = from == place ? into[place] : Math.Min(into[place], _m.Min[(from * n) + place]);
            }
        }

        int seats = _m.MaxSeats;
        double allRiding = 0;
        foreach (int due in _m.Latest.Distinct())
        {
            int[] groups = [.. Enumerable.Range(0, _m.Groups).Where(g => _m.Latest[g] <= due)];
            double window = due - _m.Earliest;
            double riding = groups.Sum(g => _m.Count[g] * way[_m.Site[g]][_m.Village[g]]);
            allRiding = Math.Max(allRiding, riding);
            long stops = groups.GroupBy(g => _m.Village[g]).Sum(v => Stops(v) * (into[v.Key] + _m.Stop))
                + groups.GroupBy(g => _m.Site[g]).Sum(s => Stops(s) * into[s.Key]);
            double first = groups.Max(g => into[_m.Village[g]]) + _m.Stop;
            least = Math.Max(least, Least(riding, seats * window));
            least = Math.Max(least, Least(stops, window + first));
        }

        return Math.Max(least, Least(allRiding, (double)seats * _m.MaxMorningDrive));

        long Stops(IEnumerable<int> groups) => (groups.Sum(g => (long)_m.Count[g]) + seats - 1) / seats;

        // Nothing fits into no time at all: then nobody can be carried, and any number is a bound.
        static int Least(double work, double each) => each <= 0 ? 0 : (int)Math.Min(Math.Ceiling((work / each) - 1e-9), int.MaxValue / 2);
    }

    // The kilometres of every leg are whole multiples of this; 0 when they are not whole numbers.
    private double KmStep()
    {
        long step = 0;
        foreach (double km in _m.Km)
        {
            if (km != Math.Floor(km) || km > 1e12)
            {
                return 0;
            }

            long rest = (long)km;
            while (rest != 0)
            {
                (step, rest) = (rest, step % rest);
            }
        }

        return step;
    }

    private double[] ShortestTo(int place, Func<int, int, double> leg) => Shortest(place, (a, b) => leg(b, a));

    private double[] ShortestFrom(int place, Func<int, int, double> leg) => Shortest(place, leg);

    // Dijkstra on the full grid.
    private double[] Shortest(int place, Func<int, int, double> leg)
    {
        int n = _m.Places;
        double[] way = new double[n];
        bool[] done = new bool[n];
        Array.Fill(way, double.PositiveInfinity);
        way[place] = 0;
        for (int round = 0; round < n; round++)
        {
            int next = -1;
            for (int p = 0; p < n; p++)
            {
                if (!done[p] && (next < 0 || way[p] < way[next]))
                {
                    next = p;
                }
            }

            done[next] = true;
            for (int p = 0; p < n; p++)
            {
                if (!done[p])
                {
                    way[p] = Math.Min(way[p], way[next] + leg(next, p));
                }
            }
        }

        return way;
    }
}
