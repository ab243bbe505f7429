using System.Collections.Immutable;

namespace Matching.Planning.Transport;

/// <summary>
/// A transport task as dense arrays. Vehicles that differ in their price by day alone are a type. Leg costs are tables per vehicle type, straight and transposed, so that the places around
/// a stop are read from one row. Where kilometres cost nothing, minutes guide the search instead (<see cref="GuidedByTime"/>).
/// </summary>
internal sealed class RoutingModel
{
    private const int DayMinutes = 24 * 60;
    private const int NearKept = 100;

    /// <summary>Groups from which on their neighbours are sought on several threads: below, waking them takes longer.</summary>
    private const int ManyGroups = 300;

    /// <summary>What a day of a vehicle weighs against its minutes where only vehicles are paid for.</summary>
    private const double DayWeight = 1440;

    public readonly int Places;
    public readonly int[] Min;
    public readonly double[] Km;

    public readonly int Groups;
    public readonly int[] Village;
    public readonly int[] Site;
    public readonly int[] Latest;
    public readonly int[] Count;

    public readonly int Types;
    public readonly int[] Depot;
    public readonly int[] Seats;
    public readonly double[] KmCost;

    /// <summary>Vehicles of a type, the cheapest by day first.</summary>
    public readonly int[][] Members;
    public readonly int Vehicles;
    public readonly int[] TypeOf;

    /// <summary>CNY a day by vehicle.</summary>
    public readonly double[] DayCost;
    public readonly int MaxSeats;

    /// <summary>Search cost of a leg by type and from × places + to.</summary>
    public readonly double[][] Leg;

    /// <summary>As <see cref="Leg"/>, at to × places + from.</summary>
    public readonly double[][] LegTo;

    /// <summary>Search cost of a day by vehicle.</summary>
    public readonly double[] SearchDay;
    public readonly bool GuidedByTime;

    public readonly int Stop;
    public readonly int Earliest;
    public readonly int MaxRide;
    public readonly int MaxMorningDrive;

    /// <summary>More driving minutes than any insertion adds.</summary>
    public readonly int LongestDetour;

    /// <summary>Latest minute at which a trip may arrive at its last stop.</summary>
    public readonly int LastEnd;

    /// <summary>False when every way takes no time: then no clock needs asking.</summary>
    public readonly bool Timed;

    /// <summary>Whether a second trip of a vehicle can be cheaper than another vehicle.</summary>
    public readonly bool ChainsPay;

    /// <summary>Other groups by nearness, for every group.</summary>
    public readonly int[][] Near;

    /// <summary>Stopping on every way of the search counts for this many passengers left behind.</summary>
    public readonly double AbsentCost;

    public RoutingModel(TransportTask task)
        : this(
            task.Travel.Places, task.Travel.MinuteTable, task.Travel.KmTable, [.. task.Passengers], task.Vehicles,
            task.StopMinutes, task.EarliestDeparture, task.MaxRideMinutes, task.MaxDriveMinutesPerDay)
    {
    }

