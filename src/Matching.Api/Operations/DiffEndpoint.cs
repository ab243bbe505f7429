using System.Text.Json;
using Matching.Api.Http;
using Matching.Api.Output;
using Matching.Api.Plans;
using Matching.Api.Security;
using Matching.Api.Storage;
using Matching.Comparing;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Matching.Api.Operations;

/// <summary>The route that tells what a second plan changes.</summary>
internal static class DiffEndpoint
{
    /// <summary>Maps it.</summary>
    public static void Map(RouteGroupBuilder v1) =>
        v1.MapGet("/plans/{id}/diff/{other}", CompareAsync).WithTags("Operations").RequireAuthorization(Policies.Overview).WithName("ComparePlans")
            .WithSummary("What the second plan changes against the first.").Gives<JsonElement>(200).Refuses(404, 409, 422);

    private static async Task<Ok<object>> CompareAsync(
        string id, string other, HttpContext context, PlanStore plans, PlanReading reading, CancellationToken cancellationToken)
    {
        Caller caller = Caller.Of(context);
        PlanRow first = await plans.GetAsync(caller, id, cancellationToken);
        PlanRow second = await plans.GetAsync(caller, other, cancellationToken);
        if (first.SeasonNo != second.SeasonNo)
        {
            throw new ProblemException(ProblemCodes.OtherSeason, $"The plan '{id}' is of the season '{first.SeasonId}', '{other}' of '{second.SeasonId}'.");
        }

        OpenPlan before = await reading.OpenAsync(caller, id, cancellationToken);
        OpenPlan now = await reading.OpenAsync(caller, other, cancellationToken);
        PlanDiff diff = await Task.Run(() => PlanComparer.Compare(before.Season, before.Plan, now.Season, now.Plan), cancellationToken);
        return TypedResults.Ok(DiffOutput.Document(diff));
    }
}
