using FsCheck.Xunit;
using Matching.Checking;
using Matching.Model;
using Matching.Planning.Transport;
using Matching.SeasonSuite.Published;
using Xunit;

namespace Matching.Tests.Transport;

public class TransportStageTests
{
    [Fact]
    public void No_stop_is_put_between_two_groups_of_one_village_as_if_they_boarded_at_once()
    {
        // Found by the property below: the village was stopped at twice, and the trip left before the earliest departure.
        Trips_keep_every_rule_cost_what_is_said_and_no_less_than_the_bound(DrawnMorning.Draw(1112876438));
    }

    [Property(Arbitrary = [typeof(DrawnMorning)], MaxTest = 150)]
    public void Trips_keep_every_rule_cost_what_is_said_and_no_less_than_the_bound(DrawnMorning drawn)
    {
        PublishedInstance instance = drawn.Instance;
        Season season = instance.ToSeason();

        TransportResult result = new TransportStage(Steps(150) with { Seed = drawn.Seed }).Solve(instance.ToTask(), cancellationToken: TestContext.Current.CancellationToken);
        CheckResult check = PlanChecker.Check(season, StagePlan.Of(instance, season, result));

        Assert.Empty(check.Violations);
        Assert.InRange(-check.Worth.Vehicles, (decimal)result.Cost - 0.01m, (decimal)result.Cost + 0.01m);
        Assert.Equal(result.VehiclesUsed, result.Trips.Select(t => t.Vehicle).Distinct().Count());
        Assert.Equal(season.Workers.Length, (check.Worth.RequiredValue / 1000m) + result.Unserved.Sum(r => r.Count));
        if (result.Unserved.IsEmpty)
        {
            Assert.True(result.LowerBound <= result.Cost + 1e-6, $"{result.LowerBound} > {result.Cost}");
        }
    }

    [Fact]
    public void Drawn_mornings_carry_some_split_some_chain_trips_and_serve_several_sites()
    {
        List<TransportResult> results =
        [
            .. Enumerable.Range(0, 80).Select(seed => new TransportStage(Steps(100)).Solve(DrawnMorning.Draw(seed).Instance.ToTask(), cancellationToken: TestContext.Current.CancellationToken)),
        ];

        Assert.Contains(results, r => r.Trips.SelectMany(t => t.Stops.SelectMany(s => s.Boarding)).GroupBy(b => b.Group).Any(g => g.Count() > 1));
        Assert.Contains(results, r => r.Trips.GroupBy(t => t.Vehicle).Any(g => g.Count() > 1));
        Assert.Contains(results, r => r.Trips.Any(t => t.Stops.Count(s => !s.Alighting.IsEmpty) > 1));
        Assert.Contains(results, r => r.Unserved.IsEmpty && r.Trips.Length > 1);
        Assert.Contains(results, r => !r.Unserved.IsEmpty);
    }

    [Fact]
    public void Tiny_mornings_are_planned_at_their_least_cost_and_bounded_by_it()
    {
        for (int seed = 0; seed < 60; seed++)
        {
            (TransportTask task, double least) = TinyMornings.Draw(seed);

            TransportResult result = new TransportStage(Steps(1500)).Solve(task, cancellationToken: TestContext.Current.CancellationToken);

            Assert.Empty(result.Unserved);
            Assert.Equal(least, result.Cost, 1e-6);
            Assert.InRange(result.LowerBound!.Value, 0, least + 1e-6);
        }
    }

    [Fact]
    public void The_same_steps_and_seed_give_the_same_trips_on_two_threads()
    {
        TransportTask task = DrawnMorning.Draw(11).Instance.ToTask();
        TransportOptions options = Steps(400) with { Threads = 2, Seed = 5 };

        Assert.Equal(Text(new TransportStage(options).Solve(task, cancellationToken: TestContext.Current.CancellationToken)), Text(new TransportStage(options).Solve(task, cancellationToken: TestContext.Current.CancellationToken)));
    }

    [Fact]
    public void Cancelling_gives_the_best_trips_so_far()
    {
        TransportTask task = TinyMornings.Draw(3).Task;
        using var source = new CancellationTokenSource();

        TransportResult result = new TransportStage(new TransportOptions { Seconds = 1e6, Threads = 2 })
            .Solve(task, new Cancelling(source), source.Token);

        Assert.Empty(result.Unserved);
        Assert.NotEmpty(result.Trips);
    }

    [Fact]
    public void Nobody_to_carry_costs_nothing()
    {
        TransportResult result = new TransportStage(Steps(10)).Solve(TinyMornings.Draw(0).Task with { Passengers = [] }, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Empty(result.Trips);
        Assert.Equal(0, result.Cost);
        Assert.Equal(0, result.LowerBound);
    }

    [Fact]
    public void Without_vehicles_everybody_stays_behind()
    {
        TransportTask task = TinyMornings.Draw(0).Task with { Vehicles = [] };

        TransportResult result = new TransportStage(Steps(10)).Solve(task, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(task.Passengers.Sum(p => p.Count), result.Unserved.Sum(r => r.Count));
    }

    [Fact]
    public void A_task_out_of_range_is_refused_with_the_entry_named()
    {
        TransportTask task = TinyMornings.Draw(0).Task;

        Assert.Contains("Passengers 0", Assert.Throws<ArgumentException>(
            () => new TransportStage(Steps(1)).Solve(task with { Passengers = [new Passengers(1, 99, 400, 1)] }, cancellationToken: TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);
        Assert.Contains("Vehicle 0", Assert.Throws<ArgumentException>(
            () => new TransportStage(Steps(1)).Solve(task with { Vehicles = [new TransportVehicle(0, 0, 1, 1)] }, cancellationToken: TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new TransportStage(new TransportOptions { Threads = 0 }));
    }

    private static TransportOptions Steps(long steps) => new() { Iterations = steps, Threads = 1 };

    private static string Text(TransportResult result) => string.Join('\n', result.Trips.Select(t =>
        $"{t.Vehicle} {t.Departs}: {string.Join(", ", t.Stops.Select(s => $"{s.Place} {s.Arrives} {string.Join('+', s.Boarding)}"))}"));

    private sealed class Cancelling(CancellationTokenSource source) : IProgress<TransportProgress>
    {
        public void Report(TransportProgress value) => source.Cancel();
    }
}
