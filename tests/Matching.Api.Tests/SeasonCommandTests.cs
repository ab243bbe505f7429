using System.Text.Json;

namespace Matching.Api.Tests;

public class SeasonCommandTests
{
    [Fact]
    public async Task A_generated_season_has_no_faults()
    {
        using TempFolder folder = new();
        string season = await folder.SeasonAsync();

        CliRun run = await CliRun.OfAsync("validate", season);

        Assert.Equal(ExitCode.Done, run.Code);
        Assert.Contains("The season has no faults.", run.Out);
        Assert.Matches(@"workers\s+30", run.Out);
    }

    [Fact]
    public async Task The_same_seed_draws_the_same_files()
    {
        using TempFolder folder = new();

        Assert.Equal(TempFolder.Content(await folder.SeasonAsync("a")), TempFolder.Content(await folder.SeasonAsync("b")));
    }

    [Fact]
    public async Task Validate_prints_one_document_with_json()
    {
        using TempFolder folder = new();
        string season = await folder.SeasonAsync();

        CliRun run = await CliRun.OfAsync("validate", season, "--json");

        Assert.Equal(ExitCode.Done, run.Code);
        Assert.Empty(run.Json().GetProperty("faults").EnumerateArray());
        Assert.Equal(30, run.Json().GetProperty("season").GetProperty("counts").GetProperty("workers").GetInt32());
    }

    [Fact]
    public async Task A_fault_names_file_line_column_value_and_what_was_expected()
    {
        using TempFolder folder = new();
        string season = await folder.SeasonAsync();
        await SpoilAsync(season);

        CliRun run = await CliRun.OfAsync("validate", season);

        Assert.Equal(ExitCode.BadInput, run.Code);
        string fault = Assert.Single(run.Out.Split('\n'), l => l.Contains("unknown-id", StringComparison.Ordinal));
        Assert.StartsWith("demand.csv, line 2, column order_id, value 'NOPE': expected ", fault);
        Assert.Contains("1 fault(s).", run.Out);
    }

    [Fact]
    public async Task Faults_are_found_in_json_and_in_Chinese_too()
    {
        using TempFolder folder = new();
        string season = await folder.SeasonAsync();
        await SpoilAsync(season);

        JsonElement fault = Assert.Single((await CliRun.OfAsync("validate", season, "--json")).Json().GetProperty("faults").EnumerateArray());
        CliRun chinese = await CliRun.OfAsync("validate", season, "--lang", "zh");

        Assert.Equal("demand.csv", fault.GetProperty("file").GetString());
        Assert.Equal(2, fault.GetProperty("line").GetInt32());
        Assert.Equal("order_id", fault.GetProperty("column").GetString());
        Assert.Equal("NOPE", fault.GetProperty("value").GetString());
        Assert.NotEmpty(fault.GetProperty("expected").GetString()!);
        Assert.Contains("demand.csv，第 2 行，列 order_id，值“NOPE”：编号不存在", chinese.Out);
    }

    [Fact]
    public async Task Other_commands_stop_at_a_faulty_season_and_write_nothing()
    {
        using TempFolder folder = new();
        string season = await folder.SeasonAsync();
        await SpoilAsync(season);

        CliRun plan = await CliRun.OfAsync("plan", season, "--out", folder["plan"], "--seconds", "1");
        CliRun check = await CliRun.OfAsync("check", season, folder["plan"]);
        CliRun convert = await CliRun.OfAsync("convert", season, "--out", folder["season.zip"]);
        CliRun json = await CliRun.OfAsync("plan", season, "--out", folder["plan"], "--json");

        Assert.Equal([ExitCode.BadInput, ExitCode.BadInput, ExitCode.BadInput, ExitCode.BadInput], [plan.Code, check.Code, convert.Code, json.Code]);
        Assert.All([plan, check, convert], r => Assert.Contains("'NOPE'", r.Error));
        Assert.All([plan, check, convert], r => Assert.Empty(r.Out));
        Assert.Single(json.Json().GetProperty("faults").EnumerateArray());
        Assert.Equal([season], Directory.EnumerateFileSystemEntries(folder.ToString()));
    }

