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
    private readonly long[] _sums = new long[Patterns];
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

        Array.Fill(_best, double.NegativeInfinity);
        _best[0] = 0;
        for (int i = 0; i < length; i++)
        {
            bool mayWork = forced[i] || values[i] > 0;
            double value = forced[i] ? 0 : values[i];
            Array.Fill(_next, double.NegativeInfinity);
            _sums[0] = 0;
            int row = i * Patterns;
            for (int pattern = 0; pattern < Patterns; pattern++)
            {
                if (pattern != 0)
                {
                    int then = i - 1 - BitOperations.TrailingZeroCount(pattern);
                    _sums[pattern] = _sums[pattern & (pattern - 1)] + (then >= 0 ? hours[then] : 0);
                }

                double sum = _best[pattern];
                if (double.IsNegativeInfinity(sum))
                {
                    continue;
                }

                int shifted = (pattern << 1) & (Patterns - 1);
                byte dropped = (byte)(pattern >> (Back - 1));
                if (!forced[i] && sum > _next[shifted])
                {
                    _next[shifted] = sum;
                    _came[row + shifted] = dropped;
                }

                if (mayWork && ((forced[i] && trusted) || (_sums[pattern] + hours[i] <= c.MaxHours
                        && (c.MaxConsecutive > Back || BitOperations.TrailingZeroCount(~pattern) < c.MaxConsecutive)))
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
            end = _best[pattern] > _best[end] ? pattern : end;
        }

        days.Clear();
        total = _best[end];
        if (double.IsNegativeInfinity(total))
        {
            total = 0;
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
