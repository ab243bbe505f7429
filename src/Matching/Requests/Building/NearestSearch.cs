using Matching.Model;
using Matching.Requests.State;

namespace Matching.Requests.Building;

/// <summary>
/// Looks for the request nearest to one without offers that gets an offer now: first the same days with other wishes (size,
/// level, broker), then the nearest other days, then both, then another order at the same site or of the same skill.
/// </summary>
internal sealed class NearestSearch(Ground g, OfferSearch search, DispatchSnapshot snapshot, CancellationToken cancelled)
{
    private const int MostBuilds = 8;
    private const int MostOrders = 4;
    private const int Weeks = 14;

    public BrokerRequest? For(BrokerRequest request)
    {
        BrokerRequest[] eased = [.. Eased(request)];
        foreach (BrokerRequest other in eased)
        {
            if (search.HasOffer(snapshot, other, cancelled))
            {
                return other;
            }
        }

        foreach (BrokerRequest other in (BrokerRequest[])[request, .. eased])
        {
            if (Moved(other, Weeks) is { } moved)
            {
                return moved;
            }
        }

        if (Moved(request, g.C.Days) is { } far)
        {
            return far;
        }

        foreach (BrokerRequest other in OtherOrders(request))
        {
            if (search.HasOffer(snapshot, other, cancelled))
            {
                return other;
            }
        }

        return null;
    }

    /// <summary>The same days with other wishes, the least change first.</summary>
    private IEnumerable<BrokerRequest> Eased(BrokerRequest request)
    {
        switch (request)
        {
            case CrewRequest crew:
                int least = LeastSize(crew);
                CrewRequest grown = crew.Workers < least ? crew with { Workers = least } : crew;
                if (grown != crew)
                {
                    yield return grown;
                }

                if (crew.MinLevel is > 1)
                {
                    yield return grown with { MinLevel = crew.MinLevel - 1 };
                    yield return grown with { MinLevel = null };
                }

                if (crew.Broker is not null)
                {
                    CrewRequest anyBroker = crew with { Broker = null };
                    yield return anyBroker;
                    yield return anyBroker with { Workers = Math.Max(crew.Workers, LeastSize(anyBroker)), MinLevel = null };
                }

                break;
            case WorkRequest work:
                int broker = g.BrokerIndex[work.Broker];
                int smallest = Enumerable.Range(0, g.C.Orders).Select(o => g.C.SizeRange(broker, o)).Where(s => s.Min <= s.Max)
                    .Select(s => s.Min).DefaultIfEmpty(0).Min();
                if (work.Workers < smallest)
                {
                    yield return work with { Workers = smallest };
                }

                int largest = Enumerable.Range(0, g.C.Orders).Select(o => g.C.SizeRange(broker, o)).Where(s => s.Min <= s.Max)
                    .Select(s => s.Min).DefaultIfEmpty(0).Max();
                if (work.Workers < largest && largest != smallest)
                {
                    yield return work with { Workers = largest };
                }

                break;
            default:
                break;
        }
    }

    /// <summary>The least number of members any broker asked may bring to the order.</summary>
    private int LeastSize(CrewRequest crew)
    {
        int order = g.OrderIndex[crew.Order];
        IEnumerable<int> brokers = crew.Broker is { } one ? [g.BrokerIndex[one]] : Enumerable.Range(0, g.C.Brokers);
        return brokers.Select(b => g.C.SizeRange(b, order)).Where(s => s.Min <= s.Max).Select(s => s.Min).DefaultIfEmpty(crew.Workers).Min();
    }

    /// <summary>The request on the nearest days that get an offer, its window as long as it was.</summary>
    /// <param name="request">The request.</param>
    /// <param name="reach">How many days before and after the window are looked at.</param>
    private BrokerRequest? Moved(BrokerRequest request, int reach)
    {
        int from = g.Season.DayIndex(request.From);
        int length = Math.Min(g.C.Days, request.To.DayNumber - request.From.DayNumber + 1);
        List<Prospect> prospects = search.Prospects(
            snapshot, request, Math.Clamp(from - reach, 0, g.C.Days - 1), Math.Clamp(from + length - 1 + reach, 0, g.C.Days - 1), true, new RefusalLog(silent: true), out CrewWish wish);
        var near = new List<(int Distance, Prospect Prospect)>(prospects.Count);
        foreach (Prospect run in prospects)
        {
            // The nearest window that still touches the run, and the nearest that it fills.
            foreach (int shortest in (ReadOnlySpan<int>)[1, length])
            {
                int start = Math.Clamp(from, run.From + Math.Min(shortest, run.To - run.From + 1) - length, Math.Max(run.From, run.To - shortest + 1));
                int first = Math.Max(run.From, start);
                int last = Math.Min(run.To, start + length - 1);
                if (first <= last)
                {
                    near.Add((Math.Abs(start - from), run with { From = first, To = last }));
                }
            }
        }

        near.Sort((a, b) => a.Distance != b.Distance ? a.Distance.CompareTo(b.Distance) : b.Prospect.Promise.CompareTo(a.Prospect.Promise));
        int builds = 0;
        foreach ((_, Prospect prospect) in near)
        {
            cancelled.ThrowIfCancellationRequested();
            if (builds++ == MostBuilds)
            {
                break;
            }

            if (search.Build(snapshot, prospect, wish, new RefusalLog(silent: true)) is { } offer)
            {
                int start = Math.Clamp(from, Math.Max(0, g.Season.DayIndex(offer.To) - length + 1), g.Season.DayIndex(offer.From));
                BrokerRequest moved = request with { From = g.Season.Day(start), To = g.Season.Day(Math.Min(g.C.Days - 1, start + length - 1)) };
                if (search.HasOffer(snapshot, moved, cancelled))
                {
                    return moved;
                }
            }
        }

        return null;
    }

    private IEnumerable<BrokerRequest> OtherOrders(BrokerRequest request)
    {
        if (request is not CrewRequest crew)
        {
            yield break;
        }

        int order = g.OrderIndex[crew.Order];
        Order wanted = g.Season.Orders[order];
        int site = g.SitePlace[g.C.OrderSite[order]];
        int taken = 0;
        foreach (int other in Enumerable.Range(0, g.C.Orders)
            .Where(o => o != order && g.Season.Orders[o].Skill == wanted.Skill)
            .OrderBy(o => g.Roads.Km(site, g.SitePlace[g.C.OrderSite[o]])).ThenBy(o => o))
        {
            if (taken++ == MostOrders)
            {
                yield break;
            }

            yield return crew with { Order = g.Season.Orders[other].Id };
        }
    }
}
