using System.Collections.Concurrent;
using Matching.Checking;
using Matching.Model;
using Matching.Planning.Exact;
using Matching.Search;
using Matching.SeasonSuite;
using Xunit;

namespace Matching.Tests.Exact;

/// <summary>
/// The planner's plans and bounds on tiny seasons, against their proven best plans: plan ≤ best ≤ bound. The search and the
/// Lagrangian bound share nothing with the exact model, so all that is asked of them is asked of the planner without it.
/// </summary>
public class PlannerAgainstExactTests
{
    private const int Seasons = 200;

    /// <summary>CNY by which plans of the same exact worth can differ: half a cent for each part.</summary>
    private const decimal RoundingOfParts = 0.05m;

    private static readonly Lazy<IReadOnlyList<TinyCase>> Cases = new(() =>
    {
        ConcurrentBag<TinyCase> cases = [];
        Parallel.For(5000, 5000 + Seasons, seed =>
        {
            Season season = TinySeasons.Draw(seed);
            PlanOptions options = new() { Seconds = 0.3, Threads = 1, Seed = seed, Reproducible = true };
            PlanResult result = new SeasonPlanner(options with { Without = [nameof(ExactStage)] }).Plan(season);
            PlanResult whole = new SeasonPlanner(options with { Seconds = 2 }).Plan(season);
            ExactSolution exact = ExactSeasonModel.Solve(season);
            cases.Add(new(seed, season, exact, result, PlanChecker.Check(season, result.Plan)));
            cases.Add(new(seed, season, exact, whole, PlanChecker.Check(season, whole.Plan)) { IsWhole = true });
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
        TinyCase[] settled = [.. Cases.Value.Where(c => !c.IsWhole && c.Exact.Status == ExactStatus.Optimal && c.Check.Legal)];
        decimal lost = settled.Sum(c => c.Exact.NetValue!.Value - c.Check.NetValue);
        decimal gained = settled.Sum(c => c.Exact.NetValue!.Value - PlanChecker.Check(c.Season, Plans.Plan.Empty).NetValue);
        Assert.True(lost <= 0.1m * gained, $"the plans leave {lost} of the {gained} that the best plans gain over sending nobody");
    }

    [Fact]
    public void With_the_exact_model_nearly_every_plan_is_the_best_and_proven_so()
    {
        TinyCase[] proven = [.. Cases.Value.Where(c => c.IsWhole && c.Result.StoppedBy == StopReason.Optimal)];
        Assert.True(proven.Length >= 0.9 * Seasons, $"{proven.Length} of {Seasons} are proven");
        Assert.All(proven.Where(c => c.Exact.Status == ExactStatus.Optimal), c =>
        {
            Assert.True(c.Check.NetValue >= c.Exact.NetValue - RoundingOfParts, $"seed {c.Seed}: plan {c.Check.NetValue}, best {c.Exact.NetValue}");
            Assert.True(c.Result.Plan.Facts?.UpperBound <= c.Exact.Ceiling, $"seed {c.Seed}: bound {c.Result.Plan.Facts?.UpperBound}, best at most {c.Exact.Ceiling}");
        });
    }

    private sealed record TinyCase(int Seed, Season Season, ExactSolution Exact, PlanResult Result, CheckResult Check)
    {
        /// <summary>Whether the planner had the exact model.</summary>
        public bool IsWhole { get; init; }
    }
}
