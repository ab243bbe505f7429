using FsCheck.Xunit;
using Matching.Checking;
using Matching.Generating;
using Matching.Model;
using Matching.Plans;
using Matching.Rules;
using Matching.Why;
using Xunit;

namespace Matching.Tests.Why;

/// <summary>A single change is judged from a few rows; the checker judges the whole plan. Both must say the same.</summary>
public class PlanBoardTests
{
    [Property(Arbitrary = [typeof(Arbitraries)], MaxTest = 100)]
    public void Any_worker_moved_anywhere_is_judged_as_the_checker_judges(SeasonAndPlan drawn)
    {
        var random = new Random(drawn.Seed);
        PlanBoard board = PlanBoard.Open(drawn.Season, drawn.Plan);
        for (int i = 0; i < 4 && drawn.Plan.Crews.Length > 0; i++)
        {
            Worker worker = drawn.Season.Workers[random.Next(drawn.Season.Workers.Length)];
            CrewId? crew = random.Next(6) == 0 ? null : drawn.Plan.Crews[random.Next(drawn.Plan.Crews.Length)].Id;
            AssertSame(drawn.Season, drawn.Plan, board.TryWorker(worker.Id, Tiny.Day(random.Next(0, 6)), crew));
        }
    }

    [Property(Arbitrary = [typeof(Arbitraries)], MaxTest = 60)]
    public void Any_crew_given_another_order_is_judged_as_the_checker_judges(SeasonAndPlan drawn)
    {
        PlanBoard board = PlanBoard.Open(drawn.Season, drawn.Plan);
        foreach (Crew crew in drawn.Plan.Crews)
        {
            AssertSame(drawn.Season, drawn.Plan, board.TryOrder(crew.Id, new(crew.Order.Value == "o1" ? "o2" : "o1")));
        }
    }

    [Property(Arbitrary = [typeof(Arbitraries)], MaxTest = 60)]
    public void Any_trip_given_to_another_vehicle_is_judged_as_the_checker_judges(SeasonAndPlan drawn)
    {
        PlanBoard board = PlanBoard.Open(drawn.Season, drawn.Plan);
        foreach (Trip trip in drawn.Plan.Trips)
        {
            AssertSame(drawn.Season, drawn.Plan, board.TryVehicle(new(trip.Vehicle.Value == "v1" ? "v2" : "v1"), trip.Id));
        }
    }

    [Theory]
    [InlineData(SeasonProfile.Mixed, 1)]
    [InlineData(SeasonProfile.Lodge, 2)]
    public void Changes_of_a_season_of_many_weeks_are_judged_as_the_checker_judges(SeasonProfile profile, int seed)
    {
        Season season = SeasonGenerator.Generate(new GeneratorOptions { Workers = 120, Days = 30, Profile = profile, Seed = seed });
        Plan plan = new SeasonPlanner(new PlanOptions { Seconds = 0.5, Reproducible = true, Threads = 1 })
            .Plan(season, cancellationToken: TestContext.Current.CancellationToken).Plan;
        var random = new Random(seed);
        PlanBoard board = PlanBoard.Open(season, plan);
        Assert.NotEmpty(plan.Crews);
        for (int i = 0; i < 60; i++)
        {
            Crew crew = plan.Crews[random.Next(plan.Crews.Length)];
            WorkerDay day = plan.WorkerDays[random.Next(plan.WorkerDays.Length)];
            AssertSame(season, plan, board.TryOrder(crew.Id, season.Orders[random.Next(season.Orders.Length)].Id));
            AssertSame(season, plan, board.TryWorker(season.Workers[random.Next(season.Workers.Length)].Id, day.Date, crew.Id));
            AssertSame(season, plan, board.TryWorker(day.Worker, day.Date, null));
        }
    }

    [Fact]
    public void A_free_worker_joins_a_crew_and_rides_on_its_bus()
    {
        Season season = Tiny.Season();
        PlanBoard board = PlanBoard.Open(season, Tiny.Plan());

        Trial trial = board.TryWorker(new("b2"), Tiny.Day(0), new CrewId("c1"));

        Assert.True(trial.Legal);
        Assert.Equal("trip-0", Assert.Single(trial.TripsAdded).Id.Value);
        Assert.Equal(60m - 5m, trial.NetValue);
        Assert.Equal((60m, -5m), (trial.Parts.TargetValue, trial.Parts.Joins));
        Assert.Equal(0m, trial.Parts.Vehicles);
        Assert.True(PlanChecker.Check(season, trial.ApplyTo(Tiny.Plan())).Legal);
    }

