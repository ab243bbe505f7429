using System.Collections.Immutable;
using Matching.Model;

namespace Matching.Planning.Exact;

/// <summary>Passengers who may alight together: one site and one latest arrival.</summary>
/// <param name="Site">The site.</param>
/// <param name="Start">The start of work in minutes after midnight.</param>
internal readonly record struct RideClass(PlaceId Site, int Start);

/// <summary>A stop with its time.</summary>
/// <param name="Place">Where.</param>
/// <param name="Arrives">Minutes after midnight.</param>
internal readonly record struct TimedStop(PlaceId Place, int Arrives);

/// <summary>One whole morning of a vehicle, written as a single trip.</summary>
/// <param name="Stops">All stops, empty ones included.</param>
/// <param name="Slots">Positions in <paramref name="Stops"/> of those that board or alight.</param>
/// <param name="Km">Kilometres from the depot to the last stop.</param>
internal sealed record MorningSchedule(ImmutableArray<TimedStop> Stops, ImmutableArray<int> Slots, decimal Km)
{
    public TimedStop Slot(int slot) => Stops[Slots[slot]];

    /// <summary>Whether people of the village may board at one slot and alight at another.</summary>
    public bool Carries(int board, int alight, PlaceId village, RideClass ride, Season season)
    {
        if (board >= alight || alight >= Slots.Length)
        {
            return false;
        }

        TimedStop from = Slot(board);
        TimedStop to = Slot(alight);
        return from.Place == village && to.Place == ride.Site && to.Arrives <= ride.Start
            && to.Arrives - from.Arrives - season.Road.StopMinutes <= season.Transport.MaxRideMinutes;
    }
}

/// <summary>
/// Every morning a vehicle can drive to some use. The list is complete, not a sample:
/// <list type="bullet">
/// <item>Nothing but the first departure is bounded below in time, everything else above; so the earliest timing without any
/// waiting is legal whenever some timing is.</item>
/// <item>Trips driven back to back are legal as one trip: a move between trips takes the time and kilometres of a leg
/// between stops, groups balance, and a group boards and alights in the same order. So one trip per vehicle and day is enough.</item>
/// <item>A stop at which nobody boards or alights only pays as part of a cheaper way; <see cref="RoadNet"/> has those ways.
/// Two stops in a row at one place are one stop made longer. So consecutive slots differ and every slot is of use.</item>
/// <item>The clock and the driving limit end every sequence; there is no other limit on the number of stops.</item>
/// </list>
/// </summary>
internal sealed class MorningSchedules
{
    /// <summary>Beginnings of mornings looked at for each one allowed.</summary>
    private const int StepsPerMorning = 1000;

    private readonly Season _season;
    private readonly RoadNet _roads;
    private readonly int _firstLeave;
    private readonly int _most;
    private long _steps;

    /// <param name="season">The season.</param>
    /// <param name="most">More mornings than this from one depot on one day are not listed.</param>
    public MorningSchedules(Season season, int most)
    {
        (_season, _most) = (season, most);
        _roads = new RoadNet(season);
        _firstLeave = Math.Max(MinuteOf(season.Transport.EarliestDeparture), season.Road.StopMinutes);
    }

    /// <summary>Whether some list was cut off, so that the mornings are not complete.</summary>
    public bool IsCutOff { get; private set; }

    public static int MinuteOf(TimeOnly time) => (time.Hour * 60) + time.Minute;

    /// <summary>All useful mornings from a depot for people of those villages who ride in those classes.</summary>
    public List<MorningSchedule> From(PlaceId depot, IReadOnlyList<PlaceId> villages, IReadOnlyList<RideClass> classes)
    {
        List<MorningSchedule> found = [];
        if (classes.Count == 0)
        {
            return found;
        }

        _steps = 0;
        Search search = new(villages, [.. classes.Select(c => c.Site).Distinct()], classes, classes.Max(c => c.Start), found);
        foreach (PlaceId village in villages)
        {
            foreach (RoadPath path in _roads.FromDepot(depot, village))
            {
                int arrives = _firstLeave + path.Clock - _season.Road.StopMinutes;
                ImmutableArray<TimedStop> stops = Timed(path.Via, _firstLeave - _season.Road.StopMinutes).Add(new(village, arrives));
                Extend(search, new(stops, [stops.Length - 1], path.Km), path.Drive);
            }
        }

        return WithoutBeaten(found, villages, classes);
    }

    /// <summary>
    /// The mornings that matter to a vehicle with a seat for everybody: what it carries depends on who can ride where, not
    /// on the order of stops, so of two mornings one that carries as much and is no longer is enough.
    /// </summary>
    public List<MorningSchedule> ForAmpleSeats(List<MorningSchedule> useful, IReadOnlyList<PlaceId> villages, IReadOnlyList<RideClass> classes)
    {
        List<(MorningSchedule Schedule, HashSet<(PlaceId, RideClass)> Carried)> best = [];
        foreach (MorningSchedule schedule in useful.OrderBy(s => s.Km))
        {
            HashSet<(PlaceId, RideClass)> carried = [.. Carried(schedule, villages, classes).Select(c => (c.Village, c.Ride))];
            if (!best.Any(b => b.Carried.IsSupersetOf(carried)))
            {
                best.Add((schedule, carried));
            }
        }

        return [.. best.Select(b => b.Schedule)];
    }

