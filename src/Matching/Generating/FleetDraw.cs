using System.Collections.Immutable;
using Matching.Model;

namespace Matching.Generating;

/// <summary>The fleet and where it stands.</summary>
/// <param name="Depots">Places of kind depot.</param>
/// <param name="Vehicles">All vehicles, by depot.</param>
internal sealed record Fleet(ImmutableArray<Place> Depots, ImmutableArray<Vehicle> Vehicles);

/// <summary>Draws the depots and a fleet whose seats the commuters of the peak day just about fill.</summary>
internal static class FleetDraw
{
    private static readonly int[] SeatSizes = [19, 33, 49];

    /// <summary>A depot in each township that sends people.</summary>
    public static ImmutableArray<Place> Depots(Setting setting)
    {
        SeededRandom random = setting.Random("depots");
        return
        [
            .. setting.Map.Townships.Where(t => t.Supplies).Select((t, i) => new Place(
                new(Geography.Numbered("D", i + 1, 2)), t.Name + "车场", PlaceKind.Depot, t.Id,
                Math.Round(t.Latitude + random.Between(-0.01, 0.01), 3), Math.Round(t.Longitude + random.Between(-0.01, 0.01), 3))),
        ];
    }

    /// <summary>The vehicles for that many commuters on the peak day.</summary>
    public static ImmutableArray<Vehicle> Draw(Setting setting, ImmutableArray<Place> depots, double peakCommuters)
    {
        SeededRandom random = setting.Random("fleet");

        // Measured on real plans: nine of ten wanted come, and in a large county one vehicle in five finds the time and the
        // people for a second run, in a small one hardly any does.
        double seats = peakCommuters / (1 + (0.15 * Math.Min(1, setting.Sizes.Workers / 20_000.0)));
        int count = setting.Options.Vehicles ?? Math.Clamp((int)Math.Ceiling(seats / 37), 1, 100_000);
        int[] sizes = Sizes(random, count, seats);
        double[] people = new double[depots.Length];
        for (int v = 0; v < setting.Map.Villages.Length; v++)
        {
            int depot = depots.Index().First(d => d.Item.Parent == setting.Map.Townships[setting.Map.Villages[v].Township].Id).Index;
            people[depot] += setting.WorkersByVillage[v];
        }

        int[] perDepot = Setting.Apportion(count, people);
        var vehicles = ImmutableArray.CreateBuilder<Vehicle>(count);
        for (int d = 0; d < depots.Length; d++)
        {
            for (int i = 0; i < perDepot[d]; i++)
            {
                vehicles.Add(DrawOne(setting, random, vehicles.Count + 1, depots[d].Id, sizes[vehicles.Count]));
            }
        }

        return vehicles.MoveToImmutable();
    }

    // A usual mix first, then larger or smaller ones until the seats fit.
    private static int[] Sizes(SeededRandom random, int count, double seats)
    {
        int[] sizes = [.. Enumerable.Range(0, count).Select(_ => SeatSizes[random.PickIndex([0.22, 0.36, 0.42])])];
        int sum = sizes.Sum();
        int direction = sum < seats ? 1 : -1;
        foreach (int _ in Enumerable.Range(0, 2))
        {
            for (int i = 0; i < count; i++)
            {
                int next = Array.IndexOf(SeatSizes, sizes[i]) + direction;
                if (direction > 0 ? sum >= seats : sum - 15 <= seats)
                {
                    return sizes;
                }

                if (next >= 0 && next < SeatSizes.Length)
                {
                    sum += SeatSizes[next] - sizes[i];
                    sizes[i] = SeatSizes[next];
                }
            }
        }

        return sizes;
    }

    private static Vehicle DrawOne(Setting setting, SeededRandom random, int number, PlaceId depot, int seats)
    {
        (int day, int km) = seats switch
        {
            19 => (random.NextStep(300, 600, 10), random.NextStep(200, 260, 10)),
            33 => (random.NextStep(500, 900, 10), random.NextStep(240, 320, 10)),
            _ => (random.NextStep(700, 1200, 10), random.NextStep(290, 400, 10)),
        };
        DayWindow availability = default;
        if (setting.Days >= 7 && random.Chance(0.05))
        {
            int gap = random.Next(1, setting.Days / 6);
            availability = random.Chance(0.5) ? new(setting.Day(gap), null) : new(null, setting.End.AddDays(-gap));
        }

        return new()
        {
            Id = new(Geography.Numbered("K", number, 3)),
            Depot = depot,
            Seats = seats,
            CostPerDay = day,
            CostPerKm = km / 100m,
            Availability = availability,
        };
    }
}
