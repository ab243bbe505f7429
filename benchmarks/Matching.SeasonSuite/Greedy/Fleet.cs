using System.Collections.Immutable;
using Matching.Model;
using Matching.Plans;
using Matching.Rules;

namespace Matching.SeasonSuite.Greedy;

/// <summary>Buses by day and the one trip a crew's bus drives: its villages from the farthest to the nearest, then the site.</summary>
internal sealed class Fleet
{
    private readonly Season _season;
    private readonly bool[,] _free;
    private readonly Dictionary<(PlaceId From, PlaceId To), (int Minutes, decimal Km, bool IsKnown)> _legs = [];
    private readonly int _earliest;

    public Fleet(Season season)
    {
        _season = season;
        AbsenceIndex absences = new(season);
        _free = new bool[season.Vehicles.Length, season.DayCount];
        for (int v = 0; v < season.Vehicles.Length; v++)
        {
            for (int d = 0; d < season.DayCount; d++)
            {
                _free[v, d] = season.Vehicles[v].Availability.Contains(season.Day(d))
                    && !absences.IsOut(AbsenceKind.Vehicle, season.Vehicles[v].Id.Value, season.Day(d));
            }
        }

        TimeOnly earliest = season.Transport.EarliestDeparture;
        _earliest = Math.Max((earliest.Hour * 60) + earliest.Minute, season.Road.StopMinutes);
    }

    public (int Minutes, decimal Km, bool IsKnown) Leg(PlaceId from, PlaceId to)
    {
        if (!_legs.TryGetValue((from, to), out var leg))
        {
            bool known = _season.TravelTable.TryGet(from, to, out int minutes, out decimal km);
            _legs[(from, to)] = leg = (minutes, km, known);
        }

        return leg;
    }

    /// <summary>The villages in the order a bus drives them, or null when it could not be in time or somebody would ride too long.</summary>
    public List<PlaceId>? Route(IEnumerable<PlaceId> villages, Order order)
    {
        List<PlaceId> stops = [.. villages.OrderByDescending(v => Leg(v, order.Site).Km), order.Site];
        for (int i = 1; i < stops.Count; i++)
        {
            if (!Leg(stops[i - 1], stops[i]).IsKnown)
            {
                return null;
            }
        }

        int ride = Ride(stops);
        return ride <= _season.Transport.MaxRideMinutes && Start(order) - ride >= _earliest ? stops : null;
    }

    /// <summary>The cheapest free bus with that many seats for the route, or -1; with no such bus, the one with most seats if smaller ones do.</summary>
    public int Find(int day, List<PlaceId> route, int seats, bool orMost)
    {
        int best = -1;
        decimal bestCost = 0;
        bool bestFits = false;
        int drive = 0;
        decimal km = 0;
        for (int i = 1; i < route.Count; i++)
        {
            drive += Leg(route[i - 1], route[i]).Minutes;
            km += Leg(route[i - 1], route[i]).Km;
        }

        for (int v = 0; v < _season.Vehicles.Length; v++)
        {
            Vehicle vehicle = _season.Vehicles[v];
            if (!_free[v, day] || vehicle.Seats < 1 || (vehicle.Seats < seats && !orMost))
            {
                continue;
            }

            (int minutes, decimal approach, bool known) = Leg(vehicle.Depot, route[0]);
            if (!known || 2 * (minutes + drive) > _season.Transport.MaxDriveMinutesPerDay)
            {
                continue;
            }

            decimal cost = vehicle.CostPerDay + (2m * vehicle.CostPerKm * (approach + km));
            bool fits = vehicle.Seats >= seats;
            bool isBetter = best < 0 || (fits ? !bestFits || cost < bestCost
                : !bestFits && vehicle.Seats > _season.Vehicles[best].Seats);
            if (isBetter)
            {
                (best, bestCost, bestFits) = (v, cost, fits);
            }
        }

        return best;
    }

    public decimal Cost(int vehicle, List<PlaceId> route)
    {
        Vehicle bus = _season.Vehicles[vehicle];
        decimal km = Leg(bus.Depot, route[0]).Km;
        for (int i = 1; i < route.Count; i++)
        {
            km += Leg(route[i - 1], route[i]).Km;
        }

        return bus.CostPerDay + (2m * bus.CostPerKm * km);
    }

    public void Take(int vehicle, int day) => _free[vehicle, day] = false;

    public void GiveBack(int vehicle, int day) => _free[vehicle, day] = true;

    /// <summary>The trip, arriving when work starts.</summary>
    public Trip Drive(TripId id, int vehicle, int day, List<PlaceId> route, Order order, CrewId crew, IReadOnlyDictionary<PlaceId, int> members)
    {
        int clock = Start(order) - Ride(route) - _season.Road.StopMinutes;
        ImmutableArray<TripStop>.Builder stops = ImmutableArray.CreateBuilder<TripStop>(route.Count);
        for (int i = 0; i < route.Count; i++)
        {
            clock += i == 0 ? 0 : _season.Road.StopMinutes + Leg(route[i - 1], route[i]).Minutes;
            stops.Add(new(i + 1, route[i], Time(clock), i < route.Count - 1
                ? [new StopGroup(crew, route[i], members[route[i]], 0)]
                : [.. members.Select(m => new StopGroup(crew, m.Key, 0, m.Value))]));
        }

        return new(id, _season.Day(day), _season.Vehicles[vehicle].Id, stops[0].Arrives.AddMinutes(_season.Road.StopMinutes), stops.ToImmutable());
    }

    private static TimeOnly Time(int minutes) => new(minutes / 60, minutes % 60);

    private static int Start(Order order) => (order.StartTime.Hour * 60) + order.StartTime.Minute;

    // From leaving the first stop to arriving at the last.
    private int Ride(List<PlaceId> stops)
    {
        int minutes = (stops.Count - 2) * _season.Road.StopMinutes;
        for (int i = 1; i < stops.Count; i++)
        {
            minutes += Leg(stops[i - 1], stops[i]).Minutes;
        }

        return minutes;
    }
}
