using Matching.Checking;
using Matching.Model;
using Matching.Plans;
using Matching.Repairing;

using Xunit;

namespace Matching.Tests.Planning;

public class ShortCutTests
{
    private static readonly RepairOptions Quick = new() { Seconds = 0.05, Patience = 20 };

    [Fact]
    public void A_leg_goes_over_another_stop_where_that_is_shorter_and_no_slower()
    {
        var shortCuts = new ShortCuts(With(Leg("vb", "dp", 5, 4m), Leg("dp", "s1", 5, 4m)));

        Assert.Equal(new ShortCut(new("dp"), 5, 13, 8m), shortCuts.Find(new("vb"), new("s1")));
        Assert.Null(shortCuts.Find(new("va"), new("vb")));
    }

    [Fact]
    public void A_way_that_takes_longer_is_no_short_cut_unless_the_straight_ride_is_too_long()
    {
        Assert.Null(new ShortCuts(With(Leg("vb", "dp", 15, 1m), Leg("dp", "s1", 15, 1m))).Find(new("vb"), new("s1")));

        var tooLong = new ShortCuts(With(Leg("vb", "s1", 120, 15m)));
        Assert.Equal(new ShortCut(new("va"), 25, 38, 27.5m), tooLong.Find(new("vb"), new("s1")));
        Assert.Null(tooLong.Find(new("vb"), new("s1"), isRide: false));
    }

    [Fact]
    public void People_too_far_away_for_the_straight_ride_are_brought_over_another_stop()
    {
        Season season = FarAway();

        PlanResult result = Planned(season);

        CheckResult check = PlanChecker.Check(season, result.Plan);
        Assert.Empty(check.Violations);
        Assert.Empty(check.Notes);
        Assert.NotEmpty(result.Plan.Trips);
        Assert.All(result.Plan.Trips, t => Assert.Contains(t.Stops, s => s.Place.Value == "dp" && s.Groups.All(g => g is { Board: 0, Alight: 0 })));
    }

    [Fact]
    public void A_vehicle_comes_to_its_first_village_over_another_stop_where_that_is_shorter()
    {
        Season season = OverASiteToTheFirstVillage();

        PlanResult result = Planned(season);

        Assert.Empty(PlanChecker.Check(season, result.Plan).Violations);
        Assert.NotEmpty(result.Plan.Trips);
        Assert.All(Places(result.Plan), t => Assert.StartsWith("s2 va", t, StringComparison.Ordinal));
        Assert.True(result.Plan.Facts!.Worth.Vehicles > Planned(Dear()).Plan.Facts!.Worth.Vehicles);
    }

