using System.Collections.Immutable;
using System.Globalization;
using Matching.Checking;
using Matching.Model;
using Matching.Plans;

namespace Matching.Why;

/// <summary>Changes of one day's trips while people are taken off and seated. Trips not touched stay as they are.</summary>
internal sealed class RideChange
{
    private const int MinutesOfDay = 24 * 60;
    private readonly BoardTrips _trips;
    private readonly BoardDay _day;
    private readonly SeasonIndex _index;
    private readonly Season _season;

    /// <summary>The touched vehicles' trips as they are now; empty for one that stands still.</summary>
    private readonly SortedDictionary<int, List<TripRun>> _mornings = [];
    private readonly bool[] _touched;
    private int _fresh;

    public RideChange(BoardTrips trips, DateOnly date)
    {
        (_trips, _day, _index, _season, Date) = (trips, trips.On(date), trips.Index, trips.Index.Season, date);
        _touched = new bool[trips.Index.Season.Vehicles.Length];
    }

    public DateOnly Date { get; }

    /// <summary>The touched vehicles' trips before.</summary>
    public IEnumerable<TripRun> Before => _mornings.Keys.SelectMany(_day.TripsOf);

    /// <summary>The touched vehicles' trips now.</summary>
    public IEnumerable<Trip> After => _mornings.Values.SelectMany(m => m).Select(r => r.Trip);

    /// <summary>Trips that are gone or have another form.</summary>
    public IEnumerable<TripId> Removed
    {
        get
        {
            HashSet<Trip> now = new(After, ReferenceEqualityComparer.Instance);
            return Before.Where(r => !now.Contains(r.Trip)).Select(r => r.Trip.Id);
        }
    }

    /// <summary>Trips that are new or have another form.</summary>
    public IEnumerable<Trip> Added
    {
        get
        {
            HashSet<Trip> was = new(Before.Select(r => r.Trip), ReferenceEqualityComparer.Instance);
            return After.Where(t => !was.Contains(t));
        }
    }

    /// <summary>Takes the trips of the day that serve a crew into view.</summary>
    public void Show(int crew)
    {
        foreach (TripRun run in _trips.Of(crew).Where(r => r.Trip.Date == Date))
        {
            Touch(run.Vehicle);
        }
    }

    /// <summary>Takes people of a group off, from the emptiest trips first; a trip that carries nobody then is given up.</summary>
    /// <param name="number">The crew's number in the plan.</param>
    /// <param name="crew">Its id.</param>
    /// <param name="village">Where the people live.</param>
    /// <param name="count">How many are taken off.</param>
    public void TakeOff(int number, CrewId crew, int village, int count)
    {
        while (count > 0)
        {
            (int Vehicle, int At, int Load) best = (-1, -1, int.MaxValue);
            foreach (int vehicle in InView(_trips.Of(number).Where(t => t.Trip.Date == Date).Select(t => t.Vehicle)))
            {
                IReadOnlyList<TripRun> runs = Now(vehicle);
                for (int i = 0; i < runs.Count; i++)
                {
                    if (Aboard(runs[i].Trip, crew, village) > 0 && runs[i].Trip.Stops.Sum(s => s.Groups.Sum(g => g.Board)) is int load && load < best.Load)
                    {
                        best = (vehicle, i, load);
                    }
                }
            }

            if (best.Vehicle < 0)
            {
                return;
            }

            List<TripRun> morning = Touch(best.Vehicle);
            TripRun run = morning[best.At];
            int off = Math.Min(count, Aboard(run.Trip, crew, village));
            count -= off;
            if (off == best.Load && CanDrop(best.Vehicle, best.At))
            {
                morning.RemoveAt(best.At);
                continue;
            }

            morning[best.At] = run with { Trip = Less(run.Trip, crew, village, off) };
        }
    }

