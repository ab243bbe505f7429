using Matching.Model;
using Matching.Planning.Compiled;

namespace Matching.Planning.Trips;

/// <summary>Passengers of one village for one order on a trip.</summary>
internal readonly record struct Load(int Village, int Order, int Count);

/// <summary>A leg of a trip that is driven over a stop where nobody boards or alights.</summary>
/// <param name="Leg">Which leg: 0 leads to the first village, 1 to the next stop, and so on.</param>
/// <param name="From">Where the leg begins; before the first village the depot or the site the vehicle comes from. Coming from elsewhere it drives straight.</param>
/// <param name="Via">The stop.</param>
/// <param name="There">Minutes to it.</param>
/// <param name="On">Minutes from it.</param>
/// <param name="Km">Kilometres in all.</param>
internal readonly record struct Detour(int Leg, PlaceId From, PlaceId Via, int There, int On, double Km)
{
    /// <summary>Minutes of the leg, the stop included.</summary>
    public int Minutes(int stopMinutes) => There + MinutesFromVia(stopMinutes);

    /// <summary>Minutes from arriving at the stop to the end of the leg.</summary>
    public int MinutesFromVia(int stopMinutes) => stopMinutes + On;

    /// <summary>A leg over a stop; null where the way is not known.</summary>
    public static Detour? Of(Season season, int leg, PlaceId from, PlaceId via, PlaceId to) =>
        season.TravelTable.TryGet(from, via, out int there, out decimal kmThere) && season.TravelTable.TryGet(via, to, out int on, out decimal kmOn)
            ? new Detour(leg, from, via, there, on, (double)(kmThere + kmOn)) : null;
}

/// <summary>
/// One morning run: villages in boarding order, then sites in alighting order. Immutable. Times are minutes after leaving the
/// first stop; nobody waits within a trip, so they are fixed once the stops are.
/// </summary>
internal sealed class TripPlan
{
    private TripPlan(int[] villages, int[] sites, Load[] loads, Detour[] detours)
    {
        (Villages, Sites, Loads, Detours) = (villages, sites, loads, detours);
        foreach (Load load in loads)
        {
            Total += load.Count;
        }
    }

    public int[] Villages { get; }

    public int[] Sites { get; }

    public Load[] Loads { get; }

    /// <summary>Legs that are not driven as the travel matrix has them; as a rule none.</summary>
    public Detour[] Detours { get; }

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
        return Create(c, villages, sites, loads, []);
    }

    /// <summary>The trip with a leg driven over one more stop; null when a ride would be too long.</summary>
    public TripPlan? Over(CompiledSeason c, Detour detour) =>
        Create(c, Villages, Sites, Loads, [.. Detours.Where(d => d.Leg != detour.Leg), detour]);

    /// <summary>The detour of a leg, if it has one and begins at the place.</summary>
    public Detour? DetourOf(int leg, PlaceId from)
    {
        foreach (Detour detour in Detours)
        {
            if (detour.Leg == leg && detour.From == from)
            {
                return detour;
            }
        }

        return null;
    }

    private static TripPlan? Create(CompiledSeason c, int[] villages, int[] sites, Load[] loads, Detour[] detours)
    {
        if (!Measure(c, villages, sites, loads, out int duration, out int latest, out int drive, out double km, detours))
        {
            return null;
        }

        return new TripPlan(villages, sites, loads, detours) { Duration = duration, LatestDepart = latest, Drive = drive, Km = km };
    }

    /// <summary>T4 and the figures of a stop sequence; false when some ride is too long.</summary>
    public static bool Measure(
        CompiledSeason c, ReadOnlySpan<int> villages, ReadOnlySpan<int> sites, ReadOnlySpan<Load> loads,
        out int duration, out int latest, out int drive, out double km, ReadOnlySpan<Detour> detours = default)
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
            int minutes = Driven(c, detours, i, t.MinVillageVillage[leg], t.KmVillageVillage[leg], ref km);
            drive += minutes;
            clock += minutes + c.StopMinutes;
            left[i] = clock;
        }

        int bridge = (villages[^1] * c.Sites) + sites[0];
        int ride = Driven(c, detours, villages.Length, t.MinVillageSite[bridge], t.KmVillageSite[bridge], ref km);
        drive += ride;
        clock += ride;
        arrived[0] = clock;
        for (int j = 1; j < sites.Length; j++)
        {
            int leg = (sites[j - 1] * c.Sites) + sites[j];
            int minutes = Driven(c, detours, villages.Length + j, t.MinSiteSite[leg], t.KmSiteSite[leg], ref km);
            drive += minutes;
            clock += c.StopMinutes + minutes;
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

    /// <summary>Minutes of a leg, a stop on its way included, whose kilometres are added; straight unless a detour says otherwise.</summary>
    private static int Driven(CompiledSeason c, ReadOnlySpan<Detour> detours, int leg, int minutes, double straight, ref double km)
    {
        foreach (Detour detour in detours)
        {
            if (detour.Leg == leg)
            {
                km += detour.Km;
                return detour.Minutes(c.StopMinutes);
            }
        }

        km += straight;
        return minutes;
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
        return (villages.Length < Villages.Length || sites.Length < Sites.Length ? Create(c, villages, sites, loads) : null)
            ?? Create(c, Villages, Sites, loads, Detours);
    }

    /// <summary>The trip at the same stops and times with fewer passengers, perhaps none.</summary>
    public TripPlan Thinned(CompiledSeason c, int village, int order, int count) =>
        Create(c, Villages, Sites, Added(village, order, -count), Detours)!;

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
