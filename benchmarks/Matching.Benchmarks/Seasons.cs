using Matching.Generating;
using Matching.Model;

namespace Matching.Benchmarks;

/// <summary>The seasons all benchmarks share: the same size gives the same season on every machine.</summary>
internal static class Seasons
{
    public static Season Of(int workers) =>
        SeasonGenerator.Generate(new GeneratorOptions { Workers = workers, Profile = SeasonProfile.Mixed, Seed = 1 });
}
