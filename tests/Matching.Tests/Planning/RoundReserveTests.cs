using Matching.Generating;
using Matching.Model;
using Matching.Planning.Compiled;
using Matching.Planning.State;
using Matching.Planning.Trips;
using Xunit;

namespace Matching.Tests.Planning;

/// <summary>Keeping a round's worker-days for the days that require them (D2).</summary>
public sealed class RoundReserveTests
{
    [Fact]
    public void A_day_may_take_what_it_requires_and_beyond_only_what_the_rounds_other_days_do_not_require()
    {
        Season season = SeasonGenerator.Generate(new GeneratorOptions { Workers = 120, Seed = 4 });
        var c = new CompiledSeason(season);
        var state = new PlanState(c, new VehicleTypes(c), new WorkMeter());
        int kept = 0;
        for (int o = 0; o < c.Orders; o++)
        {
            for (int d = 0; d < c.Days; d++)
            {
                int at = (o * c.Days) + d;
                state.KeepRequired = false;
                int all = state.Room(o, d);
                state.KeepRequired = true;
                int room = state.Room(o, d);
                if (c.Round[at] is not (int round and >= 0))
                {
                    Assert.Equal(all, room);
                    continue;
                }

                int others = Enumerable.Range(0, c.Days).Where(e => e != d && c.Round[(o * c.Days) + e] == round).Sum(e => c.Required[(o * c.Days) + e]);
                int expected = Math.Min(all, Math.Max(Math.Min(c.Required[at], c.RoundCap[round]), c.RoundCap[round] - others));
                Assert.Equal(expected, room);
                kept += room < all ? 1 : 0;
            }
        }

        Assert.True(kept > 0);
    }
}
