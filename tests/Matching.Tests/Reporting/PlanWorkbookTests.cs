using System.Globalization;
using System.Xml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using FsCheck.Xunit;
using Matching.Model;
using Matching.Plans;
using Matching.Reporting;
using Xunit;

namespace Matching.Tests.Reporting;

public class PlanWorkbookTests
{
    [Theory]
    [InlineData(false, ReportLanguage.Chinese)]
    [InlineData(true, ReportLanguage.English)]
    public void The_workbook_is_valid_Open_XML(bool hostile, ReportLanguage lang)
    {
        (Season season, PlanResult result) = ReportSamples.Make(ReportSamples.Small, hostile: hostile);
        using TempFolder folder = new();
        PlanWorkbook.Write(season, result, folder.File("plan.xlsx"), lang);
        using SpreadsheetDocument document = SpreadsheetDocument.Open(folder.File("plan.xlsx"), isEditable: false);

        Assert.Empty(new OpenXmlValidator().Validate(document, TestContext.Current.CancellationToken).Select(e => $"{e.Part?.Uri} {e.Path?.XPath}: {e.Description}"));
        Assert.Equal(7, document.WorkbookPart!.Workbook!.Sheets!.Count());
    }

    [Fact]
    public void Roster_rows_are_the_assignments()
    {
        (Season season, PlanResult result) = ReportSamples.Make(ReportSamples.Village, seed: 2);
        string[][] rows = Sheet(season, result, "Roster");

        HashSet<WorkerDay> read = [];
        foreach (string[] row in rows.Skip(1))
        {
            for (int column = CrewSheets.RosterDayColumn; column < row.Length; column++)
            {
                if (row[column] == "1")
                {
                    DateOnly day = DateOnly.ParseExact(rows[0][column], "yyyy-MM-dd", CultureInfo.InvariantCulture);
                    Assert.True(read.Add(new WorkerDay(day, new(row[0]), new(row[1]))));
                }
            }
        }

        Assert.True(read.SetEquals(result.Plan.WorkerDays));
        Assert.All(rows.Skip(1), row => Assert.Equal(season.WorkerById[new(row[1])].Name, row[2]));
    }

    [Fact]
    public void Hostile_names_are_text_and_no_cell_is_a_formula()
    {
        (Season season, PlanResult result) = ReportSamples.Make(ReportSamples.Small, hostile: true);
        using TempFolder folder = new();
        PlanWorkbook.Write(season, result, folder.File("plan.xlsx"), ReportLanguage.Chinese);
        using SpreadsheetDocument document = SpreadsheetDocument.Open(folder.File("plan.xlsx"), isEditable: false);
        Cell[] cells = [.. document.WorkbookPart!.WorksheetParts.SelectMany(p => p.Worksheet!.Descendants<Cell>())];

        Assert.DoesNotContain(cells, c => c.CellFormula is not null);
        Assert.All(cells.Where(c => Value(c).StartsWith('=')), c =>
        {
            Assert.Equal(CellValues.InlineString, c.DataType!.Value);
            Assert.Equal((uint)Matching.Reporting.CellStyle.Quoted, c.StyleIndex!.Value);
        });
        Assert.Contains("=cmd|' /C calc'!A0", cells.Select(Value));
        Assert.Equal(
            season.Workers.Select(w => w.Name), Sheet(season, result, "Workers").Skip(1).Select(row => row[1]));
    }

    [Fact]
    public void Cover_rows_are_what_a_recount_of_the_plan_gives()
    {
        (Season season, PlanResult result) = ReportSamples.Make(ReportSamples.Village, seed: 6);
        Dictionary<CrewId, OrderId> orderOf = result.Plan.Crews.ToDictionary(c => c.Id, c => c.Order);
        Dictionary<(OrderId, DateOnly), int> filled = result.Plan.WorkerDays.CountBy(w => (orderOf[w.Crew], w.Date)).ToDictionary();
        string[][] rows = Sheet(season, result, "Cover");

        Assert.Equal((3 * season.Orders.Length) + 1, rows.Length);
        foreach (string[] row in rows.Where(r => r[1].EndsWith("filled", StringComparison.Ordinal)))
        {
            for (int day = 0; day < season.DayCount; day++)
            {
                int expected = filled.GetValueOrDefault((new OrderId(row[0]), season.Day(day)));
                Assert.Equal(expected, Count(row[CoverSheets.CoverDayColumn + day]));
            }
        }
    }

