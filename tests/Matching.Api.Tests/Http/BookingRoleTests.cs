using System.Net;
using Matching.Client;

namespace Matching.Api.Tests.Http;

/// <summary>Who may ask, hold, confirm, release and see what.</summary>
public sealed class BookingRoleTests(SecureHost host)
{
    private static readonly DateOnly First = new(2026, 7, 5);
    private static readonly DateOnly Last = new(2026, 7, 12);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_viewer_sees_holds_but_may_neither_ask_nor_hold_nor_repair()
    {
        (MatchingClient planner, string season, string plan) = await PublishedAsync("role-a");
        HoldInfo hold = await planner.HoldAsync((await SomeOfferAsync(planner, season)).OfferId, cancellationToken: Stop);
        using HttpClient http = await host.WithKeyAsync("role-a", "viewer");
        MatchingClient viewer = new(http);

        Assert.Equal(hold.HoldId, Assert.Single(await viewer.ListHoldsAsync(season, cancellationToken: Stop).ToListAsync(Stop)).HoldId);
        await RefusedAsync(403, () => viewer.AskAsync(season, BrokerAsks.Work("B001", First, Last, 5), cancellationToken: Stop));
        await RefusedAsync(403, () => viewer.HoldAsync(hold.OfferId, cancellationToken: Stop));
        await RefusedAsync(403, () => viewer.ConfirmAsync(hold.HoldId, Stop));
        await RefusedAsync(403, () => viewer.ReleaseHoldAsync(hold.HoldId, Stop));
        await RefusedAsync(403, () => viewer.RepairPlanAsync(plan, "[]", cancellationToken: Stop));
        await RefusedAsync(403, () => viewer.PublishPlanAsync(plan, Stop));
    }

    [Fact]
    public async Task A_broker_asks_and_books_for_themselves_and_sees_no_other_brokers_promises()
    {
        (MatchingClient planner, string season, string plan) = await PublishedAsync("role-b");
        OfferItem offer = await SomeOfferAsync(planner, season);
        using HttpClient ownHttp = await host.WithKeyAsync("role-b", "broker", offer.BrokerId);
        using HttpClient otherHttp = await host.WithKeyAsync("role-b", "broker", offer.BrokerId == "B001" ? "B002" : "B001");
        MatchingClient own = new(ownHttp);
        MatchingClient other = new(otherHttp);

        await RefusedAsync(403, () => other.AskAsync(season, BrokerAsks.Work(offer.BrokerId, First, Last, 5), cancellationToken: Stop));
        OfferAnswer answer = await own.AskAsync(season, BrokerAsks.Work(offer.BrokerId, First, Last, 30), cancellationToken: Stop);
        Assert.NotEmpty(answer.Offers);
        Assert.All(answer.Offers, o => Assert.Equal(offer.BrokerId, o.BrokerId));
        string mine = answer.Offers[0].OfferId;
        await RefusedAsync(404, () => other.HoldAsync(mine, cancellationToken: Stop));
        HoldInfo hold = await own.HoldAsync(mine, cancellationToken: Stop);
        await RefusedAsync(404, () => other.ConfirmAsync(hold.HoldId, Stop));
        await RefusedAsync(404, () => other.ReleaseHoldAsync(hold.HoldId, Stop));
        Assert.Empty(await other.ListHoldsAsync(season, cancellationToken: Stop).ToListAsync(Stop));
        BookingInfo booking = await own.ConfirmAsync(hold.HoldId, Stop);
        Assert.Empty(await other.ListBookingsAsync(season, cancellationToken: Stop).ToListAsync(Stop));
        Assert.Empty(await other.ListBookingsAsync(season, offer.BrokerId, Stop).ToListAsync(Stop));
        Assert.Equal(booking.BookingId, Assert.Single(await own.ListBookingsAsync(season, cancellationToken: Stop).ToListAsync(Stop)).BookingId);
        await RefusedAsync(404, () => other.ReleaseBookingAsync(booking.BookingId, Stop));
        await RefusedAsync(403, () => own.GetDispatchAsync(season, Stop));
        await RefusedAsync(403, () => own.RepairPlanAsync(plan, "[]", cancellationToken: Stop));
        await own.ReleaseBookingAsync(booking.BookingId, Stop);
        Assert.Empty(await own.ListBookingsAsync(season, cancellationToken: Stop).ToListAsync(Stop));
    }

