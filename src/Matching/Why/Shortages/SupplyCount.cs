using System.Collections.Immutable;
using Matching.Model;
using Matching.Plans;
using Matching.Rules;

namespace Matching.Why.Shortages;

/// <summary>
/// Counts from a season alone what can reach some order-days at most. Everything that is left out of the count (who leads
/// whom, who sits where, least sizes) only makes the true number smaller.
/// </summary>
internal sealed class SupplyCount
{
    private readonly Season _season;
    private readonly AbsenceIndex _absences;
    private readonly HashSet<(WorkerId, PlaceId)> _refused;
    private readonly PlaceId[] _villages;
    private readonly Dictionary<PlaceId, HashSet<PlaceId>> _villagesIn = [];
    private readonly Dictionary<DateOnly, Broker[]> _leaders = [];
    private readonly Dictionary<(PlaceId Village, OrderId Order), bool> _rides = [];
    private readonly Dictionary<PlaceId, int> _fromDepot = [];
    private readonly ILookup<HouseholdId, HouseholdDuty> _duties;
    private readonly ShortCuts _shortCuts;

    public SupplyCount(Season season)
    {
        _season = season;
        _absences = new AbsenceIndex(season);
        _refused = [.. season.Refusals.Select(r => (r.Worker, r.Site))];
        _villages = [.. season.Workers.Select(w => w.Village).Distinct()];
        _duties = season.HouseholdDuties.ToLookup(d => d.Household);
        _shortCuts = new ShortCuts(season);
    }

    /// <summary>D1: whether the order's site is there that day.</summary>
    public bool IsOpen(OrderId order, DateOnly date) => !_absences.IsOut(AbsenceKind.Site, _season.OrderById[order].Site.Value, date);

    /// <summary>What the demand wants at that level.</summary>
    public static int Of(DailyDemand demand, DemandLevel level) => level == DemandLevel.Required ? demand.Required : demand.Target;

    /// <summary>The count for these order-days; null where the resource does not limit them.</summary>
    public ShortageCertificate? Certify(ShortageResource resource, DemandLevel level, ImmutableArray<WantedDay> days)
    {
        (IEnumerable<SupplyLine> lines, int kept)? counted = resource switch
        {
            ShortageResource.People => People(days),
            ShortageResource.Leaders => (Leaders(days), 0),
            ShortageResource.Seats => (Seats(days), 0),
            ShortageResource.Round => RoundOf(days) is { } round ? ([new SupplyLine(round.Order.Value, 1, round.WorkerDays)], 0) : null,
            _ => throw new ArgumentOutOfRangeException(nameof(resource), resource, "An unknown resource."),
        };
        return counted is not { } found ? null : new ShortageCertificate
        {
            Resource = resource,
            Level = level,
            OrderDays = [.. days.OrderBy(d => d.Date).ThenBy(d => d.Order.Value, StringComparer.Ordinal)],
            Supplies = [.. found.lines],
            KeptHome = found.kept,
        };
    }

    /// <summary>
    /// People: everybody counts who could work on one of the order-days, for each day on which they could, but for no more days
    /// than rest (W4) and max_days leave; of a household or mutual-help group no more than need not stay at home (H1).
    /// </summary>
    private (IEnumerable<SupplyLine> Lines, int Kept) People(ImmutableArray<WantedDay> days)
    {
        var byDate = days.GroupBy(d => d.Date).Select(g => (Date: g.Key, Orders: g.Select(d => _season.OrderById[d.Order]).ToArray())).OrderBy(g => g.Date).ToArray();
        int length = byDate[^1].Date.DayNumber - byDate[0].Date.DayNumber + 1;
        int rested = WorkerRules.MostDays(_season.Work, length, byDate.SelectMany(d => d.Orders).Min(o => o.Hours));
        var lines = new SortedDictionary<string, (int Count, int Days)>(StringComparer.Ordinal);
        var pools = new Dictionary<string, (int Days, Dictionary<DateOnly, int> ByDate)>(StringComparer.Ordinal);
        foreach (Worker worker in _season.Workers)
        {
            ReadOnlySpan<DayWindow> absent = _absences.WindowsOf(AbsenceKind.Worker, worker.Id.Value);
            var able = new List<DateOnly>();
            foreach ((DateOnly date, Order[] orders) in byDate)
            {
                if (WorkerRules.IsAvailable(worker, date) && !AbsenceIndex.IsIn(absent, date) && Array.Exists(orders, o => CanReach(worker, o, date)))
                {
                    able.Add(date);
                }
            }

            int most = Math.Min(Math.Min(able.Count, rested), worker.MaxDays ?? int.MaxValue);
            if (most <= 0)
            {
                continue;
            }

            (int count, int sum) = lines.GetValueOrDefault(worker.Village.Value);
            lines[worker.Village.Value] = (count + 1, sum + most);
            if (PoolOf(worker, byDate[0].Date, byDate[^1].Date) is { } pool)
            {
                (int inPool, Dictionary<DateOnly, int> on) = pools.TryGetValue(pool, out var known) ? known : (0, []);
                pools[pool] = (inPool + most, on);
                foreach (DateOnly date in able)
                {
                    on[date] = on.GetValueOrDefault(date) + 1;
                }
            }
        }

        Dictionary<string, int> slack = Slack(byDate[0].Date, byDate[^1].Date);
        int kept = pools.Sum(p => Math.Max(0, p.Value.Days - p.Value.ByDate.Values.Sum(able => Math.Min(able, slack[p.Key]))));
        return (lines.Select(l => new SupplyLine(l.Key, l.Value.Count, l.Value.Days)), kept);
    }

