using Matching.Planning.Compiled;
using Matching.Planning.State;

namespace Matching.Planning.Crews;

/// <summary>
/// Picks the worth-most days for one unit by dynamic programming over the pattern of the last six days: exact for the rolling
/// hours rule, and for days in a row up to six. Days outside the window keep what they have. Not thread-safe: holds buffers.
/// </summary>
internal sealed class SchedulePicker(CompiledSeason c)
{
    private readonly PatternSearch _search = new();
    private long[] _hours = [];
    private double[] _worth = [];
    private bool[] _forced = [];
    private readonly List<(double Value, int Day)> _ranked = [];

    /// <summary>The days chosen by the last <see cref="Pick"/>, ascending.</summary>
    public List<int> Days { get; } = [];

    /// <summary>
    /// Maximizes the sum of <paramref name="values"/> (index 0 is day <paramref name="from"/>; negative infinity forbids) over
    /// legal sets of days, given the unit's other days.
    /// </summary>
    /// <returns>The sum; <see cref="Days"/> holds the days.</returns>
    public double Pick(PlanState state, int unit, int from, int to, ReadOnlySpan<double> values, ReadOnlySpan<long> hours)
    {
        Days.Clear();
        int quota = state.DaysLeft(unit);
        if (quota <= 0)
        {
            return 0;
        }

        int first = Math.Max(0, from - PatternSearch.Back);
        int last = Math.Min(c.Days - 1, to + PatternSearch.Back);
        int length = last - first + 1;
        if (_hours.Length < length)
        {
            (_hours, _worth, _forced) = (new long[length], new double[length], new bool[length]);
        }

        for (int d = first; d <= last; d++)
        {
            int crew = state.AssignedCrew(unit, d);
            bool inside = d >= from && d <= to;
            int i = d - first;
            _forced[i] = crew >= 0;
            _worth[i] = inside ? values[d - from] : 0;
            _hours[i] = crew >= 0 ? c.Hours[state.Crew(crew).Order] : inside ? hours[d - from] : 0;
        }

        return _search.Run(c, first, _hours.AsSpan(0, length), _worth.AsSpan(0, length), _forced.AsSpan(0, length), false, Days, out double total)
            && Days.Count > quota ? Best(quota, from, values) : total;
    }

    /// <summary>The worth-most days within the season limit: any part of a legal set is legal.</summary>
    private double Best(int quota, int from, ReadOnlySpan<double> values)
    {
        _ranked.Clear();
        foreach (int d in Days)
        {
            _ranked.Add((values[d - from], d));
        }

        _ranked.Sort((a, b) => a.Value != b.Value ? b.Value.CompareTo(a.Value) : a.Day.CompareTo(b.Day));
        Days.Clear();
        double total = 0;
        foreach ((double value, int day) in _ranked.Take(quota))
        {
            total += value;
            Days.Add(day);
        }

        Days.Sort();
        return total;
    }
}
