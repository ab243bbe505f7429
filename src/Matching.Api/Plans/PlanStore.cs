using System.Text.Json;
using Matching.Api.Http;
using Matching.Api.Jobs;
using Matching.Api.Seasons;
using Matching.Api.Security;
using Matching.Api.Storage;
using Matching.Checking;
using Matching.Model;
using Matching.Plans;
using Microsoft.EntityFrameworkCore;

namespace Matching.Api.Plans;

/// <summary>Keeps plans.</summary>
internal sealed class PlanStore(MatchingDb db, PlanContent content, SeasonCache seasons, IBookingGuard bookings, ActionLog log, TimeProvider clock)
{
    private static readonly TimeSpan ImportLease = TimeSpan.FromMinutes(10);

    /// <summary>The plan of a tenant.</summary>
    /// <exception cref="ProblemException">There is none.</exception>
    public async Task<PlanRow> GetAsync(Caller caller, string id, CancellationToken cancellationToken) =>
        await db.Plans.FirstOrDefaultAsync(p => p.Id == id && p.Tenant == caller.Tenant, cancellationToken)
        ?? throw ProblemException.NotFound("plan", id);

    /// <summary>The finished plan of a tenant.</summary>
    /// <exception cref="ProblemException">There is none, or it is not finished.</exception>
    public async Task<PlanRow> DoneAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        PlanRow row = await GetAsync(caller, id, cancellationToken);
        return row.State == PlanState.Done ? row : throw new ProblemException(ProblemCodes.NotDone, $"The plan '{id}' is {row.State}.");
    }

    /// <summary>Queues a job; the same idempotent request queues it once.</summary>
    public async Task<PlanRow> QueueAsync(
        Caller caller, SeasonRow season, int version, string kind, object options, WebhookRequest? webhook, string? origin, CancellationToken cancellationToken)
    {
        if (await EarlierAsync(origin, cancellationToken) is { } earlier)
        {
            return earlier;
        }

        PlanRow row = New(caller, season, version, kind, PlanState.Queued, origin);
        row.Options = JsonSerializer.Serialize(options, ApiJson.Options);
        row.WebhookUrl = webhook?.Url;
        row.WebhookSecret = webhook?.Secret;
        db.Plans.Add(row);
        log.Add(db, caller, "plan.queued", season.Id, ("planId", row.Id), ("seasonVersion", version), ("kind", kind));
        await db.SaveChangesAsync(cancellationToken);
        return row;
    }

    /// <summary>Stores a plan that came finished.</summary>
    public async Task<PlanRow> ImportAsync(
        Caller caller, SeasonRow row, int version, Season season, Plan plan, CheckResult check, string? origin, CancellationToken cancellationToken)
    {
        if (await EarlierAsync(origin, cancellationToken) is { State: PlanState.Done } earlier)
        {
            return earlier;
        }

        // The rows come before the state that shows them, so nobody sees half a plan.
        // Should this process die in between, the queue finds an import whose lease is over, and gives it up.
        PlanRow imported = await db.Plans.FirstOrDefaultAsync(p => origin != null && p.Origin == origin, cancellationToken)
            ?? db.Plans.Add(New(caller, row, version, JobKind.Import, PlanState.Running, origin)).Entity;
        imported.LeaseUntil = clock.GetUtcNow() + ImportLease;
        await db.SaveChangesAsync(cancellationToken);
        await content.WriteAsync(imported.No, season, plan, check.Shortages, cancellationToken);
        await using (MemoryStream zip = new())
        {
            Files.PlanFiles.WriteZip(plan, season, zip);
            db.PlanFiles.Add(new PlanFileRow { PlanNo = imported.No, Name = PlanFileRow.Folder, Content = zip.ToArray() });
        }

        DateTimeOffset now = clock.GetUtcNow();
        (imported.State, imported.StartedAt, imported.EndedAt, imported.Revision) = (PlanState.Done, now, now, imported.Revision + 1);
        (imported.NetValue, imported.UpperBound, imported.Gap, imported.Legal) = (check.NetValue, plan.Facts?.UpperBound, plan.Facts?.Gap, check.Legal);
        imported.Parts = JsonSerializer.Serialize(PlanBody.PartsOf(check.Worth), ApiJson.Options);
        log.Add(db, caller, "plan.imported", row.Id, ("planId", imported.Id), ("seasonVersion", version), ("legal", check.Legal));
        await db.SaveChangesAsync(cancellationToken);
        return imported;
    }

    /// <summary>Makes a plan the season's published one.</summary>
    public async Task PublishAsync(Caller caller, PlanRow plan, CancellationToken cancellationToken)
    {
        SeasonRow season = await db.Seasons.FirstAsync(s => s.No == plan.SeasonNo, cancellationToken);
        if (season.PublishedPlanNo == plan.No)
        {
            return;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        Season version = await seasons.GetAsync(plan.SeasonNo, plan.SeasonVersion);
        if (!await bookings.FitsAsync(db, season, version, await PlanFileEndpoints.PlanAsync(db, plan, version, cancellationToken), cancellationToken))
        {
            throw new ProblemException(ProblemCodes.Bookings, $"A live hold or booking does not fit on top of the plan '{plan.Id}'.");
        }

        int revision = season.Revision;
        int changed = await db.Seasons.Where(s => s.No == season.No && s.Revision == revision).ExecuteUpdateAsync(
            s => s.SetProperty(r => r.PublishedPlanNo, plan.No).SetProperty(r => r.PublishedPlanId, plan.Id).SetProperty(r => r.Revision, revision + 1),
            cancellationToken);
        if (changed == 0)
        {
            throw new ProblemException(ProblemCodes.Conflict, $"The season '{season.Id}' was changed at the same moment.");
        }

        log.Add(db, caller, "plan.published", season.Id, ("planId", plan.Id), ("seasonVersion", plan.SeasonVersion));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private async Task<PlanRow?> EarlierAsync(string? origin, CancellationToken cancellationToken) =>
        origin is null ? null : await db.Plans.FirstOrDefaultAsync(p => p.Origin == origin, cancellationToken);

    private PlanRow New(Caller caller, SeasonRow season, int version, string kind, string state, string? origin) => new()
    {
        Id = Ids.Plan(),
        Tenant = caller.Tenant,
        SeasonNo = season.No,
        SeasonId = season.Id,
        SeasonVersion = version,
        State = state,
        Kind = kind,
        Options = "{}",
        CreatedAt = clock.GetUtcNow(),
        Revision = 1,
        Origin = origin,
    };
}
