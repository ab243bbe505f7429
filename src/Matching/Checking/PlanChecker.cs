using System.Collections.Immutable;
using Matching.Model;
using Matching.Plans;

namespace Matching.Checking;

/// <summary>
/// Checks any plan against any season: every broken rule, and the worth recounted from the two alone. What the plan says about
/// itself is compared, never used. Thread-safe.
/// </summary>
public static class PlanChecker
{
    /// <summary>The worth alone, without going through the rules.</summary>
    internal static Worth WorthOf(Season season, Plan plan)
    {
        var index = new SeasonIndex(season);
        var ledger = new Ledger(index, plan);
        return new WorthCount(ledger, new Fleet(ledger, plan.Trips), new DemandCheck(ledger, new Findings()).Deliver()).Worth;
    }

    /// <summary>Goes through every rule and recounts the worth.</summary>
    /// <param name="season">The season.</param>
    /// <param name="plan">The plan, however it was made.</param>
    /// <returns>The verdict; breaches are a result, not an exception.</returns>
    /// <exception cref="ArgumentException">The plan is unreadable: it names an unknown id, or has a crew or trip id twice.</exception>
    public static CheckResult Check(Season season, Plan plan)
    {
        ArgumentNullException.ThrowIfNull(season);
        ArgumentNullException.ThrowIfNull(plan);
        var index = new SeasonIndex(season);
        var ledger = new Ledger(index, plan);
        Inspection inspection = Inspection.Of(ledger, plan.Trips);
        ImmutableArray<Violation> violations = inspection.Findings.InOrder();
        ImmutableArray<Shortage> shortages = inspection.Demand.Shortages();
        WorthCount count = inspection.Count;
        var claims = new ClaimCheck(plan);
        claims.Run(count, violations.IsEmpty, shortages);
        return new CheckResult
        {
            Violations = violations,
            Worth = count.Worth,
            Shortages = shortages,
            Notes = [.. claims.Notes.Select(n => n.English)],
            NotesZh = [.. claims.Notes.Select(n => n.Chinese)],
        };
    }
}
