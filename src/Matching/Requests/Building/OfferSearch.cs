using System.Collections.Immutable;
using Matching.Model;
using Matching.Requests.State;
using Matching.Rules;

namespace Matching.Requests.Building;

/// <summary>One request's way from prospects to offers. Not thread-safe.</summary>
internal sealed class OfferSearch(Ground g)
{
    /// <summary>Offers built beyond those asked for, since promises are estimates.</summary>
    private const int Spare = 2;

    /// <summary>Prospects tried when some were had, and when none was.</summary>
    private const int TriesWithOffers = 24;

    private const int TriesWithout = 40;

    /// <summary>Prospects tried when only asking whether there is an offer.</summary>
    private const int TriesToKnow = 8;

    private readonly Scout _scout = new(g);
    private readonly DraftBuilder _builder = new(g);
    private readonly List<Prospect> _prospects = [];
    private bool _ownPeopleOnly;

    public Ground Ground => g;

    public RequestAnswer Answer(DispatchSnapshot snapshot, BrokerRequest request, int count, bool ownPeopleOnly, CancellationToken cancelled)
    {
        _ownPeopleOnly = ownPeopleOnly;
        var log = new RefusalLog();
        List<Offer> offers = Find(snapshot, request, count, TriesWithout, log, cancelled);
        BrokerRequest? nearest = offers.Count > 0 ? null : new NearestSearch(g, this, snapshot, cancelled).For(request);
        return new RequestAnswer(snapshot.Version, [.. offers], log.ToArray(), nearest);
    }

    /// <summary>Whether the request gets an offer.</summary>
    public bool HasOffer(DispatchSnapshot snapshot, BrokerRequest request, CancellationToken cancelled) =>
        Find(snapshot, request, 1, TriesToKnow, new RefusalLog(silent: true), cancelled).Count > 0;

    /// <summary>The prospects of a request within a window, in no order.</summary>
    public List<Prospect> Prospects(
        DispatchSnapshot snapshot, BrokerRequest request, int from, int to, bool everyRun, RefusalLog log, out CrewWish wish)
    {
        _prospects.Clear();
        _scout.Short.Clear();
        wish = WishOf(request, log);
        if (wish.Among is { Count: 0 })
        {
            return _prospects;
        }

        (int[] brokers, int[] orders) = Pairs(request);
        everyRun |= brokers.Length == 1 && orders.Length == 1;
        foreach (int broker in brokers)
        {
            if (!IsCertified(broker, from, to, log))
            {
                continue;
            }

            foreach (int order in orders)
            {
                foreach (bool lodge in (ReadOnlySpan<bool>)[false, true])
                {
                    if (lodge ? g.C.MayLodge[order] : g.C.MayCommute[order])
                    {
                        _scout.Look(snapshot.State, snapshot.Bids, broker, order, lodge, from, to, wish, everyRun, _prospects, log);
                    }
                }
            }
        }

        return _prospects;
    }

    /// <summary>Builds a prospect and asks every rule; null when it cannot be had.</summary>
    public Offer? Build(DispatchSnapshot snapshot, Prospect prospect, CrewWish wish, RefusalLog log)
    {
        Draft? draft = _builder.Build(snapshot.State, snapshot.Bids, prospect, wish);
        if (draft is null)
        {
            if (log.WantsPeople())
            {
                _builder.Explain(log);
            }

            return null;
        }

        if (Admission.Check(snapshot.State, draft) is { } broken)
        {
            log.Close(broken.Rule, broken.Message, [.. broken.Ids]);
            return null;
        }

        return OfferWriter.Write(snapshot.State, snapshot.Bids, draft);
    }

