using Matching.Generating;
using Matching.Planning;
using Matching.Planning.Improve;
using Xunit;

namespace Matching.Tests.Planning;

/// <summary>Several searches from scratch, of which the best goes on.</summary>
public sealed class SeveralStartsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void The_best_of_all_starts_is_left_and_legal(int members)
    {
        SearchTools first = DrawnBench.Of(6, SeasonProfile.Mixed);
        SearchTools bare = first.Twin(first.State.Meter);
        var watch = new RunWatch(
            new PlanOptions { Seconds = 4, Reproducible = members == 1, Threads = members }, first.State.Meter, TimeProvider.System, null, TestContext.Current.CancellationToken);
        DrawnBench.Construct(first, new Random(1));
        List<SearchTools> searched = [];
        var starts = new SeveralStarts(watch, bare, DrawnBench.Construct, own =>
        {
            lock (searched)
            {
                searched.Add(own);
            }

            return new Improver(own, null, []);
        });

        starts.Run(first, [first], new Random(7), () => members, () => watch.IsSearchOver);

        Assert.Contains(first, searched);
        Assert.Equal(4 * members, searched.Distinct().Count());
        Assert.Equal(searched.Max(s => s.State.Net), first.State.Net, 0.01);
        Assert.True(searched.Min(s => s.State.Net) < first.State.Net - 1, "all starts ended alike");
        DrawnBench.AssertLegalAndWorthWhatItSays(first);
    }

    [Fact]
    public void A_first_plan_that_takes_long_leaves_no_time_for_another()
    {
        SearchTools first = DrawnBench.Of(6, SeasonProfile.Mixed);
        var watch = new RunWatch(
            new PlanOptions { Seconds = 100, Reproducible = true }, first.State.Meter, TimeProvider.System, null, TestContext.Current.CancellationToken);
        var starts = new SeveralStarts(watch, first, DrawnBench.Construct, own => new Improver(own, null, []));

        // Three quarters of the limit are the search's, four tenths of these the starts': 7.5 s each.
        Assert.True(starts.IsUseful(0.7));
        Assert.False(starts.IsUseful(0.8));
    }
}
