using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Matching.Model;
using Matching.Plans;

namespace Matching.Tests;

/// <summary>A season with a plan for it, which may break any rule.</summary>
public sealed record SeasonAndPlan(int Seed, Season Season, Plan Plan)
{
    public override string ToString() => $"seed {Seed}";
}

/// <summary>Random seasons and plans of the tiny valley; name this class in <c>[Property(Arbitrary = ...)]</c>.</summary>
public static class Arbitraries
{
    private static readonly string[] Villages = ["va", "vb", "vc"];
    private static readonly string[] Places = ["va", "vb", "vc", "s1", "s2"];

    public static Arbitrary<SeasonAndPlan> SeasonsAndPlans() =>
        Gen.Choose(0, int.MaxValue - 1).Select(Draw).ToArbitrary();

    public static SeasonAndPlan Draw(int seed)
    {
        var random = new Random(seed);
        Season season = DrawSeason(random);
        return new SeasonAndPlan(seed, season, DrawPlan(random, season));
    }

    public static Season DrawSeason(Random random)
    {
        Season season = Tiny.Season();
        return season with
        {
            Work = new WorkSettings { MaxConsecutiveDays = random.Next(1, 5), MaxHoursPer7Days = random.Next(8, 40) },
            Transport = new TransportSettings
            {
                MaxRideMinutes = random.Next(30, 100),
                EarliestDeparture = new(random.Next(4, 6), 0),
                MaxDriveMinutesPerDay = random.Next(60, 400),
            },
            Workers = [.. season.Workers.Select(w => DrawWorker(random, w))],
            HouseholdDuties =
            [
                .. Some(random, "h1", "h2", "h3").Select(h => new HouseholdDuty(
                    new(h), random.Next(0, 3), DrawWindow(random), random.Next(2) == 0 ? null : new MutualHelpGroupId("g"))),
            ],
            Pairs = [new(new("a1"), new("a2"), (PairKind)random.Next(3)), new(new("a3"), new("b1"), (PairKind)random.Next(3))],
            Refusals = random.Next(3) == 0 ? [new Refusal(new("a1"), new(random.Next(2) == 0 ? "s1" : "s2"))] : [],
            Brokers = [.. season.Brokers.Select(b => DrawBroker(random, b))],
            Sites = [.. season.Sites.Select(s => s with { Beds = random.Next(0, 5) })],
            Orders = [.. season.Orders.Select(o => DrawOrder(random, o))],
            Demand =
            [
                .. season.Demand.Where(_ => random.Next(5) > 0)
                    .Select(d => d with { Required = random.Next(0, 2), Target = random.Next(1, 6) }),
            ],
            Rounds = random.Next(2) == 0
                ? [new PickingRound(new("o1"), Tiny.Day(random.Next(-3, 2)), Tiny.Day(random.Next(2, 4)), random.Next(1, 12), random.Next(0, 9) / 8m)]
                : [],
            Agreements =
            [
                new(new("g1"), "va", SupplierKind.Place, "t1", BuyerKind.Place, DrawWindow(random), 3, random.Next(3, 8), 7.25m),
                new(new("g2"), "k2", SupplierKind.Broker, "Blue Lake", BuyerKind.Employer, DrawWindow(random), 4, null, 1.01m),
            ],
            Vehicles = [.. season.Vehicles.Select(v => v with { Seats = random.Next(2, 9), Availability = DrawWindow(random) })],
            Absences =
            [
                .. Enumerable.Range(0, random.Next(3)).Select(_ => DrawAbsence(random)),
            ],
            Pins = random.Next(3) == 0 ? [new Pin(Tiny.Day(random.Next(0, 3)), new("k1"), new("o1"), new("a1"))] : [],
        };
    }

    private static Worker DrawWorker(Random random, Worker worker) => worker with
    {
        BirthDate = random.Next(5) == 0 ? Tiny.Day(random.Next(-2, 3)).AddYears(-random.Next(16, 19)) : worker.BirthDate,
        Broker = random.Next(4) == 0 ? null : new BrokerId("k" + random.Next(1, 4)),
        Household = random.Next(3) == 0 ? null : new HouseholdId("h" + random.Next(1, 4)),
        MinDailyWage = random.Next(4) == 0 ? random.Next(125, 136) : null,
        MaxDays = random.Next(3) == 0 ? random.Next(1, 4) : null,
        TargetDays = random.Next(0, 6),
        TargetWeight = random.Next(0, 1000) / 1000m,
        LodgingOk = random.Next(5) > 0,
        Tags = random.Next(2) == 0 ? ["driver"] : [],
        Needs = random.Next(6) == 0 ? ["halal-canteen"] : [],
        Skills = [new SkillLevel(new("picking"), random.Next(1, 6))],
        Availability = random.Next(3) == 0 ? [DrawWindow(random), DrawWindow(random)] : [],
    };

    private static Broker DrawBroker(Random random, Broker broker) => broker with
    {
        Area = new(random.Next(3) == 0 ? "t1" : "co"),
        CertificateUntil = random.Next(6) == 0 ? null : Tiny.Day(random.Next(0, 9)),
        CrewMin = random.Next(1, 3),
        CrewMax = random.Next(3, 6),
        DailyFee = random.Next(0, 10000) / 100m,
        Availability = DrawWindow(random),
    };

