using FsCheck.Xunit;
using Matching.Generating;
using Matching.Model;
using Matching.Plans;
using Matching.SeasonSuite.Greedy;
using Xunit;

namespace Matching.Tests.Requests;

/// <summary>Whatever is asked, booked and released: the dispatch is one legal plan, and every offer is worth what it says.</summary>
public class RequestProperties
{
    [Property(MaxTest = 60)]
    public void Dispatch_stays_legal_on_random_tiny_seasons(int seed)
    {
        Season season = Arbitraries.DrawSeason(new Random(seed)) with { Pins = [] };
        Plan published = (seed & 1) == 0 ? Plan.Empty : GreedyDispatcher.Plan(season);
        new Script(season, published, seed).Run(12);
    }

    [Theory]
    [InlineData(SeasonProfile.Commute, 1)]
    [InlineData(SeasonProfile.Mixed, 2)]
    [InlineData(SeasonProfile.Lodge, 3)]
    [InlineData(SeasonProfile.Tight, 4)]
    [InlineData(SeasonProfile.Slack, 5)]
    public void Dispatch_stays_legal_on_generated_seasons(SeasonProfile profile, int seed)
    {
        Season season = SeasonGenerator.Generate(new GeneratorOptions { Workers = 250, Profile = profile, Seed = seed }) with { Pins = [] };
        var onNothing = new Script(season, Plan.Empty, seed);
        onNothing.Run(25);
        new Script(season, GreedyDispatcher.Plan(season), seed).Run(15);

        Assert.True(onNothing.Booked > 3, $"{onNothing.Booked} bookings");
    }
}
