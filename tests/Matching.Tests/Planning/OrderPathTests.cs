using Matching.Planning.Crews;
using Xunit;

namespace Matching.Tests.Planning;

public sealed class OrderPathTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_longest_path_is_the_best_of_all_choices_of_an_option_or_none_a_day(int seed)
    {
        var random = new Random(seed);
        for (int round = 0; round < 60; round++)
        {
            const int Days = 6;
            const int Options = 3;
            double[,] pay = new double[Days, Options];
            double[,] opening = new double[Days, Options];
            var path = new OrderPath(Days, Options);
            path.Clear();
            for (int d = 0; d < Days; d++)
            {
                for (int k = 0; k < Options; k++)
                {
                    pay[d, k] = random.Next(4) == 0 ? double.NegativeInfinity : random.Next(-20, 50);
                    opening[d, k] = random.Next(0, 60);
                    path.Offer(d, k, pay[d, k], opening[d, k]);
                }
            }

            List<int> days = [.. Enumerable.Range(0, Days).Where(_ => random.Next(6) > 0)];

            OrderPath.Stretch[] found = path.Longest(days).ToArray();

            double best = BestOf(days, 0, -1);
            Assert.Equal(best, found.Sum(s => s.Worth), 9);
            Assert.Equal(best, found.Sum(Recount), 9);
            Assert.All(found, s => Assert.All(Enumerable.Range(s.From, s.To - s.From + 1), d => Assert.Contains(d, days)));
            for (int i = 1; i < found.Length; i++)
            {
                Assert.True(found[i].From > found[i - 1].To);
            }

            double BestOf(List<int> on, int i, int before)
            {
                if (i == on.Count)
                {
                    return 0;
                }

                double most = BestOf(on, i + 1, -1);
                for (int k = 0; k < Options; k++)
                {
                    bool goesOn = k == before && i > 0 && on[i - 1] == on[i] - 1;
                    most = Math.Max(most, pay[on[i], k] - (goesOn ? 0 : opening[on[i], k]) + BestOf(on, i + 1, k));
                }

                return most;
            }

            double Recount(OrderPath.Stretch s) =>
                Enumerable.Range(s.From, s.To - s.From + 1).Sum(d => pay[d, s.Option]) - opening[s.From, s.Option];
        }
    }
}
