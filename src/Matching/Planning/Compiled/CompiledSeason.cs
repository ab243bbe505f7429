using System.Collections.Immutable;
using Matching.Model;
using Matching.Plans;
using Matching.Rules;

namespace Matching.Planning.Compiled;

/// <summary>
/// A season as dense integer arrays, compiled once: what the search loops read. People are compiled as <see cref="Unit"/>s,
/// the connected components of <c>together</c> pairs, since those work in the same crew or not at all. Amounts are CNY as
/// doubles; the finished plan is valued exactly elsewhere. Immutable after construction.
/// </summary>
internal sealed class CompiledSeason
{
    public readonly Season Season;
    public readonly int Days;
    public readonly int Villages;
    public readonly int Sites;
    public readonly int Orders;
    public readonly int Brokers;
    public readonly int Vehicles;

    // People.
    public readonly Unit[] Units;
    public readonly int[] UnitOfWorker;
    public readonly PlaceId[] VillageId;
    public readonly int[][] UnitsOfVillage;
    public readonly UnitKind[] Kinds;

    /// <summary>Pool of a household's farm duty by household and day, -1 when none; indexes <see cref="PoolSlack"/>.</summary>
    public readonly int[]?[] DutyPool;

    /// <summary>Members at home beyond the duty when nobody works, by pool (one pool per household or group and day).</summary>
    public readonly int[] PoolSlack;

    // Work.
    public readonly PlaceId[] SiteId;
    public readonly int[] OrderSite;
    public readonly int[] Beds;

    /// <summary>Worker-days by order × day; target is 0 where the site is absent.</summary>
    public readonly int[] Required;

    /// <inheritdoc cref="Required"/>
    public readonly int[] Target;

    /// <summary>Value per worker-day beyond required, late factor included, by order × day.</summary>
    public readonly double[] TargetValue;
    public readonly double[] RequiredValue;

    /// <summary>Round by order × day, -1 when none.</summary>
    public readonly int[] Round;
    public readonly int[] RoundCap;
    public readonly CompiledAgreement[] Agreements;
    public readonly int[][] AgreementsOfOrder;

    /// <summary>Agreements with a most that count work of the order.</summary>
    public readonly int[][] MostsOfOrder;

    /// <summary>Hours of an order in units of 10⁻⁶ hours, rounded up; <see cref="MaxHours"/> is rounded down.</summary>
    public readonly long[] Hours;
    public readonly long MaxHours;
    public readonly int MaxConsecutive;
    public readonly int[] StartMinute;
    public readonly bool[] MayCommute;
    public readonly bool[] MayLodge;

    // Brokers.
    public readonly bool[] CanLead;
    public readonly bool[][] Area;
    public readonly int[][] AreaVillages;
    public readonly double[] Fee;

    // Vehicles.
    public readonly int[] Seats;
    public readonly double[] DayCost;
    public readonly double[] KmCost;
    public readonly int[] DepotOf;
    public readonly bool[] VehicleOut;
    public readonly TravelMatrix Travel;
    public readonly int StopMinutes;
    public readonly int Earliest;
    public readonly int MaxRide;
    public readonly int MaxDrive;

    // Costs.
    public readonly double Start;
    public readonly double Join;
    public readonly double OtherBroker;
    public readonly double CoachPerKm;

    /// <summary>CNY a worker-day may bring beyond its required value.</summary>
    private const double UsualExtras = 200;

    private readonly (int Min, int Max)[] _sizes;
    private readonly PlaceId[] _depots;

