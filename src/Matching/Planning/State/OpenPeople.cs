using System.Numerics;
using Matching.Planning.Compiled;

namespace Matching.Planning.State;

/// <summary>
/// Who could be sent on each day, as one bit per person in a row per village and day: how many of them suit an order is a count
/// of common bits. People of a unit stand side by side in the row of the first member's village.
/// </summary>
internal sealed class OpenPeople
{
    private readonly CompiledSeason _c;
    private readonly int[] _firstBit;
    private readonly int[] _words;
    private readonly int[][] _unitOf;
    private readonly ulong[][] _rows;
    private readonly int[] _heads;

    // Who suits the order, by village × order, and who would lodge there; null where nobody does.
    private readonly ulong[]?[] _suited;
    private readonly ulong[]?[] _suitedLodging;

    /// <summary>Nobody is open.</summary>
    public OpenPeople(CompiledSeason c)
    {
        _c = c;
        _firstBit = new int[c.Units.Length];
        _words = new int[c.Villages];
        _unitOf = new int[c.Villages][];
        _rows = new ulong[c.Villages][];
        _heads = new int[c.Villages * c.Days];
        for (int v = 0; v < c.Villages; v++)
        {
            int bits = 0;
            foreach (int unit in c.UnitsOfVillage[v])
            {
                _firstBit[unit] = bits;
                bits += c.Units[unit].Size;
            }

            _unitOf[v] = [.. c.UnitsOfVillage[v].SelectMany(unit => Enumerable.Repeat(unit, c.Units[unit].Size))];
            _words[v] = (bits + 63) / 64;
            _rows[v] = new ulong[_words[v] * c.Days];
        }

        (_suited, _suitedLodging) = FindSuited();
    }

    /// <summary>A copy of its own, for a season of the same units.</summary>
    public OpenPeople(OpenPeople like, CompiledSeason c)
    {
        (_c, _firstBit, _words, _unitOf) = (c, like._firstBit, like._words, like._unitOf);
        (_suited, _suitedLodging) = ReferenceEquals(c.Kinds, like._c.Kinds) && ReferenceEquals(c.Units, like._c.Units)
            && c.MayLodge.AsSpan().SequenceEqual(like._c.MayLodge) ? (like._suited, like._suitedLodging) : FindSuited();
        _rows = Array.ConvertAll(like._rows, row => (ulong[])row.Clone());
        _heads = [.. like._heads];
    }

    /// <summary>Opens or closes the unit on a day on which it was not so.</summary>
    public void Flip(int unit, int day, bool open)
    {
        Unit u = _c.Units[unit];
        int row = day * _words[u.Village];
        for (int bit = _firstBit[unit]; bit < _firstBit[unit] + u.Size; bit++)
        {
            _rows[u.Village][row + (bit >> 6)] ^= 1UL << (bit & 63);
        }

        _heads[(u.Village * _c.Days) + day] += open ? u.Size : -u.Size;
    }

    /// <summary>People of the village open on the day.</summary>
    public int Heads(int village, int day) => _heads[(village * _c.Days) + day];

    /// <summary>Those of them who suit the order, and would lodge there.</summary>
    public int Heads(int village, int day, int order, bool lodge)
    {
        if ((lodge ? _suitedLodging : _suited)[(village * _c.Orders) + order] is not { } suited)
        {
            return 0;
        }

        int heads = 0;
        ReadOnlySpan<ulong> open = _rows[village].AsSpan(day * suited.Length, suited.Length);
        for (int i = 0; i < suited.Length; i++)
        {
            heads += BitOperations.PopCount(open[i] & suited[i]);
        }

        return heads;
    }

    /// <summary>Adds the village's units to a list who are open on one of the days, suit the order and, if asked, would lodge there.</summary>
    public void Find(int village, int from, int to, int order, bool lodge, List<int> units)
    {
        if ((lodge ? _suitedLodging : _suited)[(village * _c.Orders) + order] is not { } suited)
        {
            return;
        }

        ulong[] rows = _rows[village];
        int last = -1;
        for (int i = 0; i < suited.Length; i++)
        {
            ulong open = 0;
            for (int at = (from * suited.Length) + i; at <= (to * suited.Length) + i; at += suited.Length)
            {
                open |= rows[at];
            }

            for (open &= suited[i]; open != 0; open &= open - 1)
            {
                int unit = _unitOf[village][(i * 64) + BitOperations.TrailingZeroCount(open)];
                if (unit != last)
                {
                    units.Add(unit);
                    last = unit;
                }
            }
        }
    }

    /// <summary>Whether anybody of the village suits the order.</summary>
    public bool AnySuits(int village, int order) => _suited[(village * _c.Orders) + order] is not null;

    private (ulong[]?[] Suited, ulong[]?[] Lodging) FindSuited()
    {
        var suited = new ulong[]?[_c.Villages * _c.Orders];
        var lodging = new ulong[]?[_c.Villages * _c.Orders];
        for (int unit = 0; unit < _c.Units.Length; unit++)
        {
            Unit u = _c.Units[unit];
            for (int o = 0; o < _c.Orders; o++)
            {
                if (_c.Kinds[u.Kind].Suits(o))
                {
                    Mark(suited, unit, o);
                    if (u.LodgingOk && _c.MayLodge[o])
                    {
                        Mark(lodging, unit, o);
                    }
                }
            }
        }

        return (suited, lodging);
    }

    private void Mark(ulong[]?[] rows, int unit, int order)
    {
        Unit u = _c.Units[unit];
        ulong[] row = rows[(u.Village * _c.Orders) + order] ??= new ulong[_words[u.Village]];
        for (int bit = _firstBit[unit]; bit < _firstBit[unit] + u.Size; bit++)
        {
            row[bit >> 6] |= 1UL << (bit & 63);
        }
    }
}
