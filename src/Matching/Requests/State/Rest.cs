using Matching.Planning.Compiled;

namespace Matching.Requests.State;

/// <summary>W4: rolling rest and season days.</summary>
internal static class Rest
{
    /// <summary>Whether the unit may work these further days (ascending) at the order, whatever else it works already.</summary>
    public static bool Allows(DispatchState state, int unit, int order, ReadOnlySpan<int> days)
    {
        CompiledSeason c = state.G.C;
        if (state.Worked[unit] + days.Length > c.Units[unit].MaxDays)
        {
            return false;
        }

        if (days.IsEmpty)
        {
            return true;
        }

        int[]? row = state.Rows[unit];
        int reach = Math.Max(6, c.MaxConsecutive);
        int first = Math.Max(0, days[0] - reach);
        int last = Math.Min(c.Days - 1, days[^1] + reach);
        int length = last - first + 1;
        Span<long> hours = length <= 512 ? stackalloc long[length] : new long[length];
        for (int d = first; d <= last; d++)
        {
            hours[d - first] = row is not null && row[d] > 0 ? c.Hours[row[d] - 1] : 0;
        }

        Span<bool> added = length <= 512 ? stackalloc bool[length] : new bool[length];
        foreach (int d in days)
        {
            hours[d - first] = c.Hours[order];
            added[d - first] = true;
        }

        return Holds(c, hours, added);
    }

    // Only runs and weeks that hold an added day are asked: what was published stays as it is.
    private static bool Holds(CompiledSeason c, ReadOnlySpan<long> hours, ReadOnlySpan<bool> added)
    {
        int run = 0;
        bool fresh = false;
        long week = 0;
        int lastAdded = -8;
        for (int i = 0; i < hours.Length; i++)
        {
            bool works = hours[i] > 0;
            run = works ? run + 1 : 0;
            fresh = works && (fresh || added[i]);
            if (fresh && run > c.MaxConsecutive)
            {
                return false;
            }

            week += hours[i] - (i >= 7 ? hours[i - 7] : 0);
            lastAdded = added[i] ? i : lastAdded;
            if (i - lastAdded < 7 && week > c.MaxHours)
            {
                return false;
            }
        }

        return true;
    }
}
