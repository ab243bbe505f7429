using Matching.Planning.Compiled;

namespace Matching.Planning.Bound;

/// <summary>
/// The best days of a unit under W4 when each pays what the order of its hours pays: the best path through the rest automaton,
/// day by day from the last. Not thread-safe: holds buffers.
/// </summary>
internal sealed class RestSchedule(RestAutomaton rest, int days)
{
    private readonly double[] _value = new double[(days + 1) * rest.States];

    /// <summary>CNY of working by day and hour class (day × classes + class); negative infinity where nothing is open.</summary>
    public double[] Reward { get; } = new double[days * rest.Classes];

    /// <summary>The last answer: by day the cell of <see cref="Reward"/> worked, or −1.</summary>
    public int[] Path { get; } = new int[days];

    /// <summary>CNY of the best legal days when each pays <paramref name="theta"/> on top; the days go to <see cref="Path"/>.</summary>
    public double Best(Unit unit, double theta, out int worked)
    {
        FillValues(unit, theta);
        worked = FillPath(unit, theta);
        return _value[0];
    }

    /// <summary>What the days from each on bring at best, from each state of rest.</summary>
    private void FillValues(Unit unit, double theta)
    {
        int states = rest.States;
        int classes = rest.Classes;
        int[] next = rest.Next;
        Array.Clear(_value, days * states, states);
        for (int d = days - 1; d >= 0; d--)
        {
            Span<double> now = _value.AsSpan(d * states, states);
            ReadOnlySpan<double> then = _value.AsSpan((d + 1) * states, states);
            for (int s = 0; s < states; s++)
            {
                now[s] = then[next[s]];
            }

            if (!unit.Available[d])
            {
                continue;
            }

            for (int h = 0; h < classes; h++)
            {
                double reward = Reward[(d * classes) + h] + theta;
                if (reward <= 0)
                {
                    continue;
                }

                ReadOnlySpan<int> letter = next.AsSpan((h + 1) * states, states);
                for (int s = 0; s < states; s++)
                {
                    int t = letter[s];
                    if (t >= 0 && then[t] + reward > now[s])
                    {
                        now[s] = then[t] + reward;
                    }
                }
            }
        }
    }

    private int FillPath(Unit unit, double theta)
    {
        int states = rest.States;
        int classes = rest.Classes;
        int[] next = rest.Next;
        int worked = 0;
        int state = 0;
        for (int d = 0; d < days; d++)
        {
            Path[d] = -1;
            double worth = _value[(d * states) + state];
            int to = next[state];
            if (unit.Available[d] && _value[((d + 1) * states) + to] < worth)
            {
                for (int h = 0; h < classes; h++)
                {
                    int t = next[((h + 1) * states) + state];
                    double reward = Reward[(d * classes) + h] + theta;
                    if (t >= 0 && reward > 0 && _value[((d + 1) * states) + t] + reward == worth)
                    {
                        Path[d] = (d * classes) + h;
                        to = t;
                        worked++;
                        break;
                    }
                }
            }

            state = to;
        }

        return worked;
    }
}
