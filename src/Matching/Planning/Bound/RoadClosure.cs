using Matching.Model;
using Matching.Planning.Compiled;

namespace Matching.Planning.Bound;

/// <summary>
/// Lower bounds on minutes and kilometres of any way between two places, over whatever stops: legs of <c>travel.csv</c> may
/// break the triangle inequality, so the direct leg is none. Shortest paths over all places where those are few enough,
/// else the direct great-circle way times the best ratio of any given row to its own great-circle way.
/// </summary>
internal sealed class RoadClosure
{
    private const int MostPlaces = 1_500;

    public readonly int[] MinVillageSite;
    public readonly double[] KmVillageSite;
    public readonly int[] MinSiteVillage;
    public readonly double[] KmSiteVillage;
    public readonly int[] MinDepotVillage;
    public readonly double[] KmDepotVillage;

    public RoadClosure(CompiledSeason c, PlaceId[] depots)
    {
        TravelMatrix direct = c.Travel;
        (MinVillageSite, KmVillageSite) = ([.. direct.MinVillageSite], [.. direct.KmVillageSite]);
        (MinSiteVillage, KmSiteVillage) = ([.. direct.MinSiteVillage], [.. direct.KmSiteVillage]);
        (MinDepotVillage, KmDepotVillage) = ([.. direct.MinDepotVillage], [.. direct.KmDepotVillage]);
        Season season = c.Season;
        if (season.Places.Length <= MostPlaces)
        {
            ShortestPaths(season, c.VillageId, c.SiteId, depots);
        }
        else
        {
            // Great circles keep the triangle inequality; given rows may undercut them.
            Shrink(season);
        }
    }

    private void ShortestPaths(Season season, PlaceId[] villages, PlaceId[] sites, PlaceId[] depots)
    {
        int n = season.Places.Length;
        var at = new Dictionary<PlaceId, int>(n);
        foreach (Place place in season.Places)
        {
            at.TryAdd(place.Id, at.Count);
        }

        n = at.Count;
        PlaceId[] places = [.. at.Keys];
        double[] km = new double[n * n];
        float[] minutes = new float[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                bool known = season.TravelTable.TryGet(places[i], places[j], out int m, out decimal k);
                km[(i * n) + j] = known ? (double)k : double.PositiveInfinity;
                minutes[(i * n) + j] = known ? m : float.PositiveInfinity;
            }
        }

        for (int via = 0; via < n; via++)
        {
            ReadOnlySpan<double> kmOut = km.AsSpan(via * n, n);
            ReadOnlySpan<float> minutesOut = minutes.AsSpan(via * n, n);
            for (int i = 0; i < n; i++)
            {
                Span<double> kmRow = km.AsSpan(i * n, n);
                Span<float> minutesRow = minutes.AsSpan(i * n, n);
                double firstKm = kmRow[via];
                float firstMinutes = minutesRow[via];
                if (i == via || (double.IsPositiveInfinity(firstKm) && float.IsPositiveInfinity(firstMinutes)))
                {
                    continue;
                }

                for (int j = 0; j < n; j++)
                {
                    kmRow[j] = Math.Min(kmRow[j], firstKm + kmOut[j]);
                    minutesRow[j] = Math.Min(minutesRow[j], firstMinutes + minutesOut[j]);
                }
            }
        }

        Read(villages, sites, MinVillageSite, KmVillageSite);
        Read(sites, villages, MinSiteVillage, KmSiteVillage);
        Read(depots, villages, MinDepotVillage, KmDepotVillage);

        void Read(PlaceId[] from, PlaceId[] to, int[] minutesInto, double[] kmInto)
        {
            for (int i = 0; i < from.Length; i++)
            {
                for (int j = 0; j < to.Length; j++)
                {
                    int cell = (at[from[i]] * n) + at[to[j]];
                    minutesInto[(i * to.Length) + j] = (int)minutes[cell];
                    kmInto[(i * to.Length) + j] = km[cell] * (1 - 1e-12);
                }
            }
        }
    }

    private void Shrink(Season season)
    {
        double kmRatio = 1;
        double minuteRatio = 1;
        foreach (TravelLeg leg in season.Travel)
        {
            if (leg.From == leg.To)
            {
                continue;
            }

            Place a = season.PlaceById[leg.From];
            Place b = season.PlaceById[leg.To];
            if (a.Latitude is not { } lat1 || a.Longitude is not { } lon1 || b.Latitude is not { } lat2 || b.Longitude is not { } lon2)
            {
                // A place off the map may be a short cut of any size.
                (kmRatio, minuteRatio) = (0, 0);
                break;
            }

            double road = TravelTable.GreatCircleKm(lat1, lon1, lat2, lon2) * (double)season.Road.Detour;
            double time = 60 * road / (double)season.Road.SpeedKmh;
            if (road > 1e-9)
            {
                kmRatio = Math.Min(kmRatio, (double)leg.Km / road);
                minuteRatio = Math.Min(minuteRatio, leg.Minutes / time);
            }
        }

        // Given rows between villages, sites and depots may be longer than the great circle: fall back on the plain way.
        Scale(season, kmRatio * (1 - 1e-9), minuteRatio * (1 - 1e-9));
    }

    private void Scale(Season season, double kmRatio, double minuteRatio)
    {
        // The direct leg itself is at least ratio × its great circle, so shrinking min(direct, great circle) by the ratio is
        // below every way; the matrices hold direct legs, which may exceed the great circle, hence the ratio of the worst row.
        double longest = 1;
        foreach (TravelLeg leg in season.Travel)
        {
            Place a = season.PlaceById[leg.From];
            Place b = season.PlaceById[leg.To];
            if (leg.From != leg.To && a.Latitude is { } lat1 && a.Longitude is { } lon1 && b.Latitude is { } lat2 && b.Longitude is { } lon2)
            {
                double road = TravelTable.GreatCircleKm(lat1, lon1, lat2, lon2) * (double)season.Road.Detour;
                double time = 60 * road / (double)season.Road.SpeedKmh;
                longest = road > 1e-9 ? Math.Max(longest, Math.Max((double)leg.Km / road, leg.Minutes / Math.Max(1e-9, time))) : double.PositiveInfinity;
            }
        }

        double over = double.IsPositiveInfinity(longest) ? 0 : 1 / longest;
        Shrink(kmRatio * over, minuteRatio * over);
    }

    private void Shrink(double kmFactor, double minuteFactor)
    {
        foreach (double[] km in (double[][])[KmVillageSite, KmSiteVillage, KmDepotVillage])
        {
            for (int i = 0; i < km.Length; i++)
            {
                km[i] *= kmFactor;
            }
        }

        foreach (int[] minutes in (int[][])[MinVillageSite, MinSiteVillage, MinDepotVillage])
        {
            for (int i = 0; i < minutes.Length; i++)
            {
                // One less: computed minutes are rounded up leg by leg.
                minutes[i] = (int)(Math.Max(0, minutes[i] - 1) * minuteFactor);
            }
        }
    }
}
