using System.Collections.Immutable;
using Matching.Checking;
using Matching.Model;
using Matching.Plans;

namespace Matching.Comparing;

/// <summary>Compares two plans row by row: who, which vehicle, which order. Thread-safe.</summary>
public static class PlanComparer
{
    /// <summary>Compares two plans of one season.</summary>
    /// <param name="season">The season of both.</param>
    /// <param name="first">The plan before.</param>
    /// <param name="second">The plan now.</param>
    public static PlanDiff Compare(Season season, Plan first, Plan second) => Compare(season, first, season, second);

    /// <summary>Compares a plan with one of the same season after it changed; each is worth what its own season pays.</summary>
    /// <param name="firstSeason">The season of the first plan.</param>
    /// <param name="first">The plan before.</param>
    /// <param name="secondSeason">The season of the second plan.</param>
    /// <param name="second">The plan now.</param>
    public static PlanDiff Compare(Season firstSeason, Plan first, Season secondSeason, Plan second)
    {
        ArgumentNullException.ThrowIfNull(firstSeason);
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(secondSeason);
        ArgumentNullException.ThrowIfNull(second);
        return Compare(
            firstSeason, first, PlanChecker.WorthOf(firstSeason, first),
            secondSeason, second, PlanChecker.WorthOf(secondSeason, second));
    }

    /// <summary>As above where both worths are known.</summary>
    internal static PlanDiff Compare(Season firstSeason, Plan first, Worth firstWorth, Season secondSeason, Plan second, Worth secondWorth)
    {
        Dictionary<CrewId, Crew> before = first.Crews.ToDictionary(c => c.Id);
        Dictionary<CrewId, Crew> now = second.Crews.ToDictionary(c => c.Id);
        // A county's plan has close to a million rows, and a repair leaves most dates as they were; people are compared beside the rest.
        (ImmutableArray<WorkerDay> daysBefore, ImmutableArray<WorkerDay> daysNow) = Differing(
            first.WorkerDays, second.WorkerDays, d => d.Date, (a, b) => a == b && SameWork(before[a.Crew], now[b.Crew]));
        (ImmutableArray<Trip> tripsBefore, ImmutableArray<Trip> tripsNow) = Differing(first.Trips, second.Trips, t => t.Date, ReferenceEquals);
        var others = Task.Run(
            () => (Trips(first, second), Vehicles(tripsBefore, tripsNow), Fills(daysBefore, before, secondSeason, daysNow, now)), CancellationToken.None);
        (ImmutableArray<PersonChange> people, WorkerDayChanges days, HashSet<CrewId> touched) = People(daysBefore, before, daysNow, now);
        (TripChanges trips, ImmutableArray<VehicleChange> vehicles, ImmutableArray<FillChange> fills) = others.GetAwaiter().GetResult();
        return new PlanDiff
        {
            Crews = new CrewChanges(
                [.. second.Crews.Where(c => !before.ContainsKey(c.Id)).Select(c => c.Id)],
                [.. first.Crews.Where(c => !now.ContainsKey(c.Id)).Select(c => c.Id)],
                [.. first.Crews.Where(c => now.TryGetValue(c.Id, out Crew? other) && (c != other || touched.Contains(c.Id))).Select(c => c.Id)]),
            WorkerDays = days,
            Trips = trips,
            People = people,
            Vehicles = vehicles,
            Shortages = fills,
            Parts = Less(secondWorth, firstWorth),
        };
    }

    /// <summary>The rows of dates on which the two are not row by row the same.</summary>
    private static (ImmutableArray<T> First, ImmutableArray<T> Second) Differing<T>(
        ImmutableArray<T> first, ImmutableArray<T> second, Func<T, DateOnly> date, Func<T, T, bool> same)
    {
        var before = new RowsByDate<T>(first, date);
        var now = new RowsByDate<T>(second, date);
        var left = ImmutableArray.CreateBuilder<T>();
        var right = ImmutableArray.CreateBuilder<T>();
        foreach (DateOnly day in before.Dates.Union(now.Dates))
        {
            ReadOnlySpan<T> a = before[day].AsSpan();
            ReadOnlySpan<T> b = now[day].AsSpan();
            int equal = 0;
            while (equal < a.Length && equal < b.Length && same(a[equal], b[equal]))
            {
                equal++;
            }

            if (equal < a.Length || equal < b.Length)
            {
                left.AddRange(a);
                right.AddRange(b);
            }
        }

        return (left.DrainToImmutable(), right.DrainToImmutable());
    }

