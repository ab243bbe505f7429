using Matching.Api.Cluster;
using Matching.Client;
using Microsoft.Extensions.DependencyInjection;
using Orleans;

namespace Matching.Api.Tests.Http;

public sealed class SeasonGrainTests(SqliteHost host)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_grain_of_a_season_knows_what_is_published()
    {
        SeasonInfo season = await host.Client.CreateDemoSeasonAsync("zhongning-small", cancellationToken: Stop);
        ISeasonGrain grain = host.Services.GetRequiredService<IGrainFactory>().GetGrain<ISeasonGrain>(season.Id);
        PublishedSeason? before = await grain.PublishedAsync();
        PlanInfo plan = await host.Client.CreatePlanAsync(season.Id, new PlanOrder(Seconds: 0.5, Reproducible: true), cancellationToken: Stop);
        await host.Client.WaitForPlanAsync(plan.Id, Stop);
        await host.Client.PublishPlanAsync(plan.Id, Stop);

        PublishedSeason? after = await grain.PublishedAsync();

        Assert.Null(before);
        Assert.Equal(
            new PublishedSeason(1, plan.Id, await host.Client.ListCrewsAsync(plan.Id, Stop).CountAsync(Stop), await host.Client.ListWorkerDaysAsync(plan.Id, null, Stop).CountAsync(Stop)),
            after);
    }
}
