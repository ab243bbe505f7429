using System.Collections.Immutable;
using Matching.Checking;
using Matching.Model;
using Matching.Plans;
using Xunit;

namespace Matching.Tests.Checking;

public class WorthTests
{
    private static Worth WorthOf(Season season, Plan plan) => PlanChecker.Check(season, plan).Worth;

    [Fact]
    public void Every_part_of_the_tiny_plan_is_what_pencil_and_paper_give()
    {
        CheckResult result = PlanChecker.Check(Tiny.Season(), Tiny.Plan());

        // o1: 3 of 2 to 4 on two days; o2: 1, 1 and 2 of 1 to 3. The bus drives 8 + 7.5 + 15.25 km, and back, on two days.
        Assert.Equal(700.00m, result.Worth.RequiredValue);
        Assert.Equal(180.00m, result.Worth.TargetValue);
        Assert.Equal(-584.50m, result.Worth.Vehicles);
        Assert.Equal(-46.20m, result.Worth.Coaches);
        Assert.Equal(-250.00m, result.Worth.Brokers);
        Assert.Equal(-240.00m, result.Worth.Starts);
        Assert.Equal(-25.00m, result.Worth.Joins);
        Assert.Equal(0.00m, result.Worth.OtherBroker);
        Assert.Equal(0.00m, result.Worth.Agreements);
        Assert.Equal(0.00m, result.Worth.WorkShare);
        Assert.Equal(-265.70m, result.NetValue);
    }

    [Fact]
    public void The_late_factor_counts_from_the_rounds_own_first_day_and_spares_the_required_value()
    {
        Season season = Tiny.Season() with { Rounds = [new PickingRound(new("o1"), Tiny.Day(-1), Tiny.Day(1), 99, 0.25m)] };

        Worth worth = WorthOf(season, Tiny.Plan());

        Assert.Equal((60m * 0.75m) + (60m * 0.5m) + 60m, worth.TargetValue);
        Assert.Equal(700m, worth.RequiredValue);
    }

    [Fact]
    public void The_late_factor_never_falls_below_nothing_and_is_one_after_the_round()
    {
        Season season = Tiny.Season() with { Rounds = [new PickingRound(new("o1"), Tiny.Day(-3), Tiny.Day(0), 99, 0.5m)] };

        Assert.Equal(60m + 60m, WorthOf(season, Tiny.Plan()).TargetValue);
    }

    [Fact]
    public void A_part_is_summed_first_and_rounded_then_half_away_from_zero()
    {
        Season season = Tiny.Season().WithOrder("o2", o => o with { ValueTarget = 0m }).WithOrder("o1", o => o with { ValueTarget = 0.01m })
            with
        { Rounds = [new PickingRound(new("o1"), Tiny.Day(-1), Tiny.Day(1), 99, 0.25m)] };

        // 0.0075 + 0.005 = 0.0125: rounding each day would give 0.02.
        Assert.Equal(0.01m, WorthOf(season, Tiny.Plan()).TargetValue);

        Season share = Tiny.Season().WithWorker("a1", w => w with { TargetDays = 3, TargetWeight = 0.005m });
        Assert.Equal(-0.01m, WorthOf(share, Tiny.Plan()).WorkShare);

        Season less = Tiny.Season().WithWorker("a1", w => w with { TargetDays = 3, TargetWeight = 0.0049999999999999999999999999m });
        Assert.Equal(0m, WorthOf(less, Tiny.Plan()).WorkShare);
    }

    [Fact]
    public void Sums_keep_every_decimal()
    {
        // A third of a cent and two thirds, 28 decimals each: together half a cent less 10^-28, which is no half.
        Season season = Tiny.Season()
            .WithWorker("a1", w => w with { TargetDays = 3, TargetWeight = 0.0016666666666666666666666666m })
            .WithWorker("a2", w => w with { TargetDays = 3, TargetWeight = 0.0033333333333333333333333333m });
        Assert.Equal(0m, WorthOf(season, Tiny.Plan()).WorkShare);

        Season full = season.WithWorker("a2", w => w with { TargetWeight = 0.0033333333333333333333333334m });
        Assert.Equal(-0.01m, WorthOf(full, Tiny.Plan()).WorkShare);
    }

    [Fact]
    public void A_vehicle_with_two_trips_pays_one_day_and_the_way_between_them()
    {
        Plan plan = Tiny.Plan().With(Tiny.TripOf(
            "later", 0, "v1", "06:40", Tiny.Stop(1, "vb", "06:37", ("c1", "vb", 0, 0)), Tiny.Stop(2, "s1", "07:00", ("c1", "vb", 0, 0))));

        CheckResult result = PlanChecker.Check(Tiny.Season(), plan);

        // The move s1 → vb and the way back, 15.25 km each, doubled for the evening.
        Assert.True(result.Legal);
        Assert.Equal(-584.50m - (1.5m * 2 * 30.5m), result.Worth.Vehicles);
    }

