using System.Collections.Immutable;
using Matching.Plans;

namespace Matching.Checking;

/// <summary>Every rule asked once of a plan, or of a part of it, in the order they are reported in; and its worth counted.</summary>
/// <param name="Findings">What is broken.</param>
/// <param name="Demand">What orders and agreements received.</param>
/// <param name="Count">The worth.</param>
internal sealed record Inspection(Findings Findings, DemandCheck Demand, WorthCount Count)
{
    /// <summary>Goes through all rules.</summary>
    public static Inspection Of(Ledger ledger, ImmutableArray<Trip> trips)
    {
        var fleet = new Fleet(ledger, trips);
        var findings = new Findings();
        new PeopleCheck(ledger, findings).Run();
        new HouseholdCheck(ledger, findings).Run();
        new PairCheck(ledger, findings).Run();
        new CrewCheck(ledger, findings).Run();
        new LodgingCheck(ledger, findings).Run();
        var demand = new DemandCheck(ledger, findings);
        demand.Run();
        new TripCheck(ledger, fleet, findings).Run();
        new VehicleCheck(ledger.Index, fleet, findings).Run();
        return new Inspection(findings, demand, new WorthCount(ledger, fleet, demand.Delivered));
    }
}
