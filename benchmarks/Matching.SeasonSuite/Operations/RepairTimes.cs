using System.Diagnostics;
using System.Globalization;
using Matching.Checking;
using Matching.Model;
using Matching.Plans;
using Matching.Repairing;

namespace Matching.SeasonSuite.Operations;

/// <summary>Repairs of a plan after drawn mornings: how long, how many people hear of it, and what a fresh plan would have been worth.</summary>
internal static class RepairTimes
{
    /// <summary>Runs the mornings; gives 1 when a repaired plan is not legal.</summary>
    /// <param name="season">The season.</param>
    /// <param name="plan">A legal plan of it.</param>
    /// <param name="count">Mornings drawn.</param>
    /// <param name="seed">Seed of the draw.</param>
    /// <param name="fresh">Seconds of a fresh plan of each changed season; 0 for none.</param>
    /// <param name="output">Gets the table.</param>
    public static int Of(Season season, Plan plan, int count, int seed, double fresh, TextWriter output)
    {
        var draw = new MorningDraw(season, plan, seed);
        List<double> seconds = [];
        List<double> shares = [];
        int broken = 0;
        output.WriteLine("| day | seconds | people hit | people told | ratio | worth before | worth after | fresh plan | after / fresh | legal |");
        output.WriteLine("|---|--:|--:|--:|--:|--:|--:|--:|--:|---|");
        for (int i = 0; i < count; i++)
        {
            (DateOnly day, Season changed) = draw.Next();
            long began = Stopwatch.GetTimestamp();
            RepairResult result = PlanRepairer.Repair(season, plan, changed, new RepairOptions { Now = day, Seed = seed + i });
            seconds.Add(Stopwatch.GetElapsedTime(began).TotalSeconds);
            int hit = result.Hit.Select(h => h.Worker).Distinct().Count();
            int told = result.Diff.People.Select(p => p.Worker).Distinct().Count();
            CheckResult check = PlanChecker.Check(changed, result.Plan);
            broken += check.Legal ? 0 : 1;
            decimal? best = fresh > 0 ? PlanChecker.Check(changed, new SeasonPlanner(new PlanOptions { Seconds = fresh }).Plan(changed).Plan).NetValue : null;
            double ratio = (double)told / Math.Max(1, hit);
            shares.Add(ratio);
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {day:yyyy-MM-dd} | {seconds[^1]:0.00} | {hit} | {told} | {ratio:0.00} | {plan.Facts?.Worth.NetValue:N0} | {check.NetValue:N0} | {best:N0} | {check.NetValue / best:0.0000} | {check.Legal} |"));
        }

        seconds.Sort();
        shares.Sort();
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"seconds: median {seconds[count / 2]:0.00}, most {seconds[^1]:0.00}; told per hit: median {shares[count / 2]:0.00}, most {shares[^1]:0.00}; not legal: {broken}"));
        return broken == 0 ? 0 : 1;
    }
}
