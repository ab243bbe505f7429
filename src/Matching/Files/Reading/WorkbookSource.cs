using System.IO.Compression;
using System.Text.Json;
using System.Xml;
using Matching.Files.Format;

namespace Matching.Files.Reading;

/// <summary>
/// An Excel workbook with one sheet per file. Its parts are streamed straight from the zip: an upload may be hostile, and
/// here every limit is ours: no DTD, no external parts, bounded sizes. Elements are matched by local name, so that workbooks
/// in the strict format are read as well.
/// </summary>
internal sealed class WorkbookSource : TableSource
{
    /// <summary>The entry that tells a workbook from other zips.</summary>
    public const string WorkbookEntry = "xl/workbook.xml";

    private readonly ZipArchive _zip;
    private readonly Dictionary<string, string> _partOfSheet = new(StringComparer.Ordinal);
    private List<string> _sharedStrings = [];
    private List<bool> _dateStyles = [];
    private bool _from1904;

    private WorkbookSource(ZipArchive zip) => _zip = zip;

    /// <summary>Opens the workbook, which then owns the zip; null when it is damaged or hostile, which is reported.</summary>
    public static WorkbookSource? Open(ZipArchive zip, string name, FaultLog log)
    {
        if (!ZipSource.CheckEntries(zip, name, log))
        {
            return null;
        }

        var source = new WorkbookSource(zip);
        try
        {
            source.ReadWorkbook();
            return source;
        }
        catch (XmlException damage)
        {
            log.Add(name, "a workbook that is not damaged: " + damage.Message, FaultCode.DamagedContainer);
            return null;
        }
    }

    /// <summary>The sheets by name, in no order; each is read before the next is asked for.</summary>
    public IEnumerable<(string Name, TableReader Table)> Sheets()
    {
        foreach ((string name, string part) in _partOfSheet)
        {
            if (_zip.GetEntry(part) is { } entry)
            {
                using var table = new SheetTable(XmlParts.Reader(entry), _sharedStrings, _dateStyles, _from1904);
                yield return (name, table);
            }
        }
    }

    /// <inheritdoc/>
    public override TableReader? Open(FileSpec file, FaultLog log)
    {
        if (_partOfSheet.TryGetValue(file.SheetName, out string? part) && _zip.GetEntry(part) is { } entry)
        {
            try
            {
                return new SheetTable(XmlParts.Reader(entry), _sharedStrings, _dateStyles, _from1904);
            }
            catch (Exception damage) when (damage is InvalidDataException or XmlException)
            {
                log.Add(file.Name, "readable content: " + damage.Message, FaultCode.DamagedContainer);
                return null;
            }
        }

        if (!file.Optional)
        {
            log.Add(file.Name, $"the sheet {file.SheetName}; it is not optional, if only with its header", FaultCode.MissingFile);
        }

        return null;
    }

    /// <inheritdoc/>
    public override Dictionary<string, Setting>? Settings(FaultLog log)
    {
        TableReader? table = Open(SettingsFormat.Sheet, log);
        if (table is null)
        {
            return null;
        }

        var settings = new Dictionary<string, Setting>(StringComparer.Ordinal);
        var known = SettingsFormat.Keys.Select(k => k.Name).ToHashSet(StringComparer.Ordinal);
        var row = new RowReader(SettingsFormat.Sheet, table, log, new StringPool());
        while (row.Read())
        {
            string? key = row.Word(SettingsFormat.Key);
            string? value = row.Text(SettingsFormat.Value);
            if (key is null)
            {
                continue;
            }

            if (!known.Contains(key))
            {
                log.Note($"{SeasonFormat.SettingsFile}: the key '{CellText.Shown(key)}' is unknown and ignored.");
            }
            else if (!settings.TryAdd(key, new Setting(row.IsBad ? JsonTokenType.None : null, value ?? "", row.Line)))
            {
                row.Report(SettingsFormat.Key, "each key once", FaultCode.KeyTwice);
            }
        }

        row.Close();
        return settings;
    }

    /// <inheritdoc/>
    public override void NoteUnknown(IReadOnlyCollection<string> known, FaultLog log)
    {
        var sheets = known.Select(Path.GetFileNameWithoutExtension).ToHashSet(StringComparer.Ordinal);
        foreach (string name in _partOfSheet.Keys.Where(n => !sheets.Contains(n)))
        {
            log.Note($"{CellText.Shown(name)}: this sheet is unknown and ignored.");
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _zip.Dispose();
        base.Dispose();
    }

    private void ReadWorkbook()
    {
        Dictionary<string, (string Type, string Part)> parts = ReadRelations();
        using (XmlReader xml = XmlParts.Reader(_zip.GetEntry(WorkbookEntry)!))
        {
            while (xml.Read())
            {
                if (xml.NodeType != XmlNodeType.Element)
                {
                    continue;
                }

                if (xml.LocalName == "workbookPr")
                {
                    _from1904 = xml.GetAttribute("date1904") is "1" or "true";
                }
                else if (xml.LocalName == "sheet" && XmlParts.Attribute(xml, "name") is { } name && XmlParts.Attribute(xml, "id") is { } id
                    && parts.TryGetValue(id, out (string Type, string Part) part) && part.Type == "worksheet")
                {
                    _partOfSheet.TryAdd(name, part.Part);
                }
            }
        }

        foreach ((string type, string part) in parts.Values)
        {
            if (type == "sharedStrings" && _zip.GetEntry(part) is { } strings)
            {
                _sharedStrings = XmlParts.SharedStrings(strings);
            }
            else if (type == "styles" && _zip.GetEntry(part) is { } styles)
            {
                _dateStyles = XmlParts.DateStyles(styles);
            }
        }
    }

    private Dictionary<string, (string Type, string Part)> ReadRelations()
    {
        var parts = new Dictionary<string, (string, string)>(StringComparer.Ordinal);
        if (_zip.GetEntry("xl/_rels/workbook.xml.rels") is not { } entry)
        {
            return parts;
        }

        using XmlReader xml = XmlParts.Reader(entry);
        while (xml.Read())
        {
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "Relationship" && xml.GetAttribute("TargetMode") != "External"
                && xml.GetAttribute("Id") is { } id && xml.GetAttribute("Type") is { } type && xml.GetAttribute("Target") is { } target)
            {
                string part = target.StartsWith('/') ? target[1..] : "xl/" + target;
                parts.TryAdd(id, (type[(type.LastIndexOf('/') + 1)..], part));
            }
        }

        return parts;
    }
}
