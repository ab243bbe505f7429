using System.Collections.Immutable;
using Matching.Planning.Compiled;
using Matching.Planning.State;
using Matching.Planning.Transport;
using Matching.Planning.Trips;

namespace Matching.Planning.Improve;

/// <summary>Trips of some vehicles of a day as a task of the transport stage, and its answer back as trips of the day.</summary>
internal sealed class Morning
{
    private readonly CompiledSeason _c;
    private readonly DayTransport _day;
    private readonly List<(int Village, int Order, int Count)> _passengers = [];
    private readonly Dictionary<(int Village, int Order), int> _index = [];
    private readonly List<int> _vehicles;
    private int[] _sitePlaces = [];
    private int _firstSite;

    /// <param name="c">The season.</param>
    /// <param name="day">The day's trips.</param>
    /// <param name="number">The day.</param>
    /// <param name="used">Vehicles whose passengers are seated anew.</param>
    /// <param name="freeOfEachType">Vehicles without trips that may be used as well, of each depot, size and price.</param>
    public Morning(CompiledSeason c, DayTransport day, int number, List<int> used, int freeOfEachType)
    {
        (_c, _day, _vehicles) = (c, day, [.. used]);
        foreach (Load load in used.SelectMany(k => day.Chain(k)!).SelectMany(t => t.Loads))
        {
            if (load.Count > 0)
            {
                int at = IndexOf(load.Village, load.Order);
                _passengers[at] = (load.Village, load.Order, _passengers[at].Count + load.Count);
            }
        }

        Dictionary<(int Depot, int Seats, double DayCost, double KmCost), int> free = [];
        for (int k = 0; k < c.Vehicles; k++)
        {
            if (day.Chain(k) is null && !c.VehicleOut[(k * c.Days) + number])
            {
                (int, int, double, double) type = (c.DepotOf[k], c.Seats[k], c.DayCost[k], c.KmCost[k]);
                int seen = free.GetValueOrDefault(type);
                if (seen < freeOfEachType)
                {
                    free[type] = seen + 1;
                    _vehicles.Add(k);
                }
            }
        }

        Model = ModelOf();
    }

    /// <summary>Whether nobody rides.</summary>
    public bool IsEmpty => _passengers.Count == 0;

    /// <summary>The task.</summary>
    public RoutingModel Model { get; }

    /// <summary>The trips the vehicles have.</summary>
    public RouteSolution Now()
    {
        var chains = new FixedTrip[_vehicles.Count][];
        for (int i = 0; i < chains.Length; i++)
        {
            chains[i] =
            [
                .. (_day.Chain(_vehicles[i]) ?? []).Where(t => t.Total > 0).Select(t =>
                {
                    Load[] loads = [.. t.Loads.Where(l => l.Count > 0).OrderBy(l => Array.IndexOf(t.Villages, l.Village))];
                    int[] groups = [.. loads.Select(l => IndexOf(l.Village, l.Order))];
                    int[] sites = [.. groups.Select(g => Model.Site[g]).Distinct().OrderBy(s => Array.IndexOf(t.Sites, _sitePlaces[s - _firstSite]))];
                    return new FixedTrip(groups, [.. loads.Select(l => l.Count)], sites);
                }),
            ];
        }

        return new RouteSolution(chains, 0, 0);
    }

    /// <summary>Gives the vehicles other trips; false when they are not legal on the day.</summary>
    public bool Apply(RouteSolution better)
    {
        var chains = new TripPlan[_vehicles.Count][];
        for (int i = 0; i < chains.Length; i++)
        {
            FixedTrip[] trips = better.Chains[i];
            chains[i] = new TripPlan[trips.Length];
            for (int j = 0; j < trips.Length; j++)
            {
                FixedTrip trip = trips[j];
                Load[] loads = [.. trip.Groups.Select((g, v) => new Load(_passengers[g].Village, _passengers[g].Order, trip.Quantities[v]))];
                TripPlan? plan = TripPlan.Create(
                    _c, [.. loads.Select(l => l.Village).Distinct()], [.. trip.Sites.Select(s => _sitePlaces[s - _firstSite])], loads);
                if (plan is null)
                {
                    return false;
                }

                chains[i][j] = plan;
            }

            if (trips.Length > 0 && !_day.IsFeasible(_vehicles[i], chains[i]))
            {
                return false;
            }
        }

        for (int i = 0; i < chains.Length; i++)
        {
            _day.SetChain(_vehicles[i], null);
        }

        for (int i = 0; i < chains.Length; i++)
        {
            if (chains[i].Length > 0)
            {
                _day.SetChain(_vehicles[i], chains[i]);
            }
        }

        return true;
    }

    private RoutingModel ModelOf()
    {
        int[] villages = [.. _passengers.Select(p => p.Village).Distinct()];
        int[] sites = [.. _passengers.Select(p => _c.OrderSite[p.Order]).Distinct()];
        int[] depots = [.. _vehicles.Select(k => _c.DepotOf[k]).Distinct()];
        int firstSite = villages.Length;
        int firstDepot = firstSite + sites.Length;
        int places = firstDepot + depots.Length;
        int[] minutes = new int[places * places];
        double[] km = new double[places * places];
        TravelMatrix t = _c.Travel;
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

        Fill(0, 0, villages, villages, _c.Villages, t.MinVillageVillage, t.KmVillageVillage);
        Fill(0, firstSite, villages, sites, _c.Sites, t.MinVillageSite, t.KmVillageSite);
        Fill(firstSite, firstSite, sites, sites, _c.Sites, t.MinSiteSite, t.KmSiteSite);
        Fill(firstSite, 0, sites, villages, _c.Villages, t.MinSiteVillage, t.KmSiteVillage);
        Fill(firstDepot, 0, depots, villages, _c.Villages, t.MinDepotVillage, t.KmDepotVillage);
        ImmutableArray<TransportVehicle> vehicles =
        [
            .. _vehicles.Select(k => new TransportVehicle(
                firstDepot + Array.IndexOf(depots, _c.DepotOf[k]), _c.Seats[k], _c.DayCost[k], _c.KmCost[k])),
        ];
        (_sitePlaces, _firstSite) = (sites, firstSite);
        return new RoutingModel(
            places, minutes, km,
            [
                .. _passengers.Select(p => new Passengers(
                    Array.IndexOf(villages, p.Village), firstSite + Array.IndexOf(sites, _c.OrderSite[p.Order]), _c.StartMinute[p.Order], p.Count)),
            ],
            vehicles, _c.StopMinutes, _c.Earliest, _c.MaxRide, _c.MaxDrive);
    }

    private int IndexOf(int village, int order)
    {
        if (!_index.TryGetValue((village, order), out int at))
        {
            at = _passengers.Count;
            _index[(village, order)] = at;
            _passengers.Add((village, order, 0));
        }

        return at;
    }
}
