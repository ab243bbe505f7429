using Matching.Api.Seasons;
using Matching.Api.Storage;
using Matching.Model;
using Matching.Plans;
using Matching.Requests;
using Microsoft.EntityFrameworkCore;

namespace Matching.Api.Bookings;

/// <summary>Live holds and bookings stand in the way of what would break them.</summary>
internal sealed class BookingGuard(TimeProvider clock) : IBookingGuard
{
    /// <inheritdoc/>
    public Task<bool> HasLiveAsync(MatchingDb db, SeasonRow season, CancellationToken cancellationToken) =>
        Live(db, season.No).AnyAsync(cancellationToken);

    /// <summary>
    /// Moves the booking state on first, in the caller's transaction: a hold made at the same moment on the old plan is then refused
    /// by its number.
    /// </summary>
    public async Task<bool> FitsAsync(MatchingDb db, SeasonRow season, Season version, Plan plan, CancellationToken cancellationToken)
    {
        long no = season.No;
        await db.Database.ExecuteSqlAsync(
            $"insert into booking_states (season_no, version) values ({no}, 1) on conflict (season_no) do update set version = booking_states.version + 1",
            cancellationToken);
        DateTimeOffset now = clock.GetUtcNow();
        await db.Holds.Where(h => h.SeasonNo == no && h.State == HoldState.Held && h.ExpiresAt <= now)
            .ExecuteUpdateAsync(h => h.SetProperty(r => r.State, HoldState.Expired), cancellationToken);
        List<HoldRow> live = await Live(db, no).OrderBy(h => h.No).ToListAsync(cancellationToken);
        if (live.Count == 0)
        {
            await Promises.ClearAsync(db, no, cancellationToken);
            return true;
        }

        DispatchSnapshot snapshot;
        List<(long No, Booking Booking)> bookings = [];
        try
        {
            snapshot = DispatchSnapshot.Open(version, plan);
            foreach (HoldRow row in live)
            {
                var booking = new Booking(new CrewId(row.CrewId), Packing.Offer(row.Content));
                if (!snapshot.TryAdd(booking, out DispatchSnapshot? next, out _))
                {
                    return false;
                }

                bookings.Add((row.No, booking));
                snapshot = next;
            }
        }
        catch (Exception e) when (e is ArgumentException or KeyNotFoundException)
        {
            // The new version does not have one of their people, brokers, orders or vehicles.
            return false;
        }

        await Promises.ClearAsync(db, no, cancellationToken);
        foreach ((long hold, Booking booking) in bookings)
        {
            await Promises.TakeAsync(db, snapshot, no, hold, booking, cancellationToken);
        }

        return true;
    }

    private IQueryable<HoldRow> Live(MatchingDb db, long seasonNo)
    {
        DateTimeOffset now = clock.GetUtcNow();
        return db.Holds.AsNoTracking().Where(h => h.SeasonNo == seasonNo
            && (h.State == HoldState.Booked || (h.State == HoldState.Held && h.ExpiresAt > now)));
    }
}
