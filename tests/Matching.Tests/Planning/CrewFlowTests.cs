using Matching.Planning.Improve;
using Matching.Planning.Solver;
using Xunit;

namespace Matching.Tests.Planning;

/// <summary>The flow of people to crews, mended from choice to choice, against OR-Tools' flow solved from nothing.</summary>
public sealed class CrewFlowTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 40)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void However_often_leaders_go_elsewhere_the_flow_is_the_best_there_is(int seed)
    {
        var random = new Random(seed);
        var drawn = new Drawn(random);
        var flow = new CrewFlow(drawn.People, [.. drawn.Gain.Select(g => g == Drawn.Never ? double.NegativeInfinity : g)], drawn.Crews, drawn.Needs);
        int[] orderOf = [.. Enumerable.Repeat(-1, drawn.Crews)];
        int[] most = new int[drawn.Crews];
        for (int i = 0; i < 12; i++)
        {
            int crew = random.Next(drawn.Crews);
            (orderOf[crew], most[crew]) = (random.Next(-1, drawn.Needs.Length), random.Next(1, 8));
            flow.Lead(crew, orderOf[crew], most[crew]);
            flow.Settle();

            Assert.Equal(drawn.Best(orderOf, most), flow.Value, 1e-6);
            for (int b = 0; b < drawn.Crews; b++)
            {
                Assert.Equal(Enumerable.Range(0, drawn.People.Length).Sum(c => flow.People(c, b)), flow.Heads(b));
                Assert.True(flow.Heads(b) <= (orderOf[b] < 0 ? 0 : most[b]));
            }
        }
    }

    [Fact]
    public void A_twin_goes_its_own_way_until_it_becomes_the_same_again()
    {
        var flow = new CrewFlow([3], [10.0, 20.0], 1, [new DayNeed(2, 3, 100, 5), new DayNeed(1, 1, 50, 0)]);
        CrewFlow twin = flow.Twin();
        flow.Lead(0, 0, 5);
        flow.Settle();
        twin.Lead(0, 1, 5);
        twin.Settle();

        Assert.Equal(235, flow.Value, 1e-9);
        Assert.Equal(70, twin.Value, 1e-9);

        twin.CopyFrom(flow);
        twin.Lead(0, -1, 0);

        Assert.Equal(0, twin.Value, 1e-9);
        Assert.Equal(3, flow.Heads(0));
    }

    /// <summary>A few classes, crews and orders with whole amounts.</summary>
    private sealed class Drawn
    {
        public const int Never = int.MinValue;

        public Drawn(Random random)
        {
            Crews = random.Next(1, 5);
            People = [.. Enumerable.Range(0, random.Next(1, 7)).Select(_ => random.Next(1, 4))];
            Needs = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Need(random))];
            Gain = [.. Enumerable.Range(0, People.Length * Crews * Needs.Length).Select(_ => random.Next(4) == 0 ? Never : random.Next(-120, 40))];
        }

        public int Crews { get; }

        public int[] People { get; }

        public DayNeed[] Needs { get; }

        public int[] Gain { get; }

        /// <summary>By OR-Tools: home → classes → crews → orders → home, everybody free to stay.</summary>
        public int Best(int[] orderOf, int[] most)
        {
            int orders = 1 + People.Length + Crews;
            int end = orders + Needs.Length;
            var flow = new MinCostFlow(end + 1);
            List<(int Arc, int Cost)> arcs = [];
            void Arc(int from, int to, int capacity, int cost) => arcs.Add((flow.AddArc(from, to, capacity, cost), cost));
            int all = People.Sum();
            flow.AddSupply(0, all);
            flow.AddSupply(end, -all);
            Arc(0, end, all, 0);
            for (int c = 0; c < People.Length; c++)
            {
                Arc(0, 1 + c, People[c], 0);
                for (int b = 0; b < Crews; b++)
                {
                    if (orderOf[b] >= 0 && Gain[(((c * Crews) + b) * Needs.Length) + orderOf[b]] is int gain and not Never)
                    {
                        Arc(1 + c, 1 + People.Length + b, People[c], -gain);
                    }
                }
            }

            for (int b = 0; b < Crews; b++)
            {
                if (orderOf[b] >= 0)
                {
                    Arc(1 + People.Length + b, orders + orderOf[b], most[b], 0);
                }
            }

            for (int o = 0; o < Needs.Length; o++)
            {
                Arc(orders + o, end, Needs[o].Required, -(int)Needs[o].RequiredValue);
                Arc(orders + o, end, Needs[o].Room - Needs[o].Required, -(int)Needs[o].TargetValue);
            }

            Assert.True(flow.Solve());
            return -arcs.Sum(a => a.Cost * flow.Flow(a.Arc));
        }

        private static DayNeed Need(Random random)
        {
            int required = random.Next(0, 5);
            int value = random.Next(40, 120);
            return new DayNeed(required, required + random.Next(0, 4), value, value - random.Next(0, 40));
        }
    }
}
