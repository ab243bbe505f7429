using Matching.Model;
using Matching.Planning;
using Matching.Plans;
using Matching.Search;

namespace Matching;

/// <summary>Plans a season: who works where on every day, with the worth and a proven upper bound.</summary>
public sealed class SeasonPlanner
{
    private readonly PlanOptions _options;

    /// <summary>A planner with the given options; the defaults when none are given.</summary>
    public SeasonPlanner(PlanOptions? options = null)
    {
        _options = options ?? new PlanOptions();
        _options.Validate();
    }

    /// <summary>Plans the season. Cancelling gives the best plan so far, not an exception.</summary>
    /// <param name="season">The season.</param>
    /// <param name="progress">Told of every stage, better plan and better bound; may be called from any thread.</param>
    /// <param name="cancellationToken">Stops the run early.</param>
    public PlanResult Plan(Season season, IProgress<PlanProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(season);
        return new PlanningRun(season, _options, progress, TimeProvider.System, cancellationToken).Run();
    }

    /// <summary>Plans the season beginning with an earlier plan: what of it is legal now is improved, not made anew.</summary>
    /// <param name="season">The season.</param>
    /// <param name="warmStart">A plan of this season or of one like it.</param>
    /// <param name="progress">Told of every stage, better plan and better bound; may be called from any thread.</param>
    /// <param name="cancellationToken">Stops the run early.</param>
    public PlanResult Plan(Season season, Plan warmStart, IProgress<PlanProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(season);
        ArgumentNullException.ThrowIfNull(warmStart);
        return new PlanningRun(season, _options, progress, TimeProvider.System, cancellationToken, warmStart).Run();
    }
}
