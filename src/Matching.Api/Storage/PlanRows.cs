namespace Matching.Api.Storage;

/// <summary>The states of a planning job, as they are stored and shown.</summary>
internal static class PlanState
{
    public const string Queued = "queued";
    public const string Running = "running";
    public const string Done = "done";
    public const string Failed = "failed";
    public const string Cancelled = "cancelled";

    /// <summary>Whether nothing more will happen.</summary>
    public static bool IsFinal(string state) => state is Done or Failed or Cancelled;
}

/// <summary>A plan, from the moment it is asked for.</summary>
internal sealed class PlanRow
{
    /// <summary>The inner number; lists follow it.</summary>
    public long No { get; set; }

    /// <summary>The id outside.</summary>
    public required string Id { get; set; }

    /// <summary>The county it belongs to.</summary>
    public required string Tenant { get; set; }

    /// <summary>The season's inner number.</summary>
    public long SeasonNo { get; set; }

    /// <summary>The season's id.</summary>
    public required string SeasonId { get; set; }

    /// <summary>The version it was made for.</summary>
    public int SeasonVersion { get; set; }

    /// <summary>One of <see cref="PlanState"/>.</summary>
    public required string State { get; set; }

    /// <summary>What makes it: <c>plan</c>, or another word a job runner knows; <c>import</c> for one that came finished.</summary>
    public required string Kind { get; set; }

    /// <summary>What the job was asked, as JSON.</summary>
    public required string Options { get; set; }

    /// <summary>How often it was begun.</summary>
    public int Attempts { get; set; }

    /// <summary>When it was asked for.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>When it was first begun.</summary>
    public DateTimeOffset? StartedAt { get; set; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>What the planner is doing.</summary>
    public string? Stage { get; set; }

    /// <summary>Seconds of this attempt so far.</summary>
    public double? Seconds { get; set; }

    /// <summary>Net value of the best plan so far, or of the plan.</summary>
    public decimal? NetValue { get; set; }

    /// <summary>The upper bound so far, or of the plan.</summary>
    public decimal? UpperBound { get; set; }

    /// <summary>The gap so far, or of the plan.</summary>
    public decimal? Gap { get; set; }

    /// <summary>The parts of the worth as JSON, once done.</summary>
    public string? Parts { get; set; }

    /// <summary>Whether it keeps every rule, once done.</summary>
    public bool? Legal { get; set; }

    /// <summary>Why it failed: a stable word.</summary>
    public string? ErrorCode { get; set; }

    /// <summary>Why it failed: a sentence.</summary>
    public string? ErrorMessage { get; set; }

    /// <summary>Whether somebody asked to end early with the best plan so far.</summary>
    public bool StopAsked { get; set; }

    /// <summary>The process that works on it.</summary>
    public string? LeaseOwner { get; set; }

    /// <summary>Until when the process is believed to live.</summary>
    public DateTimeOffset? LeaseUntil { get; set; }

    /// <summary>Rises with every change of state; the ETag.</summary>
    public int Revision { get; set; }

    /// <summary>The idempotent request that made it, or null; unique.</summary>
    public string? Origin { get; set; }

    /// <summary>Whom to tell at the end, or null.</summary>
    public string? WebhookUrl { get; set; }

    /// <summary>What signs the telling.</summary>
    public string? WebhookSecret { get; set; }

    /// <summary>How often telling was tried; null once nothing is left to do.</summary>
    public int? WebhookTries { get; set; }

    /// <summary>When telling is due; moved on by whoever tries.</summary>
    public DateTimeOffset? WebhookDue { get; set; }
}

/// <summary>A file of a plan.</summary>
internal sealed class PlanFileRow
{
    public const string Folder = "plan.zip";
    public const string Workbook = "plan.xlsx";
    public const string Report = "report.html";

    /// <summary>The plan.</summary>
    public long PlanNo { get; set; }

    /// <summary>Which file.</summary>
    public required string Name { get; set; }

    /// <summary>Its bytes.</summary>
    public required byte[] Content { get; set; }
}

/// <summary>A crew of a plan.</summary>
internal sealed class PlanCrewRow
{
    public long PlanNo { get; set; }

    /// <summary>Its number in the plan, from 1; worker-days name it.</summary>
    public int Idx { get; set; }

    public required string CrewId { get; set; }

    public required string BrokerId { get; set; }

    public required string OrderId { get; set; }

    public DateOnly From { get; set; }

    public DateOnly To { get; set; }

    public required string Mode { get; set; }
}

/// <summary>A worker who works in a plan.</summary>
internal sealed class PlanWorkerRow
{
    public long PlanNo { get; set; }

    /// <summary>The number in the plan, from 1; worker-days name it.</summary>
    public int Idx { get; set; }

    public required string WorkerId { get; set; }

    public required string VillageId { get; set; }

    /// <summary>The village's number in the plan.</summary>
    public int Village { get; set; }
}

/// <summary>A worker-day. Numbers instead of ids: a season has a million rows.</summary>
internal sealed class WorkerDayRow
{
    public long PlanNo { get; set; }

    /// <summary>Its place in the plan's order, from 1.</summary>
    public int Seq { get; set; }

    /// <summary>The day's number.</summary>
    public int Day { get; set; }

    public int Crew { get; set; }

    public int Worker { get; set; }

    public int Village { get; set; }
}

/// <summary>A trip of a plan with its stops.</summary>
internal sealed class PlanTripRow
{
    public long PlanNo { get; set; }

    public int Idx { get; set; }

    public required string TripId { get; set; }

    public DateOnly Date { get; set; }

    public required string VehicleId { get; set; }

    public TimeOnly Departs { get; set; }

    /// <summary>The stops as JSON, as they are shown.</summary>
    public required string Stops { get; set; }
}

/// <summary>A day filled below target.</summary>
internal sealed class PlanShortageRow
{
    public long PlanNo { get; set; }

    public int Idx { get; set; }

    public required string OrderId { get; set; }

    public DateOnly Date { get; set; }

    public int Required { get; set; }

    public int Target { get; set; }

    public int Filled { get; set; }
}
