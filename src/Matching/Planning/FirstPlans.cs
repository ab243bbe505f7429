using Matching.Planning.Crews;

namespace Matching.Planning;

/// <summary>
/// More first plans than one, of which the best are kept. Who comes when (<see cref="Turns"/>) changes from plan to plan and is drawn anew in
/// each: where people are scarce lodging crews should come first, where leaders are they should not. A first plan takes little time,
/// and what it is worth says much about where the search ends.
/// </summary>
/// <param name="watch">Knows what is used.</param>
/// <param name="bare">The season before the first plan: pins only.</param>
/// <param name="construct">Makes a first plan.</param>
internal sealed class FirstPlans(RunWatch watch, SearchTools bare, Action<SearchTools, Random, Turns> construct)
{
    /// <summary>The turns of the first of them, and in a large season of the only one.</summary>
    public const Turns OfFirst = Turns.LodgingFirst;
    private static readonly Turns[] Kinds = [OfFirst, Turns.FewFirst, Turns.ByChance];

    /// <summary>Share of the search's time for them, and how many are drawn at most.</summary>
    private const double Share = 0.05;
    private const int Most = 64;

    /// <summary>A second one, of the next kind, is drawn even where it takes this share of the time.</summary>
    private const double ShareOfSecond = 0.15;

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
        double left = watch.SearchLimit - watch.Used;
        double until = watch.Used + (Share * left);
        for (int drawn = 1; drawn < Most && !isOver(); drawn += side)
        {
            if (watch.Used + took > until && (drawn > 1 || took > ShareOfSecond * left))
            {
                break;
            }

            int before = drawn;
            SearchTools[] plans = [.. Enumerable.Range(0, side).Select(_ => bare.Twin(side == 1 ? bare.State.Meter : null))];
            Random[] randoms = [.. plans.Select(_ => new Random(random.Next()))];
            Parallel.For(0, side, new ParallelOptions { MaxDegreeOfParallelism = side }, m => construct(plans[m], randoms[m], Kinds[(before + m) % Kinds.Length]));
            best = [.. best.Concat(plans).OrderByDescending(p => p.State.Net).Take(kept)];
        }

        return best;
    }
}
