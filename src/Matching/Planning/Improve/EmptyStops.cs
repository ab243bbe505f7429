using Matching.Model;
using Matching.Planning.Compiled;
using Matching.Planning.State;
using Matching.Planning.Trips;

namespace Matching.Planning.Improve;

/// <summary>
/// Stops at which nobody boards or alights where they make a finished plan's ways shorter: before the first village, and where they take
/// longer than the straight leg but nobody rides too long or comes late. Ways that are no longer either way are driven so anyway
/// (<see cref="ShortCuts"/>).
/// </summary>
internal sealed class EmptyStops(CompiledSeason c, PlanState state)
{
    private const double Least = 1e-6;
    private readonly ShortCuts _shortCuts = new(c.Season);
    private readonly Dictionary<(PlaceId From, PlaceId To), PlaceId[]> _known = [];

    /// <summary>Adds stops to the trips of every day while that saves money.</summary>
    public void Run()
    {
        for (int d = 0; d < c.Days && !c.Season.Travel.IsEmpty; d++)
        {
            DayTransport day = state.Transport(d);
            foreach (int k in day.Used.ToArray())
            {
                while (c.KmCost[k] > 0 && Better(day, k) is { } chain)
                {
                    day.SetChain(k, chain);
                }
            }
        }

        state.Commit();
    }

    /// <summary>The vehicle's trips with the one stop more that saves most; null when none does.</summary>
    private TripPlan[]? Better(DayTransport day, int vehicle)
    {
        TripPlan[] chain = day.Chain(vehicle)!;
        TripPlan[]? best = null;
        double least = day.CostOf(vehicle, chain) - Least;
        PlaceId from = c.Season.Vehicles[vehicle].Depot;
        for (int i = 0; i < chain.Length; i++)
        {
            foreach (TripPlan over in WithOneMore(chain[i], from))
            {
                TripPlan[] tried = [.. chain[..i], over, .. chain[(i + 1)..]];
                double cost = day.CostOf(vehicle, tried);
                if (cost < least && day.IsFeasible(vehicle, tried))
                {
                    (best, least) = (tried, cost - Least);
                }
            }

            from = c.SiteId[chain[i].Last];
        }

        return best;
    }

    /// <summary>The trip with each leg in turn over each stop that makes it shorter.</summary>
    private IEnumerable<TripPlan> WithOneMore(TripPlan trip, PlaceId from)
    {
        PlaceId[] stops = [.. trip.Villages.Select(v => c.VillageId[v]), .. trip.Sites.Select(s => c.SiteId[s])];
        for (int leg = 0; leg < stops.Length; leg++)
        {
            foreach (PlaceId via in trip.DetourOf(leg, from) is null ? Shorter(from, stops[leg]) : [])
            {
                // A village of the trip is boarded once.
                if (Array.IndexOf(stops, via, 0, trip.Villages.Length) < 0 && Detour.Of(c.Season, leg, from, via, stops[leg]) is { } detour
                    && trip.Over(c, detour) is { } over)
                {
                    yield return over;
                }
            }

            from = stops[leg];
        }
    }

    /// <summary>Stops over which the way has fewer kilometres than the straight leg.</summary>
    private PlaceId[] Shorter(PlaceId from, PlaceId to)
    {
        if (_known.TryGetValue((from, to), out PlaceId[]? found))
        {
            return found;
        }

        TravelTable table = c.Season.TravelTable;
        found = from == to || !table.TryGet(from, to, out _, out decimal straight) ? [] :
        [
            .. _shortCuts.Candidates(from, to).Distinct().Where(via => via != from && via != to
                && table.TryGet(from, via, out _, out decimal there) && table.TryGet(via, to, out _, out decimal on) && there + on < straight),
        ];
        _known[(from, to)] = found;
        return found;
    }
}
