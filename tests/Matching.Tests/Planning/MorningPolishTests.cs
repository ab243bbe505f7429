using System.Collections.Immutable;
using Matching.Checking;
using Matching.Model;
using Matching.Planning;
using Matching.Planning.Compiled;
using Matching.Planning.Crews;
using Matching.Planning.Improve;
using Matching.Planning.State;
using Matching.Search;
using Xunit;

namespace Matching.Tests.Planning;

public sealed class MorningPolishTests
{
    private const int Villages = 60;

    [Fact]
    public void A_day_in_which_everybody_is_wanted_ends_with_better_trips_than_without_the_polish()
    {
        Season season = DayOfManyVillages(new Random(5));
        PlanOptions options = new() { Seconds = 1, Threads = 1, Reproducible = true };

        CheckResult polished = Check(season, options);
        CheckResult left = Check(season, options with { Without = ImmutableHashSet.Create(nameof(MorningPolish)) });

        Assert.Empty(polished.Violations);
        Assert.Equal(left.Worth.RequiredValue, polished.Worth.RequiredValue);
        Assert.True(polished.Worth.Vehicles > left.Worth.Vehicles, $"{polished.Worth.Vehicles} against {left.Worth.Vehicles}");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void However_early_it_ends_the_plan_is_legal_and_no_worse(bool atOnce)
    {
        Season season = DayOfManyVillages(new Random(6));
        var tools = new SearchTools(new CompiledSeason(season), new WorkMeter());
        new Constructor(tools.C, tools.State, tools.Builder, tools.Scout).Run([0], new Random(1), () => false);
        double before = tools.State.Net;
        double told = before;

        new MorningPolish(tools.C, tools.State).Run(
            1, 1, () => 0, null, atOnce ? 0 : 300_000, net => told = Math.Max(told, net), new CancellationToken(canceled: atOnce));

        Assert.True(before > 0);
        Assert.True(tools.State.Net >= before);
        Assert.Equal(told, tools.State.Net, 0.01);
        Assert.Empty(PlanChecker.Check(season, PlanExtractor.Extract(tools.C, tools.State)).Violations);
    }

    private static CheckResult Check(Season season, PlanOptions options) =>
        PlanChecker.Check(season, new SeasonPlanner(options).Plan(season, null, TestContext.Current.CancellationToken).Plan);

    /// <summary>One day, one order that takes everybody, one broker, villages drawn around the site: nothing but trips to choose.</summary>
    private static Season DayOfManyVillages(Random random) => Tiny.Season() with
    {
        End = Tiny.Day(0),
        Transport = new TransportSettings { MaxRideMinutes = 200, MaxDriveMinutesPerDay = 1400 },
        Places =
        [
            Tiny.PlaceOf("co", PlaceKind.County, null),
            At("dp", PlaceKind.Depot, 37.5, 105.5),
            At("s1", PlaceKind.Site, 37.5, 105.5),
            .. Enumerable.Range(0, Villages).Select(i => At($"v{i}", PlaceKind.Village, 37.4 + (0.2 * random.NextDouble()), 105.4 + (0.2 * random.NextDouble()))),
        ],
        Travel = [],
        Workers =
        [
            .. Enumerable.Range(0, Villages).SelectMany(i => Enumerable.Range(0, 1 + random.Next(4)).Select(n => Tiny.WorkerOf($"w{i}-{n}", $"v{i}", "k1"))),
        ],
        Brokers = [Tiny.BrokerOf("k1", "co") with { CrewMax = 1000 }],
        Sites = [new Site(new("s1"), "Red Hill", 0, [])],
        Orders = [Tiny.OrderOf("o1", "s1", LodgingRule.No) with { CrewMax = 1000, StartTime = new(9, 0), ValueRequired = 10_000 }],
        Demand = [new DailyDemand(new("o1"), Tiny.Day(0), 1000, 1000)],
        Vehicles = [.. Enumerable.Range(0, 25).Select(k => Tiny.VehicleOf($"b{k}"))],
    };

    private static Place At(string id, PlaceKind kind, double latitude, double longitude) =>
        new(new(id), id, kind, kind == PlaceKind.Depot ? null : new PlaceId("co"), latitude, longitude);
}
