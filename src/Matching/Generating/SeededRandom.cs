using Matching.Search;

namespace Matching.Generating;

/// <summary>
/// xoshiro256** seeded through SplitMix64, with the few distributions the generator draws. Only additions, products,
/// quotients and square roots are used (all exactly defined by IEEE 754), never the platform's logarithms or exponentials:
/// the same seed and stream give the same numbers on every machine. Not thread-safe.
/// </summary>
internal sealed class SeededRandom
{
    private readonly Xoshiro _bits;

    /// <summary>A generator of its own for each named stream: drawing more in one leaves the others as they were.</summary>
    public SeededRandom(long seed, string stream)
    {
        // FNV-1a of the stream's name; string.GetHashCode differs from run to run.
        ulong hash = 14695981039346656037;
        foreach (char letter in stream)
        {
            hash = (hash ^ letter) * 1099511628211;
        }

        _bits = new Xoshiro(unchecked((long)((ulong)seed ^ hash)));
    }

    /// <summary>A generator in the given state, not all of it zero.</summary>
    internal SeededRandom(ulong a, ulong b, ulong c, ulong d) => _bits = new Xoshiro(a, b, c, d);

    /// <summary>64 random bits.</summary>
    public ulong NextBits() => _bits.NextBits();

    /// <summary>A number in [0, 1).</summary>
    public double NextUnit() => _bits.NextDouble();

    /// <summary>A whole number from <paramref name="least"/> to <paramref name="most"/>, both included.</summary>
    public int Next(int least, int most)
    {
        // The product's high word; its bias is below 2^-32 for the ranges drawn here.
        ulong range = (ulong)((long)most - least + 1);
        return (int)(least + (long)Math.BigMul(NextBits(), range, out _));
    }

    /// <summary>A multiple of <paramref name="step"/> from <paramref name="least"/> to <paramref name="most"/>.</summary>
    public int NextStep(int least, int most, int step) => least + (step * Next(0, (most - least) / step));

    /// <summary>True with the given probability.</summary>
    public bool Chance(double probability) => NextUnit() < probability;

    /// <summary>Uniform in [<paramref name="low"/>, <paramref name="high"/>).</summary>
    public double Between(double low, double high) => low + ((high - low) * NextUnit());

    /// <summary>Triangular between <paramref name="low"/> and <paramref name="high"/> with its peak at <paramref name="mode"/>.</summary>
    public double Triangular(double low, double mode, double high)
    {
        double u = NextUnit();
        double left = (mode - low) / (high - low);
        return u < left
            ? low + Math.Sqrt(u * (high - low) * (mode - low))
            : high - Math.Sqrt((1 - u) * (high - low) * (high - mode));
    }

    /// <summary>About standard normal: the sum of twelve uniforms less 6.</summary>
    public double Normal()
    {
        double sum = -6;
        for (int i = 0; i < 12; i++)
        {
            sum += NextUnit();
        }

        return sum;
    }

    /// <summary>Lognormal with that median and spread of the logarithm.</summary>
    public double LogNormal(double median, double sigma) => median * Exp(sigma * Normal());

    /// <summary>One of the items.</summary>
    public T Pick<T>(IReadOnlyList<T> items) => items[Next(0, items.Count - 1)];

    /// <summary>A position drawn in proportion to its weight; the last when all weights are 0.</summary>
    public int PickIndex(ReadOnlySpan<double> weights)
    {
        double total = 0;
        foreach (double weight in weights)
        {
            total += weight;
        }

        double at = NextUnit() * total;
        for (int i = 0; i < weights.Length - 1; i++)
        {
            at -= weights[i];
            if (at < 0)
            {
                return i;
            }
        }

        return weights.Length - 1;
    }

    /// <summary>Puts the items in random order.</summary>
    public void Shuffle<T>(IList<T> items)
    {
        for (int i = items.Count - 1; i > 0; i--)
        {
            int j = Next(0, i);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    private static double Exp(double x)
    {
        // (1 + y + y²/2 + …)^1024 with y = x/1024.
        double y = x / 1024;
        double power = 1 + (y * (1 + ((y / 2) * (1 + ((y / 3) * (1 + (y / 4)))))));
        for (int i = 0; i < 10; i++)
        {
            power *= power;
        }

        return power;
    }
}
