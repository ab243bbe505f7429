namespace Matching.Planning.State;

/// <summary>Counts elementary search steps: the deterministic clock of the reproducible mode. One thread uses it.</summary>
internal sealed class WorkMeter
{
    /// <summary>About what one thread does in a second on an ordinary machine of 2025.</summary>
    public const long PerSecond = 24_000_000;

    public long Done { get; set; }
}
