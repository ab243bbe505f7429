using Matching.Model;
using Matching.Plans;

namespace Matching.Stress;

/// <summary>
/// Replays a published plan under no-shows, brokers out, breakdowns, rain and yield errors. Nobody re-plans within a replay: it
/// shows what the plan itself can bear. The same seed gives the same result. Thread-safe.
/// </summary>
public static class StressTest
{
    /// <summary>Replays the plan.</summary>
    /// <param name="season">The season.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="replays">How often, at least 1.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="rates">How often things go wrong; the defaults when null.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <exception cref="ArgumentException">The plan names an id the season does not have.</exception>
    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    public static StressResult Run(
        Season season, Plan plan, int replays, long seed = 1, StressRates? rates = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(season);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentOutOfRangeException.ThrowIfLessThan(replays, 1);
        rates ??= new StressRates();
        rates.Validate();
        return new StressRun(season, plan, rates, seed).Run(replays, cancellationToken);
    }
}
