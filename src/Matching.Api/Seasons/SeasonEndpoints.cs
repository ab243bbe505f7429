using System.Text.Json;
using Matching.Api.Hosting;
using Matching.Api.Http;
using Matching.Api.Security;
using Matching.Api.Storage;
using Matching.Files;
using Matching.Model;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Matching.Api.Seasons;

/// <summary>The routes of seasons.</summary>
internal static class SeasonEndpoints
{
    private const string Tag = "Seasons";

    /// <summary>Maps them.</summary>
    public static void Map(RouteGroupBuilder v1)
    {
        RouteGroupBuilder seasons = v1.MapGroup("/seasons").WithTags(Tag);
        seasons.MapPost("", CreateAsync).RequireAuthorization(Policies.Planner).WithName("CreateSeason")
            .WithSummary("Uploads a season: a zip, a workbook, or {\"demo\":\"zhongning-small\"}; validateOnly=true stores nothing.")
            .Takes<DemoRequest>(RequestBody.Json, RequestBody.Zip, RequestBody.Workbook)
            .Gives<SeasonBody>(201).Gives<ValidationBody>(200).Refuses(400, 413, 415, 422);
        seasons.MapGet("", ListAsync).RequireAuthorization(Policies.Reader).WithName("ListSeasons").WithSummary("Lists seasons, oldest first.")
            .Gives<Page<SeasonBody>>(200).Refuses(400);
        seasons.MapGet("/{id}", GetAsync).RequireAuthorization(Policies.Reader).WithName("GetSeason").WithSummary("A season.")
            .Gives<SeasonBody>(200).Refuses(404);
        seasons.MapPut("/{id}", ReplaceAsync).RequireAuthorization(Policies.Planner).WithName("ReplaceSeason")
            .WithSummary("Uploads a new version; takes the same bodies as POST.").Takes<DemoRequest>(RequestBody.Json, RequestBody.Zip, RequestBody.Workbook)
            .Gives<SeasonBody>(200).Refuses(400, 404, 409, 412, 413, 415, 422);
        seasons.MapGet("/{id}/files", FilesAsync).RequireAuthorization(Policies.Overview).WithName("GetSeasonFiles")
            .WithSummary("The season folder as a zip; names of workers only for planners.").GivesFile(RequestBody.Zip).Refuses(400, 404);
        seasons.MapGet("/{id}/versions", VersionsAsync).RequireAuthorization(Policies.Reader).WithName("ListSeasonVersions")
            .WithSummary("The versions of a season, oldest first.").Gives<Page<SeasonVersionBody>>(200).Refuses(400, 404);
    }

    private static async Task<Results<Created<SeasonBody>, Ok<ValidationBody>>> CreateAsync(
        string? validateOnly, HttpContext context, SeasonStore store, UploadReader uploads, CancellationToken cancellationToken)
    {
        bool only = QueryText.Flag(validateOnly, "validateOnly");
        ReadResult<Season> read = await uploads.SeasonAsync(context);
        if (only)
        {
            return TypedResults.Ok(new ValidationBody(read.Faults, read.Notes));
        }

        SeasonRow row = await store.AddAsync(Caller.Of(context), Stored(read), Idempotency.OriginOf(context), cancellationToken);
        ETags.Set(context, row.Revision);
        return TypedResults.Created($"/v1/seasons/{row.Id}", SeasonBody.Of(row));
    }

    private static async Task<Ok<Page<SeasonBody>>> ListAsync(
        string? limit, string? cursor, HttpContext context, SeasonStore store, Cursors cursors, CancellationToken cancellationToken)
    {
        Caller caller = Caller.Of(context);
        string list = $"{caller.Tenant}/seasons";
        PageRequest page = cursors.Read(list, limit, cursor);
        List<SeasonRow> rows = await store.ListAsync(caller, page, cancellationToken);
        return TypedResults.Ok(cursors.Page(list, page, rows, r => r.No, SeasonBody.Of));
    }

    private static async Task<Ok<SeasonBody>> GetAsync(string id, HttpContext context, SeasonStore store, CancellationToken cancellationToken)
    {
        SeasonRow row = await store.GetAsync(Caller.Of(context), id, cancellationToken);
        ETags.Set(context, row.Revision);
        return TypedResults.Ok(SeasonBody.Of(row));
    }

    private static async Task<Ok<SeasonBody>> ReplaceAsync(
        string id, HttpContext context, SeasonStore store, UploadReader uploads, CancellationToken cancellationToken)
    {
        Caller caller = Caller.Of(context);
        SeasonRow row = await store.GetAsync(caller, id, cancellationToken);
        ETags.Require(context, row.Revision);
        NewSeason replacement = Stored(await uploads.SeasonAsync(context));

        // Reading takes a while; what happened meanwhile matters only to who asked for a certain version.
        await store.ReloadAsync(row, cancellationToken);
        ETags.Require(context, row.Revision);
        await store.AddVersionAsync(caller, row, replacement, "season.replaced", null, ETags.IsGiven(context), cancellationToken);
        ETags.Set(context, row.Revision);
        return TypedResults.Ok(SeasonBody.Of(row));
    }

    private static async Task<FileContentHttpResult> FilesAsync(
        string id, string? version, HttpContext context, SeasonStore store, SeasonCache seasons, CancellationToken cancellationToken)
    {
        Caller caller = Caller.Of(context);
        SeasonRow row = await store.GetAsync(caller, id, cancellationToken);
        int asked = QueryText.Whole(version, "version", 1, row.Version) ?? row.Version;
        byte[] content = caller.SeesNames
            ? await store.ContentAsync(row.No, asked, cancellationToken)
            : NewSeason.Of(Redaction.WithoutNames(await seasons.GetAsync(row.No, asked))).Content;
        ETags.Set(context, row.Revision);
        return TypedResults.File(content, RequestBody.Zip, $"{row.Id}-v{asked}.zip");
    }

    private static async Task<Ok<Page<SeasonVersionBody>>> VersionsAsync(
        string id, string? limit, string? cursor, HttpContext context, SeasonStore store, MatchingDb db, Cursors cursors, CancellationToken cancellationToken)
    {
        SeasonRow row = await store.GetAsync(Caller.Of(context), id, cancellationToken);
        string list = $"{row.Id}/versions";
        PageRequest page = cursors.Read(list, limit, cursor);
        var rows = await db.SeasonVersions.Where(v => v.SeasonNo == row.No && v.Version > page.After).OrderBy(v => v.Version).Take(page.Limit + 1)
            .Select(v => new { v.Version, v.Name, v.Start, v.End, v.Counts, v.CreatedAt, v.CreatedBy }).ToListAsync(cancellationToken);
        return TypedResults.Ok(cursors.Page(list, page, rows, v => v.Version, v => new SeasonVersionBody(
            v.Version, v.Name, v.Start, v.End, JsonSerializer.Deserialize<SeasonCounts>(v.Counts, ApiJson.Options)!, v.CreatedAt, v.CreatedBy)));
    }

    private static NewSeason Stored(ReadResult<Season> read) => NewSeason.Of(read.Value ?? throw UploadReader.Refused(read));
}