    [Fact]
    public async Task Another_county_finds_neither_offers_nor_holds_nor_bookings()
    {
        (MatchingClient planner, string season, _) = await PublishedAsync("role-c");
        HoldInfo hold = await planner.HoldAsync((await SomeOfferAsync(planner, season)).OfferId, cancellationToken: Stop);
        BookingInfo booking = await planner.ConfirmAsync(hold.HoldId, Stop);
        using HttpClient http = await host.WithKeyAsync("role-d", "admin");
        MatchingClient stranger = new(http);

        await RefusedAsync(404, () => stranger.AskAsync(season, BrokerAsks.Work("B001", First, Last, 5), cancellationToken: Stop));
        await RefusedAsync(404, () => stranger.HoldAsync(hold.OfferId, cancellationToken: Stop));
        await RefusedAsync(404, () => stranger.ConfirmAsync(hold.HoldId, Stop));
        await RefusedAsync(404, () => stranger.ReleaseBookingAsync(booking.BookingId, Stop));
        await RefusedAsync(404, () => stranger.GetDispatchAsync(season, Stop));
        Assert.Equal(booking, await planner.ConfirmAsync(hold.HoldId, Stop));
    }

    [Fact]
    public async Task Another_plan_is_published_only_where_it_leaves_the_bookings_their_place()
    {
        (MatchingClient planner, string season, string empty) = await PublishedAsync("role-e");
        OfferItem offer = await SomeOfferAsync(planner, season);
        await planner.ConfirmAsync((await planner.HoldAsync(offer.OfferId, cancellationToken: Stop)).HoldId, Stop);
        PlanInfo? full = null;
        for (int seed = 1; full is null && seed <= 8; seed++)
        {
            PlanInfo drawn = await planner.CreatePlanAsync(season, new PlanOrder(Seconds: 1, Seed: seed), cancellationToken: Stop);
            drawn = await planner.WaitForPlanAsync(drawn.Id, Stop);
            bool meets = (await planner.ListCrewsAsync(drawn.Id, Stop).ToListAsync(Stop))
                .Exists(c => c.BrokerId == offer.BrokerId && c.From <= offer.To && c.To >= offer.From);
            full = meets ? drawn : null;
        }

        Assert.SkipWhen(full is null, "No plan drawn needs that broker then: nothing stands against any.");

        await RefusedAsync(409, () => planner.PublishPlanAsync(full.Id, Stop));

        Assert.Equal(empty, (await planner.GetSeasonAsync(season, Stop)).PublishedPlanId);
        Assert.Single(await planner.ListBookingsAsync(season, cancellationToken: Stop).ToListAsync(Stop));
    }

    [Fact]
    public async Task The_same_key_holds_an_offer_once()
    {
        (MatchingClient planner, string season, _) = await PublishedAsync("role-f");
        OfferItem offer = await SomeOfferAsync(planner, season);

        HoldInfo[] holds = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => planner.HoldAsync(offer.OfferId, null, "once", Stop)));

        Assert.Single(holds.Distinct());
        Assert.Single(await planner.ListHoldsAsync(season, cancellationToken: Stop).ToListAsync(Stop));
    }

    private async Task<(MatchingClient Planner, string Season, string Plan)> PublishedAsync(string tenant)
    {
        HttpClient http = await host.WithKeyAsync(tenant, "planner");
        MatchingClient client = new(http);
        string season = await EmptyPlan.PublishedAsync(client, Stop);
        return (client, season, (await client.GetSeasonAsync(season, Stop)).PublishedPlanId!);
    }

    private static async Task<OfferItem> SomeOfferAsync(MatchingClient client, string season)
    {
        for (int broker = 1; broker <= 12; broker++)
        {
            OfferAnswer answer = await client.AskAsync(season, BrokerAsks.Work($"B{broker:000}", First, Last, 30), 1, Stop);
            if (answer.Offers is [{ } best, ..])
            {
                return best;
            }
        }

        throw new InvalidOperationException("Nobody gets an offer.");
    }

    private static async Task RefusedAsync(int status, Func<Task> ask) =>
        Assert.Equal(status, (await Assert.ThrowsAsync<ApiProblemException>(ask)).Status);
}
