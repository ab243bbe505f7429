using Matching.Planning.Compiled;

namespace Matching.Planning.Trips;

/// <summary>Vehicles alike in depot, seats and costs: one of a type stands for all when a new one is opened.</summary>
internal sealed class VehicleTypes
{
    /// <summary>Vehicle indices by type.</summary>
    public readonly int[][] Members;

    public VehicleTypes(CompiledSeason c)
    {
        Members =
        [
            .. Enumerable.Range(0, c.Vehicles)
                .GroupBy(k => (c.DepotOf[k], c.Seats[k], c.DayCost[k], c.KmCost[k]))
                .Select(g => g.ToArray()),
        ];
    }
}
