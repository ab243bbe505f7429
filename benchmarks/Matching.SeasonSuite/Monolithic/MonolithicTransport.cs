using System.Collections.Immutable;
using System.Globalization;
using Google.OrTools.Sat;
using Matching.Model;
using Matching.Plans;
using Matching.Rules;

namespace Matching.SeasonSuite.Monolithic;

/// <summary>
/// The mornings of the monolithic model: a vehicle takes at most one route a day, from one or two villages to a site, leaving
/// as early as trips may, and carries people by village and order.
/// </summary>
internal sealed class MonolithicTransport
{
    private const int SecondStops = 3;
    private readonly Season _season;
    private readonly List<(int Vehicle, int Day, Route Route, BoolVar Runs)> _runs = [];
    private readonly Dictionary<(int Vehicle, int Day, PlaceId Village, OrderId Order), IntVar> _loads = [];

    public MonolithicTransport(
        Season season, AbsenceIndex absences, CpModel model, LinearExprBuilder money, IReadOnlyList<Slot> slots, Action watch)
    {
        _season = season;
        List<Route> routes = [.. Routes(slots)];
        for (int d = 0; d < season.DayCount; d++)
        {
            watch();
            Dictionary<(PlaceId Village, OrderId Order), List<BoolVar>> groups = [];
            foreach (Slot slot in slots.Where(s => s.Mode == CrewMode.Commute))
            {
                foreach ((int worker, BoolVar works) in slot.Members[d])
                {
                    (PlaceId, OrderId) key = (season.Workers[worker].Village, slot.Order.Id);
                    (groups.TryGetValue(key, out List<BoolVar>? all) ? all : groups[key] = []).Add(works);
                }
            }

            Dictionary<(PlaceId, OrderId), List<IntVar>> carried = groups.Keys.ToDictionary(g => g, _ => new List<IntVar>());
            for (int k = 0; k < season.Vehicles.Length; k++)
            {
                Vehicle vehicle = season.Vehicles[k];
                if (vehicle.Availability.Contains(season.Day(d)) && !absences.IsOut(AbsenceKind.Vehicle, vehicle.Id.Value, season.Day(d)))
                {
                    watch();
                    AddMorning(model, money, k, d, routes, groups.Keys, carried);
                }
            }

            foreach (((PlaceId, OrderId) key, List<BoolVar> members) in groups)
            {
                model.Add(LinearExpr.Sum(members) == LinearExpr.Sum(carried[key]));
            }
        }
    }

    /// <summary>The trips of a solution; riders of a village and order are dealt out to their crews.</summary>
    public IEnumerable<Trip> Read(CpSolver solver, Dictionary<(PlaceId Village, OrderId Order, int Day), List<(CrewId Crew, int Count)>> riders)
    {
        int number = 0;
        foreach ((int k, int d, Route route, BoolVar runs) in _runs)
        {
            if (!solver.BooleanValue(runs))
            {
                continue;
            }

            List<(PlaceId Village, CrewId Crew, int Count)> aboard = [];
            foreach (PlaceId village in route.Villages)
            {
                foreach (Order order in _season.Orders.Where(o => o.Site == route.Site))
                {
                    int count = _loads.TryGetValue((k, d, village, order.Id), out IntVar? load) ? (int)solver.Value(load) : 0;
                    aboard.AddRange(Deal(riders, (village, order.Id, d), count).Select(g => (village, g.Crew, g.Count)));
                }
            }

            if (aboard.Count > 0)
            {
                number++;
                yield return TripOf(number, k, d, route, aboard);
            }
        }
    }

    private void AddMorning(
        CpModel model, LinearExprBuilder money, int k, int d, List<Route> routes, IEnumerable<(PlaceId Village, OrderId Order)> groups,
        Dictionary<(PlaceId, OrderId), List<IntVar>> carried)
    {
        Vehicle vehicle = _season.Vehicles[k];
        List<(Route Route, BoolVar Runs)> mine = [];
        foreach (Route route in routes)
        {
            if (2 * (_season.TravelTable.Minutes(vehicle.Depot, route.Villages[0]) + route.DriveMinutes) > _season.Transport.MaxDriveMinutesPerDay)
            {
                continue;
            }

            BoolVar runs = model.NewBoolVar("");
            mine.Add((route, runs));
            _runs.Add((k, d, route, runs));
            decimal km = _season.TravelTable.Km(vehicle.Depot, route.Villages[0]) + route.Km;
            money.AddTerm(runs, -(long)Math.Round(100 * (vehicle.CostPerDay + (2 * km * vehicle.CostPerKm))));
        }

        model.AddAtMostOne(mine.Select(r => r.Runs));
        List<IntVar> all = [];
        foreach ((PlaceId village, OrderId order) in groups)
        {
            BoolVar[] fitting = [.. mine.Where(r => r.Route.Serves(village, _season.OrderById[order])).Select(r => r.Runs)];
            if (fitting.Length > 0)
            {
                IntVar load = _loads[(k, d, village, order)] = model.NewIntVar(0, vehicle.Seats, "");
                model.Add(load <= vehicle.Seats * LinearExpr.Sum(fitting));
                carried[(village, order)].Add(load);
                all.Add(load);
            }
        }

        model.Add(LinearExpr.Sum(all) <= vehicle.Seats);
    }

