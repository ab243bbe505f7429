using System.Text.Json;
using Matching.Api.Hosting;
using Matching.Api.Http;
using Matching.Api.Output;
using Matching.Api.Security;
using Matching.Model;
using Matching.Reporting;
using Matching.Why;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Matching.Api.Operations;

/// <summary>Why an order is short on a day, or a worker idle or where they are.</summary>
internal sealed record WhyRequest(string? OrderId, string? WorkerId, DateOnly? Date);

/// <summary>The route that tells why.</summary>
internal static class WhyEndpoint
{
    /// <summary>Maps it.</summary>
    public static void Map(RouteGroupBuilder v1) =>
        v1.MapPost("/plans/{id}/why", AskAsync).WithTags("Operations").RequireAuthorization(Policies.Overview).WithName("AskWhy")
            .WithSummary("Why an order is short on a day, or a worker idle or where they are, with remedies that were solved. Takes orderId or workerId, and date.")
            .Takes<WhyRequest>(RequestBody.Json).Gives<JsonElement>(200).Refuses(400, 404, 409, 413, 415, 422);

    private static async Task<Ok<object>> AskAsync(
        string id, HttpContext context, PlanReading reading, InquiryGate gate, ServeOptions host, CancellationToken cancellationToken)
    {
        WhyRequest asked = await RequestBody.JsonAsync<WhyRequest>(context, host.MostJsonBytes);
        if (asked.OrderId is null == asked.WorkerId is null)
        {
            throw ProblemException.BadRequest("The body has either 'orderId' or 'workerId'.");
        }

        DateOnly date = asked.Date ?? throw ProblemException.BadRequest("'date' is missing.");
        OpenPlan open = await reading.OpenAsync(Caller.Of(context), id, cancellationToken);
        Season season = open.Season;
        if (!season.Contains(date))
        {
            throw ProblemException.BadRequest($"'date' is a day from {season.Start:yyyy-MM-dd} to {season.End:yyyy-MM-dd}.");
        }

        if (asked.OrderId is { } order)
        {
            Asked.Known(season.OrderById.ContainsKey(new(order)), "orderId", "order", order);
            OrderAnswer why = await gate.RunAsync(
                () => WhyInquiry.AskOrder(season, open.Plan, new(order), date, null, cancellationToken), cancellationToken);
            return TypedResults.Ok(WhyOutput.Document(ReportLanguage.English, why));
        }

        string worker = asked.WorkerId!;
        Asked.Known(season.WorkerById.ContainsKey(new(worker)), "workerId", "worker", worker);
        WorkerAnswer answer = await gate.RunAsync(
            () => WhyInquiry.AskWorker(season, open.Plan, new(worker), date, null, open.Board, cancellationToken), cancellationToken);
        return TypedResults.Ok(WhyOutput.Document(ReportLanguage.English, answer));
    }
}
