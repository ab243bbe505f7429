using Matching.Model;
using Matching.Plans;

namespace Matching.Why;

/// <summary>
/// Answers why an order is short or a worker idle on a day: the smallest sets of rules that bind, found by relaxing and trying
/// again, and remedies that were really applied and solved. Thread-safe.
/// </summary>
public static class WhyInquiry
{
    /// <summary>Why is the order short on that day?</summary>
    /// <exception cref="KeyNotFoundException">The order is unknown.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The day lies outside the season.</exception>
    public static OrderAnswer AskOrder(
        Season season, Plan plan, OrderId order, DateOnly date, WhyOptions? options = null, CancellationToken cancellationToken = default)
    {
        Check(season, plan, date);
        return new OrderInquiry(season, plan, season.OrderById[order], date, options ?? new WhyOptions(), cancellationToken).Answer();
    }

    /// <summary>Why is the worker idle on that day, or where they are?</summary>
    /// <param name="season">The season.</param>
    /// <param name="plan">A plan of it.</param>
    /// <param name="worker">The worker.</param>
    /// <param name="date">The day.</param>
    /// <param name="options">How much is tried.</param>
    /// <param name="board">The plan's board where it is open already; null: it is opened.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="KeyNotFoundException">The worker is unknown.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The day lies outside the season.</exception>
    public static WorkerAnswer AskWorker(
        Season season, Plan plan, WorkerId worker, DateOnly date, WhyOptions? options = null, PlanBoard? board = null,
        CancellationToken cancellationToken = default)
    {
        Check(season, plan, date);
        return new WorkerInquiry(
            season, plan, board ?? PlanBoard.Open(season, plan), season.WorkerById[worker], date, options ?? new WhyOptions(), cancellationToken).Answer();
    }

    private static void Check(Season season, Plan plan, DateOnly date)
    {
        ArgumentNullException.ThrowIfNull(season);
        ArgumentNullException.ThrowIfNull(plan);
        if (!season.Contains(date))
        {
            throw new ArgumentOutOfRangeException(nameof(date), date, "The day lies outside the season.");
        }
    }
}
