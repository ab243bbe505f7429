using Matching.Planning.Transport;

namespace Matching.Tests.Transport;

/// <summary>Mornings of a few people to one site, without a clock, with their least cost by trying every way to group them.</summary>
internal static class TinyMornings
{
    private const int Depot = 0;
    private const int Site = 1;

    public static (TransportTask Task, double Least) Draw(int seed)
    {
        var random = new Random(seed);
        int villages = random.Next(2, 5);
        int places = villages + 2;
        (int X, int Y)[] at = [.. Enumerable.Range(0, places).Select(_ => (random.Next(0, 50), random.Next(0, 50)))];
        double[] km = [.. Enumerable.Range(0, places * places).Select(i =>
            (double)(Math.Abs(at[i / places].X - at[i % places].X) + Math.Abs(at[i / places].Y - at[i % places].Y)))];
        int[] home = [.. Enumerable.Range(0, 7).Select(i => 2 + (i < villages ? i : random.Next(villages)))];
        int seats = random.Next(2, 5);
        double day = random.Next(0, 3) * 40;
        var task = new TransportTask
        {
            Passengers = [.. home.GroupBy(v => v).Select(g => new Passengers(g.Key, Site, 480, g.Count()))],
            Vehicles = [.. Enumerable.Repeat(new TransportVehicle(Depot, seats, day, 0.5), 7)],
            Travel = new TravelGrid(places, [.. km.Select(_ => 1)], km),
            StopMinutes = 0,
            MaxDriveMinutesPerDay = 10_000,
        };
        return (task, Least(home, seats, day, (a, b) => km[(a * places) + b]));
    }

    // Over sets of people as bits: trips, chains of trips of one vehicle, vehicles.
    private static double Least(int[] home, int seats, double day, Func<int, int, double> km)
    {
        int all = 1 << home.Length;
        double[] fromDepot = new double[all];
        double[] fromSite = new double[all];
        double[] chain = new double[all];
        double[] best = new double[all];
        for (int set = 1; set < all; set++)
        {
            int[] villages = [.. Enumerable.Range(0, home.Length).Where(i => (set >> i & 1) == 1).Select(i => home[i]).Distinct()];
            bool fits = int.PopCount(set) <= seats;
            fromDepot[set] = fits ? Path(Depot, villages, km) : double.PositiveInfinity;
            fromSite[set] = fits ? Path(Site, villages, km) : double.PositiveInfinity;
            chain[set] = fromDepot[set];
            for (int last = (set - 1) & set; last > 0; last = (last - 1) & set)
            {
                chain[set] = Math.Min(chain[set], chain[set ^ last] + fromSite[last]);
            }

            best[set] = double.PositiveInfinity;
            for (int one = set; one > 0; one = (one - 1) & set)
            {
                best[set] = Math.Min(best[set], day + chain[one] + best[set ^ one]);
            }
        }

        return best[all - 1];
    }

    private static double Path(int from, int[] villages, Func<int, int, double> km) =>
        villages.Length == 0 ? km(from, Site) : villages.Min(v => km(from, v) + Path(v, [.. villages.Where(w => w != v)], km));
}
