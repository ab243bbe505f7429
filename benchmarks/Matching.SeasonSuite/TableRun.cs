using System.Globalization;
using Matching.Checking;
using Matching.Model;
using Matching.Plans;
using Matching.SeasonSuite.Monolithic;

namespace Matching.SeasonSuite;

/// <summary>A row of the published table.</summary>
internal sealed record TableRow(
    string Group, int Workers, SuiteRow Plan, GapCurve Curve, double? FirstLegal, double? To5, double? To2, double? To1,
    MonolithicOutcome? Monolithic);

/// <summary>The published table: every season planned, checked, and held against the greedy dispatcher and the monolithic model.</summary>
/// <param name="seconds">Seconds of planning per season, or null for what its size is given.</param>
/// <param name="options">The other options of the planner.</param>
/// <param name="monolithicWorkers">Most workers with which the monolithic model is tried.</param>
/// <param name="output">Where lines go as they come.</param>
internal sealed class TableRun(double? seconds, PlanOptions options, int monolithicWorkers, TextWriter output)
{
    private readonly List<TableRow> _rows = [];

    /// <summary>Runs all seasons.</summary>
    /// <returns>How many rows are broken.</returns>
    public int Run(IEnumerable<SuiteSeason> seasons)
    {
        foreach (string line in Header("season", withMonolithic: true))
        {
            output.WriteLine(line);
        }

        foreach ((Season season, string group) in seasons)
        {
            TableRow row = RowOf(season, group);
            _rows.Add(row);
            output.WriteLine(Line(row));
            output.Flush();
            foreach (string fault in row.Plan.Faults.Concat(row.Monolithic?.Faults ?? []))
            {
                Console.Error.WriteLine($"{season.Name}: {fault}");
            }
        }

        output.WriteLine();
        output.WriteLine("Medians:");
        output.WriteLine();
        foreach (string line in Header("season", withMonolithic: false).Concat(_rows.GroupBy(r => r.Group).Select(MedianLine)))
        {
            output.WriteLine(line);
        }

        return _rows.Count(r => r.Plan.Faults.Count > 0);
    }

    /// <summary>The chart of what has been run.</summary>
    public string Chart() => AnytimeChart.Draw(
        [.. _rows.GroupBy(r => r.Workers).OrderBy(g => g.Key).Select(g => (
            string.Create(CultureInfo.InvariantCulture, $"{g.Key:N0} workers"), (IReadOnlyList<GapCurve>)[.. g.Select(r => r.Curve)], g.Max(r => r.Plan.Seconds)))],
        "Proven gap over time, median of the seasons of a size");

    private TableRow RowOf(Season season, string group)
    {
        double limit = seconds ?? SuiteSeasons.SecondsFor(season.Workers.Length);
        (SuiteRow plan, PlanResult result) = SuiteRun.Of(season, options with { Seconds = limit }, withGreedy: true);
        var curve = new GapCurve(result.Trace);
        MonolithicOutcome? monolithic = season.Workers.Length <= monolithicWorkers
            ? MonolithicModel.Solve(season, limit, options.Threads, plan.Nobody) : null;
        return new(
            group, season.Workers.Length, plan, curve, result.Trace.FirstOrDefault(p => p.Incumbent > plan.Nobody)?.Seconds,
            curve.SecondsTo(0.05), curve.SecondsTo(0.02), curve.SecondsTo(0.01), monolithic);
    }

    private static IEnumerable<string> Header(string first, bool withMonolithic) =>
    [
        $"| {first} | s | net value | upper bound | gap % | required % | target % | first legal s | to 5 % s | to 2 % s | to 1 % s | MB | greedy | ratio | monolithic CP-SAT |{(withMonolithic ? " check |" : " seasons |")}",
        "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|---|",
    ];

    private static string Line(TableRow r) => Cells(
        r.Plan.Season, r.Plan.Seconds, (double)r.Plan.NetValue, (double?)r.Plan.UpperBound, (double?)r.Plan.Gap, r.Plan.RequiredFilled, r.Plan.TargetFilled,
        r.FirstLegal, r.To5, r.To2, r.To1, r.Plan.Megabytes, (double?)r.Plan.Greedy, r.Plan.Ratio,
        r.Monolithic?.Text ?? "not tried", r.Plan.Faults.Count == 0 ? "legal, exact" : "**broken**");

    private static string MedianLine(IGrouping<string, TableRow> rows)
    {
        double? Of(Func<TableRow, double?> value) => Medians.Of(rows.Select(value));
        double? Reached(Func<TableRow, double?> value) => Medians.OfReached(rows.Select(value));
        bool tried = rows.Any(r => r.Monolithic is not null);
        double? monolithic = Medians.Of(rows.Select(r => (double?)r.Monolithic?.NetValue));
        return Cells(
            rows.Key, Of(r => r.Plan.Seconds), Of(r => (double)r.Plan.NetValue), Of(r => (double?)r.Plan.UpperBound), Of(r => (double?)r.Plan.Gap),
            Of(r => r.Plan.RequiredFilled), Of(r => r.Plan.TargetFilled), Reached(r => r.FirstLegal), Reached(r => r.To5), Reached(r => r.To2), Reached(r => r.To1),
            Of(r => r.Plan.Megabytes), Of(r => (double?)r.Plan.Greedy), Of(r => r.Plan.Ratio),
            !tried ? "not tried" : monolithic is { } net ? string.Create(CultureInfo.InvariantCulture, $"{net:N0}") : "nothing",
            rows.Count().ToString(CultureInfo.InvariantCulture));
    }

    private static string Cells(
        string name, double? seconds, double? net, double? bound, double? gap, double? required, double? target, double? first, double? to5, double? to2,
        double? to1, double? megabytes, double? greedy, double? ratio, string monolithic, string last)
    {
        string[] cells =
        [
            name, Cell(seconds, "F1"), Cell(net, "N0"), Cell(bound, "N0"), Cell(100 * gap, "F2"), Cell(required, "F1"), Cell(target, "F1"),
            Cell(first, "F1"), Cell(to5, "F1"), Cell(to2, "F1"), Cell(to1, "F1"), Cell(megabytes, "N0"), Cell(greedy, "N0"), Cell(ratio, "F2"), monolithic, last,
        ];
        return $"| {string.Join(" | ", cells)} |";
    }

    private static string Cell(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "-";
}
