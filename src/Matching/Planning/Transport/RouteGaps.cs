namespace Matching.Planning.Transport;

/// <summary>The gaps of every vehicle's morning as plain numbers, side by side, with a version that changes whenever they do.</summary>
internal sealed class RouteGaps(RoutingModel m)
{
    private readonly int[] _version = new int[m.Vehicles];
    private int _width = 4;
    private RouteGap[] _gaps = new RouteGap[m.Vehicles * 4];
    private int _changes;

    /// <summary>By vehicle.</summary>
    public ReadOnlySpan<int> Versions => _version;

    /// <summary>The gaps of a vehicle that has so many trips.</summary>
    public ReadOnlySpan<RouteGap> Of(int vehicle, int trips) => _gaps.AsSpan(vehicle * _width, trips + 1);

    /// <summary>Notes a vehicle's trips, which have been measured, after they changed.</summary>
    /// <param name="vehicle">The vehicle.</param>
    /// <param name="chain">Slots of its trips in driving order.</param>
    /// <param name="trips">Trips by slot.</param>
    public void Renew(int vehicle, ReadOnlySpan<int> chain, List<RouteTrip> trips) => Restore(vehicle, chain, trips, ++_changes);

    /// <summary>As <see cref="Renew"/>, for trips that are back as they were under a version.</summary>
    public void Restore(int vehicle, ReadOnlySpan<int> chain, List<RouteTrip> trips, int version)
    {
        if (chain.Length >= _width)
        {
            Widen(chain.Length + 1);
        }

        int type = m.TypeOf[vehicle];
        double[] leg = m.Leg[type];
        int n = m.Places;
        Span<RouteGap> gaps = _gaps.AsSpan(vehicle * _width, chain.Length + 1);
        int from = m.Depot[type];
        int ready = RouteTrip.Long;
        for (int c = 0; c < chain.Length; c++)
        {
            RouteTrip trip = trips[chain[c]];
            int way = (from * n) + trip.First;
            gaps[c] = new RouteGap(from, ready, trip.First, trip.LatestDepart - (2 * m.Stop), m.Min[way], leg[way]);
            (from, ready) = (trip.Last, trip.EarliestDepart + trip.Duration + (2 * m.Stop));
        }

        gaps[^1] = new RouteGap(from, ready, -1, int.MaxValue, 0, 0);
        _version[vehicle] = version;
    }

    private void Widen(int least)
    {
        int wider = Math.Max(least, _width * 2);
        var gaps = new RouteGap[m.Vehicles * wider];
        for (int k = 0; k < m.Vehicles; k++)
        {
            _gaps.AsSpan(k * _width, _width).CopyTo(gaps.AsSpan(k * wider));
        }

        (_gaps, _width) = (gaps, wider);
    }
}

/// <summary>A place for a whole trip in a vehicle's morning.</summary>
/// <param name="From">The stop the vehicle comes from.</param>
/// <param name="Ready">When it may leave there, boarding at the next stop included; long ago at its depot.</param>
/// <param name="Next">First village of the trip after it, -1 when there is none.</param>
/// <param name="ArriveBy">When the vehicle has to arrive at the next trip's first village, less the minutes of both stops.</param>
/// <param name="Skipped">Minutes from <paramref name="From"/> to <paramref name="Next"/>.</param>
/// <param name="SkippedCost">Search cost of the same.</param>
internal readonly record struct RouteGap(int From, int Ready, int Next, int ArriveBy, int Skipped, double SkippedCost);
