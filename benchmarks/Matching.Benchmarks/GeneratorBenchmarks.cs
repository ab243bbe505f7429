using BenchmarkDotNet.Attributes;
using Matching.Model;

namespace Matching.Benchmarks;

/// <summary>Drawing a season.</summary>
[MemoryDiagnoser]
public class GeneratorBenchmarks
{
    [Params(200, 2000)]
    public int Workers { get; set; }

    [Benchmark]
    public Season Draw() => Seasons.Of(Workers);
}
