using System.Collections.Immutable;
using Matching.Comparing;
using Matching.Model;
using Matching.Plans;

namespace Matching.Scenarios;

/// <summary>How scenarios are solved. Immutable.</summary>
public sealed record ScenarioOptions
{
    /// <summary>Wall-clock seconds for each scenario, more than 0. Default 10.</summary>
    public double Seconds { get; init; } = 10;

    /// <summary>Seed of every random choice, the same for all. Default 1.</summary>
    public long Seed { get; init; } = 1;
}

/// <summary>A season with a set of changes, and the plan found for it.</summary>
/// <param name="Name">The scenario's name.</param>
/// <param name="Season">The changed season.</param>
/// <param name="Plan">The plan, begun from the base plan.</param>
/// <param name="Worth">What it is worth.</param>
/// <param name="Diff">What it changes against the base plan.</param>
public sealed record ScenarioResult(string Name, Season Season, Plan Plan, Worth Worth, PlanDiff Diff);

/// <summary>Scenarios side by side.</summary>
/// <param name="Base">The base plan as it is.</param>
/// <param name="Again">The base season planned on for as long as each scenario: what a scenario is worth is the difference from this.</param>
/// <param name="Scenarios">The scenarios in their order.</param>
public sealed record ScenarioTable(Worth Base, ScenarioResult Again, ImmutableArray<ScenarioResult> Scenarios);
