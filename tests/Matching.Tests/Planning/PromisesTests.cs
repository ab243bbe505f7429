using Matching.Planning.Crews;
using Xunit;

namespace Matching.Tests.Planning;

/// <summary>The option that promised most, against looking at all of them.</summary>
public class PromisesTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 31)]
    [InlineData(2, 32)]
    [InlineData(3, 70)]
    public void The_most_is_known_however_promises_change(int brokers, int orders)
    {
        var random = new Random(orders);
        double[,] all = new double[brokers, orders * 2];
        var promises = new Promises(brokers, orders, (b, i) => all[b, i]);
        for (int turn = 0; turn < 2; turn++)
        {
            for (int b = 0; b < brokers; b++)
            {
                for (int i = 0; i < orders * 2; i++)
                {
                    all[b, i] = random.Next(4) == 0 ? 0 : 1 + random.NextDouble();
                }
            }

            for (int step = 0; step < 2000; step++)
            {
                int b = random.Next(brokers);
                bool lodgingOnly = random.Next(3) == 0;
                int most = promises.Most(b, lodgingOnly);
                double best = Enumerable.Range(lodgingOnly ? orders : 0, lodgingOnly ? orders : orders * 2).Max(i => all[b, i]);
                Assert.Equal(best > 0, most >= 0);
                Assert.True(most < 0 || (all[b, most] == best && (!lodgingOnly || most >= orders)));
                int option = most >= 0 && random.Next(2) == 0 ? most : random.Next(orders * 2);
                all[b, option] = random.Next(4) == 0 ? 0 : random.NextDouble();
                promises.Set(b, option, all[b, option]);
            }

            promises.Forget();
        }
    }

    [Fact]
    public void Without_orders_nothing_promises_anything()
    {
        Assert.Equal(-1, new Promises(2, 0, (_, _) => 1).Most(1, lodgingOnly: false));
    }
}
