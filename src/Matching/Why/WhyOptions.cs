namespace Matching.Why;

/// <summary>How much is tried for an answer. Immutable.</summary>
public sealed record WhyOptions
{
    /// <summary>Most changes of the plan tried for each remedy, the same for planning again without one, at least 0. Default 300. No clock is asked.</summary>
    public int TriesPerRemedy { get; init; } = 300;

    /// <summary>Tries in a row without a gain after which a remedy's search ends, at least 1. Default 100.</summary>
    public int Patience { get; init; } = 100;

    /// <summary>Most remedies tried, at least 0. Default 6.</summary>
    public int MostRemedies { get; init; } = 6;

    /// <summary>Seed of every random choice. Default 1.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Threads that may solve remedies side by side, at least 1. Default: the machine's processors.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;
}
