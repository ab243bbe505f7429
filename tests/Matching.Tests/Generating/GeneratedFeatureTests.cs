using Matching.Generating;
using Matching.Model;
using Matching.Rules;
using Xunit;

namespace Matching.Tests.Generating;

/// <summary>A season of middling size holds everything the contract knows.</summary>
public sealed class GeneratedFeatureTests
{
    private static readonly Season Mid = SeasonGenerator.Generate(new() { Workers = 2_000, Days = 45, Seed = 11 });

    [Fact]
    public void Places_form_a_tree_and_a_few_roads_are_measured()
    {
        Assert.All(Mid.Places, p => Assert.Equal(p.Kind == PlaceKind.County, p.Parent is null));
        Assert.Contains(Mid.Places, p => p is { Name: "红寺堡区", Kind: PlaceKind.County });
        Assert.Contains(Mid.Places, p => p is { Name: "鸣沙沙台枸杞庄园", Kind: PlaceKind.Site });
        Assert.Contains(Mid.Places, p => p.Kind == PlaceKind.Depot);
        Assert.Contains(Mid.Travel, t => (double)t.Km > Default(t) * 1.04 && Mid.TravelTable.IsGiven(t.To, t.From));
        Assert.Contains(Mid.Travel, t => (double)t.Km < Default(t) * 0.96);
        Assert.Contains(Mid.Travel, t => t.Minutes != Mid.TravelTable.Minutes(t.To, t.From));

        static double Default(TravelLeg leg)
        {
            (Place a, Place b) = (Mid.PlaceById[leg.From], Mid.PlaceById[leg.To]);
            return TravelTable.GreatCircleKm(a.Latitude!.Value, a.Longitude!.Value, b.Latitude!.Value, b.Longitude!.Value) * 1.3;
        }
    }

    [Fact]
    public void Workers_have_wishes_limits_skills_tags_and_needs()
    {
        Assert.Contains(Mid.Workers, w => w.LodgingOk);
        Assert.Contains(Mid.Workers, w => w.MinDailyWage > Mid.Orders.Min(o => o.DailyWage));
        Assert.Contains(Mid.Workers, w => w.MaxDays is not null);
        Assert.Contains(Mid.Workers, w => w is { TargetDays: > 0, TargetWeight: > 0 });
        Assert.Contains(Mid.Workers, w => w.Broker is null);
        Assert.Contains(Mid.Workers, w => w.Household is null);
        Assert.Contains(Mid.Workers, w => w.Tags.Contains("driver"));
        Assert.Contains(Mid.Workers, w => w.Needs.Contains("halal-canteen"));
        Assert.Contains(Mid.Workers, w => w.Skills.Length >= 3);
        Assert.Equal([1, 2, 3, 4, 5], Mid.Workers.SelectMany(w => w.Skills).Select(s => s.Level).Distinct().Order());
        Assert.InRange(Mid.Workers.Count(w => w.Sex == "F") / 2000.0, 0.75, 0.85);
    }

    [Fact]
    public void Some_are_under_age_and_some_come_of_age_during_the_season()
    {
        Assert.Contains(Mid.Workers, w => WorkerRules.Reaches(w.BirthDate, 18) > Mid.End);
        Assert.Contains(Mid.Workers, w => WorkerRules.Reaches(w.BirthDate, 18) is var d && d > Mid.Start && d <= Mid.End);
        Assert.Contains(Mid.Workers, w => WorkerRules.Reaches(w.BirthDate, 16) > Mid.Start);
        Assert.InRange(Mid.Workers.Count(w => WorkerRules.Reaches(w.BirthDate, 18) > Mid.Start) / 2000.0, 0.01, 0.05);
    }

    [Fact]
    public void Availability_has_open_ends_and_gaps()
    {
        Assert.Contains(Mid.Workers, w => w.Availability.IsEmpty);
        Assert.Contains(Mid.Workers, w => w.Availability.Length == 2);
        Assert.Contains(Mid.Workers, w => w.Availability.Any(a => a.From is null));
        Assert.Contains(Mid.Workers, w => w.Availability.Any(a => a.To is null));
    }

