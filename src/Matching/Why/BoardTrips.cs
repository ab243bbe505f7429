using Matching.Checking;
using Matching.Model;
using Matching.Plans;

namespace Matching.Why;

/// <summary>The trips of a plan by id, day and vehicle, and what the choice of a run needs of ways and vehicles.</summary>
internal sealed class BoardTrips
{
    private readonly Leg[]?[] _from;
    private readonly Leg[]?[] _to;
    private readonly Dictionary<int, ShortCut>?[] _shortCuts;
    private readonly ShortCuts _roads;
    private readonly Dictionary<TripId, TripRun> _byId = [];
    private readonly ILookup<int, TripRun> _ofCrew;
    private readonly Dictionary<DateOnly, BoardDay> _days = [];

    public BoardTrips(SeasonIndex index, Fleet fleet)
    {
        Index = index;
        _from = new Leg[index.Season.Places.Length][];
        _to = new Leg[index.Season.Places.Length][];
        _shortCuts = new Dictionary<int, ShortCut>[index.Season.Places.Length];
        _roads = new ShortCuts(index.Season);
        var kinds = new Dictionary<(PlaceId, int, decimal, decimal), int>();
        KindOf = [.. index.Season.Vehicles.Select(v =>
        {
            var kind = (v.Depot, v.Seats, v.CostPerDay, v.CostPerKm);
            kinds.TryAdd(kind, kinds.Count);
            return kinds[kind];
        })];
        DepotOf = [.. index.Season.Vehicles.Select(v => index.Places[v.Depot])];
        DayCost = [.. index.Season.Vehicles.Select(v => (double)v.CostPerDay)];
        KmCost = [.. index.Season.Vehicles.Select(v => (double)v.CostPerKm)];
        foreach (TripRun run in fleet.Trips)
        {
            _byId.Add(run.Trip.Id, run);
        }

        _ofCrew = fleet.Trips
            .SelectMany(t => t.Stops.SelectMany(s => s.Groups).Select(g => g.Crew).Distinct(), (run, crew) => (crew, run))
            .ToLookup(c => c.crew, c => c.run);

        // Laid out before anybody asks: a question about a month would wait for its days.
        IGrouping<DateOnly, Morning>[] mornings = [.. fleet.Mornings.GroupBy(m => m.Date)];
        var days = new BoardDay[mornings.Length];
        Parallel.For(0, mornings.Length, d => days[d] = new BoardDay(this, mornings[d].Key, [.. mornings[d]]));
        foreach ((IGrouping<DateOnly, Morning> day, BoardDay board) in mornings.Zip(days))
        {
            _days.Add(day.Key, board);
        }
    }

    public SeasonIndex Index { get; }

    /// <summary>By vehicle: those of one depot, size and cost are of one kind.</summary>
    public int[] KindOf { get; }

    /// <summary>Place of each vehicle's depot.</summary>
    public int[] DepotOf { get; }

    /// <summary>CNY a day of each vehicle.</summary>
    public double[] DayCost { get; }

    /// <summary>CNY per kilometre of each vehicle.</summary>
    public double[] KmCost { get; }

    public TripRun ById(TripId id) => _byId[id];

    /// <summary>Trips with rows of the crew.</summary>
    public IEnumerable<TripRun> Of(int crew) => _ofCrew[crew];

    public bool IsTaken(TripId id) => _byId.ContainsKey(id);

    /// <summary>The trips of a day; those of days without any are laid out when first asked for.</summary>
    public BoardDay On(DateOnly date)
    {
        if (!_days.TryGetValue(date, out BoardDay? day))
        {
            _days[date] = day = new BoardDay(this, date, []);
        }

        return day;
    }

    /// <summary>
    /// Minutes and kilometres of a way as whoever chooses among runs reads them: looked up once, kilometres in short. Negative minutes
    /// where no way is known.
    /// </summary>
    public Leg LegBetween(int from, int to) => (_from[from] ??= Row(to => Index.WayBetween(from, to)))[to];

