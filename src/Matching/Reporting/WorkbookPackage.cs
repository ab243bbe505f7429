using System.IO.Compression;
using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Matching.Reporting;

/// <summary>
/// The zip around the sheets. Written here rather than by the Open XML SDK's package, which keeps every part in memory until
/// the end and stamps the entries with the clock; the SDK's writers still write the parts.
/// </summary>
internal sealed class WorkbookPackage : IDisposable
{
    /// <summary>The encoding of every part: no mark in front.</summary>
    internal static readonly Encoding Utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    private const string ContentTypes = "http://schemas.openxmlformats.org/package/2006/content-types";
    private const string Relationships = "http://schemas.openxmlformats.org/package/2006/relationships";
    private const string OfficeRelationship = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
    private const string SpreadsheetType = "application/vnd.openxmlformats-officedocument.spreadsheetml.";

    // The earliest time a zip can hold: the same plan gives the same bytes.
    private static readonly DateTimeOffset NoTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly ZipArchive _zip;
    private readonly List<string> _sheets = [];

    /// <summary>Begins a workbook on a stream, which stays open.</summary>
    public WorkbookPackage(Stream stream) => _zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);

    /// <summary>Begins the next sheet; dispose it before the next.</summary>
    public SheetWriter Sheet(string name, IReadOnlyList<SheetColumn> columns, int frozenColumns, double headerHeight = 32)
    {
        _sheets.Add(name);
        return new SheetWriter(Entry($"xl/worksheets/sheet{_sheets.Count}.xml"), columns, frozenColumns, headerHeight);
    }

    /// <summary>Writes what holds the sheets together and ends the zip.</summary>
    public void Finish()
    {
        // The header is printed on every page.
        Part("xl/workbook.xml", new Workbook(
            new BookViews(new WorkbookView { ActiveTab = 0 }),
            new Sheets(_sheets.Select((name, i) => new Sheet { Name = name, SheetId = (uint)i + 1, Id = $"rId{i + 1}" })),
            new DefinedNames(_sheets.Select((name, i) => new DefinedName($"'{name}'!$1:$1") { Name = "_xlnm.Print_Titles", LocalSheetId = (uint)i }))));
        Part("xl/styles.xml", CellStyles.Sheet());

        Text("xl/_rels/workbook.xml.rels",
            $"""<Relationships xmlns="{Relationships}">"""
            + string.Concat(_sheets.Select((_, i) =>
                $"""<Relationship Id="rId{i + 1}" Type="{OfficeRelationship}worksheet" Target="worksheets/sheet{i + 1}.xml"/>"""))
            + $"""<Relationship Id="rId{_sheets.Count + 1}" Type="{OfficeRelationship}styles" Target="styles.xml"/></Relationships>""");
        Text("_rels/.rels",
            $"""<Relationships xmlns="{Relationships}"><Relationship Id="rId1" Type="{OfficeRelationship}officeDocument" Target="xl/workbook.xml"/></Relationships>""");
        Text("[Content_Types].xml",
            $"""<Types xmlns="{ContentTypes}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>"""
            + """<Default Extension="xml" ContentType="application/xml"/>"""
            + $"""<Override PartName="/xl/workbook.xml" ContentType="{SpreadsheetType}sheet.main+xml"/>"""
            + $"""<Override PartName="/xl/styles.xml" ContentType="{SpreadsheetType}styles+xml"/>"""
            + string.Concat(_sheets.Select((_, i) =>
                $"""<Override PartName="/xl/worksheets/sheet{i + 1}.xml" ContentType="{SpreadsheetType}worksheet+xml"/>"""))
            + "</Types>");
    }

    /// <inheritdoc/>
    public void Dispose() => _zip.Dispose();

    private BufferedStream Entry(string path)
    {
        ZipArchiveEntry entry = _zip.CreateEntry(path, CompressionLevel.Optimal);
        entry.LastWriteTime = NoTime;
        return new BufferedStream(entry.Open(), 1 << 16);
    }

    private void Part(string path, OpenXmlElement root)
    {
        using Stream entry = Entry(path);
        using OpenXmlWriter writer = OpenXmlWriter.Create(entry, Utf8);
        writer.WriteStartDocument(standalone: true);
        writer.WriteElement(root);
    }

    private void Text(string path, string xml)
    {
        using StreamWriter writer = new(Entry(path), Utf8);
        writer.Write("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>");
        writer.Write(xml);
    }
}
