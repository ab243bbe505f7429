using System.Text.Json;
using Matching.Client;

namespace Matching.Api.Tests.Http;

/// <summary>What is asked of a finished plan, through the typed client.</summary>
public sealed class ClientOperationTests(SqliteHost host)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_plan_is_repaired_compared_and_asked_for_reasons()
    {
        SeasonInfo season = await host.Client.CreateDemoSeasonAsync("zhongning-small", cancellationToken: Stop);
        PlanInfo plan = await host.Client.CreatePlanAsync(season.Id, new PlanOrder(Seconds: 1, Reproducible: true), cancellationToken: Stop);
        plan = await host.Client.WaitForPlanAsync(plan.Id, Stop);
        WorkerDayItem day = await host.Client.ListWorkerDaysAsync(plan.Id, cancellationToken: Stop).FirstAsync(Stop);
        string changes = JsonSerializer.Serialize(new[]
        {
            new { file = "absences.csv", add = new { kind = "worker", id = day.WorkerId, from = $"{day.Date:yyyy-MM-dd}", to = $"{day.Date:yyyy-MM-dd}" } },
        });

        PlanInfo repaired = await host.Client.RepairPlanAsync(plan.Id, changes, day.Date, 1, Stop);
        repaired = await host.Client.WaitForPlanAsync(repaired.Id, Stop);
        Assert.Equal("done", repaired.State);
        Assert.DoesNotContain(
            await host.Client.ListWorkerDaysAsync(repaired.Id, new WorkerDayQuery(WorkerId: day.WorkerId), Stop).ToListAsync(Stop), d => d.Date == day.Date);

        JsonElement diff = await host.Client.DiffPlansAsync(plan.Id, repaired.Id, Stop);
        Assert.Contains(diff.GetProperty("people").EnumerateArray(), p => p.GetProperty("workerId").GetString() == day.WorkerId);

        ShortageItem shortage = await host.Client.ListShortagesAsync(plan.Id, Stop).FirstAsync(Stop);
        JsonElement why = await host.Client.WhyOrderAsync(plan.Id, shortage.OrderId, shortage.Date, Stop);
        Assert.Equal(shortage.Target - shortage.Filled, why.GetProperty("missing").GetInt32());

        JsonElement proven = await host.Client.ProveShortagesAsync(plan.Id, "target", Stop);
        Assert.NotEmpty(proven.GetProperty("certificates").EnumerateArray());
        Assert.True(proven.GetProperty("proven").GetInt32() <= proven.GetProperty("missing").GetInt32());
        ApiProblemException level = await Assert.ThrowsAsync<ApiProblemException>(() => host.Client.ProveShortagesAsync(plan.Id, "most", Stop));
        Assert.Equal("bad-request", level.Code);

        JsonElement who = await host.Client.WhyWorkerAsync(plan.Id, day.WorkerId, day.Date, Stop);
        Assert.False(who.GetProperty("idle").GetBoolean());

        JsonElement same = await host.Client.TryWorkerAsync(plan.Id, day.WorkerId, day.Date, day.CrewId, Stop);
        Assert.True(same.GetProperty("legal").GetBoolean());
        Assert.Equal(0, same.GetProperty("netValue").GetDecimal());
    }
}
