using System.Collections.Concurrent;
using Matching.Checking;
using Matching.Model;
using Matching.Planning.Exact;
using Matching.Plans;
using Matching.SeasonSuite;
using Matching.SeasonSuite.Greedy;
using Xunit;

namespace Matching.Tests.Exact;

/// <summary>The exact model against the checker, which knows nothing of it.</summary>
public class ExactModelTests
{
    private static readonly int[] Seeds = [.. Enumerable.Range(0, 120)];

    private static readonly Lazy<IReadOnlyList<(int Seed, Season Season, ExactSolution Solution)>> Solved = new(() =>
    {
        ConcurrentBag<(int Seed, Season Season, ExactSolution Solution)> solved = [];
        Parallel.ForEach(Seeds, seed =>
        {
            Season season = TinySeasons.Draw(seed);
            solved.Add((seed, season, ExactSeasonModel.Solve(season)));
        });
        return [.. solved.OrderBy(s => s.Seed)];
    });

    [Fact]
    public void Every_tiny_season_is_settled() =>
        Assert.All(Solved.Value, s => Assert.NotEqual(ExactStatus.Unfinished, s.Solution.Status));

    [Fact]
    public void Its_plans_are_legal_and_worth_what_it_says_to_the_cent() => Assert.All(WithPlan(), s =>
    {
        CheckResult check = PlanChecker.Check(s.Season, s.Plan);
        Assert.Empty(check.Violations.Select(v => $"seed {s.Seed}: {v.Message}"));
        Assert.Equal(s.Exact.Rounded(), check.Worth);
        Assert.True(check.NetValue <= s.Ceiling, $"seed {s.Seed}: {check.NetValue} above the ceiling {s.Ceiling}");
        Assert.True(s.Ceiling - check.NetValue <= 0.06m, $"seed {s.Seed}: {check.NetValue} far below the ceiling {s.Ceiling}");
    });

    [Fact]
    public void Its_shortages_are_those_of_the_checker() => Assert.All(WithPlan(), s =>
        Assert.Equal(
            PlanChecker.Check(s.Season, s.Plan).Shortages.ToHashSet(),
            s.Plan.Shortages.ToHashSet()));

    [Fact]
    public void No_greedy_plan_is_worth_more() => Assert.All(WithPlan(), s =>
    {
        CheckResult check = PlanChecker.Check(s.Season, GreedyDispatcher.Plan(s.Season));
        Assert.True(!check.Legal || check.NetValue <= s.Ceiling, $"seed {s.Seed}: greedy {check.NetValue} above the ceiling {s.Ceiling}");
    });

    [Fact]
    public void No_legal_plan_with_one_change_is_worth_more()
    {
        int legal = 0;
        Assert.All(WithPlan(), s =>
        {
            foreach (Plan changed in Changed.ByOne(s.Season, s.Plan, s.Seed))
            {
                CheckResult check = PlanChecker.Check(s.Season, changed);
                legal += check.Legal ? 1 : 0;
                Assert.True(!check.Legal || check.NetValue <= s.Ceiling, $"seed {s.Seed}: a changed plan is worth {check.NetValue}, the ceiling is {s.Ceiling}");
            }
        });
        Assert.True(legal > 100, $"{legal} changed plans are legal");
    }

    [Fact]
    public void The_seasons_are_neither_all_empty_nor_all_full()
    {
        int sends = WithPlan().Count(s => !s.Plan.WorkerDays.IsEmpty);
        int lodges = WithPlan().Count(s => s.Plan.Crews.Any(c => c.Mode == CrewMode.Lodge));
        int shares = WithPlan().Count(s => s.Plan.Trips.Any(t => t.Stops.SelectMany(x => x.Groups).Select(g => g.Crew).Distinct().Count() > 1));
        int full = WithPlan().Count(s => s.Plan.Shortages.IsEmpty && !s.Season.Demand.IsEmpty);
        Assert.True(sends > Seeds.Length / 2, $"{sends} seasons send somebody");
        Assert.True(lodges > 5, $"{lodges} seasons lodge");
        Assert.True(shares > 2, $"{shares} seasons have a trip of two crews");
        Assert.True(full < Seeds.Length / 4, $"{full} seasons fill everything");
        Assert.Contains(Solved.Value, s => s.Solution.Status == ExactStatus.Infeasible);
        Assert.Contains(WithPlan(), s => !s.Season.Pins.IsEmpty);
    }

    private static IEnumerable<(int Seed, Season Season, Plan Plan, Worth Exact, decimal Ceiling)> WithPlan() =>
        from s in Solved.Value
        where s.Solution.Status == ExactStatus.Optimal
        select (s.Seed, s.Season, s.Solution.Plan!, s.Solution.Exact!, s.Solution.Ceiling!.Value);
}
