using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Matching.Reporting;

/// <summary>A column of a sheet.</summary>
/// <param name="Header">The header, both languages.</param>
/// <param name="Width">Width in characters.</param>
/// <param name="Style">The header's style.</param>
internal readonly record struct SheetColumn(string Header, double Width, CellStyle Style = CellStyle.Header);

/// <summary>
/// Writes one sheet row by row, straight into the package: nothing is kept in memory. Text is written as inline strings,
/// which no spreadsheet program takes for a formula.
/// </summary>
internal sealed class SheetWriter : IDisposable
{
    /// <summary>The most rows of a sheet in the file format.</summary>
    public const int MostRows = 1_048_576;

    /// <summary>The most columns of a sheet in the file format.</summary>
    public const int MostColumns = 16_384;

    private const uint A4 = 9;

    private static readonly OpenXmlAttribute[] KeepSpace = [new("xml:space", "http://www.w3.org/XML/1998/namespace", "preserve")];
    private static readonly OpenXmlAttribute[] None = [];
    private static readonly string[] StyleValues =
        [.. Enum.GetValues<CellStyle>().Select(s => ((int)s).ToString(CultureInfo.InvariantCulture))];

    // Only their names are read when they are written.
    private static readonly Cell CellElement = new();
    private static readonly CellValue ValueElement = new();
    private static readonly Text TextElement = new();
    private static readonly InlineString InlineElement = new();
    private static readonly Row RowElement = new();

    private readonly Stream _stream;
    private readonly OpenXmlWriter _writer;
    private readonly string[] _letters;
    private readonly List<OpenXmlAttribute> _attributes = new(3);
    private string _rowText = "";

    /// <summary>Begins a sheet with its header row.</summary>
    /// <param name="stream">Where the sheet goes; closed with the sheet.</param>
    /// <param name="columns">The columns, at most <see cref="MostColumns"/>.</param>
    /// <param name="frozenColumns">Leading columns that stay in view.</param>
    /// <param name="headerHeight">Height of the header row in points.</param>
    public SheetWriter(Stream stream, IReadOnlyList<SheetColumn> columns, int frozenColumns, double headerHeight = 32)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(columns.Count, MostColumns);
        _letters = [.. Enumerable.Range(0, columns.Count).Select(Letters)];
        _stream = stream;
        _writer = OpenXmlWriter.Create(stream, WorkbookPackage.Utf8);
        _writer.WriteStartDocument(standalone: true);
        _writer.WriteStartElement(new Worksheet());
        _writer.WriteElement(new SheetProperties(new PageSetupProperties { FitToPage = true }));
        _writer.WriteElement(View(frozenColumns));
        _writer.WriteElement(new SheetFormatProperties { DefaultRowHeight = 15 });
        _writer.WriteElement(new Columns(columns.Select((c, i) => new Column
        {
            Min = (uint)i + 1,
            Max = (uint)i + 1,
            Width = c.Width,
            CustomWidth = true,
        })));
        _writer.WriteStartElement(new SheetData());
        BeginRow(headerHeight);
        for (int i = 0; i < columns.Count; i++)
        {
            Text(i, columns[i].Header, columns[i].Style);
        }

