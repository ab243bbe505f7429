using Matching.Api.Http;
using Matching.Api.Seasons;
using Matching.Api.Security;
using Matching.Api.Storage;
using Matching.Files;
using Matching.Model;
using Matching.Plans;
using Matching.Reporting;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Matching.Api.Plans;

/// <summary>A finished plan as files: the folder, the workbook, the page, the trips on a map.</summary>
internal static class PlanFileEndpoints
{
    private const string Html = "text/html; charset=utf-8";

    /// <summary>Maps them.</summary>
    public static void Map(RouteGroupBuilder v1)
    {
        RouteGroupBuilder plans = v1.MapGroup("/plans/{id}").WithTags("Plans");
        plans.MapGet("/files", FolderAsync).RequireAuthorization(Policies.Overview).WithName("GetPlanFiles").WithSummary("The plan folder as a zip.")
            .GivesFile(RequestBody.Zip).Refuses(404, 409);
        plans.MapGet("/workbook", WorkbookAsync).RequireAuthorization(Policies.Overview).WithName("GetPlanWorkbook")
            .WithSummary("The workbook for people; names of workers only for planners.").GivesFile(RequestBody.Workbook).Refuses(404, 409);
        plans.MapGet("/report", ReportAsync).RequireAuthorization(Policies.Overview).WithName("GetPlanReport")
            .WithSummary("The page for people; names of workers only for planners.").GivesFile("text/html").Refuses(404, 409);
    }

    private static async Task<FileContentHttpResult> FolderAsync(
        string id, HttpContext context, MatchingDb db, PlanStore plans, CancellationToken cancellationToken)
    {
        PlanRow plan = await plans.DoneAsync(Caller.Of(context), id, cancellationToken);
        return TypedResults.File(await FileAsync(db, plan, PlanFileRow.Folder, cancellationToken) ?? throw Lost(plan), RequestBody.Zip, $"{plan.Id}.zip");
    }

    private static Task<IResult> WorkbookAsync(
        string id, string? lang, HttpContext context, MatchingDb db, PlanStore plans, SeasonCache seasons, CancellationToken cancellationToken) =>
        PageAsync(id, lang, PlanFileRow.Workbook, RequestBody.Workbook, PlanWorkbook.Write, context, db, plans, seasons, cancellationToken);

    private static Task<IResult> ReportAsync(
        string id, string? lang, HttpContext context, MatchingDb db, PlanStore plans, SeasonCache seasons, CancellationToken cancellationToken) =>
        PageAsync(id, lang, PlanFileRow.Report, Html, PlanReport.Write, context, db, plans, seasons, cancellationToken);

    // The planner's own file tells why shortages are; whoever may not see names gets one made without them.
    private static async Task<IResult> PageAsync(
        string id, string? lang, string name, string type, Action<Season, Plan, string, ReportLanguage> write, HttpContext context, MatchingDb db,
        PlanStore plans, SeasonCache seasons, CancellationToken cancellationToken)
    {
        ReportLanguage language = lang switch
        {
            null or "zh" => ReportLanguage.Chinese,
            "en" => ReportLanguage.English,
            _ => throw ProblemException.BadRequest("'lang' is zh or en."),
        };
        Caller caller = Caller.Of(context);
        PlanRow row = await plans.DoneAsync(caller, id, cancellationToken);
        if (caller.SeesNames && language == ReportLanguage.Chinese && await FileAsync(db, row, name, cancellationToken) is { } kept)
        {
            return TypedResults.File(kept, type, name == PlanFileRow.Workbook ? $"{row.Id}.xlsx" : null);
        }

        Season season = await seasons.GetAsync(row.SeasonNo, row.SeasonVersion);
        Season shown = caller.SeesNames ? season : Redaction.WithoutNames(season);
        Plan plan = await PlanAsync(db, row, season, cancellationToken);
        string path = Path.Combine(Path.GetTempPath(), "matching-" + Path.GetRandomFileName());
        try
        {
            await Task.Run(() => write(shown, plan, path, language), cancellationToken);
            return TypedResults.File(await File.ReadAllBytesAsync(path, cancellationToken), type, name == PlanFileRow.Workbook ? $"{row.Id}.xlsx" : null);
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>Reads a finished plan.</summary>
    public static async Task<Plan> PlanAsync(MatchingDb db, PlanRow row, Season season, CancellationToken cancellationToken)
    {
        byte[] content = await FileAsync(db, row, PlanFileRow.Folder, cancellationToken) ?? throw Lost(row);
        return await Task.Run(() => PlanFiles.Read(new MemoryStream(content), row.Id, season).OrThrow(), cancellationToken);
    }

    private static Task<byte[]?> FileAsync(MatchingDb db, PlanRow plan, string name, CancellationToken cancellationToken) =>
        db.PlanFiles.Where(f => f.PlanNo == plan.No && f.Name == name).Select(f => (byte[]?)f.Content).FirstOrDefaultAsync(cancellationToken);

    // The row was read, then the plan was deleted.
    private static ProblemException Lost(PlanRow plan) => ProblemException.NotFound("plan", plan.Id);
}
