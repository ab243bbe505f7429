using System.Text.Json;

namespace Matching.Api.Tests;

public class PlanCommandTests
{
    private static readonly string[] PlanFolder =
    [
        "assignments.csv", "crews.csv", "plan.json", "plan.xlsx", "report.html", "shortages.csv", "trip_stops.csv", "trips.csv",
    ];

    [Fact]
    public async Task A_season_is_planned_and_its_plan_is_legal_and_worth_what_it_says()
    {
        using TempFolder folder = new();
        string season = await folder.SeasonAsync();

        CliRun plan = await CliRun.OfAsync("plan", season, "--out", folder["deep", "plan"], "--seconds", "3", "--threads", "1");
        CliRun check = await CliRun.OfAsync("check", season, folder["deep", "plan"], "--json");

        Assert.Equal(ExitCode.Done, plan.Code);
        Assert.Equal(PlanFolder, TempFolder.Content(folder["deep", "plan"]).Keys);
        Assert.Equal([folder["deep", "plan"]], Directory.EnumerateFileSystemEntries(folder["deep"]));
        Assert.Contains("Worth (CNY)", plan.Out);
        Assert.Contains("days per worker", plan.Out);
        Assert.Contains($"Written: {folder["deep", "plan"]}", plan.Out);
        Assert.Equal(ExitCode.Done, check.Code);
        Assert.Empty(check.Json().GetProperty("notes").EnumerateArray());
        Assert.Matches(@"""netValue"": -?\d+\.\d\d\b", check.Out);
        JsonElement verdict = check.Json();
        using JsonDocument facts = JsonDocument.Parse(await File.ReadAllTextAsync(folder["deep", "plan", "plan.json"], TestContext.Current.CancellationToken));
        Assert.True(verdict.GetProperty("legal").GetBoolean());
        Assert.Empty(verdict.GetProperty("violations").EnumerateArray());
        Assert.Equal(facts.RootElement.GetProperty("netValue").GetDecimal(), verdict.GetProperty("netValue").GetDecimal());
        foreach (JsonProperty part in facts.RootElement.GetProperty("parts").EnumerateObject())
        {
            Assert.Equal(part.Value.GetDecimal(), verdict.GetProperty("parts").GetProperty(part.Name).GetDecimal());
        }
    }

    [Fact]
    public async Task Json_is_the_only_thing_on_standard_output()
    {
        using TempFolder folder = new();
        string season = await folder.SeasonAsync();

        CliRun run = await CliRun.OfAsync("plan", season, "--out", folder["plan"], "--seconds", "1", "--json", "--lang", "zh");

        JsonElement document = run.Json();
        Assert.Equal(ExitCode.Done, run.Code);
        Assert.Equal(
            document.GetProperty("netValue").GetDecimal(),
            document.GetProperty("parts").EnumerateObject().Sum(p => p.Value.GetDecimal()));
        Assert.InRange(document.GetProperty("worstShortages").GetArrayLength(), 0, 10);
    }

    [Fact]
    public async Task Progress_is_told_in_plain_lines_when_nobody_watches()
    {
        using TempFolder folder = new();
        string season = await folder.SeasonAsync();

        CliRun run = await CliRun.OfAsync("plan", season, "--out", folder["plan"], "--seconds", "2");

        Assert.DoesNotContain('\u001b', run.Error);
        Assert.Matches(@"(?m)^\d+\.\d s  \w+.*net value", run.Error);
    }

    [Fact]
    public async Task Reproducible_runs_give_the_same_bytes_and_show_no_clock()
    {
        using TempFolder folder = new();
        string season = await folder.SeasonAsync();

        CliRun first = await CliRun.OfAsync("plan", season, "--out", folder["a"], "--seconds", "1", "--seed", "5", "--threads", "2", "--reproducible");
        CliRun second = await CliRun.OfAsync("plan", season, "--out", folder["b"], "--seconds", "1", "--seed", "5", "--threads", "2", "--reproducible");

        Assert.Equal((ExitCode.Done, ExitCode.Done), (first.Code, second.Code));
        foreach ((string file, byte[] bytes) in TempFolder.Content(folder["a"]))
        {
            byte[] again = await File.ReadAllBytesAsync(folder["b", file], TestContext.Current.CancellationToken);
            Assert.True(bytes.SequenceEqual(again), file);
        }

        string[] args = ["plan", season, "--out", folder["c"], "--seconds", "1", "--seed", "5", "--threads", "2", "--reproducible"];
        Assert.Equal(ExitCode.Done, await ProcessRun.OfAsync(args));
        SortedDictionary<string, byte[]> here = TempFolder.Content(folder["a"]);
        SortedDictionary<string, byte[]> elsewhere = TempFolder.Content(folder["c"]);
        Assert.Equal(here.Keys, elsewhere.Keys);
        Assert.All(here, file => Assert.True(file.Value.SequenceEqual(elsewhere[file.Key]), file.Key));
        Assert.Equal(first.All.Replace(folder["a"], "", StringComparison.Ordinal), second.All.Replace(folder["b"], "", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--reproducible", new string[0])]
    [InlineData("--threads=1", new[] { "read", "compile", "exact", "pins", "construct", "improve", "bound", "write", "files" })]
    public async Task A_plan_that_gains_no_more_ends_long_before_the_limit(string how, string[] stages)
    {
        using TempFolder folder = new();
        string season = await folder.SeasonAsync();

        CliRun run = await CliRun.OfAsync("plan", season, "--out", folder["plan"], "--seconds", "36000", "--until-flat", how, "--json");

        JsonElement document = run.Json();
        Assert.Equal(ExitCode.Done, run.Code);
        Assert.Contains(document.GetProperty("stoppedBy").GetString(), new[] { "flat", "optimal" });
        Assert.Equal("0.001", document.GetProperty("settings").GetProperty("flatGainShare").GetString());
        Assert.Equal(stages, document.GetProperty("stages").EnumerateArray().Select(s => s.GetProperty("stage").GetString()));
    }

    [Fact]
    public async Task Cancelling_keeps_the_best_plan_so_far()
    {
        using TempFolder folder = new();
        string season = await folder.SeasonAsync();
        using CancellationTokenSource stop = new();
        stop.CancelAfter(TimeSpan.FromSeconds(1));

        CliRun run = await CliRun.OfAsync(stop.Token, "plan", season, "--out", folder["plan"], "--seconds", "600");

        Assert.Equal(ExitCode.Cancelled, run.Code);
        Assert.Equal(PlanFolder, TempFolder.Content(folder["plan"]).Keys);
        Assert.Equal(ExitCode.Done, (await CliRun.OfAsync("check", season, folder["plan"])).Code);
    }

    [Fact]
    public async Task Cancelling_before_the_first_plan_still_writes_one()
    {
        using TempFolder folder = new();
        string season = await folder.SeasonAsync();

        CliRun run = await CliRun.OfAsync(new CancellationToken(canceled: true), "plan", season, "--out", folder["plan"], "--seconds", "600");

        Assert.Equal(ExitCode.Cancelled, run.Code);
        Assert.Equal(ExitCode.Done, (await CliRun.OfAsync("check", season, folder["plan"])).Code);
    }

    [Fact]
    public async Task An_earlier_plan_is_replaced_as_a_whole()
    {
        using TempFolder folder = new();
        string season = await folder.SeasonAsync();
        await CliRun.OfAsync("plan", season, "--out", folder["plan"], "--seconds", "1");
        await File.WriteAllTextAsync(folder["plan", "report.html"], "old", TestContext.Current.CancellationToken);

        CliRun run = await CliRun.OfAsync("plan", season, "--out", folder["plan"], "--seconds", "1");

        Assert.Equal(ExitCode.Done, run.Code);
        Assert.NotEqual("old", await File.ReadAllTextAsync(folder["plan", "report.html"], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_output_place_that_holds_anything_else_is_refused_before_any_work()
    {
        using TempFolder folder = new();
        string season = await folder.SeasonAsync();
        Directory.CreateDirectory(folder["busy"]);
        await File.WriteAllTextAsync(folder["busy", "thesis.txt"], "years of work", TestContext.Current.CancellationToken);
        SortedDictionary<string, byte[]> before = TempFolder.Content(folder.ToString());

        foreach (string place in new[] { season, Path.Combine(season, "plan"), folder["busy"], folder["busy", "thesis.txt"] })
        {
            CliRun run = await CliRun.OfAsync("plan", season, "--out", place, "--seconds", "600");

            Assert.Equal(ExitCode.BadInput, run.Code);
            Assert.Contains("refused", run.Error);
            Assert.DoesNotContain("workers", run.All);
        }

        Assert.Equal(before, TempFolder.Content(folder.ToString()));
    }

    [Fact]
    public async Task A_plan_that_breaks_a_rule_ends_with_code_1()
    {
        using TempFolder folder = new();
        string season = await folder.SeasonAsync();
        await CliRun.OfAsync("plan", season, "--out", folder["plan"], "--seconds", "1");
        string demand = (await File.ReadAllLinesAsync(Path.Combine(season, "demand.csv"), TestContext.Current.CancellationToken))[1];
        string order = demand.Split(',')[0];
        string broker = (await File.ReadAllLinesAsync(Path.Combine(season, "brokers.csv"), TestContext.Current.CancellationToken))[1].Split(',')[0];
        string day = demand.Split(',')[1];
        await File.AppendAllTextAsync(
            folder["plan", "crews.csv"], $"made-by-hand,{broker},{order},{day},{day},commute\n", TestContext.Current.CancellationToken);

        CliRun table = await CliRun.OfAsync("check", season, folder["plan"]);
        CliRun json = await CliRun.OfAsync("check", season, folder["plan"], "--json");
        CliRun chinese = await CliRun.OfAsync("check", season, folder["plan"], "--lang", "zh");

        Assert.Equal((ExitCode.Illegal, ExitCode.Illegal, ExitCode.Illegal), (table.Code, json.Code, chinese.Code));
        Assert.Matches($@"C1 +{day} +[^\n]*made-by-hand", table.Out);
        Assert.Contains("The plan is illegal", table.Out);
        Assert.Contains("方案不合规", chinese.Out);
        Assert.False(json.Json().GetProperty("legal").GetBoolean());
        JsonElement breach = json.Json().GetProperty("violations").EnumerateArray().First(v => v.GetProperty("rule").GetString() == "C1");
        Assert.Equal(day, breach.GetProperty("date").GetString());
        Assert.Contains("made-by-hand", breach.GetProperty("ids").EnumerateArray().Select(i => i.GetString()));
        Assert.NotEmpty(breach.GetProperty("message").GetString()!);
    }

    [Fact]
    public async Task A_plan_that_names_an_unknown_id_cannot_be_read()
    {
        using TempFolder folder = new();
        string season = await folder.SeasonAsync();
        await CliRun.OfAsync("plan", season, "--out", folder["plan"], "--seconds", "1");
        await File.AppendAllTextAsync(
            folder["plan", "assignments.csv"], "2026-06-10,no-crew,no-worker\n", TestContext.Current.CancellationToken);

        CliRun run = await CliRun.OfAsync("check", season, folder["plan"]);

        Assert.Equal(ExitCode.BadInput, run.Code);
        Assert.Contains("assignments.csv", run.Error);
        Assert.Contains("no-crew", run.Error);
    }
}
