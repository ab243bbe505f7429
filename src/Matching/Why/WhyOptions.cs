namespace Matching.Why;

/// <summary>How much is tried for an answer. Immutable.</summary>
public sealed record WhyOptions
{
    /// <summary>Seconds of search for each remedy, the same for planning again without one, more than 0. Default 0.4.</summary>
    public double SecondsPerRemedy { get; init; } = 0.4;

    /// <summary>Most remedies tried, at least 0. Default 6.</summary>
    public int MostRemedies { get; init; } = 6;

    /// <summary>Seed of every random choice. Default 1.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Threads that may solve remedies side by side, at least 1. Default: the machine's processors.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;
}
