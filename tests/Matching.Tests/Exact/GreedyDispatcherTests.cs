using Matching.Checking;
using Matching.Generating;
using Matching.Model;
using Matching.Plans;
using Matching.Rules;
using Matching.SeasonSuite;
using Matching.SeasonSuite.Greedy;
using Xunit;

namespace Matching.Tests.Exact;

/// <summary>The baseline must be honest: legal everywhere, and more than nothing.</summary>
public class GreedyDispatcherTests
{
    [Theory]
    [InlineData(SeasonProfile.Commute, 1)]
    [InlineData(SeasonProfile.Mixed, 2)]
    [InlineData(SeasonProfile.Lodge, 3)]
    [InlineData(SeasonProfile.Tight, 4)]
    [InlineData(SeasonProfile.Slack, 5)]
    public void Its_plan_of_a_generated_season_is_legal_and_sends_people(SeasonProfile profile, long seed)
    {
        Season season = SeasonGenerator.Generate(new GeneratorOptions { Workers = 300, Profile = profile, Seed = seed });
        Plan plan = GreedyDispatcher.Plan(season);
        CheckResult check = PlanChecker.Check(season, plan);
        Assert.Empty(check.Violations.Select(v => $"{v.Rule}: {v.Message}"));
        Assert.NotEmpty(plan.WorkerDays);
        Assert.Equal(check.Shortages.ToHashSet(), plan.Shortages.ToHashSet());
        Assert.True(check.NetValue > PlanChecker.Check(season, Plan.Empty).NetValue, $"worth {check.NetValue}");
    }

    [Fact]
    public void Its_plans_of_tiny_seasons_break_nothing_but_pins_that_cannot_be_kept_by_hand()
    {
        int sends = 0;
        for (int seed = 1000; seed < 1400; seed++)
        {
            Season season = TinySeasons.Draw(seed);
            Plan plan = GreedyDispatcher.Plan(season);
            sends += plan.Crews.IsEmpty ? 0 : 1;
            Assert.Empty(PlanChecker.Check(season, plan).Violations.Where(v => v.Rule != RuleCode.P1).Select(v => $"seed {seed}, {v.Rule}: {v.Message}"));
        }

        Assert.True(sends > 80, $"{sends} of 400 tiny seasons send somebody");
    }
}
