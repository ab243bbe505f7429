using Matching.Generating;
using Matching.Planning;
using Matching.Planning.Compiled;
using Matching.Planning.State;
using Xunit;

namespace Matching.Tests.Planning;

/// <summary>Who could be sent, counted bit by bit, against asking one unit after another.</summary>
public sealed class OpenPeopleTests
{
    [Theory]
    [InlineData(1, SeasonProfile.Mixed)]
    [InlineData(2, SeasonProfile.Lodge)]
    [InlineData(3, SeasonProfile.Tight)]
    public void Those_who_suit_an_order_and_are_open_are_counted_while_a_plan_grows_and_shrinks(int seed, SeasonProfile profile)
    {
        SearchTools tools = DrawnBench.Built(seed, profile, new Random(seed));
        (CompiledSeason c, PlanState state) = (tools.C, tools.State);
        AssertCounted(c, state);
        PlanState twin = tools.Twin().State;
        for (int crew = 0; crew < state.Crews.Count; crew += 2)
        {
            if (state.Crews[crew] is not null)
            {
                state.RemoveCrew(crew);
            }
        }

        AssertCounted(c, state);
        AssertCounted(c, twin);
    }

    private static void AssertCounted(CompiledSeason c, PlanState state)
    {
        int open = 0;
        for (int v = 0; v < c.Villages; v++)
        {
            for (int o = 0; o < c.Orders; o++)
            {
                Unit[] suited = [.. c.UnitsOfVillage[v].Select(u => c.Units[u]).Where(u => c.Kinds[u.Kind].Suits(o))];
                Assert.Equal(suited.Length > 0, state.AnySuits(v, o));
            }

            for (int d = 0; d < c.Days; d++)
            {
                int[] here = [.. c.UnitsOfVillage[v].Where(u => state.IsOpen(u, d))];
                open += here.Length;
                Assert.Equal(here.Sum(u => c.Units[u].Size), state.OpenHeads(v, d));
                for (int o = 0; o < c.Orders; o++)
                {
                    int[] suited = [.. here.Where(u => c.Kinds[c.Units[u].Kind].Suits(o))];
                    Assert.Equal(suited.Sum(u => c.Units[u].Size), state.OpenHeads(v, d, o, lodge: false));
                    Assert.Equal(
                        c.MayLodge[o] ? suited.Where(u => c.Units[u].LodgingOk).Sum(u => c.Units[u].Size) : 0,
                        state.OpenHeads(v, d, o, lodge: true));
                }
            }
        }

        Assert.True(open > 0);
    }
}
