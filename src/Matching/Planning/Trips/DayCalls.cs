using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Matching.Planning.Compiled;

namespace Matching.Planning.Trips;

/// <summary>
/// Where a day's vehicles call, kept up to date as their chains change: who stops at a village or a site is asked of a short list, and
/// what another trip would add to every chain of numbers that stand side by side.
/// </summary>
internal sealed class DayCalls(CompiledSeason c)
{
    /// <summary>Trips of a vehicle from which it gets no other one.</summary>
    public const int MostTrips = 4;
    private readonly List<ChainGaps> _gaps = [];

    // Vehicles by village and by site, once for each stop there.
    private readonly List<int>?[] _atVillage = new List<int>?[c.Villages];
    private readonly List<int>?[] _atSite = new List<int>?[c.Sites];

    /// <summary>A copy of its own, for a season of the same places.</summary>
    public DayCalls(DayCalls like, CompiledSeason c)
        : this(c)
    {
        _gaps.AddRange(like._gaps);
        for (int v = 0; v < _atVillage.Length; v++)
        {
            _atVillage[v] = like._atVillage[v] is { } calls ? [.. calls] : null;
        }

        for (int s = 0; s < _atSite.Length; s++)
        {
            _atSite[s] = like._atSite[s] is { } calls ? [.. calls] : null;
        }
    }

    /// <summary>The chains of the vehicles in use, in the order in which the day has them.</summary>
    public ReadOnlySpan<ChainGaps> Gaps => CollectionsMarshal.AsSpan(_gaps);

    /// <summary>Vehicles that stop at the village, once for each stop.</summary>
    public ReadOnlySpan<int> AtVillage(int village) => CollectionsMarshal.AsSpan(_atVillage[village]);

    /// <summary>Vehicles that stop at the site, once for each stop.</summary>
    public ReadOnlySpan<int> AtSite(int site) => CollectionsMarshal.AsSpan(_atSite[site]);

    /// <summary>A chain begins to be driven: at the end of the order, or in the place of the vehicle's chain before.</summary>
    public void Put(int vehicle, int at, TripPlan[] chain)
    {
        if (at == _gaps.Count)
        {
            _gaps.Add(GapsOf(vehicle, chain));
        }
        else
        {
            _gaps[at] = GapsOf(vehicle, chain);
        }

        foreach (TripPlan trip in chain)
        {
            foreach (int village in trip.Villages)
            {
                (_atVillage[village] ??= []).Add(vehicle);
            }

            foreach (int site in trip.Sites)
            {
                (_atSite[site] ??= []).Add(vehicle);
            }
        }
    }

    /// <summary>A chain is no longer driven; its place in the order is kept until <see cref="Close"/> or <see cref="Put"/>.</summary>
    public void Take(int vehicle, TripPlan[] chain)
    {
        foreach (TripPlan trip in chain)
        {
            foreach (int village in trip.Villages)
            {
                TakeOne(_atVillage[village]!, vehicle);
            }

            foreach (int site in trip.Sites)
            {
                TakeOne(_atSite[site]!, vehicle);
            }
        }
    }

    /// <summary>A place in the order goes to the last of it.</summary>
    public void Close(int at)
    {
        _gaps[at] = _gaps[^1];
        _gaps.RemoveAt(_gaps.Count - 1);
    }

