using Matching.Generating;
using Xunit;

namespace Matching.Tests.Generating;

public sealed class GeneratorOptionsTests
{
    [Theory]
    [InlineData(0, null, null, null, null, null, null, "Workers")]
    [InlineData(1_000_001, null, null, null, null, null, null, "Workers")]
    [InlineData(10, 0, null, null, null, null, null, "Villages")]
    [InlineData(10, null, 0, null, null, null, null, "Brokers")]
    [InlineData(10, null, null, 0, null, null, null, "Sites")]
    [InlineData(10, null, null, null, 0, null, null, "Orders")]
    [InlineData(10, null, null, null, null, 0, null, "Days")]
    [InlineData(10, null, null, null, null, 3_661, null, "Days")]
    [InlineData(10, null, null, null, null, null, -1, "Vehicles")]
    public void A_size_out_of_range_is_named(int workers, int? villages, int? brokers, int? sites, int? orders, int? days, int? vehicles, string name)
    {
        GeneratorOptions options = new()
        {
            Workers = workers,
            Villages = villages,
            Brokers = brokers,
            Sites = sites,
            Orders = orders,
            Days = days,
            Vehicles = vehicles,
        };
        ArgumentOutOfRangeException refused = Assert.Throws<ArgumentOutOfRangeException>(() => SeasonGenerator.Generate(options));
        Assert.Equal(name, refused.ParamName);
    }

    [Fact]
    public void An_unknown_profile_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(
        () => SeasonGenerator.Generate(new() { Workers = 10, Profile = (SeasonProfile)9 }));
}
