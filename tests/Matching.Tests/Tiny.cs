using System.Collections.Immutable;
using Matching.Model;
using Matching.Plans;

namespace Matching.Tests;

/// <summary>
/// A valley small enough to keep in one's head. Villages <c>va</c>, <c>vb</c> lie in township <c>t1</c>, <c>vc</c> in <c>t2</c>,
/// both in county <c>co</c>. Order <c>o1</c> at site <c>s1</c> is worked by commuters, order <c>o2</c> at site <c>s2</c> by
/// lodgers. Every way has its row, so every figure can be worked out by hand.
/// </summary>
internal static class Tiny
{
    /// <summary>Season day 0 is Wednesday 2026-06-10; there are 14.</summary>
    public static DateOnly Day(int number) => new DateOnly(2026, 6, 10).AddDays(number);

    public static Season Season() => new()
    {
        Name = "Tiny",
        Start = Day(0),
        End = Day(13),
        Places =
        [
            PlaceOf("co", PlaceKind.County, null), PlaceOf("t1", PlaceKind.Township, "co"), PlaceOf("t2", PlaceKind.Township, "co"),
            PlaceOf("va", PlaceKind.Village, "t1"), PlaceOf("vb", PlaceKind.Village, "t1"), PlaceOf("vc", PlaceKind.Village, "t2"),
            PlaceOf("s1", PlaceKind.Site, "t1"), PlaceOf("s2", PlaceKind.Site, "t2"), PlaceOf("dp", PlaceKind.Depot, null),
        ],
        Travel =
        [
            .. Way("dp", "va", 10, 8m), .. Way("dp", "vb", 15, 12m), .. Way("dp", "vc", 30, 25m), .. Way("dp", "s1", 25, 20m),
            .. Way("dp", "s2", 40, 35m), .. Way("va", "vb", 10, 7.5m), .. Way("va", "vc", 30, 24m), .. Way("va", "s1", 25, 20m),
            .. Way("va", "s2", 40, 33m), .. Way("vb", "vc", 25, 20m), .. Way("vb", "s1", 20, 15.25m), .. Way("vb", "s2", 35, 30m),
            .. Way("vc", "s1", 40, 32m), .. Way("vc", "s2", 15, 10m), .. Way("s1", "s2", 30, 26m),
        ],
        Workers =
        [
            WorkerOf("a1", "va", "k1"), WorkerOf("a2", "va", "k1"), WorkerOf("a3", "va", "k2"), WorkerOf("a4", "va", "k2"),
            WorkerOf("b1", "vb", "k1"), WorkerOf("b2", "vb", null), WorkerOf("c9", "vc", null),
        ],
        Brokers = [BrokerOf("k1", "t1"), BrokerOf("k2", "co"), BrokerOf("k3", "co")],
        Sites = [new Site(new("s1"), "Red Hill", 0, []), new Site(new("s2"), "Blue Lake", 4, [])],
        Orders = [OrderOf("o1", "s1", LodgingRule.No), OrderOf("o2", "s2", LodgingRule.Only)],
        Demand =
        [
            .. Enumerable.Range(0, 5).Select(d => new DailyDemand(new("o1"), Day(d), 2, 4)),
            .. Enumerable.Range(0, 5).Select(d => new DailyDemand(new("o2"), Day(d), 1, 3)),
        ],
        Vehicles = [VehicleOf("v1"), VehicleOf("v2")],
    };

    /// <summary>
    /// A legal plan. Crew <c>c1</c> of broker k1 commutes to o1 on days 0 and 1 with a1, a2 and b1; crew <c>c2</c> of broker k2
    /// lodges at o2 on days 0 to 2: a3 works on 0 and 2 and rests on 1, a4 works on 1 and 2.
    /// </summary>
    public static Plan Plan() => Carried(new Plan
    {
        Crews =
        [
            new Crew(new("c1"), new("k1"), new("o1"), Day(0), Day(1), CrewMode.Commute),
            new Crew(new("c2"), new("k2"), new("o2"), Day(0), Day(2), CrewMode.Lodge),
        ],
        WorkerDays =
        [
            Works(0, "c1", "a1"), Works(0, "c1", "a2"), Works(0, "c1", "b1"),
            Works(1, "c1", "a1"), Works(1, "c1", "a2"), Works(1, "c1", "b1"),
            Works(0, "c2", "a3"), Works(1, "c2", "a4"), Works(2, "c2", "a3"), Works(2, "c2", "a4"),
        ],
    });

