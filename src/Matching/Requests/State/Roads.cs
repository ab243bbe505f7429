using Matching.Model;
using Matching.Planning.Compiled;

namespace Matching.Requests.State;

/// <summary>Minutes and kilometres between any two places of the season, a row at a time when first asked. Thread-safe.</summary>
internal sealed class Roads
{
    private readonly Season _season;
    private readonly TravelMatrix _travel;
    private readonly Row?[] _rows;

    public Roads(Season season, TravelMatrix travel)
    {
        _season = season;
        _travel = travel;
        _rows = new Row?[season.Places.Length];
        Index = new Dictionary<PlaceId, int>(season.Places.Length);
        for (int p = 0; p < season.Places.Length; p++)
        {
            Index[season.Places[p].Id] = p;
        }
    }

    public Dictionary<PlaceId, int> Index { get; }

    /// <summary>Whole minutes, or −1 where no way is known.</summary>
    public int Minutes(int from, int to) => RowOf(from).Minutes[to];

    /// <summary>Kilometres; 0 where no way is known.</summary>
    public double Km(int from, int to) => RowOf(from).Km[to];

    /// <summary>Kilometres as the contract counts them.</summary>
    public decimal ExactKm(int from, int to) => RowOf(from).Exact[to];

    /// <summary>
    /// The way a trip takes from one of its stops to the next: minutes, those of a stop where nobody boards or alights included,
    /// kilometres, and the place of that stop or −1. Minutes are −1 where no way is known.
    /// </summary>
    public (int Minutes, double Km, int Via) Ride(int from, int to)
    {
        Row row = RowOf(from);
        return row.ShortCuts.TryGetValue(to, out (int, double, int) way) ? way : (row.Minutes[to], row.Km[to], -1);
    }

    private Row RowOf(int from) => Volatile.Read(ref _rows[from]) ?? Fill(from);

    private Row Fill(int from)
    {
        int n = _season.Places.Length;
        var row = new Row(new int[n], new double[n], new decimal[n], []);
        PlaceId start = _season.Places[from].Id;
        for (int p = 0; p < n; p++)
        {
            if (_season.TravelTable.TryGet(start, _season.Places[p].Id, out int minutes, out decimal km))
            {
                (row.Minutes[p], row.Km[p], row.Exact[p]) = (minutes, (double)km, km);
                if (_travel.ShortCut(start, _season.Places[p].Id) is { } way)
                {
                    row.ShortCuts[p] = (way.Minutes, (double)way.Km, Index[way.Via]);
                }
            }
            else
            {
                row.Minutes[p] = -1;
            }
        }

        // Two threads may fill the same row: the figures are the same.
        Volatile.Write(ref _rows[from], row);
        return row;
    }

    private sealed record Row(int[] Minutes, double[] Km, decimal[] Exact, Dictionary<int, (int Minutes, double Km, int Via)> ShortCuts);
}
