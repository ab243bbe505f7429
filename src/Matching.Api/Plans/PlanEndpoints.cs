using Matching.Api.Hosting;
using Matching.Api.Http;
using Matching.Api.Jobs;
using Matching.Api.Seasons;
using Matching.Api.Security;
using Matching.Api.Storage;
using Matching.Checking;
using Matching.Files;
using Matching.Model;
using Matching.Plans;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Matching.Api.Plans;

/// <summary>The routes that make, follow and publish plans.</summary>
internal static class PlanEndpoints
{
    private const string Tag = "Plans";

    /// <summary>Maps them.</summary>
    public static void Map(RouteGroupBuilder v1)
    {
        RouteGroupBuilder ofSeason = v1.MapGroup("/seasons/{id}").WithTags(Tag);
        ofSeason.MapPost("/plans", QueueAsync).RequireAuthorization(Policies.Planner).WithName("CreatePlan").WithSummary("Asks for a plan of the newest version.")
            .Takes<PlanRequest>(RequestBody.Json).Gives<PlanBody>(202).Refuses(400, 404, 409, 413, 415, 422);
        ofSeason.MapGet("/plans", ListAsync).RequireAuthorization(Policies.Reader).WithName("ListPlans").WithSummary("The season's plans, oldest first.")
            .Gives<Page<PlanBody>>(200).Refuses(400, 404);
        ofSeason.MapPost("/plans/import", ImportAsync).RequireAuthorization(Policies.Planner).WithName("ImportPlan")
            .WithSummary("Stores a plan folder (zip) or workbook made elsewhere; it may be illegal.").TakesFile(RequestBody.Zip, RequestBody.Workbook)
            .Gives<PlanBody>(201).Refuses(400, 404, 413, 415, 422);
        ofSeason.MapPost("/checks", CheckAsync).RequireAuthorization(Policies.Overview).WithName("CheckPlan")
            .WithSummary("The verdict on a plan folder (zip) or workbook; nothing is stored.").TakesFile(RequestBody.Zip, RequestBody.Workbook)
            .Gives<CheckBody>(200).Refuses(400, 404, 413, 415, 422);

        RouteGroupBuilder plans = v1.MapGroup("/plans/{id}").WithTags(Tag);
        plans.MapGet("", GetAsync).RequireAuthorization(Policies.Reader).WithName("GetPlan").WithSummary("A plan: state, progress, figures.")
            .Gives<PlanBody>(200).Refuses(404);
        plans.MapDelete("", DeleteAsync).RequireAuthorization(Policies.Planner).WithName("DeletePlan").WithSummary("Cancels and removes a plan.")
            .GivesNothing().Refuses(404, 409, 412);
        plans.MapPost("/stop", StopAsync).RequireAuthorization(Policies.Planner).WithName("StopPlan")
            .WithSummary("Ends a running plan and keeps the best so far.").Gives<PlanBody>(202).Refuses(404);
        plans.MapPost("/publish", PublishAsync).RequireAuthorization(Policies.Planner).WithName("PublishPlan")
            .WithSummary("Makes it the season's published plan.").Gives<PlanBody>(200).Refuses(404, 409);
    }

    private static async Task<Accepted<PlanBody>> QueueAsync(
        string id, HttpContext context, MatchingDb db, SeasonStore seasons, PlanStore plans, ServeOptions host, JobSignal signal, CancellationToken cancellationToken)
    {
        Caller caller = Caller.Of(context);
        SeasonRow season = await seasons.GetAsync(caller, id, cancellationToken);
        PlanRequest asked = await RequestBody.OptionalJsonAsync<PlanRequest>(context, host.MostJsonBytes) ?? new PlanRequest(null, null, null, null, null, null);
        JobOptions options = await JobOptions.OfAsync(asked, caller, season, host, db, cancellationToken);
        PlanRow row = await plans.QueueAsync(
            caller, season, season.Version, JobKind.Plan, options, asked.Webhook, Idempotency.OriginOf(context), cancellationToken);
        signal.Wake();
        ETags.Set(context, row.Revision);
        return TypedResults.Accepted($"/v1/plans/{row.Id}", PlanBody.Of(row));
    }