    private static Order DrawOrder(Random random, Order order) => order with
    {
        MinLevel = random.Next(1, 3),
        StartTime = new(random.Next(6, 8), random.Next(60)),
        Hours = random.Next(4, 40) / 4m,
        CrewMin = random.Next(1, 3),
        CrewMax = random.Next(2, 6),
        ValueRequired = 100m + (random.Next(0, 1000) / 100m),
        ValueTarget = random.Next(0, 10000) / 100m,
        ExperiencedLevel = random.Next(2) == 0 ? null : random.Next(2, 6),
        ExperiencedShare = random.Next(2) == 0 ? null : random.Next(0, 5) / 4m,
        Needs = random.Next(5) == 0 ? ["driver"] : [],
        AdultOnly = random.Next(3) == 0,
        Lodging = (LodgingRule)random.Next(3),
    };

    private static DayWindow DrawWindow(Random random) => new(
        random.Next(2) == 0 ? null : Tiny.Day(random.Next(-2, 3)), random.Next(2) == 0 ? null : Tiny.Day(random.Next(3, 16)));

    private static Absence DrawAbsence(Random random)
    {
        var kind = (AbsenceKind)random.Next(4);
        string[] subjects = kind switch
        {
            AbsenceKind.Worker => ["a1", "a2", "b1"],
            AbsenceKind.Broker => ["k1", "k2", "k3"],
            AbsenceKind.Vehicle => ["v1", "v2"],
            _ => ["s1", "s2"],
        };
        int from = random.Next(-1, 5);
        return new Absence(kind, Pick(random, subjects), new(Tiny.Day(from), Tiny.Day(from + random.Next(3))), null);
    }

    private static Plan DrawPlan(Random random, Season season)
    {
        ImmutableArray<Crew> crews = [.. Enumerable.Range(1, random.Next(1, 5)).Select(i => DrawCrew(random, i))];
        var rows = new List<WorkerDay>();
        foreach (Crew crew in crews)
        {
            foreach (string worker in Some(random, "a1", "a2", "a3", "a4", "b1", "b2", "c9"))
            {
                for (int day = crew.From.DayNumber; day <= crew.To.DayNumber; day++)
                {
                    if (random.Next(6) > 0)
                    {
                        rows.Add(new WorkerDay(DateOnly.FromDayNumber(day), crew.Id, new(worker)));
                    }
                }
            }
        }

        for (int i = random.Next(3); i > 0 && rows.Count > 0; i--)
        {
            WorkerDay row = rows[random.Next(rows.Count)];
            rows.Add(random.Next(2) == 0 ? row : row with { Date = row.Date.AddDays(random.Next(-2, 3)) });
        }

        var plan = new Plan { Crews = crews, WorkerDays = [.. rows] };
        return plan with { Trips = DrawTrips(random, season, plan) };
    }

    private static Crew DrawCrew(Random random, int number)
    {
        int from = random.Next(10) == 0 ? -1 : random.Next(0, 4);
        int to = random.Next(15) == 0 ? from - 1 : from + random.Next(0, 5);
        return new Crew(
            new("crew" + number), new("k" + random.Next(1, 4)), new("o" + random.Next(1, 3)), Tiny.Day(from), Tiny.Day(to),
            (CrewMode)random.Next(2));
    }

    private static ImmutableArray<Trip> DrawTrips(Random random, Season season, Plan plan)
    {
        var trips = new List<Trip>();
        foreach (var work in plan.WorkerDays.GroupBy(r => (r.Date, r.Crew)))
        {
            Crew crew = plan.Crews.Single(c => c.Id == work.Key.Crew);
            if (random.Next(6) == 0 || (crew.Mode == CrewMode.Lodge && random.Next(6) > 0))
            {
                continue;
            }

            List<(string Place, StopGroup[] Groups)> calls = [];
            foreach (string village in Villages)
            {
                int members = work.Count(r => season.WorkerById[r.Worker].Village.Value == village) + (random.Next(20) == 0 ? 1 : 0);
                if (members > 0)
                {
                    calls.Add((village, [new StopGroup(crew.Id, new(village), members, 0)]));
                }
            }

            string site = season.OrderById[crew.Order].Site.Value;
            StopGroup[] off = [.. calls.SelectMany(c => c.Groups).Select(g => g with { Board = 0, Alight = random.Next(20) == 0 ? 0 : g.Board })];
            calls.Add((random.Next(20) == 0 ? Pick(random, Places) : site, off));
            trips.Add(Timed(random, season, $"trip{trips.Count}", work.Key.Date, calls));
        }

        return [.. trips];
    }

    private static Trip Timed(
        Random random, Season season, string id, DateOnly date, List<(string Place, StopGroup[] Groups)> calls)
    {
        TimeOnly departs = new(random.Next(4, 6), random.Next(60));
        TimeOnly arrives = departs.AddMinutes(-season.Road.StopMinutes);
        var stops = new List<TripStop>();
        for (int i = 0; i < calls.Count; i++)
        {
            if (i > 0)
            {
                arrives = arrives.AddMinutes(
                    season.Road.StopMinutes + season.TravelTable.Minutes(new(calls[i - 1].Place), new(calls[i].Place))
                    + (random.Next(30) == 0 ? 1 : 0));
            }

            stops.Add(new TripStop((i + 1) * 10, new(calls[i].Place), arrives, [.. calls[i].Groups]));
        }

        return new Trip(new(id), date, new("v" + random.Next(1, 3)), departs, [.. stops]);
    }

    private static string Pick(Random random, string[] items) => items[random.Next(items.Length)];

    private static List<string> Some(Random random, params string[] items) => [.. items.Where(_ => random.Next(2) == 0)];
}
