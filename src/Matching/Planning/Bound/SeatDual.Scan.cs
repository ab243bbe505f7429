namespace Matching.Planning.Bound;

/// <summary>
/// What a seat can earn from now on, or has earned, at every village and site and every step of time. Steps are taken in
/// blocks: rides and ways of at least a block's length lead out of it, so a block is read or written by them as a row at once;
/// only the shorter ones are followed step by step.
/// </summary>
internal sealed partial class SeatDual
{
    private const int Block = 16;

    private readonly List<Leg> _nearRides = [];
    private readonly List<Leg> _farRides = [];
    private readonly List<Leg> _nearWays = [];
    private readonly List<Leg> _farWays = [];
    private readonly int[] _nearRidesFrom;
    private readonly int[] _lastRide;
    private readonly int[] _firstArrival;

    /// <summary>A ride from a village to a site, or a way from a site to a village, that can be begun at steps First to Last.</summary>
    private readonly record struct Leg(int Village, int Site, int Steps, int First, int Last, double Earns);

    /// <summary>Backwards in time: what a seat at a village may still earn, and a free one at a site.</summary>
    private void Scan(int day, int bucket)
    {
        Legs(day, bucket);
        int width = Steps + 1;
        Array.Fill(_board, double.NegativeInfinity);
        Array.Clear(_free);
        for (int to = Steps; to > 0; to -= Block)
        {
            int from = Math.Max(0, to - Block);
            foreach (Leg ride in _farRides)
            {
                int steps = Math.Min(to - 1, ride.Last) - from + 1;
                if (steps > 0)
                {
                    TimeRow.Raise(
                        _board.AsSpan((ride.Village * width) + from, steps), _free.AsSpan((ride.Site * Steps) + from + ride.Steps, steps), ride.Earns);
                }
            }

            foreach (Leg way in _farWays)
            {
                int first = Math.Max(from, way.First);
                int steps = Math.Min(to - 1, way.Last) - first + 1;
                if (steps > 0)
                {
                    TimeRow.Raise(
                        _free.AsSpan((way.Site * Steps) + first, steps), _board.AsSpan((way.Village * width) + first + way.Steps, steps), way.Earns);
                }
            }

            for (int t = to - 1; t >= from; t--)
            {
                for (int v = 0; v < _c.Villages; v++)
                {
                    ref double board = ref _board[(v * width) + t];
                    board = Math.Max(board, _board[(v * width) + t + 1]);
                    for (int i = _nearRidesFrom[v]; i < _nearRidesFrom[v + 1]; i++)
                    {
                        Leg ride = _nearRides[i];
                        if (t <= ride.Last)
                        {
                            board = Math.Max(board, _free[(ride.Site * Steps) + t + ride.Steps] + ride.Earns);
                        }
                    }
                }

                foreach (Leg way in _nearWays)
                {
                    if (t >= way.First && t <= way.Last)
                    {
                        ref double free = ref _free[(way.Site * Steps) + t];
                        free = Math.Max(free, _board[(way.Village * width) + t + way.Steps] + way.Earns);
                    }
                }
            }
        }
    }

    /// <summary>The rides of a day and the ways between them at the present fares.</summary>
    private void Legs(int day, int bucket)
    {
        double km = 2 * _bucketKm[bucket];
        (int Site, int Start, int[] Class)[] calls = _calls[day];
        _nearRides.Clear();
        _farRides.Clear();
        _nearWays.Clear();
        _farWays.Clear();
        Array.Fill(_firstArrival, int.MaxValue);
        for (int v = 0; v < _c.Villages; v++)
        {
            _nearRidesFrom[v] = _nearRides.Count;
            _lastRide[v] = -1;
            for (int i = 0; i < calls.Length; i++)
            {
                int at = (v * calls.Length) + i;
                int site = calls[i].Site;
                int way = (v * _c.Sites) + site;
                int rideClass = calls[i].Class[v];
                int steps = _road.MinVillageSite[way] / _grid;
                int last = rideClass < 0 ? -1 : ((calls[i].Start - _earliest) / _grid) - steps;
                double earns = rideClass < 0 ? 0 : _fares[rideClass] + _kmPart[way] - (km * _road.KmVillageSite[way]);
                (_rideSteps[at], _rideLast[at], _rideEarns[at]) = (steps, last, earns);
                if (last >= 0)
                {
                    _lastRide[v] = Math.Max(_lastRide[v], last);
                    _firstArrival[site] = Math.Min(_firstArrival[site], steps);
                    (steps < Block ? _nearRides : _farRides).Add(new Leg(v, site, steps, 0, last, earns));
                }
            }
        }

        _nearRidesFrom[_c.Villages] = _nearRides.Count;
        for (int s = 0; s < _c.Sites; s++)
        {
            for (int v = 0; v < _c.Villages; v++)
            {
                int steps = Move(s, v);
                int last = _lastRide[v] - steps;
                if (last >= _firstArrival[s])
                {
                    double earns = -(km * _road.KmSiteVillage[(s * _c.Villages) + v]);
                    (steps < Block ? _nearWays : _farWays).Add(new Leg(v, s, steps, _firstArrival[s], last, earns));
                }
            }
        }
    }

