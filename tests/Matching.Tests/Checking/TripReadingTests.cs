using Matching.Checking;
using Matching.Model;
using Matching.Plans;
using Matching.Rules;
using Xunit;

namespace Matching.Tests.Checking;

public class TripReadingTests
{
    private static RuleCode[] Broken(Season season, Plan plan) =>
        [.. PlanChecker.Check(season, plan).Violations.Select(v => v.Rule).Distinct()];

    private static Plan Day0(params Trip[] trips)
    {
        Plan plan = Tiny.Plan().WithoutTrip("trip-0");
        return plan with { Trips = [.. plan.Trips, .. trips] };
    }

    [Fact]
    public void Stops_are_ordered_by_seq_and_may_leave_holes()
    {
        Plan plan = Tiny.Plan().WithTrip("trip-0", t => t with
        {
            Stops = [t.Stops[2] with { Seq = 900 }, t.Stops[0] with { Seq = -4 }, t.Stops[1] with { Seq = 17 }],
        });

        Assert.Equal([], Broken(Tiny.Season(), plan));
    }

    [Fact]
    public void A_seq_that_does_not_rise_breaks_T3()
    {
        Plan plan = Tiny.Plan().WithTrip("trip-0", t => t with { Stops = [.. t.Stops.Select(s => s with { Seq = 1 })] });

        Assert.Equal([RuleCode.T3], Broken(Tiny.Season(), plan));
    }

    [Fact]
    public void A_group_may_split_over_trips_and_vehicles()
    {
        Plan plan = Day0(
            Tiny.TripOf("x1", 0, "v1", "05:30", Tiny.Stop(1, "va", "05:27", ("c1", "va", 1, 0)), Tiny.Stop(2, "s1", "05:55", ("c1", "va", 0, 1))),
            Tiny.TripOf("x2", 0, "v2", "05:30",
                Tiny.Stop(1, "va", "05:27", ("c1", "va", 1, 0)), Tiny.Stop(2, "vb", "05:40", ("c1", "vb", 1, 0)),
                Tiny.Stop(3, "s1", "06:03", ("c1", "va", 0, 1), ("c1", "vb", 0, 1))));

        Assert.Equal([], Broken(Tiny.Season(), plan));
    }

    [Fact]
    public void A_group_that_splits_balances_on_each_trip()
    {
        Plan plan = Day0(
            Tiny.TripOf("x1", 0, "v1", "05:30", Tiny.Stop(1, "va", "05:27", ("c1", "va", 1, 0)), Tiny.Stop(2, "s1", "05:55", ("c1", "va", 0, 2))),
            Tiny.TripOf("x2", 0, "v2", "05:30",
                Tiny.Stop(1, "va", "05:27", ("c1", "va", 1, 0)), Tiny.Stop(2, "vb", "05:40", ("c1", "vb", 1, 0)),
                Tiny.Stop(3, "s1", "06:03", ("c1", "vb", 0, 1))));

        Violation[] found = [.. PlanChecker.Check(Tiny.Season(), plan).Violations];

        Assert.All(found, v => Assert.Equal(RuleCode.T1, v.Rule));
        Assert.Equal(["x1", "x1", "x2"], found.Select(v => v.Ids[1]));
    }

    [Fact]
    public void A_trip_may_serve_two_crews_and_two_sites_and_pass_a_place_twice()
    {
        Season season = Tiny.Season().WithOrder("o2", o => o with { Lodging = LodgingRule.Allowed });
        Plan plan = Day0(Tiny.TripOf("x1", 0, "v1", "05:00",
            Tiny.Stop(1, "va", "04:57", ("c1", "va", 2, 0)), Tiny.Stop(2, "vb", "05:10", ("c1", "vb", 1, 0)),
            Tiny.Stop(3, "va", "05:23", ("c3", "va", 1, 0)), Tiny.Stop(4, "s1", "05:51", ("c1", "va", 0, 2), ("c1", "vb", 0, 1)),
            Tiny.Stop(5, "s2", "06:24", ("c3", "va", 0, 1)))) with
        {
            WorkerDays = Tiny.Plan().WorkerDays.Add(Tiny.Works(0, "c3", "a4")),
        };
        plan = plan.With(new Crew(new("c3"), new("k3"), new("o2"), Tiny.Day(0), Tiny.Day(0), CrewMode.Commute));

        Assert.Equal([], Broken(season, plan));
    }

