using System.Linq.Expressions;
using System.Text.Json;
using Matching.Api.Http;
using Matching.Api.Security;
using Matching.Api.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Matching.Api.Plans;

/// <summary>The lists of a finished plan, read page by page.</summary>
internal static class PlanListEndpoints
{
    /// <summary>Maps them.</summary>
    public static void Map(RouteGroupBuilder v1)
    {
        RouteGroupBuilder plans = v1.MapGroup("/plans/{id}").WithTags("Plans").RequireAuthorization(Policies.Reader);
        plans.MapGet("/crews", CrewsAsync).WithName("ListCrews").WithSummary("The crews; brokers see their own.").Gives<Page<CrewBody>>(200).Refuses(400, 404, 409);
        plans.MapGet("/worker-days", WorkerDaysAsync).WithName("ListWorkerDays").WithSummary("The worker-days, filtered; brokers see their own crews.")
            .Gives<Page<WorkerDayBody>>(200).Refuses(400, 404, 409);
        plans.MapGet("/trips", TripsAsync).WithName("ListTrips").WithSummary("The trips with their stops; brokers see those that carry their crews.")
            .Gives<Page<TripBody>>(200).Refuses(400, 404, 409);
        plans.MapGet("/shortages", ShortagesAsync).WithName("ListShortages").WithSummary("Days filled below target.").Gives<Page<ShortageBody>>(200).Refuses(400, 404, 409);
    }

    private static async Task<Ok<Page<CrewBody>>> CrewsAsync(
        string id, string? limit, string? cursor, HttpContext context, MatchingDb db, PlanStore plans, Cursors cursors, CancellationToken cancellationToken)
    {
        Caller caller = Caller.Of(context);
        PlanRow plan = await plans.DoneAsync(caller, id, cancellationToken);
        string list = $"{plan.Id}/crews/{caller.OnlyBroker}";
        PageRequest page = cursors.Read(list, limit, cursor);
        IQueryable<PlanCrewRow> crews = db.PlanCrews.Where(c => c.PlanNo == plan.No && c.Idx > page.After);
        if (caller.OnlyBroker is { } broker)
        {
            crews = crews.Where(c => c.BrokerId == broker);
        }

        List<PlanCrewRow> rows = await crews.AsNoTracking().OrderBy(c => c.Idx).Take(page.Limit + 1).ToListAsync(cancellationToken);
        return TypedResults.Ok(cursors.Page(list, page, rows, r => r.Idx, r => new CrewBody(r.CrewId, r.BrokerId, r.OrderId, r.From, r.To, r.Mode)));
    }

