using System.Collections.Immutable;
using Matching.Model;
using Matching.Planning.Exact;
using Matching.Rules;

namespace Matching.SeasonSuite;

/// <summary>
/// Draws tiny seasons that use every feature of the contract, with values and costs close enough that the best plan is
/// seldom empty and seldom everything. The same seed gives the same season.
/// </summary>
internal sealed class TinySeasons
{
    private const int MostMornings = 400;

    private static readonly PlaceId County = new("county");
    private static readonly PlaceId[] Townships = [new("town1"), new("town2")];
    private static readonly Skill[] Skills = [new("picking"), new("pruning")];
    private static readonly DateOnly[] Starts = [new(2026, 6, 10), new(2026, 7, 1), new(2028, 2, 27)];

    private readonly Random _random;
    private readonly DateOnly _start;
    private readonly int _days;
    private readonly ImmutableArray<Place> _places;
    private readonly ImmutableArray<PlaceId> _villages;
    private readonly ImmutableArray<PlaceId> _sites;
    private readonly ImmutableArray<PlaceId> _depots;

    private TinySeasons(int seed)
    {
        _random = new Random(seed);
        _start = Pick(Starts);
        _days = Pick([2, 3, 3, 4]);
        _villages = Named("village", Pick([1, 2, 2, 3]));
        _sites = Named("site", Pick([1, 1, 2]));
        _depots = Named("depot", Pick([1, 1, 1, 2]));
        _places =
        [
            new(County, "County", PlaceKind.County, null, null, null),
            .. Townships.Select(t => new Place(t, t.Value, PlaceKind.Township, County, null, null)),
            .. _villages.Select(v => At(v, PlaceKind.Village, Chance(0.9) ? Pick(Townships) : null)),
            .. _sites.Select(s => At(s, PlaceKind.Site, Chance(0.8) ? Pick(Townships) : null)),
            .. _depots.Select(d => At(d, PlaceKind.Depot, null)),
        ];
    }

    /// <summary>The season of a seed.</summary>
    /// <param name="seed">Any number.</param>
    public static Season Draw(int seed)
    {
        // Places close together allow thousands of mornings, which only cost time: such maps are drawn again.
        for (int attempt = 0; ; attempt++)
        {
            Season season = new TinySeasons(unchecked((seed * 7919) + attempt)).Draw($"Tiny {seed}");
            ExactTransport transport = new(season, MostMornings);
            if (!transport.IsTooLarge && transport.ScheduleCount <= MostMornings)
            {
                return season;
            }
        }
    }

    private Season Draw(string name)
    {
        ImmutableArray<Broker> brokers = [.. Named("broker", Pick([1, 2, 2, 3])).Select(DrawBroker)];
        ImmutableArray<HouseholdId> households = [.. Named("household", _random.Next(0, 4)).Select(h => new HouseholdId(h.Value))];
        ImmutableArray<Worker> workers = [.. Named("worker", _random.Next(4, 9)).Select(w => DrawWorker(w.Value, households, brokers))];
        ImmutableArray<Order> orders = [.. Named("order", Pick([1, 2, 2, 3])).Select(DrawOrder)];
        ImmutableArray<Vehicle> vehicles = [.. Named("vehicle", Pick([1, 2, 2])).Select(DrawVehicle)];
        ImmutableArray<DailyDemand> demand = DrawDemand(orders);
        Season season = new()
        {
            Name = name,
            Start = _start,
            End = Day(_days - 1),
            Road = new() { StopMinutes = Pick([0, 2, 3]), Detour = Pick([1m, 1.3m]) },
            Transport = new()
            {
                EarliestDeparture = Pick([new TimeOnly(5, 0), new TimeOnly(5, 10)]),
                MaxRideMinutes = Pick([25, 35, 90]),
                MaxDriveMinutesPerDay = Pick([90, 140, 480]),
                CoachFarePerKm = Pick([0.35m, 0.5m, 1.25m]),
            },
            Work = new() { MaxConsecutiveDays = Pick([2, 3, 6]), MaxHoursPer7Days = Pick([17.5m, 24m, 52m]) },
            Costs = new() { EngagementStart = Pick([15m, 40m, 120m]), MemberJoin = Pick([5m, 12.5m]), OtherBroker = Pick([0m, 8m, 20m]) },
            Places = _places,
            Travel = DrawTravel(),
            Workers = workers,
            HouseholdDuties = DrawDuties(households),
            Pairs = DrawPairs(workers),
            Refusals = Chance(0.3) ? [new(Pick(workers).Id, Pick(_sites))] : [],
            Brokers = brokers,
            Sites = [.. _sites.Select((s, i) => new Site(s, Chance(0.5) ? "Red Berry" : $"Farm {i + 1}", _random.Next(0, 5), Chance(0.6) ? ["halal-canteen"] : []))],
            Orders = orders,
            Demand = demand,
            Rounds = DrawRounds(orders),
            Agreements = DrawAgreements(brokers),
            Vehicles = vehicles,
            Absences = DrawAbsences(workers, brokers, vehicles),
        };
        return season with { Pins = DrawPins(season) };
    }

