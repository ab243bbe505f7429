using Matching.Model;
using Matching.Plans;

namespace Matching.Scenarios;

/// <summary>Prices what a season is short of, around a published plan. Thread-safe.</summary>
public static class Pricer
{
    /// <summary>Makes the price list.</summary>
    /// <param name="season">The season.</param>
    /// <param name="plan">A legal plan of it.</param>
    /// <param name="options">Seconds are those of each relaxed rule; the defaults are 2 seconds and seed 1.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public static PriceList Price(Season season, Plan plan, ScenarioOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(season);
        ArgumentNullException.ThrowIfNull(plan);
        return new PriceRun(season, plan, options ?? new ScenarioOptions { Seconds = 2 }, cancellationToken).Run();
    }
}
