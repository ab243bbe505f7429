using CsvHelper;
using FsCheck.Xunit;
using Matching.Files;
using Matching.Files.Reading;
using Matching.Model;
using Xunit;

namespace Matching.Tests.Files;

[Properties(Arbitrary = [typeof(GeneratedSeason)], MaxTest = 25)]
public class RoundTripTests
{
    [Property]
    public void A_season_comes_back_from_its_folder(GeneratedSeason generated)
    {
        using var folder = new TempFolder();
        SeasonFiles.WriteFolder(generated.Season, folder.Path);
        AssertSame(generated.Season, SeasonFiles.Read(folder.Path));
    }

    [Property]
    public void A_season_comes_back_from_its_zip(GeneratedSeason generated)
    {
        using var folder = new TempFolder();
        SeasonFiles.WriteZip(generated.Season, folder["s.zip"]);
        AssertSame(generated.Season, SeasonFiles.Read(folder["s.zip"]));
    }

    [Property]
    public void A_season_comes_back_from_its_workbook(GeneratedSeason generated)
    {
        using var folder = new TempFolder();
        SeasonFiles.WriteWorkbook(generated.Season, folder["s.xlsx"]);
        AssertSame(generated.Season, SeasonFiles.Read(folder["s.xlsx"]));
    }

    [Property]
    public void Writing_what_was_read_gives_the_same_bytes(GeneratedSeason generated)
    {
        using var folder = new TempFolder();
        SeasonFiles.WriteFolder(generated.Season, folder["a"]);
        SeasonFiles.WriteFolder(SeasonFiles.Read(folder["a"]).OrThrow(), folder["b"]);

        foreach (string file in Directory.EnumerateFiles(folder["a"]))
        {
            Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(Path.Combine(folder["b"], Path.GetFileName(file))));
        }
    }

    [Property]
    public void Our_reader_and_CsvHelper_see_the_same_cells(GeneratedSeason generated)
    {
        using var folder = new TempFolder();
        SeasonFiles.WriteFolder(generated.Season, folder.Path);
        foreach (string file in Directory.EnumerateFiles(folder.Path, "*.csv"))
        {
            var ours = new List<string[]>();
            using var table = new CsvTable(File.ReadAllBytes(file));
            while (table.Read())
            {
                ours.Add([.. Enumerable.Range(0, table.Count).Select(i => table[i].ToString())]);
            }

            var theirs = new List<string[]>();
            using CsvReader reader = CsvReader.Create(File.OpenRead(file), CsvReaderOptions.Default with { HasHeader = false, Separator = ',' });
            while (reader.Read())
            {
                theirs.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.GetString(i))]);
            }

            Assert.Equal(theirs, ours);
        }
    }

    [Fact]
    public void Files_are_written_without_a_mark_and_with_line_feeds()
    {
        using var folder = new TempFolder();
        SeasonFiles.WriteFolder(SeasonText.Good().Read().OrThrow(), folder.Path);

        Assert.Equal("order_id,date,required,target\nO,2026-06-10,1,2\nO,2026-06-11,0,2\n", File.ReadAllText(folder["demand.csv"]));
        Assert.Equal((byte)'o', File.ReadAllBytes(folder["demand.csv"])[0]);
        Assert.StartsWith("{\n  \"name\": \"Zhongning goji 2026\",\n  \"start\": \"2026-06-10\"", File.ReadAllText(folder["season.json"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Half_a_surrogate_pair_is_refused()
    {
        using var folder = new TempFolder();
        Season season = SeasonText.Good().Read().OrThrow();
        season = season with { Workers = [season.Workers[0] with { Name = "ok 😀 half " + '\uD83D' }] };

        Assert.Throws<ArgumentException>(() => SeasonFiles.WriteFolder(season, folder["out"]));
    }

    [Theory]
    [InlineData("bell\u0007")]
    [InlineData("")]
    public void A_text_that_would_not_come_back_is_refused(string name)
    {
        using var folder = new TempFolder();
        Season season = SeasonText.Good().Read().OrThrow();
        season = season with { Workers = [season.Workers[0] with { Name = name }] };

        Assert.Throws<ArgumentException>(() => SeasonFiles.WriteFolder(season, folder["out"]));
    }

    [Theory]
    [InlineData("a;b")]
    [InlineData(" a")]
    [InlineData("")]
    public void A_list_item_that_would_not_come_back_is_refused(string item)
    {
        using var folder = new TempFolder();
        Season season = SeasonText.Good().Read().OrThrow();
        season = season with { Workers = [season.Workers[0] with { Tags = [item] }] };

        Assert.Throws<ArgumentException>(() => SeasonFiles.WriteZip(season, folder["out.zip"]));
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    private static void AssertSame(Season expected, ReadResult<Season> result)
    {
        Assert.Empty(result.Faults);
        Assert.Equal(SeasonPrint.Of(expected), SeasonPrint.Of(result.OrThrow()));
    }
}
