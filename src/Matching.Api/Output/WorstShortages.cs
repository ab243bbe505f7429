using Matching.Model;
using Matching.Plans;
using Matching.Reporting;

namespace Matching.Api.Output;

/// <summary>The shortages worth naming at the end of a run.</summary>
internal static class WorstShortages
{
    /// <summary>How many are named.</summary>
    public const int Most = 10;

    /// <summary>
    /// The worst first. The planner's own list comes first: it knows the reasons, and puts what a full round forbids to
    /// fill last. The rest follows by what it would have brought.
    /// </summary>
    public static IEnumerable<(Shortage Shortage, decimal LostValue, BindingReason? Reason)> Of(PlanResult result, PlanSummary summary)
    {
        HashSet<(OrderId, DateOnly)> explained = [.. result.ShortageReasons.Select(r => (r.Shortage.Order, r.Shortage.Date))];
        return result.ShortageReasons
            .Select(r => (r.Shortage, r.LostValue, (BindingReason?)r.Reason))
            .Concat(summary.Shortages
                .Where(s => !explained.Contains((s.Shortage.Order, s.Shortage.Date)))
                .Select(s => (s.Shortage, s.LostValue, (BindingReason?)null)))
            .Take(Most);
    }
}
