using Matching.Planning.Compiled;

namespace Matching.Planning.Trips;

/// <summary>Vehicles alike in depot, seats and costs: one of a type stands for all when a new one is opened.</summary>
internal sealed class VehicleTypes
{
    /// <summary>Vehicle indices by type.</summary>
    public readonly int[][] Members;

    /// <summary>Type of each vehicle, and its place among the type's members.</summary>
    public readonly (int Type, int At)[] PlaceOf;

    public VehicleTypes(CompiledSeason c)
    {
        Members =
        [
            .. Enumerable.Range(0, c.Vehicles)
                .GroupBy(k => (c.DepotOf[k], c.Seats[k], c.DayCost[k], c.KmCost[k]))
                .Select(g => g.ToArray()),
        ];
        PlaceOf = new (int, int)[c.Vehicles];
        for (int type = 0; type < Members.Length; type++)
        {
            for (int at = 0; at < Members[type].Length; at++)
            {
                PlaceOf[Members[type][at]] = (type, at);
            }
        }
    }
}
