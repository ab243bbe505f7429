using System.Collections.Immutable;

namespace Matching.Planning.Transport;

/// <summary>A trip that no longer changes: groups in boarding order with their numbers, and sites in order.</summary>
internal sealed record FixedTrip(int[] Groups, int[] Quantities, int[] Sites);

/// <summary>All trips of a morning by vehicle: what threads hand to one another and what is written out.</summary>
/// <param name="Chains">Trips of each vehicle in driving order; empty when it stands still.</param>
/// <param name="Penalized">Search cost, passengers left behind included.</param>
/// <param name="Unserved">Passengers left behind.</param>
internal sealed record RouteSolution(FixedTrip[][] Chains, double Penalized, int Unserved)
{
    public int VehiclesUsed => Chains.Count(c => c.Length > 0);

    public static RouteSolution Of(RoutingModel m, RouteState state)
    {
        var chains = new FixedTrip[m.Vehicles][];
        for (int k = 0; k < m.Vehicles; k++)
        {
            chains[k] = [.. state.ChainOf(k).Select(slot => Fixed(state.TripAt(slot)))];
        }

        int unserved = state.Absent.Sum();
        return new RouteSolution(chains, state.Cost + (unserved * m.AbsentCost), unserved);
    }

    /// <summary>Replaces what the state holds by this solution.</summary>
    public void LoadInto(RoutingModel m, RouteState state)
    {
        state.Mark();
        foreach (int k in state.Used.ToArray())
        {
            while (state.ChainOf(k).Count > 0)
            {
                RouteTrip trip = state.TakeTrip(state.ChainOf(k)[^1]);
                for (int i = 0; i < trip.Visits; i++)
                {
                    state.SetAbsent(trip.Group[i], state.Absent[trip.Group[i]] + trip.Quantity[i]);
                }

                state.Discard(trip);
            }

            state.Refresh(k);
        }

        for (int k = 0; k < m.Vehicles; k++)
        {
            foreach (FixedTrip saved in Chains[k])
            {
                RouteTrip trip = state.NewTrip();
                for (int i = 0; i < saved.Groups.Length; i++)
                {
                    int g = saved.Groups[i];
                    trip.InsertVisit(i, g, m.Village[g], saved.Quantities[i]);
                    state.SetAbsent(g, state.Absent[g] - saved.Quantities[i]);
                }

                for (int j = 0; j < saved.Sites.Length; j++)
                {
                    trip.InsertSite(j, saved.Sites[j]);
                }

                state.PutTrip(k, state.ChainOf(k).Count, trip);
            }
        }

        state.Keep();
    }

    /// <summary>CNY of all vehicles, by the legs driven.</summary>
    public double Paid(RoutingModel m)
    {
        double cost = 0;
        for (int k = 0; k < m.Vehicles; k++)
        {
            if (Chains[k].Length == 0)
            {
                continue;
            }

            int at = m.Depot[m.TypeOf[k]];
            double km = 0;
            foreach (int place in Chains[k].SelectMany(t => t.Groups.Select(g => m.Village[g]).Concat(t.Sites)))
            {
                km += at == place ? 0 : m.Km[(at * m.Places) + place];
                at = place;
            }

            cost += m.Paid(k, km);
        }

        return cost;
    }

    /// <summary>The trips with their clock: each leaves as late as it may.</summary>
    public ImmutableArray<TransportTrip> Written(RoutingModel m)
    {
        var trips = ImmutableArray.CreateBuilder<TransportTrip>();
        for (int k = 0; k < m.Vehicles; k++)
        {
            FixedTrip[] chain = Chains[k];
            var written = new TransportTrip[chain.Length];
            int end = m.LastEnd;
            int next = -1;
            for (int c = chain.Length - 1; c >= 0; c--)
            {
                if (next >= 0)
                {
                    end -= (2 * m.Stop) + m.Min[(chain[c].Sites[^1] * m.Places) + next];
                }

                written[c] = Written(m, k, chain[c], end, out int departs);
                end = departs;
                next = m.Village[chain[c].Groups[0]];
            }

            trips.AddRange(written);
        }

        return trips.ToImmutable();
    }

    private static FixedTrip Fixed(RouteTrip trip) =>
        new(trip.Group[..trip.Visits], trip.Quantity[..trip.Visits], trip.Sites[..trip.SiteStops]);

    private static TransportTrip Written(RoutingModel m, int vehicle, FixedTrip fixedTrip, int endBy, out int departs)
    {
        // Offsets from leaving the first stop, one per place; the visits of one village are one stop.
        List<(int Place, int Offset)> stops = [];
        List<List<Riders>> boarding = [];
        int clock = 0;
        for (int i = 0; i < fixedTrip.Groups.Length; i++)
        {
            int place = m.Village[fixedTrip.Groups[i]];
            if (i == 0 || place != stops[^1].Place)
            {
                clock += i == 0 ? -m.Stop : m.Min[(stops[^1].Place * m.Places) + place];
                stops.Add((place, clock));
                boarding.Add([]);
                clock += m.Stop;
            }

            boarding[^1].Add(new Riders(fixedTrip.Groups[i], fixedTrip.Quantities[i]));
        }

        int villages = stops.Count;
        int latest = int.MaxValue;
        foreach (int site in fixedTrip.Sites)
        {
            clock += m.Min[(stops[^1].Place * m.Places) + site];
            stops.Add((site, clock));
            latest = Math.Min(latest, endBy - clock);
            foreach (int g in fixedTrip.Groups)
            {
                latest = m.Site[g] == site ? Math.Min(latest, m.Latest[g] - clock) : latest;
            }

            clock += m.Stop;
        }

        int leaves = departs = latest;
        return new TransportTrip(vehicle, departs,
        [
            .. stops.Select((stop, i) => new TransportStop(
                stop.Place,
                leaves + stop.Offset,
                i < villages ? [.. boarding[i]] : [],
                i < villages ? [] :
                [
                    .. Enumerable.Range(0, fixedTrip.Groups.Length)
                        .Where(v => m.Site[fixedTrip.Groups[v]] == stop.Place)
                        .Select(v => new Riders(fixedTrip.Groups[v], fixedTrip.Quantities[v])),
                ])),
        ]);
    }
}
