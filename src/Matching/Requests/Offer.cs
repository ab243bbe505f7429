using System.Collections.Immutable;
using Matching.Model;
using Matching.Plans;
using Matching.Rules;

namespace Matching.Requests;

/// <summary>A member of an offered crew with every day they work in it.</summary>
/// <param name="Worker">Who.</param>
/// <param name="Dates">The working days, ascending.</param>
public sealed record MemberDays(WorkerId Worker, ImmutableArray<DateOnly> Dates)
{
    /// <inheritdoc/>
    public bool Equals(MemberDays? other) => other is not null && Worker == other.Worker && Dates.SequenceEqual(other.Dates);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Worker, Dates.Length);
}

/// <summary>What the people of one village of the crew do at a stop; a stop they pass by has one entry of 0 and 0.</summary>
/// <param name="Seq">Position of the stop in the trip; entries of one stop share it.</param>
/// <param name="Place">Where.</param>
/// <param name="Arrives">Arrival.</param>
/// <param name="Village">The people's village.</param>
/// <param name="Board">Members who board.</param>
/// <param name="Alight">Members who alight.</param>
public sealed record RideStop(int Seq, PlaceId Place, TimeOnly Arrives, PlaceId Village, int Board, int Alight);

/// <summary>A trip that carries members of the crew: one that runs already, or a new one.</summary>
/// <param name="Date">The day.</param>
/// <param name="Vehicle">The vehicle.</param>
/// <param name="Trip">The trip joined, or null when it is new.</param>
/// <param name="Departs">When it leaves its first stop.</param>
/// <param name="Stops">Every stop of the trip in order, counting this crew's people only.</param>
public sealed record CrewRide(DateOnly Date, VehicleId Vehicle, TripId? Trip, TimeOnly Departs, ImmutableArray<RideStop> Stops)
{
    /// <inheritdoc/>
    public bool Equals(CrewRide? other) =>
        other is not null && Date == other.Date && Vehicle == other.Vehicle && Trip == other.Trip && Departs == other.Departs
        && Stops.SequenceEqual(other.Stops);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Date, Vehicle, Departs, Stops.Length);
}

/// <summary>
/// One crew that can be added: legal on top of the published plan and every live booking at the moment it was offered.
/// </summary>
public sealed record Offer
{
    /// <summary>Who leads.</summary>
    public required BrokerId Broker { get; init; }

    /// <summary>What is worked.</summary>
    public required OrderId Order { get; init; }

    /// <summary>First day; the crew works every day up to <see cref="To"/>.</summary>
    public required DateOnly From { get; init; }

    /// <summary>Last day.</summary>
    public required DateOnly To { get; init; }

    /// <summary>Commuting or lodging.</summary>
    public required CrewMode Mode { get; init; }

    /// <summary>The members.</summary>
    public required ImmutableArray<MemberDays> Members { get; init; }

    /// <summary>The rides of every day; empty for a lodging crew.</summary>
    public required ImmutableArray<CrewRide> Trips { get; init; }

    /// <summary>CNY by which the worth of the whole changes, to the cent.</summary>
    public decimal NetValue { get; init; }

    /// <summary>CNY that the people, seats, beds and broker-days used are expected to earn otherwise.</summary>
    public decimal Displaced { get; init; }

    /// <summary>Why it ranks where it does, in English.</summary>
    public ImmutableArray<string> Reasons { get; init; } = [];

    /// <summary>What offers are ranked by: <see cref="NetValue"/> − <see cref="Displaced"/>.</summary>
    public decimal Score => NetValue - Displaced;
}

/// <summary>A rule that closed a candidate, or stands in a booking's way.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Ids">The ids concerned, most telling first.</param>
/// <param name="Message">One English sentence.</param>
public sealed record RuleInTheWay(RuleCode Rule, ImmutableArray<string> Ids, string Message);

/// <summary>The answer to a request.</summary>
/// <param name="Version">The booking state it was answered on.</param>
/// <param name="Offers">The best offers, best first by <see cref="Offer.Score"/>; those that cost more than they bring come last.</param>
/// <param name="Refused">Every rule that closed a candidate.</param>
/// <param name="Nearest">When there is no offer: the nearest request that would get one now, or null when none was found.</param>
public sealed record RequestAnswer(
    long Version, ImmutableArray<Offer> Offers, ImmutableArray<RuleInTheWay> Refused, BrokerRequest? Nearest);

/// <summary>An offer that is held or confirmed: a crew of the dispatch.</summary>
/// <param name="Crew">The crew's id in the dispatch; new trips are named after it.</param>
/// <param name="Offer">What was promised.</param>
public sealed record Booking(CrewId Crew, Offer Offer)
{
    /// <summary>The id of the n-th ride of the offer (from 0) when it is a new trip.</summary>
    public TripId NewTrip(int ride) =>
        new(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Crew.Value}-{ride + 1}"));
}