    public RoutingModel(
        int places, int[] minutes, double[] km, Passengers[] passengers, ImmutableArray<TransportVehicle> vehicles,
        int stopMinutes, int earliest, int maxRide, int maxDrive)
    {
        (Places, Min, Km) = (places, minutes, km);
        (Stop, Earliest, MaxRide, MaxMorningDrive) = (stopMinutes, Math.Max(earliest, stopMinutes), maxRide, maxDrive / 2);
        LastEnd = DayMinutes - 1 - stopMinutes;
        Groups = passengers.Length;
        Village = [.. passengers.Select(p => p.Village)];
        Site = [.. passengers.Select(p => p.Site)];
        Latest = [.. passengers.Select(p => p.LatestArrival)];
        Count = [.. passengers.Select(p => p.Count)];
        Vehicles = vehicles.Length;
        int[][] types =
        [
            .. Enumerable.Range(0, vehicles.Length).GroupBy(k => (vehicles[k].Depot, vehicles[k].Seats, vehicles[k].CostPerKm))
                .Select(g => g.OrderBy(k => vehicles[k].CostPerDay).ToArray()),
        ];
        Types = types.Length;
        Members = types;
        TypeOf = new int[Vehicles];
        for (int t = 0; t < Types; t++)
        {
            foreach (int k in types[t])
            {
                TypeOf[k] = t;
            }
        }

        Depot = [.. types.Select(t => vehicles[t[0]].Depot)];
        Seats = [.. types.Select(t => vehicles[t[0]].Seats)];
        DayCost = [.. vehicles.Select(k => k.CostPerDay)];
        KmCost = [.. types.Select(t => vehicles[t[0]].CostPerKm)];
        MaxSeats = Types == 0 ? 0 : Seats.Max();
        GuidedByTime = Array.TrueForAll(KmCost, c => c == 0);
        LongestDetour = 5 * minutes.DefaultIfEmpty(0).Max();
        Timed = stopMinutes > 0 || Array.Exists(minutes, m => m > 0);
        double leastDay = DayCost.Where(c => c > 0).DefaultIfEmpty(1).Min();
        SearchDay = GuidedByTime ? [.. DayCost.Select(c => c / leastDay * DayWeight)] : DayCost;
        Leg = new double[Types][];
        LegTo = new double[Types][];
        for (int t = 0; t < Types; t++)
        {
            int like = Array.FindIndex(KmCost, 0, t, c => c == KmCost[t]);
            (Leg[t], LegTo[t]) = like >= 0 ? (Leg[like], LegTo[like]) : CostTables(GuidedByTime ? 0 : 2 * KmCost[t], GuidedByTime ? 1 : 0);
        }

        ChainsPay = Timed && Types > 0 && (Array.Exists(SearchDay, c => c > 0) || IsSomeSiteNearerThanDepots());
        Near = new int[Groups][];
        if (Groups >= ManyGroups)
        {
            Parallel.For(0, Groups, g => Near[g] = NearestOf(g));
        }
        else
        {
            for (int g = 0; g < Groups; g++)
            {
                Near[g] = NearestOf(g);
            }
        }

        AbsentCost = Types == 0 ? 1 : (20 * (SearchDay.Max() + LongestDirect())) + 1;
    }

    /// <summary>Minutes from leaving one village to leaving the next; none within a village.</summary>
    public int Step(int from, int to) => from == to ? 0 : Min[(from * Places) + to] + Stop;

    /// <summary>CNY of a vehicle over that many kilometres, day included.</summary>
    public double Paid(int vehicle, double km) => DayCost[vehicle] + (2 * KmCost[TypeOf[vehicle]] * km);

    private (double[] Leg, double[] LegTo) CostTables(double perKm, double perMinute)
    {
        double[] leg = new double[Places * Places];
        for (int i = 0; i < leg.Length; i++)
        {
            leg[i] = (perKm * Km[i]) + (perMinute * Min[i]);
        }

        double[] to = new double[Places * Places];
        for (int a = 0; a < Places; a++)
        {
            for (int b = 0; b < Places; b++)
            {
                to[(b * Places) + a] = leg[(a * Places) + b];
            }
        }

        return (leg, to);
    }

    private bool IsSomeSiteNearerThanDepots()
    {
        int[] sites = [.. Site.Distinct()];
        foreach (int v in Village.Distinct())
        {
            foreach (int s in sites)
            {
                for (int t = 0; t < Types; t++)
                {
                    if (Leg[t][(s * Places) + v] < Leg[t][(Depot[t] * Places) + v])
                    {
                        return true;
                    }
                }
            }
        }

        return false;
    }

    private double LongestDirect()
    {
        double longest = 0;
        for (int g = 0; g < Groups; g++)
        {
            for (int t = 0; t < Types; t++)
            {
                longest = Math.Max(longest, Leg[t][(Depot[t] * Places) + Village[g]] + Leg[t][(Village[g] * Places) + Site[g]]);
            }
        }

        return longest;
    }

    private int[] NearestOf(int group)
    {
        double[] key = new double[Groups];
        int[] other = new int[Groups];
        double[] leg = Types == 0 ? Km : Leg[0];
        for (int h = 0; h < Groups; h++)
        {
            int a = Village[group];
            int b = Village[h];
            key[h] = leg[(a * Places) + b] + leg[(b * Places) + a];
            if (Site[group] != Site[h])
            {
                key[h] += 0.5 * (leg[(Site[group] * Places) + Site[h]] + leg[(Site[h] * Places) + Site[group]]);
            }

            other[h] = h;
        }

        key[group] = -1;
        Array.Sort(key, other);
        return other[..Math.Min(Groups, NearKept)];
    }
}
