using Matching.Generating;
using Matching.Model;
using Matching.Planning;
using Matching.Planning.Compiled;
using Matching.Planning.Improve;
using Matching.Planning.State;
using Xunit;

namespace Matching.Tests.Planning;

/// <summary>An engagement goes to an idle leader for whom it costs less.</summary>
public sealed class ChangeLeaderTests
{
    [Theory]
    [InlineData(3, SeasonProfile.Mixed)]
    [InlineData(4, SeasonProfile.Lodge)]
    [InlineData(5, SeasonProfile.Tight)]
    public void The_plan_gains_and_stays_legal_and_everybody_works_on_the_same_days_at_the_same_orders(int seed, SeasonProfile profile)
    {
        SearchTools tools = WithIdleBrokers(seed, profile);
        (CompiledSeason c, PlanState state) = (tools.C, tools.State);
        int[] before = WorkOf(c, state);
        var change = new ChangeLeader(c, state);
        var random = new Random(seed);
        int changed = 0;
        double gained = 0;
        for (int i = 0; i < 500; i++)
        {
            (int, double) mark = state.Mark();
            double net = state.Net;
            if (change.Try(random))
            {
                changed++;
                gained += state.Net - net;
                state.Commit();
            }
            else
            {
                state.UndoTo(mark);
            }
        }

        Assert.True(changed > 0);
        Assert.True(gained > 0);
        Assert.Equal(before, WorkOf(c, state));
        DrawnBench.AssertLegalAndWorthWhatItSays(tools);
    }

    /// <summary>A first plan of a season with more brokers than it needs.</summary>
    private static SearchTools WithIdleBrokers(int seed, SeasonProfile profile)
    {
        Season season = SeasonGenerator.Generate(new GeneratorOptions { Workers = 200, Brokers = 40, Villages = 4, Profile = profile, Seed = seed });
        var tools = new SearchTools(new CompiledSeason(season), new WorkMeter());
        DrawnBench.Construct(tools, new Random(seed));
        tools.State.Commit();
        return tools;
    }

    /// <summary>The order by unit and day, -1 for none.</summary>
    private static int[] WorkOf(CompiledSeason c, PlanState state) =>
    [
        .. Enumerable.Range(0, c.Units.Length * c.Days)
            .Select(at => state.AssignedCrew(at / c.Days, at % c.Days) is int crew and >= 0 ? state.Crew(crew).Order : -1),
    ];
}
