using Matching.Api.Storage;
using Matching.Files;
using Matching.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;

namespace Matching.Api.Seasons;

/// <summary>Seasons read from the database, kept for a while; a version never changes, so there is nothing to keep in step.</summary>
internal sealed class SeasonCache(IDbContextFactory<MatchingDb> databases, IMemoryCache cache)
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(10);

    /// <summary>A version of a season.</summary>
    public Task<Season> GetAsync(long seasonNo, int version)
    {
        // The task is kept, not the season: several who ask at once read it once.
        Lazy<Task<Season>> reading = cache.GetOrCreate((typeof(Season), seasonNo, version), entry =>
        {
            entry.SlidingExpiration = KeptFor;
            return new Lazy<Task<Season>>(() => ReadAsync(seasonNo, version));
        })!;
        if (reading.IsValueCreated && reading.Value.IsFaulted)
        {
            cache.Remove((typeof(Season), seasonNo, version));
        }

        return reading.Value;
    }

    private async Task<Season> ReadAsync(long seasonNo, int version)
    {
        await using MatchingDb db = await databases.CreateDbContextAsync();
        byte[] content = await db.SeasonVersions.Where(v => v.SeasonNo == seasonNo && v.Version == version).Select(v => v.Content).FirstAsync();
        return await Task.Run(() => SeasonFiles.Read(new MemoryStream(content), "season").OrThrow());
    }
}
