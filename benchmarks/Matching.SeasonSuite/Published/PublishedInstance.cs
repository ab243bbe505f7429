using System.Collections.Immutable;
using Matching.Model;
using Matching.Planning.Transport;

namespace Matching.SeasonSuite.Published;

/// <summary>People of one village who can work one order.</summary>
/// <param name="Village">Index among the places.</param>
/// <param name="Order">Index among the orders.</param>
/// <param name="Count">How many.</param>
internal readonly record struct Residents(int Village, int Order, int Count);

/// <summary>
/// A published instance as a season of one day. Everything the original problem does not have is neutral: no fees, no joins, wide
/// hours and ages, one certified broker for each crew that may be wanted.
/// </summary>
internal sealed class PublishedInstance
{
    public static readonly DateOnly Day = new(2026, 6, 10);

    public required string Name { get; init; }

    /// <summary>The set it belongs to, such as <c>sdvrp</c>.</summary>
    public required string Set { get; init; }

    /// <summary>The best published cost; null when none is known.</summary>
    public required decimal? BestKnown { get; init; }

    public required ImmutableArray<Place> Places { get; init; }

    /// <summary>Minutes and kilometres between two of the places.</summary>
    public required Func<int, int, (int Minutes, decimal Km)> Leg { get; init; }

    public required ImmutableArray<Order> Orders { get; init; }

    public required ImmutableArray<Residents> Residents { get; init; }

    public ImmutableArray<Vehicle> Vehicles { get; init; } = [];

    public TransportSettings Transport { get; init; } = new();

    /// <summary>Minutes a stop takes; none in the published sets.</summary>
    public int StopMinutes { get; init; }

    /// <summary>Members of level 5, whole brokers' worth of foremen, and pairs, where the set needs them.</summary>
    public Func<Season, Season> Finish { get; init; } = s => s;

    /// <summary>What serving everybody is worth.</summary>
    public decimal FullValue => Residents.Sum(r => r.Count * Orders[r.Order].ValueRequired);

    /// <summary>Whether everybody commutes, so that the transport stage alone can solve it.</summary>
    public bool IsTransport => Vehicles.Length > 0;

    public Season ToSeason()
    {
        var travel = ImmutableArray.CreateBuilder<TravelLeg>();
        for (int a = 0; a < Places.Length; a++)
        {
            for (int b = 0; b < Places.Length; b++)
            {
                if (a != b && Places[a].Kind != PlaceKind.County && Places[b].Kind != PlaceKind.County)
                {
                    (int minutes, decimal km) = Leg(a, b);
                    travel.Add(new TravelLeg(Places[a].Id, Places[b].Id, minutes, km));
                }
            }
        }

        PlaceId county = Places.First(p => p.Kind == PlaceKind.County).Id;
        return Finish(new Season
        {
            Name = Name,
            Start = Day,
            End = Day,
            Road = new RoadSettings { Detour = 1, StopMinutes = StopMinutes },
            Transport = Transport,
            Work = new WorkSettings { MaxConsecutiveDays = 7, MaxHoursPer7Days = 168 },
            Costs = new CostSettings { EngagementStart = 0, MemberJoin = 0, OtherBroker = 0 },
            Places = Places,
            Travel = travel.DrainToImmutable(),
            Workers =
            [
                .. Residents.SelectMany((r, i) => Enumerable.Range(0, r.Count).Select(n => WorkerOf(
                    FormattableString.Invariant($"w{i}-{n}"), Places[r.Village].Id, Orders[r.Order].Skill, 3))),
            ],
            Brokers = [.. Enumerable.Range(0, (2 * Orders.Length) + 2).Select(b => BrokerOf(FormattableString.Invariant($"b{b}"), county))],
            Sites = [.. Orders.Select(o => o.Site).Distinct().Select(s => new Site(s, "published", 0, []))],
            Orders = Orders,
            Demand =
            [
                .. Residents.GroupBy(r => r.Order).Select(g => new DailyDemand(Orders[g.Key].Id, Day, g.Sum(r => r.Count), g.Sum(r => r.Count))),
            ],
            Vehicles = Vehicles,
        });
    }

    /// <summary>The places of <see cref="ToTask"/>: those that can be driven to.</summary>
    public ImmutableArray<Place> TaskPlaces => [.. Places.Where(p => p.Kind != PlaceKind.County)];

    /// <summary>The morning for the transport stage: the residents, in their order.</summary>
    public TransportTask ToTask()
    {
        ImmutableArray<Place> places = TaskPlaces;
        Dictionary<PlaceId, int> index = places.Select((p, i) => (p.Id, i)).ToDictionary();
        int[] at = [.. places.Select(p => Places.IndexOf(p))];
        int n = places.Length;
        int[] minutes = new int[n * n];
        double[] km = new double[n * n];
        for (int a = 0; a < n; a++)
        {
            for (int b = 0; b < n; b++)
            {
                if (a != b)
                {
                    (int m, decimal k) = Leg(at[a], at[b]);
                    (minutes[(a * n) + b], km[(a * n) + b]) = (m, (double)k);
                }
            }
        }

        return new TransportTask
        {
            Passengers =
            [
                .. Residents.Select(r => new Passengers(
                    index[Places[r.Village].Id], index[Orders[r.Order].Site], (Orders[r.Order].StartTime.Hour * 60) + Orders[r.Order].StartTime.Minute, r.Count)),
            ],
            Vehicles = [.. Vehicles.Select(v => new TransportVehicle(index[v.Depot], v.Seats, (double)v.CostPerDay, (double)v.CostPerKm))],
            Travel = new TravelGrid(n, minutes, km),
            StopMinutes = StopMinutes,
            EarliestDeparture = (Transport.EarliestDeparture.Hour * 60) + Transport.EarliestDeparture.Minute,
            MaxRideMinutes = Transport.MaxRideMinutes,
            MaxDriveMinutesPerDay = Transport.MaxDriveMinutesPerDay,
        };
    }

    /// <summary>A place; the coordinates the contract asks for are never used, since every way has its row.</summary>
    public static Place PlaceOf(string id, PlaceKind kind) =>
        kind is PlaceKind.County ? new(new(id), id, kind, null, null, null) : new(new(id), id, kind, new PlaceId("county"), 37.5, 105.7);

    public static Worker WorkerOf(string id, PlaceId village, Skill skill, int level) => new()
    {
        Id = new(id),
        Name = id,
        Village = village,
        BirthDate = new(1986, 1, 1),
        LodgingOk = true,
        Skills = [new SkillLevel(skill, level)],
    };

    public static Order OrderOf(string id, string site, string skill, TimeOnly start, decimal value, LodgingRule lodging) => new()
    {
        Id = new(id),
        Site = new(site),
        Skill = new(skill),
        MinLevel = 1,
        DailyWage = 100,
        StartTime = start,
        Hours = 8,
        CrewMin = 1,
        CrewMax = 1_000_000,
        ValueRequired = value,
        ValueTarget = value,
        Lodging = lodging,
    };

    private static Broker BrokerOf(string id, PlaceId county) => new()
    {
        Id = new(id),
        Name = id,
        Area = county,
        CertificateUntil = Day,
        CrewMin = 1,
        CrewMax = 1_000_000,
        DailyFee = 0,
    };
}
