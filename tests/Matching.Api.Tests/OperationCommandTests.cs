using System.Text.Json;

namespace Matching.Api.Tests;

/// <summary>diff, try, repair, why and whatif from the command line, on a small season.</summary>
public class OperationCommandTests
{
    private static async Task<(string Season, string Plan)> PlannedAsync(TempFolder folder)
    {
        string season = await folder.SeasonAsync();
        CliRun plan = await CliRun.OfAsync("plan", season, "--out", folder["plan"], "--seconds", "1", "--threads", "1", "--reproducible");
        Assert.Equal(ExitCode.Done, plan.Code);
        return (season, folder["plan"]);
    }

    private static string[][] Rows(string plan, string file) =>
        [.. File.ReadAllLines(Path.Combine(plan, file)).Skip(1).Select(l => l.Split(','))];

    private static string Changes(TempFolder folder, string json, string name = "changes.json")
    {
        File.WriteAllText(folder[name], json);
        return folder[name];
    }

    [Fact]
    public async Task A_plan_does_not_differ_from_itself()
    {
        using TempFolder folder = new();
        (string season, string plan) = await PlannedAsync(folder);

        CliRun run = await CliRun.OfAsync("diff", season, plan, plan, "--json", "--workbook", folder["diff.xlsx"]);

        JsonElement diff = run.Json();
        Assert.Equal(ExitCode.Done, run.Code);
        Assert.Equal(0m, diff.GetProperty("netValue").GetDecimal());
        Assert.Empty(diff.GetProperty("people").EnumerateArray());
        Assert.Empty(diff.GetProperty("crews").GetProperty("added").EnumerateArray());
        Assert.Equal(0, diff.GetProperty("workerDays").GetProperty("moved").GetInt32());
        Assert.Empty(diff.GetProperty("trips").GetProperty("retimed").EnumerateArray());
        Assert.True(File.Exists(folder["diff.xlsx"]));
    }

    [Fact]
    public async Task An_absent_worker_leaves_and_the_repaired_plan_is_legal()
    {
        using TempFolder folder = new();
        (string season, string plan) = await PlannedAsync(folder);
        string[] row = Rows(plan, "assignments.csv")[0];
        string changes = Changes(folder, $$"""[{"file":"absences.csv","add":{"kind":"worker","id":"{{row[2]}}","from":"{{row[0]}}","to":"{{row[0]}}"} }]""");

        CliRun run = await CliRun.OfAsync("repair", season, plan, "--changes", changes, "--out", folder["plan2"], "--seconds", "1", "--json");
        CliRun apply = await CliRun.OfAsync("diff", season, plan, folder["plan2"], "--json");

        Assert.Equal(ExitCode.Done, run.Code);
        Assert.DoesNotContain(Rows(folder["plan2"], "assignments.csv"), r => r[0] == row[0] && r[2] == row[2]);
        Assert.True(File.Exists(folder["plan2", "diff.json"]));
        Assert.Equal(ExitCode.Done, (await CliRun.OfAsync("check", season, folder["plan2"])).Code);
        Assert.Contains(apply.Json().GetProperty("people").EnumerateArray(), p => p.GetProperty("workerId").GetString() == row[2]);
        using JsonDocument diff = JsonDocument.Parse(await File.ReadAllTextAsync(folder["plan2", "diff.json"], TestContext.Current.CancellationToken));
        Assert.True(diff.RootElement.TryGetProperty("netValue", out _));
    }

    [Theory]
    [InlineData("[{\"file\":\"nobody.csv\",\"add\":{}}]")]
    [InlineData("{}")]
    [InlineData("not json")]
    public async Task A_refused_change_set_writes_nothing(string json)
    {
        using TempFolder folder = new();
        (string season, string plan) = await PlannedAsync(folder);

        CliRun run = await CliRun.OfAsync("repair", season, plan, "--changes", Changes(folder, json), "--out", folder["plan2"]);

        Assert.Equal(ExitCode.BadInput, run.Code);
        Assert.False(Directory.Exists(folder["plan2"]));
        Assert.Contains("changes.json", run.Error);
    }

    [Fact]
    public async Task Trying_tells_legal_or_what_breaks()
    {
        using TempFolder folder = new();
        (string season, string plan) = await PlannedAsync(folder);
        string[] row = Rows(plan, "assignments.csv")[0];
        string crew = Rows(plan, "crews.csv")[0][0];
        string[] trip = Rows(plan, "trips.csv")[0];

        CliRun same = await CliRun.OfAsync("try", season, plan, "--worker", row[2], "--date", row[0], "--crew", row[1], "--json");
        CliRun early = await CliRun.OfAsync("try", season, plan, "--worker", row[2], "--date", "2020-01-01", "--crew", crew, "--json");
        CliRun vehicle = await CliRun.OfAsync("try", season, plan, "--vehicle", trip[2], "--trip", trip[0], "--json");

        Assert.Equal((ExitCode.Done, ExitCode.Illegal, ExitCode.Done), (same.Code, early.Code, vehicle.Code));
        Assert.True(same.Json().GetProperty("legal").GetBoolean());
        Assert.Equal(0m, same.Json().GetProperty("netValue").GetDecimal());
        Assert.False(early.Json().GetProperty("legal").GetBoolean());
        Assert.Contains(early.Json().GetProperty("breaks").EnumerateArray(), b => b.GetProperty("rule").GetString() == "W1");
    }

