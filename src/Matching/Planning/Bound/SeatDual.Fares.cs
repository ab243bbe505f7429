using Matching.Planning.Solver;

namespace Matching.Planning.Bound;

/// <summary>Good first fares: as dear as they can be without any vehicle earning anything.</summary>
internal sealed partial class SeatDual
{
    /// <summary>Classes above which fares are not raised one by one: cutting planes come next anyway.</summary>
    private const int MostLifted = 200;

    /// <summary>
    /// Fares by class at which no vehicle earns anything on any day, raised one class after the other, longest rides first,
    /// as far as that goes.
    /// </summary>
    public double[] BreakEvenFares(double most, Func<bool> stop)
    {
        const int Halvings = 9;
        int all = _c.Days;
        double[] fares = new double[Classes];
        if (!Timed || _fleet[all].Length == 0)
        {
            return fares;
        }

        double level = Largest(x =>
        {
            for (int i = 0; i < Classes; i++)
            {
                _fares[i] = x * (_minutes[i] + (2 * _c.StopMinutes)) / 60;
            }
        });
        for (int i = 0; i < Classes; i++)
        {
            fares[i] = level * (_minutes[i] + (2 * _c.StopMinutes)) / 60;
        }

        foreach (int i in Enumerable.Range(0, Classes <= MostLifted ? Classes : 0).OrderByDescending(i => _minutes[i]).ThenBy(i => i))
        {
            if (stop())
            {
                break;
            }

            double kept = fares[i];
            fares[i] = kept + Largest(x =>
            {
                fares.CopyTo(_fares, 0);
                _fares[i] = kept + x;
            });
        }

        return fares;

        double Largest(Action<double> set)
        {
            double low = 0;
            double high = most;
            for (int halving = 0; halving < Halvings; halving++)
            {
                double middle = halving == 0 ? most / 8 : (low + high) / 2;
                set(middle);
                (low, high) = Value(all, 1, null) > 0 ? (low, middle) : (middle, high);
            }

            return low;
        }
    }

    /// <summary>
    /// Fares by class at which no vehicle earns anything on any day and the given riders pay most in all: the dual of carrying
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

        // Everybody pays something: riders of a class without any still keep it from being free.
        double[] weights = riders.ToArray();
        double small = Math.Max(1, weights.Sum()) / 1000 / Math.Max(1, weights.Length);
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] += small;
        }

        using var program = new CuttingPlanes(weights, _fleet[all].Max(k => _c.DayCost[k] / _c.Seats[k]));
        double[] kept = [.. start];
        double[] outer = new double[Classes];
        double[] fares = [.. start];
        double[] counts = new double[Classes];
        for (int round = 0; round < MostRounds && !stop(); round++)
        {
            // Cuts are sought between the fares known to earn nothing and those of the program: that settles sooner than its corners.
            for (int i = 0; i < Classes; i++)
            {
                _fares[i] = fares[i] = round == 0 ? kept[i] : kept[i] + (OuterShare * (outer[i] - kept[i]));
            }

            double worst = 0;
            for (int j = 0; j < _bucketKm.Length; j++)
            {
                Scan(all, j);
                for (int p = 0; p < Depots; p++)
                {
                    double seatDay = double.PositiveInfinity;
                    foreach (int k in _fleet[all])
                    {
                        if (_bucketOf[k] == j && _c.DepotOf[k] == p)
                        {
                            seatDay = Math.Min(seatDay, _c.DayCost[k] / _c.Seats[k]);
                        }
                    }

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
                    for (int i = 0; i < Classes; i++)
                    {
                        _fares[i] = outer[i] * scale;
                    }

                    (low, high) = Value(all, 1, null) > 0 ? (low, scale) : (scale, high);
                }

                if (Pays(outer) * low > Pays(kept))
                {
                    for (int i = 0; i < Classes; i++)
                    {
                        kept[i] = outer[i] * low;
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

    /// <summary>Counts the classes along the best sequence from a village, and what they pay.</summary>
    private double CountPath(int day, int bucket, int village, double[] counts)
    {
        double paid = 0;
        Walk(day, bucket, village, rideClass =>
        {
            counts[rideClass]++;
            paid += _fares[rideClass];
        });
        return paid;
    }
}
