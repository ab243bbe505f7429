using Matching.Generating;
using Matching.Planning;
using Matching.Planning.Crews;
using Xunit;

namespace Matching.Tests.Planning;

/// <summary>Leaders whose days go from order to order.</summary>
public sealed class EngagementPathTests
{
    [Theory]
    [InlineData(1, SeasonProfile.Mixed)]
    [InlineData(2, SeasonProfile.Lodge)]
    public void A_path_never_promises_less_than_its_days_one_by_one_and_never_shares_a_day(int seed, SeasonProfile profile)
    {
        var random = new Random(7);
        SearchTools bench = DrawnBench.Of(seed, profile);
        List<Prospect> path = [];
        List<Prospect> single = [];
        int changes = 0;
        for (int b = 0; b < bench.C.Brokers; b++)
        {
            double alone = 0;
            for (int d = 0; d < bench.C.Days; d++)
            {
                bench.Scout.Path(b, d, d, null, 0, random, single);
                alone += single.Sum(p => p.Promise);
            }

            bench.Scout.Path(b, 0, bench.C.Days - 1, null, 0, random, path);

            Assert.True(path.Sum(p => p.Promise) >= alone - 1e-6);
            int free = 0;
            foreach (Prospect p in path)
            {
                Assert.True(p.From >= free && p.To >= p.From && p.To < bench.C.Days);
                Assert.All(Enumerable.Range(p.From, p.To - p.From + 1), d => Assert.True(bench.C.CanLead[(b * bench.C.Days) + d]));
                free = p.To + 1;
            }

            changes += Math.Max(0, path.Count - 1);
        }

        Assert.True(changes > 0);
    }

    [Theory]
    [InlineData(1, SeasonProfile.Mixed)]
    [InlineData(2, SeasonProfile.Lodge)]
    [InlineData(3, SeasonProfile.Tight)]
    public void What_promises_most_is_found_without_looking_at_every_order(int seed, SeasonProfile profile)
    {
        var random = new Random(7);
        SearchTools bench = DrawnBench.Of(seed, profile);
        int promising = 0;
        for (int b = 0; b < bench.C.Brokers; b++)
        {
            Prospect all = bench.Scout.Best(b, 0, bench.C.Days - 1, null, 0, random);
            Prospect quick = bench.Scout.BestSoFar(b, (_, _) => false);

            Assert.Equal(all.Promise, quick.Promise, 1e-6);
            promising += all.Promise > 0 ? 1 : 0;
        }

        Assert.True(promising > 0);
    }
}
