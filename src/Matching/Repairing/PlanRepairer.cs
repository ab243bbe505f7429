using Matching.Changes;
using Matching.Model;
using Matching.Plans;

namespace Matching.Repairing;

/// <summary>
/// Makes a published plan legal again after events, near what people have been told: what became illegal is dropped, what was
/// lost is filled again around it, and any further change must earn its tax. Thread-safe.
/// </summary>
public static class PlanRepairer
{
    /// <summary>Applies changes to the season and repairs the plan.</summary>
    /// <param name="season">The season of the plan.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="changes">A change set as JSON.</param>
    /// <param name="options">How; the defaults when null.</param>
    /// <param name="cancellationToken">Ends the search early; the plan is legal all the same.</param>
    /// <exception cref="InvalidDataException">The change set was refused.</exception>
    public static RepairResult Repair(
        Season season, Plan plan, string changes, RepairOptions? options = null, CancellationToken cancellationToken = default) =>
        Repair(season, plan, ChangeSet.Apply(season, changes).OrThrow(), options, cancellationToken);

    /// <summary>Repairs a plan for a season that has changed.</summary>
    /// <param name="season">The season of the plan.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="changed">The season as it is now.</param>
    /// <param name="options">How; the defaults when null.</param>
    /// <param name="cancellationToken">Ends the search early; the plan is legal all the same.</param>
    public static RepairResult Repair(
        Season season, Plan plan, Season changed, RepairOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(season);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(changed);
        options ??= new RepairOptions();
        options.Validate();
        return new RepairRun(season, plan, changed, options, TimeProvider.System, cancellationToken).Run();
    }
}