    /// <param name="season">The season.</param>
    /// <param name="like">
    /// A compiled season of nearly the same content, or null: what depends only on tables that both have unchanged is not
    /// compiled again but shared, so nothing of either may be written to but <see cref="Target"/>.
    /// </param>
    public CompiledSeason(Season season, CompiledSeason? like = null)
    {
        Season = season;
        Days = season.DayCount;
        Orders = season.Orders.Length;
        Brokers = season.Brokers.Length;
        Vehicles = season.Vehicles.Length;
        var absences = new AbsenceIndex(season);
        Start = (double)season.Costs.EngagementStart;
        Join = (double)season.Costs.MemberJoin;
        OtherBroker = (double)season.Costs.OtherBroker;
        CoachPerKm = (double)season.Transport.CoachFarePerKm;
        StopMinutes = season.Road.StopMinutes;
        Earliest = MinuteOf(season.Transport.EarliestDeparture);
        MaxRide = season.Transport.MaxRideMinutes;
        MaxDrive = season.Transport.MaxDriveMinutesPerDay;
        MaxConsecutive = season.Work.MaxConsecutiveDays;
        MaxHours = (long)Math.Floor(WorkerRules.MostHoursPer7Days(season.Work) * 1_000_000m);

        // Places that matter: the villages people live in and the sites orders are at.
        var villageIndex = new Dictionary<PlaceId, int>();
        foreach (Worker worker in season.Workers)
        {
            villageIndex.TryAdd(worker.Village, villageIndex.Count);
        }

        var siteIndex = new Dictionary<PlaceId, int>();
        foreach (Order order in season.Orders)
        {
            siteIndex.TryAdd(order.Site, siteIndex.Count);
        }

        VillageId = [.. villageIndex.Keys];
        SiteId = [.. siteIndex.Keys];
        Villages = VillageId.Length;
        Sites = SiteId.Length;

        // Orders and demand.
        OrderSite = [.. season.Orders.Select(o => siteIndex[o.Site])];
        Beds = [.. SiteId.Select(s => season.SiteById[s].Beds)];
        Hours = [.. season.Orders.Select(o => (long)Math.Ceiling(o.Hours * 1_000_000m))];
        StartMinute = [.. season.Orders.Select(o => MinuteOf(o.StartTime))];
        MayCommute = [.. season.Orders.Select(o => CrewRules.AllowsMode(o, CrewMode.Commute))];
        MayLodge = [.. season.Orders.Select(o => CrewRules.AllowsMode(o, CrewMode.Lodge))];
        RequiredValue = [.. season.Orders.Select(o => (double)o.ValueRequired)];
        Required = new int[Orders * Days];
        Target = new int[Orders * Days];
        TargetValue = new double[Orders * Days];
        Round = new int[Orders * Days];
        Array.Fill(Round, -1);
        var orderIndex = new Dictionary<OrderId, int>(Orders);
        for (int o = 0; o < Orders; o++)
        {
            orderIndex[season.Orders[o].Id] = o;
            Array.Fill(TargetValue, (double)season.Orders[o].ValueTarget, o * Days, Days);
        }

        foreach (DailyDemand demand in season.Demand)
        {
            int o = orderIndex[demand.Order];
            if (!absences.IsOut(AbsenceKind.Site, season.Orders[o].Site.Value, demand.Date))
            {
                int at = (o * Days) + season.DayIndex(demand.Date);
                Required[at] = demand.Required;
                Target[at] = demand.Target;
            }
        }

        RoundCap = [.. season.Rounds.Select(r => r.WorkerDays)];
        for (int r = 0; r < season.Rounds.Length; r++)
        {
            PickingRound round = season.Rounds[r];
            int o = orderIndex[round.Order];
            for (int d = Math.Max(0, season.DayIndex(round.From)); d <= Math.Min(Days - 1, season.DayIndex(round.To)); d++)
            {
                Round[(o * Days) + d] = r;
                TargetValue[(o * Days) + d] *= (double)DemandRules.LateFactor(round, season.Day(d));
            }
        }

        // Brokers.
        CanLead = new bool[Brokers * Days];
        Area = new bool[Brokers][];
        AreaVillages = new int[Brokers][];
        Fee = [.. season.Brokers.Select(b => (double)b.DailyFee)];
        var villagesBelow = new Dictionary<PlaceId, (bool[] Flags, int[] List)>();
        for (int b = 0; b < Brokers; b++)
        {
            Broker broker = season.Brokers[b];
            for (int d = 0; d < Days; d++)
            {
                CanLead[(b * Days) + d] = CrewRules.MayLead(broker, season.Day(d))
                    && !absences.IsOut(AbsenceKind.Broker, broker.Id.Value, season.Day(d));
            }

            if (!villagesBelow.TryGetValue(broker.Area, out (bool[] Flags, int[] List) below))
            {
                bool[] flags = [.. VillageId.Select(v => season.LiesIn(v, broker.Area))];
                below = (flags, [.. Enumerable.Range(0, Villages).Where(v => flags[v])]);
                villagesBelow[broker.Area] = below;
            }

            (Area[b], AreaVillages[b]) = below;
        }

        _sizes = new (int, int)[Brokers * Orders];
        for (int b = 0; b < Brokers; b++)
        {
            for (int o = 0; o < Orders; o++)
            {
                _sizes[(b * Orders) + o] = CrewRules.SizeRange(season.Orders[o], season.Brokers[b]);
            }
        }

        // Agreements.
        Agreements = [.. season.Agreements.Select(a => new CompiledAgreement(season, a, VillageId, SiteId))];
        AgreementsOfOrder = new int[Orders][];
        for (int o = 0; o < Orders; o++)
        {
            AgreementsOfOrder[o] = [.. Enumerable.Range(0, Agreements.Length).Where(a => Agreements[a].AtSite[OrderSite[o]])];
        }

        MostsOfOrder = Array.ConvertAll(AgreementsOfOrder, l => Array.FindAll(l, a => Agreements[a].MaxDays != int.MaxValue));

        // Vehicles.
        Seats = [.. season.Vehicles.Select(v => v.Seats)];
        DayCost = [.. season.Vehicles.Select(v => (double)v.CostPerDay)];
        KmCost = [.. season.Vehicles.Select(v => (double)v.CostPerKm)];
        var depotIndex = new Dictionary<PlaceId, int>();
        foreach (Vehicle vehicle in season.Vehicles)
        {
            depotIndex.TryAdd(vehicle.Depot, depotIndex.Count);
        }

        DepotOf = [.. season.Vehicles.Select(v => depotIndex[v.Depot])];
        VehicleOut = new bool[Vehicles * Days];
        for (int k = 0; k < Vehicles; k++)
        {
            Vehicle vehicle = season.Vehicles[k];
            for (int d = 0; d < Days; d++)
            {
                VehicleOut[(k * Days) + d] = vehicle.Seats <= 0 || !vehicle.Availability.Contains(season.Day(d))
                    || absences.IsOut(AbsenceKind.Vehicle, vehicle.Id.Value, season.Day(d));
            }
        }

        _depots = [.. depotIndex.Keys];
        Task<TravelMatrix> travel = like is not null && HasSameWays(like) ? Task.FromResult(like.Travel)
            : Task.Run(() => new TravelMatrix(season, VillageId, SiteId, _depots));
        if (like is not null && HasSamePeople(like.Season))
        {
            (Units, UnitOfWorker, Kinds, DutyPool, PoolSlack) = (like.Units, like.UnitOfWorker, like.Kinds, like.DutyPool, like.PoolSlack);
            UnitsOfVillage = like.UnitsOfVillage;
            Travel = travel.GetAwaiter().GetResult();
            return;
        }

        var people = new PeopleCompiler(season, absences, villageIndex);
        Units = people.Units;
        UnitOfWorker = people.UnitOfWorker;
        Kinds = people.Kinds;
        DutyPool = people.DutyPool;
        PoolSlack = people.PoolSlack;
        var ofVillage = new List<int>[Villages];
        for (int v = 0; v < Villages; v++)
        {
            ofVillage[v] = [];
        }

        for (int u = 0; u < Units.Length; u++)
        {
            ofVillage[Units[u].Village].Add(u);
        }

        UnitsOfVillage = [.. ofVillage.Select(l => l.ToArray())];
        Travel = travel.GetAwaiter().GetResult();
    }

