using Matching.Model;
using Matching.Planning.Compiled;

namespace Matching.Requests.State;

/// <summary>A unit's days in a crew, ascending.</summary>
internal readonly record struct DraftMember(int Unit, int[] Days);

/// <summary>People of a crew on one run: one that is there, or a new one.</summary>
/// <param name="Day">The day.</param>
/// <param name="Vehicle">The vehicle.</param>
/// <param name="Run">The run, without these people.</param>
/// <param name="IsNew">Whether the run is made for this crew.</param>
/// <param name="Lifts">Who rides from where to where.</param>
internal sealed record DraftRide(int Day, int Vehicle, Run Run, bool IsNew, List<Lift> Lifts);

/// <summary>A crew by positions instead of ids: being built, or a booking to be applied.</summary>
internal sealed class Draft(int broker, int order, int from, int to, bool lodge)
{
    public int Broker { get; } = broker;

    public int Order { get; } = order;

    public int From { get; set; } = from;

    public int To { get; set; } = to;

    public bool Lodge { get; } = lodge;

    public List<DraftMember> Members { get; } = [];

    public List<DraftRide> Rides { get; } = [];

    /// <summary>People working by day, from <see cref="From"/>.</summary>
    public int[] Heads(CompiledSeason c)
    {
        int[] heads = new int[To - From + 1];
        foreach (DraftMember member in Members)
        {
            foreach (int day in member.Days)
            {
                heads[day - From] += c.Units[member.Unit].Size;
            }
        }

        return heads;
    }

    /// <summary>The booking by positions; null with the reason when it does not belong to the season.</summary>
    public static Draft Of(Ground g, Booking booking)
    {
        Offer offer = booking.Offer;
        var draft = new Draft(
            g.BrokerIndex[offer.Broker], g.OrderIndex[offer.Order], g.Season.DayIndex(offer.From), g.Season.DayIndex(offer.To),
            offer.Mode == Plans.CrewMode.Lodge);
        var days = new Dictionary<int, int[]>();
        var seen = new Dictionary<int, int>();
        foreach (MemberDays member in offer.Members)
        {
            int unit = g.C.UnitOfWorker[g.WorkerIndex[member.Worker]];
            int[] own = [.. member.Dates.Select(g.Season.DayIndex)];
            if (days.TryGetValue(unit, out int[]? known) && !known.AsSpan().SequenceEqual(own))
            {
                throw new ArgumentException($"Booking {booking.Crew} parts {member.Worker} from their pair.", nameof(booking));
            }

            days[unit] = own;
            seen[unit] = seen.GetValueOrDefault(unit) + 1;
        }

        foreach ((int unit, int[] own) in days)
        {
            if (seen[unit] != g.C.Units[unit].Size)
            {
                throw new ArgumentException($"Booking {booking.Crew} takes a part of a pair.", nameof(booking));
            }

            draft.Members.Add(new DraftMember(unit, own));
        }

        for (int i = 0; i < offer.Trips.Length; i++)
        {
            draft.Rides.Add(RideOf(g, offer.Trips[i], offer.Trips[i].Trip ?? booking.NewTrip(i)));
        }

        return draft;
    }

    private static DraftRide RideOf(Ground g, CrewRide ride, TripId id)
    {
        var places = new List<int>();
        var arrives = new List<int>();
        var seqs = new List<int>();
        var board = new Dictionary<int, (int At, int Count)>();
        var lifts = new List<Lift>();
        foreach (RideStop stop in ride.Stops)
        {
            if (seqs.Count == 0 || seqs[^1] != stop.Seq)
            {
                seqs.Add(stop.Seq);
                places.Add(g.Roads.Index[stop.Place]);
                arrives.Add(Minute(stop.Arrives));
            }

            int village = g.Roads.Index[stop.Village];
            if (stop.Board > 0)
            {
                board[village] = (places.Count - 1, stop.Board);
            }

            if (stop.Alight > 0)
            {
                (int at, int count) = board[village];
                lifts.Add(new Lift(village, at, places.Count - 1, count));
            }
        }

        var run = new Run(id, published: false, Minute(ride.Departs), [.. places], [.. arrives], new int[places.Count], 0);
        return new DraftRide(g.Season.DayIndex(ride.Date), g.VehicleIndex[ride.Vehicle], run, ride.Trip is null, lifts);
    }

    private static int Minute(TimeOnly time) => (time.Hour * 60) + time.Minute;
}