    [Fact]
    public void A_stop_before_the_first_village_is_left_out_where_it_would_have_to_be_left_too_early()
    {
        Season season = OverASiteToTheFirstVillage();
        season = season with { Transport = season.Transport with { EarliestDeparture = new(6, 33) } };

        PlanResult result = Planned(season);

        Assert.Empty(PlanChecker.Check(season, result.Plan).Violations);
        Assert.Contains("va s1", Places(result.Plan));
        Assert.All(Places(result.Plan), t => Assert.DoesNotContain("s2", t, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(90, true)]
    [InlineData(32, false)]
    public void A_way_that_takes_longer_but_is_shorter_is_driven_where_nobody_rides_too_long(int maxRide, bool driven)
    {
        Season season = LongerButShorter();
        season = season with { Transport = season.Transport with { MaxRideMinutes = maxRide } };

        PlanResult result = Planned(season);

        Assert.Empty(PlanChecker.Check(season, result.Plan).Violations);
        Assert.NotEmpty(result.Plan.Trips);
        Assert.Equal(driven, Places(result.Plan).Exists(t => t.Contains("vb dp s1", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_plan_with_stops_on_the_way_is_repaired_to_itself_when_nothing_happened()
    {
        foreach (Season season in (Season[])[FarAway(), OverASiteBetweenVillages(), OverASiteToTheFirstVillage(), LongerButShorter()])
        {
            Plan plan = Planned(season).Plan;
            Assert.Contains(plan.Trips.SelectMany(t => t.Stops), s => s.Groups.All(g => g is { Board: 0, Alight: 0 }));

            RepairResult result = PlanRepairer.Repair(season, plan, season with { Name = "again" }, Quick, cancellationToken: TestContext.Current.CancellationToken);

            Assert.True(result.Diff.IsEmpty);
            Assert.Equal(Places(plan), Places(result.Plan));
        }
    }

    [Fact]
    public void A_trip_that_was_told_straight_stays_straight_when_somebody_falls_ill()
    {
        Season season = With(Leg("vb", "dp", 5, 4m), Leg("dp", "s1", 5, 4m)).WithOrder("o1", o => o with { ValueRequired = 1000m, ValueTarget = 1000m });
        Assert.Empty(PlanChecker.Check(season, Tiny.Plan()).Violations);
        Season changed = season.WithAbsence(AbsenceKind.Worker, "a2", 0, 0);

        RepairResult result = PlanRepairer.Repair(season, Tiny.Plan(), changed, Quick, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Empty(PlanChecker.Check(changed, result.Plan).Violations);
        Assert.Empty(result.Diff.Trips.Retimed);
        Assert.Equal(Places(Tiny.Plan()), Places(result.Plan));
    }

    private static PlanResult Planned(Season season) =>
        new SeasonPlanner(new PlanOptions { Seconds = 1, Threads = 1, Reproducible = true }).Plan(season, cancellationToken: TestContext.Current.CancellationToken);

    /// <summary>Nobody can ride straight to s1, but over the depot.</summary>
    private static Season FarAway() => With(
        Leg("va", "s1", 200, 90m), Leg("vb", "s1", 200, 90m), Leg("vc", "s1", 200, 90m), Leg("va", "dp", 10, 8m), Leg("vb", "dp", 15, 12m), Leg("dp", "s1", 25, 20m))
        .WithOrder("o1", o => o with { ValueRequired = 1000m, ValueTarget = 1000m });

    private static Season Dear() => Tiny.Season().WithOrder("o1", o => o with { ValueRequired = 1000m, ValueTarget = 1000m });

    /// <summary>From the depot it is shorter to va over s2; only va's people are wanted.</summary>
    private static Season OverASiteToTheFirstVillage() => With(Leg("dp", "s2", 2, 1m), Leg("s2", "va", 2, 1m))
        .WithOrder("o1", o => o with { ValueRequired = 1000m, ValueTarget = 1000m })
        .WithWorker("b1", w => w with { Skills = [] }).WithWorker("b2", w => w with { Skills = [] }).WithWorker("c9", w => w with { Skills = [] });

    /// <summary>From vb to s1 it is shorter over the depot, in 33 minutes instead of 20; only vb's people are wanted.</summary>
    private static Season LongerButShorter() => With(Leg("vb", "dp", 15, 1m), Leg("dp", "s1", 15, 1m))
        .WithOrder("o1", o => o with { ValueRequired = 1000m, ValueTarget = 1000m, CrewMin = 1 })
        .WithWorker("a1", w => w with { Skills = [] }).WithWorker("a2", w => w with { Skills = [] })
        .WithWorker("a3", w => w with { Skills = [] }).WithWorker("a4", w => w with { Skills = [] });

    /// <summary>Between va and vb lies site s2; o1 wants more people than one village has.</summary>
    private static Season OverASiteBetweenVillages() => With(Leg("va", "s2", 3, 1m), Leg("s2", "vb", 3, 1m))
        .WithOrder("o1", o => o with { CrewMin = 5, ValueRequired = 1000m, ValueTarget = 1000m }) with
    {
        Demand = [.. Enumerable.Range(0, 3).Select(d => new DailyDemand(new("o1"), Tiny.Day(d), 5, 6))],
    };

    private static List<string> Places(Plan plan) =>
        [.. plan.Trips.OrderBy(t => t.Id.Value, StringComparer.Ordinal).Select(t => string.Join(' ', t.Stops.OrderBy(s => s.Seq).Select(s => s.Place.Value)))];

    private static TravelLeg Leg(string from, string to, int minutes, decimal km) => new(new(from), new(to), minutes, km);

    private static Season With(params TravelLeg[] legs)
    {
        Season season = Tiny.Season();
        return season with { Travel = [.. season.Travel.Where(t => !Array.Exists(legs, l => l.From == t.From && l.To == t.To)), .. legs] };
    }
}