    private static (ImmutableArray<PersonChange> People, WorkerDayChanges Days, HashSet<CrewId> Touched) People(
        ImmutableArray<WorkerDay> first, Dictionary<CrewId, Crew> before, ImmutableArray<WorkerDay> second, Dictionary<CrewId, Crew> now)
    {
        if (first.IsEmpty && second.IsEmpty)
        {
            return ([], new WorkerDayChanges(0, 0, 0), []);
        }

        // Workers and days become positions of one array.
        var workers = new Dictionary<WorkerId, int>();
        var ids = new List<WorkerId>();
        (DateOnly from, DateOnly to) = (DateOnly.MaxValue, DateOnly.MinValue);
        foreach (WorkerDay day in first.AsSpan())
        {
            See(day);
        }

        foreach (WorkerDay day in second.AsSpan())
        {
            See(day);
        }

        int days = to.DayNumber - from.DayNumber + 1;
        CrewId?[] was = new CrewId?[ids.Count * days];
        CrewId?[] isNow = new CrewId?[ids.Count * days];
        foreach (WorkerDay day in first.AsSpan())
        {
            was[At(day)] ??= day.Crew;
        }

        foreach (WorkerDay day in second.AsSpan())
        {
            isNow[At(day)] ??= day.Crew;
        }

        var changes = new List<PersonChange>();
        var touched = new HashSet<CrewId>();
        (int added, int removed, int moved) = (0, 0, 0);
        for (int at = 0; at < was.Length; at++)
        {
            if (was[at] == isNow[at] && (was[at] is not { } same || SameWork(before[same], now[same])))
            {
                continue;
            }

            if (was[at] is { } a && isNow[at] is { } b)
            {
                if (SameWork(before[a], now[b]))
                {
                    continue;
                }

                moved++;
            }
            else
            {
                added += was[at] is null ? 1 : 0;
                removed += isNow[at] is null ? 1 : 0;
            }

            foreach (CrewId? crew in (ReadOnlySpan<CrewId?>)[was[at], isNow[at]])
            {
                if (crew is { } told)
                {
                    touched.Add(told);
                }
            }

            changes.Add(new PersonChange(ids[at / days], from.AddDays(at % days), was[at], isNow[at]));
        }

        return (
            [.. changes.OrderBy(c => c.Date).ThenBy(c => c.Worker.Value, StringComparer.Ordinal)],
            new WorkerDayChanges(added, removed, moved), touched);

        int At(WorkerDay day) => (workers[day.Worker] * days) + day.Date.DayNumber - from.DayNumber;

        void See(WorkerDay day)
        {
            if (workers.TryAdd(day.Worker, ids.Count))
            {
                ids.Add(day.Worker);
            }

            from = day.Date < from ? day.Date : from;
            to = day.Date > to ? day.Date : to;
        }
    }

    // A new name alone is no news: people are told of another leader, another order, or that they lodge.
    private static bool SameWork(Crew a, Crew b) => a.Broker == b.Broker && a.Order == b.Order && a.Mode == b.Mode;

    private static TripChanges Trips(Plan first, Plan second)
    {
        Dictionary<TripId, Trip> before = first.Trips.ToDictionary(t => t.Id);
        HashSet<TripId> now = [.. second.Trips.Select(t => t.Id)];
        return new TripChanges(
            [.. second.Trips.Where(t => !before.ContainsKey(t.Id)).Select(t => t.Id)],
            [.. first.Trips.Where(t => !now.Contains(t.Id)).Select(t => t.Id)],
            [.. second.Trips.Where(t => before.TryGetValue(t.Id, out Trip? was) && !ReferenceEquals(was, t) && !SameRun(was, t)).Select(t => t.Id)]);
    }

    private static bool SameRun(Trip a, Trip b) =>
        a.Date == b.Date && a.Vehicle == b.Vehicle && a.Departs == b.Departs
        && a.Stops.Select(s => (s.Place, s.Arrives)).SequenceEqual(b.Stops.Select(s => (s.Place, s.Arrives)));

