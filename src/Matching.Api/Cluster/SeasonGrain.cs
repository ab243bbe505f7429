using Matching.Api.Plans;
using Matching.Api.Seasons;
using Matching.Api.Storage;
using Matching.Model;
using Matching.Plans;
using Microsoft.EntityFrameworkCore;

namespace Matching.Api.Cluster;

/// <inheritdoc cref="ISeasonGrain"/>
internal sealed class SeasonGrain(IDbContextFactory<MatchingDb> databases, SeasonCache seasons) : Grain, ISeasonGrain
{
    private (string PlanId, Season Season, Plan Plan)? _published;

    /// <inheritdoc/>
    public async Task<PublishedSeason?> PublishedAsync()
    {
        await using MatchingDb db = await databases.CreateDbContextAsync();
        string id = this.GetPrimaryKeyString();
        PlanRow? row = await (
            from s in db.Seasons.AsNoTracking()
            join p in db.Plans.AsNoTracking() on s.PublishedPlanNo equals p.No
            where s.Id == id
            select p).FirstOrDefaultAsync();
        if (row is null)
        {
            _published = null;
            return null;
        }

        if (_published is not { } known || known.PlanId != row.Id)
        {
            Season season = await seasons.GetAsync(row.SeasonNo, row.SeasonVersion);
            known = (row.Id, season, await PlanFileEndpoints.PlanAsync(db, row, season, CancellationToken.None));
            _published = known;
        }

        return new PublishedSeason(row.SeasonVersion, row.Id, known.Plan.Crews.Length, known.Plan.WorkerDays.Length);
    }

    /// <inheritdoc/>
    public Task ForgetAsync()
    {
        _published = null;
        return Task.CompletedTask;
    }
}
