using System.Diagnostics;
using System.Globalization;

namespace Matching.Api.Tests;

/// <summary>Signals reach a process, so these tests start one.</summary>
public class SignalTests
{
    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task A_signal_ends_the_search_and_keeps_the_plan(string signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals to send.");
        using TempFolder folder = new();
        string season = await folder.SeasonAsync();
        using Process planning = Start("plan", season, "--out", folder["plan"], "--seconds", "3600");
        await FirstProgressAsync(planning);

        Send(signal, planning);
        await planning.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(ExitCode.Cancelled, planning.ExitCode);
        Assert.Equal(ExitCode.Done, (await CliRun.OfAsync("check", season, folder["plan"])).Code);
    }

    [Fact]
    public async Task A_background_job_of_a_script_hears_SIGINT_too()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals to send.");
        using TempFolder folder = new();
        string season = await folder.SeasonAsync();
        await File.WriteAllTextAsync(folder["job.sh"], $"""
            dotnet '{Program}' plan '{season}' --out '{folder["plan"]}' --seconds 3600 --lang en 2>'{folder["log"]}' >/dev/null &
            until grep -q 'net value' '{folder["log"]}' 2>/dev/null; do sleep 0.1; done
            kill -INT $!
            wait $!
            """, TestContext.Current.CancellationToken);

        using Process script = Process.Start("sh", [folder["job.sh"]]);
        await script.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(ExitCode.Cancelled, script.ExitCode);
    }

    private static string Program => Path.Combine(AppContext.BaseDirectory, "Matching.Api.dll");

    private static Process Start(params string[] args) => Process.Start(new ProcessStartInfo("dotnet", [Program, .. args, "--lang", "en"])
    {
        RedirectStandardError = true,
        RedirectStandardOutput = true,
    })!;

    private static async Task FirstProgressAsync(Process planning)
    {
        while (await planning.StandardError.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.Contains("net value", StringComparison.Ordinal))
            {
                return;
            }
        }

        Assert.Fail("The plan ended before it told of any progress.");
    }

    private static void Send(string signal, Process to)
    {
        using Process kill = Process.Start("kill", [$"-{signal}", to.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }
}
