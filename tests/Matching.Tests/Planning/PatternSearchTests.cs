using Matching.Generating;
using Matching.Model;
using Matching.Planning.Compiled;
using Matching.Planning.Crews;
using Xunit;

namespace Matching.Tests.Planning;

/// <summary>The days of one unit against all sets of days there are.</summary>
public sealed class PatternSearchTests
{
    private const int Length = 12;

    [Fact]
    public void No_legal_set_of_days_is_worth_more_than_the_one_picked()
    {
        Season season = SeasonGenerator.Generate(new GeneratorOptions { Workers = 60, Seed = 1 });
        var random = new Random(5);
        int picked = 0;
        for (int draw = 0; draw < 40; draw++)
        {
            var c = new CompiledSeason(season with
            {
                Work = season.Work with { MaxConsecutiveDays = random.Next(2, 7), MaxHoursPer7Days = random.Next(24, 60) },
            });
            long[] hours = [.. Enumerable.Range(0, Length).Select(_ => random.Next(6, 13) * 1_000_000L)];
            double[] values = [.. Enumerable.Range(0, Length).Select(_ => (double)random.Next(-3, 20))];
            bool[] forced = new bool[Length];
            forced[random.Next(Length)] = true;
            List<int> days = [];

            Assert.True(new PatternSearch().Run(c, 100, hours, values, forced, trusted: false, days, out double total));

            double best = Enumerable.Range(0, 1 << Length).Where(p => IsLegal(c, p, hours, values, forced)).Max(p => Worth(p, values, forced));
            int chosen = days.Aggregate(0, (p, d) => p | (1 << (d - 100))) | forced.Select((f, i) => f ? 1 << i : 0).Sum();
            Assert.True(IsLegal(c, chosen, hours, values, forced));
            Assert.Equal(best, total, 1e-9);
            Assert.Equal(total, Worth(chosen, values, forced), 1e-9);
            picked += days.Count;
        }

        Assert.True(picked > 40);
    }

    private static double Worth(int pattern, double[] values, bool[] forced) =>
        Enumerable.Range(0, Length).Where(i => (pattern >> i & 1) == 1 && !forced[i]).Sum(i => values[i]);

    private static bool IsLegal(CompiledSeason c, int pattern, long[] hours, double[] values, bool[] forced)
    {
        int row = 0;
        for (int i = 0; i < Length; i++)
        {
            bool works = (pattern >> i & 1) == 1;
            row = works ? row + 1 : 0;
            long inSeven = 0;
            for (int j = Math.Max(0, i - 6); j <= i; j++)
            {
                inSeven += (pattern >> j & 1) * hours[j];
            }

            if ((forced[i] && !works) || (works && !forced[i] && values[i] <= 0) || row > c.MaxConsecutive || inSeven > c.MaxHours)
            {
                return false;
            }
        }

        return true;
    }
}
