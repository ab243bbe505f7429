using Matching.Generating;
using Matching.Planning;
using Matching.Planning.Crews;
using Matching.Planning.State;
using Xunit;

namespace Matching.Tests.Planning;

/// <summary>More first plans than one, of which the best are kept.</summary>
public sealed class FirstPlansTests
{
    /// <summary>Of a reproducible second a quarter is the bound's.</summary>
    private const double SearchedOfOneSecond = 0.75;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void The_best_of_all_first_plans_come_first_and_are_legal(int side)
    {
        SearchTools first = DrawnBench.Of(6, SeasonProfile.Mixed);
        SearchTools bare = first.Twin(first.State.Meter);
        List<(double Net, Turns Turns)> drawn = [];
        FirstPlans plans = Drawing(first, bare, seconds: 100, drawn);

        List<SearchTools> best = plans.Draw(first, LimitTaken(first), 3, new Random(7), side, () => false);

        double[] all = [first.State.Net, .. drawn.Select(d => d.Net)];
        Assert.Equal([.. all.OrderDescending().Take(3)], best.Select(b => b.State.Net));
        Assert.Equal(Enum.GetValues<Turns>(), drawn.Select(d => d.Turns).Distinct().Order());
        Assert.All(best, DrawnBench.AssertLegalAndWorthWhatItSays);
    }

    [Fact]
    public void Where_lodging_crews_are_opened_first_more_people_lodge()
    {
        int[] seeds = [.. Enumerable.Range(1, 8)];

        Assert.True(seeds.Sum(s => Lodging(s, Turns.LodgingFirst)) > seeds.Sum(s => Lodging(s, Turns.FewFirst)));
    }

    [Fact]
    public void A_first_plan_that_takes_long_stays_the_only_one()
    {
        SearchTools first = DrawnBench.Of(6, SeasonProfile.Mixed);
        List<(double Net, Turns Turns)> drawn = [];
        FirstPlans plans = Drawing(first, first.Twin(first.State.Meter), seconds: 1, drawn);

        List<SearchTools> best = plans.Draw(first, took: 0.2, 3, new Random(7), 1, () => false);

        Assert.Equal([first], best);
        Assert.Empty(drawn);
    }

    [Fact]
    public void A_second_first_plan_is_drawn_where_it_takes_a_tenth_of_the_time()
    {
        SearchTools first = DrawnBench.Of(6, SeasonProfile.Mixed);
        List<(double Net, Turns Turns)> drawn = [];
        FirstPlans plans = Drawing(first, first.Twin(first.State.Meter), seconds: 1, drawn);

        plans.Draw(first, took: 0.1 * SearchedOfOneSecond, 3, new Random(7), 1, () => false);

        Assert.Equal([Turns.FewFirst], drawn.Select(d => d.Turns));
    }

    [Fact]
    public void No_plan_is_drawn_once_the_run_is_over()
    {
        SearchTools first = DrawnBench.Of(6, SeasonProfile.Mixed);
        List<(double Net, Turns Turns)> drawn = [];
        FirstPlans plans = Drawing(first, first.Twin(first.State.Meter), seconds: 100, drawn);

        List<SearchTools> best = plans.Draw(first, 0, 3, new Random(7), 1, () => true);

        Assert.Equal([first], best);
        Assert.Empty(drawn);
    }

    private static int Lodging(int seed, Turns turns)
    {
        SearchTools tools = DrawnBench.Of(seed, SeasonProfile.Mixed);
        DrawnBench.Construct(tools, new Random(seed), turns);
        tools.State.Commit();
        DrawnBench.AssertLegalAndWorthWhatItSays(tools);
        return tools.State.Crews.Sum(crew => crew is { Lodge: true } slot ? slot.Count.Sum() : 0);
    }

    private static FirstPlans Drawing(SearchTools first, SearchTools bare, double seconds, List<(double Net, Turns Turns)> drawn)
    {
        var watch = new RunWatch(
            new PlanOptions { Seconds = seconds, Reproducible = true }, first.State.Meter, TimeProvider.System, null, TestContext.Current.CancellationToken);
        return new FirstPlans(watch, bare, (own, random, turns) =>
        {
            DrawnBench.Construct(own, random, turns);
            lock (drawn)
            {
                drawn.Add((own.State.Net, turns));
            }
        });
    }

    /// <summary>Makes the first plan: what it took of the limit.</summary>
    private static double LimitTaken(SearchTools own)
    {
        long before = own.State.Meter.Done;
        DrawnBench.Construct(own, new Random(1));
        return (double)(own.State.Meter.Done - before) / WorkMeter.PerSecond;
    }
}
