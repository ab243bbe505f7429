using Matching.Model;
using Matching.Plans;

namespace Matching.Reporting;

/// <summary>What the vehicles of a plan drive, evening included.</summary>
/// <param name="Km">Kilometres of all vehicles: from the depot through all trips of a morning to the last stop, twice.</param>
/// <param name="VehicleDays">Vehicle and day pairs with at least one trip.</param>
/// <param name="VehiclesUsed">Vehicles with at least one trip.</param>
/// <param name="Passengers">Boardings.</param>
/// <param name="UnknownLegs">Legs without a travel row or coordinates, left out of <paramref name="Km"/>. 0 in every legal plan.</param>
internal sealed record VehicleMileage(decimal Km, int VehicleDays, int VehiclesUsed, int Passengers, int UnknownLegs)
{
    /// <summary>Adds up the trips of a plan.</summary>
    public static VehicleMileage Of(PlanTally tally)
    {
        TravelTable travel = tally.Season.TravelTable;
        decimal km = 0m;
        int vehicleDays = 0;
        int passengers = 0;
        int unknown = 0;
        HashSet<VehicleId> used = [];
        foreach (IGrouping<(VehicleId Vehicle, DateOnly Date), Trip> morning in tally.Plan.Trips.GroupBy(t => (t.Vehicle, t.Date)))
        {
            vehicleDays++;
            used.Add(morning.Key.Vehicle);
            int vehicle = PlanTally.At(tally.VehicleIndex, morning.Key.Vehicle);
            PlaceId at = tally.Season.Vehicles[vehicle].Depot;
            foreach (Trip trip in morning.OrderBy(t => t.Departs))
            {
                foreach (TripStop stop in trip.Stops)
                {
                    if (travel.TryGet(at, stop.Place, out _, out decimal leg))
                    {
                        km += 2m * leg;
                    }
                    else
                    {
                        unknown++;
                    }

                    at = stop.Place;
                    passengers += stop.Groups.Sum(g => g.Board);
                }
            }
        }

        return new VehicleMileage(km, vehicleDays, used.Count, passengers, unknown);
    }
}
