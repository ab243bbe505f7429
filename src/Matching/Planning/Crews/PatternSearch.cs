using System.Numerics;
using Matching.Planning.Compiled;

namespace Matching.Planning.Crews;

/// <summary>
/// The worth-most days of one unit by dynamic programming over the pattern of the last six days: exact for the rolling hours
/// of W4, and for days in a row up to six. Not thread-safe: holds buffers.
/// </summary>
internal sealed class PatternSearch
{
    /// <summary>Days that bear on a day by the rolling hours.</summary>
    public const int Back = 6;
    private const int Patterns = 1 << Back;
    private double[] _best = new double[Patterns];
    private double[] _next = new double[Patterns];

    // Hours worked in the last six days, by pattern.
    private long[] _sums = new long[Patterns];
    private long[] _nextSums = new long[Patterns];
    private byte[] _came = new byte[Patterns * 32];

    /// <summary>Picks days of a stretch; false when none of the patterns is legal.</summary>
    /// <param name="c">The season, for W4.</param>
    /// <param name="first">The stretch's first day.</param>
    /// <param name="hours">Hours of work by day of the stretch.</param>
    /// <param name="values">Worth by day of the stretch; zero and below: not to be worked.</param>
    /// <param name="forced">Days that are worked whatever they are worth.</param>
    /// <param name="trusted">Whether forced days stand even where they break W4.</param>
    /// <param name="days">Receives the days picked, ascending, without the forced ones.</param>
    /// <param name="total">CNY of the days picked.</param>
    public bool Run(
        CompiledSeason c, int first, ReadOnlySpan<long> hours, ReadOnlySpan<double> values, ReadOnlySpan<bool> forced, bool trusted,
        List<int> days, out double total)
    {
        int length = hours.Length;
        if (_came.Length < length * Patterns)
        {
            _came = new byte[length * Patterns * 2];
        }

        // Patterns that can be reached are one bit each: few are where few days may be worked.
        _best[0] = 0;
        _sums[0] = 0;
        ulong reached = 1;
        for (int i = 0; i < length; i++)
        {
            bool mayWork = forced[i] || values[i] > 0;
            double value = forced[i] ? 0 : values[i];
            long gone = i >= Back ? hours[i - Back] : 0;
            ulong next = 0;
            int row = i * Patterns;
            for (ulong rest = reached; rest != 0; rest &= rest - 1)
            {
                int pattern = BitOperations.TrailingZeroCount(rest);
                double sum = _best[pattern];
                int shifted = (pattern << 1) & (Patterns - 1);
                byte dropped = (byte)(pattern >> (Back - 1));
                long week = _sums[pattern];
                long kept = dropped == 0 ? week : week - gone;
                if (!forced[i] && ((next >> shifted & 1) == 0 || sum > _next[shifted]))
                {
                    _next[shifted] = sum;
                    _nextSums[shifted] = kept;
                    _came[row + shifted] = dropped;
                    next |= 1UL << shifted;
                }

                int worked = shifted | 1;
                if (mayWork && ((forced[i] && trusted) || (week + hours[i] <= c.MaxHours
                        && (c.MaxConsecutive > Back || BitOperations.TrailingZeroCount(~pattern) < c.MaxConsecutive)))
                    && ((next >> worked & 1) == 0 || sum + value > _next[worked]))
                {
                    _next[worked] = sum + value;
                    _nextSums[worked] = kept + hours[i];
                    _came[row + worked] = dropped;
                    next |= 1UL << worked;
                }
            }

            (_best, _next) = (_next, _best);
            (_sums, _nextSums) = (_nextSums, _sums);
            reached = next;
        }

        int end = -1;
        for (ulong rest = reached; rest != 0; rest &= rest - 1)
        {
            int pattern = BitOperations.TrailingZeroCount(rest);
            end = end < 0 || _best[pattern] > _best[end] ? pattern : end;
        }

        days.Clear();
        total = end < 0 ? 0 : _best[end];
        if (end < 0)
        {
            return false;
        }

        for (int i = length - 1; i >= 0; i--)
        {
            if ((end & 1) == 1 && !forced[i])
            {
                days.Add(first + i);
            }

            end = (end >> 1) | (_came[(i * Patterns) + end] << (Back - 1));
        }

        days.Reverse();
        return true;
    }
}