    /// <summary>By class the least that a sequence with such a ride lacks to what a seat costs a day, or to a level above that.</summary>
    private void FindRoom(int day, double level, double[] room, double[] atVillage, double[] atSite)
    {
        Array.Fill(room, double.PositiveInfinity);
        (int Site, int Start, int[] Class)[] calls = _calls[day];
        int width = Steps + 1;
        for (int j = 0; j < _bucketKm.Length; j++)
        {
            Scan(day, j);
            EarnedBefore(day, j, level, atVillage, atSite);
            for (int v = 0; v < _c.Villages; v++)
            {
                for (int i = 0; i < calls.Length; i++)
                {
                    int at = (v * calls.Length) + i;
                    int steps = _rideLast[at] + 1;
                    if (steps > 0)
                    {
                        int rideClass = calls[i].Class[v];
                        double best = TimeRow.MostOfSums(
                            atVillage.AsSpan(v * width, steps), _free.AsSpan((calls[i].Site * Steps) + _rideSteps[at], steps));
                        room[rideClass] = Math.Min(room[rideClass], -(best + _rideEarns[at]));
                    }
                }
            }
        }
    }

    /// <summary>Forwards in time, after <see cref="Scan"/>: the most a seat can have earned, less what a seat of its vehicle costs a day, when it is free at a village.</summary>
    private void EarnedBefore(int day, int bucket, double level, double[] atVillage, double[] atSite)
    {
        double km = 2 * _bucketKm[bucket];
        int width = Steps + 1;
        Array.Fill(atVillage, double.NegativeInfinity);
        Array.Fill(atSite, double.NegativeInfinity);
        for (int p = 0; p < Depots; p++)
        {
            double seatDay = Math.Max(level, SeatDay(day, bucket, p));
            for (int v = 0; v < _c.Villages; v++)
            {
                atVillage[v * width] = Math.Max(atVillage[v * width], -seatDay - (km * _road.KmDepotVillage[(p * _c.Villages) + v]));
            }
        }

        for (int from = 0; from < Steps; from += Block)
        {
            int to = Math.Min(Steps, from + Block);
            for (int t = from; t < to; t++)
            {
                foreach (Leg way in _nearWays)
                {
                    if (t >= way.First && t <= way.Last)
                    {
                        ref double earned = ref atVillage[(way.Village * width) + t + way.Steps];
                        earned = Math.Max(earned, atSite[(way.Site * width) + t] + way.Earns);
                    }
                }

                for (int v = 0; v < _c.Villages; v++)
                {
                    double now = atVillage[(v * width) + t];
                    atVillage[(v * width) + t + 1] = Math.Max(atVillage[(v * width) + t + 1], now);
                    for (int i = _nearRidesFrom[v]; i < _nearRidesFrom[v + 1]; i++)
                    {
                        Leg ride = _nearRides[i];
                        if (t <= ride.Last)
                        {
                            ref double earned = ref atSite[(ride.Site * width) + t + ride.Steps];
                            earned = Math.Max(earned, now + ride.Earns);
                        }
                    }
                }
            }

            foreach (Leg ride in _farRides)
            {
                int steps = Math.Min(to - 1, ride.Last) - from + 1;
                if (steps > 0)
                {
                    TimeRow.Raise(
                        atSite.AsSpan((ride.Site * width) + from + ride.Steps, steps), atVillage.AsSpan((ride.Village * width) + from, steps), ride.Earns);
                }
            }

            foreach (Leg way in _farWays)
            {
                int first = Math.Max(from, way.First);
                int steps = Math.Min(to - 1, way.Last) - first + 1;
                if (steps > 0)
                {
                    TimeRow.Raise(
                        atVillage.AsSpan((way.Village * width) + first + way.Steps, steps), atSite.AsSpan((way.Site * width) + first, steps), way.Earns);
                }
            }
        }
    }
}
