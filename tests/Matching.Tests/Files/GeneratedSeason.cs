using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Matching.Model;

namespace Matching.Tests.Files;

/// <summary>Small random seasons whose texts are as awkward as the files allow.</summary>
public sealed record GeneratedSeason(Season Season)
{
    private static readonly string[] Texts =
    [
        "马兰花", "a,b", "say \"hi\"", "\"", "line\nbreak", "crlf\r\nbreak", "lone\rreturn", "=cmd|' /C calc'!A0", "+1", "-2", "@x", " padded ", "\ttab",
        "'quote", "😀", "_x000D_", "<b>&amp;</b>", "true", "2026-06-10", "007", "1e5", "#N/A", "\uFFFD", "\uFFFE", "\u200B", "\uFEFFmark", "a;b", ";",
    ];

    private static readonly string[] Items = ["driver", "first aid", "清真食堂", "a,b", "\"q\"", "=1+1"];

    private static readonly DateOnly Start = new(2026, 6, 10);

    /// <inheritdoc/>
    public override string ToString() => SeasonPrint.Of(Season);

    /// <summary>The season of a seed.</summary>
    public static GeneratedSeason Of(int seed)
    {
        var random = new Random(seed);
        int days = random.Next(1, 20);
        string Id(string kind, int i) => random.Next(3) == 0 ? $"{kind}{i}{Pick(Texts)}" : $"{kind}{i}";
        T Pick<T>(T[] of) => of[random.Next(of.Length)];
        T? Maybe<T>(Func<T> value) where T : struct => random.Next(2) == 0 ? null : value();
        ImmutableArray<string> List() => [.. Items.Where(_ => random.Next(4) == 0)];
        DateOnly Day() => Start.AddDays(random.Next(days));
        decimal Money() => random.Next(100_000) / 100m;
        decimal Rate() => random.Next(1, int.MaxValue) / 1_000_000_000m;
        DayWindow Window()
        {
            (DateOnly? from, DateOnly? to) = (Maybe(Day), Maybe(Day));
            return from > to ? new DayWindow(to, from) : new DayWindow(from, to);
        }

        double Degree(double most) => Math.Round(((random.NextDouble() * 2) - 1) * most, random.Next(16)) * Math.Pow(10, -random.Next(0, 8));
        Place Placed(string kind, int i, PlaceKind of, PlaceId? parent) => new(new PlaceId(Id(kind, i)), Pick(Texts), of, parent, Degree(90), Degree(180));

        Place county = new(new PlaceId("C"), Pick(Texts), PlaceKind.County, null, null, Maybe(() => Degree(180)));
        Place[] villages = [.. Enumerable.Range(0, random.Next(1, 4)).Select(i => Placed("V", i, PlaceKind.Village, county.Id))];
        Place[] sitePlaces = [.. Enumerable.Range(0, random.Next(1, 3)).Select(i => Placed("S", i, PlaceKind.Site, random.Next(2) == 0 ? null : villages[0].Id))];
        Place depot = Placed("D", 0, PlaceKind.Depot, null);
        Broker[] brokers = [.. Enumerable.Range(0, random.Next(1, 3)).Select(i => new Broker
        {
            Id = new BrokerId(Id("B", i)), Name = Pick(Texts), Area = Pick(villages).Id, CertificateUntil = Maybe(Day), CrewMin = 1 + random.Next(3),
            CrewMax = 5 + random.Next(30), DailyFee = Money(), Availability = Window(),
        })];
        Worker[] workers = [.. Enumerable.Range(0, random.Next(2, 6)).Select(i => new Worker
        {
            Id = new WorkerId(Id("W", i)), Name = Pick(Texts), Village = Pick(villages).Id, BirthDate = new DateOnly(1890, 1, 1).AddDays(random.Next(45_000)),
            Household = Maybe(() => new HouseholdId(Pick(Texts))), Sex = random.Next(2) == 0 ? null : Pick(Texts), Broker = Maybe(() => Pick(brokers).Id),
            MinDailyWage = Maybe(Money), MaxDays = Maybe(() => random.Next(99)), TargetDays = random.Next(9), TargetWeight = Rate(), LodgingOk = random.Next(2) == 0,
            Tags = List(), Needs = List(),
            Skills = [.. Texts.Where(_ => random.Next(9) == 0).Select(t => new SkillLevel(new Skill(t), random.Next(1, 6)))],
            Availability = [.. Enumerable.Range(0, random.Next(3)).Select(_ => Window())],
        })];
        Site[] sites = [.. sitePlaces.Select(p => new Site(p.Id, Pick(Texts) + "公司", random.Next(9), List()))];
        Order[] orders = [.. Enumerable.Range(0, random.Next(1, 4)).Select(i =>
        {
            bool experienced = random.Next(2) == 0;
            decimal target = Money();
            return new Order
            {
                Id = new OrderId(Id("O", i)), Site = Pick(sites).Id, Skill = new Skill(Pick(Texts)), MinLevel = random.Next(1, 6), DailyWage = Money(),
                StartTime = new TimeOnly(random.Next(24), random.Next(60)), Hours = random.Next(1, 2401) / 100m, CrewMin = 1, CrewMax = 1 + random.Next(99),
                ValueRequired = target + Money(), ValueTarget = target, ExperiencedLevel = experienced ? random.Next(1, 6) : null,
                ExperiencedShare = experienced ? random.Next(1001) / 1000m : null, Needs = List(), AdultOnly = random.Next(2) == 0, Lodging = Pick(Enum.GetValues<LodgingRule>()),
            };
        })];
        return new GeneratedSeason(new Season
        {
            Name = random.Next(2) == 0 ? "" : Pick(Texts),
            Start = Start,
            End = Start.AddDays(days - 1),
            Road = new RoadSettings { Detour = Rate(), SpeedKmh = 1 + random.Next(99), StopMinutes = random.Next(9) },
            Transport = new TransportSettings { EarliestDeparture = new TimeOnly(random.Next(24), random.Next(60)), CoachFarePerKm = Rate() },
            Work = new WorkSettings { MinAge = random.Next(30), MaxHoursPer7Days = Money() },
            Costs = new CostSettings { EngagementStart = Money(), MemberJoin = Money(), OtherBroker = 0 },
            Places = [county, .. villages, .. sitePlaces, depot],
            Travel = [.. villages.Where(_ => random.Next(2) == 0).Select(v => new TravelLeg(v.Id, depot.Id, random.Next(99), Rate()))],
            Workers = [.. workers],
            HouseholdDuties = [.. Enumerable.Range(0, random.Next(3)).Select(i => new HouseholdDuty(new HouseholdId("H" + i), random.Next(3), Window(), Maybe(() => new MutualHelpGroupId(Pick(Texts)))))],
            Pairs = [.. Enumerable.Range(0, random.Next(3)).Select(_ => new WorkerPair(workers[0].Id, workers[1].Id, Pick(Enum.GetValues<PairKind>())))],
            Refusals = [.. Enumerable.Range(0, random.Next(3)).Select(_ => new Refusal(Pick(workers).Id, Pick(sites).Id))],
            Brokers = [.. brokers],
            Sites = [.. sites],
            Orders = [.. orders],
            Demand = [.. orders.SelectMany(o => Enumerable.Range(0, days).Where(_ => random.Next(2) == 0).Select(d => new DailyDemand(o.Id, Start.AddDays(d), random.Next(5), 5 + random.Next(5))))],
            Rounds = [.. orders.Where(_ => random.Next(2) == 0).Select(o => new PickingRound(o.Id, Start.AddDays(-3), Day(), random.Next(99), random.Next(1001) / 1000m))],
            Agreements = [.. Enumerable.Range(0, random.Next(3)).Select(i => random.Next(2) == 0
                ? new Agreement(new AgreementId("A" + i), county.Id.Value, SupplierKind.Place, Pick(sites).Employer, BuyerKind.Employer, Window(), 1, null, Money())
                : new Agreement(new AgreementId("A" + i), Pick(brokers).Id.Value, SupplierKind.Broker, Pick(sites).Id.Value, BuyerKind.Place, Window(), 1, 2, Money()))],
            Vehicles = [.. Enumerable.Range(0, random.Next(3)).Select(i => new Vehicle { Id = new VehicleId(Id("X", i)), Depot = depot.Id, Seats = random.Next(60), CostPerDay = Money(), CostPerKm = Rate(), Availability = Window() })],
            Absences = [.. Enumerable.Range(0, random.Next(4)).Select(i => (i % 3) switch
            {
                0 => new Absence(AbsenceKind.Worker, Pick(workers).Id.Value, Window(), random.Next(2) == 0 ? null : Pick(Texts)),
                1 => new Absence(AbsenceKind.Broker, Pick(brokers).Id.Value, Window(), null),
                _ => new Absence(AbsenceKind.Site, Pick(sites).Id.Value, Window(), Pick(Texts)),
            })],
            Pins = [.. Enumerable.Range(0, random.Next(3)).Select(_ => new Pin(Day(), Pick(brokers).Id, Pick(orders).Id, Pick(workers).Id))],
        });
    }

    /// <summary>Generates seasons.</summary>
    public static Arbitrary<GeneratedSeason> Arbitrary() => Gen.Choose(0, int.MaxValue - 1).Select(Of).ToArbitrary();
}
