using System.Text.Json;
using Matching.Api.Hosting;
using Matching.Api.Http;
using Matching.Api.Jobs;
using Matching.Api.Plans;
using Matching.Api.Seasons;
using Matching.Api.Security;
using Matching.Api.Storage;
using Matching.Changes;
using Matching.Model;
using Matching.Scenarios;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Matching.Api.Operations;

/// <summary>Asks for scenarios side by side.</summary>
/// <param name="Scenarios">A change set for each name, 1 to 50.</param>
/// <param name="Seconds">For each scenario, above 0, at most 86,400; default 10.</param>
/// <param name="Seed">Default 1.</param>
internal sealed record WhatIfRequest(Dictionary<string, JsonElement>? Scenarios, double? Seconds, long? Seed);

/// <summary>What scenarios were asked, as it is stored.</summary>
internal sealed record WhatIfJobOptions(string WarmStart, IReadOnlyList<ScenarioJob> Scenarios, double Seconds, long Seed);

/// <summary>A scenario as it is stored.</summary>
internal sealed record ScenarioJob(string Name, JsonElement Changes);

/// <summary>
/// The routes that plan scenarios side by side. What is queued is a plan: the season as it is, planned on for as long as each scenario.
/// Once done it carries the table of worth and a plan folder for each scenario.
/// </summary>
internal static class WhatIfEndpoints
{
    private const int MostScenarios = 50;
    private const int MostName = 100;

    /// <summary>Maps them.</summary>
    public static void Map(RouteGroupBuilder v1)
    {
        RouteGroupBuilder plan = v1.MapGroup("/plans/{id}/whatif").WithTags("Operations");
        plan.MapPost("", QueueAsync).RequireAuthorization(Policies.Planner).WithName("PlanScenarios")
            .WithSummary("Asks for one plan per scenario. The answer is the plan of the unchanged season; GET on its own /whatif has the table once it is done.")
            .Takes<WhatIfRequest>(RequestBody.Json).Gives<PlanBody>(202).Refuses(400, 404, 409, 413, 415, 422);
        plan.MapGet("", TableAsync).RequireAuthorization(Policies.Overview).WithName("GetScenarios")
            .WithSummary("The worth of each scenario by part, side by side.").Gives<ScenarioTableBody>(200).Refuses(404, 409);
        plan.MapGet("/{name}/files", FilesAsync).RequireAuthorization(Policies.Overview).WithName("GetScenarioFiles")
            .WithSummary("The plan folder of a scenario with diff.json, as a zip.").GivesFile(RequestBody.Zip).Refuses(404, 409);
    }

    private static async Task<Accepted<PlanBody>> QueueAsync(
        string id, HttpContext context, SeasonStore seasons, SeasonCache cache, PlanStore plans, ServeOptions host, JobSignal signal,
        CancellationToken cancellationToken)
    {
        Caller caller = Caller.Of(context);
        WhatIfRequest asked = await RequestBody.JsonAsync<WhatIfRequest>(context, host.MostJsonBytes);
        if (asked.Scenarios is not { Count: >= 1 and <= MostScenarios } scenarios)
        {
            throw ProblemException.BadRequest($"'scenarios' is an object with 1 to {MostScenarios} named change sets.");
        }

        foreach ((string name, JsonElement changes) in scenarios)
        {
            Judge(name, changes);
        }

        double seconds = Asked.Seconds(asked.Seconds, new ScenarioOptions().Seconds);
        PlanRow plan = await plans.DoneAsync(caller, id, cancellationToken);
        Season season = await cache.GetAsync(plan.SeasonNo, plan.SeasonVersion);
        foreach ((string name, JsonElement changes) in scenarios)
        {
            Asked.Changed(await Task.Run(() => ChangeSet.Apply(season, changes), cancellationToken), ("scenario", name));
        }

        WhatIfJobOptions options = new(plan.Id, [.. scenarios.Select(s => new ScenarioJob(s.Key, s.Value))], seconds, asked.Seed ?? new ScenarioOptions().Seed);
        PlanRow row = await plans.QueueAsync(
            caller, await seasons.GetAsync(caller, plan.SeasonId, cancellationToken), plan.SeasonVersion, JobKind.WhatIf, options, null,
            Idempotency.OriginOf(context), cancellationToken);
        signal.Wake();
        ETags.Set(context, row.Revision);
        return TypedResults.Accepted($"/v1/plans/{row.Id}", PlanBody.Of(row));
    }

    private static async Task<Ok<ScenarioTableBody>> TableAsync(
        string id, HttpContext context, MatchingDb db, PlanStore plans, CancellationToken cancellationToken)
    {
        PlanRow plan = await WhatIfAsync(plans, Caller.Of(context), id, cancellationToken);
        return TypedResults.Ok(await ReadAsync(db, plan, cancellationToken));
    }

    private static async Task<FileContentHttpResult> FilesAsync(
        string id, string name, HttpContext context, MatchingDb db, PlanStore plans, CancellationToken cancellationToken)
    {
        PlanRow plan = await WhatIfAsync(plans, Caller.Of(context), id, cancellationToken);
        ScenarioTableBody table = await ReadAsync(db, plan, cancellationToken);
        int index = table.Scenarios.ToList().FindIndex(s => s.Name == name);
        byte[] content = await FileAsync(db, plan, ScenarioTableBody.FileOf(index), cancellationToken) ?? throw ProblemException.NotFound("scenario", name);
        return TypedResults.File(content, RequestBody.Zip, $"{plan.Id}-{name}.zip");
    }

    private static async Task<PlanRow> WhatIfAsync(PlanStore plans, Caller caller, string id, CancellationToken cancellationToken) =>
        await plans.GetAsync(caller, id, cancellationToken) is { Kind: JobKind.WhatIf }
            ? await plans.DoneAsync(caller, id, cancellationToken) : throw new ProblemException(ProblemCodes.NotFound, $"The plan '{id}' has no scenarios.");

    private static async Task<ScenarioTableBody> ReadAsync(MatchingDb db, PlanRow plan, CancellationToken cancellationToken) =>
        JsonSerializer.Deserialize<ScenarioTableBody>(
            await FileAsync(db, plan, ScenarioTableBody.File, cancellationToken) ?? throw ProblemException.NotFound("plan", plan.Id), ApiJson.Options)!;

    private static Task<byte[]?> FileAsync(MatchingDb db, PlanRow plan, string name, CancellationToken cancellationToken) =>
        db.PlanFiles.Where(f => f.PlanNo == plan.No && f.Name == name).Select(f => (byte[]?)f.Content).FirstOrDefaultAsync(cancellationToken);

    // A name is a part of an address and of a file's name.
    private static void Judge(string name, JsonElement changes)
    {
        if (name.Length is 0 or > MostName || name is "." or ".." or ScenarioRunner.Unchanged || name.Any(c => char.IsControl(c) || c is '/' or '\\'))
        {
            throw ProblemException.BadRequest($"A scenario's name has 1 to {MostName} characters, no slash, and is not '{ScenarioRunner.Unchanged}'.");
        }

        if (changes.ValueKind != JsonValueKind.Array)
        {
            throw ProblemException.BadRequest($"The scenario '{name}' is a JSON array of changes.");
        }
    }
}
