using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Matching.Api.Http;
using Matching.Api.Security;
using Matching.Api.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Matching.Api.Seasons;

/// <summary>Who did what when with a season.</summary>
internal static class SeasonLogEndpoint
{
    /// <summary>Maps it.</summary>
    public static void Map(RouteGroupBuilder v1) =>
        v1.MapGet("/seasons/{id}/log", ListAsync).WithTags("Seasons").RequireAuthorization(Policies.Planner).WithName("ListSeasonLog")
            .WithSummary("Who did what when, oldest first; 'after' is a seq.").Gives<Page<JsonObject>>(200).Refuses(400, 404);

    private static async Task<Ok<Page<JsonObject>>> ListAsync(
        string id, string? after, string? limit, string? cursor, HttpContext context, MatchingDb db, SeasonStore seasons, Cursors cursors,
        CancellationToken cancellationToken)
    {
        Caller caller = Caller.Of(context);
        SeasonRow season = await seasons.GetAsync(caller, id, cancellationToken);
        long behind = 0;
        if (after is not null && !long.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out behind))
        {
            throw ProblemException.BadRequest("'after' is a seq of the log.");
        }

        string list = $"{season.Id}/log/{after}";
        PageRequest page = cursors.Read(list, limit, cursor);
        long from = Math.Max(behind, page.After);
        List<LogRow> rows = await db.Log.AsNoTracking().Where(l => l.SeasonId == season.Id && l.Seq > from).OrderBy(l => l.Seq)
            .Take(page.Limit + 1).ToListAsync(cancellationToken);
        return TypedResults.Ok(cursors.Page(list, page, rows, r => r.Seq, Show));
    }

    private static JsonObject Show(LogRow row)
    {
        JsonObject item = new()
        {
            ["seq"] = row.Seq,
            ["at"] = JsonSerializer.SerializeToNode(row.At, ApiJson.Options),
            ["who"] = row.Who,
            ["what"] = row.What,
        };
        foreach ((string name, JsonNode? value) in JsonNode.Parse(row.Ids)!.AsObject())
        {
            item.TryAdd(name, value?.DeepClone());
        }

        return item;
    }
}
