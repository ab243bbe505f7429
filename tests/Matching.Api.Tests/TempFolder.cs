namespace Matching.Api.Tests;

/// <summary>A folder of a test's own, removed afterwards.</summary>
internal sealed class TempFolder : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("matching-").FullName;

    /// <summary>A path inside it.</summary>
    public string this[params string[] parts] => Path.Combine([_path, .. parts]);

    /// <summary>The folder itself.</summary>
    public override string ToString() => _path;

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_path, recursive: true);

    /// <summary>The files below a folder with their bytes, by path inside it.</summary>
    public static SortedDictionary<string, byte[]> Content(string folder) => new(
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .ToDictionary(f => Path.GetRelativePath(folder, f), File.ReadAllBytes),
        StringComparer.Ordinal);

    /// <summary>Writes a small season that is planned in a moment.</summary>
    public async Task<string> SeasonAsync(string name = "season")
    {
        CliRun run = await CliRun.OfAsync(
            "generate", "--out", this[name], "--workers", "30", "--villages", "2", "--brokers", "3", "--sites", "2", "--orders", "2",
            "--days", "8", "--vehicles", "2", "--seed", "7");
        Assert.Equal(ExitCode.Done, run.Code);
        return this[name];
    }
}
