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

    [Theory]
    [InlineData(1, SeasonProfile.Mixed)]
    [InlineData(2, SeasonProfile.Lodge)]
    public void Whoever_is_open_on_one_of_some_days_and_suits_an_order_is_found_once(int seed, SeasonProfile profile)
    {
        SearchTools tools = DrawnBench.Built(seed, profile, new Random(seed));
        (CompiledSeason c, PlanState state) = (tools.C, tools.State);
        int found = 0;
        for (int v = 0; v < c.Villages; v++)
        {
            for (int from = 0; from < c.Days; from += 3)
            {
                int to = Math.Min(c.Days - 1, from + 4);
                for (int o = 0; o < c.Orders; o++)
                {
                    foreach (bool lodge in (ReadOnlySpan<bool>)[false, true])
                    {
                        List<int> units = [];
                        state.FindOpen(v, from, to, o, lodge, units);
                        Assert.Equal(
                            c.UnitsOfVillage[v].Where(u => c.Kinds[c.Units[u].Kind].Suits(o) && state.OpenDays(u, from, to) > 0
                                && (!lodge || (c.Units[u].LodgingOk && c.MayLodge[o]))),
                            units);
                        found += units.Count;
                    }
                }
            }
        }

        Assert.True(found > 0);
    }

    [Theory]
    [InlineData(1, SeasonProfile.Mixed)]
    [InlineData(3, SeasonProfile.Tight)]
    public void Who_is_rested_on_a_free_day_is_what_counting_days_in_a_row_and_hours_of_every_week_says(int seed, SeasonProfile profile)
    {
        SearchTools tools = DrawnBench.Built(seed, profile, new Random(seed));
        (CompiledSeason c, PlanState state) = (tools.C, tools.State);
        Dictionary<bool, int> answers = new() { [true] = 0, [false] = 0 };
        for (int u = 0; u < c.Units.Length; u++)
        {
            for (int day = 0; day < c.Days; day++)
            {
                if (state.AssignedCrew(u, day) < 0)
                {
                    int order = (u + day) % c.Orders;
                    bool rested = IsRested(c, state, u, order, day);
                    Assert.Equal(rested, state.RestAllows(u, order, day));
                    answers[rested]++;
                }
            }
        }

        Assert.All(answers.Values, count => Assert.True(count > 0));
    }

    private static bool IsRested(CompiledSeason c, PlanState state, int unit, int order, int day)
    {
        bool Works(int d) => d == day || (d >= 0 && d < c.Days && state.AssignedCrew(unit, d) >= 0);
        long Hours(int d) => !Works(d) ? 0 : c.Hours[d == day ? order : state.Crew(state.AssignedCrew(unit, d)).Order];
        int first = day;
        int last = day;
        while (Works(first - 1))
        {
            first--;
        }

        while (Works(last + 1))
        {
            last++;
        }

        return state.DaysLeft(unit) > 0 && last - first + 1 <= c.MaxConsecutive
            && Enumerable.Range(day - 6, 7).All(from => Enumerable.Range(from, 7).Sum(Hours) <= c.MaxHours);
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
