using System.Globalization;
using System.Text.Json;
using Matching.Api.Hosting;
using Matching.Api.Http;
using Matching.Api.Jobs;
using Matching.Api.Plans;
using Matching.Api.Seasons;
using Matching.Api.Security;
using Matching.Api.Storage;
using Matching.Repairing;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Matching.Api.Operations;

/// <summary>Asks for a plan that is legal after changes, near the one there is.</summary>
/// <param name="Changes">A change set.</param>
/// <param name="Now">A day or an instant: what is before it is done.</param>
/// <param name="FreezeUntil">The last day on which nothing moves but what a change makes illegal.</param>
/// <param name="Stay">How dear it is to change what people have been told, at least 0; default 1.</param>
/// <param name="Seconds">Above 0, at most 86,400; default 2.</param>
internal sealed record RepairRequest(JsonElement? Changes, string? Now, DateOnly? FreezeUntil, double? Stay, double? Seconds);

/// <summary>What a repair was asked, as it is stored.</summary>
internal sealed record RepairJobOptions(string WarmStart, int BaseVersion, DateOnly? Now, TimeOnly? Time, DateOnly? FreezeUntil, double Stay, double Seconds);

/// <summary>The route that repairs a plan.</summary>
internal static class RepairEndpoint
{
    /// <summary>Maps it.</summary>
    public static void Map(RouteGroupBuilder v1) =>
        v1.MapPost("/plans/{id}/repair", RepairAsync).WithTags("Operations").RequireAuthorization(Policies.Planner).WithName("RepairPlan")
            .WithSummary("Asks for a plan that is legal after the changes, near this one; the changed season is a new version.")
            .Takes<RepairRequest>(RequestBody.Json).Gives<PlanBody>(202).Refuses(400, 404, 409, 413, 415, 422);

    private static async Task<Accepted<PlanBody>> RepairAsync(
        string id, HttpContext context, SeasonStore seasons, PlanStore plans, RepairVersions versions, ServeOptions host, JobSignal signal,
        CancellationToken cancellationToken)
    {
        Caller caller = Caller.Of(context);
        RepairRequest asked = await RequestBody.JsonAsync<RepairRequest>(context, host.MostJsonBytes);
        JsonElement changes = asked.Changes is { ValueKind: JsonValueKind.Array } given
            ? given : throw ProblemException.BadRequest("'changes' is a JSON array of changes.");
        (DateOnly? now, TimeOnly? time) = MomentOf(asked.Now);
        double stay = asked.Stay ?? new RepairOptions().Stay;
        if (!(stay >= 0) || double.IsInfinity(stay))
        {
            throw ProblemException.BadRequest("'stay' is a number of at least 0.");
        }

        double seconds = Asked.Seconds(asked.Seconds, new RepairOptions().Seconds);
        PlanRow plan = await plans.DoneAsync(caller, id, cancellationToken);
        SeasonRow season = await seasons.GetAsync(caller, plan.SeasonId, cancellationToken);
        int version = await versions.OfAsync(caller, season, plan.SeasonVersion, changes, cancellationToken);
        RepairJobOptions options = new(plan.Id, plan.SeasonVersion, now, time, asked.FreezeUntil, stay, seconds);
        PlanRow row = await plans.QueueAsync(
            caller, season, version, JobKind.Repair, options, null, Idempotency.OriginOf(context), cancellationToken);
        signal.Wake();
        ETags.Set(context, row.Revision);
        return TypedResults.Accepted($"/v1/plans/{row.Id}", PlanBody.Of(row));
    }

    private static (DateOnly? Day, TimeOnly? Time) MomentOf(string? text) =>
        text is null ? (null, null)
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly only) ? (only, null)
        : text.Contains('T', StringComparison.Ordinal) && RepairMoment.TryParse(text, out DateOnly day, out TimeOnly time) ? (day, time)
        : throw ProblemException.BadRequest("'now' is a day written yyyy-MM-dd or an ISO 8601 instant in UTC.");
}