    private static async Task<Ok<Page<WorkerDayBody>>> WorkerDaysAsync(
        string id, string? limit, string? cursor, [AsParameters] WorkerDayFilter filter, HttpContext context, MatchingDb db, PlanStore plans, Cursors cursors,
        CancellationToken cancellationToken)
    {
        Caller caller = Caller.Of(context);
        DateOnly? day = QueryText.Day(filter.Date, "date");
        PlanRow plan = await plans.DoneAsync(caller, id, cancellationToken);
        string list = JsonSerializer.Serialize(new { List = "worker-days", plan.Id, caller.OnlyBroker, filter }, ApiJson.Options);
        PageRequest page = cursors.Read(list, limit, cursor);

        IQueryable<WorkerDayRow> days = db.WorkerDays.Where(d => d.PlanNo == plan.No && d.Seq > page.After);
        if (day is { DayNumber: var number })
        {
            days = days.Where(d => d.Day == number);
        }

        if (filter.WorkerId is { } worker)
        {
            int at = await db.PlanWorkers.Where(w => w.PlanNo == plan.No && w.WorkerId == worker).Select(w => w.Idx).FirstOrDefaultAsync(cancellationToken);
            days = days.Where(d => d.Worker == at);
        }

        if (filter.VillageId is { } village)
        {
            int at = await db.PlanWorkers.Where(w => w.PlanNo == plan.No && w.VillageId == village).Select(w => w.Village).FirstOrDefaultAsync(cancellationToken);
            days = days.Where(d => d.Village == at);
        }

        List<Expression<Func<PlanCrewRow, bool>>> ofCrews = [];
        if (filter.CrewId is { } crew)
        {
            ofCrews.Add(c => c.CrewId == crew);
        }

        if (filter.BrokerId is { } broker)
        {
            ofCrews.Add(c => c.BrokerId == broker);
        }

        if (caller.OnlyBroker is { } own)
        {
            ofCrews.Add(c => c.BrokerId == own);
        }

        if (filter.OrderId is { } order)
        {
            ofCrews.Add(c => c.OrderId == order);
        }

        if (ofCrews.Count > 0)
        {
            IQueryable<PlanCrewRow> crews = db.PlanCrews.Where(c => c.PlanNo == plan.No);
            List<int> wanted = await ofCrews.Aggregate(crews, (c, f) => c.Where(f)).Select(c => c.Idx).ToListAsync(cancellationToken);
            days = days.Where(d => wanted.Contains(d.Crew));
        }

        var rows = await (
            from d in days.OrderBy(d => d.Seq).Take(page.Limit + 1)
            join c in db.PlanCrews on new { d.PlanNo, Idx = d.Crew } equals new { c.PlanNo, c.Idx }
            join w in db.PlanWorkers on new { d.PlanNo, Idx = d.Worker } equals new { w.PlanNo, w.Idx }
            orderby d.Seq
            select new { d.Seq, d.Day, c.CrewId, w.WorkerId, c.BrokerId, c.OrderId, w.VillageId }).ToListAsync(cancellationToken);
        return TypedResults.Ok(cursors.Page(list, page, rows, r => r.Seq, r => new WorkerDayBody(
            DateOnly.FromDayNumber(r.Day), r.CrewId, r.WorkerId, r.BrokerId, r.OrderId, r.VillageId)));
    }

    private static async Task<Ok<Page<TripBody>>> TripsAsync(
        string id, string? limit, string? cursor, string? date, HttpContext context, MatchingDb db, PlanStore plans, Cursors cursors,
        CancellationToken cancellationToken)
    {
        Caller caller = Caller.Of(context);
        DateOnly? day = QueryText.Day(date, "date");
        PlanRow plan = await plans.DoneAsync(caller, id, cancellationToken);
        string list = $"{plan.Id}/trips/{caller.OnlyBroker}/{date}";
        PageRequest page = cursors.Read(list, limit, cursor);
        TripView view = await TripView.ForAsync(db, plan, caller, cancellationToken);
        List<PlanTripRow> rows = await view.ReadAsync(db, plan, day, page.After, page.Limit + 1, cancellationToken);
        return TypedResults.Ok(cursors.Page(list, page, rows, r => r.Idx, view.Show));
    }

    private static async Task<Ok<Page<ShortageBody>>> ShortagesAsync(
        string id, string? limit, string? cursor, HttpContext context, MatchingDb db, PlanStore plans, Cursors cursors, CancellationToken cancellationToken)
    {
        PlanRow plan = await plans.DoneAsync(Caller.Of(context), id, cancellationToken);
        string list = $"{plan.Id}/shortages";
        PageRequest page = cursors.Read(list, limit, cursor);
        List<PlanShortageRow> rows = await db.PlanShortages.AsNoTracking().Where(s => s.PlanNo == plan.No && s.Idx > page.After).OrderBy(s => s.Idx)
            .Take(page.Limit + 1).ToListAsync(cancellationToken);
        return TypedResults.Ok(cursors.Page(list, page, rows, r => r.Idx, r => new ShortageBody(r.OrderId, r.Date, r.Required, r.Target, r.Filled)));
    }
}

/// <summary>Which worker-days; all that are given hold together.</summary>
internal sealed record WorkerDayFilter(string? Date, string? CrewId, string? WorkerId, string? VillageId, string? BrokerId, string? OrderId);
