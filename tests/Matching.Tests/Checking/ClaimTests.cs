using System.Collections.Immutable;
using Matching.Checking;
using Matching.Model;
using Matching.Plans;
using Xunit;

namespace Matching.Tests.Checking;

public class ClaimTests
{
    private static readonly CheckResult Recount = PlanChecker.Check(Tiny.Season(), Tiny.Plan());

    private static ImmutableArray<string> NotesOf(PlanFacts facts, ImmutableArray<Shortage>? shortages = null, Plan? plan = null)
    {
        CheckResult result = PlanChecker.Check(
            Tiny.Season(), (plan ?? Tiny.Plan()) with { Facts = facts, Shortages = shortages ?? Recount.Shortages });
        Assert.Equal(result.Notes.Length, result.NotesZh.Length);
        return result.Notes;
    }

    [Fact]
    public void A_hand_made_plan_without_claims_has_no_notes() => Assert.Empty(Recount.Notes);

    [Fact]
    public void Claims_that_agree_have_no_notes()
    {
        Assert.Empty(NotesOf(new PlanFacts { Worth = Recount.Worth }));
        Assert.Empty(NotesOf(new PlanFacts { Worth = Recount.Worth, UpperBound = 1000m, Gap = 1.2657m }));
        Assert.Empty(NotesOf(new PlanFacts { Worth = Recount.Worth, UpperBound = -265.70m, Gap = 0m }));
        Assert.Empty(NotesOf(new PlanFacts { Worth = Recount.Worth, UpperBound = 0.50m, Gap = 266.20m }));
    }

    [Fact]
    public void A_part_wrong_by_a_cent_is_noted_and_so_is_the_net_value()
    {
        ImmutableArray<string> notes = NotesOf(new PlanFacts { Worth = Recount.Worth with { Joins = -25.01m } });

        Assert.Equal(
            [
                "plan.json gives -25.01 as joins; the recount gives -25.00.",
                "plan.json gives -265.71 as netValue; the recount gives -265.70.",
            ],
            notes);
    }

    [Fact]
    public void What_a_plan_says_never_changes_the_recount()
    {
        Plan boastful = Tiny.Plan() with
        {
            Facts = new PlanFacts { Worth = Recount.Worth with { RequiredValue = 1e6m } },
            Shortages = [],
        };

        CheckResult result = PlanChecker.Check(Tiny.Season(), boastful);

        Assert.Equal(Recount.Worth, result.Worth);
        Assert.Equal(Recount.Shortages, result.Shortages);
    }

    [Fact]
    public void A_bound_below_the_worth_of_a_legal_plan_is_noted()
    {
        PlanFacts facts = new() { Worth = Recount.Worth, UpperBound = -265.71m, Gap = 0m };

        Assert.StartsWith("plan.json gives -265.71 as upperBound", Assert.Single(NotesOf(facts)), StringComparison.Ordinal);
    }

    [Fact]
    public void An_illegal_plan_may_be_worth_more_than_the_bound()
    {
        Plan illegal = Tiny.Plan() with { WorkerDays = Tiny.Plan().WorkerDays.Add(Tiny.Works(0, "c1", "a1")) };

        Assert.Empty(NotesOf(new PlanFacts { Worth = Recount.Worth, UpperBound = -265.71m, Gap = 0m }, plan: illegal));
    }

    [Theory]
    [InlineData("1000", "1.2")]
    [InlineData("1000", null)]
    [InlineData(null, "0.1")]
    public void A_wrong_or_lonely_gap_is_noted(string? bound, string? gap)
    {
        static decimal? Read(string? text) => text is null ? null : decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

        Assert.Contains("gap", Assert.Single(NotesOf(new PlanFacts { Worth = Recount.Worth, UpperBound = Read(bound), Gap = Read(gap) })), StringComparison.Ordinal);
    }

    [Fact]
    public void Shortages_that_differ_are_noted_both_ways()
    {
        Shortage wrong = Recount.Shortages[0] with { Filled = 2 };
        ImmutableArray<string> notes = NotesOf(new PlanFacts { Worth = Recount.Worth }, [.. Recount.Shortages.RemoveAt(0), wrong]);

        Assert.Equal(2, notes.Length);
        Assert.Contains("has order o1 on 2026-06-10 with required 2, target 4, filled 2", notes[0], StringComparison.Ordinal);
        Assert.Contains("lacks order o1 on 2026-06-10 with required 2, target 4, filled 3", notes[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Many_differing_shortages_end_in_a_count()
    {
        ImmutableArray<Shortage> many = [.. Enumerable.Range(0, 30).Select(i => new Shortage(new("o1"), Tiny.Day(i + 20), 1, 1, 0))];

        ImmutableArray<string> notes = NotesOf(new PlanFacts { Worth = Recount.Worth }, [.. Recount.Shortages, .. many]);

        Assert.Equal(21, notes.Length);
        Assert.Contains("10 more rows", notes[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.01, false)]
    [InlineData(0, true)]
    [InlineData(-0.01, true)]
    [InlineData(-0.02, false)]
    public void Measured_kilometres_next_to_half_a_cent_may_round_either_way_and_no_further(double claim, bool accepted)
    {
        // The way from the depot is a degree of the equator, priced so that both ways cost half a cent.
        Season season = Tiny.Season() with
        {
            Travel = [],
            Places = [.. Tiny.Season().Places.Select(p => p with { Latitude = 0, Longitude = p.Id.Value == "dp" ? 1 : 0 })],
            Road = new RoadSettings { Detour = 1m },
        };
        season = season.WithVehicle("v2", v => v with { CostPerDay = 0m, CostPerKm = 0.005m / (2 * 111.1950802335329m) });
        Plan plan = Plan.Empty.With(Tiny.TripOf("empty", 3, "v2", "05:30", Tiny.Stop(1, "vc", "05:27")));
        CheckResult recount = PlanChecker.Check(season, plan);

        CheckResult result = PlanChecker.Check(season, plan with
        {
            Facts = new PlanFacts { Worth = recount.Worth with { Vehicles = (decimal)claim } },
            Shortages = recount.Shortages,
        });

        Assert.Equal(accepted, result.Notes.IsEmpty);
    }

    [Fact]
    public void Given_kilometres_round_one_way_only()
    {
        Season season = Tiny.Season().WithVehicle("v2", v => v with { CostPerDay = 0m, CostPerKm = 0.0001m });
        Plan plan = Plan.Empty.With(Tiny.TripOf("empty", 3, "v2", "05:30", Tiny.Stop(1, "vc", "05:27")));
        CheckResult recount = PlanChecker.Check(season, plan);

        Assert.Equal(-0.01m, recount.Worth.Vehicles);
        Assert.NotEmpty(PlanChecker.Check(season, plan with
        {
            Facts = new PlanFacts { Worth = recount.Worth with { Vehicles = 0m } },
            Shortages = recount.Shortages,
        }).Notes);
    }
}
