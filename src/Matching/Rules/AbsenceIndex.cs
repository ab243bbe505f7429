using System.Collections.Frozen;
using Matching.Model;

namespace Matching.Rules;

/// <summary>Answers whether somebody or something is out on a day. Built once per season; thread-safe.</summary>
public sealed class AbsenceIndex
{
    private readonly FrozenDictionary<(AbsenceKind Kind, string Subject), DayWindow[]> _windows;

    /// <summary>Indexes the season's absences.</summary>
    public AbsenceIndex(Season season)
    {
        ArgumentNullException.ThrowIfNull(season);
        _windows = season.Absences
            .GroupBy(a => (a.Kind, a.Subject))
            .ToFrozenDictionary(g => g.Key, g => g.Select(a => a.Window).ToArray());
    }

    /// <summary>Whether the subject is out on the day.</summary>
    public bool IsOut(AbsenceKind kind, string subject, DateOnly day)
    {
        if (_windows.TryGetValue((kind, subject), out DayWindow[]? windows))
        {
            foreach (DayWindow window in windows)
            {
                if (window.Contains(day))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
