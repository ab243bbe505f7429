namespace Matching.Planning.Bound;

/// <summary>How long and how finely the upper bound is sought. Immutable.</summary>
internal sealed record BoundOptions
{
    /// <summary>Price steps at most; with the same number the same bounds come out on every machine. Default: no limit.</summary>
    public int MaxIterations { get; init; } = int.MaxValue;

    /// <summary>Ends once a full evaluation lowers the bound by less than this share of it. Default 0: never.</summary>
    public double LeastGain { get; init; }

    /// <summary>Whether prices are stepped even in a season so large that steps were never seen to gain but where something is scarce. Default true: there is time for it.</summary>
    public bool StepsWhereHuge { get; init; } = true;
}
