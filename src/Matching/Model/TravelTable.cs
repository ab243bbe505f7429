namespace Matching.Model;

/// <summary>
/// Minutes and kilometres between places: a given row where there is one, else great-circle kilometres on a sphere of
/// radius 6371.0088 km times the detour factor, and minutes = ⌈60 × km / speed − 10⁻⁹⌉. A place to itself is 0.
/// Thread-safe; nothing is cached, callers in hot loops keep their own matrix of the pairs that matter.
/// </summary>
public sealed class TravelTable
{
    /// <summary>Mean radius of the earth in kilometres (IUGG).</summary>
    public const double EarthRadiusKm = 6371.0088;

    private readonly Season _season;
    private readonly Dictionary<(PlaceId From, PlaceId To), (int Minutes, decimal Km)> _given;

    internal TravelTable(Season season)
    {
        _season = season;
        _given = new(season.Travel.Length);
        foreach (TravelLeg leg in season.Travel)
        {
            _given[(leg.From, leg.To)] = (leg.Minutes, leg.Km);
        }
    }

    /// <summary>Whether the leg has its own row.</summary>
    public bool IsGiven(PlaceId from, PlaceId to) => _given.ContainsKey((from, to));

    /// <summary>Whether the leg can be driven: a row, the same place, or coordinates at both ends.</summary>
    public bool TryGet(PlaceId from, PlaceId to, out int minutes, out decimal km)
    {
        (minutes, km) = (0, 0m);
        if (from == to)
        {
            return true;
        }

        if (_given.TryGetValue((from, to), out (int Minutes, decimal Km) row))
        {
            (minutes, km) = row;
            return true;
        }

        Place a = _season.PlaceById[from];
        Place b = _season.PlaceById[to];
        if (a.Latitude is not { } lat1 || a.Longitude is not { } lon1 || b.Latitude is not { } lat2 || b.Longitude is not { } lon2)
        {
            return false;
        }

        double road = GreatCircleKm(lat1, lon1, lat2, lon2) * (double)_season.Road.Detour;
        minutes = (int)Math.Ceiling((60.0 * road / (double)_season.Road.SpeedKmh) - 1e-9);
        km = (decimal)road;
        return true;
    }

    /// <summary>Whole minutes of the leg.</summary>
    /// <exception cref="InvalidOperationException">Neither a row nor coordinates are known.</exception>
    public int Minutes(PlaceId from, PlaceId to) => TryGet(from, to, out int minutes, out _) ? minutes : throw Unknown(from, to);

    /// <summary>Kilometres of the leg; exact for given rows.</summary>
    /// <exception cref="InvalidOperationException">Neither a row nor coordinates are known.</exception>
    public decimal Km(PlaceId from, PlaceId to) => TryGet(from, to, out _, out decimal km) ? km : throw Unknown(from, to);

    /// <summary>Great-circle distance in kilometres by the haversine formula.</summary>
    public static double GreatCircleKm(double lat1, double lon1, double lat2, double lon2)
    {
        const double ToRadians = Math.PI / 180;
        double dLat = (lat2 - lat1) * ToRadians;
        double dLon = (lon2 - lon1) * ToRadians;
        double sinLat = Math.Sin(dLat / 2);
        double sinLon = Math.Sin(dLon / 2);
        double h = (sinLat * sinLat) + (Math.Cos(lat1 * ToRadians) * Math.Cos(lat2 * ToRadians) * sinLon * sinLon);
        return 2 * EarthRadiusKm * Math.Asin(Math.Min(1, Math.Sqrt(h)));
    }

    private static InvalidOperationException Unknown(PlaceId from, PlaceId to) =>
        new($"No way is known from {from} to {to}: neither a travel row nor coordinates at both ends.");
}