        EndRow();
    }

    /// <summary>Rows written, the header included.</summary>
    public int Rows { get; private set; }

    /// <summary>Begins a row.</summary>
    public void BeginRow(double? height = null)
    {
        Rows++;
        _rowText = Rows.ToString(CultureInfo.InvariantCulture);
        _attributes.Clear();
        _attributes.Add(new OpenXmlAttribute("r", "", _rowText));
        if (height is { } points)
        {
            _attributes.Add(new OpenXmlAttribute("ht", "", points.ToString(CultureInfo.InvariantCulture)));
            _attributes.Add(new OpenXmlAttribute("customHeight", "", "1"));
        }

        _writer.WriteStartElement(RowElement, _attributes);
    }

    /// <summary>Ends the row.</summary>
    public void EndRow() => _writer.WriteEndElement();

    /// <summary>Writes text. Columns of a row are written in rising order; empty text leaves the cell out.</summary>
    public void Text(int column, string text, CellStyle style = CellStyle.Plain)
    {
        if (text.Length == 0)
        {
            return;
        }

        if (style == CellStyle.Plain && CellText.LooksLikeFormula(text))
        {
            style = CellStyle.Quoted;
        }

        BeginCell(column, style, "inlineStr");
        _writer.WriteStartElement(InlineElement, None);
        _writer.WriteStartElement(TextElement, CellText.NeedsSpaceKept(text) ? KeepSpace : None);
        _writer.WriteString(CellText.Escape(text));
        _writer.WriteEndElement();
        _writer.WriteEndElement();
        _writer.WriteEndElement();
    }

    /// <summary>Writes a number.</summary>
    public void Number(int column, decimal value, CellStyle style = CellStyle.Count) =>
        Value(column, value.ToString(CultureInfo.InvariantCulture), style);

    /// <summary>Writes a whole number.</summary>
    public void Number(int column, int value, CellStyle style = CellStyle.Count) =>
        Value(column, value.ToString(CultureInfo.InvariantCulture), style);

    /// <summary>Writes a day as the program's own date.</summary>
    public void Date(int column, DateOnly date)
    {
        // Programs disagree on serial numbers before March 1900; no season lies there, but text is never wrong.
        if (date.Year < 1901)
        {
            Text(column, Iso(date));
            return;
        }

        Value(column, (date.DayNumber - new DateOnly(1899, 12, 30).DayNumber).ToString(CultureInfo.InvariantCulture), CellStyle.Date);
    }

    /// <summary>Writes a time of day, in minutes from midnight.</summary>
    public void Time(int column, int minutes) =>
        Value(column, (minutes / 1440.0).ToString("R", CultureInfo.InvariantCulture), CellStyle.Time);

    /// <summary>Ends the sheet with a filter over its rows; it prints as wide as the paper.</summary>
    public void Dispose()
    {
        _writer.WriteEndElement();
        _writer.WriteElement(new AutoFilter { Reference = $"A1:{_letters[^1]}{Rows}" });
        _writer.WriteElement(new PageSetup { PaperSize = A4, Orientation = OrientationValues.Landscape, FitToWidth = 1, FitToHeight = 0 });
        _writer.WriteEndElement();
        _writer.Dispose();
        _stream.Dispose();
    }

    /// <summary>An ISO day.</summary>
    public static string Iso(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private void Value(int column, string value, CellStyle style)
    {
        BeginCell(column, style, null);
        _writer.WriteStartElement(ValueElement, None);
        _writer.WriteString(value);
        _writer.WriteEndElement();
        _writer.WriteEndElement();
    }

    private void BeginCell(int column, CellStyle style, string? type)
    {
        _attributes.Clear();
        _attributes.Add(new OpenXmlAttribute("r", "", _letters[column] + _rowText));
        if (style != CellStyle.Plain)
        {
            _attributes.Add(new OpenXmlAttribute("s", "", StyleValues[(int)style]));
        }

        if (type is not null)
        {
            _attributes.Add(new OpenXmlAttribute("t", "", type));
        }

        _writer.WriteStartElement(CellElement, _attributes);
    }

    private static SheetViews View(int frozenColumns)
    {
        Pane pane = new()
        {
            VerticalSplit = 1,
            TopLeftCell = Letters(frozenColumns) + "2",
            ActivePane = frozenColumns > 0 ? PaneValues.BottomRight : PaneValues.BottomLeft,
            State = PaneStateValues.Frozen,
        };
        if (frozenColumns > 0)
        {
            pane.HorizontalSplit = frozenColumns;
        }

        return new SheetViews(new SheetView(pane) { WorkbookViewId = 0 });
    }

    /// <summary>The letters of a column: 0 is A, 26 is AA.</summary>
    private static string Letters(int column)
    {
        string letters = "";
        for (int rest = column + 1; rest > 0; rest = (rest - 1) / 26)
        {
            letters = (char)('A' + ((rest - 1) % 26)) + letters;
        }

        return letters;
    }
}
