using Matching.Model;
using Matching.Planning.State;

namespace Matching.Planning.Exact;

/// <summary>
/// Solves a season as one whole model where it is small enough for that, before anything else is tried: the search then
/// begins with what the model found, or has nothing left to do.
/// </summary>
internal sealed class ExactStage(Season season, PlanOptions options, RunWatch watch, WorkMeter meter)
{
    /// <summary>Share of the time for seasons the model does not settle: the search has the rest.</summary>
    private const double Share = 0.5;

    /// <summary>Seconds at most: what is not settled by then seldom is later.</summary>
    private const double MostSeconds = 30;

    /// <summary>Variables with which a model was still seen to be settled within some seconds.</summary>
    private const int MostVariables = 3_000;
    private const int MostMornings = 2_000;

    /// <summary>CNY that rounding ten parts to cents can make: what is proven closer than that is proven best.</summary>
    private const decimal MostRounding = 0.06m;

    /// <summary>Sizes above which no model is even begun.</summary>
    private const int MostWorkers = 60;
    private const int MostPlaces = 60;
    private const int MostDays = 14;
    private const int MostLeads = 200;

    /// <summary>What the model found, or null where the season is too large for it.</summary>
    /// <param name="threads">Threads that are free for it, at least 1.</param>
    public ExactSolution? Run(int threads)
    {
        if (watch.IsCancelled || !IsSmall() || ExactSeasonModel.Build(season, new ExactSize(MostMornings, MostVariables)) is not { } model)
        {
            return null;
        }

        double seconds = Math.Clamp(Share * (watch.Limit - watch.Used), 0, MostSeconds);
        ExactEffort effort = options.Reproducible
            ? new(double.PositiveInfinity, 1) { Work = seconds }
            : new(seconds, threads);
        ExactSolution found = model.Solve(effort, watch.Cancelled);
        meter.Done += (long)(found.Work * WorkMeter.PerSecond);
        if (found.Ceiling is { } ceiling)
        {
            watch.Bound(ceiling);
        }

        if (found.NetValue is { } net)
        {
            watch.Incumbent((double)net);
        }

        if (found.Status == ExactStatus.Optimal && found.Ceiling - found.NetValue <= MostRounding)
        {
            watch.Settle();
        }

        return found;
    }

    private bool IsSmall() =>
        season.Workers.Length <= MostWorkers && season.Places.Length <= MostPlaces && season.DayCount <= MostDays
        && season.Brokers.Length * season.Orders.Length <= MostLeads;
}
