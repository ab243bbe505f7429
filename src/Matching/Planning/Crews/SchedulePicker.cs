using System.Numerics;
using Matching.Planning.Compiled;
using Matching.Planning.State;

namespace Matching.Planning.Crews;

/// <summary>
/// Picks the worth-most days for one unit by dynamic programming over the pattern of the last six days: exact for the rolling
/// hours rule, and for days in a row up to six. Days outside the window keep what they have. Not thread-safe: holds buffers.
/// </summary>
internal sealed class SchedulePicker(CompiledSeason c)
{
    private const int Patterns = 64;
    private const int Back = 6;
    private double[] _best = new double[Patterns];
    private double[] _next = new double[Patterns];
    private readonly long[] _hoursOf = new long[Patterns];
    private byte[] _came = new byte[Patterns * 32];
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
        int quota = c.Units[unit].MaxDays - state.Worked(unit);
        if (quota <= 0)
        {
            return 0;
        }

        int first = Math.Max(0, from - Back);
        int last = Math.Min(c.Days - 1, to + Back);
        int length = last - first + 1;
        if (_came.Length < length * Patterns)
        {
            _came = new byte[length * Patterns * 2];
        }

        Array.Fill(_best, double.NegativeInfinity);
        _best[0] = 0;
        Span<long> dayHours = length <= 512 ? stackalloc long[length] : new long[length];
        for (int d = first; d <= last; d++)
        {
            int crew = state.AssignedCrew(unit, d);
            bool forced = crew >= 0;
            bool inside = d >= from && d <= to;
            double value = forced ? 0 : inside ? values[d - from] : double.NegativeInfinity;
            long today = forced ? c.Hours[state.Crew(crew).Order] : inside ? hours[d - from] : 0;
            dayHours[d - first] = today;
            bool mayWork = forced || (value > 0 && !double.IsNegativeInfinity(value));
            Array.Fill(_next, double.NegativeInfinity);
            _hoursOf[0] = 0;
            int row = (d - first) * Patterns;
            for (int pattern = 0; pattern < Patterns; pattern++)
            {
                if (pattern != 0)
                {
                    int low = BitOperations.TrailingZeroCount(pattern);
                    int then = d - first - 1 - low;
                    _hoursOf[pattern] = _hoursOf[pattern & (pattern - 1)] + (then >= 0 ? dayHours[then] : 0);
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
                    _came[row + shifted] = dropped;
                }

                if (mayWork && _hoursOf[pattern] + today <= c.MaxHours
                    && (c.MaxConsecutive > Back || BitOperations.TrailingZeroCount(~pattern) < c.MaxConsecutive)
                    && sum + value > _next[shifted | 1])
                {
                    _next[shifted | 1] = sum + value;
                    _came[row + (shifted | 1)] = dropped;
                }
            }

            (_best, _next) = (_next, _best);
        }

        int end = 0;
        for (int pattern = 1; pattern < Patterns; pattern++)
        {
            if (_best[pattern] > _best[end])
            {
                end = pattern;
            }
        }

        double total = _best[end];
        if (double.IsNegativeInfinity(total))
        {
            return 0;
        }

        for (int d = last; d >= first; d--)
        {
            if ((end & 1) == 1 && d >= from && d <= to && state.AssignedCrew(unit, d) < 0)
            {
                Days.Add(d);
            }

            end = (end >> 1) | (_came[((d - first) * Patterns) + end] << (Back - 1));
        }

        Days.Reverse();
        return Days.Count > quota ? Best(quota, from, values) : total;
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
