using Matching.Checking;
using Matching.Generating;
using Matching.Model;
using Matching.Planning.Exact;
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

    [Fact]
    public void Cancelling_the_solver_gives_a_legal_plan()
    {
        Season season = SeasonGenerator.Generate(new GeneratorOptions { Workers = 30, Days = 7, Seed = 1, Profile = SeasonProfile.Commute });
        ExactSeasonModel model = ExactSeasonModel.Build(season, ExactSize.Largest)!;
        using CancellationTokenSource soon = new(TimeSpan.FromSeconds(1));

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
        ExactSolution proven = new(ExactStatus.Optimal, Plans.Plan.Empty, null, 100m);

        Assert.Equal(120m, first.Then(second).Ceiling);
        Assert.Equal(120m, second.Then(first).Ceiling);
        Assert.Equal((4, 6), (first.Then(second).Work, first.Then(second).Seconds));
        Assert.Equal((ExactStatus.Optimal, 100m), (first.Then(proven).Status, first.Then(proven).Ceiling));
    }

    private static Season TinySeason() => SeasonGenerator.Generate(new GeneratorOptions { Workers = 8, Days = 3, Seed = 2 });
}
