using Matching.Model;
using Matching.Planning.Compiled;
using Matching.Planning.Crews;
using Matching.Planning.Trips;
using Matching.Plans;
using Matching.Rules;

namespace Matching.Requests.State;

/// <summary>What never changes while a plan is published: the compiled season, roads, usual prices, and ids by position.</summary>
internal sealed class Ground
{
    public readonly Season Season;
    public readonly Plan Published;
    public readonly CompiledSeason C;
    public readonly VehicleTypes Types;
    public readonly SeatPrices Seats;
    public readonly Roads Roads;
    public readonly Dictionary<WorkerId, int> WorkerIndex;
    public readonly Dictionary<BrokerId, int> BrokerIndex;
    public readonly Dictionary<OrderId, int> OrderIndex;
    public readonly Dictionary<VehicleId, int> VehicleIndex;

    /// <summary>Place of each compiled village, and the other way, −1 for none.</summary>
    public readonly int[] VillagePlace;
    public readonly int[] VillageOfPlace;
    public readonly int[] SitePlace;
    public readonly int[] DepotPlace;

    /// <summary>Bits of the season's days come in so many words.</summary>
    public readonly int Words;
    public readonly long LeastHours;

    /// <summary>Share of a village's people who suit an order, by village × order; and of those who would lodge.</summary>
    public readonly float[] Suited;

    /// <inheritdoc cref="Suited"/>
    public readonly float[] SuitedLodging;

    /// <summary>Workers who call the broker their own.</summary>
    public readonly int[] OwnPeople;

    public readonly Dictionary<TripId, Trip> PublishedTrips;
    public readonly HashSet<CrewId> PublishedCrews;

    private readonly int[][]?[] _villagesByPrice;

    public Ground(RequestSeason ready, Plan published)
    {
        Season season = ready.Season;
        (Season, Published, C, Types, Seats) = (season, published, ready.Compiled, ready.Types, ready.Seats);
        Roads = new Roads(season, C.Travel);
        WorkerIndex = Index(season.Workers.Select(w => w.Id));
        BrokerIndex = Index(season.Brokers.Select(b => b.Id));
        OrderIndex = Index(season.Orders.Select(o => o.Id));
        VehicleIndex = Index(season.Vehicles.Select(v => v.Id));
        VillagePlace = [.. C.VillageId.Select(v => Roads.Index[v])];
        VillageOfPlace = new int[season.Places.Length];
        Array.Fill(VillageOfPlace, -1);
        for (int v = 0; v < VillagePlace.Length; v++)
        {
            VillageOfPlace[VillagePlace[v]] = v;
        }

        SitePlace = [.. C.SiteId.Select(s => Roads.Index[s])];
        DepotPlace = [.. season.Vehicles.Select(v => Roads.Index[v.Depot])];
        Words = (C.Days + 63) >> 6;
        LeastHours = C.Hours.Length == 0 ? 0 : C.Hours.Min();
        (Suited, SuitedLodging, OwnPeople) = Shares();
        _villagesByPrice = new int[C.Brokers][][];
        PublishedCrews = [.. published.Crews.Select(x => x.Id)];
        PublishedTrips = new Dictionary<TripId, Trip>(published.Trips.Length);
        foreach (Trip trip in published.Trips)
        {
            PublishedTrips[trip.Id] = trip with { Stops = trip.Stops.Sort((a, b) => a.Seq.CompareTo(b.Seq)) };
        }
    }

    /// <summary>C2's least number of experienced among so many members.</summary>
    public int ExperiencedNeeded(int order, int members) => CrewRules.ExperiencedNeeded(Season.Orders[order], members);

    public int ExperiencedIn(int unit, int order) => C.Kinds[C.Units[unit].Kind].Experienced is { } experienced ? experienced[order] : 0;

    /// <summary>The least level of the unit's members in the order's skill.</summary>
    public int LevelOf(int unit, int order)
    {
        int least = int.MaxValue;
        foreach (int w in C.Units[unit].Members)
        {
            least = Math.Min(least, WorkerRules.LevelOf(Season.Workers[w], Season.Orders[order].Skill));
        }

        return least;
    }

    /// <summary>W3, C3, C4: whether the unit suits the broker's area, the order and the mode.</summary>
    public bool Suits(int unit, int broker, int order, bool lodge)
    {
        Unit u = C.Units[unit];
        if (!C.Kinds[u.Kind].Suits(order) || (lodge && !u.LodgingOk))
        {
            return false;
        }

        foreach ((int village, _) in u.Homes)
        {
            if (!C.Area[broker][village])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The villages of the broker's area with anybody who suits the order, cheapest seat first.</summary>
    public int[] VillagesByPrice(int broker, int order)
    {
        // Two threads may sort the same list: the result is the same.
        int[][] byOrder = Volatile.Read(ref _villagesByPrice[broker]) ?? new int[C.Orders][];
        if (byOrder[order] is { } known)
        {
            return known;
        }

        int[] sorted =
        [
            .. C.AreaVillages[broker].Where(v => Suited[(v * C.Orders) + order] > 0)
                .OrderBy(v => Math.Min(Seats[v, order], 1e9)).ThenBy(v => v),
        ];
        byOrder[order] = sorted;
        Volatile.Write(ref _villagesByPrice[broker], byOrder);
        return sorted;
    }

    private (float[] Suited, float[] Lodging, int[] Own) Shares()
    {
        float[] suited = new float[C.Villages * C.Orders];
        float[] lodging = new float[C.Villages * C.Orders];
        float[] heads = new float[C.Villages];
        int[] own = new int[C.Brokers];
        var classes = new Dictionary<(int Village, int Kind), (int Heads, int Lodging)>();
        foreach (Unit unit in C.Units)
        {
            heads[unit.Village] += unit.Size;
            (int h, int l) = classes.GetValueOrDefault((unit.Village, unit.Kind));
            classes[(unit.Village, unit.Kind)] = (h + unit.Size, l + (unit.LodgingOk ? unit.Size : 0));
            foreach (int broker in unit.OwnBroker)
            {
                if (broker >= 0)
                {
                    own[broker]++;
                }
            }
        }

        foreach (((int village, int kind), (int h, int l)) in classes)
        {
            for (int o = 0; o < C.Orders; o++)
            {
                if (C.Kinds[kind].Suits(o))
                {
                    suited[(village * C.Orders) + o] += h / heads[village];
                    lodging[(village * C.Orders) + o] += l / heads[village];
                }
            }
        }

        return (suited, lodging, own);
    }

    private static Dictionary<TId, int> Index<TId>(IEnumerable<TId> ids)
        where TId : notnull
    {
        var index = new Dictionary<TId, int>();
        foreach (TId id in ids)
        {
            index[id] = index.Count;
        }

        return index;
    }
}