    /// <summary>T3: the minute of day at which a first stop can be left at the earliest; its own minutes begin no sooner than the day.</summary>
    public int FirstDeparture => Math.Max(Earliest, StopMinutes);

    /// <summary>The minute of day at which a last stop can be reached at the latest; its own minutes end within the day.</summary>
    public int LastEnd => (24 * 60) - 1 - StopMinutes;

    /// <summary>Minutes and kilometres of an empty vehicle to a village, from a site or, where that is -1, from its depot.</summary>
    public (int Minutes, double Km) Approach(int vehicle, int site, int village)
    {
        int leg = ((site < 0 ? DepotOf[vehicle] : site) * Villages) + village;
        return site < 0 ? (Travel.MinDepotVillage[leg], Travel.KmDepotVillage[leg]) : (Travel.MinSiteVillage[leg], Travel.KmSiteVillage[leg]);
    }

    /// <summary>T3, T4: whether the ride without other passengers is short enough, and arrives in time when the vehicle leaves as early as it may.</summary>
    public bool ArrivesInTime(int village, int order)
    {
        int ride = Travel.MinVillageSite[(village * Sites) + OrderSite[order]];
        return ride <= MaxRide && FirstDeparture + ride <= StartMinute[order];
    }

    /// <summary>C1: the size range of a crew of that broker at that order; empty when Min &gt; Max.</summary>
    public (int Min, int Max) SizeRange(int broker, int order) => _sizes[(broker * Orders) + order];

