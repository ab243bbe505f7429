using System.Collections.Immutable;
using Matching.Api.Hosting;
using Matching.Api.Http;
using Matching.Api.Seasons;
using Matching.Api.Security;
using Matching.Api.Storage;
using Matching.Files;
using Matching.Plans;
using Matching.Requests;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Matching.Api.Bookings;

/// <summary>The routes that hold, confirm, release and list, and the dispatch.</summary>
internal static class BookingEndpoints
{
    private const double UsualMinutes = 15;
    private const double MostMinutes = 1440;

    /// <summary>Maps them.</summary>
    public static void Map(RouteGroupBuilder v1)
    {
        RouteGroupBuilder routes = v1.MapGroup("").WithTags("Requests");
        routes.MapPost("/offers/{offerId}/hold", HoldAsync).RequireAuthorization(Policies.Booker).WithName("HoldOffer").WithSummary("Holds an offer for some minutes.")
            .Takes<HoldRequest>(RequestBody.Json).Gives<HoldBody>(201).Refuses(400, 404, 409, 410, 413, 415);
        routes.MapPost("/holds/{holdId}/confirm", ConfirmAsync).RequireAuthorization(Policies.Booker).WithName("ConfirmHold").WithSummary("Makes a hold a booking.")
            .Gives<BookingBody>(200).Refuses(404, 410);
        routes.MapDelete("/holds/{holdId}", ReleaseAsync).RequireAuthorization(Policies.Booker).WithName("ReleaseHold").WithSummary("Gives a hold back.")
            .GivesNothing().Refuses(404, 409, 410);
        routes.MapDelete("/bookings/{bookingId}", ReleaseBookingAsync).RequireAuthorization(Policies.Booker).WithName("ReleaseBooking")
            .WithSummary("Gives a booking back.").GivesNothing().Refuses(404);
        routes.MapGet("/seasons/{id}/holds", ListHoldsAsync).RequireAuthorization(Policies.Reader).WithName("ListHolds").WithSummary("Live holds, oldest first.")
            .Gives<Page<HoldItem>>(200).Refuses(400, 404);
        routes.MapGet("/seasons/{id}/bookings", ListBookingsAsync).RequireAuthorization(Policies.Reader).WithName("ListBookings").WithSummary("Live bookings, oldest first.")
            .Gives<Page<BookingItem>>(200).Refuses(400, 404);
        routes.MapGet("/seasons/{id}/dispatch", DispatchAsync).RequireAuthorization(Policies.Overview).WithName("GetDispatch")
            .WithSummary("The published plan with every confirmed booking, as one plan folder (zip).").GivesFile(RequestBody.Zip).Refuses(404, 409);
    }

    private static async Task<Created<HoldBody>> HoldAsync(
        string offerId, HttpContext context, MatchingDb db, IGrainFactory grains, ServeOptions host, TimeProvider clock, CancellationToken cancellationToken)
    {
        Caller caller = Caller.Of(context);
        double minutes = (await RequestBody.OptionalJsonAsync<HoldRequest>(context, host.MostJsonBytes))?.Minutes ?? UsualMinutes;
        if (double.IsNaN(minutes) || minutes is <= 0 or > MostMinutes)
        {
            throw ProblemException.BadRequest($"'minutes' is more than 0 and at most {MostMinutes}.");
        }

        OfferSetRow? set = OfferIds.TryRead(offerId, out string requestId, out int rank)
            ? await db.OfferSets.AsNoTracking().FirstOrDefaultAsync(o => o.Id == requestId && o.Tenant == caller.Tenant, cancellationToken) : null;
        ImmutableArray<Offer> offers = set is null ? [] : Packing.Offers(set.Content);
        if (set is null || rank > offers.Length || (caller.OnlyBroker is { } only && offers[rank - 1].Broker.Value != only))
        {
            throw ProblemException.NotFound("offer", offerId);
        }

        if (set.CreatedAt + OfferShelf.Life <= clock.GetUtcNow())
        {
            throw new ProblemException(ProblemCodes.Stale, $"The offer '{offerId}' is older than {OfferShelf.Life.TotalMinutes} minutes.");
        }

        HoldAnswer answer = Done(await grains.GetGrain<IBookingGrain>(set.SeasonNo).HoldAsync(
            new HoldOrder(offerId, set.PlanNo, Packing.Pack(offers[rank - 1]), minutes * 60, ActorOf(caller))));
        return TypedResults.Created($"/v1/holds/{answer.HoldId}", new HoldBody(answer.HoldId!, offerId, answer.ExpiresAt));
    }

    private static async Task<Ok<BookingBody>> ConfirmAsync(
        string holdId, HttpContext context, MatchingDb db, IGrainFactory grains, CancellationToken cancellationToken)
    {
        Caller caller = Caller.Of(context);
        HoldRow row = await FindAsync(db, caller, h => h.Where(x => x.Id == holdId), "hold", holdId, cancellationToken);
        HoldAnswer answer = Done(await grains.GetGrain<IBookingGrain>(row.SeasonNo).ConfirmAsync(holdId, ActorOf(caller)));
        return TypedResults.Ok(new BookingBody(answer.BookingId!, answer.CrewId!));
    }

