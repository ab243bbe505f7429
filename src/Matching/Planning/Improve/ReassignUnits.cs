using Matching.Planning.Compiled;
using Matching.Planning.Crews;
using Matching.Planning.State;

namespace Matching.Planning.Improve;

/// <summary>
/// Takes some weeks of a unit's commuting days away and gives it its best schedule among all crews its village can join, by
/// the rest-pattern program; days a crew could not spare stay.
/// </summary>
internal sealed class ReassignUnits(CompiledSeason c, PlanState state, SeatPrices seats) : INeighbourhood
{
    private const int MaxWindow = 35;
    private readonly SchedulePicker _picker = new(c);
    private readonly List<(int Day, int Village, int Order, int Count)> _unplaced = [];
    private readonly double[] _values = new double[MaxWindow];
    private readonly long[] _hours = new long[MaxWindow];
    private readonly int[] _crew = new int[MaxWindow];

    public double UsualCost => 0.3;

    public bool Try(Random random)
    {
        int unit = random.Next(c.Units.Length);
        int days = state.LastDay - state.FirstDay + 1;
        int length = Math.Min(days, MaxWindow);
        int from = state.FirstDay + random.Next(days - length + 1);
        int to = from + length - 1;
        for (int d = from; d <= to; d++)
        {
            int crew = state.AssignedCrew(unit, d);
            if (crew >= 0 && CanLeave(unit, crew, d))
            {
                state.Remove(unit, crew, d);
            }
        }

        Unit u = c.Units[unit];
        bool any = false;
        for (int d = from; d <= to; d++)
        {
            int i = d - from;
            _values[i] = double.NegativeInfinity;
            if (state.IsOpen(unit, d))
            {
                Look(unit, u, d, i);
                any |= _crew[i] >= 0 && _values[i] > 0;
            }
        }

        if (!any)
        {
            return false;
        }

        state.Meter.Done += 64L * (length + 12);
        _picker.Pick(state, unit, from, to, _values.AsSpan(0, length), _hours.AsSpan(0, length));
        foreach (int d in _picker.Days)
        {
            int crew = _crew[d - from];
            if (state.CanAdd(unit, crew, d) && state.ExperienceAllows(crew, d, u.Size, state.ExperiencedIn(unit, state.Crew(crew).Order)))
            {
                state.Add(unit, crew, d);
            }
        }

        _unplaced.Clear();
        state.SettleTrips((order, _) => c.RequiredValue[order], _unplaced);
        return _unplaced.Count == 0;
    }

    /// <summary>The crew where the unit's day brings most.</summary>
    private void Look(int unit, Unit u, int day, int at)
    {
        _crew[at] = -1;
        foreach (int crew in state.CrewsAt(u.Village, day))
        {
            CrewSlot slot = state.Crew(crew);
            if (slot.Lodge || !state.IsMine(slot) || !c.Kinds[u.Kind].Suits(slot.Order) || slot.Count[day - slot.From] >= slot.Max)
            {
                continue;
            }

            double value = state.GainOfAdding(unit, slot.Broker, slot.Order, day);
            foreach ((int village, int count) in u.Homes)
            {
                value -= state.Transport(day).Spare(village, slot.Order) >= count ? 0 : count * seats[village, slot.Order];
            }

            if (state.MembershipOf(unit, crew) < 0)
            {
                // A join is shared by the days it brings; those are not known yet.
                value -= c.Join * u.Size / 3;
            }

            if (value > _values[at] && state.Suits(unit, crew) && state.CanAdd(unit, crew, day, restToo: false)
                && state.ExperienceAllows(crew, day, u.Size, state.ExperiencedIn(unit, slot.Order)))
            {
                _values[at] = value;
                _crew[at] = crew;
                _hours[at] = c.Hours[slot.Order];
            }
        }
    }

    private bool CanLeave(int unit, int crew, int day)
    {
        CrewSlot slot = state.Crew(crew);
        Unit u = c.Units[unit];
        return !slot.Lodge && state.IsMine(slot) && !state.IsPinned(unit, day) && slot.Count[day - slot.From] - u.Size >= slot.Min
            && state.ExperienceAllows(crew, day, -u.Size, -state.ExperiencedIn(unit, slot.Order));
    }
}
