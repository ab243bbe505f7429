namespace Matching.Planning.Bound;

/// <summary>
/// W4 as a smallest automaton: a state is all that the last six days say about the days to come, a letter is rest or a day
/// of work of one of a few hour classes. Hours of a class are the least of its orders, so every legal run of days is a path
/// (the converse need not hold: a relaxation). Limits of more than six days in a row are not seen beyond the hours.
/// </summary>
internal sealed class RestAutomaton
{
    private const int Back = 6;
    private const int MostPatterns = 60_000;
    private const int MostStates = 160;

    private RestAutomaton(long[] hours, int[] next, int states)
    {
        (ClassHours, Next, States) = (hours, next, states);
    }

    /// <summary>Least hours of each class, ascending.</summary>
    public long[] ClassHours { get; }

    public int Classes => ClassHours.Length;

    public int States { get; }

    /// <summary>Next state by letter × state: letter 0 is rest, 1 + class is work; -1 where W4 forbids it. State 0 is the start.</summary>
    public int[] Next { get; }

    /// <summary>The class of an order with so many hours.</summary>
    public int ClassOf(long hours)
    {
        int c = Classes - 1;
        while (c > 0 && ClassHours[c] > hours)
        {
            c--;
        }

        return c;
    }

    /// <summary>The finest automaton of a bearable size for orders of the given hours and worker-days.</summary>
    /// <param name="hours">Hours by order; may be empty.</param>
    /// <param name="weight">How much each order counts when the classes are chosen.</param>
    /// <param name="maxHours">Most hours in seven days.</param>
    /// <param name="maxConsecutive">Most days in a row.</param>
    public static RestAutomaton Create(long[] hours, double[] weight, long maxHours, int maxConsecutive)
    {
        long[] distinct = [.. hours.Distinct().Order()];
        if (distinct.Length == 0)
        {
            distinct = [0];
        }

        if (Build(distinct, maxHours, maxConsecutive) is { } exact)
        {
            return exact;
        }

        // Two classes: the cut that loses the fewest hours.
        (double Loss, long Cut) best = (double.PositiveInfinity, distinct[0]);
        foreach (long cut in distinct.Skip(1))
        {
            double loss = 0;
            for (int o = 0; o < hours.Length; o++)
            {
                loss += weight[o] * (hours[o] - (hours[o] >= cut ? cut : distinct[0]));
            }

            if (loss < best.Loss && Build([distinct[0], cut], maxHours, maxConsecutive) is not null)
            {
                best = (loss, cut);
            }
        }

        return (best.Cut > distinct[0] ? Build([distinct[0], best.Cut], maxHours, maxConsecutive) : null)
            ?? Build([distinct[0]], maxHours, maxConsecutive)!;
    }

    private static RestAutomaton? Build(long[] classHours, long maxHours, int maxConsecutive)
    {
        int letters = classHours.Length + 1;
        double size = Math.Pow(letters, Back);
        if (letters > 2 && size > MostPatterns)
        {
            return null;
        }

        // Patterns as numbers to the base of letters, the newest day lowest.
        int patterns = (int)size;
        int oldest = patterns / letters;
        var index = new Dictionary<int, int> { [0] = 0 };
        var found = new List<int> { 0 };
        var rows = new List<int>();
        for (int i = 0; i < found.Count; i++)
        {
            int pattern = found[i];
            long worked = 0;
            int run = 0;
            bool unbroken = true;
            int rest = pattern;
            for (int back = 0; back < Back; back++, rest /= letters)
            {
                int letter = rest % letters;
                worked += letter == 0 ? 0 : classHours[letter - 1];
                unbroken &= letter != 0;
                run += unbroken ? 1 : 0;
            }

            for (int letter = 0; letter < letters; letter++)
            {
                if (letter > 0 && (worked + classHours[letter - 1] > maxHours || run >= maxConsecutive))
                {
                    rows.Add(-1);
                    continue;
                }

                int next = (pattern % oldest * letters) + letter;
                if (!index.TryGetValue(next, out int at))
                {
                    at = index[next] = found.Count;
                    found.Add(next);
                }

                rows.Add(at);
            }
        }

        return Merge(classHours, letters, found.Count, rows);
    }

    /// <summary>Merges states with the same future (Moore's partition refinement).</summary>
    private static RestAutomaton? Merge(long[] classHours, int letters, int count, List<int> rows)
    {
        int[] part = new int[count];
        int parts = 1;
        int[] key = new int[letters + 1];
        while (true)
        {
            var seen = new Dictionary<string, int>(StringComparer.Ordinal);
            int[] refined = new int[count];
            for (int s = 0; s < count; s++)
            {
                key[0] = part[s];
                for (int l = 0; l < letters; l++)
                {
                    int t = rows[(s * letters) + l];
                    key[l + 1] = t < 0 ? -1 : part[t];
                }

                string text = string.Join(',', key);
                if (!seen.TryGetValue(text, out int p))
                {
                    p = seen[text] = seen.Count;
                }

                refined[s] = p;
            }

            part = refined;
            if (seen.Count == parts)
            {
                break;
            }

            parts = seen.Count;
        }

        if (classHours.Length > 1 && parts > MostStates)
        {
            return null;
        }

        int[] next = new int[letters * parts];
        for (int s = 0; s < count; s++)
        {
            for (int l = 0; l < letters; l++)
            {
                int t = rows[(s * letters) + l];
                next[(l * parts) + part[s]] = t < 0 ? -1 : part[t];
            }
        }

        return new RestAutomaton(classHours, next, parts);
    }
}
