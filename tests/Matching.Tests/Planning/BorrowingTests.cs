using Matching.Generating;
using Matching.Planning;
using Matching.Planning.Compiled;
using Matching.Planning.State;
using Xunit;

namespace Matching.Tests.Planning;

/// <summary>People called in from other crews when an engagement is filled.</summary>
public sealed class BorrowingTests
{
    private const int Draws = 5;

    [Theory]
    [InlineData(3, SeasonProfile.Mixed)]
    [InlineData(5, SeasonProfile.Tight)]
    [InlineData(6, SeasonProfile.Commute)]
    public void Who_was_not_wanted_is_back_in_the_crew_that_lent_them(int seed, SeasonProfile profile)
    {
        var random = new Random(7);
        SearchTools tools = DrawnBench.Built(seed, profile, random);
        (CompiledSeason c, PlanState state) = (tools.C, tools.State);
        int calledIn = 0;
        int slots = state.Crews.Count;
        for (int draw = 0; draw < Draws * slots; draw++)
        {
            // Every engagement several times, for an order drawn anew: many find no room or nobody to call in.
            int i = draw % slots;
            if (state.Crews[i] is not { Lodge: false } slot)
            {
                continue;
            }

            (int, double) mark = state.Mark();
            (int broker, int order, int from, int to) = (slot.Broker, slot.Order, slot.From, slot.To);
            state.RemoveCrew(i);
            order = Enumerable.Range(0, c.Orders).OrderBy(_ => random.Next())
                .FirstOrDefault(o => c.MayCommute[o] && Enumerable.Range(from, to - from + 1).All(d => state.IsFreeToLead(broker, o, d)), order);
            int[] before = DaysWorked(c, state);
            List<int> lenders = [];
            int crew = state.CreateCrew(broker, order, from, to, lodge: false);
            tools.Builder.Fill(crew, from, to, random, lenders);

            int[] after = DaysWorked(c, state);
            Assert.All(Enumerable.Range(0, c.Units.Length), u => Assert.True(after[u] >= before[u] || state.MembershipOf(u, crew) >= 0, $"unit {u} lost {before[u] - after[u]} days for nothing"));
            calledIn += lenders.Count;
            state.UndoTo(mark);
        }

        Assert.True(calledIn > 0, "nobody was ever called in");
    }

    private static int[] DaysWorked(CompiledSeason c, PlanState state) =>
        [.. Enumerable.Range(0, c.Units.Length).Select(u => Enumerable.Range(0, c.Days).Count(d => state.AssignedCrew(u, d) >= 0))];
}
