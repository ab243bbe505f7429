using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Matching.Model;
using Matching.Plans;
using Matching.Requests.Building;
using Matching.Requests.State;

namespace Matching.Requests;

/// <summary>
/// A season's published plan with all live bookings (holds are bookings here), ready for requests. Immutable and safe for any
/// number of readers; adding or removing a booking gives the next snapshot and shares what did not change.
/// </summary>
public sealed class DispatchSnapshot
{
    /// <summary>Bookings after which bid prices are worked out anew.</summary>
    private const int PriceLife = 64;

    private readonly DispatchState _published;
    private readonly long _pricedAt;

    private DispatchSnapshot(
        DispatchState published, DispatchState state, ImmutableDictionary<CrewId, Booking> bookings, long version, BidPrices bids, long pricedAt)
    {
        (_published, State, Bookings, Version, Bids, _pricedAt) = (published, state, bookings, version, bids, pricedAt);
    }

    /// <summary>The season.</summary>
    public Season Season => State.G.Season;

    /// <summary>The published plan.</summary>
    public Plan Published => State.G.Published;

    /// <summary>Number of the booking state: rises with every booking added or removed.</summary>
    public long Version { get; }

    /// <summary>All live bookings by the crew they became.</summary>
    public ImmutableDictionary<CrewId, Booking> Bookings { get; }

    /// <summary>The worth of the published plan with all bookings, parts rounded to cents.</summary>
    public Worth Worth => State.Worth.Rounded();

    internal DispatchState State { get; }

    internal BidPrices Bids { get; }

    /// <summary>Opens a published plan for requests.</summary>
    /// <param name="season">The season.</param>
    /// <param name="published">A legal plan of it, of any shape.</param>
    /// <param name="version">The number of the first state.</param>
    /// <exception cref="ArgumentException">The plan names an id or a day the season does not have.</exception>
    public static DispatchSnapshot Open(Season season, Plan published, long version = 0) => Open(new RequestSeason(season), published, version);

    /// <summary>Opens a published plan of a season that is ready for requests.</summary>
    /// <param name="season">The season.</param>
    /// <param name="published">A legal plan of it, of any shape.</param>
    /// <param name="version">The number of the first state.</param>
    /// <exception cref="ArgumentException">The plan names an id or a day the season does not have.</exception>
    public static DispatchSnapshot Open(RequestSeason season, Plan published, long version = 0)
    {
        ArgumentNullException.ThrowIfNull(season);
        ArgumentNullException.ThrowIfNull(published);
        DispatchState state = PlanReader.Read(new Ground(season, published));
        return new DispatchSnapshot(state, state, ImmutableDictionary<CrewId, Booking>.Empty, version, new BidPrices(state), version);
    }

    /// <summary>Adds a booking when every rule still allows it.</summary>
    /// <param name="booking">The booking; its crew's id is new.</param>
    /// <param name="next">The next snapshot.</param>
    /// <param name="obstacle">The first rule in the way when something was taken meanwhile.</param>
    /// <exception cref="ArgumentException">The crew's id is taken, or the booking does not belong to the season.</exception>
    public bool TryAdd(Booking booking, [NotNullWhen(true)] out DispatchSnapshot? next, [NotNullWhen(false)] out RuleInTheWay? obstacle)
    {
        ArgumentNullException.ThrowIfNull(booking);
        if (Bookings.ContainsKey(booking.Crew) || State.G.PublishedCrews.Contains(booking.Crew))
        {
            throw new ArgumentException($"There is a crew {booking.Crew} already.", nameof(booking));
        }

        Draft draft = Draft.Of(State.G, booking);
        obstacle = Admission.Check(State, draft);
        if (obstacle is not null)
        {
            next = null;
            return false;
        }

        next = With(draft, 1, Bookings.Add(booking.Crew, booking));
        return true;
    }

    /// <summary>The same state under another number, for a store that keeps its own.</summary>
    public DispatchSnapshot WithVersion(long version) =>
        version == Version ? this : new DispatchSnapshot(_published, State, Bookings, version, Bids, version - Math.Max(0, Version - _pricedAt));

    /// <summary>
    /// What a booking takes of seats (by trip and leg) and beds (by site and day), beside what is published there and what there is:
    /// for a store that guards them by itself.
    /// </summary>
    public ImmutableArray<CapacityUse> CapacityOf(Booking booking)
    {
        ArgumentNullException.ThrowIfNull(booking);
        return Capacities.Of(_published, Draft.Of(State.G, booking));
    }

    /// <summary>Takes a booking back; whoever joined its trips keeps them.</summary>
    /// <exception cref="KeyNotFoundException">There is no such booking.</exception>
    public DispatchSnapshot Remove(CrewId crew) => With(Draft.Of(State.G, Bookings[crew]), -1, Bookings.Remove(crew));

    /// <summary>
    /// The published plan with bookings as one plan: published ids stay, a booking that joins a trip adds rows to it, shortages
    /// and worth are those of the whole. Any part of the live bookings makes a legal plan.
    /// </summary>
    /// <param name="include">Which bookings; all when null.</param>
    public Plan ToPlan(Func<Booking, bool>? include = null)
    {
        Booking[] bookings = [.. Bookings.Values.Where(b => include is null || include(b)).OrderBy(b => b.Crew.Value, StringComparer.Ordinal)];
        DispatchState state = State;
        if (bookings.Length != Bookings.Count)
        {
            state = _published.Fork();
            foreach (Booking booking in bookings)
            {
                state.Apply(Draft.Of(State.G, booking), 1);
            }
        }

        return DispatchWriter.Write(state, bookings);
    }

    private DispatchSnapshot With(Draft draft, int sign, ImmutableDictionary<CrewId, Booking> bookings)
    {
        DispatchState state = State.Fork();
        state.Apply(draft, sign);
        bool reprice = Version + 1 - _pricedAt >= PriceLife;
        return new DispatchSnapshot(
            _published, state, bookings, Version + 1, reprice ? new BidPrices(state) : Bids, reprice ? Version + 1 : _pricedAt);
    }
}
