using Matching.Checking;
using Matching.Generating;
using Matching.Model;
using Matching.Planning.Exact;
using Matching.Search;
using Xunit;

namespace Matching.Tests.Planning;

public class FlatStopTests
{
    /// <summary>Without the exact model, which would settle seasons of this size before the search begins.</summary>
    private static readonly PlanOptions Flat = new()
    {
        Seconds = 36_000,
        Threads = 1,
        Reproducible = true,
        UntilFlat = new FlatStop(),
        Without = [nameof(ExactStage)],
    };

    [Fact]
    public void A_tiny_season_stops_long_before_its_limit_with_a_legal_plan()
    {
        Season season = Tiny.Season();

        PlanResult result = new SeasonPlanner(Flat).Plan(season, null, TestContext.Current.CancellationToken);

        Assert.Contains(result.StoppedBy, new[] { StopReason.Flat, StopReason.Optimal });
        Assert.InRange(result.Trace[^1].Seconds, 0, Flat.Seconds / 100);
        CheckResult check = PlanChecker.Check(season, result.Plan);
        Assert.Empty(check.Violations);
        Assert.InRange(check.NetValue, 0.01m, result.Plan.Facts!.UpperBound!.Value);
    }

    [Fact]
    public void The_stop_is_counted_in_work_so_that_two_runs_end_at_the_same_step()
    {
        Season season = SeasonGenerator.Generate(new GeneratorOptions { Workers = 40, Days = 5, Seed = 3 });
        PlanOptions options = Flat with { UntilFlat = new FlatStop(0.02, 0.3) };

        PlanResult first = new SeasonPlanner(options).Plan(season, null, TestContext.Current.CancellationToken);
        PlanResult second = new SeasonPlanner(options).Plan(season, null, TestContext.Current.CancellationToken);

        Assert.Equal(StopReason.Flat, first.StoppedBy);
        Assert.Equal(first.Trace, second.Trace);
        Assert.Equal(first.Plan.WorkerDays, second.Plan.WorkerDays);
        Assert.Equal(first.Plan.Facts!.UpperBound, second.Plan.Facts!.UpperBound);
    }

    [Fact]
    public void A_limit_that_comes_first_stops_the_run_as_ever()
    {
        PlanOptions options = Flat with { Seconds = 0.2, UntilFlat = new FlatStop(1e-12, 0.9) };

        PlanResult result = new SeasonPlanner(options).Plan(
            SeasonGenerator.Generate(new GeneratorOptions { Workers = 40, Days = 5, Seed = 3 }), null, TestContext.Current.CancellationToken);

        Assert.Equal(StopReason.WorkLimit, result.StoppedBy);
    }

    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(1, 0.5)]
    [InlineData(0.001, 0)]
    [InlineData(0.001, 1)]
    [InlineData(double.NaN, 0.5)]
    public void Shares_lie_between_none_and_all(double gain, double time)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new SeasonPlanner(new PlanOptions { UntilFlat = new FlatStop(gain, time) }));
    }
}
