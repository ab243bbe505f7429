using Matching.Api.Plans;
using Matching.Api.Security;
using Matching.Api.Storage;
using Matching.Model;
using Matching.Plans;
using Matching.Why;

namespace Matching.Api.Operations;

/// <summary>A finished plan that was read, with the season version it belongs to.</summary>
internal sealed record OpenPlan(PlanRow Row, Season Season, Plan Plan)
{
    private readonly Lazy<PlanBoard> _board = new(() => PlanBoard.Open(Season, Plan));

    /// <summary>The plan laid out for single-change questions, opened with the first.</summary>
    public PlanBoard Board => _board.Value;
}

/// <summary>Opens finished plans for questions.</summary>
internal sealed class PlanReading(PlanStore plans, PlanShelf shelf)
{
    /// <summary>The finished plan of a tenant, read.</summary>
    /// <exception cref="Http.ProblemException">There is none, or it is not finished.</exception>
    public async Task<OpenPlan> OpenAsync(Caller caller, string id, CancellationToken cancellationToken) =>
        await shelf.GetAsync(await plans.DoneAsync(caller, id, cancellationToken));
}
