using System.Buffers;
using System.Text;

namespace Matching.Files.Reading;

/// <summary>
/// Reads RFC 4180 text strictly: every flaw is found with its line and cell, and reading goes on behind it so that one run shows
/// them all. CSV libraries repair or skip such rows and lose the physical line, hence this one; it never looks at a character twice.
/// </summary>
internal sealed class CsvTable : TableReader
{
    private static readonly SearchValues<char> PlainStops = SearchValues.Create(",\n\"");
    private static readonly SearchValues<char> AfterQuoteStops = SearchValues.Create(",\n");
    private static readonly SearchValues<char> Blanks = SearchValues.Create(" \t\r");

    private readonly char[] _text;
    private readonly int _length;
    private readonly bool _notUtf8;
    private readonly bool _suspicious;
    private Cell[] _cells = new Cell[16];
    private char[] _unescaped = new char[256];
    private int _unescapedLength;
    private int _at;
    private int _line = 1;

    /// <summary>A reader of the bytes of a file; a byte-order mark is left out.</summary>
    public CsvTable(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> content = bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes;
        _notUtf8 = !System.Text.Unicode.Utf8.IsValid(content);
        _text = new char[Encoding.UTF8.GetCharCount(content)];
        _length = Encoding.UTF8.GetChars(content, _text);
        _suspicious = _notUtf8 || HasControls(_text.AsSpan(0, _length));
    }

    /// <inheritdoc/>
    public override bool RowsAreComplete => true;

    /// <inheritdoc/>
    public override ReadOnlySpan<char> this[int cell] => Text(_cells[cell]);

    /// <summary>Whether the bytes are UTF-16, by its mark or by the zero bytes of ASCII letters.</summary>
    public static bool LooksLikeUtf16(ReadOnlySpan<byte> bytes) => bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] or [0, not 0, ..] or [not 0, 0, ..];

    /// <inheritdoc/>
    public override CellFlaw Flaw(int cell) => _cells[cell].Flaw;

    /// <inheritdoc/>
    public override bool Read()
    {
        SkipBlankLines();
        (Count, _unescapedLength, Line) = (0, 0, _line);
        if (_at >= _length)
        {
            return false;
        }

        while (true)
        {
            if (_at < _length && _text[_at] == '"')
            {
                ReadQuoted();
            }
            else
            {
                ReadPlain();
            }

            if (_at >= _length)
            {
                return true;
            }

            if (_text[_at++] == '\n')
            {
                _line++;
                return true;
            }
        }
    }

    private static bool HasControls(ReadOnlySpan<char> text)
    {
        if (text.ContainsAny(CellText.Controls))
        {
            return true;
        }

        for (int i = text.IndexOf('\r'); i >= 0;)
        {
            if (i + 1 == text.Length || text[i + 1] != '\n')
            {
                return true;
            }

            int next = text[(i + 1)..].IndexOf('\r');
            i = next < 0 ? -1 : i + 1 + next;
        }

        return false;
    }

    private void SkipBlankLines()
    {
        while (_at < _length && (_text[_at] == '\n' || Blanks.Contains(_text[_at])))
        {
            int content = _text.AsSpan(_at, _length - _at).IndexOfAnyExcept(Blanks);
            if (content >= 0 && _text[_at + content] != '\n')
            {
                return;
            }

            _at = content < 0 ? _length : _at + content + 1;
            _line++;
        }
    }

    private void ReadPlain()
    {
        ReadOnlySpan<char> rest = _text.AsSpan(_at, _length - _at);
        int length = EndOrRest(rest.IndexOfAny(PlainStops), rest);
        CellFlaw flaw = CellFlaw.None;
        if (length < rest.Length && rest[length] == '"')
        {
            flaw = CellFlaw.StrayQuote;
            length = EndOrRest(rest.IndexOfAny(AfterQuoteStops), rest);
        }

        int shown = length;
        if (length > 0 && length < rest.Length && rest[length] == '\n' && rest[length - 1] == '\r')
        {
            shown--;
        }

        if (_suspicious && flaw == CellFlaw.None)
        {
            ReadOnlySpan<char> cell = rest[..shown];
            flaw = cell.ContainsAny(CellText.Controls) || cell.Contains('\r') ? CellFlaw.ControlCharacter : Utf8Flaw(cell);
        }

        Add(_at, shown, unescaped: false, flaw);
        _at += length;
    }

    private void ReadQuoted()
    {
        int start = _at + 1;
        int at = start;
        bool doubled = false;
        while (true)
        {
            int quote = _text.AsSpan(at, _length - at).IndexOf('"');
            if (quote < 0)
            {
                Add(start, _length - start, unescaped: false, CellFlaw.UnterminatedQuote);
                _at = _length;
                return;
            }

            at += quote + 1;
            if (at < _length && _text[at] == '"')
            {
                doubled = true;
                at++;
                continue;
            }

            break;
        }

        ReadOnlySpan<char> raw = _text.AsSpan(start, at - 1 - start);
        _line += raw.Count('\n');
        int tail = at < _length ? EndOrRest(_text.AsSpan(at, _length - at).IndexOfAny(AfterQuoteStops), _text.AsSpan(at, _length - at)) : 0;
        bool lineEnd = tail == 1 && _text[at] == '\r' && at + 1 < _length && _text[at + 1] == '\n';
        if (tail > 0 && !lineEnd)
        {
            Add(start - 1, at + tail - start + 1, unescaped: false, CellFlaw.StrayQuote);
        }
        else if (_suspicious && raw.ContainsAny(CellText.Controls))
        {
            Add(start, raw.Length, unescaped: false, CellFlaw.ControlCharacter);
        }
        else if (!doubled || raw.Length > 2 * CellText.MaxLength)
        {
            Add(start, raw.Length, unescaped: false, _suspicious ? Utf8Flaw(raw) : CellFlaw.None);
        }
        else
        {
            AddUnescaped(raw);
        }

        _at = at + tail;
    }

    private void AddUnescaped(ReadOnlySpan<char> raw)
    {
        if (_unescaped.Length < _unescapedLength + raw.Length)
        {
            Array.Resize(ref _unescaped, Math.Max(2 * _unescaped.Length, _unescapedLength + raw.Length));
        }

        int start = _unescapedLength;
        for (int i = 0; i < raw.Length; i++)
        {
            _unescaped[_unescapedLength++] = raw[i];
            if (raw[i] == '"')
            {
                i++;
            }
        }

        Add(start, _unescapedLength - start, unescaped: true, _suspicious ? Utf8Flaw(raw) : CellFlaw.None);
    }

    private void Add(int start, int length, bool unescaped, CellFlaw flaw)
    {
        if (Count == _cells.Length)
        {
            Array.Resize(ref _cells, 2 * Count);
        }

        if (flaw == CellFlaw.None && length > CellText.MaxLength)
        {
            flaw = CellFlaw.TooLong;
        }

        _cells[Count++] = new Cell(start, length, unescaped, flaw);
    }

    private CellFlaw Utf8Flaw(ReadOnlySpan<char> cell) =>
        _notUtf8 && cell.Contains('\uFFFD') ? CellFlaw.NotUtf8 : CellFlaw.None;

    private ReadOnlySpan<char> Text(Cell cell) => (cell.Unescaped ? _unescaped : _text).AsSpan(cell.Start, cell.Length);

    private static int EndOrRest(int end, ReadOnlySpan<char> rest) => end < 0 ? rest.Length : end;

    private readonly record struct Cell(int Start, int Length, bool Unescaped, CellFlaw Flaw);
}