    /// <summary>Seats people of a village who go to an order: on free seats of trips that pass both in time, else on a run of their own.</summary>
    /// <returns>How many found no seat.</returns>
    public int Seat(Crew crew, int village, int site, Order order, int count)
    {
        int sitePlace = _index.SitePlace[site];
        foreach (int vehicle in InView(_day.VehiclesAt(village)))
        {
            IReadOnlyList<TripRun> runs = Now(vehicle);
            for (int i = 0; i < runs.Count && count > 0; i++)
            {
                (int board, int alight, int free) = FreeSeats(runs[i], vehicle, village, sitePlace, order);
                if (free > 0)
                {
                    int taken = Math.Min(free, count);
                    Touch(vehicle)[i] = runs[i] with { Trip = More(runs[i].Trip, board, alight, crew.Id, _season.Places[village].Id, taken) };
                    count -= taken;
                }
            }
        }

        while (count > 0 && OwnRun(crew, village, sitePlace, order, count) is int seated and > 0)
        {
            count -= seated;
        }

        return count;
    }

    /// <summary>Gives a trip to another vehicle.</summary>
    public void Hand(TripRun run, int vehicle, VehicleId id)
    {
        Touch(run.Vehicle).Remove(run);
        Touch(vehicle).Add(run with { Vehicle = vehicle, Trip = run.Trip with { Vehicle = id } });
    }

    /// <summary>Those of the vehicles, and of the ones touched already, that have trips now, in order.</summary>
    private int[] InView(IEnumerable<int> vehicles) => [.. vehicles.Union(_mornings.Keys).Where(v => Now(v).Count > 0).Order()];

    private IReadOnlyList<TripRun> Now(int vehicle) => _mornings.TryGetValue(vehicle, out List<TripRun>? runs) ? runs : _day.TripsOf(vehicle);

    private List<TripRun> Touch(int vehicle)
    {
        if (!_mornings.TryGetValue(vehicle, out List<TripRun>? runs))
        {
            _mornings[vehicle] = runs = [.. _day.TripsOf(vehicle)];
            _touched[vehicle] = true;
        }

        return runs;
    }

    private int Aboard(Trip trip, CrewId crew, int village)
    {
        PlaceId home = _season.Places[village].Id;
        int aboard = 0;
        foreach (TripStop stop in trip.Stops)
        {
            foreach (StopGroup group in stop.Groups)
            {
                aboard += group.Village == home && group.Crew == crew ? group.Board : 0;
            }
        }

        return aboard;
    }

    private Trip Less(Trip trip, CrewId crew, int village, int off)
    {
        PlaceId home = _season.Places[village].Id;
        int board = off;
        int alight = off;
        return trip with
        {
            Stops =
            [
                .. trip.Stops.Select(stop => stop with
                {
                    Groups = Kept([.. stop.Groups.Select(g =>
                    {
                        if (g.Crew != crew || g.Village != home)
                        {
                            return g;
                        }

                        int on = Math.Min(board, g.Board);
                        int down = Math.Min(alight, g.Alight);
                        board -= on;
                        alight -= down;
                        return g with { Board = g.Board - on, Alight = g.Alight - down };
                    })]),
                }),
            ],
        };
    }

    // A stop stays though nobody uses it, so that the times of the others hold; it then has one row of nobody.
    private static ImmutableArray<StopGroup> Kept(ImmutableArray<StopGroup> groups) =>
        groups.Any(g => g.Board > 0 || g.Alight > 0) ? [.. groups.Where(g => g.Board > 0 || g.Alight > 0)] : [.. groups.Take(1)];

    private static Trip More(Trip trip, int board, int alight, CrewId crew, PlaceId village, int count) => trip with
    {
        Stops =
        [
            .. trip.Stops.Select((stop, i) => i == board ? stop with { Groups = With(stop.Groups, crew, village, count, 0) }
                : i == alight ? stop with { Groups = With(stop.Groups, crew, village, 0, count) } : stop),
        ],
    };