    private static async Task<NoContent> ReleaseAsync(
        string holdId, HttpContext context, MatchingDb db, IGrainFactory grains, CancellationToken cancellationToken)
    {
        Caller caller = Caller.Of(context);
        HoldRow row = await FindAsync(db, caller, h => h.Where(x => x.Id == holdId), "hold", holdId, cancellationToken);
        Done(await grains.GetGrain<IBookingGrain>(row.SeasonNo).ReleaseAsync(holdId, ActorOf(caller)));
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> ReleaseBookingAsync(
        string bookingId, HttpContext context, MatchingDb db, IGrainFactory grains, CancellationToken cancellationToken)
    {
        Caller caller = Caller.Of(context);
        HoldRow row = await FindAsync(db, caller, h => h.Where(x => x.BookingId == bookingId), "booking", bookingId, cancellationToken);
        Done(await grains.GetGrain<IBookingGrain>(row.SeasonNo).ReleaseBookingAsync(bookingId, ActorOf(caller)));
        return TypedResults.NoContent();
    }

    private static async Task<Ok<Page<HoldItem>>> ListHoldsAsync(
        string id, string? brokerId, string? limit, string? cursor, HttpContext context, MatchingDb db, SeasonStore seasons, Cursors cursors, TimeProvider clock,
        CancellationToken cancellationToken)
    {
        DateTimeOffset now = clock.GetUtcNow();
        (PageRequest page, string list, IQueryable<HoldRow> rows) = await ListAsync(id, "holds", brokerId, limit, cursor, context, db, seasons, cursors, cancellationToken);
        List<HoldRow> found = await rows.Where(h => h.State == HoldState.Held && h.ExpiresAt > now).Take(page.Limit + 1).ToListAsync(cancellationToken);
        return TypedResults.Ok(cursors.Page(list, page, found, r => r.No, HoldItem.Of));
    }

    private static async Task<Ok<Page<BookingItem>>> ListBookingsAsync(
        string id, string? brokerId, string? limit, string? cursor, HttpContext context, MatchingDb db, SeasonStore seasons, Cursors cursors,
        CancellationToken cancellationToken)
    {
        (PageRequest page, string list, IQueryable<HoldRow> rows) = await ListAsync(id, "bookings", brokerId, limit, cursor, context, db, seasons, cursors, cancellationToken);
        List<HoldRow> found = await rows.Where(h => h.State == HoldState.Booked).Take(page.Limit + 1).ToListAsync(cancellationToken);
        return TypedResults.Ok(cursors.Page(list, page, found, r => r.No, BookingItem.Of));
    }

    private static async Task<(PageRequest Page, string List, IQueryable<HoldRow> Rows)> ListAsync(
        string id, string what, string? brokerId, string? limit, string? cursor, HttpContext context, MatchingDb db, SeasonStore seasons, Cursors cursors,
        CancellationToken cancellationToken)
    {
        Caller caller = Caller.Of(context);
        SeasonRow season = await seasons.GetAsync(caller, id, cancellationToken);
        string list = $"{season.Id}/{what}/{brokerId}/{caller.OnlyBroker}";
        PageRequest page = cursors.Read(list, limit, cursor);
        IQueryable<HoldRow> rows = db.Holds.AsNoTracking().Where(h => h.SeasonNo == season.No && h.No > page.After).OrderBy(h => h.No);
        rows = brokerId is null ? rows : rows.Where(h => h.BrokerId == brokerId);
        return (page, list, caller.OnlyBroker is { } only ? rows.Where(h => h.BrokerId == only) : rows);
    }

    private static async Task<FileContentHttpResult> DispatchAsync(
        string id, HttpContext context, MatchingDb db, SeasonStore seasons, BookingRooms rooms, CancellationToken cancellationToken)
    {
        SeasonRow row = await seasons.GetAsync(Caller.Of(context), id, cancellationToken);
        BookingView view = await rooms.GetAsync(db, row.No, cancellationToken);

        // Any part of the live bookings makes a legal plan; one confirmed or released meanwhile is in the next dispatch.
        HashSet<string> booked = (await db.Holds.Where(h => h.SeasonNo == row.No && h.State == HoldState.Booked).Select(h => h.CrewId).ToListAsync(cancellationToken))
            .ToHashSet(StringComparer.Ordinal);
        byte[] content = await Task.Run(
            () =>
            {
                using MemoryStream zip = new();
                PlanFiles.WriteZip(view.Snapshot.ToPlan(b => booked.Contains(b.Crew.Value)), view.Snapshot.Season, zip);
                return zip.ToArray();
            },
            cancellationToken);
        return TypedResults.File(content, RequestBody.Zip, $"{row.Id}-dispatch.zip");
    }

    private static async Task<HoldRow> FindAsync(
        MatchingDb db, Caller caller, Func<IQueryable<HoldRow>, IQueryable<HoldRow>> which, string what, string id, CancellationToken cancellationToken) =>
        await which(db.Holds.AsNoTracking().Where(h => h.Tenant == caller.Tenant)).FirstOrDefaultAsync(cancellationToken) is { } row
        && (caller.OnlyBroker is not { } only || row.BrokerId == only)
            ? row : throw ProblemException.NotFound(what, id);

    private static Actor ActorOf(Caller caller) => new(caller.Tenant, caller.Name, caller.OnlyBroker);

    private static HoldAnswer Done(HoldAnswer answer) => answer.Problem is null
        ? answer
        : throw new ProblemException(ProblemCodes.All.First(p => p.Code == answer.Problem), answer.Detail ?? "");
}