    /// <summary>As <see cref="LegBetween"/>, kept by where ways lead to: for many that lead to one place.</summary>
    public Leg LegInto(int to, int from) => (_to[to] ??= Row(from => Index.WayBetween(from, to)))[from];

    /// <summary>The way people of a village ride to a site's place: straight, or over a stop where nobody boards or alights.</summary>
    public Ride RideBetween(int village, int sitePlace)
    {
        // Two who ask for the same row at once find the same.
        Dictionary<int, ShortCut> over = _shortCuts[village] ??= ShortCutsFrom(village);
        if (over.TryGetValue(sitePlace, out ShortCut way))
        {
            return new Ride(way.Minutes, way.Minutes - Index.Season.Road.StopMinutes, (double)way.Km, Index.Places[way.Via], way.Second);
        }

        Leg leg = LegBetween(village, sitePlace);
        return new Ride(leg.Minutes, leg.Minutes, leg.Km, -1, 0);
    }

    /// <summary>Minutes driven over all trips of a vehicle's morning.</summary>
    public int Driven(int vehicle, IReadOnlyList<TripRun> runs)
    {
        int minutes = 0;
        int here = DepotOf[vehicle];
        foreach (Halt halt in runs.SelectMany(r => r.Stops))
        {
            minutes += Math.Max(0, LegBetween(here, halt.Place).Minutes);
            here = halt.Place;
        }

        return minutes;
    }

    /// <summary>Every place in a vehicle's morning for one more run.</summary>
    public IEnumerable<Gap> GapsOf(int vehicle, IReadOnlyList<TripRun> runs)
    {
        int driven = Driven(vehicle, runs);
        for (int at = 0; at <= runs.Count; at++)
        {
            Halt? before = at > 0 && !runs[at - 1].Stops.IsEmpty ? runs[at - 1].Stops[^1] : null;
            Halt? after = at < runs.Count && !runs[at].Stops.IsEmpty ? runs[at].Stops[0] : null;
            int from = before?.Place ?? DepotOf[vehicle];
            Leg direct = after is null ? default : LegBetween(from, after.Place);
            if (direct.Minutes >= 0)
            {
                yield return new Gap(vehicle, at, from, before?.Arrives ?? -1, after?.Place ?? -1, after?.Arrives ?? -1, direct, driven);
            }
        }
    }

    private Dictionary<int, ShortCut> ShortCutsFrom(int village)
    {
        var found = new Dictionary<int, ShortCut>();
        foreach (int site in Index.SitePlace)
        {
            try
            {
                if (_roads.Find(Index.Season.Places[village].Id, Index.Season.Places[site].Id) is { } way)
                {
                    found[site] = way;
                }
            }
            catch (OverflowException)
            {
                // A way with more kilometres than a decimal holds, which the checker takes for none: people ride straight.
            }
        }

        return found;
    }

    /// <summary>All ways of a place at once: whoever chooses among runs asks for most of them, and a whole row may be read from several threads.</summary>
    private Leg[] Row(Func<int, Way?> way) =>
        [.. Enumerable.Range(0, _from.Length).Select(place => way(place) is { } known ? new Leg(known.Minutes, (double)known.Km) : new Leg(-1, 0))];
}

/// <summary>A way between two places.</summary>
/// <param name="Minutes">Driving minutes; negative where there is no way.</param>
/// <param name="Km">Kilometres.</param>
internal readonly record struct Leg(int Minutes, double Km);

/// <summary>How people come from their village to a site.</summary>
/// <param name="Minutes">From leaving the village to arriving; negative where there is no way.</param>
/// <param name="Driven">Driving minutes.</param>
/// <param name="Km">Kilometres.</param>
/// <param name="Via">Place of a stop on the way where nobody boards or alights, or −1.</param>
/// <param name="Second">Driving minutes from that stop.</param>
internal readonly record struct Ride(int Minutes, int Driven, double Km, int Via, int Second);
