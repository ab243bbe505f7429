using System.IO.Compression;
using System.Text;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using Matching.Files;
using Matching.Model;
using Xunit;

namespace Matching.Tests.Files;

public class WorkbookTests
{
    /// <summary>Writes the good season as a workbook, changes the XML of one sheet, reads it.</summary>
    private static ReadResult<Season> ReadChanged(string sheet, Func<string, string> change)
    {
        using var folder = new TempFolder();
        string path = folder["season.xlsx"];
        SeasonFiles.WriteWorkbook(SeasonText.Good().Read().OrThrow(), path);
        string part;
        using (var document = SpreadsheetDocument.Open(path, isEditable: false))
        {
            Sheet found = document.WorkbookPart!.Workbook.Descendants<Sheet>().Single(s => s.Name == sheet);
            part = document.WorkbookPart.GetPartById(found.Id!).Uri.OriginalString[1..];
        }

        ChangePart(path, part, change);
        return SeasonFiles.Read(path);
    }

    private static void ChangePart(string path, string part, Func<string, string> change)
    {
        using ZipArchive zip = ZipFile.Open(path, ZipArchiveMode.Update);
        ZipArchiveEntry entry = zip.GetEntry(part)!;
        string xml;
        using (var reader = new StreamReader(entry.Open()))
        {
            xml = reader.ReadToEnd();
        }

        entry.Delete();
        using Stream stream = zip.CreateEntry(part).Open();
        stream.Write(Encoding.UTF8.GetBytes(change(xml)));
    }

    private static Func<string, string> Replacing(string old, string text) => xml =>
    {
        Assert.Contains(old, xml, StringComparison.Ordinal);
        return xml.Replace(old, text, StringComparison.Ordinal);
    };

    private static string Row(int row, params string[] cells) => $"<row r=\"{row}\">{string.Concat(cells)}</row></sheetData>";

    private static string Text(string text) => $"<c t=\"inlineStr\"><is><t>{text}</t></is></c>";

    private static Func<string, string> Plus(int row, params string[] cells) => Replacing("</sheetData>", Row(row, cells));

    [Fact]
    public void A_season_comes_back_from_its_workbook()
    {
        using var folder = new TempFolder();
        Season season = SeasonText.Good().Read().OrThrow();
        SeasonFiles.WriteWorkbook(season, folder["season.xlsx"]);

        ReadResult<Season> result = SeasonFiles.Read(folder["season.xlsx"]);

        Assert.Empty(result.Faults);
        Assert.Empty(result.Notes);
        Assert.Equal(SeasonPrint.Of(season), SeasonPrint.Of(result.OrThrow()));
    }

    [Fact]
    public void Our_workbooks_are_valid_for_Excel()
    {
        using var folder = new TempFolder();
        SeasonFiles.WriteWorkbook(SeasonText.Good().Read().OrThrow(), folder["season.xlsx"]);
        SeasonFiles.WriteTemplate(folder["template.xlsx"]);
        foreach (string file in new[] { "season.xlsx", "template.xlsx" })
        {
            using var document = SpreadsheetDocument.Open(folder[file], isEditable: false);
            Assert.Empty(new OpenXmlValidator().Validate(document, TestContext.Current.CancellationToken).Select(e => e.Description));
        }
    }

    [Fact]
    public void Text_that_looks_like_a_formula_stays_text()
    {
        using var folder = new TempFolder();
        const string Evil = "=cmd|' /C calc'!A0";
        Season season = SeasonText.Good().Replacing("workers.csv", "马兰花", Evil).Read().OrThrow();
        SeasonFiles.WriteWorkbook(season, folder["season.xlsx"]);

        using (var document = SpreadsheetDocument.Open(folder["season.xlsx"], isEditable: false))
        {
            Assert.Empty(document.WorkbookPart!.WorksheetParts.SelectMany(p => p.Worksheet.Descendants<CellFormula>()));
            Assert.Contains(document.WorkbookPart.WorksheetParts.SelectMany(p => p.Worksheet.Descendants<Cell>()), c => c.InnerText == Evil && c.DataType! == CellValues.InlineString);
        }

        Assert.Equal(Evil, SeasonFiles.Read(folder["season.xlsx"]).OrThrow().Workers[0].Name);
    }

