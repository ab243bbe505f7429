using Matching.Planning.Solver;

namespace Matching.Planning.Bound;

/// <summary>Good first fares: as dear as they can be without any vehicle earning anything.</summary>
internal sealed partial class SeatDual
{
    /// <summary>Groups above which fares are not raised one by one: cutting planes come next anyway.</summary>
    private const int MostLifted = 200;

    private const int RaiseRounds = 60;
    private const int LeastRaiseRounds = 8;

    /// <summary>Rides and ways by minute looked at in all rounds together: some ten seconds.</summary>
    private const double MostRaiseWork = 1.2e10;

    /// <summary>Power of a ride's hours by which it shares in a raise: between the best of sparse counties (2) and of dense ones (0).</summary>
    private const double LongRides = 1.5;

    /// <summary>CNY below which raising ends.</summary>
    private const double LeastRaise = 0.005;

    /// <summary>
    /// Fares by group at which no vehicle earns anything on any day, raised one group after the other, longest rides first,
    /// as far as that goes.
    /// </summary>
    public double[] BreakEvenFares(double most, Func<bool> stop)
    {
        const int Halvings = 9;
        int all = _c.Days;
        double[] fares = new double[Groups];
        if (!Timed || _fleet[all].Length == 0)
        {
            return fares;
        }

        double level = Largest(x => Spread(g => x * Hours(_minutes[g])));
        for (int g = 0; g < Groups; g++)
        {
            fares[g] = level * Hours(_minutes[g]);
        }

        foreach (int raised in Enumerable.Range(0, _ownGroups && Groups <= MostLifted ? Groups : 0).OrderByDescending(g => _minutes[g]).ThenBy(g => g))
        {
            if (stop())
            {
                break;
            }

            fares[raised] += Largest(x => Spread(g => g == raised ? fares[g] + x : fares[g]));
        }

        return fares;

        double Largest(Action<double> set)
        {
            double low = 0;
            double high = most;
            for (int halving = 0; halving < Halvings && !stop(); halving++)
            {
                double middle = halving == 0 ? most / 8 : (low + high) / 2;
                set(middle);
                (low, high) = Value(all, 1, null) > 0 ? (low, middle) : (middle, high);
            }

            return low;
        }
    }

