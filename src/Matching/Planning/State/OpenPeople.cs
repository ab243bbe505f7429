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
    private readonly ulong[][] _rows;
    private readonly int[] _heads;

    /// <summary>Nobody is open.</summary>
    public OpenPeople(CompiledSeason c)
    {
        _c = c;
        _firstBit = new int[c.Units.Length];
        _words = new int[c.Villages];
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

            _words[v] = (bits + 63) / 64;
            _rows[v] = new ulong[_words[v] * c.Days];
        }
    }

    /// <summary>A copy of its own.</summary>
    public OpenPeople(OpenPeople like)
    {
        (_c, _firstBit, _words) = (like._c, like._firstBit, like._words);
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

    /// <summary>Those of them among some: see <see cref="Among"/>.</summary>
    public int Heads(int village, int day, ReadOnlySpan<ulong> among)
    {
        int heads = 0;
        ReadOnlySpan<ulong> open = _rows[village].AsSpan(day * among.Length, among.Length);
        for (int i = 0; i < among.Length; i++)
        {
            heads += BitOperations.PopCount(open[i] & among[i]);
        }

        return heads;
    }

    /// <summary>The people of the village whose units fit.</summary>
    public ulong[] Among(int village, Func<Unit, bool> fits)
    {
        ulong[] row = new ulong[_words[village]];
        foreach (int unit in _c.UnitsOfVillage[village])
        {
            for (int bit = _firstBit[unit]; fits(_c.Units[unit]) && bit < _firstBit[unit] + _c.Units[unit].Size; bit++)
            {
                row[bit >> 6] |= 1UL << (bit & 63);
            }
        }

        return row;
    }
}