    [Fact]
    public void Numbers_days_and_times_are_stored_as_Excel_stores_them()
    {
        using var folder = new TempFolder();
        SeasonFiles.WriteWorkbook(SeasonText.Good().Read().OrThrow(), folder["season.xlsx"]);
        using var document = SpreadsheetDocument.Open(folder["season.xlsx"], isEditable: false);
        Sheet orders = document.WorkbookPart!.Workbook.Descendants<Sheet>().Single(s => s.Name == "orders");
        Row row = ((WorksheetPart)document.WorkbookPart.GetPartById(orders.Id!)).Worksheet.Descendants<Row>().ElementAt(1);

        Assert.Equal("0.3125", row.Elements<Cell>().Single(c => c.CellReference == "F2").CellValue!.Text);
        Assert.Equal("8.5", row.Elements<Cell>().Single(c => c.CellReference == "G2").CellValue!.Text);
    }

    [Theory]
    [InlineData("<c t=\"b\"><v>1</v></c>", true)]
    [InlineData("<c t=\"b\"><v>0</v></c>", false)]
    [InlineData("<c t=\"str\"><f>A1</f><v>TRUE</v></c>", true)]
    public void Truth_values_and_results_of_formulas_are_read(string cell, bool expected)
    {
        string[] empty = [.. Enumerable.Repeat("<c/>", 7)];
        ReadResult<Season> result = ReadChanged("workers", Plus(9, [Text("W3"), Text("x"), Text("V"), Text("1990-01-01"), .. empty, cell]));

        Assert.Equal(expected, result.OrThrow().Workers[2].LodgingOk);
    }

    [Theory]
    [InlineData("<c><v>7.0000000000000007E-2</v></c>", "0.07")]
    [InlineData("<c><v>0.34999999999999998</v></c>", "0.35")]
    [InlineData("<c><v>12</v></c>", "12")]
    [InlineData("<c t=\"inlineStr\"><is><t>0.5</t></is></c>", "0.5")]
    public void Numbers_are_those_Excel_shows(string cell, string expected)
    {
        ReadResult<Season> result = ReadChanged("vehicles", Plus(7, Text("X2"), Text("D"), "<c><v>33</v></c>", "<c><v>3E2</v></c>", cell));

        Assert.Equal((300m, decimal.Parse(expected, System.Globalization.CultureInfo.InvariantCulture)), (result.OrThrow().Vehicles[1].CostPerDay, result.OrThrow().Vehicles[1].CostPerKm));
    }

    [Fact]
    public void Ids_typed_as_numbers_have_no_point() =>
        Assert.Equal("12", ReadChanged("vehicles", Plus(7, "<c><v>12</v></c>", Text("D"), "<c><v>33</v></c>", "<c><v>3</v></c>", "<c><v>1</v></c>")).OrThrow().Vehicles[1].Id.Value);

    [Theory]
    [InlineData("<c s=\"3\"><v>46183</v></c>")]
    [InlineData("<c t=\"d\"><v>2026-06-10T00:00:00</v></c>")]
    [InlineData("<c t=\"inlineStr\"><is><r><t>2026-</t></r><rPh sb=\"0\" eb=\"1\"><t>zz</t></rPh><r><t>06-10</t></r></is></c>")]
    public void Days_are_understood_as_Excel_stores_them(string cell) =>
        Assert.Equal(new DateOnly(2026, 6, 10), ReadChanged("absences", Plus(9, Text("worker"), Text("W1"), cell)).OrThrow().Absences[4].Window.From);

    [Fact]
    public void Faults_name_the_row_of_the_sheet()
    {
        ReadResult<Season> result = ReadChanged("refusals", Plus(40, Text("W9"), Text("S")));

        Fault fault = Assert.Single(result.Faults);
        Assert.Equal(("refusals.csv", 40, "worker_id", "W9", FaultCode.UnknownId), (fault.File, fault.Line, fault.Column, fault.Value, fault.Code));
    }

    [Theory]
    [InlineData("<c t=\"e\"><v>#N/A</v></c>", FaultCode.ExcelError)]
    [InlineData("<c t=\"inlineStr\"><is><t>a_x0007_b</t></is></c>", FaultCode.ControlCharacter)]
    [InlineData("<c><v>3</v></c>", FaultCode.UnknownId)]
    public void A_bad_cell_is_told(string cell, string code) => Assert.Equal(code, Assert.Single(ReadChanged("refusals", Plus(3, cell, Text("S"))).Faults).Code);

