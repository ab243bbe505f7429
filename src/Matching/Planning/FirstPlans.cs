namespace Matching.Planning;

/// <summary>
/// More first plans than one, of which the best are kept. Brokers take turns in an order drawn anew: every second time by chance, else
/// those who can call few people come roughly first, as they find nobody left when others chose before them. A first plan takes
/// little time, and what it is worth says much about where the search ends.
/// </summary>
/// <param name="watch">Knows what is used.</param>
/// <param name="bare">The season before the first plan: pins only.</param>
/// <param name="construct">Makes a first plan; told whether brokers who can call few people come first.</param>
internal sealed class FirstPlans(RunWatch watch, SearchTools bare, Action<SearchTools, Random, bool> construct)
{
    /// <summary>Share of the search's time for them, and how many are drawn at most.</summary>
    private const double Share = 0.05;
    private const int Most = 64;

    /// <summary>Draws plans while there is time for them.</summary>
    /// <param name="first">The first of them.</param>
    /// <param name="took">What it took of the limit.</param>
    /// <param name="kept">How many are wanted.</param>
    /// <param name="random">Chooses.</param>
    /// <param name="side">How many can be drawn side by side.</param>
    /// <param name="isOver">Asked between plans.</param>
    /// <returns>The best, best first; at least one.</returns>
    public List<SearchTools> Draw(SearchTools first, double took, int kept, Random random, int side, Func<bool> isOver)
    {
        List<SearchTools> best = [first];
        double until = watch.Used + (Share * (watch.SearchLimit - watch.Used));
        for (int drawn = 1; drawn < Most && watch.Used + took <= until && !isOver(); drawn += side)
        {
            int before = drawn;
            SearchTools[] plans = [.. Enumerable.Range(0, side).Select(_ => bare.Twin(side == 1 ? bare.State.Meter : null))];
            Random[] randoms = [.. plans.Select(_ => new Random(random.Next()))];
            Parallel.For(0, side, new ParallelOptions { MaxDegreeOfParallelism = side }, m => construct(plans[m], randoms[m], (before + m) % 2 == 1));
            best = [.. best.Concat(plans).OrderByDescending(p => p.State.Net).Take(kept)];
        }

        return best;
    }
}
