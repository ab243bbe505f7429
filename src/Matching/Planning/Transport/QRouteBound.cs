namespace Matching.Planning.Transport;

/// <summary>
/// Lower bound on the kilometres' cost when everybody rides to one site: the dual of covering the people by trips, where a
/// trip may pass a village again but not by way of one stop in between (q-routes without 2-cycles;
/// Christofides, Mingozzi and Toth 1981), and may take any part of a group, so that split loads are covered.
/// </summary>
/// <remarks>
/// For any prices u per person, everybody carried exactly once, the cost is at least Σ u·count + the least Σ n(l)·g(l) over numbers
/// n(l) of trips with load l with Σ l·n(l) = people and Σ n(l) ≥ ⌈people / seats⌉, g(l) being the least cost less prices of a
/// trip with load l. g is found exactly by dynamic programming, the second term on its lower convex hull, so every step of
/// the subgradient search gives a bound; the best is kept.
/// </remarks>
internal sealed class QRouteBound
{
    private const double MostCells = 4e9;
    private const int MostRounds = 3000;
    private readonly int _n;
    private readonly int _seats;
    private readonly int[] _count;
    private readonly int _people;
    private readonly double[] _start;
    private readonly double[] _end;
    private readonly double[] _leg;
    private readonly Func<bool> _isOver;
    private readonly int _rounds;
    private readonly bool _isTooBig;

    // By load × groups + last group: least cost so far and the second least that comes from elsewhere.
    private readonly double[] _best;
    private readonly double[] _second;
    private readonly int[] _bestFrom;
    private readonly int[] _secondFrom;
    private readonly int[] _bestTaken;
    private readonly int[] _secondTaken;
    private readonly double[] _close;
    private readonly int[] _closeAt;

    public QRouteBound(RoutingModel m, int site, Func<int, Func<int, int, double>, double[]> shortestFrom, double work, Func<bool> isOver)
    {
        _n = m.Groups;
        _isOver = isOver;
        int unit = m.Count.Concat(m.Seats).Aggregate(0, Divisor);
        _seats = m.MaxSeats / unit;
        _count = [.. m.Count.Select(c => c / unit)];
        _people = _count.Sum();
        _rounds = (int)Math.Clamp(work / ((double)_n * _n * _seats), 1, MostRounds);
        _isTooBig = (double)_n * _n * _seats > MostCells || (double)m.Places * m.Places * _n > MostCells;
        _start = new double[_n];
        _end = new double[_n];
        _leg = new double[_isTooBig ? 0 : _n * _n];
        int cells = _isTooBig ? 0 : (_seats + 1) * _n;
        (_best, _second, _bestFrom, _secondFrom) = (new double[cells], new double[cells], new int[cells], new int[cells]);
        (_bestTaken, _secondTaken) = (new int[cells], new int[cells]);
        (_close, _closeAt) = (new double[_seats + 1], new int[_seats + 1]);
        if (_isTooBig)
        {
            return;
        }

        double perKm = 2 * m.KmCost.Min();
        double Leg(int a, int b) => perKm * m.Km[(a * m.Places) + b];
        double[][] from = [.. m.Depot.Append(site).Distinct().Select(p => shortestFrom(p, Leg))];
        double[]?[] way = new double[m.Places][];
        foreach (int village in m.Village.Distinct())
        {
            way[village] = shortestFrom(village, Leg);
        }

        for (int i = 0; i < _n; i++)
        {
            _start[i] = from.Min(f => f[m.Village[i]]);
            _end[i] = way[m.Village[i]]![site];
            for (int j = 0; j < _n; j++)
            {
                // Into j from i, read row by row of j.
                _leg[(j * _n) + i] = way[m.Village[i]]![m.Village[j]];
            }
        }
    }

    /// <summary>The bound in CNY.</summary>
    /// <param name="known">Cost of some trips: sets the step length only.</param>
    public double Prove(double known)
    {
        if (_isTooBig)
        {
            return 0;
        }

        double[] price = new double[_n];
        for (int i = 0; i < _n; i++)
        {
            price[i] = (_start[i] + _end[i]) / _seats;
        }

        double[] bestPrice = [.. price];
        double best = double.NegativeInfinity;
        double step = 1;
        int poor = 0;
        double[] carried = new double[_n];
        for (int round = 0; round < _rounds && step > 1e-3 && (round == 0 || !_isOver()); round++)
        {
            Extend(price);
            Array.Clear(carried);
            double bound = Dot(price) + Cover(carried);
            if (bound > best)
            {
                best = bound;
                price.CopyTo(bestPrice, 0);
                poor = 0;
            }
            else if (++poor >= 12)
            {
                poor = 0;
                step /= 2;
                bestPrice.CopyTo(price, 0);
                continue;
            }

            double norm = 0;
            for (int i = 0; i < _n; i++)
            {
                norm += (_count[i] - carried[i]) * (_count[i] - carried[i]);
            }

            if (norm < 1e-12)
            {
                break;
            }

            double length = step * Math.Max((1.02 * known) - bound, 0.001 * Math.Abs(bound)) / norm;
            for (int i = 0; i < _n; i++)
            {
                price[i] += length * (_count[i] - carried[i]);
            }
        }

        return Math.Max(0, best);
    }

