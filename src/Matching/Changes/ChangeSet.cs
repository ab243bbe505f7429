using System.Text.Json;
using Matching.Changes.Tables;
using Matching.Model;

namespace Matching.Changes;

/// <summary>
/// Changes a season by a change set: a JSON array of changes, applied in order. One language for events, scenarios, remedies and
/// edits. A change names a file and either sets columns of rows (<c>row</c> and <c>to</c>), appends a row (<c>add</c>), takes rows
/// away (<c>remove</c>), or merges settings (<c>to</c>, for <c>season.json</c>). All of it is done, or nothing. Thread-safe.
/// </summary>
public static class ChangeSet
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>Applies a change set.</summary>
    /// <param name="season">The season; it stays as it is.</param>
    /// <param name="json">The change set as JSON.</param>
    /// <returns>The changed season, or the first change that stands in the way.</returns>
    public static ChangeResult Apply(Season season, string json)
    {
        ArgumentNullException.ThrowIfNull(season);
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, Strict);
            return Apply(season, document.RootElement);
        }
        catch (JsonException malformed)
        {
            return ChangeResult.Refused(null, "a JSON array of changes: " + malformed.Message);
        }
    }

    /// <summary>Applies a change set.</summary>
    /// <param name="season">The season; it stays as it is.</param>
    /// <param name="changes">The change set, a JSON array.</param>
    /// <returns>The changed season, or the first change that stands in the way.</returns>
    public static ChangeResult Apply(Season season, JsonElement changes)
    {
        ArgumentNullException.ThrowIfNull(season);
        if (changes.ValueKind != JsonValueKind.Array)
        {
            return ChangeResult.Refused(null, "a JSON array of changes");
        }

        var tables = SeasonTables.Of(season);
        int index = 0;
        foreach (JsonElement change in changes.EnumerateArray())
        {
            if (Change.TryRead(change, out Change? read, out string? expected))
            {
                expected = read.ApplyTo(tables, index);
            }

            if (expected is not null)
            {
                return ChangeResult.Refused(index, expected);
            }

            index++;
        }

        return new ChangeJudge(season, changes, tables).Result(index);
    }
}
