using Matching.Checking;
using Matching.Model;
using Matching.Plans;
using Matching.Requests;
using Matching.Rules;
using Xunit;

namespace Matching.Tests.Requests;

/// <summary>Every kind of request and refusal in the tiny valley, where each answer can be worked out by hand.</summary>
public class OfferTests
{
    private readonly RequestEngine _engine = new();

    [Fact]
    public void A_crew_is_offered_with_members_trips_and_worth()
    {
        DispatchSnapshot snapshot = DispatchSnapshot.Open(Tiny.Season(), Plan.Empty);

        RequestAnswer answer = Ask(snapshot, new CrewRequest(new("o1"), Tiny.Day(0), Tiny.Day(1), 4, null, new("k1")));

        Offer offer = Assert.Single(answer.Offers);
        Assert.Equal((new BrokerId("k1"), new OrderId("o1"), CrewMode.Commute), (offer.Broker, offer.Order, offer.Mode));
        Assert.Equal((Tiny.Day(0), Tiny.Day(1)), (offer.From, offer.To));
        Assert.Equal(4, offer.Members.Length);
        Assert.All(offer.Members, m => Assert.Equal(2, m.Dates.Length));
        Assert.All(offer.Trips, t => Assert.Null(t.Trip));
        Assert.Equal(2, offer.Trips.Length);
        Assert.Null(answer.Nearest);
        Assert.Equal(Recounted(snapshot, offer), offer.NetValue);
    }

    [Fact]
    public void A_broker_asking_for_work_is_sent_where_the_season_gains_most()
    {
        Season season = Tiny.Season().WithOrder("o1", o => o with { ValueRequired = 500m, ValueTarget = 400m });

        RequestAnswer answer = Ask(DispatchSnapshot.Open(season, Plan.Empty), new WorkRequest(new("k2"), Tiny.Day(0), Tiny.Day(4), 4));

        Assert.Equal(2, answer.Offers.Length);
        Assert.Equal(new OrderId("o1"), answer.Offers[0].Order);
        Assert.Equal(new OrderId("o2"), answer.Offers[1].Order);
        Assert.Equal(CrewMode.Lodge, answer.Offers[1].Mode);
        Assert.Empty(answer.Offers[1].Trips);
    }

    [Fact]
    public void Only_named_people_are_sent()
    {
        RequestAnswer answer = Ask(
            DispatchSnapshot.Open(Tiny.Season(), Plan.Empty), new PeopleRequest(new("k2"), [new("a2"), new("b1")], Tiny.Day(0), Tiny.Day(4)));

        Assert.NotEmpty(answer.Offers);
        Assert.All(answer.Offers, o => Assert.Subset(new HashSet<string> { "a2", "b1" }, o.Members.Select(m => m.Worker.Value).ToHashSet()));
    }

    [Fact]
    public void A_half_of_a_pair_is_not_sent_alone()
    {
        Season season = Tiny.Season().WithPair("a1", "a2", PairKind.Together);

        RequestAnswer answer = Ask(
            DispatchSnapshot.Open(season, Plan.Empty), new PeopleRequest(new("k2"), [new("a2")], Tiny.Day(0), Tiny.Day(4)));

        Assert.Empty(answer.Offers);
        Assert.Contains(answer.Refused, r => r.Rule == RuleCode.H2 && r.Ids.Contains("a2"));
    }

    [Fact]
    public void Free_seats_of_a_published_trip_are_used_and_keep_its_times()
    {
        Season season = Tiny.Season().WithOrder("o1", o => o with { CrewMin = 1 });
        DispatchSnapshot snapshot = DispatchSnapshot.Open(season, Tiny.Plan());

        RequestAnswer answer = Ask(snapshot, new CrewRequest(new("o1"), Tiny.Day(0), Tiny.Day(1), 1, null, new("k3")));

        Offer offer = answer.Offers[0];
        Assert.Equal(["trip-0", "trip-1"], offer.Trips.Select(t => t.Trip!.Value.Value));
        Assert.All(offer.Trips, t => Assert.Equal((Tiny.At("05:30"), 3), (t.Departs, t.Stops.Length)));
        Assert.True(snapshot.TryAdd(new Booking(new("n1"), offer), out DispatchSnapshot? next, out _));
        Plan dispatch = next.ToPlan();
        Assert.True(PlanChecker.Check(season, dispatch).Legal);
        Assert.Equal(Tiny.Plan().Trips.Length, dispatch.Trips.Length);
        Assert.Contains(dispatch.Trips[0].Stops[^1].Groups, g => g.Crew.Value == "n1" && g.Alight == 1);
    }