    public static WorkerDay Works(int day, string crew, string worker) => new(Day(day), new(crew), new(worker));

    /// <summary>
    /// The plan with vehicle v1 bringing the members of c1 from va and vb to s1 on each of their days: va 05:27, leaving 05:30;
    /// vb 05:40, leaving 05:43; s1 06:03.
    /// </summary>
    public static Plan Carried(Plan plan) => plan with
    {
        Trips =
        [
            .. plan.WorkerDays.Where(r => r.Crew.Value == "c1").Distinct().GroupBy(r => r.Date).Select(day => TripOf(
                "trip-" + (day.Key.DayNumber - Day(0).DayNumber), day.Key.DayNumber - Day(0).DayNumber, "v1", "05:30",
                Stop(1, "va", "05:27", ("c1", "va", day.Count(r => r.Worker.Value[0] == 'a'), 0)),
                Stop(2, "vb", "05:40", ("c1", "vb", day.Count(r => r.Worker.Value[0] == 'b'), 0)),
                Stop(3, "s1", "06:03",
                    ("c1", "va", 0, day.Count(r => r.Worker.Value[0] == 'a')), ("c1", "vb", 0, day.Count(r => r.Worker.Value[0] == 'b'))))),
        ],
    };

    public static Trip TripOf(string id, int day, string vehicle, string departs, params TripStop[] stops) =>
        new(new(id), Day(day), new(vehicle), At(departs), [.. stops]);

    public static TripStop Stop(
        int seq, string place, string arrives, params (string Crew, string Village, int Board, int Alight)[] groups) =>
        new(seq, new(place), At(arrives), [.. groups.Select(g => new StopGroup(new(g.Crew), new(g.Village), g.Board, g.Alight))]);

    public static TimeOnly At(string time) =>
        TimeOnly.ParseExact(time, "HH:mm", System.Globalization.CultureInfo.InvariantCulture);

    public static Place PlaceOf(string id, PlaceKind kind, string? parent) =>
        new(new(id), id, kind, parent is null ? null : new PlaceId(parent), null, null);

    public static Worker WorkerOf(string id, string village, string? broker) => new()
    {
        Id = new(id),
        Name = id,
        Village = new(village),
        BirthDate = new(1980, 1, 1),
        Broker = broker is null ? null : new BrokerId(broker),
        LodgingOk = true,
        Skills = [new SkillLevel(new("picking"), 3)],
    };

    public static Broker BrokerOf(string id, string area) => new()
    {
        Id = new(id),
        Name = id,
        Area = new(area),
        CertificateUntil = Day(100),
        CrewMin = 1,
        CrewMax = 8,
        DailyFee = 50m,
    };

    public static Order OrderOf(string id, string site, LodgingRule lodging) => new()
    {
        Id = new(id),
        Site = new(site),
        Skill = new("picking"),
        MinLevel = 2,
        DailyWage = 130m,
        StartTime = new(7, 0),
        Hours = 8m,
        CrewMin = 1,
        CrewMax = 6,
        ValueRequired = 100m,
        ValueTarget = 60m,
        Lodging = lodging,
    };

    public static Vehicle VehicleOf(string id) =>
        new() { Id = new(id), Depot = new("dp"), Seats = 10, CostPerDay = 200m, CostPerKm = 1.5m };

    private static TravelLeg[] Way(string a, string b, int minutes, decimal km) =>
        [new(new(a), new(b), minutes, km), new(new(b), new(a), minutes, km)];
}