    [Fact]
    public void Households_have_several_windows_and_help_each_other()
    {
        Assert.Contains(Mid.HouseholdDuties.GroupBy(d => d.Household), g => g.Count() > 1);
        Assert.Contains(Mid.HouseholdDuties, d => d.KeepHome == 2);
        Assert.Contains(
            Mid.HouseholdDuties.Where(d => d.Group is not null).GroupBy(d => d.Group),
            g => g.Select(d => d.Household).Distinct().Count() >= 3 && g.Any(a => g.Any(b => a.Household != b.Household && a.Window.Overlaps(b.Window) && a.Window != b.Window)));
    }

    [Fact]
    public void Pairs_are_of_all_three_kinds_with_chains_and_some_refuse_a_site()
    {
        Assert.Equal([PairKind.Together, PairKind.SameSite, PairKind.Apart], Mid.Pairs.Select(p => p.Kind).Distinct().Order());
        Assert.Contains(Mid.Pairs, p => p.Kind == PairKind.Together && Mid.Pairs.Any(q => q.Kind == PairKind.Together && q.WorkerA == p.WorkerB));
        Assert.NotEmpty(Mid.Refusals);
    }

    [Fact]
    public void Brokers_are_two_thirds_certified_and_draw_from_villages_townships_and_counties()
    {
        Assert.Equal(40, Mid.Brokers.Count(b => b.CertificateUntil is not null));
        Assert.Equal(60, Mid.Brokers.Length);
        Assert.Contains(Mid.Brokers, b => b.CertificateUntil < Mid.End);
        Assert.Contains(Mid.Brokers, b => b.Availability != default);
        Assert.Equal([PlaceKind.County, PlaceKind.Township, PlaceKind.Village], Mid.Brokers.Select(b => Mid.PlaceById[b.Area].Kind).Distinct().Order());
        Assert.All(Mid.Brokers, b => Assert.InRange(b.DailyFee, 150, 800));
        Assert.All(Mid.Brokers, b => Assert.InRange(b.CrewMax, 30, 150));
    }

    [Fact]
    public void Every_village_has_a_certified_broker_somewhere_above_it() => Assert.All(
        Mid.Workers.Select(w => w.Village).Distinct(), v => Assert.Contains(Mid.Brokers, b => b.CertificateUntil >= Mid.End && Mid.LiesIn(v, b.Area)));

    [Fact]
    public void Orders_differ_in_skill_start_hours_lodging_needs_and_experience()
    {
        Assert.Equal([LodgingRule.No, LodgingRule.Allowed, LodgingRule.Only], Mid.Orders.Select(o => o.Lodging).Distinct().Order());
        Assert.Contains(Mid.Orders, o => o.AdultOnly);
        Assert.Contains(Mid.Orders, o => o.Needs.Contains("driver"));
        Assert.Contains(Mid.Orders, CrewRules.AsksExperience);
        Assert.Contains(Mid.Orders, o => o.MinLevel > 1);
        Assert.True(Mid.Orders.Select(o => o.StartTime).Distinct().Count() >= 3);
        Assert.True(Mid.Orders.Select(o => o.Hours).Distinct().Count() >= 3);
        Assert.True(Mid.Orders.Select(o => o.Skill).Distinct().Count() >= 3);
        Assert.All(Mid.Orders, o => Assert.InRange(o.DailyWage, 130, 220.5m));
        Assert.All(Mid.Orders, o => Assert.InRange(o.ValueRequired, 150, 300));
        Assert.All(Mid.Orders, o => Assert.InRange(o.ValueTarget / o.ValueRequired, 0.4m, 0.6m));
        Assert.Contains(Mid.Orders.GroupBy(o => o.Site), g => g.Count() > 1);
    }

    [Fact]
    public void Sites_offer_different_things_and_some_employers_run_several()
    {
        Assert.Contains(Mid.Sites, s => s.Tags.Contains("halal-canteen"));
        Assert.Contains(Mid.Sites, s => !s.Tags.Contains("halal-canteen"));
        Assert.Contains(Mid.Sites, s => s.Beds > 0);
        Assert.Contains(Mid.Sites, s => s.Beds == 0);
        Assert.Contains(Mid.Sites.GroupBy(s => s.Employer), g => g.Count() > 1);
    }

