namespace Matching.SeasonSuite;

/// <summary>Medians of what is known.</summary>
internal static class Medians
{
    /// <summary>The median of the values that are there; null when none is.</summary>
    public static double? Of(IEnumerable<double?> values)
    {
        double[] known = [.. values.OfType<double>().Order()];
        return known.Length == 0 ? null : (known[(known.Length - 1) / 2] + known[known.Length / 2]) / 2;
    }

    /// <summary>
    /// The median where a missing value is one that was never reached, worse than all others; null when the median was not
    /// reached.
    /// </summary>
    public static double? OfReached(IEnumerable<double?> values)
    {
        double[] sorted = [.. values.Select(v => v ?? double.PositiveInfinity).Order()];
        double median = sorted.Length == 0 ? double.PositiveInfinity : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
        return double.IsPositiveInfinity(median) ? null : median;
    }

    /// <summary>The value below which that share of sorted values lies; 0 when there are none.</summary>
    public static double At(IReadOnlyList<double> sorted, double share) => sorted.Count == 0 ? 0 : sorted[(int)(share * (sorted.Count - 1))];
}
