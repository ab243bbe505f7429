namespace Matching.Api.Bookings;

/// <summary>
/// Bookings of one season, one at a time, wherever in the cluster it lives. Its key is the season's inner number. Should two of
/// it ever live at once, the booking state's number and the promise tables let only one of them through.
/// </summary>
internal interface IBookingGrain : IGrainWithIntegerKey
{
    /// <summary>Holds an offer.</summary>
    public Task<HoldAnswer> HoldAsync(HoldOrder order);

    /// <summary>Makes a hold a booking; the same booking when asked again.</summary>
    public Task<HoldAnswer> ConfirmAsync(string holdId, Actor actor);

    /// <summary>Gives a hold back.</summary>
    public Task<HoldAnswer> ReleaseAsync(string holdId, Actor actor);

    /// <summary>Gives a booking back.</summary>
    public Task<HoldAnswer> ReleaseBookingAsync(string bookingId, Actor actor);

    /// <summary>Ends holds whose time is over.</summary>
    public Task ExpireAsync();
}

/// <summary>Who acts, for the log and for what they may touch.</summary>
/// <param name="Tenant">The county.</param>
/// <param name="Name">Who.</param>
/// <param name="OnlyBroker">The broker whose crews alone they may touch, or null.</param>
[GenerateSerializer]
[Immutable]
internal sealed record Actor([property: Id(0)] string Tenant, [property: Id(1)] string Name, [property: Id(2)] string? OnlyBroker);

/// <summary>An offer to hold.</summary>
/// <param name="OfferId">The offer.</param>
/// <param name="PlanNo">The published plan it stands on.</param>
/// <param name="Content">The offer, packed.</param>
/// <param name="Seconds">How long.</param>
/// <param name="Actor">Who.</param>
[GenerateSerializer]
[Immutable]
internal sealed record HoldOrder(
    [property: Id(0)] string OfferId, [property: Id(1)] long PlanNo, [property: Id(2)] byte[] Content, [property: Id(3)] double Seconds,
    [property: Id(4)] Actor Actor);

/// <summary>What came of it.</summary>
/// <param name="Problem">The code of a problem, or null when it was done.</param>
/// <param name="Detail">What the problem is.</param>
/// <param name="HoldId">The hold.</param>
/// <param name="ExpiresAt">Until when it holds.</param>
/// <param name="BookingId">The booking.</param>
/// <param name="CrewId">The crew it is in the dispatch.</param>
[GenerateSerializer]
[Immutable]
internal sealed record HoldAnswer(
    [property: Id(0)] string? Problem, [property: Id(1)] string? Detail = null, [property: Id(2)] string? HoldId = null,
    [property: Id(3)] DateTimeOffset ExpiresAt = default, [property: Id(4)] string? BookingId = null, [property: Id(5)] string? CrewId = null);
