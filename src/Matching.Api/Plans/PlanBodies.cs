using System.Text.Json;
using Matching.Api.Http;
using Matching.Api.Storage;
using Matching.Checking;
using Matching.Plans;

namespace Matching.Api.Plans;

/// <summary>Asks for a plan.</summary>
/// <param name="Seconds">Above 0, at most 86,400; default 60.</param>
/// <param name="Seed">Default 1.</param>
/// <param name="Threads">Default: all processors.</param>
/// <param name="Reproducible">Stop on work instead of the clock.</param>
/// <param name="WarmStart">The id of a plan to begin from.</param>
/// <param name="Webhook">Whom to tell at the end.</param>
internal sealed record PlanRequest(double? Seconds, long? Seed, int? Threads, bool? Reproducible, string? WarmStart, WebhookRequest? Webhook);

/// <summary>Whom to tell when a plan ends.</summary>
internal sealed record WebhookRequest(string? Url, string? Secret);

/// <summary>How far a job is.</summary>
internal sealed record ProgressBody(string? Stage, double? Seconds, decimal? NetValue, decimal? UpperBound, decimal? Gap);

/// <summary>Why a job failed.</summary>
internal sealed record ErrorBody(string Code, string Message);

/// <summary>A plan as it is shown.</summary>
internal sealed record PlanBody(
    string Id, string SeasonId, int SeasonVersion, string State, string Kind, int Attempts, DateTimeOffset CreatedAt, DateTimeOffset? StartedAt,
    DateTimeOffset? EndedAt, ProgressBody? Progress, decimal? NetValue, decimal? UpperBound, decimal? Gap, bool? Legal,
    IReadOnlyDictionary<string, decimal>? Parts, ErrorBody? Error)
{
    /// <summary>Shows a row. The figures of a plan that is not finished stand in its progress alone.</summary>
    public static PlanBody Of(PlanRow row)
    {
        bool done = row.State == PlanState.Done;
        return new PlanBody(
            row.Id, row.SeasonId, row.SeasonVersion, row.State, row.Kind, row.Attempts, row.CreatedAt, row.StartedAt, row.EndedAt,
            ProgressOf(row),
            done ? ApiJson.Money(row.NetValue) : null, done ? ApiJson.Money(row.UpperBound) : null, done ? row.Gap : null, row.Legal,
            row.Parts is null ? null : JsonSerializer.Deserialize<Dictionary<string, decimal>>(row.Parts, ApiJson.Options),
            row.ErrorCode is null ? null : new ErrorBody(row.ErrorCode, row.ErrorMessage ?? ""));
    }

    /// <summary>How far a row is; null before anything was told.</summary>
    public static ProgressBody? ProgressOf(PlanRow row) => row.Stage is null
        ? null : new ProgressBody(row.Stage, row.Seconds, ApiJson.Money(row.NetValue), ApiJson.Money(row.UpperBound), row.Gap);

    /// <summary>The parts of a worth as they are stored and shown.</summary>
    public static Dictionary<string, decimal> PartsOf(Worth worth) => worth.Parts.ToDictionary(p => p.Key, p => ApiJson.Money(p.Value));
}

/// <summary>The state of a job, as an event.</summary>
internal sealed record StateBody(string State);

/// <summary>A crew of a plan.</summary>
internal sealed record CrewBody(string CrewId, string BrokerId, string OrderId, DateOnly From, DateOnly To, string Mode);

/// <summary>A worker-day of a plan.</summary>
internal sealed record WorkerDayBody(DateOnly Date, string CrewId, string WorkerId, string BrokerId, string OrderId, string VillageId);

/// <summary>A trip of a plan.</summary>
internal sealed record TripBody(string TripId, DateOnly Date, string VehicleId, TimeOnly Departs, IReadOnlyList<StopBody> Stops);

/// <summary>One group at one stop.</summary>
internal sealed record StopBody(int Seq, string PlaceId, TimeOnly Arrives, string CrewId, string VillageId, int Board, int Alight);

/// <summary>A day filled below target.</summary>
internal sealed record ShortageBody(string OrderId, DateOnly Date, int Required, int Target, int Filled);

/// <summary>One breach of one rule.</summary>
internal sealed record ViolationBody(string Rule, IReadOnlyList<string> Ids, DateOnly? Date, string Message)
{
    private const int Most = 1_000;

    /// <summary>At most 1,000 breaches, each broken rule at least once.</summary>
    public static IReadOnlyList<ViolationBody> Of(IReadOnlyList<Violation> violations)
    {
        HashSet<Violation> firsts = [.. violations.DistinctBy(v => v.Rule)];
        int others = Most - firsts.Count;
        return
        [
            .. violations.Where(v => firsts.Contains(v) || others-- > 0)
                .Select(v => new ViolationBody(v.Rule.ToString(), v.Ids, v.Date, v.Message)),
        ];
    }
}

/// <summary>A verdict on a plan.</summary>
internal sealed record CheckBody(
    bool Legal, IReadOnlyList<ViolationBody> Violations, decimal NetValue, IReadOnlyDictionary<string, decimal> Parts, IReadOnlyList<string> Notes)
{
    /// <summary>Shows a verdict.</summary>
    public static CheckBody Of(CheckResult check) => new(
        check.Legal, ViolationBody.Of(check.Violations), ApiJson.Money(check.NetValue), PlanBody.PartsOf(check.Worth), check.Notes);
}
