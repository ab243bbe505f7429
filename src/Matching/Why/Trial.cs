using System.Collections.Immutable;
using Matching.Checking;
using Matching.Model;
using Matching.Plans;

namespace Matching.Why;

/// <summary>What a single change of a plan would do. Nothing is written; <see cref="ApplyTo"/> gives the plan with it.</summary>
public sealed record Trial
{
    /// <summary>Whether the change breaks no rule that held before.</summary>
    public bool Legal => Breaks.IsEmpty;

    /// <summary>Every rule the change breaks, ordered by rule, day and ids.</summary>
    public required ImmutableArray<Violation> Breaks { get; init; }

    /// <summary>The change of each part of the worth.</summary>
    public required Worth Parts { get; init; }

    /// <summary>The change of the net value.</summary>
    public decimal NetValue => Parts.NetValue;

    /// <summary>Worker-days that would go.</summary>
    public ImmutableArray<WorkerDay> Removed { get; init; } = [];

    /// <summary>Worker-days that would come.</summary>
    public ImmutableArray<WorkerDay> Added { get; init; } = [];

    /// <summary>Trips that would go, or run in another form under the same id.</summary>
    public ImmutableArray<TripId> TripsRemoved { get; init; } = [];

    /// <summary>Trips that would come, new or in another form.</summary>
    public ImmutableArray<Trip> TripsAdded { get; init; } = [];

    /// <summary>The crew that would be another, or null.</summary>
    public Crew? Crew { get; init; }

    /// <summary>The plan with the change; shortages and facts are left out, for they would no longer be true.</summary>
    public Plan ApplyTo(Plan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        HashSet<WorkerDay> removed = [.. Removed];
        HashSet<TripId> gone = [.. TripsRemoved];
        return new Plan
        {
            Crews = [.. plan.Crews.Select(c => Crew is { } changed && changed.Id == c.Id ? changed : c)],
            WorkerDays = [.. plan.WorkerDays.Where(d => !removed.Contains(d)), .. Added],
            Trips = [.. plan.Trips.Where(t => !gone.Contains(t.Id)), .. TripsAdded],
        };
    }
}
