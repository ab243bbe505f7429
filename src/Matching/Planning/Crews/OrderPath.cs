using System.Runtime.InteropServices;

namespace Matching.Planning.Crews;

/// <summary>
/// A longest path over days and options: each day one option or none, paid by day, where beginning an option costs its opening
/// and going on with it from the day before does not. O(days × options). Not thread-safe: holds buffers.
/// </summary>
internal sealed class OrderPath(int days, int options)
{
    private readonly double[] _pay = new double[days * options];
    private readonly double[] _opening = new double[days * options];
    private readonly double[] _ending = new double[days * options];
    private readonly bool[] _goesOn = new bool[days * options];
    private readonly double[] _best = new double[days + 1];
    private readonly int[] _last = new int[days + 1];
    private readonly List<Stretch> _found = [];

    /// <summary>Days in a row at one option, and what they bring, the opening paid.</summary>
    public readonly record struct Stretch(int Option, int From, int To, double Worth);

    /// <summary>Forgets all offers.</summary>
    public void Clear() => Array.Fill(_pay, double.NegativeInfinity);

    /// <summary>What the option pays on the day and what beginning it there costs; negative infinity where it cannot be.</summary>
    public void Offer(int day, int option, double pay, double opening)
    {
        _pay[(day * options) + option] = pay;
        _opening[(day * options) + option] = opening;
    }

    /// <summary>The stretches of the path that brings most on the given days, in order of days; valid until the next call.</summary>
    public ReadOnlySpan<Stretch> Longest(List<int> onDays)
    {
        _found.Clear();
        Fill(onDays);
        for (int i = onDays.Count; i > 0;)
        {
            if (_last[i] < 0)
            {
                i--;
                continue;
            }

            int last = i - 1;
            int option = _last[i];
            i = last;
            while (_goesOn[(onDays[i] * options) + option])
            {
                i--;
            }

            double worth = _ending[(onDays[last] * options) + option] - _best[i];
            _found.Add(new Stretch(option, onDays[i], onDays[last], worth));
        }

        _found.Reverse();
        return CollectionsMarshal.AsSpan(_found);
    }

    /// <summary>The best path that ends with each option on each day, and the best of the first i days (_best[i], its last option _last[i]).</summary>
    private void Fill(List<int> onDays)
    {
        _best[0] = 0;
        for (int i = 0; i < onDays.Count; i++)
        {
            int row = onDays[i] * options;
            bool follows = i > 0 && onDays[i] == onDays[i - 1] + 1;
            double before = _best[i];
            (_best[i + 1], _last[i + 1]) = (before, -1);
            for (int k = 0; k < options; k++)
            {
                int at = row + k;
                double opened = before - _opening[at];
                double stayed = follows ? _ending[at - options] : double.NegativeInfinity;
                bool isClosed = double.IsNegativeInfinity(_pay[at]);
                _goesOn[at] = !isClosed && stayed >= opened;
                _ending[at] = isClosed ? double.NegativeInfinity : _pay[at] + Math.Max(stayed, opened);
                if (_ending[at] > _best[i + 1])
                {
                    (_best[i + 1], _last[i + 1]) = (_ending[at], k);
                }
            }
        }
    }
}
