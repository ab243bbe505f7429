using System.Globalization;
using System.Xml;
using DocumentFormat.OpenXml.Packaging;
using Matching.Files.Format;
using Matching.Files.Reading;

namespace Matching.Files.Writing;

/// <summary>Streams the rows of a sheet. Text is stored as text, so that nothing in it can become a formula.</summary>
internal sealed class SheetWriter : TableWriter
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const int MostDigits = 15;
    private const int MostRows = 1_048_576;

    private readonly WorksheetPart _part;
    private readonly XmlWriter _xml;
    private readonly List<(string Cell, string Text)> _comments = [];
    private int _row = 1;
    private int _column;

    /// <summary>Begins the sheet with its header.</summary>
    public SheetWriter(FileSpec file, WorksheetPart part)
        : base(file)
    {
        _part = part;
        _xml = XmlWriter.Create(part.GetStream(FileMode.Create, FileAccess.Write), new XmlWriterSettings { CloseOutput = true, NewLineHandling = NewLineHandling.None });
        WriteHead();
        foreach (Column column in file.Columns)
        {
            _comments.Add((Reference(_row, _column), CommentOn(file, column)));
            WriteTextCell(column.Name, CellStyles.Header);
        }

        WriteRowEnd();
    }

    /// <summary>Puts a comment on the first cell of the next row.</summary>
    public void CommentNextRow(string text) => _comments.Add((Reference(_row, 0), text));

    /// <summary>Writes a cell as the given column's, in place of the column it stands in: the values of settings differ in kind.</summary>
    public void CellLike(Column like, string text) => Store(text, like);

    /// <summary>Ends a row of cells written one by one.</summary>
    public void EndRowOfCells() => WriteRowEnd();

    /// <inheritdoc/>
    public override void Dispose()
    {
        _xml.WriteEndElement();
        WriteDropDowns();
        string? drawing = SheetComments.Add(_part, _comments);
        if (drawing is not null)
        {
            _xml.WriteStartElement("legacyDrawing", Main);
            _xml.WriteAttributeString("r", "id", Relations, drawing);
            _xml.WriteEndElement();
        }

        _xml.WriteEndElement();
        _xml.Dispose();
    }

    /// <inheritdoc/>
    protected override void WriteCell(string text, Column column) => Store(text, column);

    /// <inheritdoc/>
    protected override void WriteRowEnd()
    {
        if (_column > 0)
        {
            _xml.WriteEndElement();
        }

        (_row, _column) = (_row + 1, 0);
        if (_row > MostRows + 1)
        {
            throw new ArgumentException($"{File.Name} has more rows than an Excel sheet can hold ({MostRows}); write a folder or a zip.");
        }
    }

    private static string CommentOn(FileSpec file, Column column)
    {
        string need = column.Optional ? "可省略 optional" : column.MayBeEmpty ? "可留空 may be empty" : "必填 required";
        return $"{column.Zh}\n{column.ExpectedZh}\n{column.En}: {column.Expected}\n{need} — {file.Zh} / {file.En}";
    }

    private static string Reference(int row, int column)
    {
        string letters = "";
        for (int rest = column + 1; rest > 0; rest = (rest - 1) / 26)
        {
            letters = (char)('A' + ((rest - 1) % 26)) + letters;
        }

        return letters + row.ToString(CultureInfo.InvariantCulture);
    }

    private void WriteHead()
    {
        _xml.WriteStartElement("worksheet", Main);
        _xml.WriteAttributeString("xmlns", "r", null, Relations);
        _xml.WriteStartElement("sheetViews", Main);
        _xml.WriteStartElement("sheetView", Main);
        _xml.WriteAttributeString("workbookViewId", "0");
        _xml.WriteStartElement("pane", Main);
        _xml.WriteAttributeString("ySplit", "1");
        _xml.WriteAttributeString("topLeftCell", "A2");
        _xml.WriteAttributeString("activePane", "bottomLeft");
        _xml.WriteAttributeString("state", "frozen");
        _xml.WriteEndElement();
        _xml.WriteEndElement();
        _xml.WriteEndElement();
        _xml.WriteStartElement("cols", Main);
        for (int i = 0; i < File.Columns.Length; i++)
        {
            string at = (i + 1).ToString(CultureInfo.InvariantCulture);
            _xml.WriteStartElement("col", Main);
            _xml.WriteAttributeString("min", at);
            _xml.WriteAttributeString("max", at);
            _xml.WriteAttributeString("width", Math.Max(12, File.Columns[i].Name.Length + 4).ToString(CultureInfo.InvariantCulture));
            _xml.WriteAttributeString("style", CellStyles.Of(File.Columns[i]).ToString(CultureInfo.InvariantCulture));
            _xml.WriteAttributeString("customWidth", "1");
            _xml.WriteEndElement();
        }

        _xml.WriteEndElement();
        _xml.WriteStartElement("sheetData", Main);
    }

    private void WriteDropDowns()
    {
        Column[] choosing = [.. File.Columns.Where(c => c.Choices.Count > 0)];
        if (choosing.Length == 0)
        {
            return;
        }

        _xml.WriteStartElement("dataValidations", Main);
        _xml.WriteAttributeString("count", choosing.Length.ToString(CultureInfo.InvariantCulture));
        foreach (Column column in choosing)
        {
            int at = File.PositionOf(column);
            _xml.WriteStartElement("dataValidation", Main);
            _xml.WriteAttributeString("type", "list");
            _xml.WriteAttributeString("allowBlank", column.Optional ? "1" : "0");
            _xml.WriteAttributeString("showErrorMessage", "1");
            _xml.WriteAttributeString("errorTitle", column.Name);
            _xml.WriteAttributeString("error", $"{column.ExpectedZh}\n{column.Expected}");
            _xml.WriteAttributeString("sqref", Reference(2, at) + ":" + Reference(MostRows, at));
            _xml.WriteElementString("formula1", Main, $"\"{string.Join(',', column.Choices)}\"");
            _xml.WriteEndElement();
        }

        _xml.WriteEndElement();
    }

    private void Store(string text, Column column)
    {
        if (text.Length == 0)
        {
            StepOver();
            return;
        }

        uint style = CellStyles.Of(column);
        string? number = column.Kind switch
        {
            CellKind.Whole or CellKind.Number when text.Count(char.IsAsciiDigit) <= MostDigits => text,
            CellKind.Date when CellText.TryDate(text, out DateOnly day) => ExcelText.SerialOf(day)?.ToString(CultureInfo.InvariantCulture),
            CellKind.Time when CellText.TryTime(text, out TimeOnly time) => (time.ToTimeSpan() / TimeSpan.FromDays(1)).ToString("R", CultureInfo.InvariantCulture),
            _ => null,
        };
        if (number is null)
        {
            WriteTextCell(text, CellStyles.Text);
            return;
        }

        StartCell(style);
        _xml.WriteElementString("v", Main, number);
        _xml.WriteEndElement();
    }

    private void WriteTextCell(string text, uint style)
    {
        StartCell(style);
        _xml.WriteAttributeString("t", "inlineStr");
        _xml.WriteStartElement("is", Main);
        _xml.WriteStartElement("t", Main);
        _xml.WriteAttributeString("xml", "space", null, "preserve");
        _xml.WriteString(ExcelText.Encode(text));
        _xml.WriteEndElement();
        _xml.WriteEndElement();
        _xml.WriteEndElement();
    }

    private void StartCell(uint style)
    {
        StartRow();
        _xml.WriteStartElement("c", Main);
        _xml.WriteAttributeString("r", Reference(_row, _column++));
        _xml.WriteAttributeString("s", style.ToString(CultureInfo.InvariantCulture));
    }

    private void StepOver()
    {
        StartRow();
        _column++;
    }

    private void StartRow()
    {
        if (_column == 0)
        {
            _xml.WriteStartElement("row", Main);
            _xml.WriteAttributeString("r", _row.ToString(CultureInfo.InvariantCulture));
        }
    }
}
