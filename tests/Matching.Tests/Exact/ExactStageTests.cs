using Matching.Checking;
using Matching.Generating;
using Matching.Model;
using Matching.Planning.Exact;
using Matching.Plans;
using Matching.Search;
using Xunit;

namespace Matching.Tests.Exact;

/// <summary>The exact model as the planner's first stage.</summary>
public class ExactStageTests
{
    [Fact]
    public void A_season_of_a_few_crews_ends_with_a_proven_plan_long_before_its_limit()
    {
        Season season = SeasonGenerator.Generate(new GeneratorOptions { Workers = 12, Days = 5, Seed = 1 });

        PlanResult result = new SeasonPlanner(new PlanOptions { Seconds = 36_000, Threads = 1, Reproducible = true }).Plan(season, null, TestContext.Current.CancellationToken);

        CheckResult check = PlanChecker.Check(season, result.Plan);
        Assert.Equal(StopReason.Optimal, result.StoppedBy);
        Assert.Empty(check.Violations);
        Assert.Equal(check.Worth, result.Plan.Facts!.Worth);
        Assert.InRange(result.Plan.Facts.UpperBound!.Value - check.NetValue, 0m, 0.05m);
    }

    [Fact]
    public void A_season_above_the_size_allowed_has_no_model()
    {
        Season season = SeasonGenerator.Generate(new GeneratorOptions { Workers = 60, Days = 14, Seed = 1 });

        Assert.Null(ExactSeasonModel.Build(season, new ExactSize(2_000, 3_000)));
        Assert.Null(ExactSeasonModel.Build(TinySeason(), new ExactSize(0, 3_000)));
        Assert.NotNull(ExactSeasonModel.Build(TinySeason(), new ExactSize(2_000, 3_000)));
    }

    public static TheoryData<string> Hostile => [.. Changes.Keys];

    private static readonly Dictionary<string, (Func<Season, Season> Change, bool HasModel)> Changes = new()
    {
        ["values beyond a trillion"] = (s => s with { Orders = [.. s.Orders.Select(o => o with { ValueRequired = 4e12m, ValueTarget = 3e12m })] }, false),
        ["hours of many decimals"] = (s => s with { Orders = [.. s.Orders.Select(o => o with { Hours = 7.123456789012m })] }, false),
        ["shares of many decimals"] = (s => s with { Orders = [.. s.Orders.Select(o => o with { ExperiencedLevel = 2, ExperiencedShare = 0.333333333333m })] }, false),
        ["targets beyond a million"] = (s => s with { Demand = [.. s.Demand.Select(d => d with { Target = 2_000_000 })] }, false),
        ["any number of days in a row"] = (s => s with { Work = s.Work with { MaxConsecutiveDays = int.MaxValue } }, true),
        ["hours in 7 days without end"] = (s => s with { Work = s.Work with { MaxHoursPer7Days = 1e20m } }, true),
        ["crews without end"] = (s => s with { Orders = [.. s.Orders.Select(o => o with { CrewMax = int.MaxValue })], Brokers = [.. s.Brokers.Select(b => b with { CrewMax = int.MaxValue })] }, true),
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Numbers_of_any_size_give_a_legal_plan_with_its_worth(string what)
    {
        (Func<Season, Season> change, bool hasModel) = Changes[what];
        Season season = change(TinySeason());

        PlanResult result = new SeasonPlanner(new PlanOptions { Seconds = 0.3, Threads = 1, Reproducible = true }).Plan(season, null, TestContext.Current.CancellationToken);

        CheckResult check = PlanChecker.Check(season, result.Plan);
        Assert.Equal(hasModel, ExactSeasonModel.Build(season, new ExactSize(2_000, 3_000)) is not null);
        Assert.Empty(check.Violations);
        Assert.Equal(check.Worth, result.Plan.Facts!.Worth);
        Assert.True(check.NetValue <= result.Plan.Facts.UpperBound);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1_000)]
    public void Cancelling_before_or_during_the_solve_ends_it_with_nothing_or_a_legal_plan(int afterMilliseconds)
    {
        Season season = SeasonGenerator.Generate(new GeneratorOptions { Workers = 30, Days = 7, Seed = 1, Profile = SeasonProfile.Commute });
        ExactSeasonModel model = ExactSeasonModel.Build(season, ExactSize.Largest)!;
        using CancellationTokenSource soon = new(afterMilliseconds);

        ExactSolution found = model.Solve(new ExactEffort(600, 1), soon.Token);

        Assert.Equal(ExactStatus.Unfinished, found.Status);
        Assert.True(found.Plan is null || PlanChecker.Check(season, found.Plan).Legal);
        Assert.True(found.NetValue is null || found.NetValue <= found.Ceiling);
    }

    [Fact]
    public void Of_two_unfinished_attempts_the_better_plan_and_the_lower_ceiling_stay()
    {
        ExactSolution first = new(ExactStatus.Unfinished, null, null, 120m) { Work = 1, Seconds = 2 };
        ExactSolution second = new(ExactStatus.Unfinished, null, null, 150m) { Work = 3, Seconds = 4 };
        ExactSolution proven = new(ExactStatus.Optimal, Plan.Empty, null, 100m);

        Assert.Equal(120m, first.Then(second).Ceiling);
        Assert.Equal(120m, second.Then(first).Ceiling);
        Assert.Equal((4, 6), (first.Then(second).Work, first.Then(second).Seconds));
        Assert.Equal((ExactStatus.Optimal, 100m), (first.Then(proven).Status, first.Then(proven).Ceiling));

        ExactSolution poor = first with { Exact = new Worth(10, 0, 0, 0, 0, 0, 0, 0, 0, 0) };
        ExactSolution rich = second with { Exact = new Worth(20, 0, 0, 0, 0, 0, 0, 0, 0, 0) };
        Assert.Equal((20m, 120m), (poor.Then(rich).NetValue, poor.Then(rich).Ceiling));
        Assert.Equal((20m, 120m), (rich.Then(poor).NetValue, rich.Then(poor).Ceiling));
        Assert.Equal(10m, poor.Then(second).NetValue);
    }

    private static Season TinySeason() => SeasonGenerator.Generate(new GeneratorOptions { Workers = 8, Days = 3, Seed = 2 });
}
