using Matching.Planning.Compiled;
using Matching.Planning.State;

namespace Matching.Planning.Improve;

/// <summary>
/// Units of a day's problem who can take each other's place: of the same homes, skills and duties, without pairs, welcome in the same slots
/// for the same money. In a model one number says how many of them go where.
/// </summary>
internal sealed class AlikeUnits
{
    /// <summary>Indices of the problem's units, at least one.</summary>
    public required List<int> Members { get; init; }

    /// <summary>By slot: CNY each brings there but for demand, leader and seat; NaN where they may not work.</summary>
    public required double[] Worth { get; init; }

    public int Count => Members.Count;

    /// <summary>How many of them worked in the slot until now.</summary>
    public int Before(DayProblem problem, int slot) => Members.Count(i => problem.SlotOfUnit[i] == slot);

    /// <summary>All units of the problem, each in one.</summary>
    public static List<AlikeUnits> Group(CompiledSeason c, PlanState state, DayProblem problem, DayPrices prices)
    {
        List<AlikeUnits> all = [];
        Dictionary<string, AlikeUnits> known = [];
        (int Broker, DaySlot Slot)[] goingOn = [..
            from broker in problem.Brokers from slot in problem.Slots.Distinct() where prices.GoesOn(broker, slot) select (broker, slot)];
        for (int i = 0; i < problem.Units.Count; i++)
        {
            int unit = problem.Units[i];
            double[] worth = [.. problem.Slots.Select(s => state.MayWork(unit, s.Order, s.Lodge, problem.Day)
                ? prices.Extra(unit, s.Order) - state.JoinCost(unit, s.Order, s.Lodge) : double.NaN)];
            Unit u = c.Units[unit];
            bool isAlone = u.Apart.Length > 0 || u.SameSite.Length > 0 || goingOn.Any(g => prices.IsMember(unit, g.Broker, g.Slot));
            string key = isAlone ? "" : KeyOf(u, worth);
            if (isAlone || !known.TryGetValue(key, out AlikeUnits? alike))
            {
                alike = new AlikeUnits { Members = [], Worth = worth };
                all.Add(alike);
                if (!isAlone)
                {
                    known.Add(key, alike);
                }
            }

            alike.Members.Add(i);
        }

        return all;
    }

    private static string KeyOf(Unit u, double[] worth) => string.Join(
        '|',
        FormattableString.Invariant($"{u.Kind} {u.LodgingOk}"),
        string.Join(' ', u.Homes),
        string.Join(' ', u.OwnBroker),
        string.Join(' ', u.Duties),
        string.Join(' ', worth.Select(BitConverter.DoubleToInt64Bits)));
}
