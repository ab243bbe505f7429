using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Matching.Plans;

/// <summary>Rows of a plan by date. Rows that already stand together by date, as plans are written, are not copied.</summary>
internal sealed class RowsByDate<T>
{
    private readonly ImmutableArray<T> _rows;
    private readonly Dictionary<DateOnly, (int From, int Count)> _runs = [];

    /// <param name="rows">The rows in any order; those of a date keep theirs.</param>
    /// <param name="date">The date of a row.</param>
    public RowsByDate(ImmutableArray<T> rows, Func<T, DateOnly> date)
    {
        _rows = TryRuns(rows, date) ? rows : [.. rows.OrderBy(date)];
        if (_rows != rows)
        {
            TryRuns(_rows, date);
        }
    }

    /// <summary>The dates that have rows.</summary>
    public IEnumerable<DateOnly> Dates => _runs.Keys;

    /// <summary>The rows of a date, none where it has none.</summary>
    public ArraySegment<T> this[DateOnly date] =>
        _runs.TryGetValue(date, out (int From, int Count) run) ? new(ImmutableCollectionsMarshal.AsArray(_rows)!, run.From, run.Count) : ArraySegment<T>.Empty;

    /// <summary>Whether every date's rows stand together, and then where.</summary>
    private bool TryRuns(ImmutableArray<T> rows, Func<T, DateOnly> date)
    {
        _runs.Clear();
        for (int i = 0; i < rows.Length;)
        {
            DateOnly day = date(rows[i]);
            int end = i + 1;
            while (end < rows.Length && date(rows[end]) == day)
            {
                end++;
            }

            if (!_runs.TryAdd(day, (i, end - i)))
            {
                return false;
            }

            i = end;
        }

        return true;
    }
}
