using System.Collections.Immutable;
using Matching.Model;
using Matching.Plans;
using Matching.Search;

namespace Matching.Tests.Reporting;

/// <summary>
/// Seasons with plans that look like real ones, made without a planner: enough structure for the outputs to show, no claim
/// that every rule of the contract holds.
/// </summary>
internal static class ReportSamples
{
    private const string Surnames = "王李张马杨赵陈刘黄周吴徐孙胡朱高林何郭罗";
    private const string Given = "秀英伟芳敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂玉梅建华国文";

    /// <summary>Names that would do harm on a page or in a spreadsheet if they were taken for more than text.</summary>
    public static readonly ImmutableArray<string> HostileNames =
    [
        "<script>alert(1)</script>", "</script><script>alert(2)</script>", "<!--", "<img src=x onerror=alert(3)>",
        "=cmd|' /C calc'!A0", "+1+1", "-2", "@SUM(A1)", "\"quoted\" & 'single'", "_x0041_", "line\nbreak", "\u2028sep", "{{data}}",
    ];

    /// <summary>The size of a sample.</summary>
    internal sealed record Size(int Villages, int Workers, int Brokers, int Sites, int Orders, int Days, int Vehicles, int CrewSize);

    public static Size Small { get; } = new(6, 60, 5, 3, 4, 14, 6, 8);

    public static Size Village { get; } = new(10, 250, 10, 5, 6, 30, 10, 15);

    public static Size Town { get; } = new(24, 900, 30, 10, 16, 60, 30, 22);

    /// <summary>The county the outputs are built for.</summary>
    public static Size County { get; } = new(256, 20_000, 600, 90, 150, 90, 400, 27);

    /// <summary>A season and a plan of it. Hostile names, when asked for, go round workers, brokers, places and employers.</summary>
    public static (Season Season, PlanResult Result) Make(Size size, int seed = 1, bool hostile = false)
    {
        Random random = new(seed);
        string Named(string name, int position) => hostile ? HostileNames[position % HostileNames.Length] : name;

        List<Place> places = [new(new("C"), Named("中宁县", 0), PlaceKind.County, null, null, null)];
        int townships = Math.Max(1, size.Villages / 8);
        for (int i = 0; i < townships; i++)
        {
            places.Add(new(new($"T{i:00}"), Named($"第{i + 1}乡", i), PlaceKind.Township, new("C"), null, null));
        }

        double Near(double middle, double spread) => middle + ((random.NextDouble() + random.NextDouble() - 1) * spread);
        for (int i = 0; i < size.Villages; i++)
        {
            places.Add(new(new($"V{i:000}"), Named($"{Surnames[i % Surnames.Length]}家{"庄堡滩营"[i % 4]}{(i < 20 ? "" : $"{i}")}", i),
                PlaceKind.Village, new($"T{i % townships:00}"), Near(37.45, 0.3), Near(105.7, 0.4)));
        }

        for (int i = 0; i < size.Sites; i++)
        {
            places.Add(new(new($"S{i:00}"), Named($"枸杞园{i + 1}号", i), PlaceKind.Site, new("C"), Near(37.5, 0.25), Near(105.75, 0.35)));
        }

        places.Add(new(new("D0"), Named("城关车场", 1), PlaceKind.Depot, new("C"), 37.49, 105.68));

        Worker[] workers = [.. Enumerable.Range(0, size.Workers).Select(i => new Worker
        {
            Id = new($"W{i:00000}"),
            Name = Named($"{Surnames[random.Next(Surnames.Length)]}{Given[random.Next(Given.Length)]}{Given[random.Next(Given.Length)]}", i),
            Village = new($"V{((i % size.Brokers) + (i / size.Brokers % 4)) % size.Villages:000}"),
            BirthDate = new(1960 + random.Next(40), 1 + random.Next(12), 1 + random.Next(28)),
            Broker = new BrokerId($"B{i % size.Brokers:000}"),
            TargetDays = random.Next(3) == 0 ? 30 : 0,
            TargetWeight = 2m,
        })];
        Broker[] brokers = [.. Enumerable.Range(0, size.Brokers).Select(i => new Broker
        {
            Id = new($"B{i:000}"),
            Name = Named($"{Surnames[random.Next(Surnames.Length)]}{Given[random.Next(Given.Length)]}", i),
            Area = new("C"),
            CertificateUntil = new DateOnly(2026, 12, 31),
            CrewMin = 2,
            CrewMax = 40,
            DailyFee = 180m,
        })];
        Site[] sites = [.. Enumerable.Range(0, size.Sites).Select(i => new Site(new($"S{i:00}"), Named($"宁杞合作社{(i / 2) + 1}", i), i % 5 == 0 ? 40 : 0, []))];
        DateOnly start = new(2026, 6, 10);
        Order[] orders = [.. Enumerable.Range(0, size.Orders).Select(i => new Order
        {
            Id = new($"O{i:000}"),
            Site = new($"S{i % size.Sites:00}"),
            Skill = new(i % 3 == 2 ? "pruning" : "picking"),
            MinLevel = 1,
            DailyWage = 150m + (10 * (i % 5)),
            StartTime = new(7, 0),
            Hours = 8,
            CrewMin = 2,
            CrewMax = 40,
            ValueRequired = 260m,
            ValueTarget = 220m,
            Lodging = i % size.Sites % 5 == 0 ? LodgingRule.Allowed : LodgingRule.No,
        })];

        List<DailyDemand> demand = [];
        double perOrder = (double)size.Brokers * size.CrewSize / size.Orders;
        for (int o = 0; o < size.Orders; o++)
        {
            double phase = random.NextDouble() * 6;
            for (int d = 0; d < size.Days; d++)
            {
                double wave = perOrder * (0.75 + (0.65 * Math.Sin((d / 9.0) + phase)));
                if (wave > 1)
                {
                    demand.Add(new(orders[o].Id, start.AddDays(d), (int)(wave * 0.7), (int)wave));
                }
            }
        }

        Season season = new()
        {
            Name = hostile ? HostileNames[1] : "中宁枸杞 2026",
            Start = start,
            End = start.AddDays(size.Days - 1),
            Places = [.. places],
            Workers = [.. workers],
            Brokers = [.. brokers],
            Sites = [.. sites],
            Orders = [.. orders],
            Demand = [.. demand],
            Vehicles = [.. Enumerable.Range(0, size.Vehicles).Select(i => new Vehicle
            {
                Id = new($"VH{i:000}"),
                Depot = new("D0"),
                Seats = 20 + (i % 3 * 10),
                CostPerDay = 300m,
                CostPerKm = 2.2m,
            })],
            Absences = [new(AbsenceKind.Site, "S00", new(start.AddDays(5), start.AddDays(6)), "storm")],
        };
        return (season, Result(season, Assign(season, size, random)));
    }

