using System.Buffers;
using System.Globalization;

namespace Matching.Files.Reading;

/// <summary>
/// The contract's spelling of values, to the letter: ASCII digits, one <c>.</c>, a leading <c>-</c>; ISO days; <c>HH:mm</c>. Written
/// by hand because the framework's parsers accept more: exponents, signs, blanks, digit grouping.
/// </summary>
internal static class CellText
{
    /// <summary>The most characters a cell may hold, which is also what Excel can show.</summary>
    public const int MaxLength = 32_767;

    /// <summary>Unicode's control characters (category Cc) without tab and the line breaks, which have rules of their own.</summary>
    public static readonly SearchValues<char> Controls = SearchValues.Create(
        [.. Enumerable.Range(0, 0xA0).Select(i => (char)i).Where(c => char.IsControl(c) && c is not ('\t' or '\n' or '\r'))]);

    private const int ShownLength = 80;

    /// <summary>Whether the text is spelled as a number; tells the digits after the point.</summary>
    public static bool IsNumber(ReadOnlySpan<char> text, out int decimals)
    {
        decimals = 0;
        int at = text is ['-', ..] ? 1 : 0;
        int whole = Digits(text[at..]);
        at += whole;
        if (at < text.Length && text[at] == '.')
        {
            decimals = Digits(text[(at + 1)..]);
            return whole > 0 && decimals > 0 && at + 1 + decimals == text.Length;
        }

        return whole > 0 && at == text.Length;
    }

    /// <summary>Reads a number that <see cref="IsNumber"/> accepts; false when it is too large to hold.</summary>
    public static bool TryNumber(ReadOnlySpan<char> text, out decimal value) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value);

    /// <summary>Reads a day written yyyy-MM-dd.</summary>
    public static bool TryDate(ReadOnlySpan<char> text, out DateOnly day)
    {
        day = default;
        if (text.Length != 10 || text[4] != '-' || text[7] != '-'
            || !TrySmall(text[..4], out int year) || !TrySmall(text[5..7], out int month) || !TrySmall(text[8..], out int date)
            || year < 1 || month is < 1 or > 12 || date < 1 || date > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        day = new DateOnly(year, month, date);
        return true;
    }

    /// <summary>Reads a time written HH:mm.</summary>
    public static bool TryTime(ReadOnlySpan<char> text, out TimeOnly time)
    {
        time = default;
        if (text.Length != 5 || text[2] != ':' || !TrySmall(text[..2], out int hour) || !TrySmall(text[3..], out int minute) || hour > 23 || minute > 59)
        {
            return false;
        }

        time = new TimeOnly(hour, minute);
        return true;
    }

    /// <summary>Reads a truth value in any case of letters.</summary>
    public static bool TryFlag(ReadOnlySpan<char> text, out bool value)
    {
        value = text.Equals("true", StringComparison.OrdinalIgnoreCase);
        return value || text.Equals("false", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The text as a fault shows it: shortened when long.</summary>
    public static string Shown(ReadOnlySpan<char> text) => text.Length <= ShownLength
        ? text.ToString()
        : string.Create(CultureInfo.InvariantCulture, $"{text[..(char.IsHighSurrogate(text[ShownLength - 1]) ? ShownLength - 1 : ShownLength)]}… ({text.Length} characters)");

    private static int Digits(ReadOnlySpan<char> text)
    {
        int end = text.IndexOfAnyExceptInRange('0', '9');
        return end < 0 ? text.Length : end;
    }

    private static bool TrySmall(ReadOnlySpan<char> digits, out int value)
    {
        value = 0;
        foreach (char c in digits)
        {
            if (!char.IsAsciiDigit(c))
            {
                return false;
            }

            value = (value * 10) + (c - '0');
        }

        return true;
    }
}
