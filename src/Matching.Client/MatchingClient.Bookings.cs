using System.Globalization;
using System.Text.Json;

namespace Matching.Client;

/// <summary>Requests of brokers, holds, bookings, the dispatch; and what is asked of a finished plan.</summary>
public sealed partial class MatchingClient
{
    /// <summary>The best legal offers for a request, best first.</summary>
    /// <param name="seasonId">A season with a published plan.</param>
    /// <param name="request">What is wanted.</param>
    /// <param name="offers">Offers at most, 1 to 5; null for 5.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    public Task<OfferAnswer> AskAsync(string seasonId, BrokerAsks request, int? offers = null, CancellationToken cancellationToken = default) =>
        SendAsync<OfferAnswer>(
            HttpMethod.Post, $"v1/seasons/{Part(seasonId)}/requests" + (offers is { } most ? $"?offers={most.ToString(CultureInfo.InvariantCulture)}" : ""),
            BodyOf(request), null, cancellationToken);

    /// <summary>Holds an offer for some minutes, 15 unless given.</summary>
    public Task<HoldInfo> HoldAsync(string offerId, double? minutes = null, string? idempotencyKey = null, CancellationToken cancellationToken = default) =>
        SendAsync<HoldInfo>(HttpMethod.Post, $"v1/offers/{Part(offerId)}/hold", BodyOf(new { minutes }), idempotencyKey, cancellationToken);

    /// <summary>Makes a hold a booking; asked again, the same booking.</summary>
    public Task<BookingInfo> ConfirmAsync(string holdId, CancellationToken cancellationToken = default) =>
        SendAsync<BookingInfo>(HttpMethod.Post, $"v1/holds/{Part(holdId)}/confirm", null, null, cancellationToken);

    /// <summary>Gives a hold back.</summary>
    public Task ReleaseHoldAsync(string holdId, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Delete, $"v1/holds/{Part(holdId)}", null, null, cancellationToken);

    /// <summary>Gives a booking back.</summary>
    public Task ReleaseBookingAsync(string bookingId, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Delete, $"v1/bookings/{Part(bookingId)}", null, null, cancellationToken);

    /// <summary>Live holds, oldest first, read part by part.</summary>
    public IAsyncEnumerable<HoldListItem> ListHoldsAsync(string seasonId, string? brokerId = null, CancellationToken cancellationToken = default) =>
        ListAsync<HoldListItem>($"v1/seasons/{Part(seasonId)}/holds", [("brokerId", brokerId)], cancellationToken);

    /// <summary>Live bookings, oldest first, read part by part.</summary>
    public IAsyncEnumerable<BookingListItem> ListBookingsAsync(string seasonId, string? brokerId = null, CancellationToken cancellationToken = default) =>
        ListAsync<BookingListItem>($"v1/seasons/{Part(seasonId)}/bookings", [("brokerId", brokerId)], cancellationToken);

    /// <summary>The published plan with every confirmed booking, as a plan folder (zip).</summary>
    public Task<byte[]> GetDispatchAsync(string seasonId, CancellationToken cancellationToken = default) =>
        BytesAsync($"v1/seasons/{Part(seasonId)}/dispatch", cancellationToken);

    /// <summary>Asks for a plan that is legal after changes, near this one.</summary>
    /// <param name="planId">The plan.</param>
    /// <param name="changes">A change set, a JSON array.</param>
    /// <param name="now">The first day that may change; null: all.</param>
    /// <param name="seconds">Seconds of the repair; null for 2.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    public Task<PlanInfo> RepairPlanAsync(
        string planId, string changes, DateOnly? now = null, double? seconds = null, CancellationToken cancellationToken = default) =>
        SendAsync<PlanInfo>(
            HttpMethod.Post, $"v1/plans/{Part(planId)}/repair",
            BodyOf(new { changes = JsonSerializer.Deserialize<JsonElement>(changes), now, seconds }), null, cancellationToken);

    /// <summary>What changes from one plan to another, as <c>diff --json</c> prints it.</summary>
    public Task<JsonElement> DiffPlansAsync(string planId, string otherPlanId, CancellationToken cancellationToken = default) =>
        SendAsync<JsonElement>(HttpMethod.Get, $"v1/plans/{Part(planId)}/diff/{Part(otherPlanId)}", null, null, cancellationToken);

    /// <summary>Why an order is short on a day, as <c>why --json</c> prints it.</summary>
    public Task<JsonElement> WhyOrderAsync(string planId, string orderId, DateOnly date, CancellationToken cancellationToken = default) =>
        SendAsync<JsonElement>(HttpMethod.Post, $"v1/plans/{Part(planId)}/why", BodyOf(new { orderId, date }), null, cancellationToken);

    /// <summary>Why a worker is idle or where they are on a day, as <c>why --json</c> prints it.</summary>
    public Task<JsonElement> WhyWorkerAsync(string planId, string workerId, DateOnly date, CancellationToken cancellationToken = default) =>
        SendAsync<JsonElement>(HttpMethod.Post, $"v1/plans/{Part(planId)}/why", BodyOf(new { workerId, date }), null, cancellationToken);

    /// <summary>What of the plan's shortage no plan can avoid, as <c>shortages --json</c> prints it.</summary>
    /// <param name="planId">The plan.</param>
    /// <param name="level"><c>required</c> or <c>target</c>.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    public Task<JsonElement> ProveShortagesAsync(string planId, string level = "required", CancellationToken cancellationToken = default) =>
        SendAsync<JsonElement>(HttpMethod.Get, $"v1/plans/{Part(planId)}/shortage-certificates?level={Part(level)}", null, null, cancellationToken);

    /// <summary>What if the worker works in that crew on that day, as <c>try --json</c> prints it.</summary>
    public Task<JsonElement> TryWorkerAsync(string planId, string workerId, DateOnly date, string crewId, CancellationToken cancellationToken = default) =>
        SendAsync<JsonElement>(HttpMethod.Post, $"v1/plans/{Part(planId)}/try", BodyOf(new { workerId, date, crewId }), null, cancellationToken);
}
