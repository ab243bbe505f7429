using Matching.Planning.Compiled;

namespace Matching.Planning.Trips;

/// <summary>Passengers of one village for one order on a trip.</summary>
internal readonly record struct Load(int Village, int Order, int Count);

/// <summary>
/// One morning run: villages in boarding order, then sites in alighting order. Immutable. Times are minutes after leaving the
/// first stop; nobody waits within a trip, so they are fixed once the stops are.
/// </summary>
internal sealed class TripPlan
{
    private TripPlan(int[] villages, int[] sites, Load[] loads)
    {
        (Villages, Sites, Loads) = (villages, sites, loads);
        foreach (Load load in loads)
        {
            Total += load.Count;
        }
    }

    public int[] Villages { get; }

    public int[] Sites { get; }

    public Load[] Loads { get; }

    /// <summary>Passengers carried; all are on board when the last village is left.</summary>
    public int Total { get; }

    /// <summary>Minutes from leaving the first stop to arriving at the last.</summary>
    public int Duration { get; private set; }

    /// <summary>Latest minute of day to leave the first stop so that nobody arrives after the start of work.</summary>
    public int LatestDepart { get; private set; }

    /// <summary>Minutes of driving, stops excluded.</summary>
    public int Drive { get; private set; }

    public double Km { get; private set; }

    public int First => Villages[0];

    public int Last => Sites[^1];

    /// <summary>The trip, or null when a ride would be too long.</summary>
    public static TripPlan? Create(CompiledSeason c, int[] villages, int[] sites, Load[] loads)
    {
        if (!Measure(c, villages, sites, loads, out int duration, out int latest, out int drive, out double km))
        {
            return null;
        }

        return new TripPlan(villages, sites, loads) { Duration = duration, LatestDepart = latest, Drive = drive, Km = km };
    }

    /// <summary>T4 and the figures of a stop sequence; false when some ride is too long.</summary>
    public static bool Measure(
        CompiledSeason c, ReadOnlySpan<int> villages, ReadOnlySpan<int> sites, ReadOnlySpan<Load> loads,
        out int duration, out int latest, out int drive, out double km)
    {
        TravelMatrix t = c.Travel;
        Span<int> left = stackalloc int[villages.Length];
        Span<int> arrived = stackalloc int[sites.Length];
        int clock = 0;
        drive = 0;
        km = 0;
        for (int i = 1; i < villages.Length; i++)
        {
            int leg = (villages[i - 1] * c.Villages) + villages[i];
            drive += t.MinVillageVillage[leg];
            km += t.KmVillageVillage[leg];
            clock += t.MinVillageVillage[leg] + c.StopMinutes;
            left[i] = clock;
        }

        int bridge = (villages[^1] * c.Sites) + sites[0];
        drive += t.MinVillageSite[bridge];
        km += t.KmVillageSite[bridge];
        clock += t.MinVillageSite[bridge];
        arrived[0] = clock;
        for (int j = 1; j < sites.Length; j++)
        {
            int leg = (sites[j - 1] * c.Sites) + sites[j];
            drive += t.MinSiteSite[leg];
            km += t.KmSiteSite[leg];
            clock += c.StopMinutes + t.MinSiteSite[leg];
            arrived[j] = clock;
        }

        duration = clock;
        latest = int.MaxValue;
        foreach (Load load in loads)
        {
            int at = arrived[sites.IndexOf(c.OrderSite[load.Order])];
            if (at - left[villages.IndexOf(load.Village)] > c.MaxRide)
            {
                return false;
            }

            latest = Math.Min(latest, c.StartMinute[load.Order] - at);
        }

        return true;
    }

    /// <summary>How many of that village and order ride here.</summary>
    public int CountOf(int village, int order)
    {
        foreach (Load load in Loads)
        {
            if (load.Village == village && load.Order == order)
            {
                return load.Count;
            }
        }

        return 0;
    }

    /// <summary>The trip with passengers added at stops it may already have; positions index the new stop, -1 where it exists.</summary>
    public TripPlan? With(CompiledSeason c, int village, int villageAt, int site, int siteAt, int order, int count) =>
        Create(c, Inserted(Villages, village, villageAt), Inserted(Sites, site, siteAt), Added(village, order, count));

    /// <summary>The trip with passengers taken off and stops nobody needs left out; null when nobody is left.</summary>
    public TripPlan? Without(CompiledSeason c, int village, int order, int count)
    {
        Load[] loads = Added(village, order, -count);
        if (loads.Length == 0)
        {
            return null;
        }

        int[] villages = Villages;
        int[] sites = Sites;
        if (!Array.Exists(loads, l => l.Village == village))
        {
            villages = Array.FindAll(villages, v => v != village);
        }

        int site = c.OrderSite[order];
        if (!Array.Exists(loads, l => c.OrderSite[l.Order] == site))
        {
            sites = Array.FindAll(sites, s => s != site);
        }

        // Without the triangle inequality leaving a stop out can lengthen a ride; then the empty stop stays.
        return Create(c, villages, sites, loads) ?? Create(c, Villages, Sites, loads);
    }

    /// <summary>The trip at the same stops and times with fewer passengers, perhaps none.</summary>
    public TripPlan Thinned(CompiledSeason c, int village, int order, int count) =>
        Create(c, Villages, Sites, Added(village, order, -count))!;

    public Load[] Added(int village, int order, int count)
    {
        int at = Array.FindIndex(Loads, l => l.Village == village && l.Order == order);
        if (at < 0)
        {
            return [.. Loads, new Load(village, order, count)];
        }

        int sum = Loads[at].Count + count;
        if (sum == 0)
        {
            return [.. Loads[..at], .. Loads[(at + 1)..]];
        }

        Load[] loads = [.. Loads];
        loads[at] = new Load(village, order, sum);
        return loads;
    }

    private static int[] Inserted(int[] stops, int stop, int at) => at < 0 ? stops : [.. stops[..at], stop, .. stops[at..]];
}
