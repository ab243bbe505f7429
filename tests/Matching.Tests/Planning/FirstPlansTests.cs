using Matching.Checking;
using Matching.Generating;
using Matching.Planning;
using Matching.Planning.Crews;
using Matching.Planning.State;
using Xunit;

namespace Matching.Tests.Planning;

/// <summary>More first plans than one, of which the best are kept.</summary>
public sealed class FirstPlansTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void The_best_of_all_first_plans_come_first_and_are_legal(int side)
    {
        SearchTools first = DrawnBench.Of(6, SeasonProfile.Mixed);
        SearchTools bare = first.Twin(first.State.Meter);
        List<(double Net, bool FewFirst)> drawn = [];
        FirstPlans plans = Drawing(first, bare, seconds: 100, drawn);

        List<SearchTools> best = plans.Draw(first, Construct(first, new Random(1)), 3, new Random(7), side, () => false);

        double[] all = [first.State.Net, .. drawn.Select(d => d.Net)];
        Assert.Equal([.. all.OrderDescending().Take(3)], best.Select(b => b.State.Net));
        Assert.Contains(drawn, d => d.FewFirst);
        Assert.Contains(drawn, d => !d.FewFirst);
        Assert.All(best, plan =>
        {
            CheckResult check = PlanChecker.Check(plan.C.Season, PlanExtractor.Extract(plan.C, plan.State));
            Assert.Empty(check.Violations);
            Assert.Equal((double)check.Worth.NetValue, plan.State.Net, 0.06);
        });
    }

    [Fact]
    public void A_first_plan_that_takes_long_stays_the_only_one()
    {
        SearchTools first = DrawnBench.Of(6, SeasonProfile.Mixed);
        List<(double Net, bool FewFirst)> drawn = [];
        FirstPlans plans = Drawing(first, first.Twin(first.State.Meter), seconds: 1, drawn);

        List<SearchTools> best = plans.Draw(first, took: 0.2, 3, new Random(7), 1, () => false);

        Assert.Equal([first], best);
        Assert.Empty(drawn);
    }

    [Fact]
    public void No_plan_is_drawn_once_the_run_is_over()
    {
        SearchTools first = DrawnBench.Of(6, SeasonProfile.Mixed);
        List<(double Net, bool FewFirst)> drawn = [];
        FirstPlans plans = Drawing(first, first.Twin(first.State.Meter), seconds: 100, drawn);

        List<SearchTools> best = plans.Draw(first, 0, 3, new Random(7), 1, () => true);

        Assert.Equal([first], best);
        Assert.Empty(drawn);
    }

    private static FirstPlans Drawing(SearchTools first, SearchTools bare, double seconds, List<(double Net, bool FewFirst)> drawn)
    {
        var watch = new RunWatch(
            new PlanOptions { Seconds = seconds, Reproducible = true }, first.State.Meter, TimeProvider.System, null, TestContext.Current.CancellationToken);
        return new FirstPlans(watch, bare, (own, random, fewFirst) =>
        {
            Construct(own, random, fewFirst);
            lock (drawn)
            {
                drawn.Add((own.State.Net, fewFirst));
            }
        });
    }

    /// <summary>What the plan took of the limit.</summary>
    private static double Construct(SearchTools own, Random random, bool fewFirst = false)
    {
        long before = own.State.Meter.Done;
        new Constructor(own.C, own.State, own.Builder, own.Scout).Run([0.5, 0], random, () => false, fewFirst);
        return (double)(own.State.Meter.Done - before) / WorkMeter.PerSecond;
    }
}
