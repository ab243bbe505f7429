using System.Collections.Immutable;
using Matching.Plans;

namespace Matching.Checking;

/// <summary>Every rule asked once of a plan, or of a part of it, in the order they are reported in; and its worth counted.</summary>
/// <param name="Findings">What is broken.</param>
/// <param name="Demand">What orders and agreements received.</param>
/// <param name="Count">The worth.</param>
internal sealed record Inspection(Findings Findings, DemandCheck Demand, WorthCount Count)
{
    /// <summary>Trips from which on it pays to go through them beside the people.</summary>
    private const int ManyTrips = 1_000;

    /// <summary>Goes through all rules; those of people and those of trips share nothing but the ledger, so large plans have them side by side.</summary>
    /// <exception cref="ArgumentException">A trip names something unknown, or a trip id stands twice.</exception>
    public static Inspection Of(Ledger ledger, ImmutableArray<Trip> trips)
    {
        if (trips.IsDefault || trips.Length < ManyTrips)
        {
            return Of(ledger, Driven(ledger, trips), People(ledger));
        }

        Task<(Fleet, Findings)> driven = Task.Run(() => Driven(ledger, trips));
        (DemandCheck, Findings) people = People(ledger);
        return Of(ledger, driven.GetAwaiter().GetResult(), people);
    }

    private static Inspection Of(Ledger ledger, (Fleet Fleet, Findings Findings) driven, (DemandCheck Demand, Findings Findings) people)
    {
        people.Findings.AddAll(driven.Findings);
        return new Inspection(people.Findings, people.Demand, new WorthCount(ledger, driven.Fleet, people.Demand.Delivered));
    }

    private static (DemandCheck, Findings) People(Ledger ledger)
    {
        var findings = new Findings();
        new PeopleCheck(ledger, findings).Run();
        new HouseholdCheck(ledger, findings).Run();
        new PairCheck(ledger, findings).Run();
        new CrewCheck(ledger, findings).Run();
        new LodgingCheck(ledger, findings).Run();
        var demand = new DemandCheck(ledger, findings);
        demand.Run();
        return (demand, findings);
    }

    private static (Fleet, Findings) Driven(Ledger ledger, ImmutableArray<Trip> trips)
    {
        var fleet = new Fleet(ledger, trips);
        var findings = new Findings();
        new TripCheck(ledger, fleet, findings).Run();
        new VehicleCheck(ledger.Index, fleet, findings).Run();
        return (fleet, findings);
    }
}
