using System.Collections.Immutable;
using Matching.Model;
using Matching.Requests.State;

namespace Matching.Requests;

/// <summary>What a booking takes of something that has a most.</summary>
/// <param name="Resource">What: <c>seat|trip|leg</c> or <c>bed|site|day</c>; the same for every booking that takes of it.</param>
/// <param name="Used">What this booking takes.</param>
/// <param name="Published">What the published plan takes.</param>
/// <param name="Most">What there is.</param>
public sealed record CapacityUse(string Resource, int Used, int Published, int Most);

/// <summary>Counts what bookings take of seats and beds.</summary>
internal static class Capacities
{
    public static ImmutableArray<CapacityUse> Of(DispatchState published, Draft draft)
    {
        Ground g = published.G;
        var uses = ImmutableArray.CreateBuilder<CapacityUse>();
        foreach (DraftRide ride in draft.Rides)
        {
            Run? there = published.MorningOf(ride.Day, ride.Vehicle) is { } morning && morning.IndexOf(ride.Run.Id) is int at and >= 0
                ? morning.Runs[at] : null;
            for (int leg = 0; leg < ride.Run.Places.Length - 1; leg++)
            {
                int used = ride.Lifts.Where(l => l.BoardAt <= leg && l.AlightAt > leg).Sum(l => l.Count);
                if (used > 0)
                {
                    uses.Add(new CapacityUse(FormattableString.Invariant($"seat|{ride.Run.Id}|{leg}"), used, there?.Aboard[leg] ?? 0, g.C.Seats[ride.Vehicle]));
                }
            }
        }

        if (draft.Lodge)
        {
            int site = g.C.OrderSite[draft.Order];
            PlaceId id = g.C.SiteId[site];
            for (int d = draft.From; d <= draft.To; d++)
            {
                int used = draft.Members.Where(m => m.Days[0] <= d && m.Days[^1] >= d).Sum(m => g.C.Units[m.Unit].Size);
                if (used > 0)
                {
                    uses.Add(new CapacityUse(
                        FormattableString.Invariant($"bed|{id}|{g.Season.Day(d):yyyy-MM-dd}"), used, published.BedUse[(site * g.C.Days) + d], g.C.Beds[site]));
                }
            }
        }

        return uses.DrainToImmutable();
    }
}
