using System.Data.Common;
using Matching.Api.Http;
using Matching.Api.Storage;
using Matching.Model;
using Matching.Requests;
using Microsoft.EntityFrameworkCore;

namespace Matching.Api.Bookings;

/// <inheritdoc cref="IBookingGrain"/>
internal sealed class BookingGrain(IDbContextFactory<MatchingDb> databases, BookingRooms rooms, ActionLog log, TimeProvider clock) : Grain, IBookingGrain
{
    /// <summary>Tries when another node moved the booking state on in between.</summary>
    private const int MostTries = 5;

    private long SeasonNo => this.GetPrimaryKeyLong();

    /// <inheritdoc/>
    public async Task<HoldAnswer> HoldAsync(HoldOrder order)
    {
        await ExpireAsync();
        Offer offer = Packing.Offer(order.Content);
        for (int attempt = 0; attempt < MostTries; attempt++)
        {
            await using MatchingDb db = await databases.CreateDbContextAsync();
            BookingView view = await rooms.GetAsync(db, SeasonNo, CancellationToken.None);
            if (view.PlanNo != order.PlanNo)
            {
                return new HoldAnswer(ProblemCodes.Stale.Code, "Another plan was published since the offer was made.");
            }

            var booking = new Booking(new CrewId(Ids.New("c")), offer);
            if (!view.Snapshot.TryAdd(booking, out DispatchSnapshot? next, out RuleInTheWay? obstacle))
            {
                return new HoldAnswer(ProblemCodes.Taken.Code, $"{obstacle.Rule}: {obstacle.Message}");
            }

            HoldRow row = NewRow(order, offer, booking, next.Version, await SeasonIdAsync(db));
            if (await StoreAsync(db, view, next, async () =>
            {
                db.Holds.Add(row);
                log.Add(db, order.Actor.Tenant, order.Actor.Name, "hold.created", row.SeasonId, ("holdId", row.Id), ("offerId", row.OfferId), ("crewId", row.CrewId), ("brokerId", row.BrokerId), ("orderId", row.OrderId));
                await db.SaveChangesAsync();
                await Promises.TakeAsync(db, view.Snapshot, SeasonNo, row.No, booking, CancellationToken.None);
            }))
            {
                return new HoldAnswer(null, HoldId: row.Id, ExpiresAt: row.ExpiresAt, CrewId: row.CrewId);
            }
        }

        return new HoldAnswer(ProblemCodes.Taken.Code, "A part of the offer went to another.");
    }

    /// <inheritdoc/>
    public async Task<HoldAnswer> ConfirmAsync(string holdId, Actor actor)
    {
        await ExpireAsync();
        await using MatchingDb db = await databases.CreateDbContextAsync();
        HoldRow? row = await db.Holds.FirstOrDefaultAsync(h => h.Id == holdId && h.SeasonNo == SeasonNo);
        if (row is null)
        {
            return new HoldAnswer(ProblemCodes.NotFound.Code, $"There is no hold '{holdId}'.");
        }

        switch (row.State)
        {
            case HoldState.Booked:
                return new HoldAnswer(null, HoldId: row.Id, BookingId: row.BookingId, CrewId: row.CrewId);
            case HoldState.Expired:
                return new HoldAnswer(ProblemCodes.Expired.Code, $"The hold '{holdId}' expired.");
            case HoldState.Released:
                return new HoldAnswer(ProblemCodes.Released.Code, $"The hold '{holdId}' was released.");
            default:
                break;
        }

        await using var transaction = await db.Database.BeginTransactionAsync();
        string bookingId = Ids.New("b");
        int changed = await db.Holds.Where(h => h.No == row.No && h.State == HoldState.Held)
            .ExecuteUpdateAsync(h => h.SetProperty(r => r.State, HoldState.Booked).SetProperty(r => r.BookingId, bookingId));
        if (changed == 0)
        {
            // Another node was first: what it did is the answer.
            await transaction.RollbackAsync();
            return await ConfirmAsync(holdId, actor);
        }

        log.Add(db, actor.Tenant, actor.Name, "booking.confirmed", row.SeasonId, ("bookingId", bookingId), ("holdId", row.Id), ("crewId", row.CrewId), ("brokerId", row.BrokerId), ("orderId", row.OrderId));
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        return new HoldAnswer(null, HoldId: row.Id, BookingId: bookingId, CrewId: row.CrewId);
    }

    /// <inheritdoc/>
    public async Task<HoldAnswer> ReleaseAsync(string holdId, Actor actor)
    {
        await ExpireAsync();
        await using MatchingDb db = await databases.CreateDbContextAsync();
        HoldRow? row = await db.Holds.AsNoTracking().FirstOrDefaultAsync(h => h.Id == holdId && h.SeasonNo == SeasonNo);
        return row?.State switch
        {
            HoldState.Held => await EndAsync(row.No, HoldState.Held, HoldState.Released, "hold.released", actor),
            HoldState.Booked => new HoldAnswer(ProblemCodes.Confirmed.Code, $"The hold '{holdId}' is the booking '{row.BookingId}'."),
            HoldState.Expired => new HoldAnswer(ProblemCodes.Expired.Code, $"The hold '{holdId}' expired."),
            _ => new HoldAnswer(ProblemCodes.NotFound.Code, $"There is no hold '{holdId}'."),
        };
    }