    private static ImmutableArray<VehicleChange> Vehicles(ImmutableArray<Trip> first, ImmutableArray<Trip> second)
    {
        var mornings = new Dictionary<(DateOnly Date, VehicleId Vehicle), (List<Trip> Before, List<Trip> Now)>();
        foreach ((ImmutableArray<Trip> trips, bool isBefore) in new[] { (first, true), (second, false) })
        {
            foreach (Trip trip in trips)
            {
                if (!mornings.TryGetValue((trip.Date, trip.Vehicle), out (List<Trip> Before, List<Trip> Now) both))
                {
                    mornings[(trip.Date, trip.Vehicle)] = both = ([], []);
                }

                (isBefore ? both.Before : both.Now).Add(trip);
            }
        }

        return
        [
            .. mornings.Select(m => (m.Key, Before: InOrder(m.Value.Before), Now: InOrder(m.Value.Now)))
                .Where(m => !SameMorning(m.Before, m.Now))
                .OrderBy(m => m.Key.Date).ThenBy(m => m.Key.Vehicle.Value, StringComparer.Ordinal)
                .Select(m => new VehicleChange(m.Key.Vehicle, m.Key.Date, [.. m.Before.Select(t => t.Id)], [.. m.Now.Select(t => t.Id)])),
        ];
    }

    private static Trip[] InOrder(List<Trip> trips) => [.. trips.OrderBy(t => t.Departs).ThenBy(t => t.Id.Value, StringComparer.Ordinal)];

    private static bool SameMorning(Trip[] a, Trip[] b)
    {
        if (a.Length != b.Length)
        {
            return false;
        }

        for (int i = 0; i < a.Length; i++)
        {
            if (!SameRun(a[i], b[i]) || !Passengers(a[i]).SequenceEqual(Passengers(b[i])))
            {
                return false;
            }
        }

        return true;
    }

    private static IEnumerable<(int Board, int Alight)> Passengers(Trip trip) =>
        trip.Stops.Select(s => (s.Groups.Sum(g => g.Board), s.Groups.Sum(g => g.Alight)));

    private static ImmutableArray<FillChange> Fills(
        ImmutableArray<WorkerDay> first, Dictionary<CrewId, Crew> before, Season season, ImmutableArray<WorkerDay> second, Dictionary<CrewId, Crew> now)
    {
        Dictionary<(OrderId, DateOnly), int> filledBefore = Filled(first, before);
        Dictionary<(OrderId, DateOnly), int> filledNow = Filled(second, now);
        var wanted = season.Demand.ToDictionary(d => (d.Order, d.Date));
        return
        [
            .. filledBefore.Keys.Union(filledNow.Keys)
                .Select(k => (Key: k, From: filledBefore.GetValueOrDefault(k), To: filledNow.GetValueOrDefault(k)))
                .Where(f => f.From != f.To)
                .OrderBy(f => f.Key.Item2).ThenBy(f => f.Key.Item1.Value, StringComparer.Ordinal)
                .Select(f => new FillChange(
                    f.Key.Item1, f.Key.Item2, wanted.GetValueOrDefault(f.Key).Required, wanted.GetValueOrDefault(f.Key).Target, f.From, f.To)),
        ];
    }

    private static Dictionary<(OrderId, DateOnly), int> Filled(ImmutableArray<WorkerDay> days, Dictionary<CrewId, Crew> crews)
    {
        var filled = new Dictionary<(OrderId, DateOnly), int>();
        foreach (WorkerDay day in days)
        {
            (OrderId, DateOnly) key = (crews[day.Crew].Order, day.Date);
            filled[key] = filled.GetValueOrDefault(key) + 1;
        }

        return filled;
    }

    internal static Worth Less(Worth a, Worth b) => new(
        a.RequiredValue - b.RequiredValue, a.TargetValue - b.TargetValue, a.Vehicles - b.Vehicles, a.Coaches - b.Coaches,
        a.Brokers - b.Brokers, a.Starts - b.Starts, a.Joins - b.Joins, a.OtherBroker - b.OtherBroker,
        a.Agreements - b.Agreements, a.WorkShare - b.WorkShare);
}
