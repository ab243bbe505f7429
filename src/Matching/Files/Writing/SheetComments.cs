using System.Globalization;
using System.Text;
using System.Xml;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Matching.Files.Reading;

namespace Matching.Files.Writing;

/// <summary>Adds comments to a sheet: the texts, and the old-style drawing without which Excel does not show them.</summary>
internal static class SheetComments
{
    /// <summary>Adds the comments; gives the id of the drawing, or null when there are none.</summary>
    public static string? Add(WorksheetPart sheet, List<(string Cell, string Text)> comments)
    {
        if (comments.Count == 0)
        {
            return null;
        }

        sheet.AddNewPart<WorksheetCommentsPart>().Comments = new Comments(
            new Authors(new Author("Matching")),
            new CommentList(comments.Select(c => new Comment(
                new CommentText(new Run(new Text(ExcelText.Encode(c.Text)) { Space = SpaceProcessingModeValues.Preserve })))
            {
                Reference = c.Cell,
                AuthorId = 0,
            })));
        VmlDrawingPart drawing = sheet.AddNewPart<VmlDrawingPart>();
        using (Stream stream = drawing.GetStream(FileMode.Create, FileAccess.Write))
        {
            stream.Write(Encoding.UTF8.GetBytes(Drawing(comments)));
        }

        return sheet.GetIdOfPart(drawing);
    }

    private static string Drawing(List<(string Cell, string Text)> comments)
    {
        var vml = new StringBuilder(
            """
            <xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel">
            <v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>

            """);
        for (int i = 0; i < comments.Count; i++)
        {
            (int row, int column) = Position(comments[i].Cell);
            vml.Append(CultureInfo.InvariantCulture, $"""
                <v:shape id="_x0000_s{1025 + i}" type="#_x0000_t202" style="position:absolute;width:260pt;height:90pt;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:textbox style="mso-direction-alt:auto"/><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{column + 1}, 15, {row + 1}, 2, {column + 5}, 15, {row + 7}, 4</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>

                """);
        }

        return vml.Append("</xml>").ToString();
    }

    private static (int Row, int Column) Position(string cell)
    {
        int column = 0;
        int at = 0;
        for (; char.IsAsciiLetterUpper(cell[at]); at++)
        {
            column = (column * 26) + (cell[at] - 'A' + 1);
        }

        return (int.Parse(cell.AsSpan(at), NumberStyles.None, CultureInfo.InvariantCulture) - 1, column - 1);
    }
}
