namespace Matching.Planning.Transport;

/// <summary>
/// Finds the cheapest legal place for people in a trip as it stands. What was found for a group and a trip is remembered
/// until the trip or its room in the vehicle's morning changes.
/// </summary>
internal sealed class Placer(RoutingModel m, RouteState state)
{
    private const double Tiny = 1e-9;
    private const int Unproven = -2;
    private Known[] _known = [];
    private int _slots;

    /// <summary>The cheapest legal place for a group in a trip, seats not considered; none when it costs <paramref name="below"/> or more.</summary>
    public Placing Best(int group, int slot, double below = double.PositiveInfinity)
    {
        if (slot >= _slots)
        {
            _slots = Math.Max(64, Math.Max(slot + 1, _slots * 2));
            _known = new Known[m.Groups * _slots];
        }

        ref Known known = ref _known[(group * _slots) + slot];
        int version = state.VersionAt(slot);
        if (known.Version != version)
        {
            RouteTrip trip = state.TripAt(slot);
            known = new Known(version, trip.SiteAt(m.Site[group]) >= 0 ? Search(group, trip) : new Placing(LeastWithNewSite(group, trip), Unproven, -1));
        }

        if (known.Placing.Cost >= below)
        {
            return Placing.None;
        }

        // Another site on the way asks every ride for its length: only where it can be the cheapest.
        if (known.Placing.At == Unproven)
        {
            known = new Known(version, Search(group, state.TripAt(slot)));
        }

        return known.Placing;
    }

    private Placing Search(int group, RouteTrip trip)
    {
        int v = m.Village[group];
        int j = trip.SiteAt(m.Site[group]);
        for (int i = 0; i < trip.Visits; i++)
        {
            if (trip.Place[i] == v)
            {
                return trip.Group[i] == group ? new Placing(0, i, -1)
                    : j >= 0 ? Beside(group, trip, i, j)
                    : WithNewSite(group, trip, i + 1, i + 1);
            }
        }

        return j >= 0 ? WithSite(group, trip, j) : WithNewSite(group, trip, 0, trip.Visits);
    }

    private Placing Beside(int group, RouteTrip trip, int visit, int j)
    {
        bool fits = !m.Timed || (trip.Arrive[j] - trip.Leave[visit] <= m.MaxRide && trip.EarliestDepart + trip.Arrive[j] <= m.Latest[group]);
        return fits ? new Placing(0, visit + 1, -1) : Placing.None;
    }

    private Placing WithSite(int group, RouteTrip trip, int j)
    {
        int type = m.TypeOf[trip.Vehicle];
        int row = m.Village[group] * m.Places;
        ReadOnlySpan<double> to = m.LegTo[type].AsSpan(row, m.Places);
        ReadOnlySpan<double> from = m.Leg[type].AsSpan(row, m.Places);
        int visits = trip.Visits;
        ReadOnlySpan<int> place = trip.Place.AsSpan(0, visits);
        ReadOnlySpan<double> legCost = trip.LegCost.AsSpan(0, visits + 1);
        double best = double.PositiveInfinity;
        int at = -1;
        int previous = trip.ComesFrom;
        for (int p = 0; p <= visits; p++)
        {
            int next = p < visits ? place[p] : trip.Sites[0];
            double cost = to[previous] + from[next] - legCost[p];

            // Between two groups of one village the stop would be made twice, and take longer than reckoned.
            if (cost < best && previous != next && (!m.Timed || IsInTime(group, trip, p, previous, next, j)))
            {
                (best, at) = (cost, p);
            }

            previous = next;
        }

        return at < 0 ? Placing.None : new Placing(Math.Max(best, 0), at, -1);
    }

