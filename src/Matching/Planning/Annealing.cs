namespace Matching.Planning;

/// <summary>
/// How hot the search is at each moment. Without a flat stop it cools once, over the time it has. With one it cools in cycles,
/// each the last <see cref="FlatStop.TimeShare"/> of the time used when it ends, so that every cycle begins warm, ends cold and
/// has more time than the one before; a cycle that gained too little ends the run. Judging within a cycle would take the
/// warm part, in which the best plan seldom gains, for the end.
/// </summary>
/// <param name="watch">Knows what is used.</param>
/// <param name="flat">When to stop early, or null.</param>
/// <param name="start">Seconds (or seconds' worth of work) used when the search began.</param>
internal sealed class Annealing(RunWatch watch, FlatStop? flat, double start)
{
    /// <summary>Seconds a cycle lasts at least, or the first ones of a tiny season would judge a handful of steps.</summary>
    private const double LeastCycle = 0.25;
    private double _from = start;
    private double _to = flat is null ? watch.SearchLimit : Math.Min(watch.SearchLimit, EndOf(flat, start));
    private double _worth = double.NaN;

    /// <summary>From 1 (warm) down to 0 (cold).</summary>
    public double Heat => 1 - Math.Clamp((watch.Used - _from) / Math.Max(1e-9, _to - _from), 0, 1);

    /// <summary>Whether a whole cycle has gained too little; begins the next one when a cycle is over and has not.</summary>
    /// <param name="best">Worth of the best plan.</param>
    public bool IsFlat(double best)
    {
        if (flat is null)
        {
            return false;
        }

        if (double.IsNaN(_worth))
        {
            _worth = best;
        }

        if (watch.Used < _to)
        {
            return false;
        }

        if (best - _worth < flat.GainShare * Math.Max(1, Math.Abs(best)))
        {
            return true;
        }

        (_from, _worth) = (watch.Used, best);
        _to = Math.Min(watch.SearchLimit, EndOf(flat, _from));
        return false;
    }

    private static double EndOf(FlatStop flat, double from) => Math.Max(from + LeastCycle, from / (1 - flat.TimeShare));
}
