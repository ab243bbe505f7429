using Matching.Planning.Crews;
using Matching.Planning.State;

namespace Matching.Planning.Improve;

/// <summary>Gives an engagement more members, or more days at either end while its broker is free.</summary>
internal sealed class WidenCrew(PlanState state, CrewBuilder builder) : INeighbourhood
{
    public double UsualCost => 4;

    public bool Try(Random random)
    {
        if (state.Crews.Count == 0)
        {
            return false;
        }

        int crew = random.Next(state.Crews.Count);
        if (state.Crews[crew] is not { } slot || !state.IsMine(slot))
        {
            return false;
        }

        int from = slot.From;
        int to = slot.To;
        int before = random.Next(3) == 0 ? 0 : random.Next(0, 6);
        int after = random.Next(3) == 0 ? 0 : random.Next(0, 6);
        while (before-- > 0 && IsOpen(slot, from - 1))
        {
            from--;
        }

        while (after-- > 0 && IsOpen(slot, to + 1))
        {
            to++;
        }

        if (from != slot.From || to != slot.To)
        {
            state.SetWindow(crew, from, to);
        }

        builder.Fill(crew, from, to, random);
        return builder.Finish(crew);
    }

    private bool IsOpen(CrewSlot slot, int day) =>
        day >= state.FirstDay && day <= state.LastDay && state.IsFreeToLead(slot.Broker, slot.Order, day);
}
