using Matching.Checking;
using Matching.Model;
using Matching.Plans;
using Matching.Rules;
using Xunit;

namespace Matching.Tests.Checking;

public class EveryRuleTests
{
    public static TheoryData<string> Cases => [.. RuleCases.All.Select(c => c.Name)];

    public static TheoryData<RuleCode> Codes => [.. Enum.GetValues<RuleCode>()];

    [Fact]
    public void The_tiny_plan_is_legal() => Assert.Empty(PlanChecker.Check(Tiny.Season(), Tiny.Plan()).Violations);

    [Fact]
    public void The_plan_that_sends_nobody_is_legal() => Assert.True(PlanChecker.Check(Tiny.Season(), Plan.Empty).Legal);

    [Theory]
    [MemberData(nameof(Cases))]
    public void One_change_breaks_its_rule_and_no_other(string name)
    {
        RuleCase broken = RuleCases.All.Single(c => c.Name == name);
        Season season = broken.ChangeSeason(Tiny.Season());
        Plan plan = broken.ChangePlan(Tiny.Plan());

        CheckResult result = PlanChecker.Check(season, plan);

        Assert.False(result.Legal);
        Assert.All(result.Violations, v => Assert.Equal(broken.Rule, v.Rule));
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void Every_rule_has_a_change_that_breaks_it(RuleCode code) => Assert.Contains(RuleCases.All, c => c.Rule == code);

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_breach_names_ids_of_the_files_and_speaks_both_languages(string name)
    {
        RuleCase broken = RuleCases.All.Single(c => c.Name == name);
        Season season = broken.ChangeSeason(Tiny.Season());
        Plan plan = broken.ChangePlan(Tiny.Plan());
        HashSet<string> known = IdsOf(season, plan);

        foreach (Violation violation in PlanChecker.Check(season, plan).Violations)
        {
            Assert.NotEmpty(violation.Ids);
            Assert.All(violation.Ids, id => Assert.Contains(id, known));
            Assert.NotNull(violation.Date);
            Assert.Contains(violation.Ids[0], violation.Message, StringComparison.Ordinal);
            Assert.Contains(violation.Ids[0], violation.MessageZh, StringComparison.Ordinal);
            Assert.EndsWith(".", violation.Message, StringComparison.Ordinal);
            Assert.EndsWith("。", violation.MessageZh, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Breaches_stand_in_the_order_of_rule_day_and_ids_whatever_the_order_of_rows()
    {
        Season season = Tiny.Season() with { Work = new WorkSettings { MinAge = 80, MaxConsecutiveDays = 1 } };
        Plan plan = Tiny.Plan().WithoutTrip("trip-1");
        Plan reversed = plan with
        {
            WorkerDays = [.. plan.WorkerDays.Reverse()],
            Crews = [.. plan.Crews.Reverse()],
            Trips = [.. plan.Trips.Reverse()],
        };

        CheckResult result = PlanChecker.Check(season, plan);

        Assert.Equal(result.Violations, PlanChecker.Check(season, reversed).Violations);
        Assert.Equal(
            result.Violations.Select(v => (v.Rule, v.Date, v.Ids[0])),
            result.Violations.OrderBy(v => v.Rule).ThenBy(v => v.Date).ThenBy(v => v.Ids[0], StringComparer.Ordinal)
                .Select(v => (v.Rule, v.Date, v.Ids[0])));
        Assert.Equal([RuleCode.W2, RuleCode.W4, RuleCode.T1], result.Violations.Select(v => v.Rule).Distinct());
    }

    private static HashSet<string> IdsOf(Season season, Plan plan) =>
    [
        .. season.Places.Select(p => p.Id.Value), .. season.Workers.Select(w => w.Id.Value), .. season.Brokers.Select(b => b.Id.Value),
        .. season.Orders.Select(o => o.Id.Value), .. season.Vehicles.Select(v => v.Id.Value), .. season.Agreements.Select(a => a.Id.Value),
        .. season.HouseholdDuties.Select(d => d.Household.Value), .. season.HouseholdDuties.Select(d => d.Group?.Value ?? ""),
        .. plan.Crews.Select(c => c.Id.Value), .. plan.Trips.Select(t => t.Id.Value),
    ];
}
