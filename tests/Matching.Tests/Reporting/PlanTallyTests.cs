using Matching.Model;
using Matching.Plans;
using Matching.Reporting;
using Xunit;

namespace Matching.Tests.Reporting;

public class PlanTallyTests
{
    [Fact]
    public void A_repeated_assignment_counts_once()
    {
        (Season season, PlanResult result) = ReportSamples.Make(ReportSamples.Small);
        Plan doubled = result.Plan with { WorkerDays = [.. result.Plan.WorkerDays, .. result.Plan.WorkerDays] };

        Assert.Equal(result.Plan.WorkerDays.Length, new PlanTally(season, doubled).WorkerDays);
    }

    [Fact]
    public void An_assignment_outside_the_season_is_counted_apart()
    {
        (Season season, PlanResult result) = ReportSamples.Make(ReportSamples.Small);
        WorkerDay late = result.Plan.WorkerDays[0] with { Date = season.End.AddDays(1) };
        PlanTally tally = new(season, result.Plan with { WorkerDays = [.. result.Plan.WorkerDays, late] });

        Assert.Equal(1, tally.OutsideSeason);
        Assert.Equal(result.Plan.WorkerDays.Length, tally.WorkerDays);
    }

    [Fact]
    public void Two_crews_on_one_day_are_one_day_worked()
    {
        (Season season, PlanResult result) = ReportSamples.Make(ReportSamples.Small);
        Crew[] crews = [.. result.Plan.Crews.Take(2)];
        Plan plan = new()
        {
            Crews = [.. crews],
            WorkerDays = [.. crews.Select(c => new WorkerDay(season.Start, c.Id, season.Workers[3].Id))],
        };
        PlanTally tally = new(season, plan);

        Assert.Equal(1, tally.DaysWorked[3]);
        Assert.Equal(2, tally.WorkerDays);
    }

    [Fact]
    public void Kilometres_run_from_the_depot_through_all_trips_of_the_morning_and_back()
    {
        (Season season, PlanResult result) = ReportSamples.Make(ReportSamples.Small);
        Trip first = result.Plan.Trips[0];
        Trip second = first with { Id = new("again"), Departs = first.Departs.AddHours(3) };
        PlanTally tally = new(season, result.Plan with { Trips = [second, first] });

        decimal expected = 0;
        PlaceId at = season.VehicleById[first.Vehicle].Depot;
        foreach (TripStop stop in first.Stops.Concat(second.Stops))
        {
            expected += season.TravelTable.Km(at, stop.Place);
            at = stop.Place;
        }

        Assert.Equal(2 * expected, tally.Mileage.Km);
        Assert.Equal(1, tally.Mileage.VehicleDays);
    }

    [Fact]
    public void Lost_value_takes_the_required_part_in_full_and_the_rest_by_the_late_factor()
    {
        (Season season, _) = ReportSamples.Make(ReportSamples.Small);
        OrderId order = season.Orders[0].Id;
        Season small = season with
        {
            Demand = [new DailyDemand(order, season.Day(4), 10, 16)],
            Rounds = [new PickingRound(order, season.Day(1), season.Day(6), 100, 0.1m)],
        };
        TallyShortage shortage = Assert.Single(new PlanTally(small, Plan.Empty).Shortages());

        Assert.Equal((260m * 10) + (220m * 0.7m * 6), shortage.LostValue);
    }
}
