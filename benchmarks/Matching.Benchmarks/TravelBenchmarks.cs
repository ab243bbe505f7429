using BenchmarkDotNet.Attributes;
using Matching.Model;

namespace Matching.Benchmarks;

/// <summary>Minutes between all villages and sites of a season: given rows against great circles.</summary>
[MemoryDiagnoser]
public class TravelBenchmarks
{
    private Season _given = null!;
    private Season _computed = null!;

    [GlobalSetup]
    public void Setup()
    {
        _given = Seasons.Of(2000);
        _computed = _given with { Travel = [] };
        // Tables are built on first use; that is not what is measured.
        _ = (_given.TravelTable, _computed.TravelTable);
    }

    [Benchmark(Baseline = true)]
    public long Given() => Total(_given);

    [Benchmark]
    public long GreatCircle() => Total(_computed);

    private static long Total(Season season)
    {
        long minutes = 0;
        foreach (Site site in season.Sites)
        {
            foreach (Place place in season.Places)
            {
                minutes += place.Latitude is null ? 0 : season.TravelTable.Minutes(place.Id, site.Id);
            }
        }

        return minutes;
    }
}