    private List<Offer> Find(
        DispatchSnapshot snapshot, BrokerRequest request, int count, int tries, RefusalLog log, CancellationToken cancelled)
    {
        var offers = new List<Offer>();
        int from = Math.Max(0, g.Season.DayIndex(request.From));
        int to = Math.Min(g.C.Days - 1, g.Season.DayIndex(request.To));
        if (from > to)
        {
            log.Close(RuleCode.W1, $"The window lies outside the season, {g.Season.Start:yyyy-MM-dd} to {g.Season.End:yyyy-MM-dd}.");
            return offers;
        }

        List<Prospect> prospects = Prospects(snapshot, request, from, to, false, log, out CrewWish wish);
        prospects.Sort((a, b) => a.Promise != b.Promise ? b.Promise.CompareTo(a.Promise)
            : a.Broker != b.Broker ? a.Broker.CompareTo(b.Broker) : a.Order != b.Order ? a.Order.CompareTo(b.Order)
            : a.Lodge != b.Lodge ? a.Lodge.CompareTo(b.Lodge) : a.From.CompareTo(b.From));
        int enough = tries == TriesToKnow ? 1 : count + Spare;
        for (int i = 0; i < prospects.Count && offers.Count < enough && i < (offers.Count > 0 ? TriesWithOffers : tries); i++)
        {
            cancelled.ThrowIfCancellationRequested();
            if (Build(snapshot, prospects[i], wish, log) is { } offer)
            {
                offers.Add(offer);
            }
        }

        foreach (Prospect shortOne in offers.Count == 0 && tries != TriesToKnow ? _scout.Short : [])
        {
            if (_builder.Build(snapshot.State, snapshot.Bids, shortOne, wish) is null)
            {
                _builder.Explain(log);
            }
        }

        offers.Sort((a, b) => a.Score != b.Score ? b.Score.CompareTo(a.Score) : string.CompareOrdinal(a.Broker.Value, b.Broker.Value));
        if (offers.Count > count)
        {
            offers.RemoveRange(count, offers.Count - count);
        }

        return offers;
    }

    private (int[] Brokers, int[] Orders) Pairs(BrokerRequest request) => request switch
    {
        CrewRequest crew => (
            crew.Broker is { } one ? [g.BrokerIndex[one]] : [.. Enumerable.Range(0, g.C.Brokers)], [g.OrderIndex[crew.Order]]),
        WorkRequest work => ([g.BrokerIndex[work.Broker]], [.. Enumerable.Range(0, g.C.Orders)]),
        PeopleRequest people => ([g.BrokerIndex[people.Broker]], [.. Enumerable.Range(0, g.C.Orders)]),
        _ => throw new InvalidOperationException($"Unknown kind of request {request.Kind}."),
    };

    private bool IsCertified(int broker, int from, int to, RefusalLog log)
    {
        Broker of = g.Season.Brokers[broker];
        for (int d = from; d <= to; d++)
        {
            if (g.C.CanLead[(broker * g.C.Days) + d])
            {
                return true;
            }
        }

        if (!log.Wants(RuleCode.C3))
        {
            return false;
        }

        log.Close(
            RuleCode.C3, of.CertificateUntil is null
                ? $"Broker {of.Id} holds no certificate." : $"Broker {of.Id} is not certified and available on any day of the window.", of.Id.Value);
        return false;
    }

    private CrewWish WishOf(BrokerRequest request, RefusalLog log)
    {
        switch (request)
        {
            case CrewRequest crew:
                return new CrewWish(crew.Workers, crew.MinLevel ?? 0, null, _ownPeopleOnly);
            case WorkRequest work:
                return new CrewWish(work.Workers, 0, null, _ownPeopleOnly);
            case PeopleRequest people:
                var named = people.Workers.Select(w => g.WorkerIndex[w]).ToHashSet();
                var units = new List<int>();
                foreach (int unit in named.Select(w => g.C.UnitOfWorker[w]).Distinct().Order())
                {
                    // A pair works together or not at all: a part of one can never be sent.
                    if (Array.TrueForAll(g.C.Units[unit].Members, named.Contains))
                    {
                        units.Add(unit);
                    }
                    else
                    {
                        string[] pair = [.. g.C.Units[unit].Members.Select(w => g.Season.Workers[w].Id.Value)];
                        log.Close(RuleCode.H2, $"{string.Join(" and ", pair)} work together or not at all, and not all of them are named.", pair);
                    }
                }

                return new CrewWish(int.MaxValue, 0, units, _ownPeopleOnly);
            default:
                throw new InvalidOperationException($"Unknown kind of request {request.Kind}.");
        }
    }
}
