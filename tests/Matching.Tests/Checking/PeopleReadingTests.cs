using Matching.Checking;
using Matching.Model;
using Matching.Plans;
using Matching.Rules;
using Xunit;

namespace Matching.Tests.Checking;

public class PeopleReadingTests
{
    private static RuleCode[] Broken(Season season, Plan plan) =>
        [.. PlanChecker.Check(season, plan).Violations.Select(v => v.Rule).Distinct()];

    [Theory]
    [InlineData(2010, 6, 10, true)]
    [InlineData(2010, 6, 11, false)]
    public void An_age_is_reached_on_the_birthday(int year, int month, int day, bool legal)
    {
        Season season = Tiny.Season().WithWorker("b1", w => w with { BirthDate = new(year, month, day) });

        Assert.Equal(legal, PlanChecker.Check(season, Tiny.Plan()).Legal);
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    public void Born_on_29_February_an_age_is_reached_on_1_March_in_a_common_year(int shift, bool legal)
    {
        DateOnly march = new DateOnly(2027, 3, 1).AddDays(shift);
        Season season = Tiny.Season().WithWorker("a1", w => w with { BirthDate = new(2008, 2, 29) }) with
        {
            Start = march,
            End = march,
            Work = new WorkSettings { MinAge = 19 },
            Demand = [new DailyDemand(new("o2"), march, 1, 1)],
        };
        Plan plan = Plan.Empty.With(new Crew(new("c2"), new("k2"), new("o2"), march, march, CrewMode.Lodge)) with
        {
            WorkerDays = [new WorkerDay(march, new("c2"), new("a1"))],
        };
        season = season.WithBroker("k2", b => b with { CertificateUntil = march });

        Assert.Equal(legal ? [] : [RuleCode.W2], Broken(season, plan));
    }

    [Fact]
    public void A_minor_who_does_not_work_and_the_rest_days_of_a_stay_are_not_asked_for_their_age()
    {
        Season season = Tiny.Season().WithWorker("b2", w => w with { BirthDate = Tiny.Day(0).AddYears(-10) });

        Assert.True(PlanChecker.Check(season, Tiny.Plan()).Legal);
    }

    [Fact]
    public void Work_before_and_after_the_season_breaks_W1_and_C1_and_counts_nowhere()
    {
        Plan plan = Tiny.Plan() with { WorkerDays = [.. Tiny.Plan().WorkerDays, Tiny.Works(-1, "c2", "a3"), Tiny.Works(14, "c2", "b2")] };

        CheckResult result = PlanChecker.Check(Tiny.Season(), plan);

        Assert.Equal([RuleCode.W1, RuleCode.C1], result.Violations.Select(v => v.Rule).Distinct());
        Assert.Equal(PlanChecker.Check(Tiny.Season(), Tiny.Plan()).Worth, result.Worth);
    }

    [Fact]
    public void A_worker_without_rows_is_available_all_season_and_open_ends_are_open()
    {
        Season season = Tiny.Season()
            .WithWorker("a1", w => w with { Availability = [new(null, Tiny.Day(0)), new(Tiny.Day(1), null)] })
            .WithWorker("a2", w => w with { Availability = [new(Tiny.Day(-9), Tiny.Day(99)), new(Tiny.Day(0), Tiny.Day(1))] });

        Assert.True(PlanChecker.Check(season, Tiny.Plan()).Legal);
    }

    [Fact]
    public void Rest_days_of_a_stay_need_neither_availability_nor_presence()
    {
        Season season = Tiny.Season().WithAbsence(AbsenceKind.Worker, "a3", 1, 1)
            .WithWorker("a3", w => w with { Availability = [new(Tiny.Day(0), Tiny.Day(0)), new(Tiny.Day(2), Tiny.Day(2))] });

        Assert.True(PlanChecker.Check(season, Tiny.Plan()).Legal);
    }

    [Fact]
    public void Rest_days_of_a_stay_are_no_working_days()
    {
        Season season = Tiny.Season() with { Work = new WorkSettings { MaxConsecutiveDays = 2, MaxHoursPer7Days = 16m } };
        season = season.WithWorker("a3", w => w with { MaxDays = 2 });

        Assert.True(PlanChecker.Check(season, Tiny.Plan()).Legal);
    }

    [Theory]
    [InlineData(6, true)]
    [InlineData(5, false)]
    public void Days_in_a_row_may_reach_the_limit(int most, bool legal)
    {
        (Season season, Plan plan) = Lodging(0, 1, 2, 3, 4, 5);
        season = season with { Work = new WorkSettings { MaxConsecutiveDays = most } };

        Assert.Equal(legal ? [] : [RuleCode.W4], Broken(season, plan));
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(6, true)]
    [InlineData(7, false)]
    public void Hours_are_counted_in_any_seven_days_in_a_row(int daysLater, bool counted)
    {
        (Season season, Plan plan) = Lodging([.. Enumerable.Range(0, 14)]);
        plan = plan with { WorkerDays = [.. plan.WorkerDays, Tiny.Works(2, "c2", "b2"), Tiny.Works(2 + daysLater, "c2", "b2")] };
        season = season with { Work = new WorkSettings { MaxConsecutiveDays = 14, MaxHoursPer7Days = 15.5m } };

        IEnumerable<DateOnly?> found = PlanChecker.Check(season, plan).Violations
            .Where(v => v.Rule == RuleCode.W4 && v.Ids[0] == "b2").Select(v => v.Date);

        Assert.Equal(counted ? [Tiny.Day(2 + daysLater)] : [], found);
    }

    [Fact]
    public void Hours_are_exact_decimals()
    {
        Season season = Tiny.Season().WithOrder("o1", o => o with { Hours = 0.1m });

        Assert.True(PlanChecker.Check(season with { Work = new WorkSettings { MaxHoursPer7Days = 0.2m } }, Carry()).Legal);
        Assert.Equal([RuleCode.W4], Broken(season with { Work = new WorkSettings { MaxHoursPer7Days = 0.1999999999m } }, Carry()));

        static Plan Carry() => Tiny.Carried(Tiny.Plan() with
        {
            Crews = [Tiny.Plan().Crews[0]],
            WorkerDays = [.. Tiny.Plan().WorkerDays.Where(r => r.Crew.Value == "c1")],
        });
    }

    [Fact]
    public void Whoever_neither_works_nor_stays_is_at_home_available_or_not()
    {
        Season season = Tiny.Season().WithHousehold("h1", "a1", "b2").WithDuty("h1", 1, -5, 20)
            .WithAbsence(AbsenceKind.Worker, "b2", 0, 13);

        Assert.True(PlanChecker.Check(season, Tiny.Plan()).Legal);
    }

    [Fact]
    public void A_household_keeps_no_more_home_than_it_has_members()
    {
        Season season = Tiny.Season().WithHousehold("h1", "b2").WithDuty("h1", 5, 0, 5).WithDuty("nobody", 3, 0, 5);

        Assert.True(PlanChecker.Check(season, Tiny.Plan()).Legal);
    }

    [Fact]
    public void Duty_binds_on_the_days_of_its_windows_only()
    {
        Season season = Tiny.Season().WithHousehold("h1", "a1").WithDuty("h1", 1, -9, -1).WithDuty("h1", 1, 2, 5);

        Assert.True(PlanChecker.Check(season, Tiny.Plan()).Legal);
        Violation found = Assert.Single(PlanChecker.Check(season.WithDuty("h1", 1, 1, 1), Tiny.Plan()).Violations);
        Assert.Equal((RuleCode.H1, Tiny.Day(1), "h1"), (found.Rule, found.Date!.Value, found.Ids[0]));
    }

    [Fact]
    public void A_group_pools_those_at_home_and_those_needed()
    {
        Season apart = Tiny.Season().WithHousehold("h1", "a1").WithHousehold("h2", "b2", "c9");

        Assert.Equal([RuleCode.H1], Broken(apart.WithDuty("h1", 1, 0, 0).WithDuty("h2", 1, 0, 0), Tiny.Plan()));
        Assert.Equal([], Broken(apart.WithDuty("h1", 1, 0, 0, "g").WithDuty("h2", 1, 0, 0, "g"), Tiny.Plan()));
        Assert.Equal([RuleCode.H1], Broken(apart.WithDuty("h1", 1, 0, 0, "g").WithDuty("h2", 9, 0, 0, "g"), Tiny.Plan()));
    }

    [Fact]
    public void A_group_counts_only_households_whose_own_window_holds_the_day()
    {
        Season season = Tiny.Season().WithHousehold("h1", "a1").WithHousehold("h2", "b2", "c9")
            .WithDuty("h1", 1, 0, 1, "g").WithDuty("h2", 1, 0, 0, "g");

        Violation found = Assert.Single(PlanChecker.Check(season, Tiny.Plan()).Violations);

        Assert.Equal((RuleCode.H1, Tiny.Day(1)), (found.Rule, found.Date!.Value));
        Assert.Equal(["g", "h1"], found.Ids);
    }

    [Fact]
    public void A_day_away_counts_once_however_many_crews_it_is_spent_in()
    {
        Season season = Tiny.Season().WithHousehold("h1", "a4", "b2").WithDuty("h1", 1, 1, 1);

        Assert.Equal([RuleCode.W1], Broken(season, Tiny.Plan().WithWork(Tiny.Works(1, "c1", "a4"))));
    }

    [Fact]
    public void Pairs_are_content_with_rest_days_repeated_rows_and_others_of_the_same_site()
    {
        Season season = Tiny.Season()
            .WithPair("a3", "a4", PairKind.SameSite).WithPair("a1", "a2", PairKind.Together).WithPair("a2", "a1", PairKind.Together)
            .WithPair("a1", "a2", PairKind.SameSite).WithPair("a1", "a3", PairKind.Apart).WithPair("b2", "c9", PairKind.Together);

        Assert.True(PlanChecker.Check(season, Tiny.Plan()).Legal);
    }

    [Fact]
    public void A_repeated_pair_is_reported_once_a_day()
    {
        Season season = Tiny.Season().WithPair("a1", "a2", PairKind.Apart).WithPair("a2", "a1", PairKind.Apart);

        Assert.Equal([Tiny.Day(0), Tiny.Day(1)], PlanChecker.Check(season, Tiny.Plan()).Violations.Select(v => v.Date!.Value));
    }

    [Fact]
    public void Apart_speaks_of_crews_not_of_sites_or_buses()
    {
        // b2 works for o1 in a crew of k3, rides on the bus of a1 and works at the same site.
        Season season = Tiny.Season().WithPair("a1", "b2", PairKind.Apart);
        Plan plan = Tiny.Plan().With(new Crew(new("c3"), new("k3"), new("o1"), Tiny.Day(0), Tiny.Day(0), CrewMode.Commute)) with
        {
            WorkerDays = Tiny.Plan().WorkerDays.Add(Tiny.Works(0, "c3", "b2")),
        };
        plan = plan.WithTrip("trip-0", t => t with
        {
            Stops = t.Stops.SetItem(1, Tiny.Stop(2, "vb", "05:40", ("c1", "vb", 1, 0), ("c3", "vb", 1, 0)))
                .SetItem(2, Tiny.Stop(3, "s1", "06:03", ("c1", "va", 0, 2), ("c1", "vb", 0, 1), ("c3", "vb", 0, 1))),
        });

        Assert.Equal([], Broken(season, plan));
        Assert.Equal([RuleCode.H2], Broken(season.WithPair("a1", "b2", PairKind.Together), plan));
        Assert.Equal([RuleCode.H2], Broken(season.WithPair("b2", "a3", PairKind.SameSite), plan));
    }

    [Fact]
    public void A_pin_asks_for_day_broker_order_and_worker_and_nothing_else()
    {
        Season season = Tiny.Season() with
        {
            Pins = [new Pin(Tiny.Day(0), new("k1"), new("o1"), new("a1")), new Pin(Tiny.Day(0), new("k1"), new("o1"), new("a1"))],
        };

        Assert.True(PlanChecker.Check(season, Tiny.Plan()).Legal);
        Assert.Single(PlanChecker.Check(season, Plan.Empty).Violations);
    }

    // Crew c2 of k2 lodges at o2 from the first to the last of the days with a3 on each of them.
    private static (Season Season, Plan Plan) Lodging(params int[] days)
    {
        Season season = Tiny.Season() with
        {
            Demand = [.. Enumerable.Range(0, 14).Select(d => new DailyDemand(new("o2"), Tiny.Day(d), 1, 3))],
        };
        Plan plan = Plan.Empty.With(new Crew(new("c2"), new("k2"), new("o2"), Tiny.Day(days[0]), Tiny.Day(days[^1]), CrewMode.Lodge)) with
        {
            WorkerDays = [.. days.Select(d => Tiny.Works(d, "c2", "a3"))],
        };
        return (season, plan);
    }
}
