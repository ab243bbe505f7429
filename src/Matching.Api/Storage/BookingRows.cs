namespace Matching.Api.Storage;

/// <summary>The offers a request got; they live half an hour.</summary>
internal sealed class OfferSetRow
{
    /// <summary>The request's id; its offers are named after it.</summary>
    public required string Id { get; set; }

    public required string Tenant { get; set; }

    public long SeasonNo { get; set; }

    public required string SeasonId { get; set; }

    /// <summary>The published plan they stand on.</summary>
    public long PlanNo { get; set; }

    /// <summary>The broker they were made for, or null for a planner.</summary>
    public string? OnlyBroker { get; set; }

    /// <summary>The offers, packed.</summary>
    public required byte[] Content { get; set; }

    public DateTimeOffset CreatedAt { get; set; }
}

/// <summary>The words for what a hold has come to.</summary>
internal static class HoldState
{
    public const string Held = "held";
    public const string Booked = "booked";
    public const string Released = "released";
    public const string Expired = "expired";

    /// <summary>Whether it takes people, seats and days.</summary>
    public static bool IsLive(string state) => state is Held or Booked;
}

/// <summary>An offer that was held, and the booking it may have become.</summary>
internal sealed class HoldRow
{
    public long No { get; set; }

    public required string Id { get; set; }

    public required string Tenant { get; set; }

    public long SeasonNo { get; set; }

    public required string SeasonId { get; set; }

    public required string OfferId { get; set; }

    /// <summary>The crew it is in the dispatch.</summary>
    public required string CrewId { get; set; }

    public required string BrokerId { get; set; }

    public required string OrderId { get; set; }

    public DateOnly From { get; set; }

    public DateOnly To { get; set; }

    public int Workers { get; set; }

    public required string State { get; set; }

    /// <summary>The offer, packed.</summary>
    public required byte[] Content { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset ExpiresAt { get; set; }

    public string? BookingId { get; set; }

    /// <summary>The number of the booking state that last began or ended it.</summary>
    public long Changed { get; set; }
}

/// <summary>The number of a season's booking state; whoever changes bookings moves it on, and only from the number they knew.</summary>
internal sealed class BookingStateRow
{
    public long SeasonNo { get; set; }

    public long Version { get; set; }
}