    /// <summary>Each broker leads one crew after another at an order that still wants people; members rest every seventh day.</summary>
    private static Plan Assign(Season season, Size size, Random random)
    {
        int[,] open = new int[size.Orders, size.Days];
        foreach (DailyDemand demand in season.Demand)
        {
            open[season.OrderById[demand.Order].Id.Value is { } id ? int.Parse(id[1..], System.Globalization.CultureInfo.InvariantCulture) : 0, season.DayIndex(demand.Date)] = demand.Target;
        }

        List<Crew> crews = [];
        List<WorkerDay> days = [];
        List<Trip> trips = [];
        int[] tripsOfDay = new int[size.Days];
        for (int b = 0; b < size.Brokers; b++)
        {
            Worker[] people = [.. Enumerable.Range(0, size.Workers).Where(i => i % size.Brokers == b).Select(i => season.Workers[i])];
            for (int from = b % 4; from < size.Days;)
            {
                int to = Math.Min(size.Days - 1, from + 5 + random.Next(8));
                int order = Enumerable.Range(0, size.Orders).MaxBy(o => Enumerable.Range(from, to - from + 1).Min(d => open[o, d]));
                int free = Enumerable.Range(from, to - from + 1).Min(d => open[order, d]);
                int members = Math.Min(free, Math.Min(size.CrewSize, people.Length));
                if (members < 2)
                {
                    from += 3;
                    continue;
                }

                bool lodge = season.Orders[order].Lodging == LodgingRule.Allowed && random.Next(3) == 0;
                Crew crew = new(new($"K{crews.Count:00000}"), season.Brokers[b].Id, season.Orders[order].Id,
                    season.Day(from), season.Day(to), lodge ? CrewMode.Lodge : CrewMode.Commute);
                crews.Add(crew);
                for (int d = from; d <= to; d++)
                {
                    Worker[] going = [.. people.Where((_, i) => (i + d) % 7 != 0).Take(members)];
                    open[order, d] -= going.Length;
                    days.AddRange(going.Select(w => new WorkerDay(season.Day(d), crew.Id, w.Id)));
                    if (!lodge && tripsOfDay[d] < size.Vehicles)
                    {
                        trips.Add(Ride(season, crew, order, d, going, $"VH{tripsOfDay[d]++:000}", trips.Count));
                    }
                }

                from = to + 1 + random.Next(3);
            }
        }

        return new Plan { Crews = [.. crews], WorkerDays = [.. days], Trips = [.. trips] };
    }

