using System.Collections.Immutable;
using Matching.Planning.Compiled;
using Matching.Planning.State;
using Matching.Planning.Transport;
using Matching.Planning.Trips;

namespace Matching.Planning.Improve;

/// <summary>
/// Solves the trips of some neighbouring vehicles of one day anew by the transport stage's search, from the trips they have.
/// A fixed number of steps and no clock: the same plan and random numbers give the same trips.
/// </summary>
internal sealed class ReplanMornings(CompiledSeason c, PlanState state) : INeighbourhood
{
    private const int FreeOfEachType = 2;

    /// <summary>Steps for each group of passengers at most: a morning of few trips is soon as good as it gets.</summary>
    private const int StepsPerGroup = 40;
    private const long WorkPerStep = 300;
    private const double HotPerVisit = 0.1;
    private const double ColdPerVisit = 0.004;

    // The fewer days there are to look after, the more each is worth.
    private readonly int _mostVehicles = Math.Clamp(160 / c.Days, 8, 60);
    private readonly int _steps = Math.Clamp(20_000 / c.Days, 200, 5000);

    public double UsualCost => 15;

    public double Share => 2;

    public bool Try(Random random)
    {
        state.Meter.Done += 100;
        return TryOn(state.DrawDay(random), random);
    }

    /// <summary>Solves the trips of some vehicles of the day anew; false when nothing better is found.</summary>
    public bool TryOn(int number, Random random)
    {
        DayTransport day = state.Transport(number);
        if (day.Used.Count == 0)
        {
            return false;
        }

        Morning morning = MorningOf(day, number, Chosen(day, random));
        if (morning.Passengers.Count == 0)
        {
            return false;
        }

        RoutingModel m = ModelOf(morning);
        RouteSolution now = SolutionOf(day, morning, m);
        var search = new RuinRecreate(m, random.NextInt64());
        now.LoadInto(m, search.State);
        RouteSolution? better = Search(m, search);
        return better is not null && Apply(day, morning, m, better);
    }

    private RouteSolution? Search(RoutingModel m, RuinRecreate search)
    {
        RouteState routes = search.State;
        double best = routes.Penalized - 0.005;
        double perVisit = routes.Cost / Math.Max(1, m.Groups);
        double temperature = HotPerVisit * perVisit;
        int steps = Math.Min(_steps, StepsPerGroup * m.Groups);
        double cooling = Math.Pow(ColdPerVisit / HotPerVisit, 1.0 / steps);
        RouteSolution? found = null;
        for (int i = 0; i < steps; i++)
        {
            if (search.Step(temperature) && routes.Penalized < best && routes.IsComplete)
            {
                best = routes.Penalized - 0.005;
                found = RouteSolution.Of(m, routes);
            }

            temperature *= cooling;
        }

        state.Meter.Done += steps * WorkPerStep;
        return found;
    }

    /// <summary>Vehicles that share a village or a site with one drawn, others when there are not enough.</summary>
    private List<int> Chosen(DayTransport day, Random random)
    {
        int seed = day.Used[random.Next(day.Used.Count)];
        List<int> chosen = [seed];
        int start = random.Next(day.Used.Count);
        foreach (bool meeting in (ReadOnlySpan<bool>)[true, false])
        {
            for (int i = 0; i < day.Used.Count && chosen.Count < _mostVehicles; i++)
            {
                int k = day.Used[(start + i) % day.Used.Count];
                if (!chosen.Contains(k) && (!meeting || Array.Exists(day.Chain(k)!, t => Array.Exists(day.Chain(seed)!, s => Meets(s, t)))))
                {
                    chosen.Add(k);
                }
            }
        }

        return chosen;
    }

    private static bool Meets(TripPlan a, TripPlan b) =>
        Array.Exists(a.Villages, v => Array.IndexOf(b.Villages, v) >= 0) || Array.Exists(a.Sites, s => Array.IndexOf(b.Sites, s) >= 0);

    private Morning MorningOf(DayTransport day, int number, List<int> vehicles)
    {
        var morning = new Morning();
        foreach (int k in vehicles)
        {
            foreach (Load load in day.Chain(k)!.SelectMany(t => t.Loads))
            {
                if (load.Count > 0)
                {
                    int at = morning.IndexOf(load.Village, load.Order);
                    morning.Passengers[at] = (load.Village, load.Order, morning.Passengers[at].Count + load.Count);
                }
            }
        }

        morning.Vehicles.AddRange(vehicles);
        Dictionary<(int Depot, int Seats, double DayCost, double KmCost), int> free = [];
        for (int k = 0; k < c.Vehicles; k++)
        {
            if (day.Chain(k) is null && !c.VehicleOut[(k * c.Days) + number])
            {
                (int, int, double, double) type = (c.DepotOf[k], c.Seats[k], c.DayCost[k], c.KmCost[k]);
                int seen = free.GetValueOrDefault(type);
                if (seen < FreeOfEachType)
                {
                    free[type] = seen + 1;
                    morning.Vehicles.Add(k);
                }
            }
        }

        return morning;
    }