    /// <summary>
    /// Fares by group at which no vehicle earns anything on any day and the given riders pay most in all: the dual of carrying
    /// them at the least cost, by cutting planes (each a sequence of passengers on one seat). Starts from fares that earn nothing.
    /// </summary>
    public double[] DearestFares(double[] start, ReadOnlySpan<double> riders, Func<bool> stop)
    {
        const int MostRounds = 250;
        const double OuterShare = 0.3;
        int all = _c.Days;
        if (!Timed || _fleet[all].Length == 0 || _calls[all].Length == 0)
        {
            return start;
        }

        // Everybody pays something: riders of a group without any still keep it from being free.
        double[] weights = riders.ToArray();
        double small = Math.Max(1, weights.Sum()) / 1000 / Math.Max(1, weights.Length);
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] += small;
        }

        using var program = new CuttingPlanes(weights, _fleet[all].Max(k => _c.DayCost[k] / _c.Seats[k]));
        double[] kept = [.. start];
        double[] outer = new double[Groups];
        double[] fares = [.. start];
        double[] counts = new double[Groups];
        for (int round = 0; round < MostRounds && !stop(); round++)
        {
            // Cuts are sought between the fares known to earn nothing and those of the program: that settles sooner than its corners.
            for (int g = 0; g < Groups; g++)
            {
                fares[g] = round == 0 ? kept[g] : kept[g] + (OuterShare * (outer[g] - kept[g]));
            }

            Spread(g => fares[g]);

            double worst = 0;
            for (int j = 0; j < _bucketKm.Length; j++)
            {
                Scan(all, j);
                for (int p = 0; p < Depots; p++)
                {
                    double seatDay = SeatDay(all, j, p);
                    if (double.IsPositiveInfinity(seatDay))
                    {
                        continue;
                    }

                    for (int v = 0; v < _c.Villages; v++)
                    {
                        double earned = _board[v * (Steps + 1)] - (2 * _bucketKm[j] * _road.KmDepotVillage[(p * _c.Villages) + v]);
                        if (round == 0 || earned > seatDay + 1e-6)
                        {
                            worst = Math.Max(worst, earned - seatDay);
                            Array.Clear(counts);
                            double paid = CountPath(all, j, v, counts);
                            program.Add(counts, seatDay + paid - earned);
                        }
                    }
                }
            }

            if (round > 0 && worst <= 1e-6)
            {
                fares.CopyTo(kept, 0);
            }

            if (!program.Solve(outer))
            {
                break;
            }

            if (round % 5 == 4)
            {
                // The program's fares scaled down to where nothing is earned are a second way to better ones.
                double low = 0;
                double high = 1;
                for (int halving = 0; halving < 8; halving++)
                {
                    double scale = (low + high) / 2;
                    Spread(g => outer[g] * scale);
                    (low, high) = Value(all, 1, null) > 0 ? (low, scale) : (scale, high);
                }

                if (Pays(outer) * low > Pays(kept))
                {
                    for (int g = 0; g < Groups; g++)
                    {
                        kept[g] = outer[g] * low;
                    }
                }
            }

            if (Pays(outer) - Pays(kept) < 0.01 * Pays(outer))
            {
                break;
            }
        }

        return kept;

        double Pays(double[] at)
        {
            double sum = 0;
            for (int i = 0; i < at.Length; i++)
            {
                sum += weights[i] * at[i];
            }

            return sum;
        }
    }

    /// <summary>Counts the groups along the best sequence from a village, and what they pay.</summary>
    private double CountPath(int day, int bucket, int village, double[] counts)
    {
        double paid = 0;
        Walk(day, bucket, village, rideClass =>
        {
            counts[_groupOf[rideClass]]++;
            paid += _fares[rideClass];
        });
        return paid;
    }

    /// <summary>
    /// Fares by ride class out of fares by group: each raised until it lies on a sequence that just pays a seat of some vehicle,
    /// wherever it can. Sequences are led by the shortest ways, so rides that leave a seat far from the next passengers can
    /// pay more than others of the same minutes.
    /// </summary>
    /// <param name="groupFares">Fares by group at which no vehicle earns anything on any day.</param>
    /// <param name="level">CNY a seat may earn a day even where it costs less; vehicles that do earn the rest.</param>
    /// <param name="most">CNY that no fare needs to be above.</param>
    /// <param name="stop">Ends early with what has been raised.</param>
    public double[] Raised(double[] groupFares, double level, double most, Func<bool> stop)
    {
        Spread(g => groupFares[g]);
        int all = _c.Days;
        if (Timed && _fleet[all].Length > 0 && _calls[all].Length > 0)
        {
            double[] room = new double[Classes];
            double[] atVillage = new double[_c.Villages * (Steps + 1)];
            double[] atSite = new double[_c.Sites * (Steps + 1)];
            double[] part = [.. _minutesOf.Select(minutes => Math.Pow(Hours(minutes), LongRides))];
            double parts = Heaviest(all, part);
            double largest = double.PositiveInfinity;
            for (int round = 0; round < RoundsOfRaise && largest > LeastRaise && !stop(); round++)
            {
                FindRoom(all, level, room, atVillage, atSite);
                largest = 0;
                for (int i = 0; i < Classes; i++)
                {
                    // Every sequence has room for what the least of its rides has; of its rides each takes its part, long ones more.
                    double raise = Math.Clamp(room[i] * part[i] / parts, 0, Math.Max(0, most - _fares[i]));
                    _fares[i] += raise;
                    largest = Math.Max(largest, raise);
                }
            }
        }

        return [.. _fares];
    }

    /// <summary>Whether raising fares takes so long that a bound should be told before.</summary>
    public bool RaisesSlowly => RoundsOfRaise < RaiseRounds;

    /// <summary>Rounds in which fares are raised: fewer where one takes long, since the first gain most.</summary>
    private int RoundsOfRaise
    {
        get
        {
            double work = (double)_bucketKm.Length * _c.Villages * (_calls[_c.Days].Length + _c.Sites) * Steps;
            return (int)Math.Clamp(MostRaiseWork / Math.Max(1, work), LeastRaiseRounds, RaiseRounds);
        }
    }

    /// <summary>CNY a day below which a share of all seats can be had.</summary>
    public double SeatDayOf(double share)
    {
        (double Cost, int Seats)[] byCost = [.. _fleet[_c.Days].Select(k => (_c.DayCost[k] / _c.Seats[k], _c.Seats[k])).Order()];
        double left = share * byCost.Sum(x => (double)x.Seats);
        foreach ((double cost, int seats) in byCost)
        {
            left -= seats;
            if (left <= 0)
            {
                return cost;
            }
        }

        return 0;
    }

    /// <summary>Hours that a ride takes with both its stops.</summary>
    private double Hours(int minutes) => (minutes + (2 * _c.StopMinutes)) / 60.0;

    /// <summary>The most that weights by ride class can be in sum over the rides of one seat in a morning.</summary>
    private double Heaviest(int day, double[] weights)
    {
        const double Dear = 1e9;
        double[] kept = [.. _fares];
        double heaviest = weights.Max();
        for (int j = 0; j < _bucketKm.Length; j++)
        {
            // So dear that kilometres do not matter.
            for (int i = 0; i < Classes; i++)
            {
                _fares[i] = Dear * weights[i];
            }

            Scan(day, j);
            for (int v = 0; v < _c.Villages; v++)
            {
                heaviest = Math.Max(heaviest, _board[v * (Steps + 1)] / Dear);
            }
        }

        kept.CopyTo(_fares, 0);
        return heaviest;
    }

    /// <summary>The least a seat costs a day among vehicles of a bucket and depot; infinite where there are none.</summary>
    private double SeatDay(int day, int bucket, int depot)
    {
        double least = double.PositiveInfinity;
        foreach (int k in _fleet[day])
        {
            if (_bucketOf[k] == bucket && _c.DepotOf[k] == depot)
            {
                least = Math.Min(least, _c.DayCost[k] / _c.Seats[k]);
            }
        }

        return least;
    }

    /// <summary>Every class pays as its group.</summary>
    private void Spread(Func<int, double> fareOfGroup)
    {
        for (int i = 0; i < Classes; i++)
        {
            _fares[i] = fareOfGroup(_groupOf[i]);
        }
    }
}
