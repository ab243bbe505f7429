using Matching.Model;

namespace Matching.SeasonSuite.Published;

/// <summary>
/// Sets 2 and 4: depot and site stand in one place, every customer is a village with its demand of workers, a bus costs half a
/// unit per kilometre (the evening doubles it), so that the cost is the length of the tours.
/// </summary>
internal static class RoutingSeason
{
    public static PublishedInstance Of(string name, string set, RoutingText text, decimal? bestKnown, bool rounded)
    {
        int divisor = text.Customers.Select(c => c.Demand).Append(text.Capacity).Aggregate(Divisor);
        int seats = text.Capacity / divisor;

        // Place 0 is the county, 1 the depot, 2 the site, the villages follow.
        (double X, double Y)[] at = [text.Depot, text.Depot, text.Depot, .. text.Customers.Select(c => (c.X, c.Y))];
        decimal Km(int a, int b)
        {
            double length = Math.Sqrt(((at[a].X - at[b].X) * (at[a].X - at[b].X)) + ((at[a].Y - at[b].Y) * (at[a].Y - at[b].Y)));
            return rounded ? (decimal)Math.Round(length, MidpointRounding.AwayFromZero) : Math.Round((decimal)length, 12);
        }

        // Leaving a worker out never saves more than the way there and back.
        decimal farthest = Enumerable.Range(3, text.Customers.Count).Max(v => Km(1, v));
        decimal value = Math.Floor(2 * farthest) + 1;
        int workers = text.Customers.Sum(c => c.Demand) / divisor;
        int vehicles = text.Customers.Count + ((workers + seats - 1) / seats);
        return new PublishedInstance
        {
            Name = name,
            Set = set,
            BestKnown = bestKnown ?? text.Published,
            Places =
            [
                PublishedInstance.PlaceOf("county", PlaceKind.County), PublishedInstance.PlaceOf("depot", PlaceKind.Depot),
                PublishedInstance.PlaceOf("site", PlaceKind.Site),
                .. text.Customers.Select((_, i) => PublishedInstance.PlaceOf(FormattableString.Invariant($"v{i + 1}"), PlaceKind.Village)),
            ],
            Leg = (a, b) => (0, Km(a, b)),
            Orders = [PublishedInstance.OrderOf("order", "site", "picking", new(8, 0), value, LodgingRule.No)],
            Residents = [.. text.Customers.Select((c, i) => new Residents(i + 3, 0, c.Demand / divisor)).Where(r => r.Count > 0)],
            Vehicles =
            [
                .. Enumerable.Range(0, vehicles).Select(k => new Vehicle
                {
                    Id = new(FormattableString.Invariant($"bus{k}")),
                    Depot = new("depot"),
                    Seats = seats,
                    CostPerDay = 0,
                    CostPerKm = 0.5m,
                }),
            ],
            Transport = new TransportSettings { EarliestDeparture = new(0, 0), MaxRideMinutes = 1440, MaxDriveMinutesPerDay = 1440 },
        };
    }

    private static int Divisor(int a, int b) => b == 0 ? a : Divisor(b, a % b);
}
