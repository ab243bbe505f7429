using Matching.Checking;
using Matching.Model;
using Matching.Plans;
using Matching.Requests;
using Xunit;

namespace Matching.Tests.Requests;

/// <summary>
/// Random requests, bookings and releases on a published plan. After every step the dispatch is read as one plan by the checker,
/// which knows nothing of requests.
/// </summary>
internal sealed class Script(Season season, Plan published, int seed)
{
    private readonly Random _random = new(seed);
    private readonly RequestEngine _engine = new();
    private DispatchSnapshot _snapshot = DispatchSnapshot.Open(season, published);

    public int Offered { get; private set; }

    public int Booked { get; private set; }

    public void Run(int steps)
    {
        MustBeLegal(_snapshot.ToPlan(), _snapshot.Worth.NetValue);
        for (int step = 0; step < steps; step++)
        {
            if (_snapshot.Bookings.Count > 0 && _random.Next(4) == 0)
            {
                CrewId gone = _snapshot.Bookings.Keys.OrderBy(k => k.Value).ElementAt(_random.Next(_snapshot.Bookings.Count));
                _snapshot = _snapshot.Remove(gone);
            }
            else
            {
                Ask(Draw(), step);
            }

            MustBeLegal(_snapshot.ToPlan(), _snapshot.Worth.NetValue);
        }

        // Any part of the bookings is a plan of its own: holds may fall away.
        Plan part = _snapshot.ToPlan(b => b.Crew.Value[^1] % 2 == 0);
        CheckResult check = PlanChecker.Check(season, part);
        Assert.Empty(check.Violations);
        Assert.Equal(part.Facts!.Worth, check.Worth);
    }

    private void Ask(BrokerRequest request, int step)
    {
        RequestAnswer answer = _engine.Offers(_snapshot, request, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(_snapshot.Version, answer.Version);
        Assert.True(answer.Offers.Length <= RequestEngine.MostOffers);
        Assert.Equal(answer.Offers.Select(o => o.Score).OrderDescending(), answer.Offers.Select(o => o.Score));
        foreach (Offer offer in answer.Offers)
        {
            Offered++;
            MustAnswer(request, offer);
            var booking = new Booking(new CrewId("R" + step), offer);
            Assert.True(_snapshot.TryAdd(booking, out DispatchSnapshot? next, out RuleInTheWay? obstacle), obstacle?.Message);
            Assert.Equal(offer.NetValue, next.Worth.NetValue - _snapshot.Worth.NetValue);
            MustBeLegal(next.ToPlan(), next.Worth.NetValue);

            // The same crew cannot be had twice.
            Assert.False(next.TryAdd(booking with { Crew = new CrewId("again") }, out _, out _));
        }

        if (answer.Offers is [{ } best, ..])
        {
            Assert.True(_snapshot.TryAdd(new Booking(new CrewId("R" + step), best), out DispatchSnapshot? booked, out _));
            _snapshot = booked;
            Booked++;
            return;
        }

        Assert.NotEmpty(answer.Refused);
        if (answer.Nearest is { } nearest)
        {
            Assert.Equal(request.Kind, nearest.Kind);
            Assert.Empty(nearest.Faults(season));
            Assert.NotEmpty(_engine.Offers(_snapshot, nearest, cancellationToken: TestContext.Current.CancellationToken).Offers);
        }
    }

    private void MustAnswer(BrokerRequest request, Offer offer)
    {
        Assert.True(offer.From >= request.From && offer.To <= request.To && offer.From <= offer.To);
        Assert.True(offer.Displaced >= 0);
        Assert.NotEmpty(offer.Reasons);
        Assert.Equal(offer.Members.Length, offer.Members.Select(m => m.Worker).Distinct().Count());
        int most = offer.Members.SelectMany(m => m.Dates).GroupBy(d => d).Max(g => g.Count());
        switch (request)
        {
            case CrewRequest crew:
                Assert.Equal(crew.Order, offer.Order);
                Assert.True(crew.Broker is not { } broker || offer.Broker == broker);
                Assert.True(most <= crew.Workers);
                Skill skill = season.OrderById[crew.Order].Skill;
                Assert.All(offer.Members, m => Assert.True(
                    season.WorkerById[m.Worker].Skills.First(s => s.Skill == skill).Level >= (crew.MinLevel ?? 0)));
                break;
            case WorkRequest work:
                Assert.Equal(work.Broker, offer.Broker);
                Assert.True(most <= work.Workers);
                break;
            case PeopleRequest people:
                Assert.Equal(people.Broker, offer.Broker);
                Assert.All(offer.Members, m => Assert.Contains(m.Worker, people.Workers));
                break;
            default:
                Assert.Fail("an unknown kind");
                break;
        }
    }

    private void MustBeLegal(Plan plan, decimal worth)
    {
        CheckResult check = PlanChecker.Check(season, plan);
        Assert.Empty(check.Violations.Select(v => $"{v}"));
        Assert.Equal(worth, check.NetValue);
        Assert.Equal(check.Shortages, plan.Shortages);
    }

    private BrokerRequest Draw()
    {
        Broker broker = season.Brokers[_random.Next(season.Brokers.Length)];
        DateOnly from = season.Start.AddDays(_random.Next(-2, season.DayCount));
        DateOnly to = from.AddDays(_random.Next(0, 8));
        return _random.Next(3) switch
        {
            0 => new CrewRequest(
                season.Orders[_random.Next(season.Orders.Length)].Id, from, to, _random.Next(1, 20),
                _random.Next(3) == 0 ? _random.Next(1, 6) : null, _random.Next(3) == 0 ? broker.Id : null),
            1 => new WorkRequest(broker.Id, from, to, _random.Next(1, 20)),
            _ => new PeopleRequest(
                broker.Id, [.. season.Workers.OrderBy(_ => _random.Next()).Take(_random.Next(1, season.Workers.Length)).Select(w => w.Id)], from, to),
        };
    }
}
