using System.Text;
using Matching.Files;
using Matching.Model;
using Xunit;

namespace Matching.Tests.Files;

public class CsvFaultTests
{
    [Fact]
    public void A_missing_column_is_one_fault() =>
        SeasonText.Good().With("refusals.csv", "worker_id\nW2\n").HasOneFault("refusals.csv", 1, "site_id", FaultCode.MissingColumn);

    [Fact]
    public void A_missing_key_column_causes_no_fault_in_files_that_name_the_ids() =>
        SeasonText.Good().Replacing("workers.csv", "worker_id", "id").HasOneFault("workers.csv", 1, "worker_id", FaultCode.MissingColumn);

    [Fact]
    public void A_column_named_twice_is_a_fault() =>
        SeasonText.Good().With("refusals.csv", "worker_id,site_id,site_id\nW2,S,S\n").HasOneFault("refusals.csv", 1, "site_id", FaultCode.ColumnTwice);

    [Theory]
    [InlineData("W2")]
    [InlineData("W2,S,")]
    public void A_row_with_too_few_or_too_many_cells_is_one_fault(string row) =>
        SeasonText.Good().Plus("refusals.csv", row).HasOneFault("refusals.csv", 3, null, FaultCode.CellCount);

    [Fact]
    public void Lines_are_those_on_which_rows_start()
    {
        SeasonText text = SeasonText.Good().With("absences.csv", "kind,id,from,to,reason\n\nworker,W2,,,\"one\ntwo\r\nthree\"\n\nworker,W9,,,\n");

        text.HasOneFault("absences.csv", 7, "id", FaultCode.UnknownId);
    }

    [Theory]
    [InlineData("W\"2,S", "worker_id", FaultCode.StrayQuote)]
    [InlineData("\"W2\"x,S", "worker_id", FaultCode.StrayQuote)]
    [InlineData("W2,\"S", "site_id", FaultCode.UnterminatedQuote)]
    [InlineData("W2,S\u0007", "site_id", FaultCode.ControlCharacter)]
    [InlineData("W2,S\u0085", "site_id", FaultCode.ControlCharacter)]
    [InlineData("W2\u0000,S", "worker_id", FaultCode.ControlCharacter)]
    [InlineData("W2,S\rx", "site_id", FaultCode.ControlCharacter)]
    [InlineData("W2,\"S\u001b\"", "site_id", FaultCode.ControlCharacter)]
    public void A_broken_cell_is_named_with_its_column(string row, string column, string code) =>
        SeasonText.Good().Plus("refusals.csv", row).HasOneFault("refusals.csv", 3, column, code);

    [Fact]
    public void Tabs_and_quoted_line_breaks_are_text()
    {
        Season season = SeasonText.Good().With("absences.csv", "kind,id,from,to,reason\nworker,W2,,,\"a\tb\nc\r\nd\"\"e\"\n").Read().OrThrow();

        Assert.Equal("a\tb\nc\r\nd\"e", season.Absences[0].Reason);
    }

    [Fact]
    public void Several_broken_rows_are_all_told_and_good_ones_between_are_read()
    {
        ReadResult<Season> result = SeasonText.Good().With("refusals.csv", "worker_id,site_id\nW\"2,S\nW9,S\nW2,S,\nW2,\u0001\nW2,X\n").Read();

        Assert.Equal(
            [(2, FaultCode.StrayQuote), (3, FaultCode.UnknownId), (4, FaultCode.CellCount), (5, FaultCode.ControlCharacter), (6, FaultCode.UnknownId)],
            result.Faults.Select(f => (f.Line ?? 0, f.Code)));
    }

    [Fact]
    public void A_cell_may_have_32767_characters_and_no_more()
    {
        Assert.Empty(SeasonText.Good().With("absences.csv", $"kind,id,from,to,reason\nworker,W2,,,{new string('x', 32_767)}\n").Read().Faults);
        SeasonText.Good().With("absences.csv", $"kind,id,from,to,reason\nworker,W2,,,{new string('x', 32_768)}\n").HasOneFault("absences.csv", 2, "reason", FaultCode.CellTooLong);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"")]
    public void A_cell_of_ten_million_characters_is_shown_shortened(string quote)
    {
        Fault fault = SeasonText.Good().With("absences.csv", $"kind,id,from,to,reason\nworker,W2,,,{quote}{new string('x', 10_000_000)}{quote}\n").OnlyFault();

        Assert.Equal(FaultCode.CellTooLong, fault.Code);
        Assert.InRange(fault.Value!.Length, 1, 200);
    }

    [Fact]
    public void A_file_in_gbk_is_no_utf8()
    {
        // 弘德村 in GBK.
        byte[] name = [0xBA, 0xEB, 0xB5, 0xC2, 0xB4, 0xE5];
        byte[] bytes = [.. "place_id,name,kind,lat,lon,parent_id\nC,x,county,,,\nT,x,township,,,C\nV,"u8, .. name, .. ",village,37,106,T\nS,x,site,37,105,C\nD,x,depot,37,105,\n"u8];

        SeasonText.Good().With("places.csv", bytes).HasOneFault("places.csv", 4, "name", FaultCode.NotUtf8);
    }

    [Fact]
    public void A_key_that_is_no_utf8_causes_no_fault_elsewhere()
    {
        byte[] bytes = [.. "broker_id,name,area_id,crew_min,crew_max,daily_fee\n"u8, 0xCD, 0xF5, .. ",x,T,1,30,200\n"u8];

        SeasonText.Good().With("brokers.csv", bytes).HasOneFault("brokers.csv", 2, "broker_id", FaultCode.NotUtf8);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_file_in_utf16_is_one_fault(bool withMark)
    {
        byte[] text = Encoding.Unicode.GetBytes(SeasonText.Good().Text("workers.csv"));

        SeasonText.Good().With("workers.csv", withMark ? [0xFF, 0xFE, .. text] : text).HasOneFault("workers.csv", null, null, FaultCode.NotUtf8);
    }

    [Fact]
    public void A_replacement_character_in_good_utf8_is_text() =>
        Assert.Empty(SeasonText.Good().Plus("workers.csv", "W3,a\uFFFDb,V,1990-01-01,,,,,,,,,,").Read().Faults);

    [Fact]
    public void More_than_a_thousand_faults_of_a_file_end_with_a_count()
    {
        string rows = string.Concat(Enumerable.Range(0, 1_234).Select(i => $"N{i},S\n"));

        ReadResult<Season> result = SeasonText.Good().With("refusals.csv", "worker_id,site_id\n" + rows).Plus("pins.csv", "2026-06-10,B,O,W7").Read();

        Assert.Equal(1_001, result.Faults.Count(f => f.File == "refusals.csv"));
        Fault last = result.Faults.Last(f => f.File == "refusals.csv");
        Assert.Equal((FaultCode.MoreFaults, "234", null), (last.Code, last.Value, last.Line));
        Assert.Equal(1, result.Faults.Count(f => f.File == "pins.csv"));
        Assert.Null(result.Value);
    }

    [Fact]
    public void A_truncated_file_is_one_fault_and_its_ids_stay_known()
    {
        string whole = SeasonText.Good().Text("workers.csv");
        string cut = whole.Replace("W1,马兰花", "W1,\"马兰花", StringComparison.Ordinal);

        SeasonText.Good().With("workers.csv", cut).HasOneFault("workers.csv", 2, "name", FaultCode.UnterminatedQuote);
    }
}