    private IEnumerable<Route> Routes(IReadOnlyList<Slot> slots)
    {
        TravelTable travel = _season.TravelTable;
        PlaceId[] villages = [.. _season.Workers.Select(w => w.Village).Distinct()];
        foreach (PlaceId site in slots.Where(s => s.Mode == CrewMode.Commute).Select(s => s.Order.Site).Distinct())
        {
            foreach (PlaceId first in villages)
            {
                IEnumerable<PlaceId> near = villages.Where(v => v != first)
                    .OrderBy(v => travel.Minutes(first, v) + travel.Minutes(v, site)).Take(SecondStops);
                foreach (PlaceId[] stops in near.Select(v => new[] { first, v }).Prepend([first]))
                {
                    var route = new Route(_season, stops, site);
                    if (route.LongestRide <= _season.Transport.MaxRideMinutes && route.Arrives < 24 * 60)
                    {
                        yield return route;
                    }
                }
            }
        }
    }

    private static IEnumerable<(CrewId Crew, int Count)> Deal(
        Dictionary<(PlaceId, OrderId, int), List<(CrewId Crew, int Count)>> riders, (PlaceId, OrderId, int) key, int count)
    {
        while (count > 0)
        {
            List<(CrewId Crew, int Count)> groups = riders[key];
            (CrewId crew, int waiting) = groups[^1];
            int taken = Math.Min(count, waiting);
            groups.RemoveAt(groups.Count - 1);
            if (taken < waiting)
            {
                groups.Add((crew, waiting - taken));
            }

            count -= taken;
            yield return (crew, taken);
        }
    }

    private Trip TripOf(int number, int k, int d, Route route, List<(PlaceId Village, CrewId Crew, int Count)> aboard)
    {
        PlaceId[] places = [.. route.Villages.Where(v => aboard.Exists(g => g.Village == v)), route.Site];
        int departs = Minutes(_season.Transport.EarliestDeparture);
        int arrives = departs - _season.Road.StopMinutes;
        var stops = ImmutableArray.CreateBuilder<TripStop>(places.Length);
        for (int i = 0; i < places.Length; i++)
        {
            arrives += i == 0 ? 0 : _season.Road.StopMinutes + _season.TravelTable.Minutes(places[i - 1], places[i]);
            bool isSite = i == places.Length - 1;
            stops.Add(new TripStop(i + 1, places[i], TimeOfDay(arrives),
            [
                .. aboard.Where(g => isSite || g.Village == places[i])
                    .Select(g => new StopGroup(g.Crew, g.Village, isSite ? 0 : g.Count, isSite ? g.Count : 0)),
            ]));
        }

        return new Trip(
            new TripId(string.Create(CultureInfo.InvariantCulture, $"T{number}")), _season.Day(d), _season.Vehicles[k].Id, TimeOfDay(departs), stops.MoveToImmutable());
    }

    private static int Minutes(TimeOnly time) => (time.Hour * 60) + time.Minute;

    private static TimeOnly TimeOfDay(int minutes) => new(minutes / 60, minutes % 60);

    /// <summary>Villages in order and the site behind them.</summary>
    private sealed class Route
    {
        public Route(Season season, PlaceId[] villages, PlaceId site)
        {
            (Villages, Site) = (villages, site);
            PlaceId[] places = [.. villages, site];
            for (int i = 1; i < places.Length; i++)
            {
                DriveMinutes += season.TravelTable.Minutes(places[i - 1], places[i]);
                Km += season.TravelTable.Km(places[i - 1], places[i]);
            }

            LongestRide = DriveMinutes + (season.Road.StopMinutes * (villages.Length - 1));
            Arrives = Minutes(season.Transport.EarliestDeparture) + LongestRide;
        }

        public PlaceId[] Villages { get; }

        public PlaceId Site { get; }

        public int DriveMinutes { get; }

        public decimal Km { get; }

        public int LongestRide { get; }

        /// <summary>Minute of the day when it leaves as early as it may.</summary>
        public int Arrives { get; }

        public bool Serves(PlaceId village, Order order) =>
            order.Site == Site && Minutes(order.StartTime) >= Arrives && Array.IndexOf(Villages, village) >= 0;
    }
}