    [Theory]
    [InlineData("--worker", "W00001")]
    [InlineData("--crew", "C0001")]
    [InlineData("--vehicle", "V001", "--order", "O001")]
    public async Task A_question_that_is_none_is_refused(params string[] options)
    {
        CliRun run = await CliRun.OfAsync(["try", "season", "plan", .. options]);

        Assert.Equal(ExitCode.BadInput, run.Code);
        Assert.Contains("--crew C --order O", run.Error);
    }

    [Fact]
    public async Task A_short_order_is_explained_and_a_worker_too()
    {
        using TempFolder folder = new();
        (string season, string plan) = await PlannedAsync(folder);
        string[] shortage = Rows(plan, "shortages.csv")[0];
        string[] row = Rows(plan, "assignments.csv")[0];

        CliRun order = await CliRun.OfAsync("why", season, plan, "--order", shortage[0], "--date", shortage[1], "--json");
        CliRun worker = await CliRun.OfAsync("why", season, plan, "--worker", row[2], "--date", row[0], "--json", "--lang", "zh");
        CliRun nobody = await CliRun.OfAsync("why", season, plan, "--worker", "nobody", "--date", row[0]);

        Assert.Equal((ExitCode.Done, ExitCode.Done, ExitCode.BadInput), (order.Code, worker.Code, nobody.Code));
        JsonElement answer = order.Json();
        Assert.Equal(answer.GetProperty("target").GetInt32() - answer.GetProperty("filled").GetInt32(), answer.GetProperty("missing").GetInt32());
        Assert.NotEmpty(answer.GetProperty("blocking").EnumerateArray());
        Assert.All(answer.GetProperty("remedies").EnumerateArray(), r => Assert.True(r.GetProperty("workerDays").GetInt32() > 0));
        Assert.False(worker.Json().GetProperty("idle").GetBoolean());
        Assert.Equal(row[1], worker.Json().GetProperty("crewId").GetString());
    }

    [Fact]
    public async Task What_no_plan_can_fill_is_counted_line_by_line()
    {
        using TempFolder folder = new();
        (string season, string plan) = await PlannedAsync(folder);
        string order = Rows(season, "orders.csv")[0][0];
        string more = Changes(folder, $$"""[{"file":"demand.csv","row":{"order_id":"{{order}}"},"to":{"required":90000,"target":90000} }]""", "more.json");
        Assert.Equal(ExitCode.Done, (await CliRun.OfAsync("apply", season, "--changes", more, "--out", folder["wanting"])).Code);

        CliRun run = await CliRun.OfAsync("shortages", folder["wanting"], plan, "--json");
        CliRun chinese = await CliRun.OfAsync("shortages", folder["wanting"], plan, "--level", "target", "--lang", "zh");
        CliRun wrong = await CliRun.OfAsync("shortages", folder["wanting"], plan, "--level", "most");

        Assert.Equal((ExitCode.Done, ExitCode.Done, ExitCode.BadInput), (run.Code, chinese.Code, wrong.Code));
        JsonElement answer = run.Json();
        Assert.NotEmpty(answer.GetProperty("certificates").EnumerateArray());
        Assert.True(answer.GetProperty("proven").GetInt32() <= answer.GetProperty("missing").GetInt32());
        Assert.All(answer.GetProperty("certificates").EnumerateArray(), c =>
        {
            int Sum(string list, string number) => c.GetProperty(list).EnumerateArray().Sum(l => l.GetProperty(number).GetInt32());
            Assert.Equal(Sum("orderDays", "wanted"), c.GetProperty("wanted").GetInt32());
            Assert.Equal(Sum("supplies", "workerDays") - c.GetProperty("keptHome").GetInt32(), c.GetProperty("atMost").GetInt32());
            Assert.Equal(c.GetProperty("wanted").GetInt32() - c.GetProperty("atMost").GetInt32(), c.GetProperty("shortfall").GetInt32());
            Assert.True(c.GetProperty("shortfall").GetInt32() <= c.GetProperty("missing").GetInt32());
        });
        Assert.Contains("任何方案至少缺", chinese.Out);
    }

    [Fact]
    public async Task Scenarios_stand_side_by_side()
    {
        using TempFolder folder = new();
        (string season, string plan) = await PlannedAsync(folder);
        string bus = Changes(folder, """[{"file":"season.json","to":{"transport":{"maxRideMinutes":120}}}]""", "ride.json");
        string less = Changes(folder, """[{"file":"season.json","to":{"work":{"maxConsecutiveDays":3}}}]""", "rest.json");

        CliRun run = await CliRun.OfAsync(
            "whatif", season, plan, "--scenario", "ride=" + bus, "--scenario", "rest=" + less, "--out", folder["out"], "--seconds", "1", "--json");

        Assert.Equal(ExitCode.Done, run.Code);
        Assert.Equal(["ride", "rest"], run.Json().GetProperty("scenarios").EnumerateArray().Select(s => s.GetProperty("name").GetString()));
        Assert.True(File.Exists(folder["out", "ride", "plan.json"]));
        Assert.True(File.Exists(folder["out", "rest", "crews.csv"]));
        JsonElement document = run.Json();
        Assert.True(document.GetProperty("again").GetProperty("netValue").GetDecimal() >= document.GetProperty("base").GetProperty("netValue").GetDecimal());
    }

    [Fact]
    public async Task A_scenario_needs_a_name_and_a_file()
    {
        CliRun run = await CliRun.OfAsync("whatif", "season", "plan", "--scenario", "nameless", "--out", "out");

        Assert.Equal(ExitCode.BadInput, run.Code);
        Assert.Contains("nameless", run.Error);
    }
}
