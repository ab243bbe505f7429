namespace Matching.Api.Tests;

public class ArgumentFaultTests
{
    [Theory]
    [InlineData("no command", "No command is given.")]
    [InlineData("unknown command", "Unknown command 'plna'. Maybe 'plan'?", "plna", "s")]
    [InlineData("unknown option", "Unknown option '--secnds'. Maybe '--seconds'?", "plan", "s", "--out", "o", "--secnds", "5")]
    [InlineData("unknown option in a place for a path", "Unknown option '--bogus'.", "plan", "--bogus", "--out", "o")]
    [InlineData("unknown option before the command's", "Unknown option '--bogus'.", "validate", "s", "--bogus")]
    [InlineData("option of another command", "Unknown option '--seconds'.", "check", "s", "p", "--seconds", "5")]
    [InlineData("missing argument", "SEASON is missing.", "validate")]
    [InlineData("second argument missing", "PLAN is missing.", "check", "s")]
    [InlineData("argument too many", "Unexpected argument 'b'.", "plan", "a", "b", "--out", "o")]
    [InlineData("empty argument", "SEASON is empty.", "validate", "")]
    [InlineData("missing option", "Option '--out' is missing.", "plan", "s")]
    [InlineData("missing value at the end", "Option '--out' needs a value.", "plan", "s", "--out")]
    [InlineData("missing value before an option", "Option '--out' needs a value.", "plan", "s", "--out", "--json")]
    [InlineData("option twice", "Option '--seed' is given 2 times; once is enough.", "plan", "s", "--out", "o", "--seed", "1", "--seed", "2")]
    [InlineData("not a number", "Option '--seconds': 'soon' is not a number such as 120 or 0.5.", "plan", "s", "--out", "o", "--seconds", "soon")]
    [InlineData("comma instead of point", "Option '--seconds': '1,5' is not a number", "plan", "s", "--out", "o", "--seconds", "1,5")]
    [InlineData("no seconds", "Option '--seconds': '0' must be more than 0.", "plan", "s", "--out", "o", "--seconds", "0")]
    [InlineData("negative seconds", "Option '--seconds': '-3' must be more than 0.", "plan", "s", "--out", "o", "--seconds", "-3")]
    [InlineData("infinite seconds", "Option '--seconds': 'Infinity' is not a number", "plan", "s", "--out", "o", "--seconds", "Infinity")]
    [InlineData("no threads", "Option '--threads': '0' must be from 1 to 1024.", "plan", "s", "--out", "o", "--threads", "0")]
    [InlineData("half a thread", "Option '--threads': '1.5' is not a whole number.", "plan", "s", "--out", "o", "--threads", "1.5")]
    [InlineData("a seed too great", "must be from -9223372036854775808", "plan", "s", "--out", "o", "--seed", "9223372036854775808")]
    [InlineData("not a language", "Option '--lang': 'fr' is not one of zh, en.", "validate", "s", "--lang", "fr")]
    [InlineData("no workers", "Option '--workers': '0' must be from 1 to 1000000.", "generate", "--out", "o", "--workers", "0")]
    [InlineData("workers missing", "Option '--workers' is missing.", "generate", "--out", "o")]
    [InlineData("days too many", "Option '--days': '3661' must be from 1 to 3660.", "generate", "--out", "o", "--workers", "5", "--days", "3661")]
    [InlineData("not a profile", "is not one of commute, mixed, lodge, tight, slack.", "generate", "--out", "o", "--workers", "5", "--profile", "odd")]
    [InlineData("template that is no workbook", "Option '--out': 't.csv' must end in .xlsx.", "template", "--out", "t.csv")]
    [InlineData("not an address", "Option '--urls': 'nowhere' is not an address", "serve", "--urls", "nowhere")]
    [InlineData("a value for a flag", "'5'", "validate", "s", "--json=5")]
    public async Task A_fault_in_the_arguments_ends_with_code_2(string why, string expected, params string[] args)
    {
        CliRun run = await CliRun.OfAsync(args);

        Assert.True(run.Code == ExitCode.BadInput, why);
        Assert.Contains(expected, run.Error);
        Assert.Empty(run.Out);
    }

    [Fact]
    public async Task All_faults_are_told_at_once()
    {
        CliRun run = await CliRun.OfAsync("plan", "--seconds", "x", "--threads", "0", "--bogus");

        Assert.Contains("--bogus", run.Error);
        Assert.Contains("--seconds", run.Error);
        Assert.Contains("--threads", run.Error);
        Assert.Contains("Option '--out' is missing.", run.Error);
    }

    [Fact]
    public async Task Faults_are_told_in_Chinese_when_asked()
    {
        CliRun run = await CliRun.OfAsync("plan", "s", "--lang", "zh", "--threads", "0");

        Assert.Equal(ExitCode.BadInput, run.Code);
        Assert.Contains("选项“--threads”：“0”必须在 1 到 1024 之间。", run.Error);
        Assert.Contains("缺少选项“--out”。", run.Error);
    }

    [Fact]
    public async Task Behind_two_dashes_everything_is_a_path()
    {
        using TempFolder folder = new();

        CliRun run = await CliRun.OfAsync("validate", "--", "--no-such-season");

        Assert.Equal(ExitCode.BadInput, run.Code);
        Assert.DoesNotContain("Unknown option", run.All);
        Assert.Contains("--no-such-season", run.All);
    }

    [Fact]
    public async Task Whatever_goes_wrong_inside_is_one_line_and_code_70()
    {
        using StringWriter error = new();
        CliHost host = new() { Out = new BrokenWriter(), Error = error };

        int code = await Cli.RunAsync(["--help"], host, CancellationToken.None);

        Assert.Equal(ExitCode.Failed, code);
        Assert.Equal("The program failed and wrote nothing: IOException: No space left." + Environment.NewLine, error.ToString());
    }

    private sealed class BrokenWriter : StringWriter
    {
        public override void WriteLine(string? value) => throw new IOException("No space\nleft.");
    }
}
