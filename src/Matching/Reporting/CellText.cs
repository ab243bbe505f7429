using System.Globalization;
using System.Text;
using System.Xml;

namespace Matching.Reporting;

/// <summary>Makes any text fit to stand in a cell, so that a spreadsheet program shows exactly that text.</summary>
internal static class CellText
{
    /// <summary>The most characters of a cell in the file format.</summary>
    public const int MostCharacters = 32_767;

    /// <summary>Whether the text begins like a formula; such cells are marked as text even for later editing.</summary>
    public static bool LooksLikeFormula(string text) => text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r';

    /// <summary>Whether readers would trim the text or fold its lines unless told to keep white space.</summary>
    public static bool NeedsSpaceKept(string text) =>
        text.Length > 0 && (char.IsWhiteSpace(text[0]) || char.IsWhiteSpace(text[^1]) || text.AsSpan().ContainsAny('\n', '\t'));

    /// <summary>
    /// The text as the file format wants it: what XML cannot hold becomes U+FFFD, a carriage return and a literal
    /// <c>_xHHHH_</c>, which programs would decode, are escaped, and what is beyond the limit is cut.
    /// </summary>
    public static string Escape(string text)
    {
        if (text.Length > MostCharacters)
        {
            text = text[..MostCharacters];
        }

        int at = 0;
        while (at < text.Length && text[at] is >= ' ' and < '\uD800' and not '_')
        {
            at++;
        }

        return at == text.Length ? text : EscapeFrom(text, at);
    }

    private static string EscapeFrom(string text, int at)
    {
        StringBuilder escaped = new(text, 0, at, text.Length + 16);
        for (; at < text.Length; at++)
        {
            char letter = text[at];
            if (char.IsHighSurrogate(letter) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]))
            {
                escaped.Append(letter).Append(text[++at]);
            }
            else if (letter == '_' && IsEscape(text.AsSpan(at)))
            {
                escaped.Append("_x005F_");
            }
            else if (letter == '\r')
            {
                escaped.Append("_x000D_");
            }
            else
            {
                escaped.Append(XmlConvert.IsXmlChar(letter) ? letter : '\uFFFD');
            }
        }

        return escaped.ToString();
    }

    private static bool IsEscape(ReadOnlySpan<char> text) => text.Length >= 7 && text[1] == 'x' && text[6] == '_'
        && ushort.TryParse(text[2..6], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out _);
}