    private static ImmutableArray<StopGroup> With(ImmutableArray<StopGroup> groups, CrewId crew, PlaceId village, int board, int alight)
    {
        StopGroup[] used = [.. groups.Where(g => g.Board > 0 || g.Alight > 0)];
        int at = Array.FindIndex(used, g => g.Crew == crew && g.Village == village);
        if (at < 0)
        {
            return [.. used, new StopGroup(crew, village, board, alight)];
        }

        used[at] = used[at] with { Board = used[at].Board + board, Alight = used[at].Alight + alight };
        return [.. used];
    }

    private (int Board, int Alight, int Free) FreeSeats(TripRun run, int vehicle, int village, int sitePlace, Order order)
    {
        if (!run.Stops.Any(s => s.Place == village) || !run.Stops.Any(s => s.Place == sitePlace))
        {
            return (-1, -1, 0);
        }

        // The compiled stops keep places and times; passengers are counted from the trip as it is now, in the same order.
        TripStop[] stops = [.. run.Trip.Stops.OrderBy(s => s.Seq)];
        int seats = _season.Vehicles[vehicle].Seats;
        for (int i = 0; i < stops.Length; i++)
        {
            if (run.Stops[i].Place != village)
            {
                continue;
            }

            int leaves = i == 0 ? run.Departs : run.Stops[i].Arrives + _season.Road.StopMinutes;
            int aboard = 0;
            for (int k = 0; k <= i; k++)
            {
                aboard += stops[k].Groups.Sum(g => g.Board - g.Alight);
            }

            int free = seats - aboard;
            for (int j = i + 1; j < stops.Length && free > 0; j++)
            {
                if (run.Stops[j].Place == sitePlace)
                {
                    if (run.Stops[j].Arrives - leaves > _season.Transport.MaxRideMinutes || run.Stops[j].Arrives > Fleet.Minute(order.StartTime))
                    {
                        break;
                    }

                    return (run.Trip.Stops.IndexOf(stops[i]), run.Trip.Stops.IndexOf(stops[j]), free);
                }

                aboard += stops[j].Groups.Sum(g => g.Board - g.Alight);
                free = Math.Min(free, seats - aboard);
            }
        }

        return (-1, -1, 0);
    }

    private int OwnRun(Crew crew, int village, int sitePlace, Order order, int count)
    {
        Ride ride = _trips.RideBetween(village, sitePlace);
        if (ride.Minutes < 0 || ride.Minutes > _season.Transport.MaxRideMinutes)
        {
            return 0;
        }

        var best = new Run(double.MaxValue, -1, 0, 0, 0);
        void Look(Gap gap, bool isIdle)
        {
            int seats = Math.Min(count, _season.Vehicles[gap.Vehicle].Seats);
            if (Fit(gap, village, sitePlace, ride, Fleet.Minute(order.StartTime)) is { } fit
                && (fit.Cost + (isIdle ? _trips.DayCost[gap.Vehicle] : 0)) / seats is double perHead && perHead < best.PerHead)
            {
                best = new Run(perHead, gap.Vehicle, gap.At, fit.Departs, seats);
            }
        }

        foreach (Gap gap in _day.Gaps)
        {
            if (!_touched[gap.Vehicle])
            {
                Look(gap, isIdle: false);
            }
        }

        foreach ((int vehicle, List<TripRun> runs) in _mornings)
        {
            if (_day.IsReady[vehicle])
            {
                foreach (Gap gap in _trips.GapsOf(vehicle, runs))
                {
                    Look(gap, runs.Count == 0);
                }
            }
        }

        foreach (int[] alike in _day.Idle)
        {
            // Those of a kind stand at the same depot and cost the same.
            int free = Array.FindIndex(alike, k => !_touched[k]);
            if (free >= 0)
            {
                Look(_trips.GapsOf(alike[free], []).First(), isIdle: true);
            }
        }

        if (best.Vehicle < 0)
        {
            return 0;
        }

        PlaceId home = _season.Places[village].Id;
        int stop = _season.Road.StopMinutes;
        int arrives = best.Departs + ride.Minutes;
        List<Halt> halts = [new(1, village, best.Departs - stop, [])];
        if (ride.Via >= 0)
        {
            halts.Add(new Halt(2, ride.Via, arrives - ride.Second - stop, []));
        }

        halts.Add(new Halt(halts.Count + 1, sitePlace, arrives, []));
        StopGroup nobody = new(crew.Id, home, 0, 0);
        var trip = new Trip(NewId(), Date, _season.Vehicles[best.Vehicle].Id, At(best.Departs),
        [
            .. halts.Select(h => new TripStop(h.Seq, _season.Places[h.Place].Id, At(h.Arrives),
                [h.Seq == 1 ? nobody with { Board = best.Seats } : h.Seq == halts.Count ? nobody with { Alight = best.Seats } : nobody])),
        ]);
        Touch(best.Vehicle).Insert(best.At, new TripRun(trip, best.Vehicle, best.Departs, [.. halts]));
        return best.Seats;
    }