    private Worker DrawWorker(string id, ImmutableArray<HouseholdId> households, ImmutableArray<Broker> brokers)
    {
        bool isPruner = Chance(0.5);
        bool isYoung = Chance(0.15);
        return new()
        {
            Id = new(id),
            Name = id,
            Village = Pick(_villages),
            // The young come of one of the two ages in the middle of the season, some of them on 29 February.
            BirthDate = isYoung ? Day(_random.Next(_days)).AddYears(-Pick([16, 18])) : new(1960 + _random.Next(44), _random.Next(1, 13), _random.Next(1, 29)),
            Household = households.Length > 0 && Chance(0.7) ? Pick(households) : null,
            Sex = Pick(["F", "M"]),
            Broker = Chance(0.7) ? Pick(brokers).Id : null,
            MinDailyWage = Chance(0.15) ? Pick([110m, 135m]) : null,
            MaxDays = Chance(0.15) ? _random.Next(1, _days + 1) : null,
            TargetDays = Chance(0.4) ? _random.Next(1, _days + 1) : 0,
            TargetWeight = Pick([0m, 12m, 30.125m, 55m]),
            LodgingOk = Chance(0.6),
            Tags = Chance(0.7) ? ["shears", "driver"] : [],
            Needs = Chance(0.15) ? ["halal-canteen"] : [],
            Skills = isPruner ? [new(Skills[0], _random.Next(2, 6)), new(Skills[1], _random.Next(2, 6))] : [new(Skills[0], _random.Next(2, 6))],
            Availability = Chance(0.15) ? [Window()] : [],
        };
    }

    private Broker DrawBroker(PlaceId id)
    {
        int least = Pick([1, 1, 1, 2, 3]);
        return new()
        {
            Id = new(id.Value),
            Name = id.Value,
            Area = Chance(0.65) ? County : Chance(0.6) ? Pick(Townships) : Pick(_villages),
            CertificateUntil = Chance(0.06) ? null : Chance(0.2) ? Day(_random.Next(_days)) : Day(_days + 30),
            CrewMin = least,
            CrewMax = least + _random.Next(0, 5),
            DailyFee = Pick([15m, 30m, 48.5m]),
            Availability = Chance(0.15) ? Window() : default,
        };
    }

    private Order DrawOrder(PlaceId id)
    {
        int least = Pick([1, 1, 2, 2, 3]);
        decimal value = Pick([90m, 130.5m, 180m, 240m]);
        bool asksExperience = Chance(0.25);
        return new()
        {
            Id = new(id.Value),
            Site = Pick(_sites),
            Skill = Chance(0.8) ? Skills[0] : Skills[1],
            MinLevel = Pick([1, 2, 2, 3]),
            DailyWage = Pick([105m, 120m, 140m]),
            StartTime = Pick([new TimeOnly(5, 50), new TimeOnly(6, 10)]),
            Hours = Pick([7m, 8m, 8.75m]),
            CrewMin = least,
            CrewMax = least + _random.Next(0, 5),
            ValueRequired = value,
            ValueTarget = Math.Round(value * Pick([0.4m, 0.75m, 1m]), 2),
            ExperiencedLevel = asksExperience ? _random.Next(2, 5) : null,
            ExperiencedShare = asksExperience ? Pick([0.25m, 0.334m, 0.5m]) : null,
            Needs = Chance(0.2) ? ["shears"] : [],
            AdultOnly = Chance(0.15),
            Lodging = Pick([LodgingRule.No, LodgingRule.No, LodgingRule.Allowed, LodgingRule.Allowed, LodgingRule.Only]),
        };
    }

