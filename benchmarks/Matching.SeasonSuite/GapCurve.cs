using System.Collections.Immutable;
using Matching.Search;

namespace Matching.SeasonSuite;

/// <summary>
/// The proven gap over the time of a run: at each moment that of the best plan and the best bound known then, not of what
/// became known later.
/// </summary>
internal sealed class GapCurve(ImmutableArray<PlanProgress> trace)
{
    private readonly (double Seconds, double Gap)[] _points =
        [.. trace.Where(p => p.Gap is not null).OrderBy(p => p.Seconds).Select(p => (p.Seconds, (double)p.Gap!.Value))];

    /// <summary>Seconds until the gap was proven, or null when it never was.</summary>
    public double? SecondsTo(double gap)
    {
        foreach ((double seconds, double reached) in _points)
        {
            if (reached <= gap)
            {
                return seconds;
            }
        }

        return null;
    }

    /// <summary>The gap proven after that time, or null before the first.</summary>
    public double? At(double seconds)
    {
        double? gap = null;
        foreach ((double moment, double reached) in _points)
        {
            if (moment > seconds)
            {
                break;
            }

            gap = reached;
        }

        return gap;
    }
}
