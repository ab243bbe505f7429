namespace Matching.Requests.Building;

/// <summary>
/// D2: what picking rounds still take, shared out to the days of the window. A crew works every day, and given to the first days
/// all would be gone before the last.
/// </summary>
internal sealed partial class DraftBuilder
{
    private void ShareRounds()
    {
        for (int first = 0, next; first < _length; first = next)
        {
            next = first + 1;
            int round = RoundOf(first);
            while (next < _length && RoundOf(next) == round)
            {
                next++;
            }

            if (round >= 0)
            {
                ShareRound(first, next, round);
            }
        }
    }

    private int RoundOf(int i) => g.C.Round[(_p.Order * g.C.Days) + _from + i];

    /// <summary>First what each day requires, and what the least crew needs; the rest only beyond what other days of the round require.</summary>
    private void ShareRound(int first, int next, int round)
    {
        int left = g.C.RoundCap[round] - _state.RoundFilled[round];
        int spare = left - RequiredOutside(first, next, round);
        Span<int> most = _most.AsSpan(first, next - first);
        if (Sum(most) <= spare)
        {
            return;
        }

        // Too little for a crew on every day: the days that are nearest to the rest of the window.
        int served = Math.Clamp(left / Math.Max(1, _min), 0, most.Length);
        if (first == 0 && next < _length)
        {
            most[..^served].Clear();
        }
        else
        {
            most[served..].Clear();
        }

        Span<int> needed = most.Length <= 256 ? stackalloc int[most.Length] : new int[most.Length];
        for (int i = 0; i < most.Length; i++)
        {
            int at = (_p.Order * g.C.Days) + _from + first + i;
            needed[i] = Math.Clamp(g.C.Required[at] - _state.Filled[at], Math.Min(_min, most[i]), most[i]);
            most[i] -= needed[i];
        }

        Level(needed, left);
        Level(most, Math.Max(0, spare - Sum(needed)));
        for (int i = 0; i < most.Length; i++)
        {
            most[i] += needed[i];
        }
    }

    /// <summary>Worker-days that the round's days outside a part of the window still require.</summary>
    private int RequiredOutside(int first, int next, int round)
    {
        int required = 0;
        for (int step = -1; step <= 1; step += 2)
        {
            for (int d = _from + (step < 0 ? first - 1 : next); d >= 0 && d < g.C.Days; d += step)
            {
                int at = (_p.Order * g.C.Days) + d;
                if (g.C.Round[at] != round)
                {
                    break;
                }

                required += Math.Max(0, g.C.Required[at] - _state.Filled[at]);
            }
        }

        return required;
    }

    /// <summary>Cuts the highest figures until their sum is at most the one given.</summary>
    private static void Level(Span<int> figures, int sum)
    {
        int level = 0;
        int have = 0;
        while (true)
        {
            int above = 0;
            foreach (int figure in figures)
            {
                above += figure > level ? 1 : 0;
            }

            if (above == 0 || have + above > sum)
            {
                break;
            }

            have += above;
            level++;
        }

        foreach (ref int figure in figures)
        {
            if (figure > level)
            {
                figure = have < sum ? level + 1 : level;
                have += have < sum ? 1 : 0;
            }
        }
    }

    private static int Sum(ReadOnlySpan<int> figures)
    {
        int sum = 0;
        foreach (int figure in figures)
        {
            sum += figure;
        }

        return sum;
    }
}
