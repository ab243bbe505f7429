using System.Collections.Immutable;
using Matching.Model;

namespace Matching.Generating;

/// <summary>Draws a few measured roads that differ from what the straight line suggests.</summary>
internal static class TravelDraw
{
    /// <summary>Both directions of some village-to-site roads and of some depot-to-village roads.</summary>
    public static ImmutableArray<TravelLeg> Draw(Setting setting, ImmutableArray<Place> depots)
    {
        SeededRandom random = setting.Random("travel");
        HashSet<(PlaceId, PlaceId)> given = [];
        var legs = ImmutableArray.CreateBuilder<TravelLeg>();
        Geography map = setting.Map;
        int wanted = Math.Clamp(map.Villages.Length * map.Sites.Length / 60, 2, 150);
        for (int i = 0; i < wanted; i++)
        {
            Spot village = random.Pick(map.Villages);
            Spot site = random.Pick(map.Sites);
            Add(village.Id, site.Id, Geography.RoadKm(village.Latitude, village.Longitude, site.Latitude, site.Longitude));
        }

        foreach (Place depot in depots)
        {
            Spot village = random.Pick(map.Villages);
            Add(depot.Id, village.Id, Geography.RoadKm(depot.Latitude!.Value, depot.Longitude!.Value, village.Latitude, village.Longitude));
        }

        return legs.ToImmutable();

        void Add(PlaceId from, PlaceId to, double roadKm)
        {
            // A straight highway or a way round a hill; uphill takes a little longer.
            double detour = random.Chance(0.5) ? random.Between(0.85, 0.95) : random.Between(1.05, 1.3);
            decimal km = Math.Max(1, (int)(roadKm * detour * 10)) / 10m;
            int minutes = (int)Math.Ceiling(Geography.Minutes((double)km) * random.Between(0.85, 1.1));
            int back = minutes + random.Next(0, 3);
            if (given.Add((from, to)) && given.Add((to, from)))
            {
                legs.Add(new(from, to, minutes, km));
                legs.Add(new(to, from, back, km));
            }
        }
    }
}
