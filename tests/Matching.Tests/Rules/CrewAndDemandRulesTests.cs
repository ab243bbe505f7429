using Matching.Model;
using Matching.Plans;
using Matching.Rules;
using Xunit;

namespace Matching.Tests.Rules;

public class CrewAndDemandRulesTests
{
    private static readonly Order Picking = Tiny.OrderOf("o1", "s1", LodgingRule.No);

    [Fact]
    public void A_crew_keeps_the_narrower_of_the_sizes_of_order_and_broker()
    {
        Broker broker = Tiny.BrokerOf("k1", "t1") with { CrewMin = 3, CrewMax = 5 };

        Assert.Equal((3, 5), CrewRules.SizeRange(Picking with { CrewMin = 1, CrewMax = 9 }, broker));
        Assert.Equal((4, 4), CrewRules.SizeRange(Picking with { CrewMin = 4, CrewMax = 4 }, broker));
        Assert.Equal((6, 5), CrewRules.SizeRange(Picking with { CrewMin = 6, CrewMax = 9 }, broker));
    }

    [Theory]
    [InlineData("0.1", 10, 1)]
    [InlineData("0.1", 11, 2)]
    [InlineData("0.1000000000000000000000000001", 10, 2)]
    [InlineData("0.3333333333333333333333333333", 3, 1)]
    [InlineData("0.3333333333333333333333333334", 3, 2)]
    [InlineData("0", 7, 0)]
    [InlineData("1", 7, 7)]
    public void The_experienced_needed_are_rounded_up_exactly(string share, int members, int needed)
    {
        Order order = Picking with
        {
            ExperiencedLevel = 3,
            ExperiencedShare = decimal.Parse(share, System.Globalization.CultureInfo.InvariantCulture),
        };

        Assert.Equal(needed, CrewRules.ExperiencedNeeded(order, members));
        Assert.Equal(0, CrewRules.ExperiencedNeeded(order with { ExperiencedLevel = null }, members));
    }

    [Fact]
    public void A_broker_may_lead_when_certified_and_available()
    {
        Broker broker = Tiny.BrokerOf("k1", "t1") with { CertificateUntil = Tiny.Day(3), Availability = new(Tiny.Day(1), null) };

        Assert.Equal([1, 2, 3], Enumerable.Range(0, 6).Where(d => CrewRules.MayLead(broker, Tiny.Day(d))));
        Assert.False(CrewRules.MayLead(broker with { CertificateUntil = null }, Tiny.Day(1)));
    }

    [Theory]
    [InlineData(LodgingRule.No, true, false)]
    [InlineData(LodgingRule.Allowed, true, true)]
    [InlineData(LodgingRule.Only, false, true)]
    public void The_mode_fits_the_lodging_of_the_order(LodgingRule lodging, bool commute, bool lodge)
    {
        Assert.Equal(commute, CrewRules.AllowsMode(Picking with { Lodging = lodging }, CrewMode.Commute));
        Assert.Equal(lodge, CrewRules.AllowsMode(Picking with { Lodging = lodging }, CrewMode.Lodge));
    }

    [Fact]
    public void The_late_factor_falls_by_the_day_to_nothing()
    {
        var round = new PickingRound(new("o1"), Tiny.Day(0), Tiny.Day(9), 50, 0.4m);

        Assert.Equal([1m, 0.6m, 0.2m, 0m, 0m], Enumerable.Range(0, 5).Select(d => DemandRules.LateFactor(round, Tiny.Day(d))));
    }

    [Fact]
    public void Absences_hold_for_their_kind_and_subject_only()
    {
        var index = new AbsenceIndex(Tiny.Season().WithAbsence(AbsenceKind.Worker, "a1", 1, 2).WithAbsence(AbsenceKind.Worker, "a1", 2, 4));

        Assert.Equal([1, 2, 3, 4], Enumerable.Range(0, 7).Where(d => index.IsOut(AbsenceKind.Worker, "a1", Tiny.Day(d))));
        Assert.False(index.IsOut(AbsenceKind.Broker, "a1", Tiny.Day(1)));
        Assert.False(index.IsOut(AbsenceKind.Worker, "a2", Tiny.Day(1)));
    }

    [Fact]
    public void An_employer_buys_at_all_their_sites_and_a_place_at_all_within()
    {
        Season season = Tiny.Season();
        Agreement byEmployer = new(new("g"), "k1", SupplierKind.Broker, "Red Hill", BuyerKind.Employer, default, 0, null, 0m);
        Agreement byPlace = byEmployer with { Supplier = "t1", SupplierKind = SupplierKind.Place, Buyer = "t2", BuyerKind = BuyerKind.Place };

        Assert.Equal(["s1"], season.Sites.Where(s => DemandRules.Buys(season, byEmployer, s)).Select(s => s.Id.Value));
        Assert.Equal(["s2"], season.Sites.Where(s => DemandRules.Buys(season, byPlace, s)).Select(s => s.Id.Value));
        Assert.True(DemandRules.Supplies(season, byEmployer, new("vc"), new("k1")));
        Assert.False(DemandRules.Supplies(season, byEmployer, new("va"), new("k2")));
        Assert.True(DemandRules.Supplies(season, byPlace, new("va"), new("k2")));
        Assert.False(DemandRules.Supplies(season, byPlace, new("vc"), new("k2")));
    }
}