    private Vehicle DrawVehicle(PlaceId id) => new()
    {
        Id = new(id.Value),
        Depot = Pick(_depots),
        Seats = Pick([2, 3, 4, 7]),
        CostPerDay = Pick([10m, 30m, 60m]),
        CostPerKm = Pick([0.4m, 0.8m, 1.5m]),
        Availability = Chance(0.1) ? Window() : default,
    };

    private ImmutableArray<DailyDemand> DrawDemand(ImmutableArray<Order> orders)
    {
        ImmutableArray<DailyDemand>.Builder demand = ImmutableArray.CreateBuilder<DailyDemand>();
        foreach (Order order in orders)
        {
            for (int day = 0; day < _days; day++)
            {
                if (Chance(0.85))
                {
                    int required = _random.Next(1, 5);
                    demand.Add(new(order.Id, Day(day), required, required + _random.Next(0, 4)));
                }
            }
        }

        return demand.ToImmutable();
    }

    private ImmutableArray<PickingRound> DrawRounds(ImmutableArray<Order> orders)
    {
        ImmutableArray<PickingRound>.Builder rounds = ImmutableArray.CreateBuilder<PickingRound>();
        foreach (Order order in orders.Where(_ => Chance(0.4)))
        {
            // Some rounds ripen before the season begins; their late days count all the same.
            int from = _random.Next(-1, _days);
            int to = _random.Next(Math.Max(from, 0), _days);
            rounds.Add(new(order.Id, Day(from), Day(to), _random.Next(1, 9), Pick([0m, 0.1m, 0.125m, 0.6m])));
            if (to + 1 < _days && Chance(0.4))
            {
                rounds.Add(new(order.Id, Day(to + 1), Day(_days), _random.Next(2, 6), 0.2m));
            }
        }

        return rounds.ToImmutable();
    }

    private ImmutableArray<HouseholdDuty> DrawDuties(ImmutableArray<HouseholdId> households)
    {
        MutualHelpGroupId? group = Chance(0.5) ? new("group1") : null;
        ImmutableArray<HouseholdDuty>.Builder duties = ImmutableArray.CreateBuilder<HouseholdDuty>();
        foreach (HouseholdId household in households)
        {
            int first = _random.Next(-1, _days);
            int last = _random.Next(Math.Max(first, 0), _days);
            duties.Add(new(household, _random.Next(0, 4), new(Chance(0.2) ? null : Day(first), Day(last)), Chance(0.6) ? group : null));
            if (Chance(0.3))
            {
                duties.Add(new(household, _random.Next(0, 2), new(Day(last + 1), null), Chance(0.5) ? group : null));
            }
        }

        return duties.ToImmutable();
    }

    private ImmutableArray<WorkerPair> DrawPairs(ImmutableArray<Worker> workers)
    {
        ImmutableArray<WorkerPair>.Builder pairs = ImmutableArray.CreateBuilder<WorkerPair>();
        for (int i = _random.Next(0, 4); i > 0; i--)
        {
            Worker a = Pick(workers);
            Worker b = Pick(workers);
            if (a != b)
            {
                pairs.Add(new(a.Id, b.Id, Pick([PairKind.Together, PairKind.SameSite, PairKind.Apart])));
            }
        }

        return pairs.ToImmutable();
    }

    private ImmutableArray<Agreement> DrawAgreements(ImmutableArray<Broker> brokers)
    {
        ImmutableArray<Agreement>.Builder agreements = ImmutableArray.CreateBuilder<Agreement>();
        for (int i = _random.Next(0, 3); i > 0; i--)
        {
            (string supplier, SupplierKind supplierKind) = Pick<(string, SupplierKind)>(
            [
                (Pick(_villages).Value, SupplierKind.Place), (Pick(Townships).Value, SupplierKind.Place), (Pick(brokers).Id.Value, SupplierKind.Broker),
            ]);
            (string buyer, BuyerKind buyerKind) = Pick<(string, BuyerKind)>(
                [(Pick(_sites).Value, BuyerKind.Place), (Pick(Townships).Value, BuyerKind.Place), ("Red Berry", BuyerKind.Employer)]);
            int least = _random.Next(0, 6);
            agreements.Add(new(
                new($"agreement{i}"), supplier, supplierKind, buyer, buyerKind, Chance(0.5) ? default : Window(),
                least, Chance(0.4) ? least + _random.Next(0, 4) : null, Pick([25m, 60m, 150m])));
        }

        return agreements.ToImmutable();
    }

