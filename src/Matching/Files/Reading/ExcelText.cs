using System.Globalization;
using System.Text;
using Matching.Files.Format;

namespace Matching.Files.Reading;

/// <summary>What Excel stores, as the contract spells it, and back.</summary>
internal static class ExcelText
{
    private const int EscapeLength = 7;
    private const int SecondsPerDay = 86_400;

    /// <summary>Undoes the <c>_xHHHH_</c> escapes by which Excel stores characters that XML cannot hold.</summary>
    public static string Decode(string text)
    {
        if (!text.Contains("_x", StringComparison.Ordinal))
        {
            return text;
        }

        var decoded = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (IsEscape(text.AsSpan(i), out char escaped))
            {
                decoded.Append(escaped);
                i += EscapeLength - 1;
            }
            else
            {
                decoded.Append(text[i]);
            }
        }

        return decoded.ToString();
    }

    /// <summary>Escapes what would not come back: carriage returns, characters XML refuses, and text that looks like an escape.</summary>
    public static string Encode(string text)
    {
        if (text.AsSpan().IndexOfAny('\r', '\uFFFE', '\uFFFF') < 0 && !text.Contains("_x", StringComparison.Ordinal))
        {
            return text;
        }

        var encoded = new StringBuilder(text.Length + 16);
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c is '\r' or '\uFFFE' or '\uFFFF' || (c == '_' && IsEscape(text.AsSpan(i), out _)))
            {
                encoded.Append(CultureInfo.InvariantCulture, $"_x{(int)c:X4}_");
            }
            else
            {
                encoded.Append(c);
            }
        }

        return encoded.ToString();
    }

    /// <summary>Whether a number format shows a date or a time.</summary>
    public static bool IsDateFormat(string format)
    {
        bool quoted = false;
        bool bracketed = false;
        for (int i = 0; i < format.Length; i++)
        {
            char c = format[i];
            if (c is '\\' or '_' or '*' && !quoted)
            {
                i++;
            }
            else if (c == '"')
            {
                quoted = !quoted;
            }
            else if (!quoted && c is '[' or ']')
            {
                // [h] counts hours; [Red] and [$-804] do not.
                bracketed = c == '[';
                if (bracketed && i + 1 < format.Length && format[i + 1] is 'h' or 'H' or 'm' or 'M' or 's' or 'S' && format.AsSpan(i).IndexOf(']') is 2 or 3)
                {
                    return true;
                }
            }
            else if (!quoted && !bracketed && c is 'y' or 'Y' or 'm' or 'M' or 'd' or 'D' or 'h' or 'H' or 's' or 'S')
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A date or time cell: <c>yyyy-MM-dd</c>, <c>HH:mm</c>, or both when it holds both.</summary>
    public static string DateText(string stored, bool from1904)
    {
        const double LastSerial = 2_958_466;
        if (!double.TryParse(stored, NumberStyles.Float, CultureInfo.InvariantCulture, out double serial) || !(serial >= 0 && serial < LastSerial))
        {
            return stored;
        }

        long seconds = (long)Math.Round(serial * SecondsPerDay);
        (long days, long rest) = Math.DivRem(seconds, SecondsPerDay);
        TimeSpan time = TimeSpan.FromSeconds(rest);
        string timeText = time.Seconds == 0 ? time.ToString("hh\\:mm", CultureInfo.InvariantCulture) : time.ToString("hh\\:mm\\:ss", CultureInfo.InvariantCulture);
        if (days == 0 && !from1904)
        {
            return timeText;
        }

        // Excel counts a 29 February 1900 that never was.
        DateOnly day = from1904 ? new DateOnly(1904, 1, 1).AddDays((int)days) : new DateOnly(1899, 12, days < 60 ? 31 : 30).AddDays((int)days);
        string dayText = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return rest == 0 ? dayText : dayText + "T" + timeText;
    }

    /// <summary>The number Excel shows for what it stores: it stores 0.35 as 0.34999999999999998.</summary>
    public static string NumberText(string stored)
    {
        if (CellText.IsNumber(stored, out int decimals) && (decimals == 0 || stored.Length <= 15))
        {
            return stored;
        }

        const double MostExact = 7e27;
        return double.TryParse(stored, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && Math.Abs(number) < MostExact
            ? PlainNumber.Of((decimal)number)
            : stored;
    }

    /// <summary>The day as Excel counts it, or null for days before its calendar is right.</summary>
    public static int? SerialOf(DateOnly day)
    {
        int serial = day.DayNumber - new DateOnly(1899, 12, 30).DayNumber;
        return serial > 60 ? serial : null;
    }

    private static bool IsEscape(ReadOnlySpan<char> text, out char escaped)
    {
        escaped = default;
        if (text.Length < EscapeLength || text[0] != '_' || text[1] != 'x' || text[6] != '_'
            || !ushort.TryParse(text[2..6], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort code))
        {
            return false;
        }

        escaped = (char)code;
        return true;
    }
}
