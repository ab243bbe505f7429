using Matching.Model;

namespace Matching.Planning.Compiled;

/// <summary>
/// Minutes and kilometres of the legs a trip can drive, each kind of leg its own row-major matrix. Legs but those from depots go
/// over a stop where nobody boards or alights where that is better (<see cref="ShortCuts"/>); its minutes are then counted in.
/// </summary>
internal sealed class TravelMatrix
{
    public readonly int[] MinVillageSite;
    public readonly double[] KmVillageSite;
    public readonly int[] MinVillageVillage;
    public readonly double[] KmVillageVillage;
    public readonly int[] MinSiteSite;
    public readonly double[] KmSiteSite;
    public readonly int[] MinSiteVillage;
    public readonly double[] KmSiteVillage;
    public readonly int[] MinDepotVillage;
    public readonly double[] KmDepotVillage;

    /// <summary>Minutes of an empty vehicle into a village, by village × starts: depots, then sites. What many vehicles would drive to one village stands side by side.</summary>
    public readonly int[] MinInto;

    /// <summary>Kilometres of the same.</summary>
    public readonly double[] KmInto;

    /// <summary>Depots and sites.</summary>
    public readonly int Starts;

    /// <summary>Kilometres of the straight leg from village to site, which coaches are paid by.</summary>
    public readonly double[] KmStraight;

    private readonly Dictionary<(PlaceId From, PlaceId To), ShortCut> _shortCuts = [];

    public TravelMatrix(Season season, PlaceId[] villages, PlaceId[] sites, PlaceId[] depots)
    {
        TravelTable table = season.TravelTable;
        (MinVillageSite, KmVillageSite) = Fill(table, villages, sites);
        (MinVillageVillage, KmVillageVillage) = Fill(table, villages, villages);
        (MinSiteSite, KmSiteSite) = Fill(table, sites, sites);
        (MinSiteVillage, KmSiteVillage) = Fill(table, sites, villages);
        (MinDepotVillage, KmDepotVillage) = Fill(table, depots, villages);
        KmStraight = [.. KmVillageSite];
        var shortCuts = new ShortCuts(season);
        Shorten(shortCuts, villages, sites, MinVillageSite, KmVillageSite);
        Shorten(shortCuts, villages, villages, MinVillageVillage, KmVillageVillage);
        Shorten(shortCuts, sites, sites, MinSiteSite, KmSiteSite);
        Shorten(shortCuts, sites, villages, MinSiteVillage, KmSiteVillage, isRide: false);
        Starts = depots.Length + sites.Length;
        MinInto = Turned(MinDepotVillage, MinSiteVillage, villages.Length);
        KmInto = Turned(KmDepotVillage, KmSiteVillage, villages.Length);
    }

    /// <summary>The way over another stop that a trip takes from one of its stops to the next; null for the straight leg.</summary>
    public ShortCut? ShortCut(PlaceId from, PlaceId to) => _shortCuts.TryGetValue((from, to), out ShortCut way) ? way : null;

    private void Shorten(ShortCuts shortCuts, PlaceId[] from, PlaceId[] to, int[] minutes, double[] km, bool isRide = true)
    {
        for (int i = 0; i < from.Length; i++)
        {
            for (int j = 0; j < to.Length; j++)
            {
                if (shortCuts.Find(from[i], to[j], isRide) is { } way)
                {
                    _shortCuts[(from[i], to[j])] = way;
                    (minutes[(i * to.Length) + j], km[(i * to.Length) + j]) = (way.Minutes, (double)way.Km);
                }
            }
        }
    }

    private static T[] Turned<T>(T[] fromDepots, T[] fromSites, int villages)
    {
        T[] all = [.. fromDepots, .. fromSites];
        int starts = villages == 0 ? 0 : all.Length / villages;
        var turned = new T[all.Length];
        for (int at = 0; at < all.Length; at++)
        {
            turned[(at % villages * starts) + (at / villages)] = all[at];
        }

        return turned;
    }

    private static (int[] Minutes, double[] Km) Fill(TravelTable table, PlaceId[] from, PlaceId[] to)
    {
        int[] minutes = new int[from.Length * to.Length];
        double[] km = new double[from.Length * to.Length];
        for (int i = 0; i < from.Length; i++)
        {
            for (int j = 0; j < to.Length; j++)
            {
                minutes[(i * to.Length) + j] = table.Minutes(from[i], to[j]);
                km[(i * to.Length) + j] = (double)table.Km(from[i], to[j]);
            }
        }

        return (minutes, km);
    }
}
