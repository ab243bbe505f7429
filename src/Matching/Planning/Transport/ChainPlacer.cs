using Matching.Search;

namespace Matching.Planning.Transport;

/// <summary>
/// Finds the cheapest legal place for a trip as a whole: an idle vehicle, or a gap in the morning of one in use. What a new trip of a
/// group costs at least in a vehicle's morning is remembered until the morning changes.
/// </summary>
internal sealed class ChainPlacer(RoutingModel m, RouteState state)
{
    private const int AnyGap = -2;

    // The cheapest new trip of a group in the morning of a vehicle in use, by group and vehicle.
    private readonly NewTrip[]?[] _newTrips = new NewTrip[m.Groups][];

    /// <summary>The cheapest legal new trip for a group alone: vehicle and place in its chain; vehicle -1 when there is none.</summary>
    public (double Cost, int Vehicle, int At, int Seats) BestNew(int group, int count, double below)
    {
        int v = m.Village[group];
        int s = m.Site[group];
        int n = m.Places;
        int ride = m.Min[(v * n) + s];
        (double Cost, int Vehicle, int At, int Seats) best = (below, -1, -1, 0);
        if (ride > m.MaxRide)
        {
            return best;
        }

        // What is cheaper per person carried is better, since a small vehicle cannot take everybody.
        var run = new Run(v, s, ride, ride, m.Latest[group] - ride);
        double perHead = double.PositiveInfinity;
        if (m.Earliest <= run.Latest && m.Earliest + ride <= m.LastEnd)
        {
            for (int t = 0; t < m.Types; t++)
            {
                int k = state.FreeVehicle(t);
                if (k < 0)
                {
                    continue;
                }

                int heads = Math.Min(m.Seats[t], count);
                double cost = m.SearchDay[k] + m.LegTo[t][(v * n) + m.Depot[t]] + m.Leg[t][(v * n) + s];
                if (cost < (best.Vehicle < 0 ? below : perHead * heads) && m.Min[(m.Depot[t] * n) + v] + ride <= m.MaxMorningDrive)
                {
                    best = (cost, k, 0, m.Seats[t]);
                    perHead = cost / heads;
                }
            }
        }

        if (m.ChainsPay || state.Used.Length >= Math.Min(state.MaxVehicles, m.Vehicles))
        {
            NewTrip[] known = _newTrips[group] ??= new NewTrip[m.Vehicles];
            ReadOnlySpan<int> versions = state.ChainVersions;
            double most = best.Vehicle < 0 ? below : perHead * Math.Min(m.MaxSeats, count);
            foreach (int k in state.Used)
            {
                if (known[k].Version != versions[k])
                {
                    double cheapest = double.PositiveInfinity;
                    BestInChain(k, in run, m.Leg[m.TypeOf[k]][(v * n) + s], ref cheapest);
                    known[k] = new NewTrip(versions[k], (float)cheapest);
                }

                float cost = known[k].Cost;
                if (cost >= most)
                {
                    continue;
                }

                int seats = m.Seats[m.TypeOf[k]];
                int heads = Math.Min(seats, count);
                if (cost < (best.Vehicle < 0 ? below : perHead * heads))
                {
                    best = (cost, k, AnyGap, seats);
                    perHead = cost / heads;
                    most = perHead * Math.Min(m.MaxSeats, count);
                }
            }

            if (best.At == AnyGap)
            {
                best.Cost = double.PositiveInfinity;
                best.At = BestInChain(best.Vehicle, in run, m.Leg[m.TypeOf[best.Vehicle]][(v * n) + s], ref best.Cost);
            }
        }

        return best;
    }

