using System.Text.Json;

namespace Matching.Client;

/// <summary>A part of a list.</summary>
/// <typeparam name="T">What is listed.</typeparam>
/// <param name="Items">The items.</param>
/// <param name="Next">The cursor of the next part; null at the end.</param>
public sealed record ListPage<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>How much a season holds.</summary>
/// <param name="Days">Season days.</param>
/// <param name="Places">Places.</param>
/// <param name="Workers">Workers.</param>
/// <param name="Brokers">Brokers.</param>
/// <param name="Sites">Work sites.</param>
/// <param name="Orders">Demand orders.</param>
/// <param name="Vehicles">Vehicles.</param>
public sealed record SeasonCounts(int Days, int Places, int Workers, int Brokers, int Sites, int Orders, int Vehicles);

/// <summary>A season on the server.</summary>
/// <param name="Id">The id.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Start">First day.</param>
/// <param name="End">Last day.</param>
/// <param name="Version">The newest version, from 1.</param>
/// <param name="Counts">How much it holds.</param>
/// <param name="PublishedPlanId">The published plan, or null.</param>
/// <param name="CreatedAt">When it was uploaded.</param>
public sealed record SeasonInfo(
    string Id, string Name, DateOnly Start, DateOnly End, int Version, SeasonCounts Counts, string? PublishedPlanId, DateTimeOffset CreatedAt);

/// <summary>Something wrong in an uploaded file.</summary>
/// <param name="File">The file.</param>
/// <param name="Line">The line, the header being 1; null where there is none.</param>
/// <param name="Column">The column; null where there is none.</param>
/// <param name="Value">The offending text; null where there is none.</param>
/// <param name="Expected">What was expected.</param>
/// <param name="Code">A stable word.</param>
public sealed record UploadFault(string File, int? Line, string? Column, string? Value, string Expected, string Code);

/// <summary>What validating an upload gave.</summary>
/// <param name="Faults">All faults; empty when the upload is good.</param>
/// <param name="Notes">Harmless remarks.</param>
public sealed record ValidationResult(IReadOnlyList<UploadFault> Faults, IReadOnlyList<string> Notes);

/// <summary>Asks for a plan. What is null has the server's default.</summary>
/// <param name="Seconds">Above 0, at most 86,400; default 60.</param>
/// <param name="Seed">Seed of every random choice.</param>
/// <param name="Threads">Threads to use.</param>
/// <param name="Reproducible">Stop on work instead of the clock.</param>
/// <param name="WarmStart">The id of a plan to begin from.</param>
/// <param name="Webhook">Whom to tell at the end.</param>
public sealed record PlanOrder(
    double? Seconds = null, long? Seed = null, int? Threads = null, bool? Reproducible = null, string? WarmStart = null, WebhookOrder? Webhook = null);

/// <summary>Whom to tell when a plan ends.</summary>
/// <param name="Url">An http or https address.</param>
/// <param name="Secret">What signs the call: <c>X-Signature: sha256=</c> and the HMAC of the body.</param>
public sealed record WebhookOrder(string Url, string Secret);

/// <summary>How far a plan is.</summary>
/// <param name="Stage">What the planner is doing.</param>
/// <param name="Seconds">Seconds so far.</param>
/// <param name="NetValue">CNY of the best plan so far, or null.</param>
/// <param name="UpperBound">CNY no plan can exceed, or null.</param>
/// <param name="Gap">The gap between the two, or null.</param>
public sealed record PlanningProgress(string? Stage, double? Seconds, decimal? NetValue, decimal? UpperBound, decimal? Gap);

/// <summary>Why a plan failed.</summary>
/// <param name="Code">A stable word.</param>
/// <param name="Message">A sentence.</param>
public sealed record PlanError(string Code, string Message);

/// <summary>A plan on the server.</summary>
/// <param name="Id">The id.</param>
/// <param name="SeasonId">Its season.</param>
/// <param name="SeasonVersion">The version it was made for.</param>
/// <param name="State"><c>queued</c>, <c>running</c>, <c>done</c>, <c>failed</c> or <c>cancelled</c>.</param>
/// <param name="Attempts">How often it was begun.</param>
/// <param name="CreatedAt">When it was asked for.</param>
/// <param name="StartedAt">When it was begun.</param>
/// <param name="EndedAt">When it ended.</param>
/// <param name="Progress">How far it is, or null.</param>
/// <param name="NetValue">CNY, once done.</param>
/// <param name="UpperBound">CNY no plan can exceed, once done.</param>
/// <param name="Gap">The gap between the two, once done.</param>
/// <param name="Legal">Whether it keeps every rule, once done.</param>
/// <param name="Parts">The parts of the worth by name, once done.</param>
/// <param name="Error">Why it failed, or null.</param>
public sealed record PlanInfo(
    string Id, string SeasonId, int SeasonVersion, string State, int Attempts, DateTimeOffset CreatedAt, DateTimeOffset? StartedAt,
    DateTimeOffset? EndedAt, PlanningProgress? Progress, decimal? NetValue, decimal? UpperBound, decimal? Gap, bool? Legal,
    IReadOnlyDictionary<string, decimal>? Parts, PlanError? Error)
{
    /// <summary>Whether nothing more will happen.</summary>
    public bool IsFinal => State is "done" or "failed" or "cancelled";
}