    private bool IsInTime(int group, RouteTrip trip, int p, int previous, int next, int j)
    {
        int n = m.Places;
        int v = m.Village[group];
        int into = m.Min[(previous * n) + v];
        int onward = m.Min[(v * n) + next];
        int skipped = m.Min[(previous * n) + next];
        int earliest = trip.EarliestDepart;
        int longer;
        int ride;
        if (p == 0)
        {
            longer = onward + m.Stop;
            ride = trip.Arrive[j] + longer;
            earliest = Math.Max(m.Earliest, trip.Ready + into);
        }
        else
        {
            // A new stop between two villages adds its own minutes; so does one before the first site, whose own leg had none.
            longer = into + m.Stop + onward - skipped;
            ride = p < trip.Visits ? onward + m.Stop + trip.Arrive[j] - trip.Leave[p] : onward + trip.Arrive[j] - trip.Arrive[0];
        }

        return ride <= m.MaxRide
            && trip.RideBefore[p] + longer <= m.MaxRide
            && earliest <= trip.LatestDepart - longer
            && earliest + trip.Arrive[j] + longer <= m.Latest[group]
            && into + onward - skipped <= trip.DriveLeft;
    }

    /// <summary>What a new site and village cost at least in a trip, legal or not.</summary>
    private double LeastWithNewSite(int group, RouteTrip trip)
    {
        if (trip.SiteStops == RouteTrip.MaxSites)
        {
            return double.PositiveInfinity;
        }

        int n = m.Places;
        double[] leg = m.Leg[m.TypeOf[trip.Vehicle]];
        int v = m.Village[group];
        int s = m.Site[group];
        double site = double.PositiveInfinity;
        for (int q = 0; q <= trip.SiteStops; q++)
        {
            int before = q == 0 ? trip.Place[trip.Visits - 1] : trip.Sites[q - 1];
            int after = q < trip.SiteStops ? trip.Sites[q] : trip.GoesTo;
            site = Math.Min(site, leg[(before * n) + s] + (after < 0 ? 0 : leg[(s * n) + after] - leg[(before * n) + after]));
        }

        double village = double.PositiveInfinity;
        int previous = trip.ComesFrom;
        for (int p = 0; p <= trip.Visits; p++)
        {
            int next = p < trip.Visits ? trip.Place[p] : trip.Sites[0];
            village = previous == v || next == v ? Math.Min(village, 0) : Math.Min(village, leg[(previous * n) + v] + leg[(v * n) + next] - trip.LegCost[p]);
            previous = next;
        }

        int last = trip.Place[trip.Visits - 1];
        double between = leg[(last * n) + v] + leg[(v * n) + s] + leg[(s * n) + trip.Sites[0]] - trip.LegCost[trip.Visits];
        return Math.Max(0, Math.Min(site + village, between));
    }

    private Placing WithNewSite(int group, RouteTrip trip, int firstAt, int lastAt)
    {
        if (trip.SiteStops == RouteTrip.MaxSites)
        {
            return Placing.None;
        }

        int n = m.Places;
        double[] leg = m.Leg[m.TypeOf[trip.Vehicle]];
        int v = m.Village[group];
        int s = m.Site[group];
        Placing best = Placing.None;
        for (int q = 0; q <= trip.SiteStops; q++)
        {
            int siteBefore = q == 0 ? trip.Place[trip.Visits - 1] : trip.Sites[q - 1];
            int siteAfter = q < trip.SiteStops ? trip.Sites[q] : trip.GoesTo;
            double siteCost = leg[(siteBefore * n) + s];
            if (siteAfter >= 0)
            {
                siteCost += leg[(s * n) + siteAfter] - leg[(siteBefore * n) + siteAfter];
            }

            for (int p = firstAt; p <= lastAt; p++)
            {
                int previous = p == 0 ? trip.ComesFrom : trip.Place[p - 1];
                double cost;
                if (previous == v)
                {
                    cost = siteCost;
                }
                else if (p == trip.Visits && q == 0)
                {
                    cost = leg[(previous * n) + v] + leg[(v * n) + s] + leg[(s * n) + trip.Sites[0]] - trip.LegCost[p];
                }
                else
                {
                    int next = p < trip.Visits ? trip.Place[p] : trip.Sites[0];
                    cost = siteCost + leg[(previous * n) + v] + leg[(v * n) + next] - trip.LegCost[p];
                }

                if (cost < best.Cost - Tiny && FitsWithSite(group, trip, p, q))
                {
                    best = new Placing(Math.Max(cost, 0), p, q);
                }
            }
        }

        return best;
    }

