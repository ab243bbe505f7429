namespace Matching.Tests.Reporting;

/// <summary>A folder of its own for a test, gone when the test ends.</summary>
internal sealed class TempFolder : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("matching-report-").FullName;

    /// <summary>The folder.</summary>
    public string Root => _path;

    /// <summary>The path of a file in it.</summary>
    public string File(string name) => Path.Combine(_path, name);

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