    [Fact]
    public void A_trip_without_passengers_costs_what_it_drives()
    {
        Plan plan = Plan.Empty.With(Tiny.TripOf("empty", 3, "v2", "05:30", Tiny.Stop(1, "vc", "05:27")))
            with
        { Crews = [] };

        CheckResult result = PlanChecker.Check(Tiny.Season(), plan);

        Assert.True(result.Legal);
        Assert.Equal(-275.00m, result.NetValue);
    }

    [Fact]
    public void Missing_ways_are_great_circle_kilometres_times_the_detour()
    {
        Season season = Tiny.Season() with
        {
            Travel = [],
            Places =
            [
                .. Tiny.Season().Places.Select(p => p with { Latitude = 0, Longitude = p.Id.Value == "dp" ? 1 : 0 }),
            ],
        };
        Plan plan = Plan.Empty.With(Tiny.TripOf("empty", 3, "v2", "05:30", Tiny.Stop(1, "vc", "05:27")));

        // A degree of the equator is 111.195080 km; 144.553604 km with the detour, driven twice at 1.50.
        Assert.Equal(-200m - 433.66m, PlanChecker.Check(season, plan).NetValue);
    }

    [Fact]
    public void A_new_crew_is_a_new_coach_and_a_new_join()
    {
        Plan plan = Tiny.Plan().With(new Crew(new("c3"), new("k2"), new("o2"), Tiny.Day(4), Tiny.Day(4), CrewMode.Lodge))
            .WithWork(Tiny.Works(4, "c3", "a3"));

        CheckResult result = PlanChecker.Check(Tiny.Season(), plan);

        Assert.True(result.Legal);
        Assert.Equal(-46.20m - 23.10m, result.Worth.Coaches);
        Assert.Equal(-30m, result.Worth.Joins);
        Assert.Equal(-360m, result.Worth.Starts);
        Assert.Equal(-300m, result.Worth.Brokers);
    }

    [Fact]
    public void Coaches_take_the_way_from_the_village_to_the_site_not_back()
    {
        Season season = Tiny.Season();
        season = season with
        {
            Travel = [.. season.Travel.Select(l => l.From.Value == "s2" && l.To.Value == "va" ? l with { Km = 999m } : l)],
        };

        Assert.Equal(-46.20m, WorthOf(season, Tiny.Plan()).Coaches);
    }

    [Fact]
    public void The_fee_is_due_for_every_day_of_the_engagement_and_for_no_day_of_one_that_ends_before_it_begins()
    {
        Plan longer = Tiny.Plan().WithCrew("c1", c => c with { To = Tiny.Day(20) });
        Plan backwards = Tiny.Plan().WithCrew("c1", c => c with { To = Tiny.Day(-5) });

        Assert.Equal(-50m * (21 + 3), WorthOf(Tiny.Season(), longer).Brokers);
        Assert.Equal(-50m * 3, WorthOf(Tiny.Season(), backwards).Brokers);
    }

    [Fact]
    public void Days_led_by_another_broker_cost_only_those_who_have_their_own()
    {
        Season season = Tiny.Season().WithWorker("a1", w => w with { Broker = new BrokerId("k3") })
            .WithWorker("a2", w => w with { Broker = null });

        Assert.Equal(-16m, WorthOf(season, Tiny.Plan()).OtherBroker);
    }

    [Theory]
    [InlineData("va", SupplierKind.Place, "s1", BuyerKind.Place, 4)]
    [InlineData("t1", SupplierKind.Place, "s1", BuyerKind.Place, 6)]
    [InlineData("co", SupplierKind.Place, "co", BuyerKind.Place, 10)]
    [InlineData("t1", SupplierKind.Place, "t2", BuyerKind.Place, 4)]
    [InlineData("vc", SupplierKind.Place, "co", BuyerKind.Place, 0)]
    [InlineData("k1", SupplierKind.Broker, "Red Hill", BuyerKind.Employer, 6)]
    [InlineData("k2", SupplierKind.Broker, "Red Hill", BuyerKind.Employer, 0)]
    [InlineData("k2", SupplierKind.Broker, "Blue Lake", BuyerKind.Employer, 4)]
    [InlineData("va", SupplierKind.Place, "Blue Lake", BuyerKind.Employer, 4)]
    public void Agreements_count_by_village_or_leader_and_by_place_or_employer(
        string supplier, SupplierKind supplierKind, string buyer, BuyerKind buyerKind, int delivered)
    {
        Season season = Tiny.Season() with
        {
            Agreements = [new Agreement(new("g1"), supplier, supplierKind, buyer, buyerKind, default, 20, null, 1.25m)],
        };

        Assert.Equal(-1.25m * (20 - delivered), WorthOf(season, Tiny.Plan()).Agreements);
    }

