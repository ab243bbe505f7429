using Matching.Checking;
using Matching.Files;
using Matching.Model;
using Matching.Planning.Transport;
using Matching.Plans;
using Matching.SeasonSuite.Published;
using Xunit;

namespace Matching.Tests.Transport;

/// <summary>The four public sets' formats on hand-made text, and what becomes of them as seasons.</summary>
public class PublishedTextTests
{
    private const string Split = "3 10\r\n6 8 6\r\n0 0\r\n 3 4\r\n 6 8\r\n0 -5\r\n";

    private const string Cvrplib = """
        NAME : X
        COMMENT : 31.5
        TYPE : CVRP
        DIMENSION : 3
        EDGE_WEIGHT_TYPE : EUC_2D
        CAPACITY : 10
        NODE_COORD_SECTION
        1 0.0 0.0
        2 3.0 4.0
        3 1.0 1.0
        DEMAND_SECTION
        1 0
        2 6
        3 4
        DEPOT_SECTION
        1
        -1
        EOF
        """;

    private const string Schools = "ID\tX\tY\tAMEARLY\tAMLATE\r\n7\t105600\t105600\t830\t850\r\n8\t0\t0\t915\t930\r\n";
    private const string Stops = "ID\tX_COORD\tY_COORD\tEP_ID\tSTUDENT_COUNT\r\n1\t105600\t111466.66666\t7\t10\r\n2\t0\t2933.33333\t8\t70\r\n";
    private const string CrewForming = "2 3\n8 100\n9 50\n2 4 3\n 10 20 30\n 5 40 60\n";

    [Fact]
    public void Split_delivery_text_becomes_a_season_worth_its_tours()
    {
        PublishedInstance instance = RoutingSeason.Of("x", "sdvrp", RoutingText.ReadSplitDelivery(Split), 40, rounded: true);
        Season season = instance.ToSeason();

        // Divided by two: 3 + 4 + 3 people, 5 seats.
        Assert.Equal(10, season.Workers.Length);
        Assert.All(season.Vehicles, v => Assert.Equal(5, v.Seats));
        Assert.Equal(10m, season.TravelTable.Km(new("depot"), new("v2")));
        TransportResult result = new TransportStage(new TransportOptions { Iterations = 500, Threads = 1 }).Solve(instance.ToTask(), cancellationToken: TestContext.Current.CancellationToken);
        CheckResult check = PlanChecker.Check(season, StagePlan.Of(instance, season, result));
        Assert.Empty(check.Violations);

        // v2 with one of v1: 5 + 5 + 10; v3 with two of v1: 5 + 9 + 5.
        Assert.Equal(39m, instance.FullValue - check.NetValue);
        Assert.InRange(result.LowerBound!.Value, 35, 39);
    }

    [Fact]
    public void Cvrplib_text_keeps_unrounded_lengths_and_its_published_value()
    {
        PublishedInstance instance = RoutingSeason.Of("x", "cvrp", RoutingText.ReadCvrplib(Cvrplib), null, rounded: false);

        Assert.Equal(31.5m, instance.BestKnown);
        Assert.Equal(5, instance.ToSeason().Workers.Length);
        Assert.Equal(1.414213562373m, instance.ToSeason().TravelTable.Km(new("v2"), new("depot")));
        Assert.True(instance.Orders[0].ValueRequired > 10);
    }

    [Fact]
    public void School_texts_become_minutes_of_twenty_seconds_with_boarding_and_unloading_on_the_way()
    {
        PublishedInstance instance = SchoolBusSeason.Of("x", SchoolBusText.Read(Schools, Stops), 2700, 3);
        Season season = instance.ToSeason();

        // 5,866.67 feet are 200 s; boarding 19 + 26 s; unloading 154.4 s.
        Assert.Equal(10, season.TravelTable.Minutes(new("stop1"), new("school7")));
        Assert.Equal(12, season.TravelTable.Minutes(new("depot"), new("stop1")));
        Assert.Equal(19, season.TravelTable.Minutes(new("school7"), new("stop1")));
        Assert.Equal(new TimeOnly(23, 59), season.OrderById[new("order8")].StartTime);
        Assert.Equal(new TimeOnly(23, 59).AddMinutes(-135), season.OrderById[new("order7")].StartTime);
        Assert.Equal(135, season.Transport.MaxRideMinutes);
        Assert.Equal(80, season.Workers.Length);

        // 70 children of 66 seats take two trips, which one bus can run before the last school starts.
        TransportResult result = new TransportStage(new TransportOptions { Iterations = 300, Threads = 1 }).Solve(instance.ToTask(), cancellationToken: TestContext.Current.CancellationToken);
        CheckResult check = PlanChecker.Check(season, StagePlan.Of(instance, season, result));
        Assert.Empty(check.Violations);
        Assert.Equal(1m, instance.FullValue - check.NetValue);
        Assert.Equal(3, result.Trips.Length);
    }

    [Fact]
    public void Crew_forming_text_becomes_a_lodging_season_worth_opening_and_assignment()
    {
        PublishedInstance instance = CrewFormingSeason.Of("x", CrewFormingText.Read(CrewForming), null);
        Season season = instance.ToSeason();
        WorkerId[] villagers = [.. season.Workers.Where(w => w.Village.Value != "foremen").Select(w => w.Id)];

        // Everybody at the second facility: opening 50 and costs 5 + 40 + 60.
        Plan plan = new()
        {
            Crews = [new Crew(new("c"), season.Brokers[0].Id, new("order2"), PublishedInstance.Day, PublishedInstance.Day, CrewMode.Lodge)],
            WorkerDays = [.. villagers.Append(new("foreman1")).Select(w => new WorkerDay(PublishedInstance.Day, new("c"), w))],
        };
        CheckResult check = PlanChecker.Check(season, plan);

        Assert.Empty(check.Violations);
        Assert.Equal(155m, instance.FullValue - check.NetValue);
        Assert.Equal(9, villagers.Length);
        Assert.Equal(6, season.Pairs.Length);
        Assert.Equal(10, season.SiteById[new("site2")].Beds);
    }

    [Fact]
    public void A_text_cut_short_is_refused()
    {
        Assert.Throws<FormatException>(() => RoutingText.ReadSplitDelivery("3 10\n6 8"));
        Assert.Throws<FormatException>(() => RoutingText.ReadCvrplib("CAPACITY : 10\n"));
        Assert.Throws<FormatException>(() => SchoolBusText.Read("ID\tX\n1\t2\n", Stops));
        Assert.Throws<FormatException>(() => CrewFormingText.Read("2 3\n8 100\n9 50\n2 4 3\n"));
    }

    [Fact]
    public void A_published_season_survives_its_files()
    {
        Season season = RoutingSeason.Of("x", "sdvrp", RoutingText.ReadSplitDelivery(Split), 40, rounded: true).ToSeason();
        using var stream = new MemoryStream();
        SeasonFiles.WriteZip(season, stream);
        stream.Position = 0;

        Season read = SeasonFiles.Read(stream, "x.zip").OrThrow();

        Assert.Equal(season.Workers.Length, read.Workers.Length);
        Assert.Equal(season.Travel, read.Travel);
    }
}
