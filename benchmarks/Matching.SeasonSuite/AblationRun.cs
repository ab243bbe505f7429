using System.Globalization;
using Matching.Checking;
using Matching.Model;
using Matching.Planning;
using Matching.Plans;

namespace Matching.SeasonSuite;

/// <summary>
/// Each mechanism of the planner switched off in turn, with the same seconds, seeds and seasons: what the plans lose without
/// it is what it earns.
/// </summary>
internal sealed class AblationRun(double? seconds, PlanOptions options, long[] runSeeds, TextWriter output)
{
    /// <summary>Runs and prints the table.</summary>
    /// <returns>How many plans broke a rule.</returns>
    public int Run(IEnumerable<SuiteSeason> seasons)
    {
        string[] mechanisms = [.. PlanningRun.Mechanisms];
        var lost = mechanisms.ToDictionary(m => m, _ => new List<double>());
        int broken = 0;
        output.WriteLine($"| season | run seed | with all | {string.Join(" | ", mechanisms.Select(m => "− " + m))} |");
        output.WriteLine($"|---|--:|--:|{string.Concat(mechanisms.Select(_ => "--:|"))}");
        foreach ((Season season, _) in seasons)
        {
            foreach (long seed in runSeeds)
            {
                PlanOptions given = options with { Seconds = seconds ?? SuiteSeasons.SecondsFor(season.Workers.Length), Seed = seed };
                decimal nobody = PlanChecker.Check(season, Plan.Empty).NetValue;
                decimal all = Net(season, given, ref broken);
                List<string> cells = [season.Name, seed.ToString(CultureInfo.InvariantCulture), all.ToString("N0", CultureInfo.InvariantCulture)];
                foreach (string mechanism in mechanisms)
                {
                    decimal without = Net(season, given with { Without = [mechanism] }, ref broken);
                    double loss = (double)((all - without) / Math.Max(1, all - nobody));
                    lost[mechanism].Add(loss);
                    cells.Add(string.Create(CultureInfo.InvariantCulture, $"{-100 * loss:+0.00;-0.00;0.00} %"));
                }

                output.WriteLine($"| {string.Join(" | ", cells)} |");
                output.Flush();
            }
        }

        output.WriteLine();
        output.WriteLine("What each mechanism earns, in per cent of what the plan with all of them gains over sending nobody:");
        output.WriteLine();
        output.WriteLine("| mechanism | median | least | most | runs better with it |");
        output.WriteLine("|---|--:|--:|--:|--:|");
        foreach ((string mechanism, List<double> losses) in lost.Where(l => l.Value.Count > 0).OrderByDescending(l => l.Value.Average()))
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {mechanism} | {100 * Medians.Of(losses.Select(l => (double?)l)):F2} | {100 * losses.Min():F2} | {100 * losses.Max():F2} | {losses.Count(l => l > 0)} of {losses.Count} |"));
        }

        return broken;
    }

    private static decimal Net(Season season, PlanOptions options, ref int broken)
    {
        CheckResult check = PlanChecker.Check(season, new SeasonPlanner(options).Plan(season).Plan);
        if (!check.Legal)
        {
            broken++;
            Console.Error.WriteLine($"{season.Name} without {string.Join(", ", options.Without)}: {check.Violations[0]}");
        }

        return check.NetValue;
    }
}
