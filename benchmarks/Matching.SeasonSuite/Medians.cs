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
}