    /// <summary>
    /// Latest departure of a run of its own at that place of the morning, and what its kilometres cost; null where it does not fit
    /// in time or within the driving limit. What a run chosen costs is counted exactly by the checker's rules.
    /// </summary>
    private (int Departs, double Cost)? Fit(in Gap gap, int village, int sitePlace, Ride ride, int start)
    {
        int stop = _season.Road.StopMinutes;
        Leg way = _trips.LegInto(village, gap.From);
        int latest = Math.Min(start - ride.Minutes, MinutesOfDay - 1 - stop - ride.Minutes);
        int earliest = Math.Max(Fleet.Minute(_season.Transport.EarliestDeparture), stop);
        if (gap.Arrived >= 0)
        {
            earliest = Math.Max(earliest, gap.Arrived + stop + way.Minutes + stop);
        }

        if (way.Minutes < 0 || earliest > latest)
        {
            return null;
        }

        double km = way.Km + ride.Km;
        int driven = gap.Driven + way.Minutes + ride.Driven;
        if (gap.To >= 0)
        {
            Leg on = _trips.LegBetween(sitePlace, gap.To);
            if (on.Minutes < 0)
            {
                return null;
            }

            latest = Math.Min(latest, gap.Due - on.Minutes - stop - ride.Minutes);
            km += on.Km - gap.Direct.Km;
            driven += on.Minutes - gap.Direct.Minutes;
        }

        return earliest > latest || 2 * driven > _season.Transport.MaxDriveMinutesPerDay ? null : (latest, 2 * km * _trips.KmCost[gap.Vehicle]);
    }

    /// <summary>Whether the trips around it can be driven without it: where legs break the triangle inequality perhaps not.</summary>
    private bool CanDrop(int vehicle, int at)
    {
        IReadOnlyList<TripRun> runs = Now(vehicle);
        int around = _trips.Driven(vehicle, [.. runs.Where((_, i) => i != at)]);
        if (around > _trips.Driven(vehicle, runs))
        {
            return false;
        }

        return at == 0 || at == runs.Count - 1 || runs[at - 1].Stops.IsEmpty || runs[at + 1].Stops.IsEmpty
            || (_trips.LegBetween(runs[at - 1].Stops[^1].Place, runs[at + 1].Stops[0].Place).Minutes is var way and >= 0
                && runs[at - 1].Stops[^1].Arrives + _season.Road.StopMinutes + way <= runs[at + 1].Stops[0].Arrives);
    }

    private TripId NewId()
    {
        TripId id;
        do
        {
            _fresh++;
            id = new TripId(string.Create(CultureInfo.InvariantCulture, $"N{Date:yyyyMMdd}-{_fresh}"));
        }
        while (_trips.IsTaken(id));

        return id;
    }

    /// <summary>A run chosen so far: CNY a head, and where in which vehicle's morning.</summary>
    private readonly record struct Run(double PerHead, int Vehicle, int At, int Departs, int Seats);

    private static TimeOnly At(int minute) => new(minute / 60, minute % 60);
}
