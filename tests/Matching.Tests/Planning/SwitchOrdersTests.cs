using Matching.Checking;
using Matching.Generating;
using Matching.Model;
using Matching.Planning;
using Matching.Planning.Compiled;
using Matching.Planning.Crews;
using Matching.Planning.Flow;
using Matching.Planning.Improve;
using Matching.Planning.State;
using Matching.Planning.Trips;
using Xunit;

namespace Matching.Tests.Planning;

/// <summary>Leaders whose days go from order to order.</summary>
public sealed class SwitchOrdersTests
{
    [Theory]
    [InlineData(1, SeasonProfile.Mixed)]
    [InlineData(2, SeasonProfile.Lodge)]
    public void A_path_never_promises_less_than_its_days_one_by_one_and_never_shares_a_day(int seed, SeasonProfile profile)
    {
        var random = new Random(7);
        var bench = new SearchTools(
            new CompiledSeason(SeasonGenerator.Generate(new GeneratorOptions { Workers = 150, Profile = profile, Seed = seed })), new WorkMeter());
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
    [InlineData(3, SeasonProfile.Mixed)]
    [InlineData(4, SeasonProfile.Lodge)]
    [InlineData(5, SeasonProfile.Tight)]
    public void Whatever_leaders_switch_the_plan_stays_legal_and_worth_what_the_search_says(int seed, SeasonProfile profile)
    {
        var random = new Random(7);
        var bench = new SearchTools(
            new CompiledSeason(SeasonGenerator.Generate(new GeneratorOptions { Workers = 150, Profile = profile, Seed = seed })), new WorkMeter());
        new Constructor(bench.C, bench.State, bench.Builder, bench.Scout).Run([0.5, 0], random, () => false);
        int before = bench.State.Crews.Count(s => s is not null);
        var switching = new SwitchOrders(bench.C, bench.State, bench.Builder, bench.Scout);
        int changed = 0;
        for (int i = 0; i < 200; i++)
        {
            (int, double) mark = bench.State.Mark();
            if (switching.Try(random))
            {
                changed++;
                bench.State.Commit();
            }
            else
            {
                bench.State.UndoTo(mark);
            }
        }

        CheckResult check = PlanChecker.Check(bench.C.Season, PlanExtractor.Extract(bench.C, bench.State));

        Assert.True(before > 0 && changed > 50);
        Assert.Empty(check.Violations);
        Assert.Equal((double)check.Worth.NetValue, bench.State.Net, 0.06);
    }
}
