using System.Collections.Immutable;
using Matching.Comparing;
using Matching.Model;
using Matching.Plans;

namespace Matching.Repairing;

/// <summary>A repaired plan and what it changes.</summary>
public sealed record RepairResult
{
    /// <summary>The changed season.</summary>
    public required Season Season { get; init; }

    /// <summary>The plan, legal in the changed season unless <see cref="PinConflicts"/> says that pins are in the way.</summary>
    public required Plan Plan { get; init; }

    /// <summary>What changed against the plan before.</summary>
    public required PlanDiff Diff { get; init; }

    /// <summary>Worker-days of the plan before that the changes made illegal: who was hit directly.</summary>
    public required ImmutableArray<WorkerDay> Hit { get; init; }

    /// <summary>Who could step in on the days hit: free that day, suited, from a village the crew's vehicles pass with a free seat.</summary>
    public required ImmutableArray<Standby> Standby { get; init; }

    /// <summary>Pins that could not be kept.</summary>
    public required ImmutableArray<PinConflict> PinConflicts { get; init; }
}

/// <summary>People who could step in.</summary>
/// <param name="Crew">The crew of the new plan.</param>
/// <param name="Date">The day.</param>
/// <param name="Workers">Who, nearest first.</param>
public sealed record Standby(CrewId Crew, DateOnly Date, ImmutableArray<WorkerId> Workers);
