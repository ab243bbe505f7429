using System.Text.Json;
using Matching.Api.Http;
using Matching.Api.Output;
using Matching.Api.Security;
using Matching.Reporting;
using Matching.Scenarios;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Matching.Api.Operations;

/// <summary>The route that prices what a season is short of around a plan.</summary>
internal static class PriceEndpoint
{
    /// <summary>Maps it.</summary>
    public static void Map(RouteGroupBuilder v1) =>
        v1.MapGet("/plans/{id}/prices", PriceAsync).WithTags("Operations").RequireAuthorization(Policies.Overview).WithName("GetPrices")
            .WithSummary("What one more seat, bed, broker or worker is worth, and what rules cost.").Gives<JsonElement>(200).Refuses(404, 409);

    private static async Task<Ok<object>> PriceAsync(
        string id, HttpContext context, PlanReading reading, AnswerShelf shelf, CancellationToken cancellationToken)
    {
        OpenPlan open = await reading.OpenAsync(Caller.Of(context), id, cancellationToken);
        PriceList prices = await shelf.GetAsync(open, "", () => Pricer.Price(open.Season, open.Plan, null, cancellationToken), cancellationToken);
        return TypedResults.Ok(PriceOutput.Document(ReportLanguage.English, prices));
    }
}
