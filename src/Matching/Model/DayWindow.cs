namespace Matching.Model;

/// <summary>
/// A run of calendar days, both ends included; a null end is open. Windows may reach beyond the season, only their season
/// days count. The default value is open on both sides and holds every day.
/// </summary>
/// <param name="From">First day, or null when the window has no beginning.</param>
/// <param name="To">Last day, or null when the window has no end.</param>
public readonly record struct DayWindow(DateOnly? From, DateOnly? To)
{
    /// <summary>Whether the window holds the day.</summary>
    public bool Contains(DateOnly day) => (From is not { } from || day >= from) && (To is not { } to || day <= to);

    /// <summary>Whether the two windows share at least one day.</summary>
    public bool Overlaps(DayWindow other) =>
        (From is not { } from || other.To is not { } otherTo || from <= otherTo)
        && (To is not { } to || other.From is not { } otherFrom || otherFrom <= to);
}
