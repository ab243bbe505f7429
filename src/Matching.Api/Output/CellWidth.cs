using System.Text;

namespace Matching.Api.Output;

/// <summary>Columns that text takes on a screen: Chinese characters take two.</summary>
internal static class CellWidth
{
    /// <summary>Columns of a text.</summary>
    public static int Of(string text)
    {
        int width = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            width += Of(rune);
        }

        return width;
    }

    /// <summary>The text with blanks up to a width.</summary>
    public static string PadRight(string text, int width) => text + new string(' ', Math.Max(0, width - Of(text)));

    /// <summary>The text with blanks before it up to a width.</summary>
    public static string PadLeft(string text, int width) => new string(' ', Math.Max(0, width - Of(text))) + text;

    /// <summary>The text in lines of at most a width, broken at blanks or beside Chinese characters.</summary>
    public static IEnumerable<string> Wrap(string text, int width)
    {
        StringBuilder line = new();
        int used = 0;
        foreach (string piece in Pieces(text))
        {
            int size = Of(piece);
            if (used > 0 && used + Of(piece.TrimEnd()) > width)
            {
                yield return line.ToString().TrimEnd();
                line.Clear();
                used = 0;
            }

            line.Append(piece);
            used += size;
        }

        yield return line.ToString().TrimEnd();
    }

    private static IEnumerable<string> Pieces(string text)
    {
        StringBuilder piece = new();
        foreach (Rune rune in text.EnumerateRunes())
        {
            // Closing punctuation stays with the word before it, as Chinese typesetting asks.
            bool closes = rune.Value is '，' or '。' or '；' or '：' or '）' or '、' or '”';
            if (Of(rune) == 2 && !closes && piece.Length > 0)
            {
                yield return piece.ToString();
                piece.Clear();
            }

            piece.Append(rune);
            if (rune.Value == ' ')
            {
                yield return piece.ToString();
                piece.Clear();
            }
        }

        if (piece.Length > 0)
        {
            yield return piece.ToString();
        }
    }

    // The wide blocks of Unicode's East Asian Width that names and texts here can hold.
    private static int Of(Rune rune) => rune.Value is
        (>= 0x1100 and <= 0x115F) or (>= 0x2E80 and <= 0xA4CF) or (>= 0xAC00 and <= 0xD7A3) or (>= 0xF900 and <= 0xFAFF)
        or (>= 0xFE30 and <= 0xFE6F) or (>= 0xFF00 and <= 0xFF60) or (>= 0xFFE0 and <= 0xFFE6) or (>= 0x1F300 and <= 0x1F64F)
        or (>= 0x1F900 and <= 0x1F9FF) or (>= 0x20000 and <= 0x3FFFD) ? 2 : 1;
}
