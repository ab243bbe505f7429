using Matching.Files;
using Matching.Model;
using Matching.Plans;
using Xunit;

namespace Matching.Tests.Files;

public sealed class OutputFolderTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Season _season = SeasonText.Good().Read().OrThrow();

    public OutputFolderTests() => SeasonFiles.WriteFolder(_season, _folder["season"]);

    public void Dispose() => _folder.Dispose();

    private void WritePlan(string path, params string[] alsoHolds) =>
        OutputFolder.Write(path, OutputKind.Plan, aside => PlanFiles.WriteFolder(Plan.Empty, _season, aside), alsoHolds);

    private string? CheckPlan(string name) => OutputFolder.Check(_folder[name], OutputKind.Plan, _folder["season"]);

    private string[] Entries() => [.. Directory.EnumerateFileSystemEntries(_folder.Path).Select(e => Path.GetFileName(e)!).Order(StringComparer.Ordinal)];

    [Fact]
    public void Parents_are_created_and_nothing_is_left_beside()
    {
        Assert.Null(CheckPlan("a/b/plan"));
        WritePlan(_folder["a/b/plan"]);

        Assert.True(File.Exists(_folder["a/b/plan/crews.csv"]));
        Assert.Equal(["plan"], Directory.EnumerateFileSystemEntries(_folder["a/b"]).Select(e => Path.GetFileName(e)!));
    }

    [Fact]
    public void A_check_leaves_nothing_behind()
    {
        Assert.Null(CheckPlan("new/plan"));
        Assert.Equal(["season"], Entries());
    }

    [Fact]
    public void An_empty_folder_is_used()
    {
        Directory.CreateDirectory(_folder["plan"]);

        Assert.Null(CheckPlan("plan"));
        WritePlan(_folder["plan"]);
        Assert.True(File.Exists(_folder["plan/crews.csv"]));
    }

    [Fact]
    public void An_earlier_plan_is_replaced_as_a_whole()
    {
        WritePlan(_folder["plan"]);
        File.WriteAllText(_folder["plan/diff.json"], "{}");

        Assert.Null(CheckPlan("plan/"));
        WritePlan(_folder["plan"] + "/");

        Assert.False(File.Exists(_folder["plan/diff.json"]));
        Assert.Equal(["plan", "season"], Entries());
    }

    [Theory]
    [InlineData("thesis.docx")]
    [InlineData("season.json")]
    public void A_folder_that_holds_anything_else_is_refused(string stranger)
    {
        WritePlan(_folder["plan"]);
        File.WriteAllText(_folder["plan/" + stranger], "mine");

        Assert.Contains(stranger, CheckPlan("plan"), StringComparison.Ordinal);
        Assert.Throws<IOException>(() => WritePlan(_folder["plan"]));
        Assert.Equal("mine", File.ReadAllText(_folder["plan/" + stranger]));
    }

    [Fact]
    public void A_folder_with_a_folder_in_it_is_refused()
    {
        WritePlan(_folder["plan"]);
        Directory.CreateDirectory(_folder["plan/crews"]);

        Assert.NotNull(CheckPlan("plan"));
    }

    [Fact]
    public void A_few_files_of_a_plan_are_no_plan()
    {
        Directory.CreateDirectory(_folder["x"]);
        File.WriteAllText(_folder["x/plan.json"], "{}");

        Assert.Contains("crews.csv", CheckPlan("x"), StringComparison.Ordinal);
    }

    [Fact]
    public void Further_files_may_be_named()
    {
        OutputFolder.Write(_folder["plan"], OutputKind.Plan, aside =>
        {
            PlanFiles.WriteFolder(Plan.Empty, _season, aside);
            File.WriteAllText(Path.Combine(aside, "notes.txt"), "");
        });

        Assert.NotNull(OutputFolder.Check(_folder["plan"], OutputKind.Plan));
        Assert.Null(OutputFolder.Check(_folder["plan"], OutputKind.Plan, null, "notes.txt"));
        WritePlan(_folder["plan"], "notes.txt");
        Assert.False(File.Exists(_folder["plan/notes.txt"]));
    }

    [Theory]
    [InlineData("season")]
    [InlineData("season/plan")]
    [InlineData("season/a/b")]
    [InlineData("other/../season/plan")]
    [InlineData("link")]
    [InlineData("link/plan")]
    public void The_season_folder_is_never_written_into(string name)
    {
        Directory.CreateSymbolicLink(_folder["link"], _folder["season"]);

        Assert.Contains("season folder", CheckPlan(name), StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_whose_name_begins_like_the_season_is_another() => Assert.Null(CheckPlan("season2"));

    [Fact]
    public void A_folder_around_the_season_is_refused() => Assert.NotNull(OutputFolder.Check(_folder.Path, OutputKind.Season, _folder["season"]));

    [Theory]
    [InlineData("season/season.json")]
    [InlineData("file/below")]
    public void A_file_in_the_way_is_refused(string name)
    {
        File.WriteAllText(_folder["file"], "");

        Assert.NotNull(OutputFolder.Check(_folder[name], OutputKind.Plan));
    }

    [Fact]
    public void An_earlier_season_is_replaced_by_a_season_but_not_by_a_plan()
    {
        SeasonFiles.WriteFolder(_season, _folder["season2"]);

        Assert.Null(OutputFolder.Check(_folder["season2"], OutputKind.Season, _folder["season"]));
        Assert.NotNull(CheckPlan("season2"));
        OutputFolder.Write(_folder["season2"], OutputKind.Season, aside => SeasonFiles.WriteFolder(_season with { Pins = [] }, aside));
        Assert.False(File.Exists(_folder["season2/pins.csv"]));
    }

    [Fact]
    public void A_failure_leaves_the_earlier_plan_and_nothing_else()
    {
        WritePlan(_folder["plan"]);
        byte[] before = File.ReadAllBytes(_folder["plan/crews.csv"]);

        Assert.Throws<InvalidOperationException>(() => OutputFolder.Write(_folder["plan"], OutputKind.Plan, aside =>
        {
            File.WriteAllText(Path.Combine(aside, "crews.csv"), "half");
            throw new InvalidOperationException("power cut");
        }));

        Assert.Equal(before, File.ReadAllBytes(_folder["plan/crews.csv"]));
        Assert.Equal(["plan", "season"], Entries());
    }

    [Fact]
    public void A_failure_leaves_no_new_folder()
    {
        Assert.Throws<InvalidOperationException>(() => OutputFolder.Write(_folder["new"], OutputKind.Plan, _ => throw new InvalidOperationException()));

        Assert.Equal(["season"], Entries());
    }

    [Theory]
    [InlineData("season/out.xlsx")]
    [InlineData("season")]
    [InlineData("season/season.json/out.zip")]
    public void A_single_file_may_not_lie_in_the_season_or_below_a_file(string name) => Assert.NotNull(OutputFile.Check(_folder[name], _folder["season"]));

    [Fact]
    public void A_single_file_may_be_new_or_replace_another()
    {
        File.WriteAllText(_folder["x.zip"], "old");

        Assert.Null(OutputFile.Check(_folder["x.zip"], _folder["season"]));
        Assert.Null(OutputFile.Check(_folder["deep/x.zip"], _folder["season"]));
        Assert.NotNull(OutputFile.Check(_folder["x.zip"], _folder["x.zip"]));
    }

    [Fact]
    public void A_single_file_appears_only_whole()
    {
        File.WriteAllText(_folder["x.zip"], "old");

        Assert.Throws<InvalidOperationException>(() => OutputFile.Write(_folder["x.zip"], stream =>
        {
            stream.WriteByte(1);
            throw new InvalidOperationException();
        }));
        Assert.Equal("old", File.ReadAllText(_folder["x.zip"]));

        OutputFile.Write(_folder["deep/er/x.zip"], stream => stream.WriteByte(65));
        Assert.Equal("A", File.ReadAllText(_folder["deep/er/x.zip"]));
        Assert.Equal(["deep", "season", "x.zip"], Entries());
    }
}