    /// <summary>The gaps of a vehicle's chain; of an empty one there is the whole morning.</summary>
    public ChainGaps GapsOf(int vehicle, TripPlan[] chain)
    {
        var gaps = new ChainGaps { Vehicle = vehicle, Trips = chain.Length, Seats = c.Seats[vehicle], PerKm = 2 * c.KmCost[vehicle] };
        if (chain.Length >= MostTrips)
        {
            return gaps;
        }

        gaps.IsPlain = true;
        int end = c.FirstDeparture;
        for (int at = 0; at <= chain.Length; at++)
        {
            int from = at == 0 ? -1 : chain[at - 1].Last;
            if (at == chain.Length)
            {
                gaps.Gap[at] = new Gap { Start = StartOf(vehicle, from), Next = -1, Free = end, Due = c.LastEnd };
                break;
            }

            TripPlan next = chain[at];
            (int minutes, double km) = c.Approach(vehicle, from, next.First);
            gaps.Gap[at] = new Gap { Start = StartOf(vehicle, from), Next = next.First, Minutes = minutes, Km = km, Free = end };
            gaps.Drive += minutes + next.Drive;
            int depart = at == 0 ? end : Math.Max(c.FirstDeparture, end + minutes);
            gaps.IsPlain &= depart <= next.LatestDepart && next.Detours.Length == 0;
            end = depart + next.Duration + (2 * c.StopMinutes);
        }

        int due = c.LastEnd;
        for (int at = chain.Length - 1; at >= 0; at--)
        {
            gaps.Gap[at].Due = Math.Min(chain[at].LatestDepart, due - chain[at].Duration);
            due = gaps.Gap[at].Due - (2 * c.StopMinutes) - gaps.Gap[at].Minutes;
        }

        return gaps;
    }

    /// <summary>T3, T4, T5: whether a trip from the village to the order, whose ride is short enough, fits into a gap of a plain chain.</summary>
    public bool Fits(in ChainGaps gaps, int at, int village, int order)
    {
        ref readonly Gap gap = ref gaps.Gap[at];
        int site = c.OrderSite[order];
        int ride = c.Travel.MinVillageSite[(village * c.Sites) + site];
        int approach = c.Travel.MinInto[(village * c.Travel.Starts) + gap.Start];
        int depart = at == 0 ? gap.Free : Math.Max(c.FirstDeparture, gap.Free + approach);
        int drive = gaps.Drive + approach + ride;
        int end = depart + ride;
        if (gap.Next >= 0)
        {
            int onward = c.Travel.MinSiteVillage[(site * c.Villages) + gap.Next];
            drive += onward - gap.Minutes;
            end += (2 * c.StopMinutes) + onward;
        }

        return depart + ride <= c.StartMinute[order] && end <= gap.Due && 2 * drive <= c.MaxDrive;
    }

    private int StartOf(int vehicle, int site) => site < 0 ? c.DepotOf[vehicle] : c.Travel.Starts - c.Sites + site;

    private static void TakeOne(List<int> calls, int vehicle)
    {
        int at = calls.LastIndexOf(vehicle);
        calls[at] = calls[^1];
        calls.RemoveAt(calls.Count - 1);
    }
}

/// <summary>Between two trips of a chain, or before or after all of them.</summary>
internal struct Gap
{
    /// <summary>Where the vehicle comes from, as in <see cref="TravelMatrix.MinInto"/>.</summary>
    public int Start;

    /// <summary>The village it goes to, -1 when nothing follows.</summary>
    public int Next;

    /// <summary>Minutes between them, no stop on the way; 0 when nothing follows.</summary>
    public int Minutes;

    /// <summary>Kilometres of the same.</summary>
    public double Km;

    /// <summary>The minute of day at which a trip in the gap can leave its first stop at the soonest, but for the way there; before all trips the way does not count.</summary>
    public int Free;

    /// <summary>The minute of day at which the next trip has to leave, or the last stop has to be reached when nothing follows.</summary>
    public int Due;
}

/// <summary>The gaps of a vehicle's chain, one more than it has trips; none are kept where it gets no other trip.</summary>
internal struct ChainGaps
{
    public int Vehicle;
    public int Trips;
    public int Seats;

    /// <summary>CNY for a kilometre, there and back.</summary>
    public double PerKm;

    /// <summary>Minutes of driving.</summary>
    public int Drive;

    /// <summary>Whether the gaps say all there is to know: no leg has a detour, and the trips are driven in time.</summary>
    public bool IsPlain;
    public GapRow Gap;
}

/// <summary>As many gaps as there are places for another trip.</summary>
[InlineArray(DayCalls.MostTrips)]
internal struct GapRow
{
    private Gap _first;
}
