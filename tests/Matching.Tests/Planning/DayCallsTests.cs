using Matching.Generating;
using Matching.Planning;
using Matching.Planning.Compiled;
using Matching.Planning.Trips;
using Xunit;

namespace Matching.Tests.Planning;

/// <summary>What a day knows of its vehicles' calls and gaps, against the chains themselves.</summary>
public sealed class DayCallsTests
{
    [Theory]
    [InlineData(1, SeasonProfile.Mixed)]
    [InlineData(2, SeasonProfile.Commute)]
    [InlineData(3, SeasonProfile.Tight)]
    public void A_trip_fits_into_a_gap_where_the_whole_chain_can_be_driven_with_it(int seed, SeasonProfile profile)
    {
        SearchTools tools = DrawnBench.Built(seed, profile, new Random(seed));
        CompiledSeason c = tools.C;
        var calls = new DayCalls(c);
        int asked = 0;
        int fits = 0;
        for (int day = 0; day < c.Days; day++)
        {
            DayTransport transport = tools.State.Transport(day);
            for (int k = 0; k < c.Vehicles; k++)
            {
                TripPlan[] chain = transport.Chain(k) ?? [];
                ChainGaps gaps = calls.GapsOf(k, chain);
                for (int at = 0; at <= gaps.Trips && gaps.Trips < DayCalls.MostTrips; at++)
                {
                    for (int o = 0; o < c.Orders; o++)
                    {
                        int village = (o + k + day) % c.Villages;
                        if (TripPlan.Create(c, [village], [c.OrderSite[o]], [new Load(village, o, 1)]) is { } trip)
                        {
                            bool drivable = transport.IsFeasible(k, [.. chain[..at], trip, .. chain[at..]]);
                            Assert.Equal(drivable, calls.Fits(in gaps, at, village, o));
                            asked++;
                            fits += drivable ? 1 : 0;
                        }
                    }
                }
            }
        }

        Assert.InRange(fits, 1, asked - 1);
    }

    [Fact]
    public void Vehicles_are_known_where_they_call_as_chains_come_and_go()
    {
        SearchTools tools = DrawnBench.Built(4, SeasonProfile.Mixed, new Random(4));
        CompiledSeason c = tools.C;
        int day = Enumerable.Range(0, c.Days).MaxBy(d => tools.State.Transport(d).Used.Count);
        DayTransport transport = tools.State.Transport(day);
        int[] order = [.. transport.Used];
        var calls = new DayCalls(c);
        for (int i = 0; i < order.Length; i++)
        {
            calls.Put(order[i], i, transport.Chain(order[i])!);
        }

        calls.Take(order[0], transport.Chain(order[0])!);
        calls.Close(0);

        int[] left = order[1..];
        Assert.Equal([.. left.Order()], calls.Gaps.ToArray().Select(g => g.Vehicle).Order());
        for (int v = 0; v < c.Villages; v++)
        {
            Assert.Equal(
                [.. left.SelectMany(k => transport.Chain(k)!.Where(t => t.Villages.Contains(v)).Select(_ => k)).Order()],
                calls.AtVillage(v).ToArray().Order());
        }

        for (int s = 0; s < c.Sites; s++)
        {
            Assert.Equal(
                [.. left.SelectMany(k => transport.Chain(k)!.Where(t => t.Sites.Contains(s)).Select(_ => k)).Order()],
                calls.AtSite(s).ToArray().Order());
        }
    }
}
