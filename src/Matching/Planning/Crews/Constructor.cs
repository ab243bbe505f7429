using Matching.Planning.Compiled;
using Matching.Planning.State;

namespace Matching.Planning.Crews;

/// <summary>Who opens an engagement when, while a first plan is built.</summary>
internal enum Turns
{
    /// <summary>Brokers come in an order drawn by chance.</summary>
    ByChance,

    /// <summary>Brokers who can call few people come roughly before the others, who would leave them nobody.</summary>
    FewFirst,

    /// <summary>Lodging crews are opened first, the most promising of all brokers first; then brokers come as in <see cref="FewFirst"/>.</summary>
    LodgingFirst,
}

/// <summary>
/// Builds the first plan in layers: with a high price on people's days first, so that they go where they are required, then
/// with none. Within a layer brokers take turns, each opening the engagement that promises most, until none promises anything.
/// </summary>
internal sealed class Constructor(CompiledSeason c, PlanState state, CrewBuilder builder, EngagementScout scout)
{
    private const int MaxFailures = 2;

    /// <summary>Share by which counts of people are shaken before brokers are sorted by them.</summary>
    private const double Shake = 0.1;

    /// <summary>
    /// Engagements that came to nothing, and as many again as there are brokers, in which a layer must gain this share of the plan's worth: where
    /// seats or people are used up, trying every broker at every order takes longer than the search needs to find the rest.
    /// </summary>
    private const int Patience = 1_000;
    private const double LeastGain = 0.003;

    /// <summary>Share of a first plan's work that these must have taken: where failing is quick, the last engagements are worth looking for.</summary>
    private const double LeastWaste = 0.1;
    private readonly byte[] _failures = new byte[c.Brokers * c.Orders];
    private int _failed;
    private long _wasted;
    private long _begun;
    private double _netThen;

    /// <summary>Runs to the end, or until told to stop; the state is legal at every step.</summary>
    /// <param name="priceShares">Shares of the market price that a day must earn, highest first.</param>
    /// <param name="random">Breaks ties and shakes the turn order.</param>
    /// <param name="stop">Asked before every engagement.</param>
    /// <param name="turns">Who comes when.</param>
    public void Run(ReadOnlySpan<double> priceShares, Random random, Func<bool> stop, Turns turns = Turns.ByChance)
    {
        int[] brokers = [.. Enumerable.Range(0, c.Brokers)];
        state.KeepRequired = true;
        _begun = state.Meter.Done;
        foreach (double share in priceShares)
        {
            Array.Clear(_failures);
            builder.PriceShare = scout.PriceShare = share;
            scout.ForgetPromises();
            TopUpAll(random, stop);
            random.Shuffle(brokers);
            if (turns != Turns.ByChance)
            {
                Array.Sort(Array.ConvertAll(brokers, b => PeopleOf(b) * (1 + (Shake * (random.NextDouble() - 0.5)))), brokers);
            }

            if (turns == Turns.LodgingFirst && share == priceShares[0])
            {
                OpenLodging(brokers, random, stop);
            }

            Watch();
            var active = new List<int>(brokers);
            while (active.Count > 0)
            {
                var still = new List<int>(active.Count);
                foreach (int b in active)
                {
                    if (IsPoor())
                    {
                        break;
                    }

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
                    Open(best, random);
                }

                active = still;
            }
        }

        scout.ForgetPromises();
        builder.PriceShare = scout.PriceShare = 0;
        state.KeepRequired = false;
        TopUpAll(random, stop);
    }

    /// <summary>
    /// Beds are few and a lodging crew is led for weeks: the most promising are opened first, whoever leads them. Promises seldom grow
    /// while the plan fills, so a broker's is looked at again only when it stands first.
    /// </summary>
    private void OpenLodging(int[] brokers, Random random, Func<bool> stop)
    {
        var queue = new PriorityQueue<int, double>();
        foreach (int b in brokers)
        {
            queue.Enqueue(b, double.NegativeInfinity);
        }

        Watch();
        while (queue.TryDequeue(out int b, out double last) && !stop() && !IsPoor())
        {
            Prospect best = scout.BestSoFar(b, IsTired, lodgingOnly: true);
            if (best.Order < 0)
            {
                continue;
            }

            if (-best.Promise <= last + 0.005)
            {
                Open(best, random);
            }

            queue.Enqueue(b, -best.Promise);
        }
    }

    private void Open(Prospect prospect, Random random)
    {
        long before = state.Meter.Done;
        if (builder.Build(prospect.Broker, prospect.Order, prospect.From, prospect.To, prospect.Lodge, random) <= 0)
        {
            _failures[(prospect.Broker * c.Orders) + prospect.Order]++;
            _failed++;
            _wasted += state.Meter.Done - before;
        }

        state.Commit();
    }

    /// <summary>Begins to count what engagements gain and how many come to nothing.</summary>
    private void Watch() => (_failed, _wasted, _netThen) = (0, 0, state.Net);

    /// <summary>Whether too little was gained while many came to nothing.</summary>
    private bool IsPoor()
    {
        if (_failed < Patience + c.Brokers || _wasted < LeastWaste * (state.Meter.Done - _begun))
        {
            return false;
        }

        bool isPoor = state.Net - _netThen < LeastGain * Math.Abs(state.Net);
        if (!isPoor)
        {
            Watch();
        }

        return isPoor;
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
