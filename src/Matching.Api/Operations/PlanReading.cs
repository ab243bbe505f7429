using Matching.Api.Plans;
using Matching.Api.Seasons;
using Matching.Api.Security;
using Matching.Api.Storage;
using Matching.Model;
using Matching.Plans;

namespace Matching.Api.Operations;

/// <summary>A finished plan that was read, with the season version it belongs to.</summary>
internal sealed record OpenPlan(PlanRow Row, Season Season, Plan Plan);

/// <summary>Opens finished plans for questions.</summary>
internal sealed class PlanReading(MatchingDb db, PlanStore plans, SeasonCache seasons)
{
    /// <summary>The finished plan of a tenant, read.</summary>
    /// <exception cref="Http.ProblemException">There is none, or it is not finished.</exception>
    public async Task<OpenPlan> OpenAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        PlanRow row = await plans.DoneAsync(caller, id, cancellationToken);
        return await OpenAsync(row, cancellationToken);
    }

    /// <summary>A finished plan, read.</summary>
    public async Task<OpenPlan> OpenAsync(PlanRow row, CancellationToken cancellationToken)
    {
        Season season = await seasons.GetAsync(row.SeasonNo, row.SeasonVersion);
        return new OpenPlan(row, season, await PlanFileEndpoints.PlanAsync(db, row, season, cancellationToken));
    }
}
