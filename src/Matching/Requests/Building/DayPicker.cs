using System.Numerics;
using Matching.Planning.Compiled;
using Matching.Requests.State;

namespace Matching.Requests.Building;

/// <summary>
/// Picks one unit's worth-most days in a window under W4, by dynamic programming over the pattern of the last six days. Days
/// outside the window keep what they have. Not thread-safe: holds buffers.
/// </summary>
internal sealed class DayPicker
{
    private const int Back = 6;
    private const int Patterns = 1 << Back;
    private double[] _best = new double[Patterns];
    private double[] _next = new double[Patterns];
    private byte[] _came = new byte[Patterns * 32];
    private readonly List<int> _days = [];
    private readonly List<(double Value, int Day)> _ranked = [];

    /// <summary>The days picked from those with a value above zero, ascending; empty when none fits.</summary>
    /// <param name="state">The state.</param>
    /// <param name="unit">The unit.</param>
    /// <param name="order">The order it would work.</param>
    /// <param name="from">First day of the window.</param>
    /// <param name="values">Worth of each day from <paramref name="from"/>; zero and below: not to be worked.</param>
    public List<int> Pick(DispatchState state, int unit, int order, int from, ReadOnlySpan<double> values)
    {
        _days.Clear();
        CompiledSeason c = state.G.C;
        int quota = c.Units[unit].MaxDays - state.Worked[unit];
        if (quota <= 0)
        {
            return _days;
        }

        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] > 0)
            {
                _days.Add(from + i);
            }
        }

        if (_days.Count <= quota && Rest.Allows(state, unit, order, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_days)))
        {
            return _days;
        }

        if (!IsRested(state, unit, from, values.Length) || !Rotate(state, unit, order, from, values))
        {
            Search(state, unit, order, from, values);
        }

        KeepBest(quota, from, values);
        DropTooLong(state, unit, order);
        return _days;
    }

    /// <summary>Whether the unit works on no day so near that it bears on the window.</summary>
    private static bool IsRested(DispatchState state, int unit, int from, int length)
    {
        CompiledSeason c = state.G.C;
        int reach = Math.Max(Back, c.MaxConsecutive);
        int[]? row = state.Rows[unit];
        for (int d = Math.Max(0, from - reach); row is not null && d < Math.Min(c.Days, from + length + reach); d++)
        {
            if (row[d] > 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// The best of seven weekly rhythms, all days on which are legal for a rested unit, and further days where they fit: as good
    /// as the search where every day may be worked, and a tenth of its time.
    /// </summary>
    private bool Rotate(DispatchState state, int unit, int order, int from, ReadOnlySpan<double> values)
    {
        CompiledSeason c = state.G.C;
        int on = (int)Math.Min(Math.Min(Back, c.MaxConsecutive), c.MaxHours / Math.Max(1, c.Hours[order]));
        if (on <= 0)
        {
            return false;
        }

        (double Sum, int Shift) best = (double.NegativeInfinity, 0);
        for (int shift = 0; shift < 7; shift++)
        {
            double sum = 0;
            for (int i = 0; i < values.Length; i++)
            {
                sum += (i + shift) % 7 < on ? Math.Max(0, values[i]) : 0;
            }

            best = sum > best.Sum ? (sum, shift) : best;
        }

        _days.Clear();
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] > 0 && (i + best.Shift) % 7 < on)
            {
                _days.Add(from + i);
            }
        }

        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] > 0 && (i + best.Shift) % 7 >= on && _days.BinarySearch(from + i) is int at and < 0)
            {
                _days.Insert(~at, from + i);
                if (!Rest.Allows(state, unit, order, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_days)))
                {
                    _days.RemoveAt(~at);
                }
            }
        }

        return true;
    }

    private void Search(DispatchState state, int unit, int order, int from, ReadOnlySpan<double> values)
    {
        CompiledSeason c = state.G.C;
        int[]? row = state.Rows[unit];
        int first = Math.Max(0, from - Back);
        int last = Math.Min(c.Days - 1, from + values.Length - 1 + Back);
        int length = last - first + 1;
        if (_came.Length < length * Patterns)
        {
            _came = new byte[length * Patterns * 2];
        }

        Array.Fill(_best, double.NegativeInfinity);
        _best[0] = 0;
        Span<long> hours = length <= 512 ? stackalloc long[length] : new long[length];
        Span<long> sums = stackalloc long[Patterns];
        for (int d = first; d <= last; d++)
        {
            bool forced = row is not null && row[d] > 0;
            bool inside = d >= from && d < from + values.Length;
            double value = forced || !inside ? 0 : values[d - from];
            bool mayWork = forced || value > 0;
            long today = forced ? c.Hours[row![d] - 1] : c.Hours[order];
            hours[d - first] = mayWork ? today : 0;
            Array.Fill(_next, double.NegativeInfinity);
            int came = (d - first) * Patterns;
            for (int pattern = 0; pattern < Patterns; pattern++)
            {
                if (pattern != 0)
                {
                    int then = d - first - 1 - BitOperations.TrailingZeroCount(pattern);
                    sums[pattern] = sums[pattern & (pattern - 1)] + (then >= 0 ? hours[then] : 0);
                }

                double sum = _best[pattern];
                if (double.IsNegativeInfinity(sum))
                {
                    continue;
                }

                int shifted = (pattern << 1) & (Patterns - 1);
                byte dropped = (byte)(pattern >> (Back - 1));
                if (!forced && sum > _next[shifted])
                {
                    _next[shifted] = sum;
                    _came[came + shifted] = dropped;
                }

                if (mayWork && (forced || (sums[pattern] + today <= c.MaxHours
                        && (c.MaxConsecutive > Back || BitOperations.TrailingZeroCount(~pattern) < c.MaxConsecutive)))
                    && sum + value > _next[shifted | 1])
                {
                    _next[shifted | 1] = sum + value;
                    _came[came + (shifted | 1)] = dropped;
                }
            }

            (_best, _next) = (_next, _best);
        }

        int end = 0;
        for (int pattern = 1; pattern < Patterns; pattern++)
        {
            end = _best[pattern] > _best[end] ? pattern : end;
        }

        _days.Clear();
        if (double.IsNegativeInfinity(_best[end]))
        {
            return;
        }

        for (int d = last; d >= first; d--)
        {
            if ((end & 1) == 1 && (row is null || row[d] <= 0))
            {
                _days.Add(d);
            }

            end = (end >> 1) | (_came[((d - first) * Patterns) + end] << (Back - 1));
        }

        _days.Reverse();
    }

    /// <summary>The worth-most days within the season limit: any part of a legal set is legal.</summary>
    private void KeepBest(int quota, int from, ReadOnlySpan<double> values)
    {
        if (_days.Count <= quota)
        {
            return;
        }

        _ranked.Clear();
        foreach (int d in _days)
        {
            _ranked.Add((values[d - from], d));
        }

        _ranked.Sort((a, b) => a.Value != b.Value ? b.Value.CompareTo(a.Value) : a.Day.CompareTo(b.Day));
        _days.Clear();
        for (int i = 0; i < quota; i++)
        {
            _days.Add(_ranked[i].Day);
        }

        _days.Sort();
    }

    // Forced days past a gap, and rests longer than the pattern, are beyond the search: what breaks W4 goes, last day first.
    private void DropTooLong(DispatchState state, int unit, int order)
    {
        while (_days.Count > 0 && !Rest.Allows(state, unit, order, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_days)))
        {
            _days.RemoveAt(_days.Count - 1);
        }
    }
}