    private RoutingModel ModelOf(Morning morning)
    {
        int[] villages = [.. morning.Passengers.Select(p => p.Village).Distinct()];
        int[] sites = [.. morning.Passengers.Select(p => c.OrderSite[p.Order]).Distinct()];
        int[] depots = [.. morning.Vehicles.Select(k => c.DepotOf[k]).Distinct()];
        int firstSite = villages.Length;
        int firstDepot = firstSite + sites.Length;
        int places = firstDepot + depots.Length;
        int[] minutes = new int[places * places];
        double[] km = new double[places * places];
        TravelMatrix t = c.Travel;
        void Fill(int from, int to, int[] rows, int[] columns, int width, int[] legMinutes, double[] legKm)
        {
            for (int a = 0; a < rows.Length; a++)
            {
                for (int b = 0; b < columns.Length; b++)
                {
                    int leg = (rows[a] * width) + columns[b];
                    int cell = ((from + a) * places) + to + b;
                    (minutes[cell], km[cell]) = (legMinutes[leg], legKm[leg]);
                }
            }
        }

        Fill(0, 0, villages, villages, c.Villages, t.MinVillageVillage, t.KmVillageVillage);
        Fill(0, firstSite, villages, sites, c.Sites, t.MinVillageSite, t.KmVillageSite);
        Fill(firstSite, firstSite, sites, sites, c.Sites, t.MinSiteSite, t.KmSiteSite);
        Fill(firstSite, 0, sites, villages, c.Villages, t.MinSiteVillage, t.KmSiteVillage);
        Fill(firstDepot, 0, depots, villages, c.Villages, t.MinDepotVillage, t.KmDepotVillage);
        ImmutableArray<TransportVehicle> vehicles =
        [
            .. morning.Vehicles.Select(k => new TransportVehicle(
                firstDepot + Array.IndexOf(depots, c.DepotOf[k]), c.Seats[k], c.DayCost[k], c.KmCost[k])),
        ];
        morning.SitePlaces = [.. sites];
        morning.FirstSite = firstSite;
        return new RoutingModel(
            places, minutes, km,
            [
                .. morning.Passengers.Select(p => new Passengers(
                    Array.IndexOf(villages, p.Village), firstSite + Array.IndexOf(sites, c.OrderSite[p.Order]), c.StartMinute[p.Order], p.Count)),
            ],
            vehicles, c.StopMinutes, c.Earliest, c.MaxRide, c.MaxDrive);
    }

    private static RouteSolution SolutionOf(DayTransport day, Morning morning, RoutingModel m)
    {
        var chains = new FixedTrip[morning.Vehicles.Count][];
        for (int i = 0; i < chains.Length; i++)
        {
            chains[i] =
            [
                .. (day.Chain(morning.Vehicles[i]) ?? []).Where(t => t.Total > 0).Select(t =>
                {
                    Load[] loads = [.. t.Loads.Where(l => l.Count > 0).OrderBy(l => Array.IndexOf(t.Villages, l.Village))];
                    int[] groups = [.. loads.Select(l => morning.IndexOf(l.Village, l.Order))];
                    int[] sites = [.. groups.Select(g => m.Site[g]).Distinct().OrderBy(s => Array.IndexOf(t.Sites, morning.SitePlaces[s - morning.FirstSite]))];
                    return new FixedTrip(groups, [.. loads.Select(l => l.Count)], sites);
                }),
            ];
        }

        return new RouteSolution(chains, 0, 0);
    }

    private bool Apply(DayTransport day, Morning morning, RoutingModel m, RouteSolution better)
    {
        var chains = new TripPlan[morning.Vehicles.Count][];
        for (int i = 0; i < chains.Length; i++)
        {
            FixedTrip[] trips = better.Chains[i];
            chains[i] = new TripPlan[trips.Length];
            for (int j = 0; j < trips.Length; j++)
            {
                FixedTrip trip = trips[j];
                Load[] loads = [.. trip.Groups.Select((g, v) => new Load(morning.Passengers[g].Village, morning.Passengers[g].Order, trip.Quantities[v]))];
                TripPlan? plan = TripPlan.Create(
                    c, [.. loads.Select(l => l.Village).Distinct()], [.. trip.Sites.Select(s => morning.SitePlaces[s - morning.FirstSite])], loads);
                if (plan is null)
                {
                    return false;
                }

                chains[i][j] = plan;
            }

            if (trips.Length > 0 && !day.IsFeasible(morning.Vehicles[i], chains[i]))
            {
                return false;
            }
        }

        for (int i = 0; i < chains.Length; i++)
        {
            day.SetChain(morning.Vehicles[i], null);
        }

        for (int i = 0; i < chains.Length; i++)
        {
            if (chains[i].Length > 0)
            {
                day.SetChain(morning.Vehicles[i], chains[i]);
            }
        }

        return true;
    }

    /// <summary>The part of a day that is planned anew.</summary>
    private sealed class Morning
    {
        private readonly Dictionary<(int Village, int Order), int> _index = [];

        public List<(int Village, int Order, int Count)> Passengers { get; } = [];

        public List<int> Vehicles { get; } = [];

        public int[] SitePlaces { get; set; } = [];

        public int FirstSite { get; set; }

        public int IndexOf(int village, int order)
        {
            if (!_index.TryGetValue((village, order), out int at))
            {
                at = Passengers.Count;
                _index[(village, order)] = at;
                Passengers.Add((village, order, 0));
            }

            return at;
        }
    }
}
