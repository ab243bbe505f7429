using Matching.Api.Hosting;
using Matching.Api.Storage;
using Microsoft.EntityFrameworkCore;

namespace Matching.Api.Jobs;

/// <summary>
/// The queue of jobs in the database. A job belongs to the process that claimed it until its lease ends; a process that lives
/// renews it. Every change is made only while the lease is still held, so no job is finished twice.
/// </summary>
internal sealed class JobQueue(IDbContextFactory<MatchingDb> databases, ServeOptions host, TimeProvider clock)
{
    private const string GaveUp = "attempts-exhausted";

    /// <summary>This process, told apart from all others that ever ran.</summary>
    public string Owner { get; } = $"{Environment.MachineName}/{Environment.ProcessId}/{Guid.NewGuid():N}";

    /// <summary>Claims the oldest job that waits, or whose process fell silent.</summary>
    /// <param name="onlyStopped">Whether only jobs that are to end early are wanted: they take no time, so they find room always.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    public async Task<PlanRow?> ClaimAsync(bool onlyStopped, CancellationToken cancellationToken)
    {
        await using MatchingDb db = await databases.CreateDbContextAsync(cancellationToken);
        while (true)
        {
            DateTimeOffset now = clock.GetUtcNow();
            PlanRow? row = await db.Plans.AsNoTracking()
                .Where(p => p.State == PlanState.Queued || (p.State == PlanState.Running && p.LeaseUntil < now))
                .Where(p => !onlyStopped || p.StopAsked)
                .OrderBy(p => p.No).FirstOrDefaultAsync(cancellationToken);
            if (row is null)
            {
                return null;
            }

            bool dead = row.Kind == JobKind.Import || row.Attempts >= host.MostAttempts;
            if (dead)
            {
                await EndAsync(db, row, PlanState.Failed, GaveUp, $"The work was begun {row.Attempts} times and its process ended each time.", cancellationToken);
                continue;
            }

            DateTimeOffset until = now + host.Lease;
            DateTimeOffset started = row.StartedAt ?? now;
            int claimed = await Held(db, row).ExecuteUpdateAsync(
                p => p.SetProperty(r => r.State, PlanState.Running).SetProperty(r => r.Attempts, row.Attempts + 1).SetProperty(r => r.StartedAt, started)
                    .SetProperty(r => r.LeaseOwner, Owner).SetProperty(r => r.LeaseUntil, until).SetProperty(r => r.Revision, row.Revision + 1),
                cancellationToken);
            if (claimed == 1)
            {
                (row.State, row.Attempts, row.StartedAt, row.LeaseOwner, row.LeaseUntil, row.Revision) =
                    (PlanState.Running, row.Attempts + 1, started, Owner, until, row.Revision + 1);
                return row;
            }
        }
    }