    [Fact]
    public void A_trip_two_bookings_share_runs_on_when_the_first_is_released()
    {
        Season season = Tiny.Season() with { Workers = [.. Tiny.Season().Workers.Where(w => w.Id.Value[0] == 'a')] };
        DispatchSnapshot snapshot = DispatchSnapshot.Open(season, Plan.Empty);
        Offer first = Ask(snapshot, new CrewRequest(new("o1"), Tiny.Day(0), Tiny.Day(0), 2, null, new("k1"))).Offers[0];
        Assert.True(snapshot.TryAdd(new Booking(new("n1"), first), out DispatchSnapshot? one, out _));
        Offer second = Ask(one, new CrewRequest(new("o1"), Tiny.Day(0), Tiny.Day(0), 2, null, new("k2"))).Offers[0];
        Assert.Equal(new TripId("n1-1"), second.Trips[0].Trip);
        Assert.True(one.TryAdd(new Booking(new("n2"), second), out DispatchSnapshot? both, out _));

        DispatchSnapshot left = both.Remove(new("n1"));

        Trip trip = Assert.Single(left.ToPlan().Trips);
        Assert.Equal(new TripId("n1-1"), trip.Id);
        CheckResult check = PlanChecker.Check(season, left.ToPlan());
        Assert.True(check.Legal);
        Assert.Equal(left.Worth, check.Worth);
        Assert.Empty(left.Remove(new("n2")).ToPlan().Trips);
    }

    [Fact]
    public void What_was_taken_meanwhile_is_refused_with_the_rule()
    {
        DispatchSnapshot snapshot = DispatchSnapshot.Open(Tiny.Season(), Plan.Empty);
        Offer offer = Ask(snapshot, new CrewRequest(new("o1"), Tiny.Day(0), Tiny.Day(1), 4, null, new("k1"))).Offers[0];
        Assert.True(snapshot.TryAdd(new Booking(new("n1"), offer), out DispatchSnapshot? taken, out _));

        Assert.False(taken.TryAdd(new Booking(new("n2"), offer), out _, out RuleInTheWay? obstacle));

        Assert.Equal(RuleCode.C3, obstacle.Rule);
        Assert.Equal(1, taken.Version);
        Assert.True(taken.Remove(new("n1")).TryAdd(new Booking(new("n2"), offer), out _, out _));
    }

    [Fact]
    public void A_costly_offer_is_given_too()
    {
        Season season = Tiny.Season().WithOrder("o1", o => o with { ValueRequired = 1m, ValueTarget = 0m });

        RequestAnswer answer = Ask(DispatchSnapshot.Open(season, Plan.Empty), new CrewRequest(new("o1"), Tiny.Day(0), Tiny.Day(0), 2));

        Assert.NotEmpty(answer.Offers);
        Assert.All(answer.Offers, o => Assert.True(o.NetValue < 0));
    }

    [Fact]
    public void What_a_round_still_takes_is_shared_out_to_every_day_of_the_crew()
    {
        Offer offer = OfRound(10, 1, 4);

        Assert.Equal((Tiny.Day(0), Tiny.Day(4)), (offer.From, offer.To));
        Assert.All(Enumerable.Range(0, 5), d => Assert.Equal(2, offer.Members.Count(m => m.Dates.Contains(Tiny.Day(d)))));
    }

    [Fact]
    public void What_other_days_of_a_round_require_is_left_to_them()
    {
        Offer offer = OfRound(10, 1, 1);

        // Days 2 to 4 require six of the ten.
        Assert.Equal(4, offer.Members.Sum(m => m.Dates.Length));
    }

