using Matching.Planning.Compiled;
using Matching.Planning.Crews;
using Matching.Requests.State;

namespace Matching.Requests.Building;

/// <summary>
/// Picks one unit's worth-most days in a window under W4, by dynamic programming over the pattern of the last six days. Days
/// outside the window keep what they have. Not thread-safe: holds buffers.
/// </summary>
internal sealed class DayPicker
{
    private readonly PatternSearch _search = new();
    private long[] _hours = [];
    private double[] _worth = [];
    private bool[] _forced = [];
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
        int reach = Math.Max(PatternSearch.Back, c.MaxConsecutive);
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
        int on = (int)Math.Min(Math.Min(PatternSearch.Back, c.MaxConsecutive), c.MaxHours / Math.Max(1, c.Hours[order]));
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
        int first = Math.Max(0, from - PatternSearch.Back);
        int last = Math.Min(c.Days - 1, from + values.Length - 1 + PatternSearch.Back);
        int length = last - first + 1;
        if (_hours.Length < length)
        {
            (_hours, _worth, _forced) = (new long[length], new double[length], new bool[length]);
        }

        for (int d = first; d <= last; d++)
        {
            int i = d - first;
            _forced[i] = row is not null && row[d] > 0;
            _worth[i] = d >= from && d < from + values.Length ? values[d - from] : 0;
            _hours[i] = _forced[i] ? c.Hours[row![d] - 1] : c.Hours[order];
        }

        _search.Run(c, first, _hours.AsSpan(0, length), _worth.AsSpan(0, length), _forced.AsSpan(0, length), true, _days, out _);
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
