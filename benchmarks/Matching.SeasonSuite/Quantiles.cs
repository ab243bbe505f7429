namespace Matching.SeasonSuite;

/// <summary>Quantiles of measured times.</summary>
internal static class Quantiles
{
    /// <summary>The value below which that share of sorted values lies; 0 when there are none.</summary>
    public static double At(IReadOnlyList<double> sorted, double share) => sorted.Count == 0 ? 0 : sorted[(int)(share * (sorted.Count - 1))];
}
