using Matching.Planning.State;

namespace Matching.Planning.Improve;

/// <summary>
/// Searches for better plans side by side, each on a state of its own. A long season is cut into parts anew every round, one for
/// each search; between two parts lie as many days as rest rules look back, so that whatever the parts find is legal together,
/// and after the round each takes over what the others found. In a season too short for that all search all of it, and
/// now and then whoever stands worse goes on from the best.
/// </summary>
internal sealed class SearchTeam
{
    private const int LeastPart = 20;
    private readonly PlanState[] _states;
    private readonly Improver[] _improvers;
    private readonly int _days;
    private readonly int _apart;
    private readonly bool _cuts;
    private int _round;

    /// <param name="tools">The plan so far, and the state of the first search.</param>
    /// <param name="improver">The first search.</param>
    /// <param name="twin">Makes the search of another state.</param>
    /// <param name="members">How many search, at least 1.</param>
    public SearchTeam(SearchTools tools, Improver improver, Func<SearchTools, Improver> twin, int members)
    {
        _days = tools.C.Days;
        _apart = DaysApart(tools.C.MaxConsecutive);
        _cuts = members <= MostParts(_days, tools.C.MaxConsecutive);
        improver.Settle();
        SearchTools[] others = [.. Enumerable.Range(1, members - 1).Select(_ => tools.Twin())];
        _states = [tools.State, .. others.Select(o => o.State)];
        _improvers = [improver, .. others.Select(twin)];
    }

    /// <summary>How many can search parts of their own in a season, at most.</summary>
    public static int MostParts(int days, int maxConsecutive) =>
        Math.Max(1, (days + DaysApart(maxConsecutive)) / (LeastPart + DaysApart(maxConsecutive)));

    /// <summary>Worth of the best plan any of them has found; the first state holds it after <see cref="Meet"/>.</summary>
    public double Best => _improvers.Max(i => i.Best);

    /// <summary>Searches until told to stop, at least one step each.</summary>
    /// <param name="random">Chooses cuts and steps.</param>
    /// <param name="heat">See <see cref="Improver.Step"/>; asked from every thread.</param>
    /// <param name="stop">Asked from every thread.</param>
    public void Round(Random random, Func<double> heat, Func<bool> stop)
    {
        if (_cuts)
        {
            RoundOfParts(random, heat, stop);
        }
        else
        {
            Search(random, heat, stop);
        }
    }

    /// <summary>All go on from the best plan any of them has found; those with parts of their own have it after every round.</summary>
    public void Meet()
    {
        foreach (Improver improver in _improvers)
        {
            improver.Settle();
        }

        int best = 0;
        for (int m = 1; m < _states.Length; m++)
        {
            best = _states[m].Net > _states[best].Net + 0.001 ? m : best;
        }

        for (int m = 0; m < _states.Length; m++)
        {
            if (m != best && !_cuts)
            {
                _states[m].Adopt(_states[best], 0, _days - 1);
                _improvers[m].Keep();
            }
        }
    }

    private void RoundOfParts(Random random, Func<double> heat, Func<bool> stop)
    {
        int members = _states.Length;
        (int First, int Last)[] parts = Cut(random);
        for (int m = 0; m < members; m++)
        {
            _states[m].Restrict(parts[m].First, parts[m].Last, ownsCounts: m == _round % members);
        }

        _round++;
        Search(random, heat, stop);
        foreach (Improver improver in _improvers)
        {
            improver.Settle();
        }

        for (int m = 0; m < members; m++)
        {
            for (int other = 0; other < members; other++)
            {
                if (other != m)
                {
                    _states[m].Adopt(_states[other], parts[other].First, parts[other].Last);
                }
            }
        }

        for (int m = 0; m < members; m++)
        {
            _states[m].LiftRestriction();
            _improvers[m].Keep();
        }
    }

    /// <summary>All search until told to stop, at least one step each.</summary>
    private void Search(Random random, Func<double> heat, Func<bool> stop)
    {
        int members = _states.Length;
        Random[] randoms = [.. Enumerable.Range(0, members).Select(_ => new Random(random.Next()))];
        Parallel.For(0, members, new ParallelOptions { MaxDegreeOfParallelism = members }, m =>
        {
            do
            {
                _improvers[m].Step(randoms[m], heat());
            }
            while (!stop());
        });
    }

    /// <summary>Days between two parts: no window of seven days and no longest run of working days touches both.</summary>
    private static int DaysApart(int maxConsecutive) => Math.Max(6, maxConsecutive);

    /// <summary>Parts of the season of about the same length, moved by chance.</summary>
    private (int First, int Last)[] Cut(Random random)
    {
        int members = _states.Length;
        int free = _days - (_apart * (members - 1)) - (LeastPart * members);
        int[] more = new int[members];
        int[] cuts = [.. Enumerable.Range(0, members - 1).Select(_ => random.Next(free + 1)).Order()];
        for (int m = 0; m < members; m++)
        {
            more[m] = (m < cuts.Length ? cuts[m] : free) - (m > 0 ? cuts[m - 1] : 0);
        }

        var parts = new (int First, int Last)[members];
        int first = 0;
        for (int m = 0; m < members; m++)
        {
            parts[m] = (first, first + LeastPart + more[m] - 1);
            first = parts[m].Last + 1 + _apart;
        }

        return parts;
    }
}