    [Fact]
    public void A_round_too_small_for_a_crew_on_every_day_has_one_on_some()
    {
        Offer offer = OfRound(7, 3, 4);

        Assert.Equal((Tiny.Day(0), Tiny.Day(1)), (offer.From, offer.To));
        Assert.Equal(6, offer.Members.Sum(m => m.Dates.Length));
    }

    [Fact]
    public void Members_ride_over_a_stop_where_nobody_boards_when_the_straight_way_is_too_long()
    {
        Season season = Tiny.Season();
        season = season with
        {
            Travel = [.. season.Travel.Select(l => (l.From.Value, l.To.Value) == ("vb", "s1") ? l with { Minutes = 120 } : l)],
        };
        DispatchSnapshot snapshot = DispatchSnapshot.Open(season, Plan.Empty);

        Offer offer = Ask(snapshot, new PeopleRequest(new("k2"), [new("b1"), new("b2")], Tiny.Day(0), Tiny.Day(0))).Offers
            .First(o => o.Mode == CrewMode.Commute);

        CrewRide ride = Assert.Single(offer.Trips);
        Assert.Equal([("vb", 2, 0), ("va", 0, 0), ("s1", 0, 2)], ride.Stops.Select(s => (s.Place.Value, s.Board, s.Alight)));
        Assert.Equal(Recounted(snapshot, offer), offer.NetValue);
    }

    [Theory]
    [InlineData("certificate", RuleCode.C3)]
    [InlineData("size", RuleCode.C1)]
    [InlineData("demand", RuleCode.D1)]
    [InlineData("round", RuleCode.D2)]
    [InlineData("skill", RuleCode.W3)]
    [InlineData("age", RuleCode.W2)]
    [InlineData("away", RuleCode.W1)]
    [InlineData("home", RuleCode.H1)]
    [InlineData("experience", RuleCode.C2)]
    [InlineData("beds", RuleCode.C4)]
    [InlineData("vehicles", RuleCode.T1)]
    public void A_refusal_names_the_rule_in_the_way(string closed, RuleCode rule)
    {
        Season season = Closed(Tiny.Season(), closed);
        string order = closed == "beds" ? "o2" : "o1";

        RequestAnswer answer = Ask(
            DispatchSnapshot.Open(season, Plan.Empty), new CrewRequest(new(order), Tiny.Day(0), Tiny.Day(1), 3, null, new("k1")));

        Assert.Empty(answer.Offers);
        RuleInTheWay inTheWay = Assert.Single(answer.Refused, r => r.Rule == rule);
        Assert.NotEmpty(inTheWay.Ids);
        Assert.NotEmpty(inTheWay.Message);
    }

    [Fact]
    public void The_nearest_request_moves_to_days_with_demand()
    {
        DispatchSnapshot snapshot = DispatchSnapshot.Open(Tiny.Season(), Plan.Empty);
        var request = new CrewRequest(new("o1"), Tiny.Day(8), Tiny.Day(9), 3, null, new("k1"));

        RequestAnswer answer = Ask(snapshot, request);

        Assert.Empty(answer.Offers);
        var nearest = Assert.IsType<CrewRequest>(answer.Nearest);
        Assert.Equal((new BrokerId("k1"), Tiny.Day(4), Tiny.Day(5)), (nearest.Broker!.Value, nearest.From, nearest.To));
        Assert.NotEmpty(Ask(snapshot, nearest).Offers);
    }

    [Fact]
    public void The_nearest_request_asks_for_as_many_as_a_crew_needs()
    {
        Season season = Tiny.Season().WithOrder("o1", o => o with { CrewMin = 3 });
        DispatchSnapshot snapshot = DispatchSnapshot.Open(season, Plan.Empty);

        RequestAnswer answer = Ask(snapshot, new CrewRequest(new("o1"), Tiny.Day(0), Tiny.Day(1), 2));

        Assert.Contains(answer.Refused, r => r.Rule == RuleCode.C1);
        Assert.Equal(3, Assert.IsType<CrewRequest>(answer.Nearest).Workers);
    }

    [Fact]
    public void A_season_without_people_has_no_nearest_request()
    {
        Season season = Tiny.Season() with { Workers = [] };

        RequestAnswer answer = Ask(DispatchSnapshot.Open(season, Plan.Empty), new WorkRequest(new("k1"), Tiny.Day(0), Tiny.Day(1), 2));

        Assert.Empty(answer.Offers);
        Assert.Null(answer.Nearest);
    }

