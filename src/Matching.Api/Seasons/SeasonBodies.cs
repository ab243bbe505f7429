using System.Text.Json;
using Matching.Api.Http;
using Matching.Api.Storage;
using Matching.Files;
using Matching.Model;

namespace Matching.Api.Seasons;

/// <summary>How much a season holds.</summary>
internal sealed record SeasonCounts(int Days, int Places, int Workers, int Brokers, int Sites, int Orders, int Vehicles)
{
    /// <summary>Counts a season.</summary>
    public static SeasonCounts Of(Season season) => new(
        season.DayCount, season.Places.Length, season.Workers.Length, season.Brokers.Length, season.Sites.Length,
        season.Orders.Length, season.Vehicles.Length);
}

/// <summary>A season as it is shown.</summary>
internal sealed record SeasonBody(
    string Id, string Name, DateOnly Start, DateOnly End, int Version, SeasonCounts Counts, string? PublishedPlanId, DateTimeOffset CreatedAt)
{
    /// <summary>Shows a row.</summary>
    public static SeasonBody Of(SeasonRow row) => new(
        row.Id, row.Name, row.Start, row.End, row.Version, JsonSerializer.Deserialize<SeasonCounts>(row.Counts, ApiJson.Options)!,
        row.PublishedPlanId, row.CreatedAt);
}

/// <summary>A version of a season as it is shown.</summary>
internal sealed record SeasonVersionBody(
    int Version, string Name, DateOnly Start, DateOnly End, SeasonCounts Counts, DateTimeOffset CreatedAt, string CreatedBy);

/// <summary>What reading an upload minded.</summary>
internal sealed record ValidationBody(IReadOnlyList<Fault> Faults, IReadOnlyList<string> Notes);

/// <summary>Asks for a season that comes with the program.</summary>
internal sealed record DemoRequest(string? Demo);
