using System.Collections.Immutable;
using Matching.Planning.Compiled;
using Matching.Planning.State;

namespace Matching.Planning;

/// <summary>Names what ran out first for the shortages of a finished state; leaves the state as it was.</summary>
internal sealed class ShortageExplainer(CompiledSeason c, PlanState state)
{
    /// <summary>
    /// The shortages that lose most value, worst first, then all that lose nothing because their round or an agreement is full: what ripened is
    /// picked on other days.
    /// </summary>
    /// <param name="most">How many of those that lose value.</param>
    public ImmutableArray<ShortageReason> Worst(int most)
    {
        var found = new List<(double Lost, Plans.Shortage Shortage, int Order, int Day)>();
        Dictionary<Model.OrderId, int> orderOf = Enumerable.Range(0, c.Orders).ToDictionary(o => c.Season.Orders[o].Id);
        foreach (Model.DailyDemand demand in c.Season.Demand)
        {
            int o = orderOf[demand.Order];
            int d = c.Season.DayIndex(demand.Date);
            int filled = state.Filled(o, d);
            if (filled < demand.Target)
            {
                found.Add((Lost(demand, o, d, filled), new Plans.Shortage(demand.Order, demand.Date, demand.Required, demand.Target, filled), o, d));
            }
        }

        var reasons = ImmutableArray.CreateBuilder<ShortageReason>();
        foreach ((double lost, Plans.Shortage shortage, int o, int d) in found.OrderByDescending(f => f.Lost).ThenBy(f => f.Order).ThenBy(f => f.Day))
        {
            if (lost > 0 ? reasons.Count < most : state.Room(o, d) <= 0)
            {
                reasons.Add(new ShortageReason(shortage, Explain(o, d), Math.Round((decimal)lost, 2, MidpointRounding.AwayFromZero)));
            }
        }

        return reasons.DrainToImmutable();
    }

    /// <summary>CNY of what is missing beyond what rounds and agreements forbid; of a closed site all that is wanted there.</summary>
    private double Lost(Model.DailyDemand demand, int order, int day, int filled)
    {
        int at = (order * c.Days) + day;
        int missing = IsClosed(at) ? demand.Target : Math.Max(0, Math.Min(demand.Target - filled, state.Room(order, day)));
        int required = Math.Clamp(demand.Required - filled, 0, missing);
        return (required * c.RequiredValue[order]) + ((missing - required) * c.TargetValue[at]);
    }

    /// <summary>Whether a demand finds its site absent: it is compiled as none.</summary>
    private bool IsClosed(int orderDay) => c.Target[orderDay] == 0;

    private BindingReason Explain(int order, int day)
    {
        if (IsClosed((order * c.Days) + day))
        {
            return BindingReason.SiteClosed;
        }

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
