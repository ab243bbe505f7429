using Matching.Checking;
using Matching.Model;
using Matching.Plans;
using Matching.Rules;
using Xunit;

namespace Matching.Tests.Checking;

public class CrewReadingTests
{
    private static RuleCode[] Broken(Season season, Plan plan) =>
        [.. PlanChecker.Check(season, plan).Violations.Select(v => v.Rule).Distinct()];

    [Fact]
    public void An_assignment_outside_the_engagement_breaks_C1_and_names_worker_crew_and_day()
    {
        Plan plan = Tiny.Plan().WithCrew("c1", c => c with { To = Tiny.Day(0) });

        Violation[] found = [.. PlanChecker.Check(Tiny.Season(), plan).Violations];

        Assert.Equal(["a1", "a2", "b1"], found.Select(v => v.Ids[0]));
        Assert.All(found, v => Assert.Equal((RuleCode.C1, "c1", Tiny.Day(1)), (v.Rule, v.Ids[1], v.Date!.Value)));
    }

    [Fact]
    public void An_engagement_cannot_span_a_day_without_demand()
    {
        Season season = Tiny.Season() with { Demand = [.. Tiny.Season().Demand.Where(d => d.Order.Value != "o2" || d.Date != Tiny.Day(1))] };

        Assert.Equal([RuleCode.D1], Broken(season, Tiny.Plan()));
        Assert.Equal([RuleCode.C1], Broken(season, Tiny.Plan().WithoutWork(Tiny.Works(1, "c2", "a4"))));
    }

    [Fact]
    public void The_limits_of_size_themselves_are_allowed()
    {
        Season season = Tiny.Season().WithOrder("o1", o => o with { CrewMin = 3, CrewMax = 9 })
            .WithBroker("k1", b => b with { CrewMin = 1, CrewMax = 3 });

        Assert.True(PlanChecker.Check(season, Tiny.Plan()).Legal);
    }

    [Theory]
    [InlineData("0.3333333333333333333333333333", 1, true)]
    [InlineData("0.3333333333333333333333333334", 1, false)]
    [InlineData("0.3333333333333333333333333334", 2, true)]
    [InlineData("1", 2, false)]
    [InlineData("1", 3, true)]
    [InlineData("0", 0, true)]
    public void The_experienced_are_share_times_members_rounded_up_in_exact_decimals(string share, int experienced, bool legal)
    {
        Season season = Tiny.Season().WithOrder("o1", o => o with
        {
            ExperiencedLevel = 4,
            ExperiencedShare = decimal.Parse(share, System.Globalization.CultureInfo.InvariantCulture),
        });
        foreach (string id in new[] { "a1", "a2", "b1" }.Take(experienced))
        {
            season = season.WithWorker(id, w => w with { Skills = [new SkillLevel(new("pruning"), 1), new SkillLevel(new("picking"), 4)] });
        }

        Assert.Equal(legal ? [] : [RuleCode.C2], Broken(season, Tiny.Plan()));
    }

    [Fact]
    public void Experience_binds_only_where_level_and_share_are_given()
    {
        Assert.True(PlanChecker.Check(Tiny.Season().WithOrder("o1", o => o with { ExperiencedLevel = 5 }), Tiny.Plan()).Legal);
        Assert.True(PlanChecker.Check(Tiny.Season().WithOrder("o1", o => o with { ExperiencedShare = 1m }), Tiny.Plan()).Legal);
    }

    [Fact]
    public void A_broker_leads_on_every_day_of_the_engagement_whether_or_not_anybody_works()
    {
        // Two crews of k1 whose members never work on the same day still meet on the days of their engagements.
        Plan plan = Tiny.Plan().With(new Crew(new("c3"), new("k1"), new("o2"), Tiny.Day(1), Tiny.Day(3), CrewMode.Lodge))
            .WithWork(Tiny.Works(2, "c3", "b2"), Tiny.Works(3, "c3", "b2"));

        Violation[] found = [.. PlanChecker.Check(Tiny.Season(), plan).Violations];

        Assert.Contains(found, v => v.Rule == RuleCode.C3 && v.Date == Tiny.Day(1) && v.Ids.SequenceEqual(["k1", "c1", "c3"]));
        Assert.Contains(found, v => v.Rule == RuleCode.C1 && v.Date == Tiny.Day(1) && v.Ids[0] == "c3");
        Assert.Equal(2, found.Length);
    }

    [Fact]
    public void The_last_day_of_a_certificate_is_a_good_day()
    {
        Season season = Tiny.Season().WithBroker("k1", b => b with { CertificateUntil = Tiny.Day(1), Availability = new(Tiny.Day(0), Tiny.Day(1)) });

        Assert.True(PlanChecker.Check(season, Tiny.Plan()).Legal);
    }

    [Theory]
    [InlineData("va", 2)]
    [InlineData("vb", 4)]
    [InlineData("t1", 0)]
    [InlineData("co", 0)]
    [InlineData("t2", 6)]
    public void An_area_holds_itself_and_what_lies_below(string area, int outside)
    {
        Season season = Tiny.Season().WithBroker("k1", b => b with { Area = new(area) });

        Assert.Equal(outside, PlanChecker.Check(season, Tiny.Plan()).Violations.Count(v => v.Rule == RuleCode.C3));
    }

