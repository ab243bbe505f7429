using System.Globalization;

namespace Matching.Repairing;

/// <summary>Moments of events: instants are UTC, times of a season are local, and the seasons lie in China (UTC+8, no summer time).</summary>
public static class RepairMoment
{
    private static readonly TimeSpan China = TimeSpan.FromHours(8);

    /// <summary>The local day and time of an ISO 8601 instant such as <c>2026-07-01T22:30:00Z</c>.</summary>
    public static bool TryParse(string text, out DateOnly day, out TimeOnly time)
    {
        bool read = DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset instant);
        DateTimeOffset local = read && instant < DateTimeOffset.MaxValue - China ? instant.ToOffset(China) : default;
        (day, time) = (DateOnly.FromDateTime(local.DateTime), TimeOnly.FromDateTime(local.DateTime));
        return read;
    }
}
