using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Matching.Api.Tests;

/// <summary>What a stranger does: takes the package into a new program, pastes the lines of the README, and runs them.</summary>
public partial class PackagingTests
{
    [Fact]
    public async Task The_lines_of_the_README_plan_a_season_with_the_package()
    {
        string root = FindRoot();
        using TempFolder folder = new();
        string version = string.Create(CultureInfo.InvariantCulture, $"0.0.0-test.{DateTimeOffset.UtcNow:yyyyMMddHHmmssfff}.{Environment.ProcessId}");

        // The library was built with these tests; packing it again would write into folders that other tests read from.
        await DotnetAsync(
            root, "pack", Path.Combine(root, "src", "Matching"), "--no-build", "--configuration", Configuration,
            "--output", folder["packages"], $"-p:PackageVersion={version}");
        Directory.CreateDirectory(folder["app"]);
        await WriteAsync(folder["app", "nuget.config"], $"""
            <configuration><packageSources><add key="local" value="{folder["packages"]}" /></packageSources></configuration>
            """);
        await WriteAsync(folder["app", "Directory.Build.props"], "<Project />");
        await WriteAsync(folder["app", "Directory.Packages.props"], "<Project />");
        await WriteAsync(folder["app", "app.csproj"], $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
              </PropertyGroup>
              <ItemGroup><PackageReference Include="Matching" Version="{version}" /></ItemGroup>
            </Project>
            """);
        await WriteAsync(folder["app", "Program.cs"], ReadmeProgram(root));
        Directory.Move(await folder.SeasonAsync(), Directory.CreateDirectory(folder["app", "data"]).FullName + "/zhongning-small");

        string printed;
        try
        {
            await DotnetAsync(folder["app"], "build", "--configuration", "Release");
            printed = await DotnetAsync(folder["app"], "run", "--configuration", "Release", "--no-build");
        }
        finally
        {
            RemoveFromCache(version);
        }

        Assert.Matches(@"^-?[\d,.]+ CNY, .*legal", printed);
        Assert.Equal(ExitCode.Done, (await CliRun.OfAsync("check", folder["app", "data", "zhongning-small"], folder["app", "out", "plan"])).Code);
    }

    [Fact]
    public void The_README_embeds_in_ten_lines()
    {
        Assert.InRange(ReadmeProgram(FindRoot()).Split('\n').Count(l => l.Trim().Length > 0), 5, 10);
    }

    private static string Configuration => AppContext.BaseDirectory.Contains($"{Path.DirectorySeparatorChar}Release{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
        ? "Release" : "Debug";

    private static string ReadmeProgram(string root) =>
        CSharpBlock().Match(File.ReadAllText(Path.Combine(root, "README.md"))).Groups["code"].Value;

    private static string FindRoot()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "Matching.slnx")))
            {
                return at.FullName;
            }
        }

        throw new InvalidOperationException("The tests do not run inside the source tree.");
    }

    private static Task WriteAsync(string path, string text) => File.WriteAllTextAsync(path, text, TestContext.Current.CancellationToken);

    private static async Task<string> DotnetAsync(string folder, params string[] args)
    {
        ProcessStartInfo start = new("dotnet", args)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // What the build around these tests sets is not there for a stranger.
        foreach (string name in start.Environment.Keys.Where(k => k.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || k is "CI").ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"dotnet {string.Join(' ', args)} ended with {process.ExitCode}:\n{await output}\n{await error}");
        return await output;
    }

    // Every run has a version of its own, so that no earlier one is taken; it leaves nothing in the machine's cache.
    private static void RemoveFromCache(string version)
    {
        string cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        string package = Path.Combine(cache, "matching", version);
        if (Directory.Exists(package))
        {
            Directory.Delete(package, recursive: true);
        }
    }

    [GeneratedRegex(@"```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex CSharpBlock();
}