    [Fact]
    public void A_place_without_a_parent_is_below_nothing()
    {
        Season season = Tiny.Season();
        season = season with { Places = [.. season.Places.Select(p => p.Id.Value == "t1" ? p with { Parent = null } : p)] };

        Assert.True(PlanChecker.Check(season, Tiny.Plan().WithCrew("c2", c => c with { Broker = new("k3") })).Violations
            .All(v => v.Rule == RuleCode.C3 && v.Ids[0] is "a3" or "a4"));
        Assert.Equal([RuleCode.C3], Broken(season, Tiny.Plan()));
    }

    [Fact]
    public void Beds_are_summed_over_all_crews_at_the_site_with_the_rest_days_of_stays()
    {
        // c3 brings b2 to another order at s2 on day 1, on which a3 rests there and a4 works.
        Season season = Tiny.Season();
        season = season with
        {
            Orders = season.Orders.Add(Tiny.OrderOf("o3", "s2", LodgingRule.Allowed)),
            Demand = season.Demand.Add(new DailyDemand(new("o3"), Tiny.Day(1), 1, 1)),
        };
        Plan plan = Tiny.Plan().With(new Crew(new("c3"), new("k3"), new("o3"), Tiny.Day(1), Tiny.Day(1), CrewMode.Lodge))
            .WithWork(Tiny.Works(1, "c3", "b2"));

        Assert.Equal([], Broken(season.WithSite("s2", s => s with { Beds = 3 }), plan));
        Violation found = Assert.Single(PlanChecker.Check(season.WithSite("s2", s => s with { Beds = 2 }), plan).Violations);
        Assert.Equal((RuleCode.C4, Tiny.Day(1)), (found.Rule, found.Date!.Value));
        Assert.Equal(["s2", "c2", "c3"], found.Ids);
    }

    [Fact]
    public void Commuters_need_no_bed_and_no_wish_to_lodge()
    {
        Season season = Tiny.Season().WithWorker("a1", w => w with { LodgingOk = false }).WithOrder("o1", o => o with { Lodging = LodgingRule.Allowed });

        Assert.True(PlanChecker.Check(season, Tiny.Plan()).Legal);
    }

    [Fact]
    public void A_stay_ends_with_its_crew_and_another_crew_may_follow_the_next_day()
    {
        // a3 leaves c2 after day 0; from day 1 on it is free for c1.
        Plan plan = Tiny.Plan().WithoutWork(Tiny.Works(2, "c2", "a3")).WithWork(Tiny.Works(1, "c1", "a3"));

        Assert.Equal([], Broken(Tiny.Season(), plan));
    }

    [Fact]
    public void A_new_crew_at_the_same_order_is_another_crew_during_a_stay()
    {
        Plan plan = Tiny.Plan().With(new Crew(new("c3"), new("k3"), new("o2"), Tiny.Day(1), Tiny.Day(1), CrewMode.Lodge))
            .WithWork(Tiny.Works(1, "c3", "a3"));

        Violation found = Assert.Single(PlanChecker.Check(Tiny.Season(), plan).Violations);

        Assert.Equal((RuleCode.C4, Tiny.Day(1)), (found.Rule, found.Date!.Value));
        Assert.Equal(["a3", "c3", "c2"], found.Ids);
    }

    [Fact]
    public void Demand_at_an_absent_site_stays_as_a_shortage()
    {
        CheckResult result = PlanChecker.Check(Tiny.Season().WithAbsence(AbsenceKind.Site, "s1", 0, 13), Plan.Empty);

        Assert.True(result.Legal);
        Assert.Contains(new Shortage(new("o1"), Tiny.Day(2), 2, 4, 0), result.Shortages);
    }

    [Fact]
    public void A_round_counts_all_its_season_days_and_is_reported_where_it_passes_its_worker_days()
    {
        Season season = Tiny.Season() with
        {
            Rounds = [new PickingRound(new("o1"), Tiny.Day(-4), Tiny.Day(0), 3, 0m), new PickingRound(new("o1"), Tiny.Day(1), Tiny.Day(9), 2, 0m)],
        };

        Violation found = Assert.Single(PlanChecker.Check(season, Tiny.Plan()).Violations);

        Assert.Equal((RuleCode.D2, Tiny.Day(1), "o1"), (found.Rule, found.Date!.Value, found.Ids[0]));
    }

    [Fact]
    public void An_agreement_takes_no_more_than_its_most_days()
    {
        Agreement agreement = new(new("g1"), "va", SupplierKind.Place, "Red Hill", BuyerKind.Employer, default, 0, 4, 1m);
        Season season = Tiny.Season() with { Agreements = [agreement] };

        Assert.True(PlanChecker.Check(season, Tiny.Plan()).Legal);
        Violation found = Assert.Single(PlanChecker.Check(season with { Agreements = [agreement with { MaxDays = 3 }] }, Tiny.Plan()).Violations);
        Assert.Equal((RuleCode.D3, Tiny.Day(1), "g1"), (found.Rule, found.Date!.Value, found.Ids[0]));
    }

    [Fact]
    public void Two_rows_of_a_worker_in_two_crews_fill_two_worker_days()
    {
        Plan plan = Tiny.Plan().WithWork(Tiny.Works(1, "c1", "a4"));

        Assert.DoesNotContain(PlanChecker.Check(Tiny.Season(), plan).Shortages, s => s.Order.Value == "o1" && s.Date == Tiny.Day(1));
        Assert.Equal([RuleCode.W1, RuleCode.D1], Broken(Tiny.Season().WithDemand("o1", 1, 2, 3), plan));
    }
}
