using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Matching.Reporting;

/// <summary>How a cell of the workbook looks; the value is the position of the format in the style sheet.</summary>
internal enum CellStyle
{
    /// <summary>As the program likes.</summary>
    Plain,

    /// <summary>Bold, wrapped, shaded.</summary>
    Header,

    /// <summary>A season day as a header, turned upright.</summary>
    DayHeader,

    /// <summary>Text that stays text even when edited: the program's own mark for text that begins like a formula.</summary>
    Quoted,

    /// <summary>A day.</summary>
    Date,

    /// <summary>A time of day.</summary>
    Time,

    /// <summary>A whole number with thousands separators.</summary>
    Count,

    /// <summary>CNY with two decimals.</summary>
    Money,

    /// <summary>A share in percent.</summary>
    Percent,

    /// <summary>A centred mark in a grid of days.</summary>
    Mark,

    /// <summary>Bold text.</summary>
    Strong,

    /// <summary>Nothing of the required number is filled.</summary>
    CoverZero,

    /// <summary>Less than the required number is filled.</summary>
    CoverLow,

    /// <summary>The required number is filled.</summary>
    CoverMet,

    /// <summary>The target is filled.</summary>
    CoverFull,
}

/// <summary>The style sheet of the workbook.</summary>
internal static class CellStyles
{
    private const uint DateFormat = 164;
    private const uint TimeFormat = 165;

    // Fills 0 and 1 are fixed by the file format.
    private static readonly string?[] FillColours = [null, null, "FFE7ECEA", "FFB9541A", "FFFCC78B", "FFA9CFE8", "FF1F6FB2"];

    private static readonly Dictionary<CellStyle, CellFormat> Formats = new()
    {
        [CellStyle.Plain] = Format(),
        [CellStyle.Header] = Format(font: 1, fill: 2, align: new Alignment { WrapText = true, Vertical = VerticalAlignmentValues.Top }),
        [CellStyle.DayHeader] = Format(font: 1, fill: 2, align: new Alignment { TextRotation = 90, Horizontal = HorizontalAlignmentValues.Center }),
        [CellStyle.Quoted] = new CellFormat { NumberFormatId = 49, FontId = 0, FillId = 0, BorderId = 0, FormatId = 0, ApplyNumberFormat = true, QuotePrefix = true },
        [CellStyle.Date] = Format(number: DateFormat),
        [CellStyle.Time] = Format(number: TimeFormat),
        [CellStyle.Count] = Format(number: 3),
        [CellStyle.Money] = Format(number: 4),
        [CellStyle.Percent] = Format(number: 10),
        [CellStyle.Mark] = Format(align: new Alignment { Horizontal = HorizontalAlignmentValues.Center }),
        [CellStyle.Strong] = Format(font: 1),
        [CellStyle.CoverZero] = Format(font: 2, fill: 3),
        [CellStyle.CoverLow] = Format(fill: 4),
        [CellStyle.CoverMet] = Format(fill: 5),
        [CellStyle.CoverFull] = Format(font: 2, fill: 6),
    };

    /// <summary>A new style sheet; formats stand in the order of <see cref="CellStyle"/>.</summary>
    public static Stylesheet Sheet() => new(
        new NumberingFormats(
            new NumberingFormat { NumberFormatId = DateFormat, FormatCode = "yyyy\\-mm\\-dd" },
            new NumberingFormat { NumberFormatId = TimeFormat, FormatCode = "hh:mm" })
        { Count = 2 },
        new Fonts(Font(bold: false, "FF000000"), Font(bold: true, "FF000000"), Font(bold: false, "FFFFFFFF")) { Count = 3 },
        new Fills(FillColours.Select(Fill)) { Count = (uint)FillColours.Length },
        new Borders(new Border(new LeftBorder(), new RightBorder(), new TopBorder(), new BottomBorder(), new DiagonalBorder())) { Count = 1 },
        new CellStyleFormats(new CellFormat { NumberFormatId = 0, FontId = 0, FillId = 0, BorderId = 0 }) { Count = 1 },
        new CellFormats(Enum.GetValues<CellStyle>().Select(s => (CellFormat)Formats[s].CloneNode(deep: true))) { Count = (uint)Formats.Count },
        new DocumentFormat.OpenXml.Spreadsheet.CellStyles(
            new DocumentFormat.OpenXml.Spreadsheet.CellStyle { Name = "Normal", FormatId = 0, BuiltinId = 0 })
        { Count = 1 });

    private static Fill Fill(string? colour, int position) => new(colour is null
        ? new PatternFill { PatternType = position == 0 ? PatternValues.None : PatternValues.Gray125 }
        : new PatternFill(new ForegroundColor { Rgb = colour }) { PatternType = PatternValues.Solid });

    private static Font Font(bool bold, string colour)
    {
        Font font = new(new FontSize { Val = 11 }, new Color { Rgb = colour }, new FontName { Val = "Microsoft YaHei" });
        if (bold)
        {
            font.PrependChild(new Bold());
        }

        return font;
    }

    private static CellFormat Format(uint number = 0, uint font = 0, uint fill = 0, Alignment? align = null)
    {
        CellFormat format = new()
        {
            NumberFormatId = number,
            FontId = font,
            FillId = fill,
            BorderId = 0,
            FormatId = 0,
            ApplyNumberFormat = number != 0,
            ApplyFont = font != 0,
            ApplyFill = fill != 0,
            ApplyAlignment = align is not null,
        };
        if (align is not null)
        {
            format.Append(align);
        }

        return format;
    }
}