    [Fact]
    public void A_cell_beyond_the_header_is_a_fault_unless_empty()
    {
        Assert.Empty(ReadChanged("refusals", Plus(3, Text("W1"), Text("S"), "<c/>", Text(""))).Faults);
        Assert.Equal(FaultCode.CellCount, Assert.Single(ReadChanged("refusals", Plus(3, Text("W1"), Text("S"), Text("x"))).Faults).Code);
    }

    [Fact]
    public void Rows_of_empty_cells_are_skipped() => Assert.Empty(ReadChanged("refusals", Plus(3, "<c/>", Text(""))).Faults);

    [Theory]
    [InlineData("road.detour", "<c><v>-1</v></c>", FaultCode.OutOfRange)]
    [InlineData("start", "<c t=\"inlineStr\"><is><t>soon</t></is></c>", FaultCode.NotADate)]
    [InlineData("end", "<c/>", FaultCode.MissingKey)]
    [InlineData("end", "<c t=\"e\"><v>#REF!</v></c>", FaultCode.ExcelError)]
    public void Settings_are_checked_in_the_sheet_as_in_the_file(string key, string cell, string code)
    {
        ReadResult<Season> result = ReadChanged("season", xml => System.Text.RegularExpressions.Regex.Replace(
            xml, $"(>{key.Replace(".", "\\.", StringComparison.Ordinal)}</t></is></c>)<c.*?</c>", "$1" + cell));

        Fault fault = Assert.Single(result.Faults);
        Assert.Equal(("season.json", code), (fault.File, fault.Code));
    }

    [Fact]
    public void A_key_that_stands_twice_in_the_sheet_is_a_fault() =>
        Assert.Equal(FaultCode.KeyTwice, Assert.Single(ReadChanged("season", Plus(30, Text("name"), Text("x"))).Faults).Code);

    [Fact]
    public void A_missing_sheet_is_a_fault_and_an_unknown_one_a_note()
    {
        using var folder = new TempFolder();
        SeasonFiles.WriteWorkbook(SeasonText.Good().Read().OrThrow(), folder["season.xlsx"]);
        ChangePart(folder["season.xlsx"], "xl/workbook.xml", Replacing("\"demand\"", "\"Demand\""));

        ReadResult<Season> result = SeasonFiles.Read(folder["season.xlsx"]);

        Assert.Equal(("demand.csv", FaultCode.MissingFile), (Assert.Single(result.Faults).File, result.Faults[0].Code));
        Assert.Contains("Demand", Assert.Single(result.Notes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<!DOCTYPE x [<!ENTITY e \"W1\">]>")]
    [InlineData("<broken")]
    public void Damaged_or_hostile_sheets_are_faults(string prologue)
    {
        ReadResult<Season> result = ReadChanged("refusals", xml => prologue + xml[xml.IndexOf("<worksheet", StringComparison.Ordinal)..]);

        Assert.Equal(("refusals.csv", FaultCode.DamagedContainer), (Assert.Single(result.Faults).File, result.Faults[0].Code));
    }

    [Fact]
    public void A_hostile_workbook_part_is_a_fault()
    {
        using var folder = new TempFolder();
        SeasonFiles.WriteWorkbook(SeasonText.Good().Read().OrThrow(), folder["season.xlsx"]);
        ChangePart(folder["season.xlsx"], "xl/workbook.xml", xml => "<!DOCTYPE x>" + xml[xml.IndexOf("<x:workbook", StringComparison.Ordinal)..]);

        Assert.Equal(FaultCode.DamagedContainer, Assert.Single(SeasonFiles.Read(folder["season.xlsx"]).Faults).Code);
    }

    [Fact]
    public void A_cell_too_long_for_Excel_is_told()
    {
        Fault fault = Assert.Single(ReadChanged("absences", Plus(9, Text("worker"), Text("W1"), "<c/>", "<c/>", Text(new string('x', 1_000_000)))).Faults);

        Assert.Equal(FaultCode.CellTooLong, fault.Code);
        Assert.InRange(fault.Value!.Length, 1, 200);
    }

    [Theory]
    [InlineData("a<![CDATA[<b>]]>c &amp; d", "a<b>c & d")]
    [InlineData(" ", " ")]
    [InlineData("x_x000D_y_x005F_x000D_", "x\ry_x000D_")]
    public void Text_is_read_whatever_its_form(string xml, string expected) => Assert.Equal(
        expected, ReadChanged("absences", Plus(9, Text("worker"), Text("W1"), "<c/>", "<c/>", Text(xml))).OrThrow().Absences[4].Reason);
}
