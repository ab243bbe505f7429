using Matching.Model;
using Matching.Plans;
using Matching.Requests;

namespace Matching.SeasonSuite.Online;

/// <summary>Requests as brokers and farms might send them: half for a crew, a third for work, the rest for named people.</summary>
internal sealed class RequestMix
{
    private readonly Season _season;
    private readonly Random _random;
    private readonly Broker[] _leaders;
    private readonly DailyDemand[] _demand;
    private readonly Dictionary<BrokerId, Worker[]> _people;

    public RequestMix(Season season, int seed)
    {
        (_season, _random) = (season, new Random(seed));
        _leaders = [.. season.Brokers.Where(b => b.CertificateUntil >= season.Start)];
        _demand = [.. season.Demand.Where(d => d.Target > 0)];
        _people = season.Workers.Where(w => w.Broker is not null).GroupBy(w => w.Broker!.Value).ToDictionary(g => g.Key, g => g.ToArray());
    }

    public BrokerRequest Next()
    {
        Broker broker = _leaders[_random.Next(_leaders.Length)];
        DailyDemand demand = _demand[_random.Next(_demand.Length)];
        int length = _random.Next(2, 16);
        DateOnly from = demand.Date.AddDays(-_random.Next(0, length));
        from = from < _season.Start ? _season.Start : from;
        DateOnly to = from.AddDays(length - 1) > _season.End ? _season.End : from.AddDays(length - 1);
        int kind = _random.Next(6);
        if (kind < 3)
        {
            int? level = _random.Next(4) == 0 ? _random.Next(1, 4) : null;
            return new CrewRequest(demand.Order, from, to, _random.Next(8, 50), level, _random.Next(3) == 0 ? broker.Id : null);
        }

        if (kind < 5 || !_people.TryGetValue(broker.Id, out Worker[]? people))
        {
            return new WorkRequest(broker.Id, from, to, _random.Next(8, 50));
        }

        return new PeopleRequest(broker.Id, [.. people.OrderBy(_ => _random.Next()).Take(_random.Next(10, 60)).Select(w => w.Id)], from, to);
    }
}
