using Matching.Plans;
using Matching.Reporting;

namespace Matching.Api.Output;

/// <summary>The shortages worth naming at the end of a run.</summary>
internal static class WorstShortages
{
    /// <summary>How many are named.</summary>
    public const int Most = 10;

    /// <summary>The worst, with the binding reason where the planner gives one.</summary>
    public static IEnumerable<(Shortage Shortage, decimal LostValue, BindingReason? Reason)> Of(PlanResult result, PlanSummary summary)
    {
        Dictionary<(Model.OrderId, DateOnly), BindingReason> reasons =
            result.ShortageReasons.ToDictionary(r => (r.Shortage.Order, r.Shortage.Date), r => r.Reason);
        return summary.Shortages.Take(Most).Select(s => (
            s.Shortage, s.LostValue,
            reasons.TryGetValue((s.Shortage.Order, s.Shortage.Date), out BindingReason reason) ? reason : (BindingReason?)null));
    }
}