    [Fact]
    public void Manifest_counts_are_those_of_the_trips()
    {
        (Season season, PlanResult result) = ReportSamples.Make(ReportSamples.Village, seed: 7);
        string[][] rows = Sheet(season, result, "Manifest");
        ILookup<string, string[]> byTrip = rows.Skip(1).ToLookup(row => row[3]);

        Assert.Equal(result.Plan.Trips.Length, byTrip.Count);
        foreach (Trip trip in result.Plan.Trips)
        {
            string[][] stops = [.. byTrip[trip.Id.Value]];
            Assert.Equal(trip.Stops.SelectMany(s => s.Groups).Sum(g => g.Board), stops.Sum(row => Count(row[10])));
            Assert.Equal(trip.Stops.SelectMany(s => s.Groups).Sum(g => g.Alight), stops.Sum(row => Count(row[11])));
            Assert.Equal(0, Count(stops[^1][12]));
            Assert.All(stops, row => Assert.Equal(trip.Vehicle.Value, row[1]));
            Assert.Equal(trip.Departs.ToTimeSpan().TotalDays, double.Parse(stops[0][7], CultureInfo.InvariantCulture), 9);
        }
    }

    [Fact]
    public void Shortage_rows_name_the_reason_only_when_the_run_is_known()
    {
        (Season season, PlanResult result) = ReportSamples.Make(ReportSamples.Small);
        string[][] told = Sheet(season, result, "Shortages");
        using TempFolder folder = new();
        PlanWorkbook.Write(season, result.Plan, folder.File("plan.xlsx"), ReportLanguage.English);
        string[][] untold = Sheet(folder.File("plan.xlsx"), "Shortages");

        Assert.Equal(result.Plan.Shortages.Length, told.Length - 1);
        Assert.All(told, row => Assert.Equal(13, row.Length));
        Assert.All(untold, row => Assert.Equal(12, row.Length));
    }

    [Fact]
    public void The_same_plan_gives_the_same_bytes()
    {
        (Season season, PlanResult result) = ReportSamples.Make(ReportSamples.Small);
        using TempFolder folder = new();
        PlanWorkbook.Write(season, result, folder.File("a.xlsx"), ReportLanguage.Chinese);
        PlanWorkbook.Write(season, result, folder.File("b.xlsx"), ReportLanguage.Chinese);

        Assert.Equal(File.ReadAllBytes(folder.File("a.xlsx")), File.ReadAllBytes(folder.File("b.xlsx")));
        Assert.Equal(2, Directory.GetFileSystemEntries(folder.Root).Length);
    }

    [Fact]
    public void A_plan_that_sends_nobody_has_a_workbook()
    {
        (Season season, _) = ReportSamples.Make(ReportSamples.Small);
        using TempFolder folder = new();
        PlanWorkbook.Write(season, Plan.Empty, folder.File("plan.xlsx"), ReportLanguage.Chinese);

        Assert.Single(Sheet(folder.File("plan.xlsx"), "Crews"));
        Assert.Single(Sheet(folder.File("plan.xlsx"), "Roster"));
        Assert.Equal(season.Workers.Length + 1, Sheet(folder.File("plan.xlsx"), "Workers").Length);
    }

    [Fact]
    public void A_table_too_long_for_one_sheet_goes_on_in_the_next_under_its_header()
    {
        using TempFolder folder = new();
        using (FileStream stream = File.Create(folder.File("long.xlsx")))
        using (WorkbookPackage package = new(stream))
        {
            using (SheetSeries series = new(package, "Rows", [new("n", 10)], frozenColumns: 0, mostRows: 4))
            {
                for (int i = 0; i < 7; i++)
                {
                    SheetWriter sheet = series.BeginRow();
                    sheet.Number(0, i);
                    sheet.EndRow();
                }
            }

            package.Finish();
        }

        string[] names = ["Rows", "Rows 2", "Rows 3"];
        Assert.Equal(
            ["n 0 1 2", "n 3 4 5", "n 6"],
            names.Select(n => string.Join(' ', Sheet(folder.File("long.xlsx"), n, exact: true).Select(row => row[0]))));
    }