    /// <summary>The cheapest legal place for a whole trip; vehicle -1 when there is none.</summary>
    public (double Cost, int Vehicle, int At) BestFor(RouteTrip trip, Xoshiro random, double blink)
    {
        int n = m.Places;
        var run = new Run(trip.First, trip.Last, trip.Duration, trip.OwnDrive, trip.OwnLatest);
        (double Cost, int Vehicle, int At) best = (double.PositiveInfinity, -1, -1);
        if (m.Earliest <= run.Latest && m.Earliest + run.Duration <= m.LastEnd)
        {
            for (int t = 0; t < m.Types; t++)
            {
                int k = state.FreeVehicle(t);
                if (k < 0 || m.Seats[t] < trip.Load || m.Min[(m.Depot[t] * n) + run.First] + run.Drive > m.MaxMorningDrive)
                {
                    continue;
                }

                double cost = m.SearchDay[k] + m.LegTo[t][(run.First * n) + m.Depot[t]] + Within(trip, t);
                if (cost < best.Cost)
                {
                    best = (cost, k, 0);
                }
            }
        }

        foreach (int k in state.Used)
        {
            int type = m.TypeOf[k];
            if (m.Seats[type] >= trip.Load && random.NextDouble() >= blink)
            {
                double limit = best.Cost;
                int at = BestInChain(k, in run, Within(trip, type), ref limit);
                if (at >= 0)
                {
                    best = (limit, k, at);
                }
            }
        }

        return best;
    }

    private double Within(RouteTrip trip, int type)
    {
        double cost = 0;
        int from = trip.First;
        for (int i = 1; i < trip.Visits; i++)
        {
            cost += m.Leg[type][(from * m.Places) + trip.Place[i]];
            from = trip.Place[i];
        }

        for (int j = 0; j < trip.SiteStops; j++)
        {
            cost += m.Leg[type][(from * m.Places) + trip.Sites[j]];
            from = trip.Sites[j];
        }

        return cost;
    }

    /// <summary>The cheapest legal gap of a vehicle's morning below a limit in search cost, which it lowers; -1 when there is none.</summary>
    private int BestInChain(int k, ref readonly Run run, double within, ref double limit)
    {
        int n = m.Places;
        int type = m.TypeOf[k];
        ReadOnlySpan<double> into = m.LegTo[type].AsSpan(run.First * n, n);
        ReadOnlySpan<double> onward = m.Leg[type].AsSpan(run.Last * n, n);
        ReadOnlySpan<RouteGap> gaps = state.GapsOf(k);
        int found = -1;
        for (int at = 0; at < gaps.Length; at++)
        {
            ref readonly RouteGap gap = ref gaps[at];
            double cost = within + into[gap.From];
            if (gap.Next >= 0)
            {
                cost += onward[gap.Next] - gap.SkippedCost;
            }

            if (cost < limit && Fits(k, in gap, in run))
            {
                (found, limit) = (at, cost);
            }
        }

        return found;
    }

    private bool Fits(int k, ref readonly RouteGap gap, ref readonly Run run)
    {
        int n = m.Places;
        int move = m.Min[(gap.From * n) + run.First];
        int start = Math.Max(m.Earliest, gap.Ready + move);
        int added = move + run.Drive;
        if (start > run.Latest || start + run.Duration > m.LastEnd)
        {
            return false;
        }

        if (gap.Next >= 0)
        {
            int onward = m.Min[(run.Last * n) + gap.Next];
            added += onward - gap.Skipped;
            if (start + run.Duration + onward > gap.ArriveBy)
            {
                return false;
            }
        }

        List<int> chain = state.ChainOf(k);
        return added <= Math.Max(state.TripAt(chain[0]).DriveLeft, 0) || HasDriveLeft(chain, m.TypeOf[k], added);
    }

    // What is kept of the time left is capped at what one insertion can need; a whole trip may need more.
    private bool HasDriveLeft(List<int> chain, int type, int added)
    {
        int from = m.Depot[type];
        int drive = added;
        foreach (int slot in chain)
        {
            RouteTrip trip = state.TripAt(slot);
            drive += m.Min[(from * m.Places) + trip.First] + trip.OwnDrive;
            from = trip.Last;
        }

        return drive <= m.MaxMorningDrive;
    }

    /// <summary>A trip as a whole: its ends, minutes between them, driving minutes, and when it has to leave.</summary>
    private readonly record struct Run(int First, int Last, int Duration, int Drive, int Latest);

    /// <param name="Version">Of the vehicle's chain.</param>
    /// <param name="Cost">Search cost it adds; infinite where nothing is legal.</param>
    private readonly record struct NewTrip(int Version, float Cost);
}
