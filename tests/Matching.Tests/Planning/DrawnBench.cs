using Matching.Checking;
using Matching.Generating;
using Matching.Planning;
using Matching.Planning.Compiled;
using Matching.Planning.Crews;
using Matching.Planning.State;
using Xunit;

namespace Matching.Tests.Planning;

/// <summary>What a search works with, on a drawn season of 150 workers.</summary>
internal static class DrawnBench
{
    public static SearchTools Of(int seed, SeasonProfile profile, int? days = null) =>
        new(new CompiledSeason(SeasonGenerator.Generate(new GeneratorOptions { Workers = 150, Days = days, Profile = profile, Seed = seed })), new WorkMeter());

    /// <summary>The same with a first plan.</summary>
    public static SearchTools Built(int seed, SeasonProfile profile, Random random, int? days = null)
    {
        SearchTools tools = Of(seed, profile, days);
        Construct(tools, random);
        tools.State.Commit();
        return tools;
    }

    public static void Construct(SearchTools tools, Random random) => Construct(tools, random, Turns.ByChance);

    public static void Construct(SearchTools tools, Random random, Turns turns) =>
        new Constructor(tools.C, tools.State, tools.Builder, tools.Scout).Run([0.5, 0], random, () => false, turns);

    /// <summary>The checker finds nothing in the state's plan, and the worth the state says.</summary>
    public static void AssertLegalAndWorthWhatItSays(SearchTools tools)
    {
        CheckResult check = PlanChecker.Check(tools.C.Season, PlanExtractor.Extract(tools.C, tools.State));
        Assert.Empty(check.Violations);
        Assert.Equal((double)check.Worth.NetValue, tools.State.Net, 0.06);
    }
}
