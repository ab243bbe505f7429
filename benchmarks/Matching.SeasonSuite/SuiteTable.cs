using System.Globalization;

namespace Matching.SeasonSuite;

/// <summary>Rows as a Markdown table, one line at a time so that a long run can be watched.</summary>
internal static class SuiteTable
{
    public static IEnumerable<string> Header =>
    [
        "| season | size | s | first plan s | net value | upper bound | gap % | required % | target % | MB | greedy | ratio | check |",
        "|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|---|",
    ];

    public static string Line(SuiteRow row) => string.Create(
        CultureInfo.InvariantCulture,
        $"| {row.Season} | {row.Size} | {row.Seconds:F1} | {row.FirstPlan:F1} | {row.NetValue:N0} | {row.UpperBound:N0} | {100 * row.Gap:F2} | {row.RequiredFilled:F1} | {row.TargetFilled:F1} | {row.Megabytes:N0} | {row.Greedy:N0} | {row.Ratio:F2} | {(row.Faults.Count == 0 ? "legal, exact" : "**broken**")} |");

    /// <summary>Medians over all rows, and the worst gap.</summary>
    public static string Summary(IReadOnlyList<SuiteRow> rows) => string.Create(
        CultureInfo.InvariantCulture,
        $"{rows.Count} seasons; median gap {100 * Medians.Of(rows.Select(r => (double?)r.Gap)):F2} %, worst {100 * rows.Max(r => r.Gap):F2} %; median required filled {Medians.Of(rows.Select(r => (double?)r.RequiredFilled)):F1} %; median ratio to greedy {Medians.Of(rows.Select(r => r.Ratio)):F2}; broken {rows.Count(r => r.Faults.Count > 0)}.");
}
