using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;

namespace Matching.Files.Reading;

/// <summary>Reads the small parts of a workbook.</summary>
internal static class XmlParts
{
    // CJK Excel has its own built-in date and time formats beside those of the standard.
    private static readonly HashSet<int> BuiltInDates = [.. Enumerable.Range(14, 9), .. Enumerable.Range(27, 10), 45, 46, 47, .. Enumerable.Range(50, 9)];

    private static readonly XmlReaderSettings Safe = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        MaxCharactersInDocument = ZipLimits.MostBytes,
        CloseInput = true,
    };

    /// <summary>A reader of a part.</summary>
    public static XmlReader Reader(ZipArchiveEntry entry) => XmlReader.Create(new LimitedStream(entry.Open(), ZipLimits.MostBytes), Safe);

    /// <summary>An attribute by its local name, whatever its namespace.</summary>
    public static string? Attribute(XmlReader xml, string name)
    {
        string? value = null;
        while (xml.MoveToNextAttribute())
        {
            if (xml.LocalName == name && xml.Prefix != "xmlns")
            {
                value = xml.Value;
            }
        }

        xml.MoveToElement();
        return value;
    }

    /// <summary>The strings that cells name by number.</summary>
    public static List<string> SharedStrings(ZipArchiveEntry entry)
    {
        var strings = new List<string>();
        using XmlReader xml = Reader(entry);
        while (xml.Read())
        {
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "si")
            {
                strings.Add(RichText(xml));
            }
        }

        return strings;
    }

    /// <summary>The text inside an element: its <c>t</c> parts, without phonetic guides. Ends at the element's end.</summary>
    public static string RichText(XmlReader xml)
    {
        if (xml.IsEmptyElement)
        {
            return "";
        }

        int depth = xml.Depth;
        var text = new StringBuilder();
        bool more = xml.Read();
        while (more && xml.Depth > depth)
        {
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "rPh")
            {
                xml.Skip();
            }
            else if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "t")
            {
                AppendContent(xml, text);
            }
            else
            {
                more = xml.Read();
            }
        }

        return ExcelText.Decode(text.ToString());
    }

    /// <summary>The text of an element without children; goes behind it.</summary>
    public static string Content(XmlReader xml)
    {
        var text = new StringBuilder();
        AppendContent(xml, text);
        return text.ToString();
    }

    // Read in pieces and cut when far too long to be a cell, so that one cell cannot fill the memory. What is cut is still too
    // long after its escapes, of seven characters each, are undone.
    private static void AppendContent(XmlReader xml, StringBuilder text)
    {
        const int Enough = 8 * CellText.MaxLength;
        int depth = xml.Depth;
        bool more = !xml.IsEmptyElement;
        xml.Read();
        var piece = new char[256];
        while (more && xml.Depth > depth)
        {
            if (xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace)
            {
                for (int got = xml.ReadValueChunk(piece, 0, piece.Length); got > 0; got = xml.ReadValueChunk(piece, 0, piece.Length))
                {
                    if (text.Length < Enough)
                    {
                        text.Append(piece, 0, got);
                    }
                }
            }

            more = xml.Read();
        }

        if (more)
        {
            xml.Read();
        }
    }

    /// <summary>Which cell styles show dates or times.</summary>
    public static List<bool> DateStyles(ZipArchiveEntry entry)
    {
        var own = new Dictionary<int, bool>();
        var styles = new List<bool>();
        bool inCellFormats = false;
        using XmlReader xml = Reader(entry);
        while (xml.Read())
        {
            if (xml.LocalName == "cellXfs")
            {
                inCellFormats = xml.NodeType == XmlNodeType.Element && !xml.IsEmptyElement;
            }
            else if (xml.NodeType == XmlNodeType.Element && int.TryParse(xml.GetAttribute("numFmtId"), NumberStyles.None, CultureInfo.InvariantCulture, out int format))
            {
                if (xml.LocalName == "numFmt")
                {
                    own[format] = ExcelText.IsDateFormat(xml.GetAttribute("formatCode") ?? "");
                }
                else if (inCellFormats && xml.LocalName == "xf")
                {
                    styles.Add(own.TryGetValue(format, out bool isDate) ? isDate : BuiltInDates.Contains(format));
                }
            }
            else if (xml.NodeType == XmlNodeType.Element && inCellFormats && xml.LocalName == "xf")
            {
                styles.Add(false);
            }
        }

        return styles;
    }
}
