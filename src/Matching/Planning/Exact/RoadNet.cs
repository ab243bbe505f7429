using System.Collections.Immutable;
using Matching.Model;

namespace Matching.Planning.Exact;

/// <summary>A way between two places, perhaps over empty stops in between.</summary>
/// <param name="Via">The empty stops, in order.</param>
/// <param name="Clock">Minutes from leaving the one place to reaching the other, empty stops included.</param>
/// <param name="Drive">Minutes of driving only.</param>
/// <param name="Km">Kilometres.</param>
internal sealed record RoadPath(ImmutableArray<PlaceId> Via, int Clock, int Drive, decimal Km)
{
    public bool IsNoWorseThan(RoadPath other) => Clock <= other.Clock && Drive <= other.Drive && Km <= other.Km;
}

/// <summary>
/// All ways between the places of a tiny season that no other way beats in clock, driving and kilometres at once. Where the
/// travel rows keep the triangle inequality this is the direct leg alone; where they break it, a way over an empty stop may win.
/// </summary>
internal sealed class RoadNet
{
    private readonly Season _season;
    private readonly ImmutableArray<PlaceId> _places;
    private readonly Dictionary<(PlaceId From, PlaceId To), List<RoadPath>> _paths = [];

    public RoadNet(Season season)
    {
        _season = season;
        _places = [.. season.Places.Select(p => p.Id)];
        List<((PlaceId From, PlaceId To) Pair, RoadPath Path)> fresh = [];
        foreach (PlaceId a in _places)
        {
            foreach (PlaceId b in _places)
            {
                _paths[(a, b)] = [];
                if (a != b && Direct(a, b) is { } leg)
                {
                    _paths[(a, b)].Add(leg);
                    fresh.Add(((a, b), leg));
                }
            }
        }

        // Ways grow by one leg per round. A way that passes a place twice is beaten by its own shortcut, so this ends.
        while (fresh.Count > 0)
        {
            List<((PlaceId From, PlaceId To) Pair, RoadPath Path)> grown = [];
            foreach (((PlaceId from, PlaceId over), RoadPath head) in fresh)
            {
                foreach (PlaceId to in _places)
                {
                    if (to == from || to == over || Direct(over, to) is not { } leg)
                    {
                        continue;
                    }

                    RoadPath path = new(
                        head.Via.Add(over), head.Clock + season.Road.StopMinutes + leg.Clock, head.Drive + leg.Drive, head.Km + leg.Km);
                    if (TryKeep(_paths[(from, to)], path))
                    {
                        grown.Add(((from, to), path));
                    }
                }
            }

            fresh = grown;
        }
    }

    /// <summary>The ways worth driving from one place to another.</summary>
    public IReadOnlyList<RoadPath> Between(PlaceId from, PlaceId to) => _paths[(from, to)];

    /// <summary>
    /// The ways worth driving from a depot to the first stop that boards. <see cref="RoadPath.Clock"/> counts from leaving
    /// the trip's first stop, which starts the clock, to <em>leaving</em> the boarding stop: 0 when they are the same.
    /// </summary>
    public IReadOnlyList<RoadPath> FromDepot(PlaceId depot, PlaceId first)
    {
        List<RoadPath> kept = [];
        foreach (PlaceId start in _places)
        {
            if ((start == depot ? Standing : Direct(depot, start)) is not { } approach)
            {
                continue;
            }

            if (start == first)
            {
                TryKeep(kept, approach with { Clock = 0 });
                continue;
            }

            foreach (RoadPath path in Between(start, first))
            {
                TryKeep(kept, new(
                    path.Via.Insert(0, start), path.Clock + _season.Road.StopMinutes, approach.Drive + path.Drive, approach.Km + path.Km));
            }
        }

        return kept;
    }

    private static RoadPath Standing { get; } = new([], 0, 0, 0m);

    private RoadPath? Direct(PlaceId from, PlaceId to) =>
        _season.TravelTable.TryGet(from, to, out int minutes, out decimal km) ? new([], minutes, minutes, km) : null;

    private static bool TryKeep(List<RoadPath> kept, RoadPath path)
    {
        if (kept.Any(k => k.IsNoWorseThan(path)))
        {
            return false;
        }

        kept.RemoveAll(path.IsNoWorseThan);
        kept.Add(path);
        return true;
    }
}
