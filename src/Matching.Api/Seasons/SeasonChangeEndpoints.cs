using System.Text.Json;
using Matching.Api.Hosting;
using Matching.Api.Http;
using Matching.Api.Security;
using Matching.Api.Storage;
using Matching.Changes;
using Matching.Model;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Matching.Api.Seasons;

/// <summary>The routes that change a season by a change set, or remove it.</summary>
internal static class SeasonChangeEndpoints
{
    /// <summary>Maps them.</summary>
    public static void Map(RouteGroupBuilder v1)
    {
        RouteGroupBuilder season = v1.MapGroup("/seasons/{id}").WithTags("Seasons").RequireAuthorization(Policies.Planner);
        season.MapPost("/changes", ChangeAsync).WithName("ChangeSeason").WithSummary("Applies a change set; the result is a new version.")
            .Takes<JsonElement>(RequestBody.Json).Gives<SeasonBody>(200).Refuses(400, 404, 409, 412, 413, 415, 422);
        season.MapDelete("", DeleteAsync).WithName("DeleteSeason").WithSummary("Removes a season with its plans.")
            .GivesNothing().Refuses(404, 409, 412);
    }

    private static async Task<Ok<SeasonBody>> ChangeAsync(
        string id, HttpContext context, SeasonStore store, SeasonCache seasons, ServeOptions host, CancellationToken cancellationToken)
    {
        Caller caller = Caller.Of(context);
        using JsonDocument changes = await RequestBody.JsonAsync<JsonDocument>(context, host.MostJsonBytes);
        if (changes.RootElement.ValueKind != JsonValueKind.Array)
        {
            throw new ProblemException(ProblemCodes.MalformedJson, "The body is a JSON array of changes.");
        }

        SeasonRow row = await store.GetAsync(caller, id, cancellationToken);
        string? origin = Idempotency.OriginOf(context);
        if (origin is null || !await store.HasVersionAsync(origin, cancellationToken))
        {
            ETags.Require(context, row.Revision);
            Season season = await seasons.GetAsync(row.No, row.Version);
            ChangeResult result = await Task.Run(() => ChangeSet.Apply(season, changes.RootElement), cancellationToken);
            if (result.Refusal is { } refusal)
            {
                throw new ProblemException(
                    ProblemCodes.Change, $"Change {refusal.Index}: expected {refusal.Expected}.",
                    ("index", refusal.Index), ("expected", refusal.Expected), ("faults", refusal.Faults));
            }

            await store.AddVersionAsync(caller, row, NewSeason.Of(result.OrThrow()), "season.changed", origin, ETags.IsGiven(context), cancellationToken);
        }

        ETags.Set(context, row.Revision);
        return TypedResults.Ok(SeasonBody.Of(row));
    }

    private static async Task<NoContent> DeleteAsync(
        string id, HttpContext context, SeasonStore store, SeasonRemoval removal, CancellationToken cancellationToken)
    {
        Caller caller = Caller.Of(context);
        SeasonRow row = await store.GetAsync(caller, id, cancellationToken);
        ETags.Require(context, row.Revision);
        await removal.RemoveAsync(caller, row, ETags.IsGiven(context), cancellationToken);
        return TypedResults.NoContent();
    }
}
