using Matching.Model;
using Matching.Rules;

namespace Matching.Planning.Exact;

/// <summary>
/// Which seasons have numbers that whole numbers of the solver can hold: files may say anything, and what does not fit must
/// neither wrap around nor stop a planning run.
/// </summary>
internal static class ExactNumbers
{
    /// <summary>CNY, or CNY per km or day.</summary>
    private const decimal MostAmount = 1_000_000m;
    private const int MostCount = 1_000_000;
    private const int MostMinutes = 100_000;
    private const decimal MostKm = 100_000m;
    private const decimal MostDetour = 100m;
    private const decimal LeastSpeed = 1m;

    /// <summary>Largest power of ten by which hours and shares are made whole.</summary>
    private const long MostScale = 1_000_000;

    /// <summary>Whether amounts, counts, ways, hours and shares are all of a size the model can hold.</summary>
    public static bool Fit(Season season) =>
        Amounts(season).All(a => a <= MostAmount)
        && Counts(season).All(c => c <= MostCount)
        && season.Travel.All(l => l.Minutes <= MostMinutes && l.Km <= MostKm)
        && season.Road is { StopMinutes: <= MostMinutes, Detour: <= MostDetour, SpeedKmh: >= LeastSpeed }
        && Hours(season).All(IsWholeWithScale)
        && season.Orders.All(o => IsWholeWithScale(o.ExperiencedShare ?? 0m));

    /// <summary>The least power of ten that makes all the numbers whole.</summary>
    /// <exception cref="ArgumentException">None up to the largest does; <see cref="Fit"/> tells before.</exception>
    public static long ScaleOf(params IEnumerable<decimal> numbers)
    {
        long scale = 1;
        foreach (decimal number in numbers)
        {
            while (number * scale != Math.Floor(number * scale))
            {
                scale = scale < MostScale ? 10 * scale : throw new ArgumentException($"{number} has too many decimals.", nameof(numbers));
            }
        }

        return scale;
    }

    /// <summary>Every number that hours are counted in.</summary>
    public static IEnumerable<decimal> Hours(Season season) => season.Orders.Select(o => o.Hours).Append(WorkerRules.MostHoursPer7Days(season.Work));

    private static bool IsWholeWithScale(decimal number) => number * MostScale == Math.Floor(number * MostScale);

    private static IEnumerable<decimal> Amounts(Season season) =>
    [
        season.Costs.EngagementStart, season.Costs.MemberJoin, season.Costs.OtherBroker, season.Transport.CoachFarePerKm,
        .. season.Orders.SelectMany(o => new[] { o.ValueRequired, o.ValueTarget }),
        .. season.Brokers.Select(b => b.DailyFee),
        .. season.Vehicles.SelectMany(v => new[] { v.CostPerDay, v.CostPerKm }),
        .. season.Agreements.Select(a => a.Penalty),
        .. season.Workers.Select(w => w.TargetWeight),
    ];

    private static IEnumerable<int> Counts(Season season) =>
    [
        .. season.Demand.Select(d => d.Target), .. season.Agreements.Select(a => a.MinDays), .. season.Workers.Select(w => w.TargetDays),
    ];
}
