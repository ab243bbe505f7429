using System.Diagnostics;
using Matching.Checking;
using Matching.Model;
using Matching.Plans;
using Matching.Search;
using Matching.SeasonSuite.Greedy;

namespace Matching.SeasonSuite;

/// <summary>One season planned, checked and compared.</summary>
internal sealed record SuiteRow
{
    public required string Season { get; init; }

    public required string Size { get; init; }

    public required double Seconds { get; init; }

    /// <summary>Seconds to the first plan the planner reported, or null when it reported none.</summary>
    public required double? FirstPlan { get; init; }

    public required decimal NetValue { get; init; }

    public required decimal? UpperBound { get; init; }

    public required decimal? Gap { get; init; }

    /// <summary>Worker-days filled, per cent of those required, each day counted up to what it requires.</summary>
    public required double RequiredFilled { get; init; }

    /// <summary>Worker-days filled, per cent of the targets.</summary>
    public required double TargetFilled { get; init; }

    public required long? Megabytes { get; init; }

    /// <summary>What the greedy dispatcher reaches; null when it was not run.</summary>
    public required decimal? Greedy { get; init; }

    /// <summary>What sending nobody is worth.</summary>
    public required decimal Nobody { get; init; }

    /// <summary>What is wrong; empty when every rule is kept and every claim holds.</summary>
    public required IReadOnlyList<string> Faults { get; init; }

    /// <summary>What the planner gains over sending nobody, as a multiple of what the greedy dispatcher gains.</summary>
    public double? Ratio => Greedy is { } greedy && greedy > Nobody ? (double)((NetValue - Nobody) / (greedy - Nobody)) : null;
}

/// <summary>Plans one season, checks the plan by the independent checker and runs the baseline.</summary>
internal static class SuiteRun
{
    private const int MostFaultsShown = 5;

    public static (SuiteRow Row, PlanResult Result) Of(Season season, PlanOptions options, bool withGreedy)
    {
        PeakMemory.Restart();
        FirstIncumbent first = new();
        Stopwatch watch = Stopwatch.StartNew();
        PlanResult result = new SeasonPlanner(options).Plan(season, first);
        double seconds = watch.Elapsed.TotalSeconds;
        long? megabytes = PeakMemory.Megabytes();

        CheckResult check = PlanChecker.Check(season, result.Plan);
        CheckResult? greedy = withGreedy ? PlanChecker.Check(season, GreedyDispatcher.Plan(season)) : null;
        long required = season.Demand.Sum(d => (long)d.Required);
        long target = season.Demand.Sum(d => (long)d.Target);
        var row = new SuiteRow
        {
            Season = season.Name,
            Size = FormattableString.Invariant($"{season.Workers.Length:N0} × {season.DayCount} d × {season.Orders.Length} orders"),
            Seconds = seconds,
            FirstPlan = first.Seconds,
            NetValue = check.NetValue,
            UpperBound = result.Plan.Facts?.UpperBound,
            Gap = result.Plan.Facts?.Gap,
            RequiredFilled = Share(required - check.Shortages.Sum(s => (long)Math.Max(0, s.Required - s.Filled)), required),
            TargetFilled = Share(target - check.Shortages.Sum(s => (long)(s.Target - s.Filled)), target),
            Megabytes = megabytes,
            Greedy = greedy?.NetValue,
            Nobody = PlanChecker.Check(season, Plan.Empty).NetValue,
            Faults = [.. Faults(result, check), .. greedy?.Violations.Where(v => season.Pins.IsEmpty || v.Rule != Rules.RuleCode.P1)
                .Take(MostFaultsShown).Select(v => $"greedy: {v}") ?? []],
        };
        return (row, result);
    }

    private static IEnumerable<string> Faults(PlanResult result, CheckResult check)
    {
        foreach (Violation violation in check.Violations.Take(MostFaultsShown))
        {
            yield return violation.ToString();
        }

        if (check.Violations.Length > MostFaultsShown)
        {
            yield return $"and {check.Violations.Length - MostFaultsShown} more broken rules";
        }

        if (result.Plan.Facts is not { } facts)
        {
            yield return "the plan claims no worth";
            yield break;
        }

        if (facts.Worth != check.Worth)
        {
            yield return $"claims {facts.Worth.NetValue}, is worth {check.NetValue}: {facts.Worth} / {check.Worth}";
        }

        if (facts.UpperBound < check.NetValue)
        {
            yield return $"the bound {facts.UpperBound} is below the plan {check.NetValue}";
        }
    }

    private static double Share(long part, long whole) => whole == 0 ? 100 : 100.0 * part / whole;

    private sealed class FirstIncumbent : IProgress<PlanProgress>
    {
        private readonly Lock _lock = new();

        public double? Seconds { get; private set; }

        public void Report(PlanProgress value)
        {
            lock (_lock)
            {
                Seconds ??= value.Incumbent is null ? null : value.Seconds;
            }
        }
    }
}
