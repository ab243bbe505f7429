namespace Matching.Generating;

/// <summary>A stretch of days on which an order wants workers, by position in the season; it may reach beyond both ends.</summary>
/// <param name="From">First day.</param>
/// <param name="To">Last day.</param>
/// <param name="Weight">Share of the order's worker-days, relative to its other stretches and were all its days in the season.</param>
/// <param name="IsRound">Whether it becomes a picking round.</param>
internal sealed record Stretch(int From, int To, double Weight, bool IsRound)
{
    /// <summary>Number of days.</summary>
    public int Length => To - From + 1;
}

/// <summary>Draws when orders want workers. Fruit ripens in waves of four to six picking rounds.</summary>
internal static class DemandShape
{
    private static readonly (int Least, int Most)[][] Lengths =
    [
        [(7, 9), (5, 6), (6, 7), (8, 10)],
        [(7, 9), (5, 6), (5, 6), (6, 7), (8, 10)],
        [(7, 9), (5, 6), (5, 6), (6, 7), (7, 9), (8, 10)],
    ];

    private static readonly double[][] Shares =
    [
        [0.16, 0.32, 0.32, 0.20],
        [0.10, 0.25, 0.30, 0.20, 0.15],
        [0.08, 0.20, 0.27, 0.20, 0.14, 0.11],
    ];

    /// <summary>The stretches of each order, chosen among a few draws each so that the sites' peaks do not coincide.</summary>
    public static Stretch[][] Draw(Setting setting, IReadOnlyList<OrderDraft> drafts)
    {
        SeededRandom random = setting.Random("rounds");
        var chosen = new Stretch[drafts.Count][];
        double[] load = new double[setting.Days];
        foreach (int o in Enumerable.Range(0, drafts.Count).OrderByDescending(o => drafts[o].Weight).ThenBy(o => o))
        {
            double best = double.MaxValue;
            for (int candidate = 0; candidate < 6; candidate++)
            {
                Stretch[] drawn = DrawOne(random, drafts[o], setting.Days);
                double rough = Roughness(load, drawn, drafts[o].Weight);
                if (rough < best)
                {
                    (best, chosen[o]) = (rough, drawn);
                }
            }

            AddLoad(load, chosen[o], drafts[o].Weight);
        }

        Flatten(chosen, drafts, setting.Days);
        return chosen;
    }

    private static Stretch[] DrawOne(SeededRandom random, OrderDraft draft, int days) => draft.Rhythm switch
    {
        OrderRhythm.Rounds => Normalized(Waves(random, days, true), days),
        OrderRhythm.Waves => Normalized(Waves(random, days, false), days),
        _ => Normalized(draft.Order.Skill == Skills.Vineyard ? Runs(random, days) : [new(0, days - 1, 1, false)], days),
    };

    private static List<Stretch> Waves(SeededRandom random, int days, bool rounds)
    {
        List<Stretch> stretches = [];

        // Short seasons are cut out of the high season: their first round may have begun before.
        int at = days >= 40 ? random.Next(0, 10) : random.Next(-16, Math.Min(2, days / 4));
        double weight = 1;
        while (at < days)
        {
            int kind = random.Next(0, 2);
            for (int round = 0; round < Shares[kind].Length; round++)
            {
                int length = random.Next(Lengths[kind][round].Least, Lengths[kind][round].Most);
                stretches.Add(new(at, at + length - 1, weight * Shares[kind][round], rounds));
                at += length + (random.Chance(0.2) ? 1 : 0);
            }

            // The next wave's fruit: shoots of the summer bear less than old wood.
            at += random.Next(0, 4);
            weight *= random.Between(0.6, 1.0);
        }

        return stretches;
    }

    private static List<Stretch> Runs(SeededRandom random, int days)
    {
        List<Stretch> runs = [];
        for (int at = random.Next(0, Math.Min(6, days / 3)); at < days; at += random.Next(3, 8))
        {
            int length = random.Next(10, 20);
            runs.Add(new(at, at + length - 1, length, false));
            at += length;
        }

        return runs;
    }

    private static Stretch[] Normalized(List<Stretch> stretches, int days)
    {
        Stretch[] inside = [.. stretches.Where(s => SeasonDays(s, days) >= Math.Min(2, days))];
        if (inside.Length == 0)
        {
            inside = [new(0, days - 1, 1, false)];
        }

        double sum = inside.Sum(s => s.Weight * SeasonDays(s, days) / s.Length);
        return [.. inside.Select(s => s with { Weight = s.Weight / sum })];
    }

    /// <summary>Number of the stretch's days that lie in the season.</summary>
    public static int SeasonDays(Stretch stretch, int days) => Math.Max(0, Math.Min(days - 1, stretch.To) - Math.Max(0, stretch.From) + 1);

    private static double Roughness(double[] load, Stretch[] stretches, double weight)
    {
        double rough = 0;
        foreach (Stretch s in stretches)
        {
            double rate = weight * s.Weight / s.Length;
            for (int d = Math.Max(0, s.From); d <= Math.Min(load.Length - 1, s.To); d++)
            {
                rough += ((2 * load[d]) + rate) * rate;
            }
        }

        return rough;
    }

    private static void AddLoad(double[] load, Stretch[] stretches, double weight)
    {
        foreach (Stretch s in stretches)
        {
            for (int d = Math.Max(0, s.From); d <= Math.Min(load.Length - 1, s.To); d++)
            {
                load[d] += weight * s.Weight / s.Length;
            }
        }
    }

    // A day that would want far more than the average day takes a little from each stretch that holds it.
    private static void Flatten(Stretch[][] chosen, IReadOnlyList<OrderDraft> drafts, int days)
    {
        for (int pass = 0; pass < 6; pass++)
        {
            double[] load = new double[days];
            for (int o = 0; o < chosen.Length; o++)
            {
                AddLoad(load, chosen[o], drafts[o].Weight);
            }

            double limit = 1.2 * load.Average();
            for (int o = 0; o < chosen.Length; o++)
            {
                chosen[o] = [.. chosen[o].Select(s =>
                {
                    double peak = load.Skip(Math.Max(0, s.From)).Take(SeasonDays(s, days)).Max();
                    return peak > limit ? s with { Weight = s.Weight * Math.Sqrt(limit / peak) } : s;
                })];
                double sum = chosen[o].Sum(s => s.Weight * SeasonDays(s, days) / s.Length);
                chosen[o] = [.. chosen[o].Select(s => s with { Weight = s.Weight / sum })];
            }
        }
    }
}
