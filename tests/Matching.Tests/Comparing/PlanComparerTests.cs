using FsCheck.Xunit;
using Matching.Checking;
using Matching.Comparing;
using Matching.Model;
using Matching.Plans;
using Xunit;

namespace Matching.Tests.Comparing;

public class PlanComparerTests
{
    [Property(Arbitrary = [typeof(Arbitraries)], MaxTest = 100)]
    public void A_plan_does_not_differ_from_itself(SeasonAndPlan drawn)
    {
        PlanDiff diff = PlanComparer.Compare(drawn.Season, drawn.Plan, drawn.Plan);

        Assert.True(diff.IsEmpty);
        Assert.Equal(0m, diff.NetValue);
        Assert.Empty(diff.Shortages);
    }

    [Property(Arbitrary = [typeof(Arbitraries)], MaxTest = 50)]
    public void The_order_of_rows_is_no_difference(SeasonAndPlan drawn, int seed)
    {
        // Of a worker sent to two crews on a day the first row counts; here nobody is.
        Plan plan = drawn.Plan with { WorkerDays = [.. drawn.Plan.WorkerDays.DistinctBy(d => (d.Worker, d.Date))] };
        WorkerDay[] days = [.. plan.WorkerDays];
        Trip[] trips = [.. plan.Trips];
        var random = new Random(seed);
        random.Shuffle(days);
        random.Shuffle(trips);

        Assert.True(PlanComparer.Compare(drawn.Season, plan, plan with { WorkerDays = [.. days], Trips = [.. trips] }).IsEmpty);
    }

    [Fact]
    public void A_worker_who_leaves_one_crew_for_another_is_moved()
    {
        Plan second = Tiny.Carried(Tiny.Plan() with
        {
            WorkerDays = [.. Tiny.Plan().WorkerDays.Select(d => d == Tiny.Works(0, "c1", "a1") ? Tiny.Works(0, "c2", "a1") : d)],
        });

        PlanDiff diff = PlanComparer.Compare(Tiny.Season(), Tiny.Plan(), second);

        Assert.Equal(new WorkerDayChanges(0, 0, 1), diff.WorkerDays);
        Assert.Equal(new PersonChange(new("a1"), Tiny.Day(0), new CrewId("c1"), new CrewId("c2")), Assert.Single(diff.People));
        Assert.Equal(["c1", "c2"], diff.Crews.Changed.Select(c => c.Value));
        Assert.Empty(diff.Crews.Added);
        Assert.Empty(diff.Crews.Removed);
        Assert.Equal("v1", Assert.Single(diff.Vehicles).Vehicle.Value);
        Assert.Empty(diff.Trips.Retimed);
        Assert.Equal([("o1", 3, 2), ("o2", 1, 2)], diff.Shortages.Select(s => (s.Order.Value, s.From, s.To)));
    }

    [Fact]
    public void The_worth_is_the_second_less_the_first()
    {
        Season season = Tiny.Season();
        Plan second = Tiny.Plan().WithoutWork(Tiny.Works(0, "c1", "a1"));

        PlanDiff diff = PlanComparer.Compare(season, Tiny.Plan(), second);

        Assert.Equal(PlanChecker.Check(season, second).NetValue - PlanChecker.Check(season, Tiny.Plan()).NetValue, diff.NetValue);
        Assert.Equal(-60m, diff.Parts.TargetValue);
        Assert.Equal(new WorkerDayChanges(0, 1, 0), diff.WorkerDays);
    }

    [Fact]
    public void A_trip_at_another_time_is_retimed_and_a_new_one_added()
    {
        Plan second = Tiny.Plan().WithTrip("trip-0", t => Tiny.TripOf(
            "trip-0", 0, "v1", "05:20", [.. t.Stops.Select(s => s with { Arrives = s.Arrives.AddMinutes(-10) })]))
            .With(Tiny.TripOf("extra", 3, "v2", "05:30", Tiny.Stop(1, "va", "05:27", ("c1", "va", 0, 0))));

        PlanDiff diff = PlanComparer.Compare(Tiny.Season(), Tiny.Plan(), second);

        Assert.Equal("trip-0", Assert.Single(diff.Trips.Retimed).Value);
        Assert.Equal("extra", Assert.Single(diff.Trips.Added).Value);
        Assert.Empty(diff.People);
    }

    [Fact]
    public void A_crew_with_another_leader_is_news_for_its_members()
    {
        Plan second = Tiny.Plan().WithCrew("c1", c => c with { Broker = new("k3") });

        PlanDiff diff = PlanComparer.Compare(Tiny.Season(), Tiny.Plan(), second);

        Assert.Equal(6, diff.WorkerDays.Moved);
        Assert.Equal("c1", Assert.Single(diff.Crews.Changed).Value);
    }
}
