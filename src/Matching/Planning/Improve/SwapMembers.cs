using Matching.Planning.Compiled;
using Matching.Planning.State;

namespace Matching.Planning.Improve;

/// <summary>
/// Gives some days of a member to another unit, mostly of the same village, who hands over what it does on those days: own
/// leaders, work shares and skills come to where they count, and crews at their least size can still change.
/// </summary>
internal sealed class SwapMembers(CompiledSeason c, PlanState state) : INeighbourhood
{
    private readonly List<int> _days = [];
    private readonly List<(int Crew, int Day)> _given = [];
    private readonly List<(int Day, int Village, int Order, int Count)> _unplaced = [];

    public double UsualCost => 0.1;

    public bool Try(Random random)
    {
        state.Meter.Done += 100;
        if (state.Crews.Count == 0)
        {
            return false;
        }

        int crew = random.Next(state.Crews.Count);
        if (state.Crews[crew] is not { Members.Count: > 0 } slot || !state.IsMine(slot))
        {
            return false;
        }

        int leaving = slot.Members[random.Next(slot.Members.Count)];
        int coming = Other(slot, leaving, random);
        if (coming < 0 || coming == leaving || !state.Suits(coming, crew))
        {
            return false;
        }

        bool wholly = slot.Lodge || random.Next(2) == 0;
        int from = wholly ? slot.From : random.Next(slot.From, slot.To + 1);
        int to = wholly ? slot.To : random.Next(from, slot.To + 1);
        if (!Collect(crew, leaving, coming, from, to))
        {
            return false;
        }

        Exchange(crew, leaving, coming);
        if (!StandsOnAllDays(crew))
        {
            return false;
        }

        _unplaced.Clear();
        state.SettleTrips((order, _) => c.RequiredValue[order], _unplaced);
        return _unplaced.Count == 0;
    }

    private int Other(CrewSlot slot, int leaving, Random random)
    {
        int[] villages = c.AreaVillages[slot.Broker];
        int village = random.Next(5) > 0 ? c.Units[leaving].Village : villages[random.Next(villages.Length)];
        int[] units = c.UnitsOfVillage[village];
        return units.Length == 0 ? -1 : units[random.Next(units.Length)];
    }

    /// <summary>The days to hand over and what the other does on them; false when there is nothing that may move.</summary>
    private bool Collect(int crew, int leaving, int coming, int from, int to)
    {
        _days.Clear();
        _given.Clear();
        for (int d = from; d <= to; d++)
        {
            int theirs = state.AssignedCrew(coming, d);
            if (state.AssignedCrew(leaving, d) != crew || theirs == crew || state.IsPinned(leaving, d)
                || (theirs >= 0 && (state.IsPinned(coming, d) || state.Crew(theirs).Lodge || !state.IsMine(state.Crew(theirs)))))
            {
                continue;
            }

            _days.Add(d);
            if (theirs >= 0)
            {
                _given.Add((theirs, d));
            }
        }

        return _days.Count > 0;
    }

    /// <summary>Takes both out and puts each in the other's place where the rules allow it, else back.</summary>
    private void Exchange(int crew, int leaving, int coming)
    {
        foreach (int d in _days)
        {
            state.Remove(leaving, crew, d);
        }

        foreach ((int other, int d) in _given)
        {
            state.Remove(coming, other, d);
        }

        foreach (int d in _days)
        {
            if (!Put(coming, crew, d))
            {
                Put(leaving, crew, d);
            }
        }

        foreach ((int other, int d) in _given)
        {
            if (!(state.AssignedCrew(leaving, d) < 0 && state.Suits(leaving, other) && Put(leaving, other, d)) && state.AssignedCrew(coming, d) < 0)
            {
                Put(coming, other, d);
            }
        }
    }

    private bool Put(int unit, int crew, int day)
    {
        if (!state.CanAdd(unit, crew, day)
            || !state.ExperienceAllows(crew, day, c.Units[unit].Size, state.ExperiencedIn(unit, state.Crew(crew).Order)))
        {
            return false;
        }

        state.Add(unit, crew, day);
        return true;
    }

    private bool StandsOnAllDays(int crew)
    {
        foreach (int d in _days)
        {
            if (!Stands(crew, d))
            {
                return false;
            }
        }

        foreach ((int other, int d) in _given)
        {
            if (!Stands(other, d))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>C1, C2 from below.</summary>
    private bool Stands(int crew, int day)
    {
        CrewSlot slot = state.Crew(crew);
        return slot.Count[day - slot.From] >= slot.Min && state.ExperienceAllows(crew, day, 0, 0);
    }
}
