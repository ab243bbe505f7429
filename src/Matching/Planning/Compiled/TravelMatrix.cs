using Matching.Model;

namespace Matching.Planning.Compiled;

/// <summary>Minutes and kilometres of the legs a trip can drive, each kind of leg its own row-major matrix.</summary>
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

    public TravelMatrix(TravelTable table, PlaceId[] villages, PlaceId[] sites, PlaceId[] depots)
    {
        (MinVillageSite, KmVillageSite) = Fill(table, villages, sites);
        (MinVillageVillage, KmVillageVillage) = Fill(table, villages, villages);
        (MinSiteSite, KmSiteSite) = Fill(table, sites, sites);
        (MinSiteVillage, KmSiteVillage) = Fill(table, sites, villages);
        (MinDepotVillage, KmDepotVillage) = Fill(table, depots, villages);
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
