using Matching.Model;
using Matching.Planning.Compiled;

namespace Matching.Planning.Trips;

/// <summary>A stop of a trip as it is driven.</summary>
/// <param name="Place">Where.</param>
/// <param name="Arrives">Minute of day.</param>
/// <param name="Village">The village people board from, -1 elsewhere.</param>
/// <param name="Site">The site people alight at, -1 elsewhere.</param>
internal readonly record struct DrivenStop(PlaceId Place, int Arrives, int Village, int Site);

/// <summary>A trip's stops with their times, those of short cuts included.</summary>
internal static class TripStops
{
    /// <summary>The stops of a vehicle's trip in driving order; a stop on the way from the trip before comes first.</summary>
    /// <param name="c">The season.</param>
    /// <param name="vehicle">The vehicle.</param>
    /// <param name="chain">The vehicle's trips of the day.</param>
    /// <param name="at">Which of them.</param>
    /// <param name="departs">Minute of day at which the trip's first village is left.</param>
    public static List<DrivenStop> Of(CompiledSeason c, int vehicle, IReadOnlyList<TripPlan> chain, int at, int departs)
    {
        TripPlan trip = chain[at];
        PlaceId before = at == 0 ? c.Season.Vehicles[vehicle].Depot : c.SiteId[chain[at - 1].Last];
        var stops = new List<DrivenStop>(trip.Villages.Length + trip.Sites.Length);
        TravelMatrix t = c.Travel;
        int left = departs;
        for (int i = 0; i < trip.Villages.Length; i++)
        {
            int village = trip.Villages[i];
            int leg = i == 0 ? -c.StopMinutes : t.MinVillageVillage[(trip.Villages[i - 1] * c.Villages) + village];
            Drive(i, c.VillageId[village], leg, village, -1);
        }

        for (int j = 0; j < trip.Sites.Length; j++)
        {
            int site = trip.Sites[j];
            int leg = j == 0 ? t.MinVillageSite[(trip.Villages[^1] * c.Sites) + site] : t.MinSiteSite[(trip.Sites[j - 1] * c.Sites) + site];
            Drive(trip.Villages.Length + j, c.SiteId[site], leg, -1, site);
        }

        return stops;

        void Drive(int number, PlaceId to, int leg, int village, int site)
        {
            PlaceId from = stops.Count > 0 ? stops[^1].Place : before;
            if (trip.DetourOf(number, from) is { } detour)
            {
                leg = number == 0 ? leg : detour.Minutes(c.StopMinutes);
                stops.Add(new DrivenStop(detour.Via, left + leg - detour.MinutesFromVia(c.StopMinutes), -1, -1));
            }
            else if ((stops.Count > 0 || at > 0) && t.ShortCut(from, to) is { } way)
            {
                stops.Add(new DrivenStop(way.Via, left + leg - way.Second - c.StopMinutes, -1, -1));
            }

            stops.Add(new DrivenStop(to, left + leg, village, site));
            left += leg + c.StopMinutes;
        }
    }
}