    [Fact]
    public void Faults_tell_unknown_ids_from_bad_values()
    {
        Season season = Tiny.Season();

        Assert.Empty(new WorkRequest(new("k1"), Tiny.Day(0), Tiny.Day(1), 2).Faults(season));
        Assert.Equal(["from", "workers"], new WorkRequest(new("k1"), Tiny.Day(1), Tiny.Day(0), 0).Faults(season).Select(f => f.Field));
        Assert.All(
            new CrewRequest(new("oX"), Tiny.Day(0), Tiny.Day(1), 1, null, new("kX")).Faults(season), f => Assert.True(f.IsUnknownId));
        Assert.Contains(new CrewRequest(new("o1"), Tiny.Day(0), Tiny.Day(1), 1, 6).Faults(season), f => f.Field == "minLevel" && !f.IsUnknownId);
        Assert.Contains(new PeopleRequest(new("k1"), [], Tiny.Day(0), Tiny.Day(1)).Faults(season), f => f.Field == "workerIds" && !f.IsUnknownId);
        Assert.Throws<ArgumentException>(() => Ask(
            DispatchSnapshot.Open(season, Plan.Empty), new WorkRequest(new("kX"), Tiny.Day(0), Tiny.Day(1), 2)));
    }

    private RequestAnswer Ask(DispatchSnapshot snapshot, BrokerRequest request) =>
        _engine.Offers(snapshot, request, RequestEngine.MostOffers, cancellationToken: TestContext.Current.CancellationToken);

    /// <summary>The best offer for four people from the first day on, where the five days of o1 are one round.</summary>
    private Offer OfRound(int workerDays, int crewMin, int lastDay)
    {
        Season season = Tiny.Season().WithOrder("o1", o => o with { CrewMin = crewMin }) with
        {
            Rounds = [new PickingRound(new("o1"), Tiny.Day(0), Tiny.Day(4), workerDays, 0m)],
        };
        DispatchSnapshot snapshot = DispatchSnapshot.Open(season, Plan.Empty);
        Offer offer = Ask(snapshot, new CrewRequest(new("o1"), Tiny.Day(0), Tiny.Day(lastDay), 4, null, new("k1"))).Offers[0];
        Assert.Equal(Recounted(snapshot, offer), offer.NetValue);
        return offer;
    }

    private static Season Closed(Season season, string what) => what switch
    {
        "certificate" => season.WithBroker("k1", b => b with { CertificateUntil = null }),
        "size" => season.WithBroker("k1", b => b with { CrewMin = 7 }),
        "demand" => season with { Demand = [] },
        "round" => season with { Rounds = [new PickingRound(new("o1"), Tiny.Day(0), Tiny.Day(4), 0, 0m)] },
        "skill" => season.WithOrder("o1", o => o with { Skill = new("pruning") }),
        "age" => season.WithOrder("o1", o => o with { AdultOnly = true }) with
        {
            Workers = [.. season.Workers.Select(w => w with { BirthDate = Tiny.Day(0).AddYears(-17) })],
        },
        "away" => season with { Workers = [.. season.Workers.Select(w => w with { Availability = [new(Tiny.Day(5), null)] })] },
        "home" => season.WithHousehold("h", "a1", "a2", "a3", "a4", "b1", "b2").WithDuty("h", 6, 0, 5),
        "experience" => season.WithOrder("o1", o => o with { ExperiencedLevel = 5, ExperiencedShare = 0.5m }),
        "beds" => season.WithSite("s2", s => s with { Beds = 0 }),
        "vehicles" => season with { Vehicles = [] },
        _ => throw new ArgumentException(what),
    };

    private static decimal Recounted(DispatchSnapshot snapshot, Offer offer)
    {
        Assert.True(snapshot.TryAdd(new Booking(new("n1"), offer), out DispatchSnapshot? next, out _));
        CheckResult check = PlanChecker.Check(snapshot.Season, next.ToPlan());
        Assert.True(check.Legal);
        return check.NetValue - PlanChecker.Check(snapshot.Season, snapshot.ToPlan()).NetValue;
    }
}
