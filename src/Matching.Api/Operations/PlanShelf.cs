using Matching.Api.Plans;
using Matching.Api.Seasons;
using Matching.Api.Storage;
using Matching.Model;
using Microsoft.EntityFrameworkCore;

namespace Matching.Api.Operations;

/// <summary>
/// Finished plans that were read, the latest few asked about: a plan of a county takes seconds to read, a question on it
/// milliseconds. A finished plan never changes, so there is nothing to keep in step.
/// </summary>
internal sealed class PlanShelf(SeasonCache seasons, IDbContextFactory<MatchingDb> databases)
{
    /// <summary>Plans kept: a county's takes a few hundred megabytes with its board.</summary>
    public const int Most = 2;

    private readonly Lock _lock = new();

    // The latest asked about last.
    private readonly List<(long No, Lazy<Task<OpenPlan>> Reading)> _kept = [];

    /// <summary>The plan, read when it is not there. The row is the caller's own.</summary>
    public async Task<OpenPlan> GetAsync(PlanRow row)
    {
        Lazy<Task<OpenPlan>> reading = Take(row);
        try
        {
            return await reading.Value with { Row = row };
        }
        catch
        {
            // Who asks next reads again.
            Drop(reading);
            throw;
        }
    }

    private Lazy<Task<OpenPlan>> Take(PlanRow row)
    {
        lock (_lock)
        {
            int at = _kept.FindIndex(k => k.No == row.No);
            var taken = at >= 0 ? _kept[at] : (row.No, Reading: new Lazy<Task<OpenPlan>>(() => ReadAsync(row)));
            if (at >= 0)
            {
                _kept.RemoveAt(at);
            }

            _kept.Add(taken);
            if (_kept.Count > Most)
            {
                _kept.RemoveAt(0);
            }

            return taken.Reading;
        }
    }

    private void Drop(Lazy<Task<OpenPlan>> reading)
    {
        lock (_lock)
        {
            _kept.RemoveAll(k => ReferenceEquals(k.Reading, reading));
        }
    }

    private async Task<OpenPlan> ReadAsync(PlanRow row)
    {
        // Not the caller's context, nor the caller's patience: others may wait for the same plan.
        await using MatchingDb db = await databases.CreateDbContextAsync();
        Season season = await seasons.GetAsync(row.SeasonNo, row.SeasonVersion);
        return new OpenPlan(row, season, await PlanFileEndpoints.PlanAsync(db, row, season, CancellationToken.None));
    }
}