    private ImmutableArray<Absence> DrawAbsences(ImmutableArray<Worker> workers, ImmutableArray<Broker> brokers, ImmutableArray<Vehicle> vehicles)
    {
        ImmutableArray<Absence>.Builder absences = ImmutableArray.CreateBuilder<Absence>();
        foreach ((double chance, AbsenceKind kind, string subject) in new (double, AbsenceKind, string)[]
        {
            (0.4, AbsenceKind.Worker, Pick(workers).Id.Value), (0.15, AbsenceKind.Broker, Pick(brokers).Id.Value),
            (0.15, AbsenceKind.Vehicle, Pick(vehicles).Id.Value), (0.15, AbsenceKind.Site, Pick(_sites).Value),
        })
        {
            if (Chance(chance))
            {
                DateOnly day = Day(_random.Next(_days));
                absences.Add(new(kind, subject, new(day, day), null));
            }
        }

        return absences.ToImmutable();
    }

    // One or two worker-days of one crew that look possible; whether they are is for the planner to find out.
    private ImmutableArray<Pin> DrawPins(Season season)
    {
        if (season.Demand.IsEmpty || !Chance(0.2))
        {
            return [];
        }

        DailyDemand wanted = Pick(season.Demand);
        Order order = season.OrderById[wanted.Order];
        Broker broker = Pick(season.Brokers);
        ImmutableArray<Worker> able = [.. season.Workers.Where(w => WorkerRules.Suits(w, order, season.SiteById[order.Site])
            && WorkerRules.IsAvailable(w, wanted.Date) && season.LiesIn(w.Village, broker.Area))];
        (int least, int most) = CrewRules.SizeRange(order, broker);
        return able.IsEmpty || wanted.Target < least || least > most || !CrewRules.MayLead(broker, wanted.Date)
            ? []
            : [.. Enumerable.Range(0, Pick([1, 2])).Select(_ => new Pin(wanted.Date, broker.Id, order.Id, Pick(able).Id)).Distinct()];
    }

    // None, all pairs in round numbers (then every amount is whole cents), or a few rows that differ by direction and may
    // break the triangle inequality.
    private ImmutableArray<TravelLeg> DrawTravel()
    {
        int style = _random.Next(3);
        ImmutableArray<TravelLeg>.Builder legs = ImmutableArray.CreateBuilder<TravelLeg>();
        foreach (Place from in _places.Where(p => p.Latitude is not null))
        {
            foreach (Place to in _places.Where(p => p.Latitude is not null && p != from))
            {
                double km = 1.2 * TravelTable.GreatCircleKm(from.Latitude!.Value, from.Longitude!.Value, to.Latitude!.Value, to.Longitude!.Value);
                if (style == 1)
                {
                    legs.Add(new(from.Id, to.Id, (int)Math.Ceiling(km * 1.2), (decimal)Math.Ceiling(km)));
                }
                else if (style == 2 && Chance(0.25))
                {
                    legs.Add(new(from.Id, to.Id, _random.Next(3, 40), _random.Next(10, 300) / 10m));
                }
            }
        }

        return legs.ToImmutable();
    }

    private Place At(PlaceId id, PlaceKind kind, PlaceId? parent) => new(
        id, id.Value, kind, parent, 37.5 + Math.Round((_random.NextDouble() - 0.5) * 0.14, 4), 105.7 + Math.Round((_random.NextDouble() - 0.5) * 0.18, 4));

    private static ImmutableArray<PlaceId> Named(string kind, int count) => [.. Enumerable.Range(1, count).Select(i => new PlaceId($"{kind}{i}"))];

    private DateOnly Day(int index) => _start.AddDays(index);

    private DayWindow Window()
    {
        int first = _random.Next(_days);
        return new(Chance(0.3) ? null : Day(first), Chance(0.3) ? null : Day(_random.Next(first, _days)));
    }

    private bool Chance(double share) => _random.NextDouble() < share;

    private T Pick<T>(IReadOnlyList<T> of) => of[_random.Next(of.Count)];
}
