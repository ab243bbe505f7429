using Matching.Api.Http;
using Matching.Api.Jobs;
using Matching.Api.Security;
using Matching.Api.Storage;
using Microsoft.EntityFrameworkCore;

namespace Matching.Api.Plans;

/// <summary>Removes plans; one that is worked on is given up by whoever works on it.</summary>
internal sealed class PlanRemoval(MatchingDb db, PlanContent content, ActionLog log, JobSignal signal)
{
    /// <summary>Removes a plan that is not published.</summary>
    public async Task RemoveAsync(Caller caller, PlanRow row, CancellationToken cancellationToken)
    {
        await using (var transaction = await db.Database.BeginTransactionAsync(cancellationToken))
        {
            // The row goes first: from here on it is neither seen, nor published, nor worked on.
            int removed = await db.Plans
                .Where(p => p.No == row.No && !db.Seasons.Any(s => s.PublishedPlanNo == p.No))
                .ExecuteDeleteAsync(cancellationToken);
            if (removed == 0 && await db.Plans.AnyAsync(p => p.No == row.No, cancellationToken))
            {
                throw new ProblemException(ProblemCodes.Published, $"The plan '{row.Id}' is published; publish another first.");
            }

            log.Add(db, caller, "plan.deleted", row.SeasonId, ("planId", row.Id));
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        signal.Wake();
        await content.RemoveAsync(row.No, CancellationToken.None);
    }
}
