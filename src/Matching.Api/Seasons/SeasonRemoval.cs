using Matching.Api.Http;
using Matching.Api.Jobs;
using Matching.Api.Plans;
using Matching.Api.Security;
using Matching.Api.Storage;
using Microsoft.EntityFrameworkCore;

namespace Matching.Api.Seasons;

/// <summary>Removes a season with its versions and plans; the log of it stays.</summary>
internal sealed class SeasonRemoval(MatchingDb db, PlanContent content, IBookingGuard bookings, ActionLog log, JobSignal signal)
{
    /// <summary>Removes it.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="row">The season as it was read.</param>
    /// <param name="isThisRevision">Whether only this revision is meant.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    public async Task RemoveAsync(Caller caller, SeasonRow row, bool isThisRevision, CancellationToken cancellationToken)
    {
        List<long> plans;
        int revision = row.Revision;
        await using (var transaction = await db.Database.BeginTransactionAsync(cancellationToken))
        {
            if (await bookings.HasLiveAsync(db, row, cancellationToken))
            {
                throw new ProblemException(ProblemCodes.Bookings, $"The season '{row.Id}' has live holds or bookings.");
            }

            plans = await db.Plans.Where(p => p.SeasonNo == row.No).Select(p => p.No).ToListAsync(cancellationToken);
            if (await db.Seasons.Where(s => s.No == row.No && (!isThisRevision || s.Revision == revision)).ExecuteDeleteAsync(cancellationToken) == 0)
            {
                throw isThisRevision && await db.Seasons.AnyAsync(s => s.No == row.No, cancellationToken)
                    ? new ProblemException(ProblemCodes.Version, $"The season '{row.Id}' was changed at the same moment.")
                    : ProblemException.NotFound("season", row.Id);
            }

            await db.Plans.Where(p => p.SeasonNo == row.No).ExecuteDeleteAsync(cancellationToken);
            await db.SeasonVersions.Where(v => v.SeasonNo == row.No).ExecuteDeleteAsync(cancellationToken);
            log.Add(db, caller, "season.deleted", row.Id, ("seasonId", row.Id));
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        signal.Wake();
        foreach (long plan in plans)
        {
            await content.RemoveAsync(plan, CancellationToken.None);
        }
    }
}
