namespace Matching.Generating;

/// <summary>
/// What season to draw. Only <see cref="Workers"/> must be given; a size left null is scaled from the workers, so that
/// 20,000 of them give about 65 villages, 600 brokers, 120 sites, 150 orders and 90 days. Immutable.
/// </summary>
public sealed record GeneratorOptions
{
    /// <summary>The most workers a drawn season has.</summary>
    public const int MaxWorkers = 1_000_000;

    /// <summary>The most villages a drawn season has.</summary>
    public const int MaxVillages = 10_000;

    /// <summary>The most brokers a drawn season has.</summary>
    public const int MaxBrokers = 100_000;

    /// <summary>The most sites a drawn season has.</summary>
    public const int MaxSites = 10_000;

    /// <summary>The most orders a drawn season has.</summary>
    public const int MaxOrders = 20_000;

    /// <summary>The most days a season has.</summary>
    public const int MaxDays = 3660;

    /// <summary>The most vehicles a drawn season has.</summary>
    public const int MaxVehicles = 100_000;

    /// <summary>Number of workers, 1 to 1,000,000.</summary>
    public required int Workers { get; init; }

    /// <summary>
    /// Number of villages, 1 to 10,000, or null. The 65 of Hongsibu come first, then the 133 of Zhongning, then invented ones.
    /// </summary>
    public int? Villages { get; init; }

    /// <summary>Number of brokers, 1 to 100,000, certified or not, or null.</summary>
    public int? Brokers { get; init; }

    /// <summary>Number of work sites, 1 to 10,000, or null.</summary>
    public int? Sites { get; init; }

    /// <summary>Number of orders, 1 to 20,000, or null. With fewer orders than sites some sites ask for nobody.</summary>
    public int? Orders { get; init; }

    /// <summary>Number of season days, 1 to <see cref="MaxDays"/>, or null.</summary>
    public int? Days { get; init; }

    /// <summary>Number of vehicles, 0 to 100,000, or null for as many as bring the commuters of the peak day.</summary>
    public int? Vehicles { get; init; }

    /// <summary>Seed of every random draw. Default 1.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>What kind of season. Default <see cref="SeasonProfile.Mixed"/>.</summary>
    public SeasonProfile Profile { get; init; } = SeasonProfile.Mixed;

    /// <summary>The season's name, or null for one made from the profile.</summary>
    public string? Name { get; init; }

    /// <summary>Throws when a value is out of range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range; the message names it and the range.</exception>
    public void Validate()
    {
        Check(nameof(Workers), Workers, 1, MaxWorkers);
        Check(nameof(Villages), Villages, 1, MaxVillages);
        Check(nameof(Brokers), Brokers, 1, MaxBrokers);
        Check(nameof(Sites), Sites, 1, MaxSites);
        Check(nameof(Orders), Orders, 1, MaxOrders);
        Check(nameof(Days), Days, 1, MaxDays);
        Check(nameof(Vehicles), Vehicles, 0, MaxVehicles);
        if (!Enum.IsDefined(Profile))
        {
            throw new ArgumentOutOfRangeException(nameof(Profile), Profile, "The profile of a generated season must be one of the named ones.");
        }
    }

    private static void Check(string name, int? value, int least, int most)
    {
        if (value is { } given && (given < least || given > most))
        {
            throw new ArgumentOutOfRangeException(
                name, given, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{name} of a generated season must be {least} to {most}."));
        }
    }
}