    /// <summary>Leaders: on each day every broker leads one crew at most, no larger than the largest the order-days allow.</summary>
    private IEnumerable<SupplyLine> Leaders(ImmutableArray<WantedDay> days)
    {
        var lines = new SortedDictionary<string, (HashSet<BrokerId> Brokers, int Days)>(StringComparer.Ordinal);
        foreach (IGrouping<DateOnly, WantedDay> day in days.GroupBy(d => d.Date))
        {
            Order[] orders = [.. day.Select(d => _season.OrderById[d.Order])];
            foreach (Broker broker in LeadersOn(day.Key))
            {
                int most = orders.Where(o => CanLead(broker, o)).Select(o => CrewRules.SizeRange(o, broker).Max).DefaultIfEmpty(0).Max();
                if (most > 0)
                {
                    (HashSet<BrokerId> brokers, int sum) = lines.TryGetValue(broker.Area.Value, out var known) ? known : ([], 0);
                    brokers.Add(broker.Id);
                    lines[broker.Area.Value] = (brokers, sum + Math.Min(most, _season.Workers.Length));
                }
            }
        }

        return lines.Select(l => new SupplyLine(l.Key, l.Value.Brokers.Count, l.Value.Days));
    }

    /// <summary>
    /// Seats: on each day every vehicle makes as many trips as fit between the earliest departure and the latest start, each as
    /// short as the shortest from any village to any of the sites; beds of sites where people may lodge count too. The same holds
    /// for a seat that changes passengers within a trip: from one alighting to the next lie two stops, a way back and a ride.
    /// </summary>
    private IEnumerable<SupplyLine> Seats(ImmutableArray<WantedDay> days)
    {
        var lines = new SortedDictionary<string, (int Count, int Days)>(StringComparer.Ordinal);
        foreach (IGrouping<DateOnly, WantedDay> day in days.GroupBy(d => d.Date))
        {
            Order[] orders = [.. day.Select(d => _season.OrderById[d.Order])];
            (int latest, int ride, int back)? shortest = Shortest(orders);
            foreach (Vehicle vehicle in _season.Vehicles.Where(v => v.Availability.Contains(day.Key) && !_absences.IsOut(AbsenceKind.Vehicle, v.Id.Value, day.Key)))
            {
                long seats = shortest is { } legs ? (long)vehicle.Seats * MostTrips(vehicle, legs.latest, legs.ride, legs.back) : 0;
                Add(vehicle.Depot.Value, 1, seats);
            }

            foreach (Site site in orders.Where(o => CrewRules.AllowsMode(o, CrewMode.Lodge)).Select(o => _season.SiteById[o.Site]).Distinct())
            {
                Add(site.Id.Value, site.Beds, site.Beds);
            }
        }

        return lines.Select(l => new SupplyLine(l.Key, l.Value.Count, l.Value.Days));

        void Add(string id, int count, long most)
        {
            if (most > 0)
            {
                // Nobody is carried or lodged twice.
                (int counted, int sum) = lines.GetValueOrDefault(id);
                lines[id] = ((int)Math.Min(int.MaxValue, (long)counted + count), sum + (int)Math.Min(most, _season.Workers.Length));
            }
        }
    }

    /// <summary>The round that all the order-days lie in, or null.</summary>
    private PickingRound? RoundOf(ImmutableArray<WantedDay> days) =>
        _season.Rounds.FirstOrDefault(r => days.All(d => d.Order == r.Order && r.Window.Contains(d.Date)));

    private bool CanReach(Worker worker, Order order, DateOnly date)
    {
        Site site = _season.SiteById[order.Site];
        if (!WorkerRules.Suits(worker, order, site) || _refused.Contains((worker.Id, order.Site)))
        {
            return false;
        }

        bool rides = Rides(worker.Village, order) && WorkerRules.IsOldEnough(worker, order, CrewMode.Commute, date, _season.Work);
        bool lodges = MayLodge(order) && worker.LodgingOk && WorkerRules.IsOldEnough(worker, order, CrewMode.Lodge, date, _season.Work);
        return (rides || lodges) && Array.Exists(LeadersOn(date), b => Fits(b, order) && VillagesIn(b.Area).Contains(worker.Village));
    }

    private bool CanLead(Broker broker, Order order) =>
        Fits(broker, order) && VillagesIn(broker.Area).Any(v => MayLodge(order) || Rides(v, order));

    private static bool Fits(Broker broker, Order order)
    {
        (int min, int max) = CrewRules.SizeRange(order, broker);
        return min <= max;
    }

    private bool MayLodge(Order order) => CrewRules.AllowsMode(order, CrewMode.Lodge) && _season.SiteById[order.Site].Beds > 0;

