using Matching.Model;
using Matching.Plans;
using Matching.Rules;

namespace Matching.Tests.Checking;

/// <summary>The rules of trips once more, passenger by passenger.</summary>
internal sealed class NaiveTrips(Season season, Plan plan, IReadOnlyList<WorkerDay> work)
{
    /// <summary>By departure; of two at the same time (which T5 forbids) the one that ends first.</summary>
    private static List<Trip> InOrder(IEnumerable<Trip> trips) =>
    [
        .. trips.OrderBy(t => t.Departs)
            .ThenBy(t => t.Stops.IsEmpty ? TimeOnly.MinValue : t.Stops.MaxBy(s => s.Seq)!.Arrives)
            .ThenBy(t => t.Id.Value, StringComparer.Ordinal),
    ];

    public IEnumerable<(RuleCode, string)> Broken() => [.. T1(), .. T2(), .. T3(), .. T4(), .. T5()];

    /// <summary>The legs of a vehicle's morning, from the depot on.</summary>
    public static List<(int Minutes, decimal Km)> Ways(Season season, IEnumerable<Trip> trips)
    {
        List<Trip> inOrder = InOrder(trips);
        List<PlaceId> places = [season.VehicleById[inOrder[0].Vehicle].Depot, .. inOrder.SelectMany(t => t.Stops).Select(s => s.Place)];
        return [.. places.Zip(places.Skip(1), (a, b) => (season.TravelTable.Minutes(a, b), season.TravelTable.Km(a, b)))];
    }

    private static int At(TimeOnly time) => (time.Hour * 60) + time.Minute;

    private Crew Crew(CrewId id) => plan.Crews.Single(c => c.Id == id);

    private Order OrderOf(CrewId crew) => season.Orders.Single(o => o.Id == Crew(crew).Order);

    private static IEnumerable<(TripStop Stop, StopGroup Group)> Rows(Trip trip) =>
        trip.Stops.OrderBy(s => s.Seq).SelectMany(s => s.Groups, (s, g) => (s, g));

    private IEnumerable<(RuleCode, string)> T1()
    {
        foreach (Crew crew in plan.Crews)
        {
            List<DateOnly> dates = [.. work.Select(r => r.Date).Concat(plan.Trips.Select(t => t.Date)).Distinct()];
            foreach (DateOnly date in dates)
            {
                List<Trip> trips = [.. plan.Trips.Where(t => t.Date == date)];
                bool carried = season.Places.All(village =>
                    trips.SelectMany(Rows).Where(r => r.Group.Crew == crew.Id && r.Group.Village == village.Id && r.Stop.Place == village.Id).Sum(r => r.Group.Board)
                    == (crew.Mode == CrewMode.Lodge ? 0
                        : work.Count(w => w.Crew == crew.Id && w.Date == date && season.WorkerById[w.Worker].Village == village.Id)));
                bool inPlace = trips.SelectMany(Rows).Where(r => r.Group.Crew == crew.Id).All(r =>
                    (r.Group.Board == 0 || r.Stop.Place == r.Group.Village) && (r.Group.Alight == 0 || r.Stop.Place == OrderOf(crew.Id).Site));
                if (!carried || !inPlace || trips.Any(t => !Balances(t, crew.Id)))
                {
                    yield return (RuleCode.T1, $"{crew.Id} {date:o}");
                }
            }
        }
    }

    private static bool Balances(Trip trip, CrewId crew)
    {
        foreach (var group in Rows(trip).Where(r => r.Group.Crew == crew).GroupBy(r => r.Group.Village))
        {
            int aboard = 0;
            foreach ((_, StopGroup row) in group)
            {
                aboard -= row.Alight;
                if (aboard < 0)
                {
                    return false;
                }

                aboard += row.Board;
            }

            if (aboard != 0)
            {
                return false;
            }
        }

        return true;
    }

    private IEnumerable<(RuleCode, string)> T2()
    {
        foreach (Trip trip in plan.Trips)
        {
            Vehicle vehicle = season.VehicleById[trip.Vehicle];
            int aboard = 0;
            bool full = false;
            foreach (TripStop stop in trip.Stops.OrderBy(s => s.Seq))
            {
                aboard += stop.Groups.Sum(g => g.Board - g.Alight);
                full |= aboard > vehicle.Seats;
            }

            bool absent = season.Absences.Any(a => a.Kind == AbsenceKind.Vehicle && a.Subject == vehicle.Id.Value && a.Window.Contains(trip.Date));
            if (full || absent || !season.Contains(trip.Date) || !vehicle.Availability.Contains(trip.Date))
            {
                yield return (RuleCode.T2, $"{vehicle.Id} {trip.Date:o}");
            }
        }
    }

    private IEnumerable<(RuleCode, string)> T3()
    {
        foreach (Trip trip in plan.Trips)
        {
            List<TripStop> stops = [.. trip.Stops.OrderBy(s => s.Seq)];
            bool consistent = stops.Zip(stops.Skip(1)).All(leg =>
                At(leg.First.Arrives) + season.Road.StopMinutes + season.TravelTable.Minutes(leg.First.Place, leg.Second.Place) == At(leg.Second.Arrives));
            if (!consistent || trip.Departs < season.Transport.EarliestDeparture
                || At(stops[0].Arrives) + season.Road.StopMinutes != At(trip.Departs))
            {
                yield return (RuleCode.T3, trip.Id.Value);
            }
        }
    }

    private IEnumerable<(RuleCode, string)> T4()
    {
        foreach (Trip trip in plan.Trips)
        {
            foreach (var group in Rows(trip).GroupBy(r => (r.Group.Crew, r.Group.Village)))
            {
                List<int> aboard = [];
                foreach ((TripStop stop, StopGroup row) in group)
                {
                    List<int> off = [.. aboard.Take(row.Alight)];
                    aboard = [.. aboard.Skip(row.Alight), .. Enumerable.Repeat(At(stop.Arrives) + season.Road.StopMinutes, row.Board)];
                    bool late = off.Any(left => At(stop.Arrives) - left > season.Transport.MaxRideMinutes)
                        || stop.Arrives > OrderOf(row.Crew).StartTime;
                    if (off.Count > 0 && stop.Place == OrderOf(row.Crew).Site && late)
                    {
                        yield return (RuleCode.T4, $"{trip.Id} {row.Crew}");
                    }
                }
            }
        }
    }

    private IEnumerable<(RuleCode, string)> T5()
    {
        foreach (var morning in plan.Trips.GroupBy(t => (t.Vehicle, t.Date)))
        {
            List<Trip> trips = InOrder(morning);
            bool overlap = trips.Zip(trips.Skip(1)).Any(move =>
                At(move.Second.Stops[0].Arrives) < At(move.First.Stops[^1].Arrives) + season.Road.StopMinutes
                    + season.TravelTable.Minutes(move.First.Stops[^1].Place, move.Second.Stops[0].Place));
            if (overlap || Ways(season, morning).Sum(w => w.Minutes) * 2 > season.Transport.MaxDriveMinutesPerDay)
            {
                yield return (RuleCode.T5, $"{morning.Key.Vehicle} {morning.Key.Date:o}");
            }
        }
    }
}