    /// <summary>Whether all ride no longer than they may and are in time with one more village and site; whoever boards first for a site rides longest to it.</summary>
    private bool FitsWithSite(int group, RouteTrip trip, int p, int q)
    {
        if (!m.Timed)
        {
            return true;
        }

        int n = m.Places;
        int[] min = m.Min;
        (int left, int later, int drive) = Boarding(trip, p, m.Village[group]);
        int from = p == trip.Visits ? m.Village[group] : trip.Place[trip.Visits - 1];
        int clock = p == trip.Visits ? left : trip.Leave[trip.Visits - 1] + later;
        int latest = int.MaxValue;
        for (int stop = 0; stop <= trip.SiteStops; stop++)
        {
            int j = stop > q ? stop - 1 : stop;
            bool isNew = stop == q;
            int site = isNew ? m.Site[group] : trip.Sites[j];
            int leg = min[(from * n) + site];
            drive += leg;
            clock += leg + (stop > 0 ? m.Stop : 0);
            from = site;
            if (!isNew && trip.FirstFor[j] < 0)
            {
                continue;
            }

            int boards = isNew ? left : trip.Leave[trip.FirstFor[j]] + (trip.FirstFor[j] >= p ? later : 0);
            if (clock - boards > m.MaxRide)
            {
                return false;
            }

            latest = Math.Min(latest, (isNew ? m.Latest[group] : trip.DueAt[j]) - clock);
        }

        int into = min[(trip.ComesFrom * n) + (p == 0 ? m.Village[group] : trip.First)];
        int added = drive - trip.OwnDrive + into - min[(trip.ComesFrom * n) + trip.First];
        int endBy = trip.NextLatest;
        if (trip.GoesTo >= 0)
        {
            int onward = min[(from * n) + trip.GoesTo];
            added += onward - min[(trip.Last * n) + trip.GoesTo];
            endBy -= (2 * m.Stop) + onward;
        }

        int earliest = Math.Max(m.Earliest, trip.Ready + into);
        return added <= trip.DriveLeft && earliest <= latest && earliest + clock <= endBy;
    }

    /// <summary>
    /// With one more village at a place in the trip: when it is left, by how much later those after it are, and the driving minutes
    /// until the last village.
    /// </summary>
    private (int Left, int Later, int Drive) Boarding(RouteTrip trip, int p, int village)
    {
        int n = m.Places;
        int toSites = trip.Duration - trip.Leave[trip.Visits - 1] - (m.Stop * (trip.SiteStops - 1));
        int drive = trip.OwnDrive - toSites;
        int previous = p == 0 ? village : trip.Place[p - 1];
        int left = p == 0 ? 0 : trip.Leave[p - 1];
        if (previous != village)
        {
            int into = m.Min[(previous * n) + village];
            left += into + m.Stop;
            drive += into;
        }

        if (p == trip.Visits)
        {
            return (left, 0, drive);
        }

        int next = trip.Place[p];
        int then = left;
        if (next != village)
        {
            int onward = m.Min[(village * n) + next];
            then += onward + m.Stop;
            drive += onward;
        }

        if (p > 0 && next != previous)
        {
            drive -= m.Min[(previous * n) + next];
        }

        return (left, then - trip.Leave[p], drive);
    }

    /// <param name="Version">Of the trip.</param>
    /// <param name="Placing">What was found, or what it costs at least where <see cref="Unproven"/>.</param>
    private readonly record struct Known(int Version, Placing Placing);
}
