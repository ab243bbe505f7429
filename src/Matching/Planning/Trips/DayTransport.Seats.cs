using Matching.Planning.Compiled;

namespace Matching.Planning.Trips;

/// <summary>Seats for passengers: the cheapest place for some more, and whose seats are given up.</summary>
internal sealed partial class DayTransport
{
    private const int MaxVillageStops = 6;
    private const int MaxSiteStops = 4;
    private const double Tiny = 1e-9;

    /// <summary>Vehicles in use from which a detour over two new stops is no longer looked at: others pass one of them.</summary>
    private const int Crowded = 40;

    /// <summary>
    /// Places passengers where each costs least: free seats, a detour, another trip of a vehicle in use, a new vehicle;
    /// stops where one passenger would cost more than <paramref name="limit"/>.
    /// </summary>
    /// <returns>How many were placed.</returns>
    public int Insert(int village, int order, int count, double limit)
    {
        int left = count;
        while (left > 0 && InsertOnce(village, order, left, limit) is int taken and > 0)
        {
            left -= taken;
        }

        return count - left;
    }

    /// <summary>Takes passengers off, from the emptiest trips first.</summary>
    public void Remove(int village, int order, int count)
    {
        while (count > 0)
        {
            (int vehicle, int trip, int load, int aboard) best = (-1, -1, int.MaxValue, 0);
            foreach (int k in _calls.AtVillage(village))
            {
                TripPlan[] chain = _chains[k]!;
                for (int i = 0; i < chain.Length; i++)
                {
                    int aboard = chain[i].CountOf(village, order);
                    if (aboard > 0 && (chain[i].Total < best.load || (chain[i].Total == best.load && k < best.vehicle)))
                    {
                        best = (k, i, chain[i].Total, aboard);
                    }
                }
            }

            if (best.vehicle < 0)
            {
                throw new InvalidOperationException($"Nobody of village {village} rides to order {order} on day {_day}.");
            }

            int off = Math.Min(count, best.aboard);
            TripPlan[] old = _chains[best.vehicle]!;
            TripPlan? shorter = old[best.trip].Without(_c, village, order, off);
            TripPlan[]? rest = shorter is null
                ? (old.Length == 1 ? null : [.. old[..best.trip], .. old[(best.trip + 1)..]])
                : [.. old[..best.trip], shorter, .. old[(best.trip + 1)..]];
            if (rest is not null && !IsFeasible(best.vehicle, rest))
            {
                // Only where legs break the triangle inequality: the stops stay, at the same times, for fewer people.
                rest = [.. old];
                rest[best.trip] = old[best.trip].Thinned(_c, village, order, off);
            }

            SetChain(best.vehicle, rest);
            count -= off;
        }
    }

    private int InsertOnce(int village, int order, int count, double limit)
    {
        int site = _c.OrderSite[order];
        double bestScore = limit + Tiny;
        Candidate found = default;
        _meter.Done += 100 + _used.Count;
        bool crowded = _used.Count > Crowded;
        if (crowded)
        {
            MarkCallers(village, site);
        }

        bool ridesAlone = _c.Travel.MinVillageSite[(village * _c.Sites) + site] <= _c.MaxRide;
        foreach (ref readonly ChainGaps gaps in _calls.Gaps)
        {
            int k = gaps.Vehicle;
            if (!crowded || _marked[k] == _mark)
            {
                TripPlan[] chain = _chains[k]!;
                for (int i = 0; i < chain.Length; i++)
                {
                    int taken = Math.Min(count, gaps.Seats - chain[i].Total);
                    if (taken > 0)
                    {
                        TryStops(k, chain, i, village, site, order, taken, ref bestScore, ref found);
                    }
                }
            }

            if (ridesAlone && gaps.Trips < DayCalls.MostTrips)
            {
                TryTrip(in gaps, village, order, Math.Min(count, gaps.Seats), ref bestScore, ref found);
            }
        }

        for (int type = 0; type < _types.Members.Length && ridesAlone; type++)
        {
            int k = FirstFree(type);
            if (k >= 0)
            {
                TryTrip(_calls.GapsOf(k, []), village, order, Math.Min(count, _c.Seats[k]), ref bestScore, ref found);
            }
        }

        if (found.Taken > 0)
        {
            SetChain(found.Vehicle, found.IsTrip ? WithTrip(found.Vehicle, found.Trip, village, order, found.Taken) : WithStops(found, village, order));
        }

        return found.Taken;
    }

    private TripPlan[] WithStops(Candidate found, int village, int order)
    {
        TripPlan[] chain = [.. _chains[found.Vehicle]!];
        chain[found.Trip] = chain[found.Trip].With(_c, village, found.VillageAt, _c.OrderSite[order], found.SiteAt, order, found.Taken)!;
        return chain;
    }

    private TripPlan[] WithTrip(int vehicle, int at, int village, int order, int taken)
    {
        TripPlan[] chain = _chains[vehicle] ?? [];
        return [.. chain[..at], TripPlan.Create(_c, [village], [_c.OrderSite[order]], [new Load(village, order, taken)])!, .. chain[at..]];
    }

    private void MarkCallers(int village, int site)
    {
        _mark++;
        foreach (int k in _calls.AtVillage(village))
        {
            _marked[k] = _mark;
        }

        foreach (int k in _calls.AtSite(site))
        {
            _marked[k] = _mark;
        }
    }

    private int FirstFree(int type)
    {
        int[] members = _types.Members[type];
        int at = _firstFree[type];
        while (at < members.Length && (_chains[members[at]] is not null || _c.VehicleOut[(members[at] * _c.Days) + _day]))
        {
            at++;
        }

        _firstFree[type] = at;
        return at < members.Length ? members[at] : -1;
    }

