using BenchmarkDotNet.Attributes;
using Matching.Files;
using Matching.Model;

namespace Matching.Benchmarks;

/// <summary>Reading a season folder.</summary>
[MemoryDiagnoser]
public class FilesBenchmarks
{
    private string _folder = "";
    private Season _season = null!;

    [Params(200, 2000)]
    public int Workers { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _folder = Directory.CreateTempSubdirectory("matching-benchmark").FullName;
        _season = Seasons.Of(Workers);
        SeasonFiles.WriteFolder(_season, Path.Combine(_folder, "season"));
        _ = Read().OrThrow();
    }

    [GlobalCleanup]
    public void Cleanup() => Directory.Delete(_folder, recursive: true);

    [Benchmark]
    public ReadResult<Season> Read() => SeasonFiles.Read(Path.Combine(_folder, "season"));
}
