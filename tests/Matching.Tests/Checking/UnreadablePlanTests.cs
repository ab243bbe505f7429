using Matching.Checking;
using Matching.Model;
using Matching.Plans;
using Xunit;

namespace Matching.Tests.Checking;

public class UnreadablePlanTests
{
    public static TheoryData<string, string> Cases => new()
    {
        { "crew twice", "c1" }, { "trip twice", "trip-0" }, { "broker of a crew", "nobody" }, { "order of a crew", "nothing" },
        { "crew of a worker-day", "c99" }, { "worker of a worker-day", "x1" }, { "vehicle of a trip", "v99" },
        { "place of a stop", "nowhere" }, { "crew of a group", "c98" }, { "village of a group", "noplace" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_plan_that_names_what_is_unknown_or_an_id_twice_is_unreadable_not_illegal(string what, string id)
    {
        Plan plan = Tiny.Plan();
        Plan broken = what switch
        {
            "crew twice" => plan.With(plan.Crews[0]),
            "trip twice" => plan.With(plan.Trips[0]),
            "broker of a crew" => plan.WithCrew("c1", c => c with { Broker = new(id) }),
            "order of a crew" => plan.WithCrew("c1", c => c with { Order = new(id) }),
            "crew of a worker-day" => plan with { WorkerDays = [Tiny.Works(0, id, "a1")] },
            "worker of a worker-day" => plan with { WorkerDays = [Tiny.Works(0, "c1", id)] },
            "vehicle of a trip" => plan.WithTrip("trip-0", t => t with { Vehicle = new(id) }),
            "place of a stop" => plan.WithTrip("trip-0", t => t with { Stops = [t.Stops[0].WithPlace(id)] }),
            "crew of a group" => plan.With(Tiny.TripOf("x1", 0, "v2", "05:30", Tiny.Stop(1, "va", "05:27", (id, "va", 0, 0)))),
            _ => plan.With(Tiny.TripOf("x1", 0, "v2", "05:30", Tiny.Stop(1, "va", "05:27", ("c1", id, 0, 0)))),
        };

        ArgumentException found = Assert.Throws<ArgumentException>(() => PlanChecker.Check(Tiny.Season(), broken));

        Assert.Contains(id, found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_copied_season_is_checked_by_its_own_rows()
    {
        Season season = Tiny.Season();
        _ = season.TravelTable.Minutes(new("va"), new("vb"));
        _ = season.WorkerById[new WorkerId("a1")];
        Season slower = season with
        {
            Travel = [.. season.Travel.Select(l => l with { Minutes = l.Minutes + 1 })],
            Workers = [.. season.Workers.Select(w => w with { Name = "renamed" })],
        };

        Assert.Equal("renamed", slower.WorkerById[new WorkerId("a1")].Name);
        Assert.False(PlanChecker.Check(slower, Tiny.Plan()).Legal);
        Assert.True(PlanChecker.Check(season, Tiny.Plan()).Legal);
    }
}
