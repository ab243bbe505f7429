using System.Collections.Immutable;
using Matching.Model;

namespace Matching.Generating;

/// <summary>A place with coordinates as the generator uses it.</summary>
internal sealed record Spot(PlaceId Id, string Name, int Township, double Latitude, double Longitude, string Kind = "");

/// <summary>A township in use.</summary>
internal sealed record TownshipSpot(PlaceId Id, string Name, int County, double Latitude, double Longitude, bool Supplies);

/// <summary>The places of a season: townships, villages and sites with positions, and the tree they form.</summary>
internal sealed class Geography
{
    // cos 37.45°, where all of it lies. A flat map is within 1 % of the great circle here and needs no trigonometric
    // function, whose last digit may differ between machines.
    private const double CosLatitude = 0.793884;
    private const double KmPerDegree = 111.195;
    private const double Detour = 1.3;
    private const double SpeedKmh = 50;

    private Geography(ImmutableArray<TownshipSpot> townships, ImmutableArray<Spot> villages, ImmutableArray<Spot> sites) =>
        (Townships, Villages, Sites) = (townships, villages, sites);

    /// <summary>The townships in use.</summary>
    public ImmutableArray<TownshipSpot> Townships { get; }

    /// <summary>The villages; <see cref="Spot.Township"/> is a position in <see cref="Townships"/>.</summary>
    public ImmutableArray<Spot> Villages { get; }

    /// <summary>The work sites; <see cref="Spot.Kind"/> is the crop.</summary>
    public ImmutableArray<Spot> Sites { get; }

    /// <summary>The counties' ids, Hongsibu first.</summary>
    public static ImmutableArray<PlaceId> Counties { get; } = [new("C1"), new("C2")];

    /// <summary>Road kilometres between two points, close to what a season's travel table says.</summary>
    public static double RoadKm(double latitudeA, double longitudeA, double latitudeB, double longitudeB)
    {
        double north = (latitudeA - latitudeB) * KmPerDegree;
        double east = (longitudeA - longitudeB) * KmPerDegree * CosLatitude;
        return Math.Sqrt((north * north) + (east * east)) * Detour;
    }

    /// <summary>Driving minutes for road kilometres.</summary>
    public static double Minutes(double roadKm) => roadKm * 60 / SpeedKmh;

    /// <summary>Driving minutes between two spots.</summary>
    public static double Minutes(Spot a, Spot b) => Minutes(RoadKm(a.Latitude, a.Longitude, b.Latitude, b.Longitude));

    /// <summary>Draws the geography.</summary>
    public static Geography Draw(Sizes sizes, long seed)
    {
        SeededRandom random = new(seed, "geography");
        GeoPlace[] townships = [.. GeoData.Townships];
        List<(GeoPlace Place, int Township)> villages = DrawVillages(sizes.Villages, townships, random);
        List<(GeoPlace Place, int Township)> sites = DrawSites(sizes.Sites, townships, villages, random);

        // Only townships that hold something are named.
        int[] used = [.. villages.Concat(sites).Select(v => v.Township).Distinct().Order()];
        string[] counties = [.. GeoData.Counties.Select(c => c.Name)];
        return new(
            [.. used.Select((t, i) => new TownshipSpot(
                new(Numbered("T", i + 1, 2)), townships[t].Name, Array.IndexOf(counties, townships[t].Parent), townships[t].Latitude, townships[t].Longitude,
                villages.Exists(v => v.Township == t)))],
            [.. villages.OrderBy(v => v.Township).Select((v, i) => ToSpot("V", i, v))],
            [.. sites.Select((s, i) => ToSpot("S", i, s))]);

        Spot ToSpot(string letter, int index, (GeoPlace Place, int Township) at) => new(
            new(Numbered(letter, index + 1, 3)), at.Place.Name, Array.IndexOf(used, at.Township), at.Place.Latitude, at.Place.Longitude, at.Place.Kind);
    }

