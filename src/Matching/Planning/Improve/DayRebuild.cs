using Matching.Planning.Compiled;
using Matching.Planning.State;

namespace Matching.Planning.Improve;

/// <summary>Opens up crews of a day for a <see cref="DayProblem"/>, and puts its answer into the plan.</summary>
internal sealed class DayRebuild(CompiledSeason c, PlanState state)
{
    private readonly List<int> _touched = [];
    private readonly List<(int Day, int Village, int Order, int Count)> _unplaced = [];

    /// <summary>Crews the last answer has members in on the day.</summary>
    public IReadOnlyList<int> Touched => _touched;

    /// <summary>Takes the crew's members of the day out, and notes its leader as one who leads the slot until now.</summary>
    /// <param name="problem">The day.</param>
    /// <param name="crew">The crew.</param>
    /// <param name="slot">An index of the problem's slots: the crew's order.</param>
    /// <param name="freed">Gets the members.</param>
    public void Take(DayProblem problem, int crew, int slot, List<(int Unit, int Day)> freed)
    {
        CrewSlot taken = state.Crew(crew);
        int before = freed.Count;
        state.EmptyDay(crew, problem.Day, freed);
        bool isInside = taken.From < problem.Day && taken.To > problem.Day;
        problem.Brokers.Add(taken.Broker);
        problem.SlotOfBroker.Add(slot);
        problem.CrewOfBroker.Add(crew);
        problem.CostOfLeaving.Add(isInside ? c.Start + (c.Join * (freed.Count - before)) : 0);
    }

    /// <summary>Takes the crew's leader and people of the day into the problem, with a slot of their own.</summary>
    public void TakeWhole(DayProblem problem, int crew)
    {
        CrewSlot slot = state.Crew(crew);
        List<(int Unit, int Day)> freed = [];
        Take(problem, crew, problem.Slots.Count, freed);
        foreach ((int unit, _) in freed)
        {
            problem.Units.Add(unit);
            problem.SlotOfUnit.Add(problem.Slots.Count);
        }

        problem.Slots.Add(new DaySlot(slot.Order, slot.Lodge));
    }

    /// <summary>Notes a leader who leads nobody on the day.</summary>
    public static void TakeIdle(DayProblem problem, int broker)
    {
        problem.Brokers.Add(broker);
        problem.SlotOfBroker.Add(-1);
        problem.CrewOfBroker.Add(-1);
        problem.CostOfLeaving.Add(0);
    }

    /// <summary>
    /// Engagements are cut, joined and begun as the answer wants, and members put in where all rules allow it; what the answer
    /// did not ask about (agreements with a most) may leave some out, so crews may be too small.
    /// </summary>
    public void Apply(DayProblem problem, DayAnswer answer)
    {
        int[] crews = new int[problem.Slots.Count];
        _touched.Clear();
        for (int b = 0; b < problem.Brokers.Count; b++)
        {
            int crew = problem.CrewOfBroker[b];
            int wanted = answer.SlotOfBroker[b];
            bool stays = crew >= 0 && wanted >= 0 && problem.Slots[wanted] == new DaySlot(state.Crew(crew).Order, state.Crew(crew).Lodge);
            if (crew >= 0 && !stays)
            {
                state.CutOut(crew, problem.Day, problem.Day);
            }

            if (wanted >= 0)
            {
                crews[wanted] = stays ? crew : state.Engage(problem.Brokers[b], problem.Slots[wanted].Order, problem.Day, problem.Slots[wanted].Lodge);
                _touched.Add(crews[wanted]);
            }
        }

        Enlist(problem, answer, crews, experiencedOnly: true);
        Enlist(problem, answer, crews, experiencedOnly: false);
    }

    /// <summary>Puts the answer into the plan with its trips; false where crews came out too small or somebody has no ride, which is for the caller to undo.</summary>
    public bool TryApply(DayProblem problem, DayAnswer answer)
    {
        Apply(problem, answer);
        foreach (int crew in _touched)
        {
            CrewSlot slot = state.Crew(crew);
            if (slot.Count[problem.Day - slot.From] < slot.Min || !state.ExperienceAllows(crew, problem.Day, 0, 0))
            {
                return false;
            }
        }

        _unplaced.Clear();
        state.SettleTrips((order, _) => c.MostForSeat(order), _unplaced);
        return _unplaced.Count == 0;
    }

    private void Enlist(DayProblem problem, DayAnswer answer, int[] crews, bool experiencedOnly)
    {
        for (int i = 0; i < problem.Units.Count; i++)
        {
            int slot = answer.SlotOfUnit[i];
            if (slot < 0)
            {
                continue;
            }

            int unit = problem.Units[i];
            int experienced = state.ExperiencedIn(unit, problem.Slots[slot].Order);
            if (experienced > 0 == experiencedOnly && state.CanAdd(unit, crews[slot], problem.Day)
                && state.ExperienceAllows(crews[slot], problem.Day, c.Units[unit].Size, experienced))
            {
                state.Add(unit, crews[slot], problem.Day);
            }
        }
    }
}
