using System.Diagnostics;
using Matching.Planning.Compiled;
using Matching.Planning.Crews;
using Matching.Planning.State;

namespace Matching.Planning.Improve;

/// <summary>
/// Plans all crews of a season of one day in which everybody lodges anew, once, before the search: the model of the whole day with its variables in parts says
/// where crews are worth being led at all, and with those places alone it is small enough to be solved. Which places are
/// opened is what a search by parts of the day is slowest to change.
/// </summary>
internal sealed class DayOpening(CompiledSeason c, PlanState state, SeatPrices seats)
{
    /// <summary>Numbers of members up to which the whole day is asked, and units and slots up to which they are counted at all.</summary>
    private const int MostSize = 20_000;
    private const int MostPairs = 500_000;

    /// <summary>Share of a leader from which a place counts as worth being led.</summary>
    private const double LeastLead = 0.001;

    private readonly DayRebuild _rebuild = new(c, state);

    /// <summary>Whether all crews of the season can be weighed at once: with commuters their trips decide, which usual prices of seats say too little about.</summary>
    public static bool IsFor(CompiledSeason c) => c.Days == 1 && !Array.Exists(c.MayCommute, may => may);

    /// <summary>Changes the plan where that gains.</summary>
    /// <param name="work">Deterministic seconds of the solver.</param>
    /// <param name="seconds">Most seconds of the model in parts and in whole numbers together, or null where the clock must not decide.</param>
    /// <param name="seed">Of the solver.</param>
    /// <param name="cancelled">Ends it with what is found so far.</param>
    public void Run(double work, double? seconds, int seed, CancellationToken cancelled)
    {
        if (!IsFor(c) || c.Brokers == 0)
        {
            return;
        }

        state.Commit();
        (int, double) mark = state.Mark();
        double before = state.Net;
        if (!TryRun(work, seconds, seed, cancelled) || state.Net <= before)
        {
            state.UndoTo(mark);
        }

        state.Commit();
    }

    private bool TryRun(double work, double? seconds, int seed, CancellationToken cancelled)
    {
        long began = Stopwatch.GetTimestamp();
        var problem = new DayProblem { Day = 0 };
        TakeAll(problem);
        if ((long)problem.Slots.Count * problem.Units.Count > MostPairs)
        {
            return false;
        }

        var model = new DayModel(c, state, problem, new DayPrices(c, state, seats, problem));
        if (model.Size is 0 or > MostSize || model.LeadsInParts(seconds) is not { } leads || cancelled.IsCancellationRequested)
        {
            return false;
        }

        model.CloseSlots(s => leads[s] < LeastLead);
        state.Meter.Done += (long)(work * WorkMeter.PerSecond);
        double? left = seconds is { } most ? Math.Max(0, most - Stopwatch.GetElapsedTime(began).TotalSeconds) : null;
        return model.Solve(work, seed, left, cancelled) is { } answer && _rebuild.TryApply(problem, answer);
    }

    /// <summary>Every order has a place for each of its crews and for as many more as the room it has left asks for.</summary>
    private void TakeAll(DayProblem problem)
    {
        HashSet<int> led = [];
        for (int o = 0; o < c.Orders; o++)
        {
            TakeOrder(problem, o, led);
        }

        for (int b = 0; b < c.Brokers; b++)
        {
            if (!led.Contains(b) && c.CanLead[b])
            {
                DayRebuild.TakeIdle(problem, b);
            }
        }

        HashSet<int> taken = [.. problem.Units];
        for (int unit = 0; unit < c.Units.Length; unit++)
        {
            if (state.IsOpen(unit, 0) && !taken.Contains(unit))
            {
                problem.Units.Add(unit);
                problem.SlotOfUnit.Add(-1);
            }
        }
    }

    private void TakeOrder(DayProblem problem, int order, HashSet<int> led)
    {
        if (c.Target[order] == 0 || c.Beds[c.OrderSite[order]] == 0)
        {
            return;
        }

        int largest = 0;
        int taken = 0;
        for (int b = 0; b < c.Brokers; b++)
        {
            int crew = state.BrokerCrew(b, 0);
            if (crew < 0 && c.CanLead[b])
            {
                largest = Math.Max(largest, c.SizeRange(b, order).Max);
            }
            else if (crew >= 0 && state.Crew(crew) is { } slot && slot.Order == order)
            {
                led.Add(b);
                if (slot.Pins == 0)
                {
                    largest = Math.Max(largest, slot.Max);
                    taken += slot.Max;
                    _rebuild.TakeWhole(problem, crew);
                }
            }
        }

        int places = 0;
        for (int room = state.Room(order, 0) - taken; room > 0 && largest > 0 && places < c.Brokers; room -= largest)
        {
            problem.Slots.Add(new DaySlot(order, Lodge: true));
            places++;
        }
    }
}
