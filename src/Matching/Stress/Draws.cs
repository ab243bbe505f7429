namespace Matching.Stress;

/// <summary>
/// Common random numbers: what happens to somebody on a day of a replay depends on nothing but these names, so two plans, or
/// one with standby and one without, live through the same weather.
/// </summary>
internal readonly struct Draws(long seed, int replay)
{
    private readonly ulong _start = Mix(unchecked((ulong)seed) ^ Mix((ulong)replay + 0x9E3779B97F4A7C15UL));

    /// <summary>A number strictly between 0 and 1.</summary>
    public double Next(Kind kind, int subject, int day)
    {
        ulong bits = Mix(_start ^ Mix(((ulong)kind << 56) ^ ((ulong)(uint)subject << 20) ^ (uint)day));
        return ((bits >> 11) + 0.5) * (1.0 / (1UL << 53));
    }

    // SplitMix64 (Steele, Lea and Flood 2014).
    private static ulong Mix(ulong z)
    {
        z += 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }

    /// <summary>What is drawn.</summary>
    internal enum Kind : byte
    {
        NoShow,
        Reliability,
        Broker,
        Vehicle,
        Rain,
        Yield,
    }
}
