using System.IO.Compression;
using System.Net;
using System.Text.Json;
using Matching.Api.Operations;
using Matching.Client;

namespace Matching.Api.Tests.Http;

public sealed class OperationRoutesOnSqliteTests(SqliteHost host) : OperationRouteTests(host);

public sealed class OperationRoutesOnPostgresTests(PostgresHost host) : OperationRouteTests(host);

public abstract class OperationRouteTests(ApiHost host)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_plan_is_repaired_and_compared_for_the_changed_season()
    {
        PlanInfo plan = await PlanAsync();
        WorkerDayItem hit = (await host.Client.ListWorkerDaysAsync(plan.Id, null, Stop).ToListAsync(Stop))[0];
        string changes = $$$"""
            [{"file":"absences.csv","add":{"kind":"worker","id":"{{{hit.WorkerId}}}","from":"{{{hit.Date:yyyy-MM-dd}}}","to":"{{{hit.Date:yyyy-MM-dd}}}","reason":"wedding"}}]
            """;
        string body = $$"""{"seconds":0.3,"changes":{{changes}} }""";

        HttpResponseMessage asked = await host.Http.PostJsonAsync($"/v1/plans/{plan.Id}/repair", body, ("Idempotency-Key", "repair"));
        HttpResponseMessage again = await host.Http.PostJsonAsync($"/v1/plans/{plan.Id}/repair", body, ("Idempotency-Key", "repair"));
        HttpResponseMessage other = await host.Http.PostJsonAsync($"/v1/plans/{plan.Id}/repair", $$"""{"stay":0,"seconds":0.1,"changes":{{changes}} }""");

        Assert.Equal(HttpStatusCode.Accepted, asked.StatusCode);
        string id = (await asked.JsonAsync()).GetProperty("id").GetString()!;
        string otherId = (await other.JsonAsync()).GetProperty("id").GetString()!;
        Assert.Equal($"/v1/plans/{id}", asked.Headers.Location!.OriginalString);
        Assert.Equal(id, (await again.JsonAsync()).GetProperty("id").GetString());
        Assert.NotEqual(id, otherId);
        PlanInfo repaired = await host.Client.WaitForPlanAsync(id, Stop);
        PlanInfo otherwise = await host.Client.WaitForPlanAsync(otherId, Stop);
        Assert.Equal(("done", true, 2), (repaired.State, repaired.Legal, repaired.SeasonVersion));
        Assert.Equal(("done", 2), (otherwise.State, otherwise.SeasonVersion));
        Assert.Equal(2, (await host.Client.GetSeasonAsync(plan.SeasonId, Stop)).Version);

        byte[] files = await host.Client.GetPlanFilesAsync(id, Stop);
        Assert.True((await host.Client.CheckPlanAsync(plan.SeasonId, new MemoryStream(files), Stop)).Legal);
        using ZipArchive zip = new(new MemoryStream(files));
        using JsonDocument kept = await JsonDocument.ParseAsync(zip.GetEntry("diff.json")!.Open(), cancellationToken: Stop);
        JsonElement diff = await (await host.Http.GetAsync($"/v1/plans/{plan.Id}/diff/{id}", Stop)).JsonAsync();
        Assert.Equal(kept.RootElement.GetProperty("people").ToString(), diff.GetProperty("people").ToString());
        Assert.Contains(
            diff.GetProperty("people").EnumerateArray(),
            p => p.GetProperty("workerId").GetString() == hit.WorkerId && p.GetProperty("from").GetString() == hit.CrewId);
        Assert.Equal(repaired.NetValue - plan.NetValue, diff.GetProperty("netValue").GetDecimal());
        Assert.Contains("PK", System.Text.Encoding.Latin1.GetString(await host.Client.GetPlanWorkbookAsync(id, Stop))[..2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Questions_about_a_plan_are_answered_and_bad_ones_refused()
    {
        PlanInfo plan = await PlanAsync();
        WorkerDayItem one = (await host.Client.ListWorkerDaysAsync(plan.Id, null, Stop).ToListAsync(Stop))[0];
        TripItem trip = (await host.Client.ListTripsAsync(plan.Id, null, Stop).ToListAsync(Stop))[0];
        string date = one.Date.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        string other = await OtherAsync();

        foreach (string body in (string[])[
            $$"""{"workerId":"{{one.WorkerId}}","date":"{{date}}","crewId":"{{one.CrewId}}"}""", $$"""{"crewId":"{{one.CrewId}}","orderId":"{{one.OrderId}}"}""",
            $$"""{"vehicleId":"{{trip.VehicleId}}","tripId":"{{trip.TripId}}"}"""])
        {
            JsonElement trial = await AnswerAsync("try", body);
            Assert.True(trial.GetProperty("legal").GetBoolean());
            Assert.Empty(trial.GetProperty("breaks").EnumerateArray());
            Assert.Equal(0m, trial.GetProperty("netValue").GetDecimal());
            Assert.All(trial.GetProperty("parts").EnumerateObject(), p => Assert.Equal(0m, p.Value.GetDecimal()));
        }

        JsonElement order = await AnswerAsync("why", $$"""{"orderId":"{{one.OrderId}}","date":"{{date}}"}""");
        Assert.Equal(
            order.GetProperty("target").GetInt32() - order.GetProperty("filled").GetInt32(), order.GetProperty("missing").GetInt32());
        JsonElement worker = await AnswerAsync("why", $$"""{"workerId":"{{one.WorkerId}}","date":"{{date}}"}""");
        Assert.Equal((false, one.CrewId), (worker.GetProperty("idle").GetBoolean(), worker.GetProperty("crewId").GetString()));
        Assert.Equal(JsonValueKind.Array, worker.GetProperty("remedies").ValueKind);

        await RefusedAsync("try", """{"workerId":"none"}""", 400, "bad-request");
        await RefusedAsync("try", $$"""{"crewId":"{{one.CrewId}}","orderId":"{{one.OrderId}}","tripId":"{{trip.TripId}}"}""", 400, "bad-request");
        await RefusedAsync("try", $$"""{"crewId":"none","orderId":"{{one.OrderId}}"}""", 422, "unknown-id");
        await RefusedAsync("try", $$"""{"workerId":"{{one.WorkerId}}","date":"soon","crewId":"{{one.CrewId}}"}""", 400, "malformed-json");
        await RefusedAsync("why", $$"""{"orderId":"{{one.OrderId}}"}""", 400, "bad-request");
        await RefusedAsync("why", $$"""{"orderId":"{{one.OrderId}}","date":"1999-01-01"}""", 400, "bad-request");
        await RefusedAsync("why", $$"""{"workerId":"none","date":"{{date}}"}""", 422, "unknown-id");
        await RefusedAsync("repair", "{}", 400, "bad-request");
        await RefusedAsync("repair", """{"changes":[],"now":"soon"}""", 400, "bad-request");
        await RefusedAsync("repair", """{"changes":[],"stay":-1}""", 400, "bad-request");
        await RefusedAsync("whatif", """{"scenarios":{}}""", 400, "bad-request");
        await RefusedAsync("whatif", """{"scenarios":{"base":[]}}""", 400, "bad-request");
        Assert.Equal((422, "other-season"), await (await host.Http.GetAsync($"/v1/plans/{plan.Id}/diff/{other}", Stop)).VerdictAsync());
        Assert.Equal((404, "not-found"), await (await host.Http.GetAsync($"/v1/plans/{plan.Id}/diff/none", Stop)).VerdictAsync());
        Assert.Equal((404, "not-found"), await (await host.Http.GetAsync($"/v1/plans/{plan.Id}/whatif", Stop)).VerdictAsync());
        Assert.Equal((404, "not-found"), await (await host.Http.PostJsonAsync("/v1/plans/none/why", $$"""{"workerId":"W","date":"{{date}}"}""")).VerdictAsync());

        HttpResponseMessage refused = await host.Http.PostJsonAsync(
            $"/v1/plans/{plan.Id}/repair", """{"changes":[{"file":"season.json","to":{"name":"x"}},{"file":"nothing.csv","add":{"a":"b"}}]}""");
        JsonElement problem = await refused.JsonAsync();
        Assert.Equal((422, "change", 1), ((int)refused.StatusCode, problem.GetProperty("code").GetString(), problem.GetProperty("index").GetInt32()));
        Assert.NotEqual("", problem.GetProperty("expected").GetString());
        Assert.Equal(1, (await host.Client.GetSeasonAsync(plan.SeasonId, Stop)).Version);

        async Task<JsonElement> AnswerAsync(string what, string body)
        {
            HttpResponseMessage answer = await host.Http.PostJsonAsync($"/v1/plans/{plan.Id}/{what}", body);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            return await answer.JsonAsync();
        }

        async Task RefusedAsync(string what, string body, int status, string code) =>
            Assert.Equal((status, code), await (await host.Http.PostJsonAsync($"/v1/plans/{plan.Id}/{what}", body)).VerdictAsync());
    }

    [Fact]
    public async Task Scenarios_stand_side_by_side_and_prices_are_told()
    {
        PlanInfo plan = await PlanAsync();

        HttpResponseMessage asked = await host.Http.PostJsonAsync(
            $"/v1/plans/{plan.Id}/whatif", """{"scenarios":{"as it is":[],"longer rides":[{"file":"season.json","to":{"transport":{"maxRideMinutes":120}}}]},"seconds":0.2}""");
        Assert.Equal(HttpStatusCode.Accepted, asked.StatusCode);
        string id = (await asked.JsonAsync()).GetProperty("id").GetString()!;
        PlanInfo done = await host.Client.WaitForPlanAsync(id, Stop);
        Assert.Equal(("done", true, 1), (done.State, done.Legal, done.SeasonVersion));
        JsonElement table = await (await host.Http.GetAsync($"/v1/plans/{id}/whatif", Stop)).JsonAsync();
        JsonElement[] scenarios = [.. table.GetProperty("scenarios").EnumerateArray()];

        Assert.Equal(plan.NetValue, table.GetProperty("base").GetProperty("netValue").GetDecimal());
        Assert.Equal(done.NetValue, table.GetProperty("again").GetProperty("netValue").GetDecimal());
        Assert.Equal(["as it is", "longer rides"], scenarios.Select(s => s.GetProperty("name").GetString()));
        Assert.All(scenarios, s => Assert.Equal(
            s.GetProperty("netValue").GetDecimal(), s.GetProperty("parts").EnumerateObject().Sum(p => p.Value.GetDecimal())));
        byte[] files = await host.Http.GetByteArrayAsync($"/v1/plans/{id}/whatif/as%20it%20is/files", Stop);
        PlanVerdict verdict = await host.Client.CheckPlanAsync(plan.SeasonId, new MemoryStream(files), Stop);
        Assert.Equal((true, scenarios[0].GetProperty("netValue").GetDecimal()), (verdict.Legal, verdict.NetValue));
        Assert.Equal((404, "not-found"), await (await host.Http.GetAsync($"/v1/plans/{id}/whatif/none/files", Stop)).VerdictAsync());
        Assert.Equal(1, (await host.Client.GetSeasonAsync(plan.SeasonId, Stop)).Version);

        JsonElement prices = await (await host.Http.GetAsync($"/v1/plans/{plan.Id}/prices", Stop)).JsonAsync();
        Assert.All(
            prices.EnumerateObject().SelectMany(list => list.Value.EnumerateArray()),
            p => Assert.Contains(p.GetProperty("kind").GetString(), (string?[])["dual", "resolved"]));
        Assert.Equal(["seats", "beds", "brokers", "workers", "rules"], prices.EnumerateObject().Select(p => p.Name));
    }

    [Fact]
    public async Task An_unfinished_plan_answers_no_questions()
    {
        using TempFolder folder = new();
        SeasonInfo season = await host.Client.CreateSeasonAsync(new MemoryStream(SeasonRouteTests.ZipOf(await folder.SeasonAsync())), cancellationToken: Stop);
        PlanInfo plan = await host.Client.CreatePlanAsync(season.Id, new PlanOrder(Seconds: 600), cancellationToken: Stop);

        Assert.Equal((409, "not-done"), await (await host.Http.PostJsonAsync($"/v1/plans/{plan.Id}/try", """{"crewId":"C","orderId":"O"}""")).VerdictAsync());
        Assert.Equal((409, "not-done"), await (await host.Http.PostJsonAsync($"/v1/plans/{plan.Id}/repair", """{"changes":[]}""")).VerdictAsync());
        Assert.Equal((409, "not-done"), await (await host.Http.GetAsync($"/v1/plans/{plan.Id}/prices", Stop)).VerdictAsync());

        await host.Client.DeletePlanAsync(plan.Id, Stop);
    }

    [Fact]
    public async Task Many_plans_are_asked_at_once_and_each_answers_for_itself()
    {
        // More plans than are kept open.
        PlanInfo first = await PlanAsync();
        PlanInfo[] plans =
        [
            first,
            .. await Task.WhenAll(Enumerable.Range(4, PlanShelf.Most).Select(async seed =>
                await host.Client.WaitForPlanAsync((await host.Client.CreatePlanAsync(
                    first.SeasonId, new PlanOrder(Seconds: 0.5, Seed: seed, Reproducible: true), cancellationToken: Stop)).Id, Stop))),
        ];
        WorkerDayItem[] works = await Task.WhenAll(plans.Select(async p => await host.Client.ListWorkerDaysAsync(p.Id, null, Stop).FirstAsync(Stop)));

        await Task.WhenAll(Enumerable.Range(0, 4 * plans.Length).Select(async i =>
        {
            (PlanInfo plan, WorkerDayItem one) = (plans[i % plans.Length], works[i % plans.Length]);
            string body = $$"""{"workerId":"{{one.WorkerId}}","date":"{{one.Date:yyyy-MM-dd}}","crewId":"{{one.CrewId}}"}""";
            JsonElement trial = await (await host.Http.PostJsonAsync($"/v1/plans/{plan.Id}/try", body)).JsonAsync();
            Assert.True(trial.GetProperty("legal").GetBoolean());
            Assert.Equal(0m, trial.GetProperty("netValue").GetDecimal());
        }));

        await host.Client.DeletePlanAsync(plans[1].Id, Stop);
        Assert.Equal((404, "not-found"), await (await host.Http.PostJsonAsync($"/v1/plans/{plans[1].Id}/try", """{"crewId":"C","orderId":"O"}""")).VerdictAsync());
    }

    private async Task<string> OtherAsync()
    {
        using TempFolder folder = new();
        SeasonInfo season = await host.Client.CreateSeasonAsync(new MemoryStream(SeasonRouteTests.ZipOf(await folder.SeasonAsync())), cancellationToken: Stop);
        return (await host.Client.CreatePlanAsync(season.Id, new PlanOrder(Seconds: 0.01), cancellationToken: Stop)).Id;
    }

    private async Task<PlanInfo> PlanAsync()
    {
        using TempFolder folder = new();
        SeasonInfo season = await host.Client.CreateSeasonAsync(new MemoryStream(SeasonRouteTests.ZipOf(await folder.SeasonAsync())), cancellationToken: Stop);
        PlanInfo plan = await host.Client.CreatePlanAsync(season.Id, new PlanOrder(Seconds: 0.5, Seed: 3, Reproducible: true), cancellationToken: Stop);
        return await host.Client.WaitForPlanAsync(plan.Id, Stop);
    }
}