    [Fact]
    public void Within_a_group_the_first_to_board_are_the_first_to_alight()
    {
        // The bus calls at va (leaving 05:00 and 05:26) and at s1 (05:51 and 06:37): the two of va ride 51 and 71 minutes; were
        // the first to board the last to alight, 97. The one of vb leaves at 05:13 and rides 84.
        Plan plan = Day0(Tiny.TripOf("x1", 0, "v1", "05:00",
            Tiny.Stop(1, "va", "04:57", ("c1", "va", 1, 0)), Tiny.Stop(2, "vb", "05:10", ("c1", "vb", 1, 0)),
            Tiny.Stop(3, "va", "05:23", ("c1", "va", 1, 0)), Tiny.Stop(4, "s1", "05:51", ("c1", "va", 0, 1)),
            Tiny.Stop(5, "vb", "06:14"), Tiny.Stop(6, "s1", "06:37", ("c1", "va", 0, 1), ("c1", "vb", 0, 1))));

        Assert.Equal([], TooLong(84));
        Assert.Equal(["vb"], TooLong(71));
        Assert.Equal(["va", "vb"], TooLong(70));
        Assert.Equal(["va", "va", "vb"], TooLong(50));

        IEnumerable<string> TooLong(int most) => PlanChecker
            .Check(Tiny.Season() with { Transport = new TransportSettings { MaxRideMinutes = most } }, plan)
            .Violations.Where(v => v.Rule == RuleCode.T4 && v.Date == Tiny.Day(0)).Select(v => v.Ids[2]);
    }

    [Fact]
    public void A_ride_runs_from_leaving_the_boarding_stop_to_arriving_at_the_site()
    {
        Season season = Tiny.Season() with { Transport = new TransportSettings { MaxRideMinutes = 33 } };

        Assert.Equal([], Broken(season, Tiny.Plan()));
    }

    [Fact]
    public void Arriving_when_work_starts_is_in_time_and_no_seat_may_be_left()
    {
        Season season = Tiny.Season().WithOrder("o1", o => o with { StartTime = new(6, 3) }).WithVehicle("v1", v => v with { Seats = 3 });

        Assert.Equal([], Broken(season, Tiny.Plan()));
    }

    [Fact]
    public void People_alight_before_others_board()
    {
        // One seat: at s1 one leaves it before another takes it. That somebody boards there at all is the only fault.
        Season season = Tiny.Season().WithVehicle("v1", v => v with { Seats = 1 });
        Plan plan = Plan.Empty.With(new Crew(new("c1"), new("k1"), new("o1"), Tiny.Day(0), Tiny.Day(0), CrewMode.Commute)) with
        {
            WorkerDays = [Tiny.Works(0, "c1", "a1")],
        };
        plan = plan.With(Tiny.TripOf("x1", 0, "v1", "05:30",
            Tiny.Stop(1, "va", "05:27", ("c1", "va", 1, 0)), Tiny.Stop(2, "s1", "05:55", ("c1", "va", 1, 1)),
            Tiny.Stop(3, "va", "06:23"), Tiny.Stop(4, "s1", "06:51", ("c1", "va", 0, 1))));

        Assert.Equal([RuleCode.T1], Broken(season, plan));
    }

    [Fact]
    public void Nobody_alights_at_the_stop_at_which_they_board()
    {
        Plan plan = Tiny.Plan().WithTrip("trip-0", t => t with
        {
            Stops = t.Stops.SetItem(0, Tiny.Stop(1, "va", "05:27", ("c1", "va", 2, 2)))
                .SetItem(2, Tiny.Stop(3, "s1", "06:03", ("c1", "vb", 0, 1))),
        });

        Assert.Equal([RuleCode.T1], Broken(Tiny.Season(), plan));
    }

    [Fact]
    public void Only_departs_is_bounded_below_and_the_first_stop_may_be_reached_at_midnight()
    {
        Season season = Tiny.Season() with { Transport = new TransportSettings { EarliestDeparture = new(0, 3) } };
        Plan plan = Plan.Empty.With(Tiny.TripOf("x1", 0, "v1", "00:03", Tiny.Stop(1, "va", "00:00")));

        Assert.Equal([], Broken(season, plan));
        Assert.Equal([], Broken(Tiny.Season() with { Transport = new TransportSettings { EarliestDeparture = new(5, 30) } }, Tiny.Plan()));
    }

    [Fact]
    public void There_is_no_waiting_within_a_trip()
    {
        Plan plan = Tiny.Plan().WithTrip("trip-0", t => t with { Stops = t.Stops.SetItem(2, t.Stops[2] with { Arrives = Tiny.At("06:10") }) });

        Violation found = Assert.Single(PlanChecker.Check(Tiny.Season(), plan).Violations);

        Assert.Equal((RuleCode.T3, Tiny.Day(0)), (found.Rule, found.Date!.Value));
        Assert.Equal(["trip-0", "v1", "s1"], found.Ids);
    }

    [Fact]
    public void A_wrong_time_is_reported_where_it_arises_only()
    {
        // One minute late at vb, and consistently so afterwards.
        Plan plan = Tiny.Plan().WithTrip("trip-0", t => t with
        {
            Stops = t.Stops.SetItem(1, t.Stops[1] with { Arrives = Tiny.At("05:41") }).SetItem(2, t.Stops[2] with { Arrives = Tiny.At("06:04") }),
        });

        Assert.Equal("vb", Assert.Single(PlanChecker.Check(Tiny.Season(), plan).Violations).Ids[2]);
    }

