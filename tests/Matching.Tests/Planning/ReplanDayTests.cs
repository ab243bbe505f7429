using System.Collections.Immutable;
using Matching.Checking;
using Matching.Model;
using Matching.Planning;
using Matching.Planning.Compiled;
using Matching.Planning.Improve;
using Matching.Planning.State;
using Matching.Plans;
using Xunit;

namespace Matching.Tests.Planning;

/// <summary>The exact model of a day against every plan there is, each valued by the checker.</summary>
public sealed class ReplanDayTests
{
    private static readonly string[][] Groups = [["a1", "a2"], ["a3", "a4"], ["b1", "b2"], ["c9"]];
    private static readonly string[] Leaders = ["k1", "k2", "k3"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void From_an_empty_plan_it_alone_finds_the_best_lodging_crews_of_a_day(int seed)
    {
        Season season = Draw(new Random(seed));
        decimal best = AllPlans().Select(p => PlanChecker.Check(season, p)).Where(c => c.Violations.IsEmpty).Max(c => c.Worth.NetValue);
        var tools = new SearchTools(new CompiledSeason(season), new WorkMeter());
        PlanState state = tools.State;
        var neighbourhood = new ReplanDay(tools.C, state, tools.Seats);
        var random = new Random(seed);
        for (int i = 0; i < 60; i++)
        {
            (int, double) mark = state.Mark();
            double before = state.Net;
            if (!neighbourhood.Try(random) || state.Net <= before)
            {
                state.UndoTo(mark);
            }
        }

        CheckResult found = PlanChecker.Check(season, PlanExtractor.Extract(tools.C, state));

        Assert.True(best > 0);
        Assert.Empty(found.Violations);
        Assert.Equal(best, found.Worth.NetValue);
    }

    /// <summary>The valley on one day, everybody lodging, with pairs, a farm duty, an order that asks for experience, and drawn money.</summary>
    private static Season Draw(Random random)
    {
        Season season = Tiny.Season() with
        {
            End = Tiny.Day(0),
            Transport = new TransportSettings { CoachFarePerKm = random.Next(1, 12) / 10m },
            Demand = [new DailyDemand(new("o1"), Tiny.Day(0), random.Next(0, 3), random.Next(3, 5)), new DailyDemand(new("o2"), Tiny.Day(0), 2, 4)],
        };
        foreach (string[] pair in Groups.Where(g => g.Length == 2))
        {
            season = season.WithPair(pair[0], pair[1], PairKind.Together);
        }

        foreach (string leader in Leaders)
        {
            season = season.WithBroker(leader, b => b with { DailyFee = random.Next(20, 120), CrewMin = random.Next(1, 3) });
        }

        return season
            .WithSite("s1", s => s with { Beds = 4 })
            .WithOrder("o1", o => o with { Lodging = LodgingRule.Only, ValueRequired = random.Next(90, 200) })
            .WithOrder("o2", o => o with { ValueRequired = random.Next(90, 200), ExperiencedLevel = 4, ExperiencedShare = 0.3m })
            .WithWorker("b1", w => w with { Skills = [new SkillLevel(new("picking"), 5)] })
            .WithWorker("c9", w => w with { Skills = [new SkillLevel(new("picking"), 4)] })
            .WithHousehold("h1", "a2", "a3", "a4").WithDuty("h1", 1, 0, 0)
            .WithPair("a1", "b2", PairKind.Apart);
    }

    /// <summary>Every group at home, at o1 or at o2, under every two leaders.</summary>
    private static IEnumerable<Plan> AllPlans()
    {
        for (int places = 0; places < 81; places++)
        {
            int[] at = [places % 3, places / 3 % 3, places / 9 % 3, places / 27];
            foreach (string first in Leaders)
            {
                foreach (string second in Leaders)
                {
                    yield return PlanOf(at, first, second);
                }
            }
        }
    }

    private static Plan PlanOf(int[] at, params string[] leaders) => new()
    {
        Crews =
        [
            .. new[] { 1, 2 }.Where(at.Contains).Select(o => new Crew(
                new($"c{o}"), new(leaders[o - 1]), new($"o{o}"), Tiny.Day(0), Tiny.Day(0), CrewMode.Lodge)),
        ],
        WorkerDays = [.. Groups.SelectMany((g, i) => at[i] == 0 ? [] : g.Select(w => Tiny.Works(0, $"c{at[i]}", w)))],
    };
}
