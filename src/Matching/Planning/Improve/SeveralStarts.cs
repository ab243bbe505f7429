using Matching.Planning.State;

namespace Matching.Planning.Improve;

/// <summary>
/// Several searches from scratch, each cooled through, of which the best plan goes on. Who leads where for weeks is settled in the
/// first moments of a search: what it finds in a tenth of the time says more about the end than the rest of the time changes.
/// </summary>
/// <param name="watch">Knows what is used, and is told of better plans.</param>
/// <param name="bare">The season before the first plan: pins only.</param>
/// <param name="construct">Makes a first plan.</param>
/// <param name="searching">Makes a search.</param>
internal sealed class SeveralStarts(RunWatch watch, SearchTools bare, Action<SearchTools, Random> construct, Func<SearchTools, Improver> searching)
{
    /// <summary>Share of the search's time.</summary>
    private const double Share = 0.4;

    /// <summary>Searches one after the other.</summary>
    public const int Searches = 4;

    /// <summary>A first plan may take this share of a start, or the season is too large for more than one.</summary>
    private const double MostOfFirst = 0.1;

    /// <summary>Heat at which the best goes on: warmer, it would forget what it has.</summary>
    public const double WarmthAfter = 0.4;

    /// <summary>Whether the time is enough: first plans take little of it.</summary>
    /// <param name="constructed">What the first plan took of the limit.</param>
    public bool IsUseful(double constructed) => constructed <= MostOfFirst * Length;

    private double Length => Share * (watch.SearchLimit - watch.Used) / Searches;

    /// <summary>
    /// Searches in turn from the first plans there are and from others: the best first plan need not lead to the best end.
    /// </summary>
    /// <param name="into">Holds the best plan afterwards; one of <paramref name="plans"/> or none of them.</param>
    /// <param name="plans">First plans there are, at least one, best first.</param>
    /// <param name="random">Chooses.</param>
    /// <param name="members">How many can search side by side now.</param>
    /// <param name="isOver">Asked from every thread.</param>
    public void Run(SearchTools into, IReadOnlyList<SearchTools> plans, Random random, Func<int> members, Func<bool> isOver)
    {
        double length = Length;
        SearchTools best = plans[0];
        int begun = 0;
        for (int turn = 0; turn < Searches && !isOver(); turn++)
        {
            int side = members();
            SearchTools?[] known = [.. Enumerable.Range(begun, side).Select(i => i % 2 == 0 && i / 2 < plans.Count ? plans[i / 2] : null)];
            SearchTools[] starts = [.. known.Select(p => p ?? bare.Twin(side == 1 ? bare.State.Meter : null))];
            begun += side;
            Random[] randoms = [.. starts.Select(_ => new Random(random.Next()))];
            double from = watch.Used;
            double to = from + length;
            Parallel.For(0, side, new ParallelOptions { MaxDegreeOfParallelism = side }, m =>
            {
                if (known[m] is null)
                {
                    construct(starts[m], randoms[m]);
                }

                Search(searching(starts[m]), randoms[m], from, to, isOver);
            });
            foreach (SearchTools start in starts)
            {
                best = start.State.Net > best.State.Net + 0.001 ? start : best;
            }
        }

        if (best != into)
        {
            into.State.Adopt(best.State, 0, into.C.Days - 1);
        }
    }

    private void Search(Improver improver, Random random, double from, double to, Func<bool> isOver)
    {
        while (watch.Used < to && !isOver() && !improver.IsEmpty)
        {
            improver.Step(random, Math.Clamp((to - watch.Used) / (to - from), 0, 1));
            watch.Incumbent(improver.Best);
        }

        improver.Settle();
    }
}
