using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Matching.Files.Format;

namespace Matching.Files.Writing;

/// <summary>
/// Writes an Excel workbook, a sheet per table: frozen headers with a comment on each, drop-downs where a column knows its
/// words, and column formats under which Excel keeps ids as text and shows days as the contract writes them.
/// </summary>
internal sealed class WorkbookSink : TableSink, IDisposable
{
    private readonly SpreadsheetDocument _document;
    private readonly WorkbookPart _workbook;
    private readonly Sheets _sheets = new();

    /// <summary>Begins a workbook on a stream that can be read and sought; the stream stays open.</summary>
    public WorkbookSink(Stream stream)
    {
        _document = SpreadsheetDocument.Create(stream, SpreadsheetDocumentType.Workbook);
        _workbook = _document.AddWorkbookPart();
        _workbook.AddNewPart<WorkbookStylesPart>().Stylesheet = CellStyles.Sheet();
    }

    /// <inheritdoc/>
    public override bool WritesEmptyTables => true;

    /// <inheritdoc/>
    public override TableWriter Begin(FileSpec file) => BeginSheet(file);

    /// <summary>Begins the sheet of a table.</summary>
    public SheetWriter BeginSheet(FileSpec file)
    {
        WorksheetPart part = _workbook.AddNewPart<WorksheetPart>();
        _sheets.Append(new Sheet { Name = file.SheetName, SheetId = (uint)_sheets.ChildElements.Count + 1, Id = _workbook.GetIdOfPart(part) });
        return new SheetWriter(file, part);
    }

    /// <summary>Completes the workbook.</summary>
    public void Dispose()
    {
        _workbook.Workbook = new Workbook(_sheets);
        _document.Dispose();
    }
}

/// <summary>The cell styles of our workbooks, by their position.</summary>
internal static class CellStyles
{
    /// <summary>As Excel likes it.</summary>
    public const uint General = 0;

    /// <summary>A header cell.</summary>
    public const uint Header = 1;

    /// <summary>Text, also when it looks like a number or a formula.</summary>
    public const uint Text = 2;

    /// <summary>A day.</summary>
    public const uint Date = 3;

    /// <summary>A time.</summary>
    public const uint Time = 4;

    private const uint TextFormat = 49;
    private const uint DateFormat = 164;
    private const uint TimeFormat = 165;

    /// <summary>The style of a column's cells.</summary>
    public static uint Of(Format.Column column) => column.Kind switch
    {
        CellKind.Whole or CellKind.Number => General,
        CellKind.Date => Date,
        CellKind.Time => Time,
        _ => Text,
    };

    /// <summary>The style sheet.</summary>
    public static Stylesheet Sheet() => new(
        new NumberingFormats(
            new NumberingFormat { NumberFormatId = DateFormat, FormatCode = "yyyy\\-mm\\-dd" },
            new NumberingFormat { NumberFormatId = TimeFormat, FormatCode = "hh:mm" }),
        new Fonts(new Font(), new Font(new Bold())),
        new Fills(
            new Fill(new PatternFill { PatternType = PatternValues.None }),
            new Fill(new PatternFill { PatternType = PatternValues.Gray125 }),
            new Fill(new PatternFill(new ForegroundColor { Rgb = "FFE8F0E4" }) { PatternType = PatternValues.Solid })),
        new Borders(new Border()),
        new CellStyleFormats(new CellFormat()),
        new CellFormats(
            new CellFormat(),
            new CellFormat { FontId = 1, FillId = 2, ApplyFont = true, ApplyFill = true, NumberFormatId = TextFormat, ApplyNumberFormat = true },
            new CellFormat { NumberFormatId = TextFormat, ApplyNumberFormat = true },
            new CellFormat { NumberFormatId = DateFormat, ApplyNumberFormat = true },
            new CellFormat { NumberFormatId = TimeFormat, ApplyNumberFormat = true }));
}
