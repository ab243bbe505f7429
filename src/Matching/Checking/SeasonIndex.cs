using Matching.Model;
using Matching.Rules;

namespace Matching.Checking;

/// <summary>
/// The season's ids as positions in its lists, so that a check of a million worker-days compares whole numbers. Knows the
/// season only, never a plan.
/// </summary>
internal sealed class SeasonIndex
{
    private readonly int[] _parent;
    private readonly KnownWay?[]?[] _ways;
    private bool[]?[]? _buys;

    public SeasonIndex(Season season)
    {
        Season = season;
        Days = Math.Max(0, season.DayCount);
        Places = Number(season.Places, p => p.Id);
        _ways = new KnownWay?[season.Places.Length][];
        Workers = Number(season.Workers, w => w.Id);
        Brokers = Number(season.Brokers, b => b.Id);
        Orders = Number(season.Orders, o => o.Id);
        Vehicles = Number(season.Vehicles, v => v.Id);
        Sites = Number(season.Sites, s => s.Id);
        _parent = [.. season.Places.Select(p => p.Parent is { } parent ? Places[parent] : -1)];
        WorkerVillage = [.. season.Workers.Select(w => Places[w.Village])];
        WorkerBroker = [.. season.Workers.Select(w => w.Broker is { } broker ? Brokers[broker] : -1)];
        OrderSite = [.. season.Orders.Select(o => Sites[o.Site])];
        SitePlace = [.. season.Sites.Select(s => Places[s.Id])];
        Refused = [.. season.Refusals.Select(r => (Workers[r.Worker], Places[r.Site]))];
        WorkersOut = Absences(AbsenceKind.Worker, season.Workers.Select(w => w.Id.Value));
        BrokersOut = Absences(AbsenceKind.Broker, season.Brokers.Select(b => b.Id.Value));
        VehiclesOut = Absences(AbsenceKind.Vehicle, season.Vehicles.Select(v => v.Id.Value));
        SitesOut = Absences(AbsenceKind.Site, season.Sites.Select(s => s.Id.Value));
        (Required, Target) = Demand();
        Rounds = [.. season.Orders.Select(_ => (List<PickingRound>?)null)];
        foreach (PickingRound round in season.Rounds)
        {
            (Rounds[Orders[round.Order]] ??= []).Add(round);
        }
    }

    public Season Season { get; }

    /// <summary>Number of season days.</summary>
    public int Days { get; }

    public Dictionary<PlaceId, int> Places { get; }

    public Dictionary<WorkerId, int> Workers { get; }

    public Dictionary<BrokerId, int> Brokers { get; }

    public Dictionary<OrderId, int> Orders { get; }

    public Dictionary<VehicleId, int> Vehicles { get; }

    public Dictionary<PlaceId, int> Sites { get; }

    /// <summary>Place of each worker's village.</summary>
    public int[] WorkerVillage { get; }

    /// <summary>Each worker's own broker, −1 for none.</summary>
    public int[] WorkerBroker { get; }

    /// <summary>Site of each order, a position among the sites.</summary>
    public int[] OrderSite { get; }

    /// <summary>Place of each site.</summary>
    public int[] SitePlace { get; }

    /// <summary>Worker and place of each refusal.</summary>
    public HashSet<(int Worker, int Place)> Refused { get; }

    public DayWindow[][] WorkersOut { get; }

    public DayWindow[][] BrokersOut { get; }

    public DayWindow[][] VehiclesOut { get; }

    public DayWindow[][] SitesOut { get; }

    /// <summary>Required worker-days by order and day; null for an order without demand.</summary>
    public int[]?[] Required { get; }

    /// <summary>Target worker-days by order and day; null for an order without demand.</summary>
    public int[]?[] Target { get; }

    /// <summary>Rounds by order; null for none.</summary>
    public List<PickingRound>?[] Rounds { get; }

    public static bool Holds(DayWindow[] windows, DateOnly day)
    {
        foreach (DayWindow window in windows)
        {
            if (window.Contains(day))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The season days of a window as positions; empty (First &gt; Last) when it holds none.</summary>
    public (int First, int Last) Clip(DayWindow window) =>
        (window.From is { } from ? Math.Max(0, Season.DayIndex(from)) : 0,
         window.To is { } to ? Math.Min(Days - 1, Season.DayIndex(to)) : Days - 1);

    /// <summary>Whether a place is the area itself or lies below it.</summary>
    public bool LiesIn(int place, int area)
    {
        // The counter keeps a hand-made season with a cycle in its tree from hanging.
        int at = place;
        for (int steps = 0; at >= 0 && steps <= _parent.Length; steps++)
        {
            if (at == area)
            {
                return true;
            }

            at = _parent[at];
        }

        return false;
    }

    /// <summary>Whether each site counts for the agreement, in the season's order; found once.</summary>
    public bool[] Buys(int agreement)
    {
        _buys ??= new bool[Season.Agreements.Length][];
        return _buys[agreement] ??= [.. Season.Sites.Select(s => DemandRules.Buys(Season, Season.Agreements[agreement], s))];
    }

    /// <summary>Minutes and kilometres of a leg, or null when no way is known. Remembers what was asked; several threads may ask.</summary>
    public Way? WayBetween(int from, int to)
    {
        // Two who ask the same at once find the same.
        KnownWay?[] row = _ways[from] ??= new KnownWay?[_ways.Length];
        return (row[to] ??= new KnownWay(Measure(from, to))).Way;
    }

    /// <summary>What is known of a leg, also that there is no way.</summary>
    private sealed record KnownWay(Way? Way);

    private Way? Measure(int from, int to)
    {
        try
        {
            PlaceId a = Season.Places[from].Id;
            PlaceId b = Season.Places[to].Id;
            bool given = from == to || Season.TravelTable.IsGiven(a, b);
            return Season.TravelTable.TryGet(a, b, out int minutes, out decimal km) ? new Way(minutes, km, given) : null;
        }
        catch (OverflowException)
        {
            // A detour factor so large that the kilometres exceed a decimal: nobody can drive that.
            return null;
        }
    }

    private (int[]?[] Required, int[]?[] Target) Demand()
    {
        var required = new int[]?[Season.Orders.Length];
        var target = new int[]?[Season.Orders.Length];
        foreach (DailyDemand row in Season.Demand)
        {
            int day = Season.DayIndex(row.Date);
            if (day >= 0 && day < Days)
            {
                int order = Orders[row.Order];
                (required[order] ??= new int[Days])[day] = row.Required;
                (target[order] ??= new int[Days])[day] = row.Target;
            }
        }

        return (required, target);
    }

    private DayWindow[][] Absences(AbsenceKind kind, IEnumerable<string> ids)
    {
        var windows = Season.Absences.Where(a => a.Kind == kind)
            .ToLookup(a => a.Subject, a => a.Window, StringComparer.Ordinal);
        return [.. ids.Select(id => windows[id].ToArray())];
    }

    private static Dictionary<TId, int> Number<T, TId>(IReadOnlyList<T> items, Func<T, TId> id)
        where TId : notnull
    {
        var numbers = new Dictionary<TId, int>(items.Count);
        for (int i = 0; i < items.Count; i++)
        {
            numbers.Add(id(items[i]), i);
        }

        return numbers;
    }
}

/// <summary>A leg between two places.</summary>
/// <param name="Minutes">Whole driving minutes.</param>
/// <param name="Km">Kilometres.</param>
/// <param name="Exact">Whether the kilometres are given, not measured on the globe.</param>
internal readonly record struct Way(int Minutes, decimal Km, bool Exact);
