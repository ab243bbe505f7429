using System.Text.Json;
using Matching.Api.Http;
using Matching.Api.Output;
using Matching.Api.Security;
using Matching.Reporting;
using Matching.Why;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Matching.Api.Operations;

/// <summary>The route that proves what no plan can fill.</summary>
internal static class ShortageEndpoint
{
    /// <summary>Maps it.</summary>
    public static void Map(RouteGroupBuilder v1) =>
        v1.MapGet("/plans/{id}/shortage-certificates", ProveAsync).WithTags("Operations").RequireAuthorization(Policies.Overview).WithName("ProveShortages")
            .WithSummary("Order-days that together want more than can reach them, whatever the plan, with the count that proves it. 'level' is required (default) or target.")
            .Gives<JsonElement>(200).Refuses(400, 404, 409);

    private static async Task<Ok<object>> ProveAsync(
        string id, string? level, HttpContext context, PlanReading reading, AnswerShelf shelf, CancellationToken cancellationToken)
    {
        if (!ShortageOutput.Levels.TryGetValue(level ?? "required", out DemandLevel wanted))
        {
            throw ProblemException.BadRequest($"'level' is one of {string.Join(", ", ShortageOutput.Levels.Keys)}.");
        }

        OpenPlan open = await reading.OpenAsync(Caller.Of(context), id, cancellationToken);
        ShortageAnswer answer = await shelf.GetAsync(open, wanted, () => ShortageProof.Find(open.Season, open.Plan, wanted, cancellationToken), cancellationToken);
        return TypedResults.Ok(ShortageOutput.Document(ReportLanguage.English, answer));
    }
}
