using System.Collections.Immutable;
using Matching.Planning.Compiled;
using Matching.Planning.State;

namespace Matching.Planning;

/// <summary>Names what ran out first for the worst shortages of a finished state; leaves the state as it was.</summary>
internal sealed class ShortageExplainer(CompiledSeason c, PlanState state)
{
    /// <summary>The shortages that lose most value, worst first.</summary>
    public ImmutableArray<ShortageReason> Worst(int most)
    {
        var found = new List<(double Lost, int Order, int Day)>();
        for (int o = 0; o < c.Orders; o++)
        {
            for (int d = 0; d < c.Days; d++)
            {
                double lost = Lost(o, d);
                if (lost > 0)
                {
                    found.Add((lost, o, d));
                }
            }
        }

        var reasons = ImmutableArray.CreateBuilder<ShortageReason>();
        foreach ((double lost, int o, int d) in found.OrderByDescending(f => f.Lost).ThenBy(f => f.Order).ThenBy(f => f.Day).Take(most))
        {
            int at = (o * c.Days) + d;
            var shortage = new Plans.Shortage(c.Season.Orders[o].Id, c.Season.Day(d), c.Required[at], c.Target[at], state.Filled(o, d));
            reasons.Add(new ShortageReason(shortage, Explain(o, d), Math.Round((decimal)lost, 2, MidpointRounding.AwayFromZero)));
        }

        return reasons.DrainToImmutable();
    }

    private double Lost(int order, int day)
    {
        int at = (order * c.Days) + day;
        int filled = state.Filled(order, day);
        int missing = Math.Max(0, Math.Min(c.Target[at] - filled, state.Room(order, day)));
        int required = Math.Clamp(c.Required[at] - filled, 0, missing);
        return (required * c.RequiredValue[order]) + ((missing - required) * c.TargetValue[at]);
    }

    private BindingReason Explain(int order, int day)
    {
        if (state.Room(order, day) <= 0)
        {
            return BindingReason.RoundOrAgreementFull;
        }

        bool suited = false;
        bool open = false;
        bool led = false;
        for (int v = 0; v < c.Villages; v++)
        {
            bool openHere = false;
            foreach (int u in c.UnitsOfVillage[v])
            {
                if (c.Kinds[c.Units[u].Kind].Suits(order))
                {
                    suited = true;
                    openHere |= state.IsOpen(u, day);
                }
            }

            if (!openHere)
            {
                continue;
            }

            open = true;
            if (!HasLeader(v, order, day))
            {
                continue;
            }

            led = true;
            if (CanArrive(v, order, day))
            {
                return state.AgreementRoom(v, order, -1, day) <= 0 ? BindingReason.RoundOrAgreementFull : BindingReason.NotWorthwhile;
            }
        }

        return !suited ? BindingReason.NoSuitableWorkers
            : !open ? BindingReason.WorkersBusyOrResting
            : !led ? BindingReason.NoBroker
            : c.MayCommute[order] ? BindingReason.NoSeats : BindingReason.NoBeds;
    }

    /// <summary>A crew with a place left, or a free certified broker whose size fits.</summary>
    private bool HasLeader(int village, int order, int day)
    {
        foreach (int crew in state.CrewsAt(village, day))
        {
            CrewSlot slot = state.Crew(crew);
            if (slot.Order == order && slot.Count[day - slot.From] < slot.Max)
            {
                return true;
            }
        }

        for (int b = 0; b < c.Brokers; b++)
        {
            (int min, int max) = c.SizeRange(b, order);
            if (c.Area[b][village] && c.CanLead[(b * c.Days) + day] && state.BrokerCrew(b, day) < 0
                && min <= Math.Min(max, state.Room(order, day)))
            {
                return true;
            }
        }

        return false;
    }

    private bool CanArrive(int village, int order, int day)
    {
        if (c.MayLodge[order] && state.BedsLeft(c.OrderSite[order], day) > 0)
        {
            return true;
        }

        if (!c.MayCommute[order])
        {
            return false;
        }

        (int, double) mark = state.Mark();
        bool placed = state.Transport(day).Insert(village, order, 1, double.MaxValue) == 1;
        state.UndoTo(mark);
        return placed;
    }
}
