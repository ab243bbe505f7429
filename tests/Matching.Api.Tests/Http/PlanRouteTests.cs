using System.IO.Compression;
using System.Net;
using System.Text.Json;
using Matching.Client;

namespace Matching.Api.Tests.Http;

public sealed class PlanRoutesOnSqliteTests(SqliteHost host) : PlanRouteTests(host);

public sealed class PlanRoutesOnPostgresTests(PostgresHost host) : PlanRouteTests(host);

public abstract class PlanRouteTests(ApiHost host)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_plan_is_made_followed_read_checked_published_and_kept()
    {
        SeasonInfo season = await SeasonAsync();
        PlanInfo queued = await host.Client.CreatePlanAsync(season.Id, new PlanOrder(Seconds: 2, Seed: 3, Reproducible: true), cancellationToken: Stop);
        List<PlanEvent> events = await host.Client.FollowPlanAsync(queued.Id, Stop).ToListAsync(Stop);
        PlanInfo plan = await host.Client.GetPlanAsync(queued.Id, Stop);

        Assert.Equal("queued", queued.State);
        Assert.Equal(("done", 1, true), (plan.State, plan.Attempts, plan.Legal));
        Assert.Equal(plan.NetValue, plan.Parts!.Values.Sum());
        Assert.True(plan.UpperBound >= plan.NetValue);
        Assert.Contains(events[0].State, (string[])["queued", "running"]);
        Assert.Equal("done", events[^1].State);
        decimal?[] nets = [.. events.Select(e => e.Progress?.NetValue).Where(n => n is not null)];
        decimal?[] bounds = [.. events.Select(e => e.Progress?.UpperBound).Where(b => b is not null)];
        Assert.NotEmpty(nets);
        Assert.Equal(nets.Order(), nets);
        Assert.Equal(bounds.OrderDescending(), bounds);
        Assert.Equal("done", Assert.Single(await host.Client.FollowPlanAsync(plan.Id, Stop).ToListAsync(Stop)).State);

        await ListsAreThoseOfTheFilesAsync(season, plan);
        PlanVerdict verdict = await host.Client.CheckPlanAsync(season.Id, new MemoryStream(await host.Client.GetPlanFilesAsync(plan.Id, Stop)), Stop);
        Assert.Equal((true, plan.NetValue), (verdict.Legal, verdict.NetValue));

        await host.Client.PublishPlanAsync(plan.Id, Stop);
        Assert.Equal(plan.Id, (await host.Client.GetSeasonAsync(season.Id, Stop)).PublishedPlanId);
        Assert.Equal((409, "published"), await (await host.Http.DeleteAsync($"/v1/plans/{plan.Id}", Stop)).VerdictAsync());
        Assert.Equal(HttpStatusCode.NoContent, (await host.Http.DeleteAsync($"/v1/seasons/{season.Id}", Stop)).StatusCode);
        Assert.Equal((404, "not-found"), await (await host.Http.GetAsync($"/v1/plans/{plan.Id}", Stop)).VerdictAsync());
    }

    [Fact]
    public async Task A_running_plan_is_stopped_with_its_best_or_removed()
    {
        SeasonInfo season = await SeasonAsync();
        PlanInfo kept = await RunningAsync(season, 600);

        HttpResponseMessage early = await host.Http.GetAsync($"/v1/plans/{kept.Id}/crews", Stop);
        HttpResponseMessage published = await host.Http.PostAsync($"/v1/plans/{kept.Id}/publish", null, Stop);
        HttpResponseMessage stopped = await host.Http.PostAsync($"/v1/plans/{kept.Id}/stop", null, Stop);
        PlanInfo done = await host.Client.WaitForPlanAsync(kept.Id, Stop);

        Assert.Equal((409, "not-done"), await early.VerdictAsync());
        Assert.Equal((409, "not-done"), await published.VerdictAsync());
        Assert.Equal(HttpStatusCode.Accepted, stopped.StatusCode);
        Assert.Equal(("done", true), (done.State, done.Legal));
        Assert.Equal(HttpStatusCode.Accepted, (await host.Http.PostAsync($"/v1/plans/{kept.Id}/stop", null, Stop)).StatusCode);

        PlanInfo removed = await RunningAsync(season, 600);
        Task<List<PlanEvent>> following = host.Client.FollowPlanAsync(removed.Id, Stop).ToListAsync(Stop).AsTask();
        await host.Client.DeletePlanAsync(removed.Id, Stop);
        Assert.Equal("cancelled", (await following)[^1].State);
        Assert.Equal((404, "not-found"), await (await host.Http.GetAsync($"/v1/plans/{removed.Id}", Stop)).VerdictAsync());
    }

    [Fact]
    public async Task An_illegal_plan_is_imported_told_and_not_published()
    {
        SeasonInfo season = await host.Client.CreateDemoSeasonAsync("zhongning-small", cancellationToken: Stop);
        byte[] zip = PlanZip(
            "crew_id,broker_id,order_id,from,to,mode\nX,B001,O001,2026-07-05,2026-07-05,commute\n", "date,crew_id,worker_id\n2026-07-05,X,W00001\n");

        PlanInfo imported = await host.Client.ImportPlanAsync(season.Id, new MemoryStream(zip), cancellationToken: Stop);
        PlanVerdict verdict = await host.Client.CheckPlanAsync(season.Id, new MemoryStream(zip), Stop);
        HttpResponseMessage published = await host.Http.PostAsync($"/v1/plans/{imported.Id}/publish", null, Stop);

        Assert.Equal(("done", false, null, null), (imported.State, imported.Legal, imported.UpperBound, imported.Gap));
        Assert.False(verdict.Legal);
        Assert.Contains(verdict.Violations, v => v.Rule == "T1" && v.Ids.Contains("X"));
        Assert.Equal(verdict.NetValue, imported.NetValue);
        Assert.Equal((409, "illegal"), await published.VerdictAsync());
        Assert.Equal("X", Assert.Single(await host.Client.ListCrewsAsync(imported.Id, Stop).ToListAsync(Stop)).CrewId);
    }

    [Fact]
    public async Task An_unreadable_plan_is_refused_with_its_faults()
    {
        SeasonInfo season = await SeasonAsync();

        HttpResponseMessage refused = await host.Http.PostFileAsync(
            $"/v1/seasons/{season.Id}/plans/import", PlanZip("crew_id,broker_id,order_id,from,to,mode\nX,nobody,nothing,2026-07-05,2026-07-05,commute\n", "date,crew_id,worker_id\n"));

        JsonElement problem = await refused.JsonAsync();
        Assert.Equal((422, "faults"), ((int)refused.StatusCode, problem.GetProperty("code").GetString()));
        Assert.Equal(["broker_id", "order_id"], problem.GetProperty("faults").EnumerateArray().Select(f => f.GetProperty("column").GetString()));
    }

    [Theory]
    [InlineData("""{"seconds":0}""", 400, "bad-request")]
    [InlineData("""{"seconds":86401}""", 400, "bad-request")]
    [InlineData("""{"seconds":"1"}""", 400, "malformed-json")]
    [InlineData("""{"threads":0}""", 400, "bad-request")]
    [InlineData("""{"webhook":{"url":"ftp://example.org","secret":"s"}}""", 400, "bad-request")]
    [InlineData("""{"webhook":{"url":"http://example.org"}}""", 400, "bad-request")]
    [InlineData("""{"warmStart":"nothing"}""", 422, "unknown-id")]
    [InlineData("""{"seconds":1,"seconds":2}""", 400, "malformed-json")]
    [InlineData("[]", 400, "malformed-json")]
    [InlineData("null", 400, "malformed-json")]
    [InlineData("{", 400, "malformed-json")]
    public async Task Bad_orders_are_refused(string body, int status, string code)
    {
        SeasonInfo season = await host.Client.CreateDemoSeasonAsync("zhongning-small", "for bad orders", Stop);

        HttpResponseMessage answer = await host.Http.PostJsonAsync($"/v1/seasons/{season.Id}/plans", body);

        Assert.Equal((status, code), await answer.VerdictAsync());
    }

    [Fact]
    public async Task A_warm_start_never_ends_worse()
    {
        SeasonInfo season = await SeasonAsync();
        PlanInfo first = await host.Client.CreatePlanAsync(season.Id, new PlanOrder(Seconds: 1), cancellationToken: Stop);
        first = await host.Client.WaitForPlanAsync(first.Id, Stop);

        PlanInfo second = await host.Client.CreatePlanAsync(season.Id, new PlanOrder(Seconds: 0.05, Seed: 9, WarmStart: first.Id), cancellationToken: Stop);
        second = await host.Client.WaitForPlanAsync(second.Id, Stop);

        Assert.Equal("done", second.State);
        Assert.True(second.NetValue >= first.NetValue, $"{second.NetValue} < {first.NetValue}");
    }

    private async Task ListsAreThoseOfTheFilesAsync(SeasonInfo season, PlanInfo plan)
    {
        List<WorkerDayItem> days = await host.Client.ListWorkerDaysAsync(plan.Id, null, Stop).ToListAsync(Stop);
        List<CrewItem> crews = await host.Client.ListCrewsAsync(plan.Id, Stop).ToListAsync(Stop);
        List<TripItem> trips = await host.Client.ListTripsAsync(plan.Id, null, Stop).ToListAsync(Stop);
        List<ShortageItem> shortages = await host.Client.ListShortagesAsync(plan.Id, Stop).ToListAsync(Stop);
        using ZipArchive files = new(new MemoryStream(await host.Client.GetPlanFilesAsync(plan.Id, Stop)));

        Assert.NotEmpty(days);
        Assert.Equal(Rows("assignments.csv"), days.Count);
        Assert.Equal(Rows("crews.csv"), crews.Count);
        Assert.Equal(Rows("trips.csv"), trips.Count);
        Assert.Equal(Rows("trip_stops.csv"), trips.Sum(t => t.Stops.Count));
        Assert.Equal(Rows("shortages.csv"), shortages.Count);

        WorkerDayItem one = days[days.Count / 2];
        await FilteredAsync(new WorkerDayQuery(Date: one.Date), d => d.Date == one.Date);
        await FilteredAsync(new WorkerDayQuery(CrewId: one.CrewId), d => d.CrewId == one.CrewId);
        await FilteredAsync(new WorkerDayQuery(WorkerId: one.WorkerId), d => d.WorkerId == one.WorkerId);
        await FilteredAsync(new WorkerDayQuery(VillageId: one.VillageId), d => d.VillageId == one.VillageId);
        await FilteredAsync(new WorkerDayQuery(BrokerId: one.BrokerId, OrderId: one.OrderId), d => d.BrokerId == one.BrokerId && d.OrderId == one.OrderId);
        await FilteredAsync(new WorkerDayQuery(WorkerId: "nobody"), _ => false);
        await FilteredAsync(new WorkerDayQuery(CrewId: "none"), _ => false);

        JsonElement map = await (await host.Http.GetAsync($"/v1/plans/{plan.Id}/trips.geojson?date={trips[0].Date:yyyy-MM-dd}", Stop)).JsonAsync();
        Assert.Equal(trips.Count(t => t.Date == trips[0].Date), map.GetProperty("features").GetArrayLength());
        Assert.Equal((400, "bad-request"), await (await host.Http.GetAsync($"/v1/plans/{plan.Id}/trips?date=tomorrow", Stop)).VerdictAsync());
        Assert.StartsWith("PK", System.Text.Encoding.Latin1.GetString(await host.Client.GetPlanWorkbookAsync(plan.Id, Stop))[..2], StringComparison.Ordinal);
        Assert.Contains(season.Name, await host.Http.GetStringAsync($"/v1/plans/{plan.Id}/report", Stop), StringComparison.Ordinal);

        async Task FilteredAsync(WorkerDayQuery query, Func<WorkerDayItem, bool> holds) =>
            Assert.Equal(days.Where(holds), await host.Client.ListWorkerDaysAsync(plan.Id, query, Stop).ToListAsync(Stop));

        int Rows(string file)
        {
            using StreamReader text = new(files.GetEntry(file)!.Open());
            return text.ReadToEnd().Count(c => c == '\n') - 1;
        }
    }

    private async Task<SeasonInfo> SeasonAsync()
    {
        using TempFolder folder = new();
        return await host.Client.CreateSeasonAsync(new MemoryStream(SeasonRouteTests.ZipOf(await folder.SeasonAsync())), cancellationToken: Stop);
    }

    private async Task<PlanInfo> RunningAsync(SeasonInfo season, double seconds)
    {
        PlanInfo plan = await host.Client.CreatePlanAsync(season.Id, new PlanOrder(seconds), cancellationToken: Stop);
        while (plan.Progress?.NetValue is null)
        {
            await Task.Delay(50, Stop);
            plan = await host.Client.GetPlanAsync(plan.Id, Stop);
        }

        return plan;
    }

    private static byte[] PlanZip(string crews, string assignments)
    {
        using MemoryStream content = new();
        using (ZipArchive zip = new(content, ZipArchiveMode.Create))
        {
            foreach ((string name, string text) in ((string, string)[])
                [("crews.csv", crews), ("assignments.csv", assignments), ("trips.csv", "trip_id,date,vehicle_id,departs\n"),
                 ("trip_stops.csv", "trip_id,seq,place_id,arrives,crew_id,village_id,board,alight\n")])
            {
                using StreamWriter file = new(zip.CreateEntry(name).Open());
                file.Write(text);
            }
        }

        return content.ToArray();
    }
}
