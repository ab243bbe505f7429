using System.Numerics;
using System.Runtime.InteropServices;

namespace Matching.Planning.Bound;

/// <summary>
/// Rows of one number per step of time, several steps at once. Sums of two and maxima alone: the same numbers on machines of any vector width.
/// </summary>
internal static class TimeRow
{
    /// <summary>to[i] = max(to[i], from[i] + plus).</summary>
    public static void Raise(Span<double> to, ReadOnlySpan<double> from, double plus)
    {
        Span<Vector<double>> wideTo = MemoryMarshal.Cast<double, Vector<double>>(to);
        ReadOnlySpan<Vector<double>> wideFrom = MemoryMarshal.Cast<double, Vector<double>>(from[..to.Length]);
        var widePlus = new Vector<double>(plus);
        for (int i = 0; i < wideTo.Length; i++)
        {
            wideTo[i] = Vector.Max(wideTo[i], wideFrom[i] + widePlus);
        }

        for (int i = wideTo.Length * Vector<double>.Count; i < to.Length; i++)
        {
            to[i] = Math.Max(to[i], from[i] + plus);
        }
    }

    /// <summary>The most of one[i] + other[i]; -∞ of empty rows.</summary>
    public static double MostOfSums(ReadOnlySpan<double> one, ReadOnlySpan<double> other)
    {
        ReadOnlySpan<Vector<double>> wideOne = MemoryMarshal.Cast<double, Vector<double>>(one);
        ReadOnlySpan<Vector<double>> wideOther = MemoryMarshal.Cast<double, Vector<double>>(other[..one.Length]);
        var wideMost = new Vector<double>(double.NegativeInfinity);
        for (int i = 0; i < wideOne.Length; i++)
        {
            wideMost = Vector.Max(wideMost, wideOne[i] + wideOther[i]);
        }

        double most = double.NegativeInfinity;
        for (int i = 0; i < Vector<double>.Count; i++)
        {
            most = Math.Max(most, wideMost[i]);
        }

        for (int i = wideOne.Length * Vector<double>.Count; i < one.Length; i++)
        {
            most = Math.Max(most, one[i] + other[i]);
        }

        return most;
    }
}
