namespace Matching.Model;

/// <summary>
/// The kinds of place, highest first: a parent is always of a higher kind than its child (sites and depots are both lowest).
/// </summary>
public enum PlaceKind
{
    /// <summary>A county.</summary>
    County,

    /// <summary>A township.</summary>
    Township,

    /// <summary>A village; workers live here.</summary>
    Village,

    /// <summary>A work site; orders are worked here.</summary>
    Site,

    /// <summary>A vehicle depot.</summary>
    Depot,
}

/// <summary>A place on the map or in the tree county &gt; township &gt; village &gt; site or depot.</summary>
/// <param name="Id">The id.</param>
/// <param name="Name">The name people know it by.</param>
/// <param name="Kind">The kind of place.</param>
/// <param name="Parent">The place it lies in, or null when it lies below nothing.</param>
/// <param name="Latitude">Degrees north, WGS-84; villages, sites and depots always have it.</param>
/// <param name="Longitude">Degrees east, WGS-84; villages, sites and depots always have it.</param>
public sealed record Place(PlaceId Id, string Name, PlaceKind Kind, PlaceId? Parent, double? Latitude, double? Longitude);

/// <summary>A given travel time and distance in one direction; it says nothing about the other direction.</summary>
/// <param name="From">Where the leg starts.</param>
/// <param name="To">Where the leg ends.</param>
/// <param name="Minutes">Whole minutes, not negative.</param>
/// <param name="Km">Kilometres, not negative.</param>
public sealed record TravelLeg(PlaceId From, PlaceId To, int Minutes, decimal Km);
