using Matching.Checking;
using Matching.Model;
using Matching.Plans;
using Matching.Scenarios;
using Matching.Tests.Repairing;
using Xunit;

namespace Matching.Tests.Scenarios;

public class ScenarioTests
{
    [Fact]
    public void Every_scenario_has_a_legal_plan_of_its_own_season()
    {
        (Season season, Plan plan) = EventScripts.Draw(new Random(1));
        Season longer = season with { Transport = season.Transport with { MaxRideMinutes = 150 } };
        Season fewer = season with { Vehicles = [.. season.Vehicles.Skip(1)] };

        ScenarioTable table = ScenarioRunner.Run(season, plan, [new("longer", longer), new("fewer", fewer)], new ScenarioOptions { Seconds = 0.3 }, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(["longer", "fewer"], table.Scenarios.Select(s => s.Name));
        Assert.Equal(PlanChecker.Check(season, plan).Worth, table.Base);
        Assert.All(table.Scenarios, s =>
        {
            CheckResult check = PlanChecker.Check(s.Season, s.Plan);
            Assert.Empty(check.Violations);
            Assert.Equal(check.Worth, s.Worth);
        });
        Assert.True(table.Again.Worth.NetValue >= table.Base.NetValue);
    }

    [Fact]
    public void A_warm_start_never_falls_below_the_plan_it_begins_with()
    {
        (Season season, Plan plan) = EventScripts.Draw(new Random(2));

        PlanResult result = new SeasonPlanner(new PlanOptions { Seconds = 0.2, Reproducible = true, Threads = 1 }).Plan(season, plan, cancellationToken: TestContext.Current.CancellationToken);

        CheckResult check = PlanChecker.Check(season, result.Plan);
        Assert.Empty(check.Violations);
        Assert.True(check.NetValue >= PlanChecker.Check(season, plan).NetValue);
    }

    [Fact]
    public void Prices_say_how_they_were_found_and_nothing_is_worth_less_than_nothing()
    {
        (Season season, Plan plan) = EventScripts.Draw(new Random(3));

        PriceList prices = Pricer.Price(season, plan, new ScenarioOptions { Seconds = 0.2 }, cancellationToken: TestContext.Current.CancellationToken);

        Assert.NotEmpty(prices.Seats);
        Assert.NotEmpty(prices.Brokers);
        Assert.NotEmpty(prices.Workers);
        Assert.All(prices.Workers, w => Assert.Equal(PriceKind.Dual, w.Kind));
        Assert.Equal(5, prices.Rules.Length);
        Assert.All(prices.Rules, r => Assert.True(r.Worth >= 0 && r.Kind == PriceKind.Resolved));
        Assert.All(prices.Seats, s => Assert.True(s.Worth >= 0));
    }
}
