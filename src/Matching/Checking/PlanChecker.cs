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
        var demand = new DemandCheck(ledger, new Findings());
        demand.Run();
        return new WorthCount(ledger, new Fleet(ledger, plan), demand.Delivered).Worth;
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
        var fleet = new Fleet(ledger, plan);
        var findings = new Findings();

        new PeopleCheck(ledger, findings).Run();
        new HouseholdCheck(ledger, findings).Run();
        new PairCheck(ledger, findings).Run();
        new CrewCheck(ledger, findings).Run();
        new LodgingCheck(ledger, findings).Run();
        var demand = new DemandCheck(ledger, findings);
        demand.Run();
        new TripCheck(ledger, fleet, findings).Run();
        new VehicleCheck(index, fleet, findings).Run();

        ImmutableArray<Violation> violations = findings.InOrder();
        ImmutableArray<Shortage> shortages = demand.Shortages();
        var count = new WorthCount(ledger, fleet, demand.Delivered);
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
