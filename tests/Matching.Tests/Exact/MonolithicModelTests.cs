using Matching.Checking;
using Matching.Model;
using Matching.Planning.Exact;
using Matching.Plans;
using Matching.SeasonSuite;
using Matching.SeasonSuite.Monolithic;
using Xunit;

namespace Matching.Tests.Exact;

/// <summary>The baseline of the suite's table is a fair one: its plans are legal, and no better than the best there is.</summary>
public class MonolithicModelTests
{
    private const int Seasons = 25;

    [Fact]
    public void Its_plans_are_legal_never_above_the_best_and_mostly_worth_sending()
    {
        int sent = 0;
        for (int seed = 7000; seed < 7000 + Seasons; seed++)
        {
            Season season = TinySeasons.Draw(seed);
            MonolithicOutcome outcome = MonolithicModel.Solve(season, 30, 1, PlanChecker.Check(season, Plan.Empty).NetValue);
            Assert.Empty(outcome.Faults.Select(f => $"seed {seed}: {f}"));
            if (outcome.NetValue is { } net && ExactSeasonModel.Solve(season).Ceiling is { } best)
            {
                Assert.True(net <= best, $"seed {seed}: {net} is above the best plan's {best}");
                sent++;
            }
        }

        Assert.InRange(sent, Seasons / 4, Seasons);
    }

    [Fact]
    public void It_gives_up_when_its_time_is_over_before_it_is_built()
    {
        MonolithicOutcome outcome = MonolithicModel.Solve(TinySeasons.Draw(1), 0, 1, decimal.MinValue);

        Assert.Null(outcome.NetValue);
        Assert.Contains("time up", outcome.Text, StringComparison.Ordinal);
    }
}