    /// <inheritdoc/>
    public async Task<HoldAnswer> ReleaseBookingAsync(string bookingId, Actor actor)
    {
        await using MatchingDb db = await databases.CreateDbContextAsync();
        HoldRow? row = await db.Holds.AsNoTracking().FirstOrDefaultAsync(h => h.BookingId == bookingId && h.SeasonNo == SeasonNo);
        return row?.State == HoldState.Booked
            ? await EndAsync(row.No, HoldState.Booked, HoldState.Released, "booking.released", actor)
            : new HoldAnswer(ProblemCodes.NotFound.Code, $"There is no booking '{bookingId}'.");
    }

    /// <inheritdoc/>
    public async Task ExpireAsync()
    {
        await using MatchingDb db = await databases.CreateDbContextAsync();
        DateTimeOffset now = clock.GetUtcNow();
        List<HoldRow> due = await db.Holds.AsNoTracking().Where(h => h.SeasonNo == SeasonNo && h.State == HoldState.Held && h.ExpiresAt <= now).ToListAsync();
        foreach (HoldRow row in due)
        {
            await EndAsync(row.No, HoldState.Held, HoldState.Expired, "hold.expired", new Actor(row.Tenant, "matching", null));
        }
    }

    private async Task<HoldAnswer> EndAsync(long holdNo, string from, string to, string what, Actor actor)
    {
        for (int attempt = 0; attempt < MostTries; attempt++)
        {
            await using MatchingDb db = await databases.CreateDbContextAsync();
            BookingView view = await rooms.GetAsync(db, SeasonNo, CancellationToken.None);
            HoldRow row = await db.Holds.FirstAsync(h => h.No == holdNo);
            if (row.State != from || view.Snapshot.Bookings.GetValueOrDefault(new CrewId(row.CrewId)) is not { } booking)
            {
                return new HoldAnswer(ProblemCodes.NotFound.Code, $"There is no live hold '{row.Id}'.");
            }

            DispatchSnapshot next = view.Snapshot.Remove(booking.Crew);
            if (await StoreAsync(db, view, next, async () =>
            {
                (row.State, row.Changed) = (to, next.Version);
                log.Add(db, actor.Tenant, actor.Name, what, row.SeasonId, ("holdId", row.Id), ("bookingId", row.BookingId), ("crewId", row.CrewId));
                await db.SaveChangesAsync();
                await Promises.ReturnAsync(db, view.Snapshot, SeasonNo, row.No, booking, CancellationToken.None);
            }))
            {
                return new HoldAnswer(null, HoldId: row.Id);
            }
        }

        return new HoldAnswer(ProblemCodes.Conflict.Code, "Somebody else changed the bookings at the same moment.");
    }

    /// <summary>Moves the booking state on by one, with what belongs to it, or does nothing at all; false when another was first.</summary>
    private async Task<bool> StoreAsync(MatchingDb db, BookingView view, DispatchSnapshot next, Func<Task> write)
    {
        await using var transaction = await db.Database.BeginTransactionAsync();
        try
        {
            long was = view.Snapshot.Version;
            long version = next.Version;
            // The plan must still be the published one; a publication at the same moment waits for this, or this for it.
            long plan = view.PlanNo;
            if (await db.Seasons.Where(s => s.No == SeasonNo && s.PublishedPlanNo == plan).ExecuteUpdateAsync(s => s.SetProperty(r => r.PublishedPlanNo, plan)) == 0)
            {
                return false;
            }

            int moved = await db.BookingStates.Where(s => s.SeasonNo == SeasonNo && s.Version == was).ExecuteUpdateAsync(s => s.SetProperty(r => r.Version, version));
            if (moved == 0)
            {
                if (was != 0 || await db.BookingStates.AnyAsync(s => s.SeasonNo == SeasonNo))
                {
                    return false;
                }

                await db.Database.ExecuteSqlAsync($"insert into booking_states (season_no, version) values ({SeasonNo}, {version})");
            }

            await write();
            await transaction.CommitAsync();
        }
        catch (Exception e) when (DatabaseErrors.IsTaken(e as DbException ?? e.InnerException))
        {
            return false;
        }

        rooms.Advance(view with { Snapshot = next });
        return true;
    }

    private Task<string> SeasonIdAsync(MatchingDb db) => db.Seasons.Where(s => s.No == SeasonNo).Select(s => s.Id).FirstAsync();

    private HoldRow NewRow(HoldOrder order, Offer offer, Booking booking, long version, string seasonId)
    {
        DateTimeOffset now = clock.GetUtcNow();
        return new HoldRow
        {
            Id = Ids.New("h"),
            Tenant = order.Actor.Tenant,
            SeasonNo = SeasonNo,
            SeasonId = seasonId,
            OfferId = order.OfferId,
            CrewId = booking.Crew.Value,
            BrokerId = offer.Broker.Value,
            OrderId = offer.Order.Value,
            From = offer.From,
            To = offer.To,
            Workers = offer.Members.Length,
            State = HoldState.Held,
            Content = order.Content,
            CreatedAt = now,
            ExpiresAt = now.AddSeconds(order.Seconds),
            Changed = version,
        };
    }
}
