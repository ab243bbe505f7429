namespace Matching.Model;

/// <summary>
/// Ways over one other stop that beat the straight leg: rows of <c>travel.csv</c> may break the triangle inequality, and a
/// vehicle may stop where nobody boards or alights. Only ways with a row of their own can be better, since great circles keep
/// the inequality. Nothing is cached.
/// </summary>
internal sealed class ShortCuts
{
    /// <summary>Rows × places beyond which none are looked for: with a row for every pair the search would be cubic.</summary>
    private const long MostPairs = 5_000_000;

    private readonly Season _season;
    private readonly PlaceId[] _stops = [];
    private readonly ILookup<PlaceId, PlaceId> _after = Array.Empty<TravelLeg>().ToLookup(l => l.From, l => l.To);
    private readonly ILookup<PlaceId, PlaceId> _before = Array.Empty<TravelLeg>().ToLookup(l => l.From, l => l.To);

    /// <summary>Short cuts over the villages, sites and depots of the season.</summary>
    public ShortCuts(Season season)
    {
        _season = season;
        if ((long)season.Travel.Length * season.Places.Length <= MostPairs)
        {
            _stops = [.. season.Places.Where(p => p.Kind is PlaceKind.Village or PlaceKind.Site or PlaceKind.Depot).Select(p => p.Id)];
            HashSet<PlaceId> known = [.. _stops];
            TravelLeg[] legs = [.. season.Travel.Where(l => known.Contains(l.From) && known.Contains(l.To))];
            _after = legs.ToLookup(l => l.From, l => l.To);
            _before = legs.ToLookup(l => l.To, l => l.From);
        }
    }

    /// <summary>Stops over which the way may be shorter: all of them where the leg's own row may be long, else where one part has a row.</summary>
    public IEnumerable<PlaceId> Candidates(PlaceId from, PlaceId to) =>
        _season.TravelTable.IsGiven(from, to) ? _stops : _after[from].Concat(_before[to]);

    /// <summary>
    /// The best way over one stop, its minutes there included; null where none takes no longer and is shorter, or as short and
    /// quicker. Where people are on board and the straight leg takes longer than anybody may ride, quicker is enough.
    /// </summary>
    /// <param name="from">Where the leg begins.</param>
    /// <param name="to">Where it ends.</param>
    /// <param name="isRide">Whether people are on board.</param>
    public ShortCut? Find(PlaceId from, PlaceId to, bool isRide = true)
    {
        TravelTable table = _season.TravelTable;
        if (from == to || !table.TryGet(from, to, out int minutes, out decimal km))
        {
            return null;
        }

        ShortCut? best = null;
        foreach (PlaceId via in Candidates(from, to))
        {
            if (via == from || via == to || !table.TryGet(from, via, out int first, out decimal kmThere) || !table.TryGet(via, to, out int second, out decimal kmOn))
            {
                continue;
            }

            int took = first + _season.Road.StopMinutes + second;
            decimal drove = kmThere + kmOn;
            bool tooLong = isRide && minutes > _season.Transport.MaxRideMinutes;
            if (tooLong ? took < minutes : took <= minutes && drove <= km && (took < minutes || drove < km))
            {
                (best, minutes, km) = (new ShortCut(via, second, took, drove), took, drove);
            }
        }

        return best;
    }
}

/// <summary>A way over one stop.</summary>
/// <param name="Via">The stop.</param>
/// <param name="Second">Minutes from it.</param>
/// <param name="Minutes">Minutes in all, the stop included.</param>
/// <param name="Km">Kilometres in all.</param>
internal readonly record struct ShortCut(PlaceId Via, int Second, int Minutes, decimal Km);
