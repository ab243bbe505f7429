using Matching.Planning.Compiled;
using Matching.Planning.State;

namespace Matching.Planning.Crews;

/// <summary>
/// Builds the first plan in layers: with a high price on people's days first, so that they go where they are required, then
/// with none. Within a layer brokers take turns, each opening the engagement that promises most, until none promises anything.
/// </summary>
internal sealed class Constructor(CompiledSeason c, PlanState state, CrewBuilder builder, EngagementScout scout)
{
    private const int MaxFailures = 2;

    /// <summary>Share by which counts of people are shaken before brokers are sorted by them.</summary>
    private const double Shake = 0.5;
    private readonly byte[] _failures = new byte[c.Brokers * c.Orders];

    /// <summary>Runs to the end, or until told to stop; the state is legal at every step.</summary>
    /// <param name="priceShares">Shares of the market price that a day must earn, highest first.</param>
    /// <param name="random">Breaks ties and shakes the turn order.</param>
    /// <param name="stop">Asked before every engagement.</param>
    /// <param name="fewFirst">Whether brokers who can call few people have their turns roughly before the others.</param>
    public void Run(ReadOnlySpan<double> priceShares, Random random, Func<bool> stop, bool fewFirst = false)
    {
        int[] brokers = [.. Enumerable.Range(0, c.Brokers)];
        state.KeepRequired = true;
        foreach (double share in priceShares)
        {
            Array.Clear(_failures);
            builder.PriceShare = scout.PriceShare = share;
            scout.ForgetPromises();
            TopUpAll(random, stop);
            random.Shuffle(brokers);
            if (fewFirst)
            {
                Array.Sort(Array.ConvertAll(brokers, b => PeopleOf(b) * (1 + (Shake * (random.NextDouble() - 0.5)))), brokers);
            }

            var active = new List<int>(brokers);
            while (active.Count > 0)
            {
                var still = new List<int>(active.Count);
                foreach (int b in active)
                {
                    if (stop())
                    {
                        state.KeepRequired = false;
                        return;
                    }

                    Prospect best = scout.BestSoFar(b, IsTired);
                    if (best.Order < 0)
                    {
                        continue;
                    }

                    still.Add(b);
                    if (builder.Build(best.Broker, best.Order, best.From, best.To, best.Lodge, random) <= 0)
                    {
                        _failures[(best.Broker * c.Orders) + best.Order]++;
                    }

                    state.Commit();
                }

                active = still;
            }
        }

        scout.ForgetPromises();
        builder.PriceShare = scout.PriceShare = 0;
        state.KeepRequired = false;
        TopUpAll(random, stop);
    }

    /// <summary>Fills the engagements there are before opening new ones: they are paid for already.</summary>
    private void TopUpAll(Random random, Func<bool> stop)
    {
        for (int crew = 0; crew < state.Crews.Count && !stop(); crew++)
        {
            if (state.Crews[crew] is { } slot)
            {
                builder.TopUp(crew, slot.From, slot.To, random);
                state.Commit();
            }
        }
    }

    private int PeopleOf(int broker) => c.AreaVillages[broker].Sum(v => c.UnitsOfVillage[v].Length);

    private bool IsTired(int broker, int order) => _failures[(broker * c.Orders) + order] >= MaxFailures;
}
