using BenchmarkDotNet.Attributes;
using Matching.Checking;
using Matching.Model;
using Matching.Plans;
using Matching.SeasonSuite.Greedy;

namespace Matching.Benchmarks;

/// <summary>Checking a whole plan: every rule and the worth.</summary>
[MemoryDiagnoser]
public class CheckerBenchmarks
{
    private Season _season = null!;
    private Plan _plan = null!;

    [Params(200, 2000)]
    public int Workers { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _season = Seasons.Of(Workers);
        _plan = GreedyDispatcher.Plan(_season);
    }

    [Benchmark]
    public CheckResult Check() => PlanChecker.Check(_season, _plan);
}
