namespace Matching.Api.Tests;

public class HelpTests
{
    public static TheoryData<string> Commands => ["plan", "check", "validate", "generate", "template", "convert", "diff", "try", "repair", "why", "shortages", "whatif", "import", "prices", "stress", "serve"];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task The_program_names_every_command(string command)
    {
        CliRun run = await CliRun.OfAsync("--help");

        Assert.Equal(ExitCode.Done, run.Code);
        Assert.Contains($"  {command} ", run.Out);
        Assert.Empty(run.Error);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Every_command_explains_itself_in_both_languages(string command)
    {
        CliRun english = await CliRun.OfAsync(command, "--help", "--lang", "en");
        CliRun chinese = await CliRun.OfAsync(command, "--help", "--lang=zh");

        Assert.Equal((ExitCode.Done, ExitCode.Done), (english.Code, chinese.Code));
        Assert.StartsWith($"Usage: matching {command}", english.Out.Split('\n')[2]);
        Assert.Contains($"用法: matching {command}", chinese.Out);
        Assert.DoesNotContain(english.Out, c => c > '\u2E80');
        Assert.Contains("--lang zh|en", english.Out);
        Assert.Contains("--lang zh|en", chinese.Out);
    }

    [Theory]
    [InlineData("-h")]
    [InlineData("-?")]
    public async Task Short_forms_ask_for_help_too(string asked)
    {
        Assert.Equal((await CliRun.OfAsync("plan", "--help")).Out, (await CliRun.OfAsync("plan", asked)).Out);
    }

    [Fact]
    public async Task Help_wins_over_faults()
    {
        CliRun run = await CliRun.OfAsync("plan", "--seconds", "never", "--help");

        Assert.Equal(ExitCode.Done, run.Code);
        Assert.Contains("--reproducible", run.Out);
    }

    [Fact]
    public async Task Options_tell_their_defaults()
    {
        CliRun run = await CliRun.OfAsync("plan", "--help");

        Assert.Contains("[default: 120]", run.Out);
        Assert.Contains("[default: all processors]", run.Out);
        Assert.Contains("[required]", run.Out);
    }

    [Fact]
    public async Task The_version_is_one_line()
    {
        CliRun run = await CliRun.OfAsync("--version");

        Assert.Equal(ExitCode.Done, run.Code);
        Assert.Matches(@"^\d+\.\d+\.\d+[-.\w]*\r?\n$", run.Out);
    }

    [Theory]
    [InlineData("LC_ALL", "zh_CN.UTF-8", "用法")]
    [InlineData("LC_MESSAGES", "zh_TW", "用法")]
    [InlineData("LANG", "zh_CN.UTF-8", "用法")]
    [InlineData("LANG", "de_DE.UTF-8", "Usage")]
    [InlineData("LANGUAGES", "zh", "Usage")]
    public async Task The_locale_chooses_the_language(string variable, string value, string word)
    {
        Assert.Contains(word, await HelpInAsync(new() { [variable] = value }));
    }

    [Fact]
    public async Task LC_ALL_goes_before_LANG_and_an_empty_one_does_not_count()
    {
        Assert.Contains("Usage", await HelpInAsync(new() { ["LC_ALL"] = "C.UTF-8", ["LANG"] = "zh_CN" }));
        Assert.Contains("用法", await HelpInAsync(new() { ["LC_ALL"] = "", ["LANG"] = "zh_CN" }));
    }

    private static async Task<string> HelpInAsync(Dictionary<string, string> environment)
    {
        using StringWriter output = new();
        CliHost host = new() { Out = output, Error = TextWriter.Null, Environment = name => environment.GetValueOrDefault(name) };
        await Cli.RunAsync(["--help"], host, CancellationToken.None);
        return output.ToString();
    }
}
