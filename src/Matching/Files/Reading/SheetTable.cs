using System.Globalization;
using System.Xml;

namespace Matching.Files.Reading;

/// <summary>Streams the rows of a sheet: texts, numbers, dates and truth values as the contract spells them.</summary>
internal sealed class SheetTable(XmlReader xml, List<string> sharedStrings, List<bool> dateStyles, bool from1904) : TableReader
{
    private const int MostColumns = 16_384;

    private string[] _cells = new string[16];
    private CellFlaw[] _flaws = new CellFlaw[16];
    private int _rows;

    /// <inheritdoc/>
    public override bool RowsAreComplete => false;

    /// <inheritdoc/>
    public override ReadOnlySpan<char> this[int cell] => _cells[cell];

    /// <inheritdoc/>
    public override CellFlaw Flaw(int cell) => _flaws[cell];

    /// <inheritdoc/>
    public override bool Read()
    {
        try
        {
            while (xml.Read())
            {
                if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "row" && ReadRow())
                {
                    return true;
                }
            }

            return false;
        }
        catch (Exception damage) when (damage is XmlException or TooLargeException)
        {
            throw new InvalidDataException(damage.Message, damage);
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        xml.Dispose();
        base.Dispose();
    }

    private bool ReadRow()
    {
        _rows = int.TryParse(xml.GetAttribute("r"), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : _rows + 1;
        (Line, Count) = (_rows, 0);
        bool hasContent = false;
        if (!xml.IsEmptyElement)
        {
            int depth = xml.Depth;
            int column = 0;
            bool more = xml.Read();
            while (more && xml.Depth > depth)
            {
                if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "c")
                {
                    column = ColumnOf(xml.GetAttribute("r")) ?? column;
                    hasContent |= ReadCell(column++);
                }
                else
                {
                    more = xml.Read();
                }
            }
        }

        return hasContent;
    }

    /// <summary>Reads a cell and goes behind it; false when it is empty.</summary>
    private bool ReadCell(int column)
    {
        string? type = xml.GetAttribute("t");
        bool isDate = int.TryParse(xml.GetAttribute("s"), NumberStyles.None, CultureInfo.InvariantCulture, out int style) && style < dateStyles.Count && dateStyles[style];
        string? stored = null;
        string? inline = null;
        if (xml.IsEmptyElement)
        {
            xml.Read();
        }
        else
        {
            int depth = xml.Depth;
            xml.Read();
            while (xml.Depth > depth)
            {
                if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "v")
                {
                    stored = XmlParts.Content(xml);
                }
                else if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "is")
                {
                    inline = XmlParts.RichText(xml);
                }
                else if (!xml.Read())
                {
                    break;
                }
            }

            xml.Read();
        }

        string text = inline ?? (stored is null ? "" : Text(stored, type, isDate));
        Put(column, text, type == "e" ? CellFlaw.ExcelError : FlawOf(text));
        return text.Length > 0;
    }

    private string Text(string stored, string? type, bool isDate) => type switch
    {
        "s" => int.TryParse(stored, NumberStyles.None, CultureInfo.InvariantCulture, out int at) && at < sharedStrings.Count
            ? sharedStrings[at]
            : throw new InvalidDataException($"row {Line} names the shared string {CellText.Shown(stored)}, which is not there"),
        "str" or "inlineStr" => ExcelText.Decode(stored),
        "b" => stored == "1" ? "true" : "false",
        "d" => IsoDate(stored),
        "e" => stored,
        _ => isDate ? ExcelText.DateText(stored, from1904) : ExcelText.NumberText(stored),
    };

    // The strict format may store a day as 2026-06-10T00:00:00.
    private static string IsoDate(string stored)
    {
        if (!DateTime.TryParse(stored, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out DateTime moment))
        {
            return stored;
        }

        return moment.TimeOfDay == TimeSpan.Zero && stored.Contains('-', StringComparison.Ordinal)
            ? moment.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            : stored.Contains('-', StringComparison.Ordinal) ? stored : moment.ToString("HH:mm", CultureInfo.InvariantCulture);
    }

    private static CellFlaw FlawOf(string text) =>
        text.Length > CellText.MaxLength ? CellFlaw.TooLong
        : text.AsSpan().ContainsAny(CellText.Controls) ? CellFlaw.ControlCharacter
        : CellFlaw.None;

    private void Put(int column, string text, CellFlaw flaw)
    {
        if (column >= MostColumns)
        {
            throw new InvalidDataException($"row {Line} has more columns than Excel can hold");
        }

        if (column >= _cells.Length)
        {
            int size = Math.Min(MostColumns, Math.Max(2 * _cells.Length, column + 1));
            Array.Resize(ref _cells, size);
            Array.Resize(ref _flaws, size);
        }

        while (Count <= column)
        {
            _cells[Count] = "";
            _flaws[Count++] = CellFlaw.None;
        }

        _cells[column] = text;
        _flaws[column] = flaw;
    }

    private static int? ColumnOf(string? reference)
    {
        int column = 0;
        foreach (char c in reference ?? "")
        {
            if (!char.IsAsciiLetterUpper(c))
            {
                break;
            }

            column = Math.Min(MostColumns + 1, (column * 26) + (c - 'A' + 1));
        }

        return column == 0 ? null : column - 1;
    }
}