/// <summary>Something a plan told while it was followed: its state, or its progress.</summary>
/// <param name="State">The state, or null.</param>
/// <param name="Progress">The progress, or null.</param>
public sealed record PlanEvent(string? State, PlanningProgress? Progress);

/// <summary>A crew of a plan.</summary>
/// <param name="CrewId">The id.</param>
/// <param name="BrokerId">Who leads.</param>
/// <param name="OrderId">What is worked.</param>
/// <param name="From">First day.</param>
/// <param name="To">Last day.</param>
/// <param name="Mode"><c>commute</c> or <c>lodge</c>.</param>
public sealed record CrewItem(string CrewId, string BrokerId, string OrderId, DateOnly From, DateOnly To, string Mode);

/// <summary>A worker-day of a plan.</summary>
/// <param name="Date">The day.</param>
/// <param name="CrewId">The crew.</param>
/// <param name="WorkerId">The worker.</param>
/// <param name="BrokerId">Who leads.</param>
/// <param name="OrderId">What is worked.</param>
/// <param name="VillageId">Where the worker lives.</param>
public sealed record WorkerDayItem(DateOnly Date, string CrewId, string WorkerId, string BrokerId, string OrderId, string VillageId);

/// <summary>Which worker-days; all that are given hold together.</summary>
/// <param name="Date">The day.</param>
/// <param name="CrewId">The crew.</param>
/// <param name="WorkerId">The worker.</param>
/// <param name="VillageId">The village.</param>
/// <param name="BrokerId">Who leads.</param>
/// <param name="OrderId">The order.</param>
public sealed record WorkerDayQuery(
    DateOnly? Date = null, string? CrewId = null, string? WorkerId = null, string? VillageId = null, string? BrokerId = null, string? OrderId = null);

/// <summary>A trip of a plan.</summary>
/// <param name="TripId">The id.</param>
/// <param name="Date">The day.</param>
/// <param name="VehicleId">The vehicle.</param>
/// <param name="Departs">When it leaves its first stop, <c>HH:mm</c>.</param>
/// <param name="Stops">One entry per stop and group.</param>
public sealed record TripItem(string TripId, DateOnly Date, string VehicleId, string Departs, IReadOnlyList<StopItem> Stops);

/// <summary>One group at one stop.</summary>
/// <param name="Seq">Position; rows of one stop share it.</param>
/// <param name="PlaceId">Where.</param>
/// <param name="Arrives">When, <c>HH:mm</c>.</param>
/// <param name="CrewId">The group's crew.</param>
/// <param name="VillageId">The group's village.</param>
/// <param name="Board">Who boards.</param>
/// <param name="Alight">Who alights.</param>
public sealed record StopItem(int Seq, string PlaceId, string Arrives, string CrewId, string VillageId, int Board, int Alight);

/// <summary>A day filled below target.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Date">The day.</param>
/// <param name="Required">Worker-days required.</param>
/// <param name="Target">Worker-days that could be used.</param>
/// <param name="Filled">Worker-days filled.</param>
public sealed record ShortageItem(string OrderId, DateOnly Date, int Required, int Target, int Filled);

/// <summary>One breach of one rule.</summary>
/// <param name="Rule">The rule's code.</param>
/// <param name="Ids">The ids concerned.</param>
/// <param name="Date">The day, or null.</param>
/// <param name="Message">One sentence.</param>
public sealed record ViolationItem(string Rule, IReadOnlyList<string> Ids, DateOnly? Date, string Message);

/// <summary>The verdict on a plan.</summary>
/// <param name="Legal">Whether no rule is broken.</param>
/// <param name="Violations">At most 1,000 breaches, each broken rule at least once.</param>
/// <param name="NetValue">CNY.</param>
/// <param name="Parts">The parts of the worth by name.</param>
public sealed record PlanVerdict(bool Legal, IReadOnlyList<ViolationItem> Violations, decimal NetValue, IReadOnlyDictionary<string, decimal> Parts);

/// <summary>The server refused a request (RFC 9457).</summary>
public sealed class ApiProblemException : Exception
{
    internal ApiProblemException(int status, string code, string detail, JsonElement body)
        : base(detail) => (Status, Code, Body) = (status, code, body);

    /// <summary>The HTTP status.</summary>
    public int Status { get; }

    /// <summary>The stable word, such as <c>not-done</c>.</summary>
    public string Code { get; }

    /// <summary>The whole body, with members such as <c>faults</c>.</summary>
    public JsonElement Body { get; }
}
