using Matching.Planning.Compiled;
using Matching.Planning.State;
using Matching.Planning.Transport;
using Matching.Planning.Trips;

namespace Matching.Planning.Improve;

/// <summary>
/// The last part of a run where a season is one day and trips are what is left to gain: all of them anew by the transport stage's search.
/// Neighbourhoods of a fixed number of steps do not reach what a long search over the whole day does; beginning without the trips the
/// plan has was better than beginning from them.
/// </summary>
internal sealed class MorningPolish(CompiledSeason c, PlanState state)
{
    private const long WorkPerStep = 300;

    /// <summary>Searches until the clock or the work runs out; the plan is never worse afterwards.</summary>
    /// <param name="seed">Of the random numbers.</param>
    /// <param name="threads">Searches side by side.</param>
    /// <param name="seconds">The clock.</param>
    /// <param name="until">Seconds of the clock at which it ends; null counts work.</param>
    /// <param name="work">Units of work where no clock is read.</param>
    /// <param name="onBetter">Told the worth of the plan with better trips, CNY; from any thread, never from two at once.</param>
    /// <param name="cancelled">Ends it early.</param>
    public void Run(long seed, int threads, Func<double> seconds, double? until, long work, Action<double> onBetter, CancellationToken cancelled)
    {
        const int TheDay = 0;
        DayTransport day = state.Transport(TheDay);
        var morning = new Morning(c, day, TheDay, [.. day.Used], c.Vehicles);
        if (morning.IsEmpty)
        {
            return;
        }

        double net = state.Net;
        double worth = state.Worth;
        var search = new RouteSearch(morning.Model, seed, threads, seconds, cancelled)
        {
            Improved = found =>
            {
                if (found.Unserved == 0)
                {
                    onBetter(worth - found.Paid(morning.Model));
                }
            },
        };
        search.Start(null);
        search.Run(until ?? double.PositiveInfinity, until is null ? work / WorkPerStep : long.MaxValue, heat: 1);
        state.Meter.Done += until is null ? search.Steps * WorkPerStep : 0;
        if (search.Best!.Unserved > 0)
        {
            return;
        }

        (int, double) mark = state.Mark();
        if (!morning.Apply(search.Best) || state.Net < net)
        {
            state.UndoTo(mark);
        }

        state.Commit();
    }
}