    /// <summary>T4, T3: the ride is short enough, and arrives in time when the vehicle leaves as early as it may.</summary>
    private bool Rides(PlaceId village, Order order)
    {
        if (!_rides.TryGetValue((village, order.Id), out bool rides))
        {
            int minutes = _shortCuts.Find(village, order.Site)?.Minutes ?? _season.TravelTable.Minutes(village, order.Site);
            _rides[(village, order.Id)] = rides = CrewRules.AllowsMode(order, CrewMode.Commute)
                && minutes <= _season.Transport.MaxRideMinutes && Earliest + minutes <= MinuteOf(order.StartTime);
        }

        return rides;
    }

    /// <summary>The latest start, the shortest ride to any of the orders, and the shortest way back; null when nobody can ride there.</summary>
    private (int Latest, int Ride, int Back)? Shortest(Order[] orders)
    {
        Order[] commuting = [.. orders.Where(o => _villages.Any(v => Rides(v, o)))];
        PlaceId[] sites = [.. commuting.Select(o => o.Site).Distinct()];
        return commuting.Length == 0 ? null : (
            commuting.Max(o => MinuteOf(o.StartTime)), sites.Min(s => _villages.Min(v => Driven(v, s, isRide: true))),
            sites.Min(s => _villages.Min(v => Driven(s, v, isRide: false))));
    }

    /// <summary>Minutes of driving on a leg, straight or over a stop on the way.</summary>
    private int Driven(PlaceId from, PlaceId to, bool isRide)
    {
        int straight = _season.TravelTable.Minutes(from, to);
        return _shortCuts.Find(from, to, isRide) is { } way ? Math.Min(straight, way.Minutes - _season.Road.StopMinutes) : straight;
    }

    /// <summary>How many trips of a vehicle end in time, and within its driving minutes, if every leg is the shortest there is.</summary>
    private int MostTrips(Vehicle vehicle, int latest, int ride, int back)
    {
        int between = back + (2 * _season.Road.StopMinutes);
        if (ride + between == 0)
        {
            // Trips that take no time have no end: more than all people are not carried.
            return _season.Workers.Length;
        }

        int trips = 0;
        int time = Earliest + ride;
        int driven = MinutesFrom(vehicle.Depot) + ride;
        while (time <= latest && 2 * driven <= _season.Transport.MaxDriveMinutesPerDay)
        {
            trips++;
            time += between + ride;
            driven += back + ride;
        }

        return trips;
    }

    /// <summary>Minutes from a depot to the nearest village.</summary>
    private int MinutesFrom(PlaceId depot)
    {
        if (!_fromDepot.TryGetValue(depot, out int minutes))
        {
            _fromDepot[depot] = minutes = _villages.Min(v => _season.TravelTable.Minutes(depot, v));
        }

        return minutes;
    }

    private int Earliest => Math.Max(MinuteOf(_season.Transport.EarliestDeparture), _season.Road.StopMinutes);

    private Broker[] LeadersOn(DateOnly date)
    {
        if (!_leaders.TryGetValue(date, out Broker[]? leaders))
        {
            _leaders[date] = leaders =
            [
                .. _season.Brokers.Where(b => CrewRules.MayLead(b, date) && !_absences.IsOut(AbsenceKind.Broker, b.Id.Value, date)),
            ];
        }

        return leaders;
    }

    private HashSet<PlaceId> VillagesIn(PlaceId area)
    {
        if (!_villagesIn.TryGetValue(area, out HashSet<PlaceId>? villages))
        {
            _villagesIn[area] = villages = [.. _villages.Where(v => _season.LiesIn(v, area))];
        }

        return villages;
    }

    /// <summary>Where the household's duty is counted, if it holds on all the days: the household, or its mutual-help group.</summary>
    private string? PoolOf(Worker worker, DateOnly from, DateOnly to) =>
        worker.Household is { } household && _duties[household].FirstOrDefault(d => d.Window.Contains(from) && d.Window.Contains(to)) is { } duty
            ? PoolOf(duty) : null;

    private static string PoolOf(HouseholdDuty duty) => duty.Group is { } group ? "g" + group.Value : "h" + duty.Household.Value;

    /// <summary>
    /// Members of each pool who need not stay at home. A group may gain households during the days; then it may also give more
    /// people, so only households whose duty holds all the time are counted, with all their members.
    /// </summary>
    private Dictionary<string, int> Slack(DateOnly from, DateOnly to)
    {
        Dictionary<HouseholdId, int> members = _season.Workers.Where(w => w.Household is not null).CountBy(w => w.Household!.Value).ToDictionary();
        var slack = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (HouseholdDuty duty in _season.HouseholdDuties.Where(d => d.Window.Overlaps(new DayWindow(from, to))))
        {
            int all = members.GetValueOrDefault(duty.Household);
            slack[PoolOf(duty)] = slack.GetValueOrDefault(PoolOf(duty)) + all - Math.Min(all, duty.KeepHome);
        }

        return slack;
    }

    private static int MinuteOf(TimeOnly time) => (time.Hour * 60) + time.Minute;
}
