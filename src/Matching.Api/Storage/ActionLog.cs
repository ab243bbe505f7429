using System.Text.Json;
using Matching.Api.Http;
using Matching.Api.Security;

namespace Matching.Api.Storage;

/// <summary>Writes the record of who did what when, in the transaction of the deed.</summary>
internal sealed class ActionLog(TimeProvider clock)
{
    /// <summary>Adds a line; the caller saves it together with what was done.</summary>
    public void Add(MatchingDb db, Caller caller, string what, string? seasonId, params ReadOnlySpan<(string Name, object? Value)> ids) =>
        Add(db, caller.Tenant, caller.Name, what, seasonId, ids);

    /// <summary>Adds a line about something the host did by itself.</summary>
    public void Add(MatchingDb db, string tenant, string who, string what, string? seasonId, params ReadOnlySpan<(string Name, object? Value)> ids)
    {
        Dictionary<string, object?> named = new(StringComparer.Ordinal);
        foreach ((string name, object? value) in ids)
        {
            named.Add(name, value);
        }

        db.Log.Add(new LogRow
        {
            Tenant = tenant,
            SeasonId = seasonId,
            At = clock.GetUtcNow(),
            Who = who,
            What = what,
            Ids = JsonSerializer.Serialize(named, ApiJson.Options),
        });
    }
}