    [Fact]
    public async Task A_season_that_is_not_there_is_a_fault()
    {
        using TempFolder folder = new();

        CliRun run = await CliRun.OfAsync("validate", folder["nowhere"]);

        Assert.Equal(ExitCode.BadInput, run.Code);
        Assert.Contains("not-found", run.Out);
    }

    [Theory]
    [InlineData("season.zip")]
    [InlineData("season.xlsx")]
    public async Task A_season_comes_back_from_another_container_unchanged(string container)
    {
        using TempFolder folder = new();
        string season = await folder.SeasonAsync();

        CliRun there = await CliRun.OfAsync("convert", season, "--out", folder[container]);
        CliRun back = await CliRun.OfAsync("convert", folder[container], "--out", folder["back"]);

        Assert.Equal((ExitCode.Done, ExitCode.Done), (there.Code, back.Code));
        Assert.Equal(TempFolder.Content(season), TempFolder.Content(folder["back"]));
    }

    [Theory]
    [InlineData("drawn.zip")]
    [InlineData("drawn.xlsx")]
    public async Task Generate_writes_the_container_its_ending_asks_for(string container)
    {
        using TempFolder folder = new();

        CliRun drawn = await CliRun.OfAsync("generate", "--out", folder[container], "--workers", "20", "--days", "5");

        Assert.Equal(ExitCode.Done, drawn.Code);
        Assert.True(File.Exists(folder[container]));
        Assert.Equal(ExitCode.Done, (await CliRun.OfAsync("validate", folder[container])).Code);
    }

    [Fact]
    public async Task The_template_is_a_workbook_that_only_lacks_its_content()
    {
        using TempFolder folder = new();

        CliRun written = await CliRun.OfAsync("template", "--out", folder["template.xlsx"]);
        CliRun read = await CliRun.OfAsync("validate", folder["template.xlsx"]);

        Assert.Equal(ExitCode.Done, written.Code);
        Assert.DoesNotContain("missing-file", read.Out);
        Assert.DoesNotContain("missing-column", read.Out);
    }

    [Fact]
    public async Task Nothing_that_is_already_there_is_overwritten()
    {
        using TempFolder folder = new();
        string season = await folder.SeasonAsync();
        await File.WriteAllTextAsync(folder["mine.xlsx"], "mine", TestContext.Current.CancellationToken);
        SortedDictionary<string, byte[]> before = TempFolder.Content(folder.ToString());

        CliRun[] runs =
        [
            await CliRun.OfAsync("generate", "--out", season, "--workers", "5"),
            await CliRun.OfAsync("template", "--out", folder["mine.xlsx"]),
            await CliRun.OfAsync("convert", season, "--out", folder["mine.xlsx"]),
            await CliRun.OfAsync("convert", season, "--out", Path.Combine(season, "inside")),
            await CliRun.OfAsync("convert", season, "--out", Path.Combine(season, "inside.zip")),
            await CliRun.OfAsync("generate", "--out", Path.Combine(folder["mine.xlsx"], "below"), "--workers", "5"),
        ];

        Assert.All(runs, r => Assert.Equal(ExitCode.BadInput, r.Code));
        Assert.All(runs, r => Assert.Contains("refused", r.Error));
        Assert.Equal(before, TempFolder.Content(folder.ToString()));
    }

    private static async Task SpoilAsync(string season)
    {
        string path = Path.Combine(season, "demand.csv");
        string[] lines = await File.ReadAllLinesAsync(path);
        int column = Array.IndexOf(lines[0].Split(','), "order_id");
        string[] cells = lines[1].Split(',');
        cells[column] = "NOPE";
        lines[1] = string.Join(',', cells);
        await File.WriteAllLinesAsync(path, lines);
    }
}
