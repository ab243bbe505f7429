using FsCheck.Xunit;
using Matching.Checking;
using Matching.Plans;
using Matching.Rules;
using Xunit;

namespace Matching.Tests.Checking;

public class RecountTests
{
    [Property(Arbitrary = [typeof(Arbitraries)], MaxTest = 100)]
    public void A_naive_recount_finds_the_same_breaches(SeasonAndPlan drawn)
    {
        CheckResult result = PlanChecker.Check(drawn.Season, drawn.Plan);

        var expected = new NaiveRecount(drawn.Season, drawn.Plan).Broken();
        var found = result.Violations.Select(v => (v.Rule, Key(v, drawn.Plan))).ToHashSet();
        Assert.Equal(expected.Order(), found.Order());
    }

    [Property(Arbitrary = [typeof(Arbitraries)], MaxTest = 100)]
    public void A_naive_recount_gives_the_same_worth(SeasonAndPlan drawn) =>
        Assert.Equal(new NaiveRecount(drawn.Season, drawn.Plan).Worth(), PlanChecker.Check(drawn.Season, drawn.Plan).Worth);

    [Property(Arbitrary = [typeof(Arbitraries)], MaxTest = 60)]
    public void The_order_of_rows_changes_nothing(SeasonAndPlan drawn)
    {
        Plan reversed = drawn.Plan with
        {
            Crews = [.. drawn.Plan.Crews.Reverse()],
            WorkerDays = [.. drawn.Plan.WorkerDays.Reverse()],
            Trips = [.. drawn.Plan.Trips.Reverse()],
        };

        CheckResult result = PlanChecker.Check(drawn.Season, drawn.Plan);
        CheckResult other = PlanChecker.Check(drawn.Season, reversed);

        Assert.Equal(result.Violations, other.Violations);
        Assert.Equal(result.Worth, other.Worth);
        Assert.Equal(result.Shortages, other.Shortages);
    }

    [Fact]
    public void The_random_plans_break_every_rule_and_keep_every_rule_at_times()
    {
        const int Plans = 200;
        int[] brokenIn = new int[Enum.GetValues<RuleCode>().Length];
        for (int seed = 0; seed < Plans; seed++)
        {
            SeasonAndPlan drawn = Arbitraries.Draw(seed);
            foreach (RuleCode rule in PlanChecker.Check(drawn.Season, drawn.Plan).Violations.Select(v => v.Rule).Distinct())
            {
                brokenIn[(int)rule]++;
            }
        }

        Assert.All(brokenIn, times => Assert.InRange(times, 1, Plans - 1));
    }

    // What both can name: see NaiveRecount.
    private static string Key(Violation violation, Plan plan)
    {
        string day = $"{violation.Date:o}";
        string crew = violation.Ids.FirstOrDefault(id => plan.Crews.Any(c => c.Id.Value == id)) ?? "";
        return violation.Rule switch
        {
            RuleCode.W4 or RuleCode.D2 or RuleCode.D3 or RuleCode.T3 => violation.Ids[0],
            RuleCode.H1 or RuleCode.C4 => day,
            RuleCode.C1 => $"{crew} {day}",
            RuleCode.C3 => $"{violation.Ids.First(id => id.StartsWith('k'))} {day}",
            RuleCode.T4 => $"{violation.Ids[1]} {crew}",
            _ => $"{violation.Ids[0]} {day}",
        };
    }
}