    /// <summary>The places as the season holds them, depots excepted.</summary>
    public IEnumerable<Place> ToPlaces()
    {
        int county = 0;
        foreach (GeoPlace place in GeoData.Counties)
        {
            yield return new(Counties[county++], place.Name, PlaceKind.County, null, place.Latitude, place.Longitude);
        }

        foreach (TownshipSpot township in Townships)
        {
            yield return new(township.Id, township.Name, PlaceKind.Township, Counties[township.County], township.Latitude, township.Longitude);
        }

        foreach (Spot village in Villages)
        {
            yield return new(village.Id, village.Name, PlaceKind.Village, Townships[village.Township].Id, village.Latitude, village.Longitude);
        }

        foreach (Spot site in Sites)
        {
            yield return new(site.Id, site.Name, PlaceKind.Site, Townships[site.Township].Id, site.Latitude, site.Longitude);
        }
    }

    /// <summary>An id with its number padded with zeros.</summary>
    public static string Numbered(string letter, int number, int digits) =>
        letter + number.ToString("D" + digits.ToString(System.Globalization.CultureInfo.InvariantCulture), System.Globalization.CultureInfo.InvariantCulture);

    private static List<(GeoPlace Place, int Township)> DrawVillages(int count, GeoPlace[] townships, SeededRandom random)
    {
        List<(GeoPlace, int)> drawn = [];
        foreach (string kind in (string[])["supply", "demand"])
        {
            // Each township gives its share, so that also few villages lie in several townships.
            GeoPlace[][] real = [.. townships.Select(t => GeoData.Villages.Where(v => v.Parent == t.Name && v.Kind == kind).ToArray())];
            int total = real.Sum(v => v.Length);
            int wanted = Math.Min(count - drawn.Count, total);
            int[] shares = Shares(real, wanted, total);
            for (int t = 0; t < townships.Length; t++)
            {
                drawn.AddRange(real[t].Take(shares[t]).Select(v => (v, t)));
            }
        }

        HashSet<string> names = [.. GeoData.Villages.Select(v => v.Name)];
        while (drawn.Count < count)
        {
            int township = random.Next(0, townships.Length - 1);
            drawn.Add((Near(townships[township], NameTables.Village(random, names), "village", 0.06, random), township));
        }

        return drawn;
    }

    private static int[] Shares(GeoPlace[][] real, int wanted, int total)
    {
        int[] shares = [.. real.Select(v => total == 0 ? 0 : v.Length * wanted / total)];
        int[] byRemainder = [.. Enumerable.Range(0, real.Length).Where(t => real[t].Length > 0).OrderByDescending(t => real[t].Length * wanted % total).ThenBy(t => t)];
        for (int i = 0; shares.Sum() < wanted; i++)
        {
            shares[byRemainder[i]]++;
        }

        return shares;
    }

    private static List<(GeoPlace Place, int Township)> DrawSites(
        int count, GeoPlace[] townships, List<(GeoPlace Place, int Township)> villages, SeededRandom random)
    {
        List<(GeoPlace, int)> drawn = [.. GeoData.Sites.Take(count).Select(s => (s, Array.FindIndex(townships, t => t.Name == s.Parent)))];
        HashSet<string> names = [.. GeoData.Sites.Select(s => s.Name)];

        // Farms sit where pickers can come from: a township within reach of many villages gets more of them.
        double[] weights = [.. townships.Select(t => t.Kind != "demand" ? 0 : 0.05 + villages.Count(
            v => Minutes(RoadKm(t.Latitude, t.Longitude, v.Place.Latitude, v.Place.Longitude)) <= 65) / (double)villages.Count)];
        while (drawn.Count < count)
        {
            int township = random.PickIndex(weights);
            drawn.Add((Near(townships[township], NameTables.Farm(random, townships[township].Name, names), "goji", 0.05, random), township));
        }

        return drawn;
    }

    private static GeoPlace Near(GeoPlace township, string name, string kind, double degrees, SeededRandom random) => new(
        name, kind, township.Name, kind,
        Math.Round(township.Latitude + random.Between(-degrees, degrees), 3), Math.Round(township.Longitude + random.Between(-degrees, degrees), 3));
}
