using FsCheck.Xunit;
using Matching.Generating;
using Xunit;

namespace Matching.Tests.Generating;

public sealed class SeededRandomTests
{
    [Fact]
    public void The_bits_are_those_of_xoshiro256_starstar()
    {
        // The published first outputs from the state 1, 2, 3, 4.
        SeededRandom random = new(1, 2, 3, 4);
        Assert.Equal([11520UL, 0UL, 1509978240UL, 1215971899390074240UL], [random.NextBits(), random.NextBits(), random.NextBits(), random.NextBits()]);
    }

    [Fact]
    public void Streams_of_one_seed_differ() => Assert.NotEqual(new SeededRandom(1, "a").NextBits(), new SeededRandom(1, "b").NextBits());

    [Property]
    public void A_whole_number_stays_in_its_range(long seed, int a, int b)
    {
        (int least, int most) = (Math.Min(a, b), Math.Max(a, b));
        SeededRandom random = new(seed, "range");
        for (int i = 0; i < 20; i++)
        {
            Assert.InRange(random.Next(least, most), least, most);
        }
    }

    [Fact]
    public void Every_number_of_a_small_range_comes_about_equally_often()
    {
        SeededRandom random = new(7, "even");
        int[] counts = new int[6];
        for (int i = 0; i < 60_000; i++)
        {
            counts[random.Next(0, 5)]++;
        }

        Assert.All(counts, c => Assert.InRange(c, 9_500, 10_500));
    }

    [Fact]
    public void The_lognormal_has_its_median_and_spread()
    {
        SeededRandom random = new(7, "lognormal");
        double[] drawn = [.. Enumerable.Range(0, 20_000).Select(_ => random.LogNormal(600, 0.5)).Order()];
        Assert.InRange(drawn[10_000], 580, 620);
        Assert.InRange(drawn[16_827], 600 * Math.Exp(0.5) * 0.96, 600 * Math.Exp(0.5) * 1.04);
    }

    [Fact]
    public void The_triangular_keeps_its_ends_and_its_mean()
    {
        SeededRandom random = new(7, "triangular");
        double[] drawn = [.. Enumerable.Range(0, 20_000).Select(_ => random.Triangular(15, 45, 60))];
        Assert.All(drawn, d => Assert.InRange(d, 15, 60));
        Assert.InRange(drawn.Average(), 39.5, 40.5);
    }

    [Fact]
    public void A_position_is_drawn_in_proportion_to_its_weight()
    {
        SeededRandom random = new(7, "weights");
        int[] drawn = [.. Enumerable.Range(0, 10_000).Select(_ => random.PickIndex([1, 0, 3]))];
        Assert.DoesNotContain(1, drawn);
        Assert.InRange(drawn.Count(d => d == 2), 7_300, 7_700);
    }
}
