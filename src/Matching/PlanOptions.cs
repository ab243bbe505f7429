using System.Collections.Immutable;

namespace Matching;

/// <summary>How a season is planned. Immutable.</summary>
public sealed record PlanOptions
{
    /// <summary>Wall-clock seconds for the whole run, more than 0. Ignored in <see cref="Reproducible"/> mode. Default 120.</summary>
    public double Seconds { get; init; } = 120;

    /// <summary>Seed of every random choice. Default 1.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Threads the planner may use, at least 1. Default: the machine's processors.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>
    /// Stop on a deterministic amount of work instead of the clock: the same season, options and seed give the same plan to
    /// the byte. <see cref="Seconds"/> then sets the amount of work, about what one thread does in that time. Default false.
    /// </summary>
    public bool Reproducible { get; init; }

    /// <summary>
    /// Stops before the limit when the plan hardly gains any more, besides all other reasons to stop; null (the default) uses
    /// the whole limit.
    /// </summary>
    public FlatStop? UntilFlat { get; init; }

    /// <summary>Mechanisms of the planner to do without, by name: only measurements of what each earns set it.</summary>
    internal ImmutableHashSet<string> Without { get; init; } = [];

    /// <summary>Throws when a value is out of range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range; the message names it.</exception>
    public void Validate()
    {
        if (!(Seconds > 0) || double.IsInfinity(Seconds))
        {
            throw new ArgumentOutOfRangeException(nameof(Seconds), Seconds, "The seconds of a planning run must be a positive number.");
        }

        if (Threads < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(Threads), Threads, "A planning run needs at least one thread.");
        }

        UntilFlat?.Validate();
    }
}