    [Fact]
    public void A_full_bus_is_followed_by_another_that_costs()
    {
        Season season = Tiny.Season().WithVehicle("v1", v => v with { Seats = 3 });
        PlanBoard board = PlanBoard.Open(season, Tiny.Plan());

        Trial trial = board.TryWorker(new("b2"), Tiny.Day(0), new CrewId("c1"));

        Assert.True(trial.Legal);
        Assert.True(trial.Parts.Vehicles < 0);
        Assert.True(PlanChecker.Check(season, trial.ApplyTo(Tiny.Plan())).Legal);
    }

    [Fact]
    public void A_worker_rides_over_a_stop_where_nobody_boards_when_the_straight_way_is_too_long()
    {
        Season season = Tiny.Season();
        season = season with
        {
            Travel = [.. season.Travel.Select(l => (l.From.Value, l.To.Value) == ("vb", "s1") ? l with { Minutes = 120 } : l)],
        };
        Plan plan = Tiny.Plan() with
        {
            WorkerDays = [.. Tiny.Plan().WorkerDays.Where(r => r.Worker.Value != "b1")],
            Trips =
            [
                .. Enumerable.Range(0, 2).Select(day => Tiny.TripOf(
                    "trip-" + day, day, "v1", "05:30", Tiny.Stop(1, "va", "05:27", ("c1", "va", 2, 0)), Tiny.Stop(2, "s1", "05:55", ("c1", "va", 0, 2)))),
            ],
        };

        Trial trial = PlanBoard.Open(season, plan).TryWorker(new("b2"), Tiny.Day(0), new CrewId("c1"));

        Assert.True(trial.Legal);
        Trip added = Assert.Single(trial.TripsAdded);
        Assert.Equal(["vb", "va", "s1"], added.Stops.Select(s => s.Place.Value));
        Assert.True(PlanChecker.Check(season, plan).Legal);
        AssertSame(season, plan, trial);
    }

    [Fact]
    public void Ways_longer_than_any_number_holds_keep_nobody_from_riding_straight()
    {
        Season season = Tiny.Season().WithVehicle("v1", v => v with { Seats = 3 });
        season = season with
        {
            Road = season.Road with { Detour = 10_000_000_000_000_000_000_000_000_000m },
            Places = [.. season.Places.Select((p, i) => p with { Latitude = 36 + i, Longitude = 105 })],
            Travel = [.. season.Travel.Where(l => (l.From.Value, l.To.Value) != ("vb", "va"))],
        };

        Trial trial = PlanBoard.Open(season, Tiny.Plan()).TryWorker(new("b2"), Tiny.Day(0), new CrewId("c1"));

        Assert.True(trial.Legal);
        Assert.Contains(trial.TripsAdded, t => t.Stops.Select(s => s.Place.Value).SequenceEqual(["vb", "s1"]));
    }

    [Fact]
    public void An_absent_worker_breaks_W1_and_is_named()
    {
        Season season = Tiny.Season().WithAbsence(AbsenceKind.Worker, "b2", 0, 0);

        Trial trial = PlanBoard.Open(season, Tiny.Plan()).TryWorker(new("b2"), Tiny.Day(0), new CrewId("c1"));

        Violation broken = Assert.Single(trial.Breaks);
        Assert.Equal(RuleCode.W1, broken.Rule);
        Assert.Contains("b2", broken.Ids);
    }

    [Fact]
    public void A_worker_who_stays_put_changes_nothing()
    {
        Trial trial = PlanBoard.Open(Tiny.Season(), Tiny.Plan()).TryWorker(new("a1"), Tiny.Day(0), new CrewId("c1"));

        Assert.True(trial.Legal);
        Assert.Equal(0m, trial.NetValue);
    }

    [Fact]
    public void An_unknown_crew_is_an_error_of_the_caller()
    {
        PlanBoard board = PlanBoard.Open(Tiny.Season(), Tiny.Plan());

        Assert.Throws<KeyNotFoundException>(() => board.TryWorker(new("a1"), Tiny.Day(0), new CrewId("nobody")));
    }

    // The day an agreement passed its most is seen only in the whole plan.
    private static (RuleCode, DateOnly?, string, string) Told(Violation v) => (v.Rule, v.Rule == RuleCode.D3 ? null : v.Date, string.Join(' ', v.Ids), v.Message);

    private static void AssertSame(Season season, Plan plan, Trial trial)
    {
        Plan changed = trial.ApplyTo(plan);
        CheckResult before = PlanChecker.Check(season, plan with { Shortages = [], Facts = null });
        CheckResult after = PlanChecker.Check(season, changed);
        List<Violation> fresh = [.. after.Violations];
        foreach (Violation old in before.Violations)
        {
            fresh.Remove(old);
        }

        Assert.Equal(fresh.Select(Told), trial.Breaks.Select(Told));
        Assert.Equal(after.Worth.Parts.Zip(before.Worth.Parts, (a, b) => a.Value - b.Value), trial.Parts.Parts.Select(p => p.Value));
    }
}