/// <summary>Changes of one row of a season or a plan.</summary>
internal static class TinyChanges
{
    public static Season WithWorker(this Season season, string id, Func<Worker, Worker> change) =>
        season with { Workers = [.. season.Workers.Select(w => w.Id.Value == id ? change(w) : w)] };

    public static Season WithBroker(this Season season, string id, Func<Broker, Broker> change) =>
        season with { Brokers = [.. season.Brokers.Select(b => b.Id.Value == id ? change(b) : b)] };

    public static Season WithOrder(this Season season, string id, Func<Order, Order> change) =>
        season with { Orders = [.. season.Orders.Select(o => o.Id.Value == id ? change(o) : o)] };

    public static Season WithSite(this Season season, string id, Func<Site, Site> change) =>
        season with { Sites = [.. season.Sites.Select(s => s.Id.Value == id ? change(s) : s)] };

    public static Season WithVehicle(this Season season, string id, Func<Vehicle, Vehicle> change) =>
        season with { Vehicles = [.. season.Vehicles.Select(v => v.Id.Value == id ? change(v) : v)] };

    public static Season WithDemand(this Season season, string order, int day, int required, int target) => season with
    {
        Demand =
        [
            .. season.Demand.Where(d => d.Order.Value != order || d.Date != Tiny.Day(day)),
            new DailyDemand(new(order), Tiny.Day(day), required, target),
        ],
    };

    public static Season WithAbsence(this Season season, AbsenceKind kind, string subject, int from, int to) =>
        season with { Absences = season.Absences.Add(new Absence(kind, subject, new(Tiny.Day(from), Tiny.Day(to)), null)) };

    public static Season WithDuty(this Season season, string household, int keepHome, int from, int to, string? group = null) =>
        season with
        {
            HouseholdDuties = season.HouseholdDuties.Add(new HouseholdDuty(
                new(household), keepHome, new(Tiny.Day(from), Tiny.Day(to)), group is null ? null : new MutualHelpGroupId(group))),
        };

    public static Season WithHousehold(this Season season, string household, params string[] members) => season with
    {
        Workers =
        [
            .. season.Workers.Select(w => members.Contains(w.Id.Value) ? w with { Household = new HouseholdId(household) } : w),
        ],
    };

    public static Season WithPair(this Season season, string a, string b, PairKind kind) =>
        season with { Pairs = season.Pairs.Add(new WorkerPair(new(a), new(b), kind)) };

    public static Plan WithCrew(this Plan plan, string id, Func<Crew, Crew> change) =>
        plan with { Crews = [.. plan.Crews.Select(c => c.Id.Value == id ? change(c) : c)] };

    public static Plan With(this Plan plan, Crew crew) => plan with { Crews = plan.Crews.Add(crew) };

    public static Plan With(this Plan plan, Trip trip) => plan with { Trips = plan.Trips.Add(trip) };

    public static Plan WithTrip(this Plan plan, string id, Func<Trip, Trip> change) =>
        plan with { Trips = [.. plan.Trips.Select(t => t.Id.Value == id ? change(t) : t)] };

    public static Plan WithoutTrip(this Plan plan, string id) =>
        plan with { Trips = [.. plan.Trips.Where(t => t.Id.Value != id)] };

    /// <summary>The plan with more worker-days; the trips of c1 carry its new members.</summary>
    public static Plan WithWork(this Plan plan, params WorkerDay[] rows) =>
        Tiny.Carried(plan with { WorkerDays = plan.WorkerDays.AddRange(rows) });

    /// <summary>The plan without some worker-days; the trips of c1 carry those who are left.</summary>
    public static Plan WithoutWork(this Plan plan, params WorkerDay[] rows) =>
        Tiny.Carried(plan with { WorkerDays = [.. plan.WorkerDays.Where(r => !rows.Contains(r))] });

    public static TripStop WithPlace(this TripStop stop, string place) => stop with { Place = new PlaceId(place) };
}
