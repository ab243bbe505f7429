using Matching.Planning.Compiled;
using Matching.Planning.Trips;

namespace Matching.Planning.Crews;

/// <summary>
/// What a seat from a village to an order costs on a well-filled vehicle: min over vehicle types of
/// (day cost + 2 × km cost × (depot → village → site)) / (0.9 × seats); infinite where nobody can ride in time.
/// </summary>
internal sealed class SeatPrices
{
    private const double UsualFill = 0.9;
    private readonly double[] _price;
    private readonly int _orders;

    public SeatPrices(CompiledSeason c, VehicleTypes types)
    {
        _orders = c.Orders;
        _price = new double[c.Villages * c.Orders];
        Array.Fill(_price, double.PositiveInfinity);
        for (int v = 0; v < c.Villages; v++)
        {
            double[] bySite = new double[c.Sites];
            for (int s = 0; s < c.Sites; s++)
            {
                bySite[s] = double.PositiveInfinity;
                double leg = c.Travel.KmVillageSite[(v * c.Sites) + s];
                int ride = c.Travel.MinVillageSite[(v * c.Sites) + s];
                foreach (int[] members in types.Members)
                {
                    int k = members[0];
                    int depot = (c.DepotOf[k] * c.Villages) + v;
                    if (c.Seats[k] > 0 && 2 * (c.Travel.MinDepotVillage[depot] + ride) <= c.MaxDrive)
                    {
                        double cost = c.DayCost[k] + (2 * c.KmCost[k] * (c.Travel.KmDepotVillage[depot] + leg));
                        bySite[s] = Math.Min(bySite[s], cost / (UsualFill * c.Seats[k]));
                    }
                }
            }

            for (int o = 0; o < c.Orders; o++)
            {
                if (c.MayCommute[o] && c.ArrivesInTime(v, o))
                {
                    _price[(v * c.Orders) + o] = bySite[c.OrderSite[o]];
                }
            }
        }
    }

    /// <summary>CNY a seat; positive infinity where the ride is impossible.</summary>
    public double this[int village, int order] => _price[(village * _orders) + order];
}
