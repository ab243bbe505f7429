using Matching.Model;
using Matching.Plans;
using Matching.Rules;
using Xunit;

namespace Matching.Tests.Rules;

public class WorkerRulesTests
{
    private static readonly Worker Picker = Tiny.WorkerOf("a1", "va", null);
    private static readonly Order Picking = Tiny.OrderOf("o1", "s1", LodgingRule.No);
    private static readonly Site RedHill = new(new("s1"), "Red Hill", 0, ["halal-canteen", "shade"]);

    [Theory]
    [InlineData("2008-06-10", 18, "2026-06-10")]
    [InlineData("2008-02-29", 18, "2026-03-01")]
    [InlineData("2008-02-29", 20, "2028-02-29")]
    [InlineData("2008-12-31", 0, "2008-12-31")]
    public void An_age_is_reached_on_the_birthday(string birth, int years, string reached) =>
        Assert.Equal(DateOnly.Parse(reached, null), WorkerRules.Reaches(DateOnly.Parse(birth, null), years));

    [Fact]
    public void An_age_beyond_the_calendar_is_never_reached() =>
        Assert.Equal(DateOnly.MaxValue, WorkerRules.Reaches(new DateOnly(2008, 2, 29), int.MaxValue));

    [Theory]
    [InlineData(16, false, CrewMode.Commute, true)]
    [InlineData(15, false, CrewMode.Commute, false)]
    [InlineData(17, true, CrewMode.Commute, false)]
    [InlineData(17, false, CrewMode.Lodge, false)]
    [InlineData(18, true, CrewMode.Lodge, true)]
    public void Adult_only_orders_and_lodging_crews_take_adults(int age, bool adultOnly, CrewMode mode, bool oldEnough)
    {
        Worker worker = Picker with { BirthDate = Tiny.Day(0).AddYears(-age) };

        Assert.Equal(oldEnough, WorkerRules.IsOldEnough(worker, Picking with { AdultOnly = adultOnly }, mode, Tiny.Day(0), new WorkSettings()));
    }

    [Fact]
    public void The_least_age_holds_also_where_it_is_above_the_adult_age()
    {
        Worker worker = Picker with { BirthDate = Tiny.Day(0).AddYears(-18) };
        var work = new WorkSettings { MinAge = 21, AdultAge = 18 };

        Assert.False(WorkerRules.IsOldEnough(worker, Picking with { AdultOnly = true }, CrewMode.Lodge, Tiny.Day(0), work));
    }

    [Fact]
    public void Without_windows_a_worker_is_always_available_and_with_them_within_one()
    {
        Worker limited = Picker with { Availability = [new(Tiny.Day(0), Tiny.Day(1)), new(Tiny.Day(4), null)] };

        Assert.True(WorkerRules.IsAvailable(Picker, Tiny.Day(3)));
        Assert.Equal([0, 1, 4, 5], Enumerable.Range(-1, 7).Where(d => WorkerRules.IsAvailable(limited, Tiny.Day(d))));
    }

    [Fact]
    public void A_worker_suits_an_order_by_level_wage_tags_and_needs()
    {
        Assert.True(WorkerRules.Suits(Picker, Picking, RedHill));
        Assert.True(WorkerRules.Suits(Picker, Picking with { MinLevel = 3 }, RedHill));
        Assert.False(WorkerRules.Suits(Picker, Picking with { MinLevel = 4 }, RedHill));
        Assert.False(WorkerRules.Suits(Picker, Picking with { Skill = new("Picking") }, RedHill));
        Assert.True(WorkerRules.Suits(Picker with { MinDailyWage = 130m }, Picking, RedHill));
        Assert.False(WorkerRules.Suits(Picker with { MinDailyWage = 130.01m }, Picking, RedHill));
        Assert.False(WorkerRules.Suits(Picker, Picking with { Needs = ["driver"] }, RedHill));
        Assert.True(WorkerRules.Suits(Picker with { Tags = ["driver"] }, Picking with { Needs = ["driver"] }, RedHill));
        Assert.True(WorkerRules.Suits(Picker with { Needs = ["shade", "halal-canteen"] }, Picking, RedHill));
        Assert.False(WorkerRules.Suits(Picker with { Needs = ["creche"] }, Picking, RedHill));
    }

    [Fact]
    public void A_skill_nobody_has_is_level_zero()
    {
        Assert.Equal(3, WorkerRules.LevelOf(Picker, new("picking")));
        Assert.Equal(0, WorkerRules.LevelOf(Picker, new("pruning")));
    }
}
