using System.Globalization;
using Matching.Checking;
using Matching.Model;
using Matching.Planning.Exact;
using Matching.Plans;
using Matching.Rules;
using Matching.SeasonSuite.Greedy;

namespace Matching.SeasonSuite;

/// <summary>Thousands of tiny seasons against their proven best plans: plan ≤ best ≤ bound, every plan legal, every claim exact.</summary>
internal sealed class TinyRun(PlanOptions options, TextWriter output)
{
    private const int WorstShown = 10;

    private readonly List<(decimal Lost, string Text)> _losses = [];
    private int _seasons;
    private int _noPlanLegal;
    private int _unsettled;
    private int _best;
    private int _tight;
    private int _broken;
    private decimal _lost;
    private decimal _slack;
    private decimal _gained;
    private decimal _greedyGained;

    /// <summary>Runs the seeds; gives the number of seasons with something wrong.</summary>
    public int Run(int first, int count)
    {
        for (int seed = first; seed < first + count; seed++)
        {
            Season season = TinySeasons.Draw(seed);
            PlanResult result = new SeasonPlanner(options with { Seed = seed }).Plan(season);
            List<string> faults = [.. Judge(season, result)];
            _broken += faults.Count > 0 ? 1 : 0;
            foreach (string fault in faults)
            {
                output.WriteLine($"seed {seed}: {fault}");
            }
        }

        foreach ((_, string text) in _losses.OrderByDescending(l => l.Lost).Take(WorstShown))
        {
            output.WriteLine(text);
        }

        int settled = Math.Max(1, _seasons - _noPlanLegal - _unsettled);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            {_seasons} tiny seasons, {_noPlanLegal} without any legal plan (pins), {_unsettled} not settled in time
            best plan found: {100.0 * _best / settled:F1} %; bound equal to the best plan: {100.0 * _tight / settled:F1} %
            over all: plans reach {Share(_gained - _lost):F2} % of what the best plans gain over sending nobody, greedy {Share(_greedyGained):F2} %; bounds lie {Share(_slack):F2} % above
            seasons with something wrong: {_broken}
            """));
        return _broken;
    }

    private decimal Share(decimal part) => 100 * part / Math.Max(1, _gained);

    private IEnumerable<string> Judge(Season season, PlanResult result)
    {
        _seasons++;
        ExactSolution exact = ExactSeasonModel.Solve(season);
        CheckResult check = PlanChecker.Check(season, result.Plan);
        if (exact.Status == ExactStatus.Infeasible)
        {
            _noPlanLegal++;
            if (result.PinConflicts.IsEmpty)
            {
                yield return "no plan is legal, yet no pin is named";
            }

            foreach (Violation violation in check.Violations.Where(v => v.Rule != RuleCode.P1))
            {
                yield return violation.ToString();
            }

            yield break;
        }

        foreach (Violation violation in check.Violations)
        {
            yield return violation.ToString();
        }

        if (result.Plan.Facts is { } facts && facts.Worth != check.Worth)
        {
            yield return $"claims {facts.Worth}, is worth {check.Worth}";
        }

        if (exact.Status == ExactStatus.Unfinished)
        {
            _unsettled++;
            yield break;
        }

        decimal best = exact.NetValue!.Value;
        if (PlanChecker.Check(season, exact.Plan!) is var own && (!own.Legal || own.Worth != exact.Exact!.Rounded()))
        {
            yield return $"the exact model's plan is not what it says: {string.Join("; ", own.Violations)} {own.Worth} / {exact.Exact}";
        }

        if (check.Legal && check.NetValue > exact.Ceiling)
        {
            yield return $"the plan is worth {check.NetValue}, the best plan at most {exact.Ceiling}";
        }

        decimal? bound = result.Plan.Facts?.UpperBound;
        if (bound is null)
        {
            yield return "no upper bound";
        }
        else if (bound < best)
        {
            yield return $"the bound {bound} is below the best plan {best}";
        }

        decimal nobody = PlanChecker.Check(season, Plan.Empty).NetValue;
        CheckResult greedy = PlanChecker.Check(season, GreedyDispatcher.Plan(season));
        _tight += bound <= exact.Ceiling ? 1 : 0;
        // An illegal plan is a fault of its own and counts as sending nobody.
        decimal reached = check.Legal ? check.NetValue : Math.Min(nobody, best);
        _best += check.Legal && reached >= best ? 1 : 0;
        _lost += best - reached;
        if (best > reached)
        {
            _losses.Add((best - reached, string.Create(
                CultureInfo.InvariantCulture, $"far from the best: {season.Name}: plan {reached}, greedy {greedy.NetValue}, best {best}, bound {bound}")));
        }

        _slack += (bound ?? best) - best;
        _gained += best - nobody;
        _greedyGained += (greedy.Legal ? greedy.NetValue : nobody) - nobody;
    }
}
