using Matching.Planning.Compiled;
using Matching.Planning.State;

namespace Matching.Planning.Improve;

/// <summary>
/// Gives an engagement as it stands to the idle broker for whom it costs least: the fee, and what its members cost who belong to others.
/// Members, days, work and rides stay as they are.
/// </summary>
internal sealed class ChangeLeader(CompiledSeason c, PlanState state) : INeighbourhood
{
    private readonly int[] _ownDays = new int[c.Brokers];
    private readonly List<int> _members = [];
    private readonly List<int> _days = [];
    private readonly List<(int Day, int Village, int Order, int Count)> _unplaced = [];

    public double UsualCost => 0.01;

    /// <summary>A try takes next to no time, and an engagement needs few.</summary>
    public double Share => 0.3;

    public bool IsUseful => c.Brokers > 1;

    public bool Try(Random random)
    {
        state.Meter.Done += c.Brokers;
        if (state.Crews.Count == 0)
        {
            return false;
        }

        int crew = random.Next(state.Crews.Count);
        return state.Crews[crew] is { Pins: 0 } slot && state.IsMine(slot) && Cheapest(crew, slot) is int broker and >= 0 && Hand(crew, slot, broker);
    }

    /// <summary>The broker with whom most is saved, or -1; what agreements with brokers are worth is left to the judgement of the whole.</summary>
    private int Cheapest(int crew, CrewSlot slot)
    {
        Array.Clear(_ownDays);
        foreach (int unit in slot.Members)
        {
            int days = state.Memberships(unit)[state.MembershipOf(unit, crew)].Days;
            foreach (int own in c.Units[unit].OwnBroker)
            {
                if (own >= 0)
                {
                    _ownDays[own] += days;
                }
            }
        }

        double SavedBy(int broker) => (_ownDays[broker] * c.OtherBroker) - ((slot.To - slot.From + 1) * c.Fee[broker]);
        (double Saved, int Broker) best = (SavedBy(slot.Broker) + 0.005, -1);
        for (int b = 0; b < c.Brokers; b++)
        {
            if (SavedBy(b) > best.Saved && MayLead(b, slot))
            {
                best = (SavedBy(b), b);
            }
        }

        return best.Broker;
    }

    private bool MayLead(int broker, CrewSlot slot)
    {
        (int min, int max) = c.SizeRange(broker, slot.Order);
        for (int d = slot.From; d <= slot.To; d++)
        {
            int heads = slot.Count[d - slot.From];
            if (!c.CanLead[(broker * c.Days) + d] || state.BrokerCrew(broker, d) >= 0 || heads < min || heads > max)
            {
                return false;
            }
        }

        return slot.Members.TrueForAll(unit => state.Suits(unit, broker, slot.Order, slot.Lodge));
    }

    /// <summary>The same engagement under another leader; false where a rule stands in the way.</summary>
    private bool Hand(int crew, CrewSlot slot, int broker)
    {
        int handed = state.CreateCrew(broker, slot.Order, slot.From, slot.To, slot.Lodge);
        _members.Clear();
        _members.AddRange(slot.Members);
        foreach (int unit in _members)
        {
            _days.Clear();
            for (int d = slot.From; d <= slot.To; d++)
            {
                if (state.AssignedCrew(unit, d) == crew)
                {
                    state.Remove(unit, crew, d);
                    _days.Add(d);
                }
            }

            foreach (int d in _days)
            {
                if (!state.CanAdd(unit, handed, d))
                {
                    return false;
                }

                state.Add(unit, handed, d);
            }
        }

        state.DissolveCrew(crew);
        _unplaced.Clear();
        state.SettleTrips((order, _) => c.MostForSeat(order), _unplaced);
        return _unplaced.Count == 0;
    }
}
