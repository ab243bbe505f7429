using System.Collections.Immutable;
using Matching.Checking;
using Matching.Generating;
using Matching.Planning;
using Matching.Planning.Compiled;
using Matching.Planning.Crews;
using Matching.Planning.Improve;
using Matching.Planning.State;
using Xunit;

namespace Matching.Tests.Planning;

public sealed class SearchTeamTests
{
    [Theory]
    [InlineData(1, SeasonProfile.Mixed, 2)]
    [InlineData(2, SeasonProfile.Lodge, 2)]
    [InlineData(3, SeasonProfile.Tight, 3)]
    public void Searches_side_by_side_find_a_better_plan_that_is_legal_and_worth_what_they_say(int seed, SeasonProfile profile, int members)
    {
        var random = new Random(seed);
        SearchTools tools = DrawnBench.Built(seed, profile, random, 90);
        double before = tools.State.Net;
        var team = new SearchTeam(tools, Improver(tools), Improver, members);
        for (int round = 0; round < 12; round++)
        {
            int asked = 0;
            double start = tools.State.Net;

            team.Round(random, () => 0, () => Interlocked.Increment(ref asked) > 400);

            DrawnBench.AssertLegalAndWorthWhatItSays(tools);

            // Apart from counts of the whole season, gains of different days add up.
            Assert.True(tools.State.Net > start - 50, $"{start} became {tools.State.Net}");
        }

        Assert.True(tools.State.Net > before);
    }

    [Theory]
    [InlineData(6, SeasonProfile.Mixed, 2, 14)]
    [InlineData(7, SeasonProfile.Lodge, 3, 14)]
    [InlineData(8, SeasonProfile.Tight, 2, 1)]
    public void In_a_short_season_all_search_all_days_and_go_on_from_the_best(int seed, SeasonProfile profile, int members, int days)
    {
        var random = new Random(seed);
        SearchTools tools = DrawnBench.Built(seed, profile, random, days);
        double before = tools.State.Net;
        var team = new SearchTeam(tools, Improver(tools), Improver, members);
        for (int round = 0; round < 6; round++)
        {
            int asked = 0;
            double start = tools.State.Net;

            team.Round(random, () => 0.2, () => Interlocked.Increment(ref asked) > 1500);
            team.Meet();

            Assert.Equal(team.Best, tools.State.Net, 0.01);
            DrawnBench.AssertLegalAndWorthWhatItSays(tools);
            Assert.True(tools.State.Net >= start - 0.01, $"{start} became {tools.State.Net}");
        }

        Assert.True(tools.State.Net > before);
    }

    [Fact]
    public void A_restricted_search_leaves_other_days_and_longer_engagements_alone()
    {
        var random = new Random(4);
        SearchTools tools = DrawnBench.Built(4, SeasonProfile.Mixed, random, days: 60);
        PlanState state = tools.State;
        string[] outside = Outside(state, 20, 39);

        state.Restrict(20, 39, ownsCounts: false);
        Improver improver = Improver(tools);
        for (int i = 0; i < 2000; i++)
        {
            improver.Step(random, 0.3);
        }

        improver.Settle();
        state.LiftRestriction();

        Assert.True(improver.Record.Sum(r => r.Gained) > 0);
        Assert.Equal(outside, Outside(state, 20, 39));
    }

    [Fact]
    public void A_twin_is_the_same_plan_and_adopts_what_another_found()
    {
        var random = new Random(5);
        SearchTools tools = DrawnBench.Built(5, SeasonProfile.Lodge, random, days: 60);
        SearchTools twin = tools.Twin();
        Assert.Equal(tools.State.Net, twin.State.Net, 0.01);
        Improver improver = Improver(twin);
        for (int i = 0; i < 500; i++)
        {
            improver.Step(random, 0);
        }

        improver.Settle();
        tools.State.Adopt(twin.State, 0, tools.C.Days - 1);

        Assert.True(improver.Record.Sum(r => r.Gained) > 0);
        Assert.Equal(twin.State.Net, tools.State.Net, 0.01);
        Assert.Equal(Outside(twin.State, 0, -1), Outside(tools.State, 0, -1));
    }

    [Theory]
    [InlineData(14, 6, 1)]
    [InlineData(90, 6, 3)]
    [InlineData(46, 6, 2)]
    [InlineData(45, 6, 1)]
    [InlineData(30, 20, 1)]
    [InlineData(60, 100, 1)]
    public void A_season_is_cut_into_as_many_parts_of_twenty_days_as_rest_rules_leave_room_for(int days, int maxConsecutive, int members) =>
        Assert.Equal(members, SearchTeam.MostParts(days, maxConsecutive));

    private static Improver Improver(SearchTools tools) => new(tools, null, ImmutableHashSet<string>.Empty);

    /// <summary>Every worker-day of engagements that are not wholly within the days.</summary>
    private static string[] Outside(PlanState state, int first, int last) =>
    [
        .. from slot in state.Crews
           where slot is not null && (slot.From < first || slot.To > last)
           from unit in slot.Members
           from day in Enumerable.Range(slot.From, slot.To - slot.From + 1)
           where ReferenceEquals(state.AssignedCrew(unit, day) is int crew and >= 0 ? state.Crew(crew) : null, slot)
           let line = $"{slot.Broker} {slot.Order} {slot.From}-{slot.To} {unit} {day}"
           orderby line
           select line,
    ];
}
