using System.Collections.Immutable;
using Matching.Checking;
using Matching.Model;
using Matching.Plans;
using Matching.Repairing;

namespace Matching.Scenarios;

/// <summary>
/// What if: solves named changes of a season from one base plan, each with the same seed and time, and the unchanged season as
/// well, so that time spent is no scenario's merit. Thread-safe.
/// </summary>
public static class ScenarioRunner
{
    /// <summary>The name under which the unchanged season is solved.</summary>
    public const string Unchanged = "base";

    /// <summary>Solves the scenarios one after another.</summary>
    /// <param name="season">The base season.</param>
    /// <param name="plan">The base plan.</param>
    /// <param name="scenarios">Changed seasons by name, in the order they are told.</param>
    /// <param name="options">How; the defaults when null.</param>
    /// <param name="cancellationToken">Ends the search for each plan early; the plans are legal all the same.</param>
    public static ScenarioTable Run(
        Season season, Plan plan, IReadOnlyList<KeyValuePair<string, Season>> scenarios, ScenarioOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(season);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(scenarios);
        options ??= new ScenarioOptions();
        var results = ImmutableArray.CreateBuilder<ScenarioResult>(scenarios.Count);
        ScenarioResult again = Solve(season, plan, Unchanged, season, options, cancellationToken);
        foreach ((string name, Season changed) in scenarios)
        {
            results.Add(Solve(season, plan, name, changed, options, cancellationToken));
        }

        return new ScenarioTable(PlanChecker.Check(season, plan).Worth, again, results.MoveToImmutable());
    }

    private static ScenarioResult Solve(
        Season season, Plan plan, string name, Season changed, ScenarioOptions options, CancellationToken cancellationToken)
    {
        RepairResult result = PlanRepairer.Repair(
            season, plan, changed, new RepairOptions { Seconds = options.Seconds, Seed = options.Seed, Stay = 0, Everywhere = true }, cancellationToken);
        return new ScenarioResult(name, changed, result.Plan, result.Plan.Facts!.Worth, result.Diff);
    }
}