    [Fact]
    public void Trips_of_a_morning_are_taken_in_order_of_departs_and_may_wait_between()
    {
        // After trip-0 ends at s1 (06:03 + 3) the way to va takes 25: 06:31 is the earliest to be back there.
        Plan plan = Tiny.Plan() with
        {
            Trips = [Tiny.TripOf("early-id", 0, "v1", "06:34", Tiny.Stop(1, "va", "06:31")), .. Tiny.Plan().Trips],
        };

        Assert.Equal([], Broken(Tiny.Season(), plan));
        Assert.Equal([], Broken(Tiny.Season(), plan.WithTrip("early-id", t => t with
        {
            Departs = Tiny.At("09:03"),
            Stops = [Tiny.Stop(1, "va", "09:00")],
        })));
    }

    [Fact]
    public void Driving_minutes_are_the_depot_all_trips_and_the_moves_between_doubled_without_stops()
    {
        // 10 + 10 + 20 to s1, 25 back to va, 25 to s1: 90, doubled 180.
        Plan plan = Tiny.Plan().With(Tiny.TripOf(
            "later", 0, "v1", "06:34", Tiny.Stop(1, "va", "06:31"), Tiny.Stop(2, "s1", "06:59")));
        Season season = Tiny.Season();

        Assert.Equal([], Broken(season with { Transport = new TransportSettings { MaxDriveMinutesPerDay = 180 } }, plan));
        Violation found = Assert.Single(PlanChecker.Check(season with { Transport = new TransportSettings { MaxDriveMinutesPerDay = 179 } }, plan).Violations);
        Assert.Equal((RuleCode.T5, Tiny.Day(0), "v1"), (found.Rule, found.Date!.Value, found.Ids[0]));
        Assert.Contains("180 minutes", found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_of_a_way_says_nothing_about_the_other_direction()
    {
        // From vb to s1 the row is gone; measured on the globe the two lie at the same point and take no time.
        Season season = Tiny.Season();
        season = season with
        {
            Travel = [.. season.Travel.Where(l => l.From.Value != "vb" || l.To.Value != "s1")],
            Places = [.. season.Places.Select(p => p with { Latitude = 37.5, Longitude = 105.7 })],
        };

        Violation[] found = [.. PlanChecker.Check(season, Tiny.Plan()).Violations];

        Assert.Equal(2, found.Length);
        Assert.All(found, v => Assert.Equal((RuleCode.T3, "s1"), (v.Rule, v.Ids[2])));
    }

    [Fact]
    public void Minutes_of_a_measured_way_are_rounded_up()
    {
        // A degree of the equator: 144.55 km of road at 50 km/h take 173.46 minutes.
        Season season = Tiny.Season() with
        {
            Travel = [],
            Places = [.. Tiny.Season().Places.Select(p => p with { Latitude = 0, Longitude = p.Id.Value == "s1" ? 1 : 0 })],
        };
        Plan plan = Plan.Empty.With(Tiny.TripOf("x1", 0, "v1", "05:00", Tiny.Stop(1, "va", "04:57"), Tiny.Stop(2, "s1", "07:54")));

        Assert.Equal([], Broken(season, plan));
    }

    [Fact]
    public void A_boarding_of_a_group_without_members_breaks_T1()
    {
        Plan plan = Tiny.Plan().With(Tiny.TripOf(
            "x1", 3, "v2", "05:30", Tiny.Stop(1, "vc", "05:27", ("c1", "vc", 2, 0)), Tiny.Stop(2, "s1", "06:10", ("c1", "vc", 0, 2))));

        Violation found = Assert.Single(PlanChecker.Check(Tiny.Season(), plan).Violations);

        Assert.Equal((RuleCode.T1, Tiny.Day(3)), (found.Rule, found.Date!.Value));
        Assert.Equal(["c1", "o1", "vc"], found.Ids);
    }

    [Fact]
    public void A_negative_number_of_people_breaks_T1()
    {
        Plan plan = Tiny.Plan().WithTrip("trip-0", t => t with
        {
            Stops = t.Stops.SetItem(0, Tiny.Stop(1, "va", "05:27", ("c1", "va", 2, 0), ("c1", "vc", -1, 0))),
        });

        Assert.Equal([RuleCode.T1], Broken(Tiny.Season(), plan));
    }

    [Fact]
    public void Absurd_numbers_are_no_crash()
    {
        Season season = Tiny.Season() with { Road = new RoadSettings { StopMinutes = int.MaxValue } };
        Plan plan = Tiny.Plan().WithTrip("trip-0", t => t with
        {
            Stops = t.Stops.SetItem(0, Tiny.Stop(1, "va", "05:27", ("c1", "va", int.MaxValue, 0), ("c1", "vb", int.MaxValue, int.MinValue))),
        });
        season = season with { Travel = [.. season.Travel.Select(l => l with { Minutes = int.MaxValue, Km = decimal.MaxValue })] };

        Assert.Contains(RuleCode.T2, Broken(season, plan));
    }
}