    private static Trip Ride(Season season, Crew crew, int order, int day, Worker[] going, string vehicle, int number)
    {
        TimeOnly at = new(5, 10);
        TimeOnly departs = at.AddMinutes(3);
        List<TripStop> stops = [];
        PlaceId? last = null;
        IGrouping<PlaceId, Worker>[] villages = [.. going.GroupBy(w => w.Village)];
        foreach (IGrouping<PlaceId, Worker> village in villages)
        {
            at = last is { } from ? at.AddMinutes(3 + season.TravelTable.Minutes(from, village.Key)) : at;
            stops.Add(new(stops.Count + 1, village.Key, at, [new(crew.Id, village.Key, village.Count(), 0)]));
            last = village.Key;
        }

        PlaceId site = season.Orders[order].Site;
        at = at.AddMinutes(3 + season.TravelTable.Minutes(last!.Value, site));
        stops.Add(new(stops.Count + 1, site, at, [.. villages.Select(v => new StopGroup(crew.Id, v.Key, 0, v.Count()))]));
        return new Trip(new($"R{number:000000}"), season.Day(day), new(vehicle), departs, [.. stops]);
    }

    private static PlanResult Result(Season season, Plan plan)
    {
        int[] filled = new int[season.Orders.Length * season.DayCount];
        Dictionary<CrewId, Crew> crews = plan.Crews.ToDictionary(c => c.Id);
        Dictionary<(OrderId, DateOnly), int> counts = plan.WorkerDays.CountBy(w => (crews[w.Crew].Order, w.Date)).ToDictionary();
        List<Shortage> shortages = [];
        decimal required = 0;
        decimal target = 0;
        foreach (DailyDemand demand in season.Demand)
        {
            int got = counts.GetValueOrDefault((demand.Order, demand.Date));
            required += 260m * Math.Min(got, demand.Required);
            target += 220m * Math.Max(0, Math.Min(got, demand.Target) - demand.Required);
            if (got < demand.Target)
            {
                shortages.Add(new(demand.Order, demand.Date, demand.Required, demand.Target, got));
            }
        }

        Worth worth = new(
            required, target, -plan.Trips.Length * 430m, -plan.Crews.Count(c => c.Mode == CrewMode.Lodge) * 320m,
            -plan.Crews.Sum(c => 180m * (c.To.DayNumber - c.From.DayNumber + 1)), -plan.Crews.Length * 120m,
            -plan.Crews.Length * 5m * 20, -plan.WorkerDays.Length / 10 * 8m, -2400m, -season.Workers.Length * 6.5m);
        decimal bound = Math.Round(worth.NetValue * 1.0312m, 2);
        Plan full = plan with
        {
            Shortages = [.. shortages],
            Facts = new PlanFacts
            {
                Worth = worth,
                UpperBound = bound,
                Gap = Worth.GapOf(bound, worth.NetValue),
                Seed = 1,
                Seconds = 118.4,
                Settings = new Dictionary<string, string> { ["seconds"] = "120", ["threads"] = "2" }.ToImmutableSortedDictionary(),
                Versions = new Dictionary<string, string> { ["matching"] = "0.1.0", ["ortools"] = "9.15" }.ToImmutableSortedDictionary(),
            },
        };
        List<PlanProgress> trace = [new("flow", null, null, 0.1), new("flow", null, bound * 1.04m, 2.2)];
        for (int i = 0; i < 60; i++)
        {
            decimal share = 1m - (0.22m * (decimal)Math.Exp(-i / 14.0));
            trace.Add(new(i < 12 ? "crews" : i < 30 ? "trips" : "improve", worth.NetValue * share, i < 25 ? bound * 1.04m : bound * 1.002m, 3 + (i * 1.9)));
        }

        trace.Add(new("improve", worth.NetValue, bound, 118.2));
        return new PlanResult(full, StopReason.TimeLimit, [.. trace], [],
            [.. shortages.Select((s, i) => new ShortageReason(s, (BindingReason)(i % 5), 260m * (s.Target - s.Filled)))
                .OrderByDescending(r => r.LostValue)]);
    }
}
