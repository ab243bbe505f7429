using Matching.Planning.Compiled;
using Matching.Planning.State;

namespace Matching.Planning.Improve;

/// <summary>
/// Gives some days of a member to another unit, mostly of the same village, who hands over what it does on those days: own
/// leaders, work shares and skills come to where they count, and crews at their least size can still change. Half of the tries
/// look for somebody led by a stranger while the own broker leads others of the village.
/// </summary>
internal sealed class SwapMembers(CompiledSeason c, PlanState state) : INeighbourhood
{
    /// <summary>Days looked at for a crew of the own broker.</summary>
    private const int DaysLooked = 8;
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

        // Who changes places fills no more than before: nothing needs to be kept for later days.
        state.KeepRequired = false;
        bool isHome = random.Next(2) == 0;
        (int crew, int leaving, int coming) = isHome ? ToOwnLeader(random) : ByChance(random);
        if (crew < 0)
        {
            return false;
        }

        CrewSlot slot = state.Crew(crew);
        bool wholly = slot.Lodge || isHome || random.Next(2) == 0;
        int from = wholly ? slot.From : random.Next(slot.From, slot.To + 1);
        int to = wholly ? slot.To : random.Next(from, slot.To + 1);
        if (!Collect(crew, leaving, coming, from, to, isHome))
        {
            return false;
        }

        if (isHome)
        {
            ExchangeByDay(crew, leaving, coming);
        }
        else
        {
            Exchange(crew, leaving, coming);
        }

        if (!StandsOnAllDays(crew))
        {
            return false;
        }

        _unplaced.Clear();
        state.SettleTrips((order, _) => c.RequiredValue[order], _unplaced);
        return _unplaced.Count == 0;
    }

    private (int Crew, int Leaving, int Coming) ByChance(Random random)
    {
        int crew = random.Next(state.Crews.Count);
        if (state.Crews[crew] is not { Members.Count: > 0 } slot || !state.IsMine(slot))
        {
            return (-1, -1, -1);
        }

        int leaving = slot.Members[random.Next(slot.Members.Count)];
        int coming = Other(slot, leaving, random);
        return coming < 0 || coming == leaving || !state.Suits(coming, crew) ? (-1, -1, -1) : (crew, leaving, coming);
    }

    /// <summary>Somebody led by a stranger, to a crew of the own broker, for the neighbour there whose days fit theirs best.</summary>
    private (int Crew, int Leaving, int Coming) ToOwnLeader(Random random)
    {
        int coming = random.Next(c.Units.Length);
        Unit unit = c.Units[coming];
        int own = unit.OwnBroker[random.Next(unit.OwnBroker.Length)];
        if (own < 0)
        {
            return (-1, -1, -1);
        }

        int day = state.DrawDay(random);
        for (int i = 0; i < DaysLooked; i++, day = day == state.LastDay ? state.FirstDay : day + 1)
        {
            int crew = state.BrokerCrew(own, day);
            if (crew < 0 || state.AssignedCrew(coming, day) is var theirs && (theirs < 0 || theirs == crew))
            {
                continue;
            }

            CrewSlot slot = state.Crew(crew);
            if (state.IsMine(slot) && state.Suits(coming, crew))
            {
                int leaving = Stranger(slot, crew, coming, unit.Village, random);
                return leaving < 0 ? (-1, -1, -1) : (crew, leaving, coming);
            }
        }

        return (-1, -1, -1);
    }

    /// <summary>
    /// The member of the village, not one of the broker's own, who could change places on most days; a day counts twice where the
    /// member would come to the own broker as well. -1 for nobody.
    /// </summary>
    private int Stranger(CrewSlot slot, int crew, int coming, int village, Random random)
    {
        (int Unit, double Fit) best = (-1, 0);
        foreach (int member in slot.Members)
        {
            Unit unit = c.Units[member];
            if (unit.Village != village || unit.OwnBroker.Contains(slot.Broker))
            {
                continue;
            }

            double fit = random.NextDouble();
            for (int d = slot.From; d <= slot.To; d++)
            {
                if (state.AssignedCrew(member, d) == crew)
                {
                    int theirs = state.AssignedCrew(coming, d);
                    fit += theirs < 0 || theirs == crew || !state.Suits(member, theirs) ? 0 : unit.OwnBroker.Contains(state.Crew(theirs).Broker) ? 2 : 1;
                }
            }

            if (fit >= 1 && fit > best.Fit)
            {
                best = (member, fit);
            }
        }

        return best.Unit;
    }

    private int Other(CrewSlot slot, int leaving, Random random)
    {
        int[] villages = c.AreaVillages[slot.Broker];
        int village = random.Next(5) > 0 ? c.Units[leaving].Village : villages[random.Next(villages.Length)];
        int[] units = c.UnitsOfVillage[village];
        return units.Length == 0 ? -1 : units[random.Next(units.Length)];
    }

    /// <summary>The days to hand over and what the other does on them; false when there is nothing that may move.</summary>
    private bool Collect(int crew, int leaving, int coming, int from, int to, bool bothWork)
    {
        _days.Clear();
        _given.Clear();
        for (int d = from; d <= to; d++)
        {
            int theirs = state.AssignedCrew(coming, d);
            if (state.AssignedCrew(leaving, d) != crew || theirs == crew || (bothWork && theirs < 0) || state.IsPinned(leaving, d)
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

    /// <summary>Day by day each goes to the other's crew; where one of them may not, both stay.</summary>
    private void ExchangeByDay(int crew, int leaving, int coming)
    {
        foreach ((int other, int d) in _given)
        {
            state.Remove(leaving, crew, d);
            state.Remove(coming, other, d);
            if (!Put(coming, crew, d))
            {
                state.Add(leaving, crew, d);
                state.Add(coming, other, d);
            }
            else if (!state.Suits(leaving, other) || !Put(leaving, other, d))
            {
                state.Remove(coming, crew, d);
                state.Add(leaving, crew, d);
                state.Add(coming, other, d);
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
