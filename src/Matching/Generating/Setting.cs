using Matching.Model;

namespace Matching.Generating;

/// <summary>What every part of the generator draws from.</summary>
internal sealed record Setting(GeneratorOptions Options, Sizes Sizes, DateOnly Start, Geography Map, int[] WorkersByVillage)
{
    // The first fruit of an ordinary year; shorter seasons are a stretch of the high season.
    private static readonly DateOnly FirstRipeDay = new(2026, 6, 10);

    /// <summary>Number of season days.</summary>
    public int Days => Sizes.Days;

    /// <summary>Last season day.</summary>
    public DateOnly End => Start.AddDays(Days - 1);

    /// <summary>How much of a full season of 90 days this one is: scales days wanted and promised.</summary>
    public double SeasonShare => Math.Min(1.5, Days / 90.0);

    /// <summary>The day at a position in the season; positions outside it are days before or after.</summary>
    public DateOnly Day(int index) => Start.AddDays(index);

    /// <summary>A generator of its own for one part.</summary>
    public SeededRandom Random(string stream) => new(Options.Seed, stream);

    /// <summary>Resolves the options and draws the geography.</summary>
    public static Setting Of(GeneratorOptions options)
    {
        Sizes sizes = Sizes.Of(options);
        Geography map = Geography.Draw(sizes, options.Seed);
        DateOnly start = FirstRipeDay.AddDays(Math.Max(0, (90 - sizes.Days) / 3));
        return new(options, sizes, start, map, CountByVillage(map, sizes, new(options.Seed, "village sizes")));
    }

    /// <summary>Splits a number in proportion to weights, by largest remainder.</summary>
    public static int[] Apportion(int total, IReadOnlyList<double> weights)
    {
        double sum = weights.Sum();
        double[] exact = [.. weights.Select(w => sum > 0 ? total * w / sum : (double)total / weights.Count)];
        int[] shares = [.. exact.Select(e => (int)Math.Floor(e))];
        int missing = total - shares.Sum();
        foreach (int i in Enumerable.Range(0, shares.Length).OrderByDescending(i => exact[i] - Math.Floor(exact[i])).ThenBy(i => i).Take(missing))
        {
            shares[i]++;
        }

        return shares;
    }

    private static int[] CountByVillage(Geography map, Sizes sizes, SeededRandom random) =>
        Apportion(sizes.Workers, [.. map.Villages.Select(_ => random.LogNormal(1, 0.3))]);
}
