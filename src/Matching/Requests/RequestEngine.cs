using System.Collections.Concurrent;
using Matching.Requests.Building;
using Matching.Requests.State;

namespace Matching.Requests;

/// <summary>
/// Answers requests of brokers with the best legal offers on a snapshot. Thread-safe: every call works on buffers of its own,
/// which are kept for the next one.
/// </summary>
public sealed class RequestEngine
{
    /// <summary>Most offers in an answer.</summary>
    public const int MostOffers = 5;

    private readonly ConcurrentBag<OfferSearch> _idle = [];

    /// <summary>The best offers for the request, at most <paramref name="count"/>.</summary>
    /// <param name="snapshot">What is published and booked.</param>
    /// <param name="request">The request.</param>
    /// <param name="count">Most offers, 1 to 5.</param>
    /// <param name="ownPeopleOnly">Whether nobody may be a member who calls another broker their own.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArgumentException">The request has faults: see <see cref="BrokerRequest.Faults"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is not 1 to 5.</exception>
    public RequestAnswer Offers(
        DispatchSnapshot snapshot, BrokerRequest request, int count = MostOffers, bool ownPeopleOnly = false,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, MostOffers);
        if (request.Faults(snapshot.Season) is [{ } fault, ..])
        {
            throw new ArgumentException(fault.Message, nameof(request));
        }

        Ground g = snapshot.State.G;
        if (!_idle.TryTake(out OfferSearch? search) || search.Ground != g)
        {
            search = new OfferSearch(g);
        }

        RequestAnswer answer = search.Answer(snapshot, request, count, ownPeopleOnly, cancellationToken);
        _idle.Add(search);
        return answer;
    }
}