    /// <summary>A new trip of its own at every place in the vehicle's chain.</summary>
    private void TryTrip(in ChainGaps gaps, int village, int order, int taken, ref double bestScore, ref Candidate found)
    {
        int k = gaps.Vehicle;
        int site = _c.OrderSite[order];
        TravelMatrix travel = _c.Travel;
        ReadOnlySpan<double> into = travel.KmInto.AsSpan(village * travel.Starts, travel.Starts);
        double ride = travel.KmVillageSite[(village * _c.Sites) + site];
        for (int at = 0; at <= gaps.Trips; at++)
        {
            ref readonly Gap gap = ref gaps.Gap[at];
            double km = ride + into[gap.Start];
            if (gap.Next >= 0)
            {
                km = km + travel.KmSiteVillage[(site * _c.Villages) + gap.Next] - gap.Km;
            }

            double score = ((gaps.Trips == 0 ? _c.DayCost[k] : 0) + (gaps.PerKm * km)) / taken;
            if (score < bestScore - Tiny
                && (gaps.IsPlain ? _calls.Fits(in gaps, at, village, order) : IsFeasible(k, WithTrip(k, at, village, order, taken))))
            {
                bestScore = score;
                found = new Candidate(k, at, -1, -1, taken, IsTrip: true);
            }
        }
    }

    /// <summary>Adds the passengers to a trip, at stops it has or with new ones at the best places.</summary>
    private void TryStops(
        int k, TripPlan[] chain, int i, int village, int site, int order, int taken, ref double bestScore, ref Candidate found)
    {
        TripPlan trip = chain[i];
        bool newVillage = Array.IndexOf(trip.Villages, village) < 0;
        bool newSite = Array.IndexOf(trip.Sites, site) < 0;
        if ((newVillage && newSite && _used.Count > Crowded) || (newVillage && trip.Villages.Length >= MaxVillageStops) || (newSite && trip.Sites.Length >= MaxSiteStops))
        {
            return;
        }

        Span<int> villages = stackalloc int[trip.Villages.Length + (newVillage ? 1 : 0)];
        Span<int> sites = stackalloc int[trip.Sites.Length + (newSite ? 1 : 0)];
        Span<Load> loads = stackalloc Load[trip.Loads.Length + 1];
        trip.Loads.CopyTo(loads);
        loads[^1] = new Load(village, order, taken);
        double oldCost = _costs[k];
        for (int a = 0; a < (newVillage ? villages.Length : 1); a++)
        {
            Place(trip.Villages, villages, newVillage ? a : -1, village);
            for (int b = 0; b < (newSite ? sites.Length : 1); b++)
            {
                Place(trip.Sites, sites, newSite ? b : -1, site);
                if (!TripPlan.Measure(_c, villages, sites, loads, out int duration, out int latest, out int drive, out double km))
                {
                    continue;
                }

                double cost = CostWith(k, chain, i, villages[0], sites[^1], km);
                double score = (cost - oldCost) / taken;
                if (score < bestScore - Tiny && IsFeasibleWith(k, chain, i, villages[0], sites[^1], duration, latest, drive))
                {
                    bestScore = score;
                    found = new Candidate(k, i, newVillage ? a : -1, newSite ? b : -1, taken, IsTrip: false);
                }
            }
        }
    }

    private static void Place(int[] stops, Span<int> into, int at, int stop)
    {
        if (at < 0)
        {
            stops.CopyTo(into);
            return;
        }

        stops.AsSpan(0, at).CopyTo(into);
        into[at] = stop;
        stops.AsSpan(at).CopyTo(into[(at + 1)..]);
    }

    private double CostWith(int vehicle, TripPlan[] chain, int changed, int first, int last, double tripKm)
    {
        double km = 0;
        for (int i = 0; i < chain.Length; i++)
        {
            int from = i == 0 ? -1 : i - 1 == changed ? last : chain[i - 1].Last;
            km += i == changed ? Approach(vehicle, from, first, null).Km + tripKm : Approach(vehicle, from, chain[i].First, chain[i]).Km + chain[i].Km;
        }

        return _c.DayCost[vehicle] + (2 * _c.KmCost[vehicle] * km);
    }

    private bool IsFeasibleWith(int vehicle, TripPlan[] chain, int changed, int first, int last, int duration, int latest, int tripDrive)
    {
        int drive = 0;
        int end = 0;
        for (int i = 0; i < chain.Length; i++)
        {
            bool isNew = i == changed;
            int depart = _c.FirstDeparture;
            int from = i == 0 ? -1 : i - 1 == changed ? last : chain[i - 1].Last;
            (int move, int lead, _) = Approach(vehicle, from, isNew ? first : chain[i].First, isNew ? null : chain[i]);
            drive += move;
            depart = i == 0 ? depart + lead : Math.Max(depart, end + (2 * _c.StopMinutes) + move);

            if (depart > (isNew ? latest : chain[i].LatestDepart))
            {
                return false;
            }

            drive += isNew ? tripDrive : chain[i].Drive;
            end = depart + (isNew ? duration : chain[i].Duration);
        }

        return 2 * drive <= _c.MaxDrive && end <= _c.LastEnd;
    }

    /// <summary>A way to carry some: stops of a trip (-1 where it has them), or a trip of their own at that place of the chain.</summary>
    private readonly record struct Candidate(int Vehicle, int Trip, int VillageAt, int SiteAt, int Taken, bool IsTrip);
}
