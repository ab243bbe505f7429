using Matching.Planning.Compiled;
using Matching.Planning.Crews;
using Matching.Planning.State;

namespace Matching.Planning.Improve;

/// <summary>Room for a crew at an order on the day.</summary>
internal readonly record struct DaySlot(int Order, bool Lodge);

/// <summary>Part of a day to be planned anew: which crews may be led by whom, and who may be in them. Their people are free already.</summary>
internal sealed class DayProblem
{
    public required int Day { get; init; }

    /// <summary>Crews there may be; slots of one order stand together.</summary>
    public List<DaySlot> Slots { get; } = [];

    /// <summary>Brokers who may lead one of them.</summary>
    public List<int> Brokers { get; } = [];

    /// <summary>Units who may be members.</summary>
    public List<int> Units { get; } = [];

    /// <summary>Where each broker led on the day until now: an index of <see cref="Slots"/>, or -1.</summary>
    public List<int> SlotOfBroker { get; } = [];

    /// <summary>Where each unit worked until now: an index of <see cref="Slots"/>, or -1.</summary>
    public List<int> SlotOfUnit { get; } = [];

    /// <summary>CNY by broker that breaking up the engagement on the day costs, on top of a start.</summary>
    public List<double> CostOfLeaving { get; } = [];

    /// <summary>The engagement of the broker that was opened up, or -1.</summary>
    public List<int> CrewOfBroker { get; } = [];
}

/// <summary>What the day's crews shall be: a slot for each broker and unit of the problem, or -1.</summary>
internal sealed record DayAnswer(int[] SlotOfBroker, int[] SlotOfUnit);

/// <summary>The prices a day's crews are weighed with, from the plan as it is.</summary>
internal sealed class DayPrices(CompiledSeason c, PlanState state, SeatPrices seats, DayProblem problem)
{
    /// <summary>Share of a seat's usual price that is saved when a seat in a running vehicle stays empty.</summary>
    private const double Avoidable = 0.5;

    /// <summary>Worker-days the order still requires.</summary>
    public int Required(int order) => Math.Max(0, c.Required[At(order)] - state.Filled(order, problem.Day));

    /// <summary>Worker-days the order still takes (D1, D2).</summary>
    public int Room(int order) => Math.Max(0, state.Room(order, problem.Day));

    public double RequiredValue(int order) => c.RequiredValue[order];

    public double TargetValue(int order) => c.TargetValue[At(order)];

    /// <summary>CNY a seat in a vehicle that runs anyway, and one beyond those.</summary>
    public (double Running, double New) Seat(int village, int order)
    {
        double price = seats[village, order];
        return (Avoidable * price, price);
    }

    /// <summary>Seats in vehicles that run already.</summary>
    public int RunningSeats(int village, int order)
    {
        Trips.DayTransport morning = state.Transport(problem.Day);
        return Math.Max(0, morning.Carried(village, order) - state.Riders(problem.Day, village, order)) + morning.Spare(village, order);
    }

    /// <summary>CNY the unit brings beside the order's value: work share, agreements; the leader's part is left out.</summary>
    public double Extra(int unit, int order)
    {
        int at = At(order);
        int size = c.Units[unit].Size;
        int required = Math.Clamp(c.Required[at] - state.Filled(order, problem.Day), 0, size);
        double value = (required * c.RequiredValue[order]) + ((size - required) * c.TargetValue[at]);
        double gain = state.GainOfAdding(unit, broker: -1, order, problem.Day) - value;
        foreach (int own in c.Units[unit].OwnBroker)
        {
            gain += own >= 0 ? c.OtherBroker : 0;
        }

        return gain;
    }

    /// <summary>CNY of leading the slot: fee, and a start unless an engagement goes on.</summary>
    public double Leading(int broker, DaySlot slot) =>
        c.Fee[broker] + (GoesOn(broker, slot) ? 0 : c.Start);

    /// <summary>Whether the broker leads the order on the day before or after.</summary>
    public bool GoesOn(int broker, DaySlot slot) =>
        !slot.Lodge && (state.Neighbour(broker, slot.Order, problem.Day - 1) >= 0 || state.Neighbour(broker, slot.Order, problem.Day + 1) >= 0);

    /// <summary>Whether the unit is a member of an engagement of the broker that would go on.</summary>
    public bool IsMember(int unit, int broker, DaySlot slot)
    {
        if (slot.Lodge)
        {
            return false;
        }

        int before = state.Neighbour(broker, slot.Order, problem.Day - 1);
        int after = state.Neighbour(broker, slot.Order, problem.Day + 1);
        return (before >= 0 && state.MembershipOf(unit, before) >= 0) || (after >= 0 && state.MembershipOf(unit, after) >= 0);
    }

    private int At(int order) => (order * c.Days) + problem.Day;
}