    private sealed record Search(
        IReadOnlyList<PlaceId> Villages, IReadOnlyList<PlaceId> Sites, IReadOnlyList<RideClass> Classes, int Latest, List<MorningSchedule> Found);

    private void Extend(Search search, MorningSchedule soFar, int drive)
    {
        TimedStop last = soFar.Stops[^1];
        IsCutOff |= ++_steps > (long)StepsPerMorning * _most;
        if (2 * drive > _season.Transport.MaxDriveMinutesPerDay || last.Arrives > search.Latest || IsCutOff)
        {
            return;
        }

        int slots = soFar.Slots.Length;
        if (search.Sites.Contains(last.Place))
        {
            if (!Enumerable.Range(0, slots - 1).Any(i => IsOfUse(search, soFar, i, slots - 1)))
            {
                return;
            }

            if (Enumerable.Range(0, slots).All(i => !search.Villages.Contains(soFar.Slot(i).Place)
                || Enumerable.Range(i + 1, slots - i - 1).Any(j => IsOfUse(search, soFar, i, j))))
            {
                search.Found.Add(soFar);
                IsCutOff |= search.Found.Count > _most;
            }
        }

        foreach (PlaceId next in search.Villages.Concat(search.Sites))
        {
            if (next == last.Place)
            {
                continue;
            }

            foreach (RoadPath path in _roads.Between(last.Place, next))
            {
                int leaves = last.Arrives + _season.Road.StopMinutes;
                ImmutableArray<TimedStop> stops = soFar.Stops.AddRange(TimedAfter(last, path.Via)).Add(new(next, leaves + path.Clock));
                Extend(search, new(stops, soFar.Slots.Add(stops.Length - 1), soFar.Km + path.Km), drive + path.Drive);
            }
        }
    }

    private bool IsOfUse(Search search, MorningSchedule schedule, int board, int alight) =>
        search.Classes.Any(c => schedule.Carries(board, alight, schedule.Slot(board).Place, c, _season))
        && search.Villages.Contains(schedule.Slot(board).Place);

    // The first empty stop is reached at the given minute, the others after it without waiting.
    private ImmutableArray<TimedStop> Timed(ImmutableArray<PlaceId> places, int firstArrives)
    {
        List<TimedStop> stops = [];
        int arrives = firstArrives;
        for (int i = 0; i < places.Length; i++)
        {
            arrives += i == 0 ? 0 : _season.Road.StopMinutes + _season.TravelTable.Minutes(places[i - 1], places[i]);
            stops.Add(new(places[i], arrives));
        }

        return [.. stops];
    }

    private ImmutableArray<TimedStop> TimedAfter(TimedStop last, ImmutableArray<PlaceId> via) => via.IsEmpty
        ? []
        : Timed(via, last.Arrives + _season.Road.StopMinutes + _season.TravelTable.Minutes(last.Place, via[0]));

    // Of two mornings over the same slots, one that is no longer and carries whatever the other carries makes the other idle.
    private List<MorningSchedule> WithoutBeaten(List<MorningSchedule> found, IReadOnlyList<PlaceId> villages, IReadOnlyList<RideClass> classes)
    {
        List<MorningSchedule> kept = [];
        foreach (IGrouping<string, MorningSchedule> same in found.GroupBy(
            s => string.Join('\n', Enumerable.Range(0, s.Slots.Length).Select(i => s.Slot(i).Place.Value))))
        {
            List<(MorningSchedule Schedule, HashSet<(int, int, PlaceId, RideClass)> Carried)> best = [];
            foreach (MorningSchedule schedule in same.OrderBy(s => s.Km))
            {
                HashSet<(int, int, PlaceId, RideClass)> carried = [.. Carried(schedule, villages, classes)];
                if (!best.Any(b => b.Carried.IsSupersetOf(carried)))
                {
                    best.Add((schedule, carried));
                }
            }

            kept.AddRange(best.Select(b => b.Schedule));
        }

        return kept;
    }

    private IEnumerable<(int Board, int Alight, PlaceId Village, RideClass Ride)> Carried(
        MorningSchedule schedule, IReadOnlyList<PlaceId> villages, IReadOnlyList<RideClass> classes) =>
        from board in Enumerable.Range(0, schedule.Slots.Length)
        from alight in Enumerable.Range(board + 1, schedule.Slots.Length - board - 1)
        from village in villages
        from ride in classes
        where schedule.Carries(board, alight, village, ride, _season)
        select (board, alight, village, ride);
}
