using System.Text.Json;

namespace Matching.Client;

/// <summary>
/// A broker's request. <c>crew</c> asks for a crew at an order, <c>work</c> for work for a broker's crew, <c>people</c> for work
/// for named people; make it with <see cref="Crew"/>, <see cref="Work"/> or <see cref="People"/>.
/// </summary>
public sealed record BrokerAsks
{
    private BrokerAsks(string kind, DateOnly from, DateOnly to) => (Kind, From, To) = (kind, from, to);

    /// <summary><c>crew</c>, <c>work</c> or <c>people</c>.</summary>
    public string Kind { get; }

    /// <summary>First day of the window.</summary>
    public DateOnly From { get; }

    /// <summary>Last day of the window.</summary>
    public DateOnly To { get; }

    /// <summary>The order, of a crew.</summary>
    public string? OrderId { get; private init; }

    /// <summary>The broker, or null when any will do.</summary>
    public string? BrokerId { get; private init; }

    /// <summary>Most workers a day.</summary>
    public int? Workers { get; private init; }

    /// <summary>Least level of a crew's members, or null.</summary>
    public int? MinLevel { get; private init; }

    /// <summary>Who may be a member.</summary>
    public IReadOnlyList<string>? WorkerIds { get; private init; }

    /// <summary>A crew for an order.</summary>
    public static BrokerAsks Crew(string orderId, DateOnly from, DateOnly to, int workers, int? minLevel = null, string? brokerId = null) =>
        new("crew", from, to) { OrderId = orderId, Workers = workers, MinLevel = minLevel, BrokerId = brokerId };

    /// <summary>Work for a broker's crew.</summary>
    public static BrokerAsks Work(string brokerId, DateOnly from, DateOnly to, int workers) =>
        new("work", from, to) { BrokerId = brokerId, Workers = workers };

    /// <summary>Work for named people.</summary>
    public static BrokerAsks People(string brokerId, IReadOnlyList<string> workerIds, DateOnly from, DateOnly to) =>
        new("people", from, to) { BrokerId = brokerId, WorkerIds = workerIds };
}

/// <summary>The answer to a request.</summary>
/// <param name="RequestId">Its id.</param>
/// <param name="Version">Number of the booking state it was answered on.</param>
/// <param name="Offers">Best first.</param>
/// <param name="Refused">What closed other candidates.</param>
/// <param name="Nearest">A request body that would get an offer, or null.</param>
public sealed record OfferAnswer(string RequestId, long Version, IReadOnlyList<OfferItem> Offers, IReadOnlyList<RefusedItem> Refused, JsonElement? Nearest);

/// <summary>A crew that is legal on top of all that is promised.</summary>
/// <param name="OfferId">The id to hold it by.</param>
/// <param name="Rank">1 is best.</param>
/// <param name="BrokerId">Who leads.</param>
/// <param name="OrderId">Where.</param>
/// <param name="From">First day.</param>
/// <param name="To">Last day.</param>
/// <param name="Mode"><c>commute</c> or <c>lodge</c>.</param>
/// <param name="Workers">Members.</param>
/// <param name="Members">Who, and on which days.</param>
/// <param name="NetValue">CNY: the change of the season's worth.</param>
/// <param name="Displaced">CNY that what it uses is still expected to earn otherwise.</param>
/// <param name="Reasons">Why it ranks there.</param>
public sealed record OfferItem(
    string OfferId, int Rank, string BrokerId, string OrderId, DateOnly From, DateOnly To, string Mode, int Workers,
    IReadOnlyList<OfferMember> Members, decimal NetValue, decimal Displaced, IReadOnlyList<string> Reasons);

/// <summary>A member of an offered crew.</summary>
/// <param name="WorkerId">Who.</param>
/// <param name="Dates">Every working day.</param>
public sealed record OfferMember(string WorkerId, IReadOnlyList<DateOnly> Dates);

/// <summary>A rule that closed a candidate.</summary>
/// <param name="Rule">The rule's code.</param>
/// <param name="Ids">The ids concerned.</param>
/// <param name="Message">One sentence.</param>
public sealed record RefusedItem(string Rule, IReadOnlyList<string> Ids, string Message);

/// <summary>A hold.</summary>
/// <param name="HoldId">The id.</param>
/// <param name="OfferId">What is held.</param>
/// <param name="ExpiresAt">When it ends by itself.</param>
public sealed record HoldInfo(string HoldId, string OfferId, DateTimeOffset ExpiresAt);

/// <summary>A booking.</summary>
/// <param name="BookingId">The id.</param>
/// <param name="CrewId">Its crew in the dispatch.</param>
public sealed record BookingInfo(string BookingId, string CrewId);

/// <summary>A live hold in a list.</summary>
/// <param name="HoldId">The id.</param>
/// <param name="OfferId">What is held.</param>
/// <param name="ExpiresAt">When it ends by itself.</param>
/// <param name="BrokerId">Who leads.</param>
/// <param name="OrderId">Where.</param>
/// <param name="From">First day.</param>
/// <param name="To">Last day.</param>
/// <param name="Workers">Members.</param>
public sealed record HoldListItem(
    string HoldId, string OfferId, DateTimeOffset ExpiresAt, string BrokerId, string OrderId, DateOnly From, DateOnly To, int Workers);

/// <summary>A live booking in a list.</summary>
/// <param name="BookingId">The id.</param>
/// <param name="CrewId">Its crew in the dispatch.</param>
/// <param name="HoldId">The hold it came from.</param>
/// <param name="OfferId">The offer it came from.</param>
/// <param name="BrokerId">Who leads.</param>
/// <param name="OrderId">Where.</param>
/// <param name="From">First day.</param>
/// <param name="To">Last day.</param>
/// <param name="Workers">Members.</param>
public sealed record BookingListItem(
    string BookingId, string CrewId, string HoldId, string OfferId, string BrokerId, string OrderId, DateOnly From, DateOnly To, int Workers);