    private static async Task<Ok<Page<PlanBody>>> ListAsync(
        string id, string? limit, string? cursor, HttpContext context, MatchingDb db, SeasonStore seasons, Cursors cursors, CancellationToken cancellationToken)
    {
        SeasonRow season = await seasons.GetAsync(Caller.Of(context), id, cancellationToken);
        string list = $"{season.Id}/plans";
        PageRequest page = cursors.Read(list, limit, cursor);
        List<PlanRow> rows = await db.Plans.AsNoTracking().Where(p => p.SeasonNo == season.No && p.No > page.After).OrderBy(p => p.No)
            .Take(page.Limit + 1).ToListAsync(cancellationToken);
        return TypedResults.Ok(cursors.Page(list, page, rows, r => r.No, PlanBody.Of));
    }

    private static async Task<Created<PlanBody>> ImportAsync(
        string id, HttpContext context, SeasonStore seasons, SeasonCache cache, PlanStore plans, UploadReader uploads, CancellationToken cancellationToken)
    {
        Caller caller = Caller.Of(context);
        SeasonRow row = await seasons.GetAsync(caller, id, cancellationToken);
        Season season = await cache.GetAsync(row.No, row.Version);
        ReadResult<Plan> read = await uploads.PlanAsync(context, season);
        Plan plan = read.Value ?? throw UploadReader.Refused(read);
        CheckResult check = await Task.Run(() => PlanChecker.Check(season, plan), cancellationToken);
        PlanRow imported = await plans.ImportAsync(caller, row, row.Version, season, plan, check, Idempotency.OriginOf(context), cancellationToken);
        ETags.Set(context, imported.Revision);
        return TypedResults.Created($"/v1/plans/{imported.Id}", PlanBody.Of(imported));
    }

    private static async Task<Ok<CheckBody>> CheckAsync(
        string id, HttpContext context, SeasonStore seasons, SeasonCache cache, UploadReader uploads, CancellationToken cancellationToken)
    {
        SeasonRow row = await seasons.GetAsync(Caller.Of(context), id, cancellationToken);
        Season season = await cache.GetAsync(row.No, row.Version);
        ReadResult<Plan> read = await uploads.PlanAsync(context, season);
        Plan plan = read.Value ?? throw UploadReader.Refused(read);
        return TypedResults.Ok(CheckBody.Of(await Task.Run(() => PlanChecker.Check(season, plan), cancellationToken)));
    }

    private static async Task<Ok<PlanBody>> GetAsync(string id, HttpContext context, PlanStore plans, CancellationToken cancellationToken)
    {
        PlanRow row = await plans.GetAsync(Caller.Of(context), id, cancellationToken);
        ETags.Set(context, row.Revision);
        return TypedResults.Ok(PlanBody.Of(row));
    }

    private static async Task<NoContent> DeleteAsync(
        string id, HttpContext context, PlanStore plans, PlanRemoval removal, CancellationToken cancellationToken)
    {
        Caller caller = Caller.Of(context);
        PlanRow row = await plans.GetAsync(caller, id, cancellationToken);
        ETags.Require(context, row.Revision);
        await removal.RemoveAsync(caller, row, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<Accepted<PlanBody>> StopAsync(
        string id, HttpContext context, MatchingDb db, PlanStore plans, ActionLog log, JobSignal signal, CancellationToken cancellationToken)
    {
        Caller caller = Caller.Of(context);
        PlanRow row = await plans.GetAsync(caller, id, cancellationToken);
        if (!PlanState.IsFinal(row.State) && !row.StopAsked)
        {
            await db.Plans.Where(p => p.No == row.No).ExecuteUpdateAsync(p => p.SetProperty(r => r.StopAsked, true), cancellationToken);
            log.Add(db, caller, "plan.stopped", row.SeasonId, ("planId", row.Id));
            await db.SaveChangesAsync(cancellationToken);
            signal.Wake();
        }

        return TypedResults.Accepted($"/v1/plans/{row.Id}", PlanBody.Of(row));
    }

    private static async Task<Ok<PlanBody>> PublishAsync(string id, HttpContext context, PlanStore plans, CancellationToken cancellationToken)
    {
        Caller caller = Caller.Of(context);
        PlanRow row = await plans.DoneAsync(caller, id, cancellationToken);
        if (row.Legal != true)
        {
            throw new ProblemException(ProblemCodes.Illegal, $"The plan '{id}' breaks rules of season version {row.SeasonVersion}.");
        }

        await plans.PublishAsync(caller, row, cancellationToken);
        ETags.Set(context, row.Revision);
        return TypedResults.Ok(PlanBody.Of(row));
    }
}
