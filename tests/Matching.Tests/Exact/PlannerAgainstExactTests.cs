using System.Collections.Concurrent;
using Matching.Checking;
using Matching.Model;
using Matching.SeasonSuite.Exact;
using Xunit;

namespace Matching.Tests.Exact;

/// <summary>The planner's plans and bounds on tiny seasons, against their proven best plans: plan ≤ best ≤ bound.</summary>
public class PlannerAgainstExactTests
{
    private const int Seasons = 200;

    private static readonly Lazy<IReadOnlyList<TinyCase>> Cases = new(() =>
    {
        ConcurrentBag<TinyCase> cases = [];
        Parallel.For(5000, 5000 + Seasons, seed =>
        {
            Season season = TinySeasons.Draw(seed);
            PlanResult result = new SeasonPlanner(new PlanOptions { Seconds = 0.3, Threads = 1, Seed = seed, Reproducible = true }).Plan(season);
            cases.Add(new(seed, season, ExactSeasonModel.Solve(season), result, PlanChecker.Check(season, result.Plan)));
        });
        return [.. cases.OrderBy(c => c.Seed)];
    });

    [Fact]
    public void Every_plan_is_legal_unless_the_pins_allow_none() => Assert.All(Cases.Value, c =>
    {
        if (c.Exact.Status == ExactStatus.Infeasible)
        {
            Assert.NotEmpty(c.Result.PinConflicts);
            Assert.All(c.Check.Violations, v => Assert.Equal(Matching.Rules.RuleCode.P1, v.Rule));
        }
        else
        {
            Assert.Empty(c.Check.Violations.Select(v => $"seed {c.Seed}: {v}"));
        }
    });

    [Fact]
    public void Every_plan_claims_its_worth_to_the_cent() => Assert.All(Cases.Value, c =>
        Assert.Equal(c.Check.Worth, c.Result.Plan.Facts?.Worth));

    [Fact]
    public void No_plan_is_worth_more_than_the_best() => Assert.All(Cases.Value.Where(c => c.Exact.Ceiling is not null && c.Check.Legal), c =>
        Assert.True(c.Check.NetValue <= c.Exact.Ceiling, $"seed {c.Seed}: plan {c.Check.NetValue}, best at most {c.Exact.Ceiling}"));

    [Fact]
    public void No_bound_is_below_the_best() => Assert.All(Cases.Value.Where(c => c.Exact.Plan is not null), c =>
        Assert.True(c.Result.Plan.Facts?.UpperBound >= c.Exact.NetValue, $"seed {c.Seed}: bound {c.Result.Plan.Facts?.UpperBound}, best {c.Exact.NetValue}"));

    [Fact]
    public void Most_plans_are_close_to_the_best()
    {
        // Distances in CNY over all seasons together, so that one season of small amounts does not count for much.
        TinyCase[] settled = [.. Cases.Value.Where(c => c.Exact.Status == ExactStatus.Optimal && c.Check.Legal)];
        decimal lost = settled.Sum(c => c.Exact.NetValue!.Value - c.Check.NetValue);
        decimal gained = settled.Sum(c => c.Exact.NetValue!.Value - PlanChecker.Check(c.Season, Plans.Plan.Empty).NetValue);
        Assert.True(lost <= 0.1m * gained, $"the plans leave {lost} of the {gained} that the best plans gain over sending nobody");
    }

    private sealed record TinyCase(int Seed, Season Season, ExactSolution Exact, PlanResult Result, CheckResult Check);
}