    [Fact]
    public void Rounds_ask_for_less_than_their_daily_targets_and_some_demand_is_outside_rounds()
    {
        Assert.All(Mid.Rounds, r => Assert.InRange(r.LateLoss, 0.04m, 0.15m));
        foreach (PickingRound round in Mid.Rounds.Where(r => r.WorkerDays > 200))
        {
            DailyDemand[] rows = [.. Mid.Demand.Where(d => d.Order == round.Order && round.Window.Contains(d.Date))];
            Assert.InRange(rows.Sum(d => d.Target) / (double)round.WorkerDays, 1.15, 2.4);
            Assert.All(rows, d => Assert.InRange(d.Required / (double)d.Target, 0.57, 0.83));
        }

        ILookup<OrderId, PickingRound> rounds = Mid.Rounds.ToLookup(r => r.Order);
        Assert.Contains(Mid.Demand, d => !rounds[d.Order].Any(r => r.Window.Contains(d.Date)));
    }

    [Fact]
    public void Agreements_are_of_every_kind_and_promise_what_can_be_given()
    {
        Assert.Contains(Mid.Agreements, a => a.SupplierKind == SupplierKind.Broker);
        Assert.Contains(Mid.Agreements, a => a.BuyerKind == BuyerKind.Employer);
        Assert.Contains(Mid.Agreements, a => a.BuyerKind == BuyerKind.Place && Mid.SiteById.ContainsKey(new(a.Buyer)));
        Assert.Contains(Mid.Agreements, a => a.BuyerKind == BuyerKind.Place && Mid.PlaceById[new(a.Buyer)].Kind == PlaceKind.Township);
        Assert.Contains(Mid.Agreements, a => a.SupplierKind == SupplierKind.Place && Mid.PlaceById[new(a.Supplier)].Kind == PlaceKind.Village);
        Assert.Contains(Mid.Agreements, a => a.SupplierKind == SupplierKind.Place && Mid.PlaceById[new(a.Supplier)].Kind == PlaceKind.County);
        Assert.Contains(Mid.Agreements, a => a.MaxDays is null);
        Assert.Contains(Mid.Agreements, a => a.MaxDays is not null);
        int[] labour = SeasonMeasures.LabourByWorker(Mid);
        foreach (Agreement agreement in Mid.Agreements)
        {
            long wanted = Mid.Demand.Where(d => agreement.Window.Contains(d.Date) && DemandRules.Buys(Mid, agreement, Mid.SiteById[Mid.OrderById[d.Order].Site])).Sum(d => (long)d.Target);
            Assert.InRange(agreement.MinDays, 1, wanted / 2);
            Assert.InRange(agreement.MaxDays ?? int.MaxValue, agreement.MinDays * 1.3, int.MaxValue);
            if (agreement.SupplierKind == SupplierKind.Place)
            {
                long given = Mid.Workers.Zip(labour).Where(w => DemandRules.Supplies(Mid, agreement, w.First.Village, default)).Sum(w => (long)w.Second);
                Assert.InRange(agreement.MinDays, 1, given / 2);
            }
        }
    }

    [Fact]
    public void Workers_brokers_vehicles_and_sites_are_absent_and_demand_meets_a_closed_site()
    {
        Assert.Equal(
            [AbsenceKind.Worker, AbsenceKind.Broker, AbsenceKind.Vehicle, AbsenceKind.Site], Mid.Absences.Select(a => a.Kind).Distinct().Order());
        AbsenceIndex absences = new(Mid);
        Assert.Contains(Mid.Demand, d => absences.IsOut(AbsenceKind.Site, Mid.OrderById[d.Order].Site.Value, d.Date));
    }

    [Fact]
    public void Vehicles_come_in_three_sizes_at_depots_of_several_townships()
    {
        Assert.Equal([19, 33, 49], Mid.Vehicles.Select(v => v.Seats).Distinct().Order());
        Assert.True(Mid.Vehicles.Select(v => v.Depot).Distinct().Count() >= 4);
        Assert.All(Mid.Vehicles, v => Assert.InRange(v.CostPerKm, 2, 4));
        Assert.All(Mid.Vehicles, v => Assert.InRange(v.CostPerDay, 300, 1200));
    }

    [Fact]
    public void Most_but_not_all_villages_reach_an_order_by_road()
    {
        Place[] villages = [.. Mid.Places.Where(p => p.Kind == PlaceKind.Village)];
        double reached = villages.Average(v => Mid.Orders.Average(o => SeasonMeasures.Ride(Mid, v.Id, o) is null ? 0 : 1));
        Assert.InRange(reached, 0.5, 0.95);
    }
}
