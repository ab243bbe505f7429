using Matching.Generating;
using Matching.Planning;
using Matching.Planning.Improve;
using Matching.Planning.State;
using Xunit;

namespace Matching.Tests.Planning;

/// <summary>What a neighbourhood leaves behind, taken on the worst terms: every legal change is kept, also losses.</summary>
public sealed class NeighbourhoodTests
{
    public static TheoryData<string, int, SeasonProfile> Cases
    {
        get
        {
            var cases = new TheoryData<string, int, SeasonProfile>();
            foreach (string name in (ReadOnlySpan<string>)[nameof(SwitchOrders), nameof(AlignDays), nameof(SwapMembers), nameof(ReplanDay), nameof(ReplanLeaders)])
            {
                cases.Add(name, 3, SeasonProfile.Mixed);
                cases.Add(name, 4, SeasonProfile.Lodge);
                cases.Add(name, 5, SeasonProfile.Tight);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Whatever_is_changed_the_plan_stays_legal_and_worth_what_the_search_says(string name, int seed, SeasonProfile profile)
    {
        var random = new Random(7);
        SearchTools tools = DrawnBench.Built(seed, profile, random);
        PlanState state = tools.State;
        (INeighbourhood neighbourhood, int tries, int least) = name switch
        {
            nameof(SwitchOrders) => ((INeighbourhood)new SwitchOrders(tools.C, state, tools.Builder, tools.Scout), 400, 30),
            nameof(AlignDays) => (new AlignDays(tools.C, state, tools.Builder, tools.Scout), 400, 30),
            nameof(SwapMembers) => (new SwapMembers(tools.C, state), 400, 30),
            nameof(ReplanLeaders) => (new ReplanLeaders(tools.C, state, tools.Builder, tools.Seats), 60, 10),
            _ => (new ReplanDay(tools.C, state, tools.Seats), 60, 10),
        };
        int changed = 0;
        for (int i = 0; i < tries; i++)
        {
            (int, double) mark = state.Mark();
            if (neighbourhood.Try(random))
            {
                changed++;
                state.Commit();
            }
            else
            {
                state.UndoTo(mark);
            }
        }

        Assert.True(changed > least, $"{changed} changes");
        DrawnBench.AssertLegalAndWorthWhatItSays(tools);
    }

    [Theory]
    [InlineData(nameof(SwapMembers), 2000)]
    [InlineData(nameof(ReplanLeaders), 100)]
    public void Alone_it_makes_a_first_plan_better(string name, int tries)
    {
        var random = new Random(7);
        SearchTools tools = DrawnBench.Built(6, SeasonProfile.Commute, random);
        PlanState state = tools.State;
        INeighbourhood neighbourhood = name == nameof(SwapMembers)
            ? new SwapMembers(tools.C, state) : new ReplanLeaders(tools.C, state, tools.Builder, tools.Seats);
        double before = state.Net;
        for (int i = 0; i < tries; i++)
        {
            double now = state.Net;
            (int, double) mark = state.Mark();
            if (!neighbourhood.Try(random) || state.Net <= now)
            {
                state.UndoTo(mark);
            }
        }

        Assert.True(state.Net > before);
    }
}
