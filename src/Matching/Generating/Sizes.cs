namespace Matching.Generating;

/// <summary>The sizes of a season to draw, with everything left open filled in.</summary>
internal sealed record Sizes(int Workers, int Villages, int Brokers, int Sites, int Orders, int Days)
{
    /// <summary>The options' sizes; open ones are scaled from the workers.</summary>
    public static Sizes Of(GeneratorOptions options)
    {
        int workers = options.Workers;

        // Villages of about 40 people in small demos, of about 300 in the real county.
        int villages = options.Villages ?? AtLeastOne(workers / (40 + (268 * Math.Min(1.0, workers / 20_000.0))));
        int sites = options.Sites ?? Math.Clamp(AtLeastOne(4 + (workers * 0.0058)), 1, AtLeastOne(workers / 5.0));
        int orders = options.Orders ?? AtLeastOne(sites * 1.25);
        int days = options.Days ?? (workers < 1_000 ? 14 : workers < 3_000 ? 30 : workers < 10_000 ? 60 : 90);
        int brokers = options.Brokers ?? Math.Max(2, AtLeastOne(workers * 0.03));
        return new(workers, villages, brokers, sites, orders, days);
    }

    /// <summary>Worker-days an order wants on an average day, roughly: it keeps the crews of small seasons small.</summary>
    public double OrderDay => Math.Max(1, Workers * 0.4 / Orders);

    private static int AtLeastOne(double value) => Math.Max(1, (int)Math.Round(value));
}