    private double Dot(double[] price)
    {
        double sum = 0;
        for (int i = 0; i < _n; i++)
        {
            sum += price[i] * _count[i];
        }

        return sum;
    }

    private void Extend(double[] price)
    {
        Array.Fill(_best, double.PositiveInfinity);
        Array.Fill(_second, double.PositiveInfinity);
        Array.Fill(_bestFrom, -1);
        for (int load = 0; load < _seats; load++)
        {
            for (int j = 0; j < _n; j++)
            {
                double first = double.PositiveInfinity;
                double other = double.PositiveInfinity;
                int firstFrom = -1;
                int otherFrom = -1;
                if (load == 0)
                {
                    (first, firstFrom) = (_start[j], _n);
                }
                else
                {
                    Arrive(load, j, ref first, ref firstFrom, ref other, ref otherFrom);
                }

                int most = Math.Min(_count[j], _seats - load);
                for (int taken = 1; taken <= most; taken++)
                {
                    int cell = ((load + taken) * _n) + j;
                    double earned = price[j] * taken;
                    Put(cell, first - earned, firstFrom, taken);
                    Put(cell, other - earned, otherFrom, taken);
                }
            }
        }

        for (int load = 1; load <= _seats; load++)
        {
            (_close[load], _closeAt[load]) = (double.PositiveInfinity, -1);
            for (int j = 0; j < _n; j++)
            {
                double closed = _best[(load * _n) + j] + _end[j];
                if (closed < _close[load])
                {
                    (_close[load], _closeAt[load]) = (closed, j);
                }
            }
        }
    }

    private void Arrive(int load, int j, ref double first, ref int firstFrom, ref double other, ref int otherFrom)
    {
        int row = load * _n;
        ReadOnlySpan<double> best = _best.AsSpan(row, _n);
        ReadOnlySpan<int> from = _bestFrom.AsSpan(row, _n);
        ReadOnlySpan<double> leg = _leg.AsSpan(j * _n, _n);
        for (int i = 0; i < best.Length; i++)
        {
            double cost = best[i] + leg[i];
            if (cost >= other || i == j)
            {
                continue;
            }

            if (from[i] == j)
            {
                cost = _second[row + i] + leg[i];
                if (cost >= other)
                {
                    continue;
                }
            }

            if (cost < first)
            {
                (other, otherFrom) = (first, firstFrom);
                (first, firstFrom) = (cost, i);
            }
            else
            {
                (other, otherFrom) = (cost, i);
            }
        }
    }

    private void Put(int cell, double cost, int from, int taken)
    {
        if (cost >= _second[cell])
        {
            return;
        }

        if (from == _bestFrom[cell])
        {
            if (cost < _best[cell])
            {
                (_best[cell], _bestTaken[cell]) = (cost, taken);
            }
        }
        else if (cost < _best[cell])
        {
            (_second[cell], _secondFrom[cell], _secondTaken[cell]) = (_best[cell], _bestFrom[cell], _bestTaken[cell]);
            (_best[cell], _bestFrom[cell], _bestTaken[cell]) = (cost, from, taken);
        }
        else
        {
            (_second[cell], _secondFrom[cell], _secondTaken[cell]) = (cost, from, taken);
        }
    }

    /// <summary>The second term of the bound; adds what its trips carry.</summary>
    private double Cover(double[] carried)
    {
        int trips = (_people + _seats - 1) / _seats;
        int cheapest = 0;
        for (int load = 1; load <= _seats; load++)
        {
            if (_closeAt[load] >= 0 && (cheapest == 0 || _close[load] / load < _close[cheapest] / cheapest))
            {
                cheapest = load;
            }
        }

        double mean = (double)_people / trips;
        if (cheapest <= mean)
        {
            double number = (double)_people / cheapest;
            Carry(cheapest, number, carried);
            return number * _close[cheapest];
        }

        // The number of trips binds: the hull of g at the mean load.
        (int Low, int High, double Share) hull = (cheapest, cheapest, 1);
        double least = double.PositiveInfinity;
        for (int low = 1; low <= mean; low++)
        {
            for (int high = (int)Math.Ceiling(mean); _closeAt[low] >= 0 && high <= _seats; high++)
            {
                if (_closeAt[high] < 0)
                {
                    continue;
                }

                double share = high == low ? 1 : (mean - low) / (high - low);
                double value = ((1 - share) * _close[low]) + (share * _close[high]);
                if (value < least)
                {
                    (least, hull) = (value, (low, high, share));
                }
            }
        }

        Carry(hull.Low, trips * (1 - hull.Share), carried);
        Carry(hull.High, trips * hull.Share, carried);
        return trips * least;
    }

    private void Carry(int load, double number, double[] carried)
    {
        int at = _closeAt[load];
        bool second = false;
        while (at < _n && load > 0)
        {
            int cell = (load * _n) + at;
            int taken = second ? _secondTaken[cell] : _bestTaken[cell];
            int from = second ? _secondFrom[cell] : _bestFrom[cell];
            carried[at] += number * taken;
            load -= taken;
            second = load > 0 && from < _n && _bestFrom[(load * _n) + from] == at;
            at = from;
        }
    }

    private static int Divisor(int a, int b) => b == 0 ? a : Divisor(b, a % b);
}
