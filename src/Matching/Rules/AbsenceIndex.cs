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
    public bool IsOut(AbsenceKind kind, string subject, DateOnly day) => IsIn(WindowsOf(kind, subject), day);

    /// <summary>When the subject is out, for who asks about many days.</summary>
    internal ReadOnlySpan<DayWindow> WindowsOf(AbsenceKind kind, string subject) => _windows.GetValueOrDefault((kind, subject));

    /// <summary>Whether some of the windows holds the day.</summary>
    internal static bool IsIn(ReadOnlySpan<DayWindow> windows, DateOnly day)
    {
        foreach (DayWindow window in windows)
        {
            if (window.Contains(day))
            {
                return true;
            }
        }

        return false;
    }
}
