using FsCheck.Xunit;
using Matching.Planning.Transport;
using Matching.Search;
using Xunit;

namespace Matching.Tests.Transport;

/// <summary>What is remembered of a morning against what is found anew.</summary>
public class PlacerTests
{
    [Property(Arbitrary = [typeof(DrawnMorning)], MaxTest = 100)]
    public void What_is_remembered_of_new_trips_and_places_is_what_would_be_found_anew(DrawnMorning drawn)
    {
        Assert.True(Compare(drawn) >= 0);
    }

    [Fact]
    public void Drawn_mornings_have_new_trips_beside_others_to_remember()
    {
        Assert.True(Enumerable.Range(0, 40).Sum(seed => Compare(DrawnMorning.Draw(seed))) > 100);
    }

    [Property(Arbitrary = [typeof(DrawnMorning)], MaxTest = 100)]
    public void Of_vehicles_alike_the_cheapest_by_day_stands_ready(DrawnMorning drawn)
    {
        var m = new RoutingModel(drawn.Instance.ToTask());
        if (m.Groups == 0)
        {
            return;
        }

        var search = new RuinRecreate(m, drawn.Seed);
        search.Construct();
        for (int step = 0; step < 40; step++)
        {
            search.Step(step % 3 == 0 ? 1000 : 0);
            for (int type = 0; type < m.Types; type++)
            {
                int[] idle = [.. m.Members[type].Where(k => search.State.ChainOf(k).Count == 0)];
                int free = search.State.FreeVehicle(type);
                Assert.Equal(idle.Length == 0, free < 0);
                Assert.True(free < 0 || (idle.Contains(free) && m.DayCost[free] == idle.Min(k => m.DayCost[k])));
            }
        }
    }

    /// <summary>Counts new trips found in the morning of a vehicle in use.</summary>
    private static int Compare(DrawnMorning drawn)
    {
        var m = new RoutingModel(drawn.Instance.ToTask());
        if (m.Groups == 0)
        {
            return 0;
        }

        var search = new RuinRecreate(m, drawn.Seed);
        search.Construct();
        RouteState state = search.State;
        (var kept, var keptChains) = (new Placer(m, state), new ChainPlacer(m, state));
        var random = new Xoshiro(drawn.Seed);
        int beside = 0;
        for (int step = 0; step < 40; step++)
        {
            // Steps are taken back as often as kept.
            search.Step(random.Next(2) == 0 ? 1000 : 0);
            (var anew, var anewChains) = (new Placer(m, state), new ChainPlacer(m, state));
            for (int g = 0; g < m.Groups; g++)
            {
                int count = 1 + random.Next(m.Count[g]);
                (double Cost, int Vehicle, int At, int Seats) found = keptChains.BestNew(g, count, double.PositiveInfinity);
                Assert.Equal(anewChains.BestNew(g, count, double.PositiveInfinity), found);
                beside += found.Vehicle >= 0 && state.ChainOf(found.Vehicle).Count > 0 ? 1 : 0;
                foreach (int slot in state.Used.ToArray().SelectMany(k => state.ChainOf(k)))
                {
                    Assert.Equal(anew.Best(g, slot), kept.Best(g, slot));
                    Assert.Equal(m.Seats[m.TypeOf[state.TripAt(slot).Vehicle]] - state.TripAt(slot).Load, state.SeatsLeft[slot]);
                }
            }
        }

        return beside;
    }
}
