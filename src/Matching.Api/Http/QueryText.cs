using System.Globalization;

namespace Matching.Api.Http;

/// <summary>Reads values of the query, and refuses those out of range.</summary>
internal static class QueryText
{
    /// <summary>A truth value; false when absent.</summary>
    public static bool Flag(string? text, string name) => text switch
    {
        null => false,
        _ when bool.TryParse(text, out bool value) => value,
        _ => throw ProblemException.BadRequest($"'{name}' is true or false."),
    };

    /// <summary>A day, or null when absent.</summary>
    public static DateOnly? Day(string? text, string name) =>
        text is null ? null
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day) ? day
        : throw ProblemException.BadRequest($"'{name}' is a day written yyyy-MM-dd.");

    /// <summary>A whole number in a range, or null when absent.</summary>
    public static int? Whole(string? text, string name, int least, int most) =>
        text is null ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value >= least && value <= most ? value
        : throw ProblemException.BadRequest(string.Create(CultureInfo.InvariantCulture, $"'{name}' is a whole number from {least} to {most}."));
}
