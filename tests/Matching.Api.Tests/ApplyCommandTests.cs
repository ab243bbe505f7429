namespace Matching.Api.Tests;

public class ApplyCommandTests
{
    [Fact]
    public async Task A_changed_season_is_written()
    {
        using TempFolder folder = new();
        string season = await folder.SeasonAsync();
        await File.WriteAllTextAsync(folder["changes.json"], """[{"file":"season.json","to":{"transport":{"maxRideMinutes":98}}}]""", TestContext.Current.CancellationToken);

        CliRun run = await CliRun.OfAsync("apply", season, "--changes", folder["changes.json"], "--out", folder["changed"], "--json");

        Assert.Equal(ExitCode.Done, run.Code);
        Assert.Equal(98, Matching.Files.SeasonFiles.Read(folder["changed"]).OrThrow().Transport.MaxRideMinutes);
        Assert.Equal(0, run.Json().GetProperty("faults").GetArrayLength());
    }

    [Fact]
    public async Task A_refused_change_names_its_index_and_writes_nothing()
    {
        using TempFolder folder = new();
        string season = await folder.SeasonAsync();
        await File.WriteAllTextAsync(
            folder["changes.json"], """[{"file":"season.json","to":{}},{"file":"vehicles.csv","remove":{"vehicle_id":"none"}}]""", TestContext.Current.CancellationToken);

        CliRun run = await CliRun.OfAsync("apply", season, "--changes", folder["changes.json"], "--out", folder["changed"], "--json");

        Assert.Equal(ExitCode.BadInput, run.Code);
        Assert.Equal(1, run.Json().GetProperty("index").GetInt32());
        Assert.Contains("change 1", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["changed"]));
    }

    [Fact]
    public async Task A_missing_change_set_is_told()
    {
        using TempFolder folder = new();

        CliRun run = await CliRun.OfAsync("apply", await folder.SeasonAsync(), "--changes", folder["none.json"], "--out", folder["changed"]);

        Assert.Equal(ExitCode.BadInput, run.Code);
        Assert.Contains("none.json", run.Error, StringComparison.Ordinal);
    }
}
