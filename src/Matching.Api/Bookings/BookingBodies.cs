using System.Text.Json.Nodes;
using Matching.Api.Http;
using Matching.Api.Storage;
using Matching.Plans;
using Matching.Requests;

namespace Matching.Api.Bookings;

/// <summary>A broker's request: <c>kind</c> is <c>crew</c>, <c>work</c> or <c>people</c>, which say what else is given.</summary>
internal sealed record RequestBodyIn(
    string? Kind, string? OrderId, DateOnly? From, DateOnly? To, int? Workers, int? MinLevel, string? BrokerId, IReadOnlyList<string?>? WorkerIds);

/// <summary>How long to hold.</summary>
internal sealed record HoldRequest(double? Minutes);

/// <summary>The answer to a request.</summary>
internal sealed record AnswerBody(string RequestId, long Version, IReadOnlyList<OfferBody> Offers, IReadOnlyList<RefusedBody> Refused, JsonObject? Nearest)
{
    public static AnswerBody Of(string requestId, RequestAnswer answer) => new(
        requestId, answer.Version, [.. answer.Offers.Select((o, i) => OfferBody.Of(OfferIds.Of(requestId, i + 1), i + 1, o))],
        [.. answer.Refused.Select(r => new RefusedBody(r.Rule.ToString(), r.Ids, r.Message))], Show(answer.Nearest));

    private static JsonObject? Show(BrokerRequest? request) => request switch
    {
        CrewRequest crew => new JsonObject
        {
            ["kind"] = crew.Kind,
            ["orderId"] = crew.Order.Value,
            ["from"] = Day(crew.From),
            ["to"] = Day(crew.To),
            ["workers"] = crew.Workers,
            ["minLevel"] = crew.MinLevel,
            ["brokerId"] = crew.Broker?.Value,
        },
        WorkRequest work => new JsonObject
        {
            ["kind"] = work.Kind,
            ["brokerId"] = work.Broker.Value,
            ["from"] = Day(work.From),
            ["to"] = Day(work.To),
            ["workers"] = work.Workers,
        },
        PeopleRequest people => new JsonObject
        {
            ["kind"] = people.Kind,
            ["brokerId"] = people.Broker.Value,
            ["workerIds"] = new JsonArray([.. people.Workers.Select(w => (JsonNode)w.Value)]),
            ["from"] = Day(people.From),
            ["to"] = Day(people.To),
        },
        _ => null,
    };

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>An offer.</summary>
internal sealed record OfferBody(
    string OfferId, int Rank, string BrokerId, string OrderId, DateOnly From, DateOnly To, string Mode, int Workers,
    IReadOnlyList<MemberBody> Members, IReadOnlyList<RideBody> Trips, decimal NetValue, decimal Displaced, IReadOnlyList<string> Reasons)
{
    public static OfferBody Of(string id, int rank, Offer offer) => new(
        id, rank, offer.Broker.Value, offer.Order.Value, offer.From, offer.To, offer.Mode == CrewMode.Lodge ? "lodge" : "commute", offer.Members.Length,
        [.. offer.Members.Select(m => new MemberBody(m.Worker.Value, m.Dates))],
        [.. offer.Trips.Select(RideBody.Of)], ApiJson.Money(offer.NetValue), ApiJson.Money(offer.Displaced), offer.Reasons);
}

/// <summary>A member of an offered crew.</summary>
internal sealed record MemberBody(string WorkerId, IReadOnlyList<DateOnly> Dates);

/// <summary>A trip that carries members of an offered crew.</summary>
internal sealed record RideBody(DateOnly Date, string VehicleId, string? TripId, TimeOnly Departs, IReadOnlyList<RideStopBody> Stops)
{
    public static RideBody Of(CrewRide ride) => new(
        ride.Date, ride.Vehicle.Value, ride.Trip?.Value, ride.Departs,
        [.. ride.Stops.Select(s => new RideStopBody(s.Seq, s.Place.Value, s.Arrives, s.Village.Value, s.Board, s.Alight))]);
}

/// <summary>A stop of such a trip.</summary>
internal sealed record RideStopBody(int Seq, string PlaceId, TimeOnly Arrives, string VillageId, int Board, int Alight);

/// <summary>A rule that closed a candidate.</summary>
internal sealed record RefusedBody(string Rule, IReadOnlyList<string> Ids, string Message);

/// <summary>A hold.</summary>
internal sealed record HoldBody(string HoldId, string OfferId, DateTimeOffset ExpiresAt);

/// <summary>A booking.</summary>
internal sealed record BookingBody(string BookingId, string CrewId);

/// <summary>A live hold in a list.</summary>
internal sealed record HoldItem(
    string HoldId, string OfferId, DateTimeOffset ExpiresAt, string BrokerId, string OrderId, DateOnly From, DateOnly To, int Workers)
{
    public static HoldItem Of(HoldRow row) => new(row.Id, row.OfferId, row.ExpiresAt, row.BrokerId, row.OrderId, row.From, row.To, row.Workers);
}

/// <summary>A live booking in a list.</summary>
internal sealed record BookingItem(
    string BookingId, string CrewId, string HoldId, string OfferId, string BrokerId, string OrderId, DateOnly From, DateOnly To, int Workers)
{
    public static BookingItem Of(HoldRow row) =>
        new(row.BookingId!, row.CrewId, row.Id, row.OfferId, row.BrokerId, row.OrderId, row.From, row.To, row.Workers);
}

/// <summary>Offers are named after their request and rank.</summary>
internal static class OfferIds
{
    public static string Of(string requestId, int rank) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{requestId}-{rank}");

    /// <summary>The request and rank; false when it is no id of an offer.</summary>
    public static bool TryRead(string offerId, out string requestId, out int rank)
    {
        int at = offerId.LastIndexOf('-');
        (requestId, rank) = (at > 0 ? offerId[..at] : "", 0);
        return at > 0 && offerId.Length == at + 2 && (rank = offerId[^1] - '0') is >= 1 and <= RequestEngine.MostOffers;
    }
}