    /// <summary>CNY a passenger's seat may cost at the most: what a worker-day brings at the order at best, with work shares and agreements.</summary>
    public double MostForSeat(int order) => RequiredValue[order] + UsualExtras;

    /// <summary>The most of all orders.</summary>
    public double MostForSeat() => Orders == 0 ? 0 : RequiredValue.Max() + UsualExtras;

    /// <summary>CNY a member pays for the coach, both ways.</summary>
    public double CoachFare(int village, int site) => 2 * CoachPerKm * Travel.KmStraight[(village * Sites) + site];

    /// <summary>Whether people can ride from the same villages to the same orders as in another season, in time.</summary>
    public bool HasSameRides(CompiledSeason like) =>
        ReferenceEquals(Travel, like.Travel) && Season.Transport == like.Season.Transport && OrderSite.AsSpan().SequenceEqual(like.OrderSite)
        && StartMinute.AsSpan().SequenceEqual(like.StartMinute) && MayCommute.AsSpan().SequenceEqual(like.MayCommute);

    private bool HasSameWays(CompiledSeason like) =>
        Season.Road == like.Season.Road && Season.Transport.MaxRideMinutes == like.Season.Transport.MaxRideMinutes && Season.Travel == like.Season.Travel && Season.Places == like.Season.Places
        && VillageId.AsSpan().SequenceEqual(like.VillageId) && SiteId.AsSpan().SequenceEqual(like.SiteId) && _depots.AsSpan().SequenceEqual(like._depots);

    /// <summary>Whether all that people are compiled from is the same; appended brokers are nobody's own.</summary>
    private bool HasSamePeople(Season like) =>
        Season.Workers == like.Workers && Season.Pairs == like.Pairs && Season.HouseholdDuties == like.HouseholdDuties
        && Season.Refusals == like.Refusals && Season.Absences == like.Absences && Season.Orders == like.Orders && Season.Sites == like.Sites
        && Season.Work == like.Work && Season.Start == like.Start && Season.End == like.End && StartsWith(Season.Brokers, like.Brokers);

    private static bool StartsWith(ImmutableArray<Broker> brokers, ImmutableArray<Broker> first)
    {
        for (int b = 0; b < first.Length; b++)
        {
            if (b >= brokers.Length || brokers[b].Id != first[b].Id)
            {
                return false;
            }
        }

        return true;
    }

    private static int MinuteOf(TimeOnly time) => (time.Hour * 60) + time.Minute;
}
