using Matching.Checking;
using Matching.Model;
using Matching.Plans;
using Matching.Stress;
using Xunit;

namespace Matching.Tests.Stress;

public class StressTestTests
{
    private static readonly StressRates Calm = new()
    {
        NoShow = 0, NoShowAfterRain = 0, BrokerOut = 0, Breakdown = 0, Rain = 0, YieldError = 0,
    };

    [Fact]
    public void When_nothing_goes_wrong_the_plan_is_worth_what_it_is_worth()
    {
        StressResult result = StressTest.Run(Tiny.Season(), Tiny.Plan(), 20, 1, Calm, cancellationToken: TestContext.Current.CancellationToken);

        double worth = (double)PlanChecker.Check(Tiny.Season(), Tiny.Plan()).NetValue;
        Assert.Equal(1, result.Fill.Mean);
        Assert.Equal(worth, result.Worth.P05, 6);
        Assert.Equal(worth, result.Worth.P95, 6);
        Assert.Empty(result.Days);
        Assert.Empty(result.Standby);
    }

    [Fact]
    public void When_it_always_rains_nobody_works()
    {
        StressResult result = StressTest.Run(Tiny.Season(), Tiny.Plan(), 10, 1, Calm with { Rain = 1 }, cancellationToken: TestContext.Current.CancellationToken);

        Worth worth = PlanChecker.Check(Tiny.Season(), Tiny.Plan()).Worth;
        Assert.Equal(0, result.Fill.Mean);
        Assert.Equal((double)(worth.NetValue - worth.GrossValue), result.Worth.Mean, 6);
        Assert.Equal(3, result.Days.Length);
    }

    [Fact]
    public void Absence_is_met_on_average_and_the_seed_decides()
    {
        StressRates rates = Calm with { NoShow = 0.2, NoShowAfterRain = 0.2 };

        StressResult first = StressTest.Run(Tiny.Season(), Tiny.Plan(), 2000, 7, rates, cancellationToken: TestContext.Current.CancellationToken);
        StressResult again = StressTest.Run(Tiny.Season(), Tiny.Plan(), 2000, 7, rates, cancellationToken: TestContext.Current.CancellationToken);
        StressResult other = StressTest.Run(Tiny.Season(), Tiny.Plan(), 2000, 8, rates, cancellationToken: TestContext.Current.CancellationToken);

        Assert.InRange(first.Fill.Mean, 0.78, 0.82);
        Assert.Equal(first.Worth, again.Worth);
        Assert.NotEqual(first.Worth, other.Worth);
    }

    [Fact]
    public void A_broken_bus_leaves_its_passengers_behind_and_lodgers_do_not_care()
    {
        StressResult result = StressTest.Run(Tiny.Season(), Tiny.Plan(), 5, 1, Calm with { Breakdown = 1 }, cancellationToken: TestContext.Current.CancellationToken);

        Weakness bus = Assert.Single(result.Vehicles);
        Assert.Equal(("v1", 6, 6.0), (bus.Id, bus.Planned, bus.LostDays));
        Assert.Equal(0.4, result.Fill.Mean, 9);
    }

    [Fact]
    public void Standby_pays_where_absence_costs_more_than_waiting()
    {
        StressRates rates = Calm with { NoShow = 0.5, NoShowAfterRain = 0.5, StandbyPay = 1 };

        StressResult cheap = StressTest.Run(Tiny.Season(), Tiny.Plan(), 500, 3, rates, cancellationToken: TestContext.Current.CancellationToken);
        StressResult dear = StressTest.Run(Tiny.Season(), Tiny.Plan(), 500, 3, rates with { StandbyPay = 10_000 }, cancellationToken: TestContext.Current.CancellationToken);

        Assert.NotEmpty(cheap.Standby);
        Assert.All(cheap.Standby, s => Assert.True(s.NetValue > 0));
        Assert.Empty(dear.Standby);
    }

    [Fact]
    public void Rates_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => StressTest.Run(Tiny.Season(), Tiny.Plan(), 1, 1, new StressRates { Rain = 1.5 }, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Throws<ArgumentOutOfRangeException>(() => StressTest.Run(Tiny.Season(), Tiny.Plan(), 0, cancellationToken: TestContext.Current.CancellationToken));
    }
}
