using Matching.Planning.Compiled;

namespace Matching.Planning.Improve;

/// <summary>How far a season is one of those in which whole engagements are tried out in many ways within the time there is.</summary>
internal static class SmallSeason
{
    private const double Units = 600;

    /// <summary>
    /// 1 in seasons of up to 600 units, above in proportion less: engagements are many there, and what rebuilding one gains is little
    /// beside what members and trips gain in the same time.
    /// </summary>
    public static double Part(CompiledSeason c) => Math.Min(1, Units / Math.Max(1, c.Units.Length));
}
