using System.Globalization;
using Matching.Checking;
using Matching.Files;
using Matching.Model;
using Matching.Planning.Transport;
using Matching.Plans;

namespace Matching.SeasonSuite.Published;

/// <summary>Which part of the library is measured on the published instances.</summary>
internal enum MeasuredPart
{
    /// <summary>The transport stage alone; sets where everybody commutes.</summary>
    Transport,

    /// <summary>The whole planner.</summary>
    Engine,
}

/// <summary>Runs the published instances and prints a Markdown table, a row each.</summary>
internal sealed class PublishedRun(MeasuredPart part, double[] seconds, long? steps, int threads, long[] seeds, TextWriter output)
{
    /// <summary>The number of rows that broke a rule.</summary>
    public int Run(IEnumerable<PublishedInstance> instances)
    {
        string limits = string.Concat(seconds.Select(s => string.Create(CultureInfo.InvariantCulture, $" cost {s:0.#} s | gap % |")));
        output.WriteLine($"| instance | best known |{limits} lower bound | bound gap % | check |");
        output.WriteLine("|---|--:|" + string.Concat(seconds.Select(_ => "--:|--:|")) + "--:|--:|---|");
        int broken = 0;
        List<(string Set, double[] Gaps)> all = [];
        foreach (PublishedInstance instance in instances.Where(i => part == MeasuredPart.Engine || i.IsTransport))
        {
            (string line, bool legal, double[] gaps) = Row(instance);
            output.WriteLine(line);
            output.Flush();
            broken += legal ? 0 : 1;
            all.Add((instance.Set, gaps));
        }

        output.WriteLine();
        foreach (IGrouping<string, (string Set, double[] Gaps)> set in all.Where(a => a.Gaps.Length > 0).GroupBy(a => a.Set))
        {
            string means = string.Join(", ", seconds.Select((s, i) => string.Create(
                CultureInfo.InvariantCulture, $"{set.Average(a => a.Gaps[i]):F2} % at {s:0.#} s (worst {set.Max(a => a.Gaps[i]):F2} %)")));
            output.WriteLine($"{set.Key}: {set.Count()} instances, mean gap {means}.");
        }

        return broken;
    }

    private (string Line, bool Legal, double[] Gaps) Row(PublishedInstance instance)
    {
        Season season = instance.ToSeason();
        List<string> cells = [instance.Name, Text(instance.BestKnown)];
        List<double> gaps = [];
        bool legal = true;
        decimal? bound = null;
        decimal best = decimal.MaxValue;
        foreach (double limit in seconds)
        {
            List<decimal> costs = [];
            foreach (long seed in seeds)
            {
                (Plan plan, decimal? lower) = part == MeasuredPart.Transport ? Stage(instance, season, limit, seed) : Engine(instance, season, limit, seed);
                CheckResult check = PlanChecker.Check(season, plan);
                legal &= check.Legal;
                foreach (Violation violation in check.Violations.Take(3))
                {
                    Console.Error.WriteLine($"{instance.Name}: {violation}");
                }

                costs.Add(instance.FullValue - check.NetValue);
                bound = bound is null || lower > bound ? lower : bound;
                best = Math.Min(best, costs[^1]);
            }

            costs.Sort();
            decimal median = costs[costs.Count / 2];
            cells.Add(Text(median));
            if (instance.BestKnown is { } known)
            {
                gaps.Add((double)(100 * (median - known) / known));
                cells.Add(gaps[^1].ToString("F2", CultureInfo.InvariantCulture));
            }
            else
            {
                cells.Add("");
            }
        }

        cells.Add(Text(bound));
        cells.Add(bound is { } b && best > 0 ? (100 * (best - b) / best).ToString("F2", CultureInfo.InvariantCulture) : "");
        cells.Add(!legal ? "**broken**" : bound > best + 0.01m ? "**bound above cost**" : "legal");
        return ($"| {string.Join(" | ", cells)} |", legal && !(bound > best + 0.01m), [.. gaps]);
    }

    private (Plan Plan, decimal? LowerBound) Stage(PublishedInstance instance, Season season, double limit, long seed)
    {
        TransportOptions options = new() { Seconds = limit, Threads = threads, Seed = seed, Iterations = steps };
        TransportResult result = new TransportStage(options).Solve(instance.ToTask());
        Console.Error.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{instance.Name}: {result.Cost:F2} with {result.VehiclesUsed} vehicles, {result.Iterations:N0} steps in {result.Seconds:F1} s, bound {result.LowerBound:F2}"));
        return (StagePlan.Of(instance, season, result), (decimal?)result.LowerBound);
    }

    private (Plan Plan, decimal? LowerBound) Engine(PublishedInstance instance, Season season, double limit, long seed)
    {
        PlanResult result = new SeasonPlanner(new PlanOptions { Seconds = limit, Threads = threads, Seed = seed }).Plan(season);
        return (result.Plan, instance.FullValue - result.Plan.Facts?.UpperBound);
    }

    private static string Text(decimal? value) =>
        value is not { } v ? "" : v.ToString(v == decimal.Truncate(v) ? "N0" : "N2", CultureInfo.InvariantCulture);

    /// <summary>Writes the instances as season folders.</summary>
    public static void Write(IEnumerable<PublishedInstance> instances, string folder)
    {
        foreach (PublishedInstance instance in instances)
        {
            SeasonFiles.WriteFolder(instance.ToSeason(), Path.Combine(folder, instance.Name.Replace(' ', '-')));
        }
    }
}
