using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Matching.Files;
using Matching.Files.Format;
using Xunit;

namespace Matching.Tests.Files;

public sealed class TemplateTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly SpreadsheetDocument _document;

    public TemplateTests()
    {
        SeasonFiles.WriteTemplate(_folder["template.xlsx"]);
        _document = SpreadsheetDocument.Open(_folder["template.xlsx"], isEditable: false);
    }

    public void Dispose()
    {
        _document.Dispose();
        _folder.Dispose();
    }

    private WorksheetPart Part(string sheet) =>
        (WorksheetPart)_document.WorkbookPart!.GetPartById(_document.WorkbookPart.Workbook.Descendants<Sheet>().Single(s => s.Name == sheet).Id!);

    [Fact]
    public void The_template_has_the_settings_and_a_sheet_per_file() => Assert.Equal(
        SeasonFormat.Files.Select(f => f.SheetName).Prepend("season"),
        _document.WorkbookPart!.Workbook.Descendants<Sheet>().Select(s => s.Name!.Value));

    [Fact]
    public void Every_column_has_its_header_with_a_comment_in_both_languages()
    {
        foreach (FileSpec file in SeasonFormat.Files)
        {
            WorksheetPart part = Part(file.SheetName);
            Assert.Equal(file.Columns.Select(c => c.Name), part.Worksheet.Descendants<Row>().First().Elements<Cell>().Select(c => c.InnerText));
            Comment[] comments = [.. part.WorksheetCommentsPart!.Comments.Descendants<Comment>()];
            Assert.Equal(file.Columns.Length, comments.Length);
            for (int i = 0; i < comments.Length; i++)
            {
                Assert.Contains(file.Columns[i].Zh, comments[i].InnerText, StringComparison.Ordinal);
                Assert.Contains(file.Columns[i].En, comments[i].InnerText, StringComparison.Ordinal);
                Assert.Contains(file.Columns[i].Expected, comments[i].InnerText, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData("places", "C2:C1048576", "\"county,township,village,site,depot\"")]
    [InlineData("workers", "L2:L1048576", "\"true,false\"")]
    [InlineData("pairs", "C2:C1048576", "\"together,same_site,apart\"")]
    [InlineData("orders", "O2:O1048576", "\"true,false\"")]
    [InlineData("orders", "P2:P1048576", "\"no,allowed,only\"")]
    [InlineData("absences", "A2:A1048576", "\"worker,broker,vehicle,site\"")]
    public void Columns_that_know_their_words_have_a_drop_down(string sheet, string cells, string words) => Assert.Contains(
        Part(sheet).Worksheet.Descendants<DataValidation>(),
        v => v.Type! == DataValidationValues.List && v.SequenceOfReferences!.InnerText == cells && v.Formula1!.Text == words);

    [Fact]
    public void The_header_stays_in_sight() => Assert.All(
        _document.WorkbookPart!.WorksheetParts, p => Assert.Equal(PaneStateValues.Frozen, p.Worksheet.Descendants<Pane>().Single().State!.Value));

    [Fact]
    public void The_template_lacks_nothing_but_the_days_of_the_season()
    {
        ReadResult<Matching.Model.Season> result = SeasonFiles.Read(_folder["template.xlsx"]);

        Assert.Equal([("start", FaultCode.MissingKey), ("end", FaultCode.MissingKey)], result.Faults.Select(f => (f.Column, f.Code)));
        Assert.Empty(result.Notes);
    }
}