    [Fact]
    public void A_worker_day_counts_in_every_agreement_it_matches_within_its_period()
    {
        Agreement first = new(new("g1"), "va", SupplierKind.Place, "s1", BuyerKind.Place, new(Tiny.Day(1), Tiny.Day(30)), 3, null, 10m);
        Agreement second = first with { Id = new("g2"), Window = new(null, Tiny.Day(0)), MinDays = 2 };

        Assert.Equal(-10m, WorthOf(Tiny.Season() with { Agreements = [first, second] }, Tiny.Plan()).Agreements);
    }

    [Fact]
    public void More_than_promised_is_no_gain()
    {
        Agreement agreement = new(new("g1"), "va", SupplierKind.Place, "s1", BuyerKind.Place, default, 1, null, 10m);

        Assert.Equal(0m, WorthOf(Tiny.Season() with { Agreements = [agreement] }, Tiny.Plan()).Agreements);
    }

    [Fact]
    public void Work_shares_count_distinct_days_and_cost_in_full_when_nobody_is_sent()
    {
        Season season = Tiny.Season().WithWorker("a4", w => w with { TargetDays = 5, TargetWeight = 1.5m });
        Plan twice = Tiny.Plan().WithWork(Tiny.Works(1, "c1", "a4"), Tiny.Works(2, "c2", "a4"));

        Assert.Equal(-4.5m, WorthOf(season, Tiny.Plan()).WorkShare);
        Assert.Equal(-4.5m, WorthOf(season, twice).WorkShare);
        Assert.Equal(-7.5m, WorthOf(season, Plan.Empty).WorkShare);
        Assert.Equal(0m, WorthOf(season.WithWorker("a4", w => w with { TargetDays = 1 }), Tiny.Plan()).WorkShare);
    }

    [Fact]
    public void A_row_written_twice_counts_once_in_every_part()
    {
        Plan twice = Tiny.Plan() with { WorkerDays = [.. Tiny.Plan().WorkerDays, .. Tiny.Plan().WorkerDays] };

        Assert.Equal(WorthOf(Tiny.Season(), Tiny.Plan()), WorthOf(Tiny.Season(), twice));
    }

    [Fact]
    public void Filled_above_target_and_without_demand_brings_nothing()
    {
        Season none = Tiny.Season() with { Demand = [] };
        Season little = Tiny.Season().WithDemand("o1", 0, 1, 1);

        Assert.Equal(0m, WorthOf(none, Tiny.Plan()).GrossValue);
        Assert.Equal(600m, WorthOf(little, Tiny.Plan()).RequiredValue);
        Assert.Equal(120m, WorthOf(little, Tiny.Plan()).TargetValue);
    }

    [Fact]
    public void Shortages_are_all_days_below_target_with_the_recounted_filling()
    {
        CheckResult result = PlanChecker.Check(Tiny.Season(), Tiny.Plan());

        ImmutableArray<Shortage> expected =
        [
            new(new("o1"), Tiny.Day(0), 2, 4, 3), new(new("o1"), Tiny.Day(1), 2, 4, 3), new(new("o1"), Tiny.Day(2), 2, 4, 0),
            new(new("o1"), Tiny.Day(3), 2, 4, 0), new(new("o1"), Tiny.Day(4), 2, 4, 0),
            new(new("o2"), Tiny.Day(0), 1, 3, 1), new(new("o2"), Tiny.Day(1), 1, 3, 1), new(new("o2"), Tiny.Day(2), 1, 3, 2),
            new(new("o2"), Tiny.Day(3), 1, 3, 0), new(new("o2"), Tiny.Day(4), 1, 3, 0),
        ];
        Assert.Equal(expected, result.Shortages);
    }

    [Fact]
    public void Amounts_beyond_any_decimal_are_no_crash()
    {
        Season season = Tiny.Season().WithWorker("a1", w => w with { TargetDays = int.MaxValue, TargetWeight = decimal.MaxValue })
            .WithOrder("o1", o => o with { ValueRequired = decimal.MaxValue, ValueTarget = decimal.MaxValue });

        CheckResult result = PlanChecker.Check(season, Tiny.Plan());

        Assert.Equal(-1e26m, result.Worth.WorkShare);
        Assert.Contains(result.Notes, n => n.Contains("10^26", StringComparison.Ordinal));
    }
}
