using Matching.Generating;
using Matching.Planning;
using Matching.Planning.Compiled;
using Matching.Planning.State;

namespace Matching.Tests.Planning;

/// <summary>What a search works with, on a drawn season of 150 workers.</summary>
internal static class DrawnBench
{
    public static SearchTools Of(int seed, SeasonProfile profile) =>
        new(new CompiledSeason(SeasonGenerator.Generate(new GeneratorOptions { Workers = 150, Profile = profile, Seed = seed })), new WorkMeter());
}
