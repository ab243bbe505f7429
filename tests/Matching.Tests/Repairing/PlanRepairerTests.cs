using FsCheck.Xunit;
using Matching.Checking;
using Matching.Model;
using Matching.Plans;
using Matching.Repairing;

using Xunit;

namespace Matching.Tests.Repairing;

public class PlanRepairerTests
{
    private static readonly RepairOptions Quick = new() { Seconds = 0.05, Patience = 20 };

    [Property(MaxTest = 250)]
    public void Whatever_happens_the_repaired_plan_breaks_no_rule(int seed)
    {
        var random = new Random(seed);
        (Season season, Plan plan) = EventScripts.Draw(random);
        Season changed = EventScripts.After(season, plan, random);

        RepairResult result = PlanRepairer.Repair(season, plan, changed, Quick with { Seed = seed }, cancellationToken: TestContext.Current.CancellationToken);

        CheckResult check = PlanChecker.Check(changed, result.Plan);
        Assert.Empty(check.Violations);
        Assert.Empty(check.Notes);
        Assert.Equal(check.NetValue - PlanChecker.Check(season, plan).NetValue, result.Diff.NetValue);
    }

    [Property(MaxTest = 60)]
    public void What_is_done_or_frozen_stays_unless_it_became_illegal(int seed)
    {
        var random = new Random(seed);
        (Season season, Plan plan) = EventScripts.Draw(random);
        Season changed = EventScripts.After(season, plan, random);
        DateOnly now = season.Start.AddDays(random.Next(1, 8));

        RepairResult result = PlanRepairer.Repair(season, plan, changed, Quick with { Now = now, Seed = seed }, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Empty(PlanChecker.Check(changed, result.Plan).Violations);
        Assert.DoesNotContain(result.Diff.People, p => p.Date < now && p.From is null);
    }

    [Property(Arbitrary = [typeof(Arbitraries)], MaxTest = 150)]
    public void A_plan_that_breaks_rules_is_made_legal(SeasonAndPlan drawn)
    {
        RepairResult result = PlanRepairer.Repair(drawn.Season, drawn.Plan, drawn.Season, Quick, cancellationToken: TestContext.Current.CancellationToken);

        CheckResult check = PlanChecker.Check(drawn.Season, result.Plan);
        Assert.DoesNotContain(check.Violations, v => v.Rule != Matching.Rules.RuleCode.P1);
        Assert.Equal(check.Legal, result.PinConflicts.IsEmpty);
    }

    [Fact]
    public void Nothing_changes_when_nothing_happened()
    {
        foreach (int seed in (int[])[1, 2, 3, 4, 5])
        {
            (Season season, Plan plan) = EventScripts.Draw(new Random(seed));

            RepairResult result = PlanRepairer.Repair(season, plan, season with { Name = "again" }, Quick, cancellationToken: TestContext.Current.CancellationToken);

            Assert.True(result.Diff.IsEmpty);
            Assert.Equal(plan.Trips.Select(t => (t.Id.Value, t.Departs)).Order(), result.Plan.Trips.Select(t => (t.Id.Value, t.Departs)).Order());
            Assert.Empty(result.Hit);
        }
    }

    [Fact]
    public void A_broker_who_falls_ill_hands_the_crew_over()
    {
        Season season = Tiny.Season().WithOrder("o1", o => o with { ValueRequired = 1000m, ValueTarget = 1000m });
        Season changed = season.WithAbsence(AbsenceKind.Broker, "k1", 0, 1);

        RepairResult result = PlanRepairer.Repair(season, Tiny.Plan(), changed, Quick, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Empty(PlanChecker.Check(changed, result.Plan).Violations);
        Crew taken = Assert.Single(result.Plan.Crews, c => c.Order.Value == "o1");
        Assert.Equal("k3", taken.Broker.Value);
        Assert.Equal(6, result.Diff.WorkerDays.Moved);
        Assert.Empty(result.Diff.Trips.Retimed);
    }

    [Fact]
    public void A_worker_who_falls_ill_is_replaced_from_the_same_village()
    {
        Season season = Tiny.Season().WithOrder("o1", o => o with { CrewMin = 3, ValueRequired = 1000m, ValueTarget = 1000m });
        Season changed = season.WithAbsence(AbsenceKind.Worker, "b1", 0, 1);

        RepairResult result = PlanRepairer.Repair(season, Tiny.Plan(), changed, Quick, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Empty(PlanChecker.Check(changed, result.Plan).Violations);
        Assert.Equal(2, result.Hit.Length);
        Assert.Contains(result.Diff.People, p => p.Worker.Value == "b2" && p.To?.Value == "c1" && p.From is null);
    }

    [Fact]
    public void A_vehicle_that_does_not_start_is_replaced_and_nobody_is_called()
    {
        Season season = Tiny.Season();
        Season changed = season.WithAbsence(AbsenceKind.Vehicle, "v1", 0, 0);

        RepairResult result = PlanRepairer.Repair(season, Tiny.Plan(), changed, Quick, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Empty(PlanChecker.Check(changed, result.Plan).Violations);
        Assert.Empty(result.Diff.People);
        Assert.Equal(["v1", "v2"], result.Diff.Vehicles.Select(v => v.Vehicle.Value));
    }

    [Fact]
    public void A_new_pin_brings_its_worker()
    {
        Season season = Tiny.Season();
        Season changed = season with { Pins = [new Pin(Tiny.Day(0), new("k1"), new("o1"), new("b2"))] };

        RepairResult result = PlanRepairer.Repair(season, Tiny.Plan(), changed, Quick, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Empty(result.PinConflicts);
        Assert.Empty(PlanChecker.Check(changed, result.Plan).Violations);
        Assert.Contains(result.Plan.WorkerDays, d => d.Worker.Value == "b2" && d.Date == Tiny.Day(0));
    }

    [Fact]
    public void A_pin_that_cannot_be_kept_is_named()
    {
        Season season = Tiny.Season();
        Season changed = season.WithAbsence(AbsenceKind.Worker, "b2", 0, 0) with { Pins = [new Pin(Tiny.Day(0), new("k1"), new("o1"), new("b2"))] };

        RepairResult result = PlanRepairer.Repair(season, Tiny.Plan(), changed, Quick, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal("b2", Assert.Single(result.PinConflicts).Pin.Worker.Value);
    }

    [Theory]
    [InlineData("2026-07-01T21:30:00Z", "2026-07-02", "05:30")]
    [InlineData("2026-07-01T08:00:00+08:00", "2026-07-01", "08:00")]
    public void An_instant_is_told_in_local_time(string instant, string day, string time)
    {
        Assert.True(RepairMoment.TryParse(instant, out DateOnly local, out TimeOnly clock));
        Assert.Equal((day, time), (local.ToString("yyyy-MM-dd", null), clock.ToString("HH:mm", null)));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(2, -1)]
    public void Options_out_of_range_are_refused(double seconds, double stay)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => PlanRepairer.Repair(
            Tiny.Season(), Tiny.Plan(), Tiny.Season(), new RepairOptions { Seconds = seconds, Stay = stay }, cancellationToken: TestContext.Current.CancellationToken));
    }
}