    [Fact]
    public void Column_letters_go_on_after_Z_and_ZZ()
    {
        using MemoryStream stream = new();
        using (WorkbookPackage package = new(stream))
        {
            package.Sheet("Wide", [.. Enumerable.Range(0, 703).Select(i => new SheetColumn($"c{i}", 5))], frozenColumns: 0).Dispose();
            package.Finish();
        }

        using SpreadsheetDocument document = SpreadsheetDocument.Open(stream, isEditable: false);
        string[] references = [.. document.WorkbookPart!.WorksheetParts.Single().Worksheet!.Descendants<Cell>().Select(c => c.CellReference!.Value!)];
        Assert.Equal(["Z1", "AA1", "ZZ1", "AAA1"], [references[25], references[26], references[701], references[702]]);
    }

    [Property]
    public bool Any_text_is_fit_for_a_cell_and_is_read_back_as_it_was(string? text)
    {
        string escaped = CellText.Escape(text ?? "");
        XmlConvert.VerifyXmlChars(escaped);
        string readable = new([.. (text ?? "").Select(c => XmlConvert.IsXmlChar(c) || char.IsSurrogate(c) ? c : '\uFFFD')]);
        return (text ?? "").Any(char.IsSurrogate) || XmlConvert.DecodeName(escaped) == readable;
    }

    [Theory]
    [InlineData("_x0041_", "_x005F_x0041_")]
    [InlineData("a\rb", "a_x000D_b")]
    [InlineData("\u0001", "\uFFFD")]
    [InlineData("😀 ok", "😀 ok")]
    [InlineData("_x12", "_x12")]
    public void Text_a_spreadsheet_would_read_otherwise_is_escaped(string text, string expected) =>
        Assert.Equal(expected, CellText.Escape(text));

    [Fact]
    public void Targets_as_large_as_numbers_go_can_be_written()
    {
        (Season drawn, PlanResult result) = ReportSamples.Make(ReportSamples.Small);
        Season season = drawn with { Demand = [.. drawn.Demand.Select(d => d with { Target = int.MaxValue })] };
        using var folder = new TempFolder();

        PlanWorkbook.Write(season, result.Plan, folder.File("plan.xlsx"), ReportLanguage.English);

        Assert.True(new FileInfo(folder.File("plan.xlsx")).Length > 0);
    }

    [Fact]
    public void Half_a_surrogate_pair_is_replaced() => Assert.Equal("\uFFFDx\uFFFD", CellText.Escape("\uD800x\uDC00"));

    private static int Count(string cell) => cell.Length == 0 ? 0 : int.Parse(cell, CultureInfo.InvariantCulture);

    private static string[][] Sheet(Season season, PlanResult result, string name)
    {
        using TempFolder folder = new();
        PlanWorkbook.Write(season, result, folder.File("plan.xlsx"), ReportLanguage.Chinese);
        return Sheet(folder.File("plan.xlsx"), name);
    }

    /// <summary>All cells of the sheet whose name ends so; gaps are empty text.</summary>
    private static string[][] Sheet(string path, string name, bool exact = false)
    {
        using SpreadsheetDocument document = SpreadsheetDocument.Open(path, isEditable: false);
        Sheet sheet = document.WorkbookPart!.Workbook!.Descendants<Sheet>().Single(
            s => exact ? s.Name!.Value == name : s.Name!.Value!.Split(' ').Contains(name));
        WorksheetPart part = (WorksheetPart)document.WorkbookPart.GetPartById(sheet.Id!.Value!);
        List<string[]> rows = [];
        int width = 0;
        foreach (Row row in part.Worksheet!.Descendants<Row>())
        {
            Dictionary<int, string> cells = row.Elements<Cell>().ToDictionary(c => ColumnOf(c.CellReference!.Value!), Value);
            width = Math.Max(width, cells.Count == 0 ? 0 : cells.Keys.Max() + 1);
            string[] values = new string[width];
            for (int i = 0; i < width; i++)
            {
                values[i] = cells.GetValueOrDefault(i, "");
            }

            rows.Add(values);
        }

        return [.. rows];
    }

    private static int ColumnOf(string reference) =>
        reference.TakeWhile(char.IsAsciiLetterUpper).Aggregate(0, (column, letter) => (column * 26) + letter - 'A' + 1) - 1;

    private static string Value(Cell cell) => cell.InlineString is { } text
        ? text.InnerText.Replace("_x005F_", "_", StringComparison.Ordinal)
        : cell.CellValue?.Text ?? "";
}
