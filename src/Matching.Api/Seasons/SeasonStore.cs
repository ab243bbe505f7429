using System.Text.Json;
using Matching.Api.Http;
using Matching.Api.Security;
using Matching.Api.Storage;
using Matching.Files;
using Matching.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;

namespace Matching.Api.Seasons;

/// <summary>A season that was read, with the zip that is kept of it.</summary>
/// <param name="Season">The season.</param>
/// <param name="Content">Its folder as a zip, as this program writes it.</param>
internal sealed record NewSeason(Season Season, byte[] Content)
{
    /// <summary>Writes the zip.</summary>
    public static NewSeason Of(Season season)
    {
        using MemoryStream content = new();
        SeasonFiles.WriteZip(season, content);
        return new NewSeason(season, content.ToArray());
    }
}

/// <summary>Keeps seasons and their versions.</summary>
internal sealed class SeasonStore(MatchingDb db, ActionLog log, TimeProvider clock, IMemoryCache cache)
{
    private static readonly TimeSpan NumberKeptFor = TimeSpan.FromMinutes(10);

    /// <summary>The season of a tenant.</summary>
    /// <exception cref="ProblemException">There is none.</exception>
    public async Task<SeasonRow> GetAsync(Caller caller, string id, CancellationToken cancellationToken) =>
        await db.Seasons.FirstOrDefaultAsync(s => s.Id == id && s.Tenant == caller.Tenant, cancellationToken)
        ?? throw ProblemException.NotFound("season", id);

    /// <summary>The number of a tenant's season, which stays the same as long as there is the season; one that was just deleted may still be given.</summary>
    /// <exception cref="ProblemException">There is none.</exception>
    public async Task<long> NumberAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        (Type, string, string) key = (typeof(SeasonStore), caller.Tenant, id);
        return cache.TryGetValue(key, out long no) ? no : cache.Set(key, (await GetAsync(caller, id, cancellationToken)).No, NumberKeptFor);
    }

    /// <summary>Reads a season again.</summary>
    /// <exception cref="ProblemException">It is gone.</exception>
    public async Task ReloadAsync(SeasonRow row, CancellationToken cancellationToken)
    {
        await db.Entry(row).ReloadAsync(cancellationToken);
        if (db.Entry(row).State == EntityState.Detached)
        {
            throw ProblemException.NotFound("season", row.Id);
        }
    }

    /// <summary>A part of the tenant's seasons, one more than asked for when there are more.</summary>
    public Task<List<SeasonRow>> ListAsync(Caller caller, PageRequest page, CancellationToken cancellationToken) =>
        db.Seasons.AsNoTracking().Where(s => s.Tenant == caller.Tenant && s.No > page.After).OrderBy(s => s.No)
            .Take(page.Limit + 1).ToListAsync(cancellationToken);

    /// <summary>The zip of a version.</summary>
    public Task<byte[]> ContentAsync(long seasonNo, int version, CancellationToken cancellationToken) =>
        db.SeasonVersions.Where(v => v.SeasonNo == seasonNo && v.Version == version).Select(v => v.Content).FirstAsync(cancellationToken);

    /// <summary>Adds a season; the same idempotent request adds it once.</summary>
    public async Task<SeasonRow> AddAsync(Caller caller, NewSeason added, string? origin, CancellationToken cancellationToken)
    {
        if (origin is not null && await db.Seasons.FirstOrDefaultAsync(s => s.Origin == origin, cancellationToken) is { } earlier)
        {
            return earlier;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        SeasonRow row = new()
        {
            Id = Ids.Season(),
            Tenant = caller.Tenant,
            Name = added.Season.Name,
            Start = added.Season.Start,
            End = added.Season.End,
            Version = 1,
            Revision = 1,
            Counts = CountsOf(added.Season),
            CreatedAt = clock.GetUtcNow(),
            Origin = origin,
        };
        db.Seasons.Add(row);
        await db.SaveChangesAsync(cancellationToken);
        db.SeasonVersions.Add(VersionOf(row, caller, added, null));
        log.Add(db, caller, "season.created", row.Id, ("seasonId", row.Id), ("version", row.Version));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return row;
    }

    /// <summary>Adds a version to the row as it was read; somebody else's change in between is a conflict.</summary>
    public async Task AddVersionAsync(Caller caller, SeasonRow row, NewSeason added, string what, string? origin, bool isThisRevision, CancellationToken cancellationToken)
    {
        (int version, int revision) = (row.Version, row.Revision);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        (string name, DateOnly start, DateOnly end, string counts) = (added.Season.Name, added.Season.Start, added.Season.End, CountsOf(added.Season));
        int changed = await db.Seasons.Where(s => s.No == row.No && s.Revision == revision).ExecuteUpdateAsync(
            s => s.SetProperty(r => r.Version, version + 1).SetProperty(r => r.Revision, revision + 1)
                .SetProperty(r => r.Name, name).SetProperty(r => r.Start, start).SetProperty(r => r.End, end).SetProperty(r => r.Counts, counts),
            cancellationToken);
        if (changed == 0)
        {
            throw new ProblemException(
                isThisRevision ? ProblemCodes.Version : ProblemCodes.Conflict, $"The season '{row.Id}' was changed at the same moment.");
        }

        // Written above already; tracked no longer, so that it is not written again.
        db.Entry(row).State = EntityState.Detached;
        (row.Version, row.Revision, row.Name, row.Start, row.End, row.Counts) = (version + 1, revision + 1, name, start, end, counts);
        db.SeasonVersions.Add(VersionOf(row, caller, added, origin));
        log.Add(db, caller, what, row.Id, ("seasonId", row.Id), ("version", row.Version));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Whether an idempotent request has already made its version.</summary>
    public Task<bool> HasVersionAsync(string origin, CancellationToken cancellationToken) =>
        db.SeasonVersions.AnyAsync(v => v.Origin == origin, cancellationToken);

    private SeasonVersionRow VersionOf(SeasonRow row, Caller caller, NewSeason added, string? origin) => new()
    {
        SeasonNo = row.No,
        Version = row.Version,
        Content = added.Content,
        Name = row.Name,
        Start = row.Start,
        End = row.End,
        Counts = row.Counts,
        CreatedAt = clock.GetUtcNow(),
        CreatedBy = caller.Name,
        Origin = origin,
    };

    private static string CountsOf(Season season) => JsonSerializer.Serialize(SeasonCounts.Of(season), ApiJson.Options);
}
