namespace Matching;

/// <summary>
/// When a run has flattened out: the best plan has gained less than a share of its worth over the last share of the time
/// used. In reproducible mode time is work done.
/// </summary>
/// <param name="GainShare">Share of the plan's worth, above 0 and below 1. Default 0.001.</param>
/// <param name="TimeShare">Share of the time used, above 0 and below 1. Default 0.5.</param>
public sealed record FlatStop(double GainShare = 0.001, double TimeShare = 0.5)
{
    /// <summary>Throws when a value is out of range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range; the message names it.</exception>
    public void Validate()
    {
        Check(nameof(GainShare), GainShare);
        Check(nameof(TimeShare), TimeShare);
    }

    private static void Check(string name, double share)
    {
        if (!(share > 0 && share < 1))
        {
            throw new ArgumentOutOfRangeException(name, share, "A share of a flat stop must be above 0 and below 1.");
        }
    }
}
