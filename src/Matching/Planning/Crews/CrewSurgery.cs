using Matching.Planning.Compiled;
using Matching.Planning.State;
using Matching.Rules;

namespace Matching.Planning.Crews;

/// <summary>Makes engagements legal by taking away: thins days short of experience, gives up days below the least size, splits what is left.</summary>
/// <param name="c">The season.</param>
/// <param name="state">The plan.</param>
/// <param name="loaded">Where the plan came from, to be kept up to date; null where nobody asks.</param>
internal sealed class CrewSurgery(CompiledSeason c, PlanState state, LoadedPlan? loaded = null)
{
    private readonly List<(int Day, int Village, int Order, int Count)> _unplaced = [];

    /// <summary>C1, C2 on a day of the engagement.</summary>
    public bool IsLegalDay(int crew, int day)
    {
        CrewSlot slot = state.Crew(crew);
        return slot.Count[day - slot.From] >= slot.Min && state.ExperienceAllows(crew, day, 0, 0);
    }

    /// <summary>Whether some day of the engagement breaks C1 or C2.</summary>
    public bool IsWeak(int crew)
    {
        CrewSlot slot = state.Crew(crew);
        for (int d = slot.From; d <= slot.To; d++)
        {
            if (!IsLegalDay(crew, d))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Gives up what is not legal; the longest legal run keeps the engagement, other runs become engagements of their own where they pay.</summary>
    public void Legalize(int crew)
    {
        CrewSlot slot = state.Crew(crew);
        for (int d = slot.From; d <= slot.To; d++)
        {
            Thin(crew, slot, d);
        }

        var runs = new List<(int From, int To, int Days)>();
        for (int d = slot.From; d <= slot.To; d++)
        {
            if (!IsLegalDay(crew, d))
            {
                continue;
            }

            int end = d;
            int days = slot.Count[d - slot.From];
            while (end < slot.To && IsLegalDay(crew, end + 1))
            {
                end++;
                days += slot.Count[end - slot.From];
            }

            runs.Add((d, end, days));
            d = end;
        }

        if (runs.Count == 0)
        {
            state.RemoveCrew(crew);
            return;
        }

        (int From, int To, int Days) main = runs.MaxBy(r => r.Days);
        if (main.From == slot.From && main.To == slot.To)
        {
            return;
        }

        var others = new List<(int Unit, int Day)>();
        for (int d = slot.From; d <= slot.To; d++)
        {
            if (d >= main.From && d <= main.To)
            {
                continue;
            }

            bool kept = runs.Exists(r => d >= r.From && d <= r.To);
            state.EmptyDay(crew, d, kept ? others : null);
        }

        state.SetWindow(crew, main.From, main.To);
        foreach ((int from, int to, _) in runs)
        {
            if (from != main.From)
            {
                Reopen(slot, from, to, others);
            }
        }
    }

    /// <summary>Settles trips; whoever finds no seat at that price is taken off. Returns the crews that lost somebody.</summary>
    public HashSet<int> Settle(double seatLimit = double.MaxValue)
    {
        var shorter = new HashSet<int>();
        for (int round = 0; round < 8; round++)
        {
            _unplaced.Clear();
            state.SettleTrips((_, _) => seatLimit, _unplaced);
            if (_unplaced.Count == 0)
            {
                break;
            }

            foreach ((int day, int village, int order, int count) in _unplaced)
            {
                TakeOff(day, village, order, count, shorter);
            }
        }

        return shorter;
    }

    /// <summary>Settles trips at what a seat may cost at the most; whether nobody was taken off who left a crew illegal.</summary>
    public bool SettlesWell()
    {
        foreach (int crew in Settle(c.MostForSeat()))
        {
            if (state.Crews[crew] is not null && IsWeak(crew))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Legal again everywhere: settles and gives up in turns until nothing is left to do.</summary>
    public void LegalizeAll()
    {
        for (int round = 0; round < 50; round++)
        {
            bool any = Settle().Count > 0;
            for (int crew = 0; crew < state.Crews.Count; crew++)
            {
                if (state.Crews[crew] is not null && IsWeak(crew))
                {
                    Legalize(crew);
                    any = true;
                }
            }

            if (!any)
            {
                return;
            }
        }
    }

    private void Reopen(CrewSlot slot, int from, int to, List<(int Unit, int Day)> days)
    {
        double before = state.Worth;
        (int, double) mark = state.Mark();
        int crew = state.CreateCrew(slot.Broker, slot.Order, from, to, slot.Lodge);
        if (loaded is not null && loaded.CrewOf.TryGetValue(slot, out int stems))
        {
            loaded.CrewOf[state.Crew(crew)] = stems;
        }

        foreach ((int unit, int day) in days)
        {
            if (day >= from && day <= to && state.CanAdd(unit, crew, day))
            {
                state.Add(unit, crew, day);
            }
        }

        if (IsWeak(crew) || state.Worth <= before)
        {
            // Taking back by steps, not by the mark: passengers are not settled here.
            state.RemoveCrew(crew);
        }
    }

    /// <summary>C2: members without the experience leave until the share holds, as long as enough are left.</summary>
    private void Thin(int crew, CrewSlot slot, int day)
    {
        int at = day - slot.From;
        if (!CrewRules.AsksExperience(c.Season.Orders[slot.Order]) || slot.Count[at] < slot.Min || state.ExperienceAllows(crew, day, 0, 0))
        {
            return;
        }

        int[] leaving =
        [
            .. slot.Members.Where(u => state.AssignedCrew(u, day) == crew && !state.IsPinned(u, day))
                .OrderBy(u => state.ExperiencedIn(u, slot.Order)).ThenBy(u => c.Units[u].Size),
        ];
        foreach (int unit in leaving)
        {
            int size = c.Units[unit].Size;
            if (state.ExperienceAllows(crew, day, 0, 0) || slot.Count[at] - size < slot.Min || state.ExperiencedIn(unit, slot.Order) == size)
            {
                return;
            }

            state.Remove(unit, crew, day);
        }
    }

    private void TakeOff(int day, int village, int order, int count, HashSet<int> crews)
    {
        foreach (int crew in state.CrewsAt(village, day).ToArray())
        {
            CrewSlot slot = state.Crew(crew);
            if (slot.Order != order || slot.Lodge)
            {
                continue;
            }

            // Whoever joined last leaves first, the experienced and the pinned last.
            int[] riders =
            [
                .. slot.Members.Where(u => state.AssignedCrew(u, day) == crew && c.Units[u].Homes.Any(h => h.Village == village))
                    .Reverse().OrderBy(u => state.IsPinned(u, day)).ThenBy(u => state.ExperiencedIn(u, order)),
            ];
            foreach (int unit in riders)
            {
                if (count <= 0)
                {
                    return;
                }

                state.Remove(unit, crew, day);
                crews.Add(crew);
                count -= c.Units[unit].Homes.First(h => h.Village == village).Count;
            }
        }
    }
}
