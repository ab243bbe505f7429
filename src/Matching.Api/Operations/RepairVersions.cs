using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Matching.Api.Http;
using Matching.Api.Seasons;
using Matching.Api.Security;
using Matching.Api.Storage;
using Matching.Changes;
using Matching.Model;
using Microsoft.EntityFrameworkCore;

namespace Matching.Api.Operations;

/// <summary>
/// The season version that a repaired plan belongs to: the newest one with the changes, which is the newest from then on. The same
/// changes asked again for the same plan version, to repair in another way, belong to the version they made the first time.
/// </summary>
internal sealed class RepairVersions(MatchingDb db, SeasonStore store, SeasonCache seasons)
{
    private const int MostTries = 8;

    /// <summary>The version with the changes; no changes belong to the newest version.</summary>
    /// <exception cref="ProblemException">The change set was refused, or the season is changed all the time.</exception>
    public async Task<int> OfAsync(Caller caller, SeasonRow row, int planVersion, JsonElement changes, CancellationToken cancellationToken)
    {
        if (changes.GetArrayLength() == 0)
        {
            return row.Version;
        }

        string origin = OriginOf(row, planVersion, changes);
        for (int attempt = 1; ; attempt++)
        {
            if (await db.SeasonVersions.Where(v => v.Origin == origin).Select(v => (int?)v.Version).FirstOrDefaultAsync(cancellationToken) is { } earlier)
            {
                return earlier;
            }

            Season season = await seasons.GetAsync(row.No, row.Version);
            Season changed = Asked.Changed(await Task.Run(() => ChangeSet.Apply(season, changes), cancellationToken));
            try
            {
                await store.AddVersionAsync(caller, row, NewSeason.Of(changed), "season.changed", origin, isThisRevision: false, cancellationToken);
                return row.Version;
            }
            catch (ProblemException problem) when (problem.Problem == ProblemCodes.Conflict && attempt < MostTries)
            {
                // Somebody was first; their change stays, and these go on top of it.
                await store.ReloadAsync(row, cancellationToken);
            }
        }
    }

    private static string OriginOf(SeasonRow row, int planVersion, JsonElement changes) => "repair:" + Convert.ToHexStringLower(SHA256.HashData(
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{row.No}\n{planVersion}\n{JsonSerializer.Serialize(changes)}"))));
}