    /// <summary>Renews the lease and tells the progress.</summary>
    /// <returns>Whether to end early; null when the job is no longer this process's.</returns>
    public async Task<bool?> RenewAsync(PlanRow row, JobProgress? progress, CancellationToken cancellationToken)
    {
        await using MatchingDb db = await databases.CreateDbContextAsync(cancellationToken);
        DateTimeOffset until = clock.GetUtcNow() + host.Lease;
        IQueryable<PlanRow> own = Own(db, row);
        int held = progress is null
            ? await own.ExecuteUpdateAsync(p => p.SetProperty(r => r.LeaseUntil, until), cancellationToken)
            : await own.ExecuteUpdateAsync(
                p => p.SetProperty(r => r.LeaseUntil, until).SetProperty(r => r.Stage, progress.Stage).SetProperty(r => r.Seconds, progress.Seconds)
                    .SetProperty(r => r.NetValue, progress.NetValue).SetProperty(r => r.UpperBound, progress.UpperBound).SetProperty(r => r.Gap, progress.Gap),
                cancellationToken);
        return held == 0 ? null : await own.Select(p => p.StopAsked).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>Ends a job with its plan, whose rows are written.</summary>
    public async Task<bool> FinishAsync(PlanRow row, JobOutcome outcome, string parts, CancellationToken cancellationToken)
    {
        await using MatchingDb db = await databases.CreateDbContextAsync(cancellationToken);
        DateTimeOffset now = clock.GetUtcNow();
        DateTimeOffset? due = row.WebhookUrl is null ? null : now;
        int? tries = row.WebhookUrl is null ? null : 0;
        return await Own(db, row).ExecuteUpdateAsync(
            p => p.SetProperty(r => r.State, PlanState.Done).SetProperty(r => r.EndedAt, now).SetProperty(r => r.Revision, r => r.Revision + 1)
                .SetProperty(r => r.NetValue, outcome.NetValue).SetProperty(r => r.UpperBound, outcome.UpperBound).SetProperty(r => r.Gap, outcome.Gap)
                .SetProperty(r => r.Parts, parts).SetProperty(r => r.Legal, outcome.Legal).SetProperty(r => r.LeaseOwner, (string?)null)
                .SetProperty(r => r.WebhookDue, due).SetProperty(r => r.WebhookTries, tries),
            cancellationToken) == 1;
    }

    /// <summary>Puts a job back, or gives it up when it was begun too often.</summary>
    /// <param name="row">The job.</param>
    /// <param name="why">What ended its process.</param>
    /// <param name="counts">Whether this attempt counts: not when the host itself was asked to end.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    public async Task ReturnAsync(PlanRow row, string why, bool counts, CancellationToken cancellationToken)
    {
        await using MatchingDb db = await databases.CreateDbContextAsync(cancellationToken);
        if (counts && row.Attempts >= host.MostAttempts)
        {
            await EndAsync(db, row, PlanState.Failed, GaveUp, why, cancellationToken);
            return;
        }

        int attempts = counts ? row.Attempts : row.Attempts - 1;
        await Own(db, row).ExecuteUpdateAsync(
            p => p.SetProperty(r => r.State, PlanState.Queued).SetProperty(r => r.Attempts, attempts).SetProperty(r => r.LeaseOwner, (string?)null)
                .SetProperty(r => r.LeaseUntil, (DateTimeOffset?)null).SetProperty(r => r.Revision, r => r.Revision + 1),
            cancellationToken);
    }

    /// <summary>Ends the leases of processes of this machine that are no longer there: after a crash nobody waits for them.</summary>
    public async Task ReleaseDeadAsync(CancellationToken cancellationToken)
    {
        await using MatchingDb db = await databases.CreateDbContextAsync(cancellationToken);
        string here = $"{Environment.MachineName}/";
        List<string> owners = await db.Plans.Where(p => p.State == PlanState.Running && p.LeaseOwner != null && p.LeaseOwner.StartsWith(here))
            .Select(p => p.LeaseOwner!).Distinct().ToListAsync(cancellationToken);
        foreach (string owner in owners.Where(o => o != Owner && !IsAlive(o)))
        {
            await db.Plans.Where(p => p.State == PlanState.Running && p.LeaseOwner == owner)
                .ExecuteUpdateAsync(p => p.SetProperty(r => r.LeaseUntil, DateTimeOffset.UnixEpoch), cancellationToken);
        }
    }

    private static bool IsAlive(string owner)
    {
        if (owner.Split('/') is not [_, { } number, _] || !int.TryParse(number, out int id))
        {
            return true;
        }

        try
        {
            using System.Diagnostics.Process process = System.Diagnostics.Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private async Task EndAsync(MatchingDb db, PlanRow row, string state, string code, string message, CancellationToken cancellationToken)
    {
        DateTimeOffset now = clock.GetUtcNow();
        DateTimeOffset? due = row.WebhookUrl is null ? null : now;
        int? tries = row.WebhookUrl is null ? null : 0;
        await Held(db, row).ExecuteUpdateAsync(
            p => p.SetProperty(r => r.State, state).SetProperty(r => r.EndedAt, now).SetProperty(r => r.ErrorCode, code).SetProperty(r => r.ErrorMessage, message)
                .SetProperty(r => r.LeaseOwner, (string?)null).SetProperty(r => r.Revision, r => r.Revision + 1)
                .SetProperty(r => r.WebhookDue, due).SetProperty(r => r.WebhookTries, tries),
            cancellationToken);
    }

    // As it was read: whoever changed it in between was first.
    private static IQueryable<PlanRow> Held(MatchingDb db, PlanRow row) =>
        db.Plans.Where(p => p.No == row.No && p.State == row.State && p.Attempts == row.Attempts && p.LeaseOwner == row.LeaseOwner);

    private IQueryable<PlanRow> Own(MatchingDb db, PlanRow row) =>
        db.Plans.Where(p => p.No == row.No && p.State == PlanState.Running && p.Attempts == row.Attempts && p.LeaseOwner == Owner);
}
