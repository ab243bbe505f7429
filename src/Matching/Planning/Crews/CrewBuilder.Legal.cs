using Matching.Planning.Compiled;
using Matching.Planning.Flow;
using Matching.Planning.State;
using Matching.Rules;

namespace Matching.Planning.Crews;

/// <summary>Brings an engagement to days that are legal and pay: riders without a seat, least sizes, poor ends.</summary>
internal sealed partial class CrewBuilder
{
    /// <summary>Takes members of the crew off a day's rides that no vehicle can serve, experienced ones last.</summary>
    /// <returns>How many riders of the village were taken off: more than asked for where a unit is, fewer where only pinned people are left.</returns>
    public int DropRiders(int crew, int day, int village, int count)
    {
        CrewSlot slot = _state.Crew(crew);
        int dropped = 0;
        while (dropped < count)
        {
            (int Unit, double Score) worst = (-1, double.PositiveInfinity);
            foreach (int u in slot.Members)
            {
                if (_state.AssignedCrew(u, day) == crew && !_state.IsPinned(u, day) && LivesIn(u, village))
                {
                    double score = (_state.ExperiencedIn(u, slot.Order) * 100) + _c.Units[u].Size;
                    if (score < worst.Score)
                    {
                        worst = (u, score);
                    }
                }
            }

            if (worst.Unit < 0)
            {
                // Only pinned people are left: the pin stage reports them.
                return dropped;
            }

            _state.Remove(worst.Unit, crew, day);
            dropped += _c.Units[worst.Unit].Homes.First(h => h.Village == village).Count;
        }

        return dropped;
    }

    private bool LivesIn(int unit, int village)
    {
        foreach ((int home, _) in _c.Units[unit].Homes)
        {
            if (home == village)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Settles trips and tells the first day of the crew that breaks C1, C2 or leaves a rider behind; -1 when none does.</summary>
    public int FirstIllegalDay(int crew)
    {
        _unplaced.Clear();
        _state.SettleTrips((_, _) => double.MaxValue, _unplaced);
        if (_unplaced.Count > 0)
        {
            return _unplaced[0].Day;
        }

        CrewSlot slot = _state.Crew(crew);
        for (int d = slot.From; d <= slot.To; d++)
        {
            if (!IsLegalDay(crew, slot, d))
            {
                return d;
            }
        }

        return -1;
    }

    private bool IsLegalDay(int crew, CrewSlot slot, int day) =>
        slot.Count[day - slot.From] >= slot.Min && _state.ExperienceAllows(crew, day, 0, 0);

    /// <summary>C1, C2: keeps the run of legal days with most worker-days.</summary>
    private bool CutToLegal(int crew)
    {
        CrewSlot slot = _state.Crew(crew);
        (int From, int To, int Days) best = (0, -1, 0);
        int from = slot.From;
        int sum = 0;
        for (int d = slot.From; d <= slot.To; d++)
        {
            if (!IsLegalDay(crew, slot, d))
            {
                from = d + 1;
                sum = 0;
                continue;
            }

            sum += slot.Count[d - slot.From];
            if (sum > best.Days)
            {
                best = (from, d, sum);
            }
        }

        if (best.Days == 0)
        {
            if (slot.Pins == 0)
            {
                _state.RemoveCrew(crew);
            }

            return false;
        }

        Narrow(crew, best.From, best.To);
        return true;
    }

    private void Narrow(int crew, int from, int to)
    {
        CrewSlot slot = _state.Crew(crew);
        if (from == slot.From && to == slot.To)
        {
            return;
        }

        for (int d = slot.From; d <= slot.To; d++)
        {
            if (d < from || d > to)
            {
                _state.EmptyDay(crew, d);
            }
        }

        _state.SetWindow(crew, from, to);
    }

    /// <summary>Gives up first or last days that cost more than they bring; true when something was cut.</summary>
    private bool TrimEnds(int crew)
    {
        CrewSlot slot = _state.Crew(crew);
        if (slot.Pins > 0)
        {
            return false;
        }

        foreach (int day in (ReadOnlySpan<int>)[slot.To, slot.From])
        {
            if (slot.From == slot.To || !LooksPoor(slot, day))
            {
                continue;
            }

            double before = _state.Net;
            (int, double) mark = _state.Mark();
            Narrow(crew, day == slot.From ? day + 1 : slot.From, day == slot.To ? day - 1 : slot.To);
            _unplaced.Clear();
            _state.SettleTrips(WorthOfSeat, _unplaced);
            if (_state.Net > before + 0.005)
            {
                return true;
            }

            _state.UndoTo(mark);
        }

        return false;
    }

    private bool LooksPoor(CrewSlot slot, int day)
    {
        int count = slot.Count[day - slot.From];
        int at = (slot.Order * _c.Days) + day;
        int above = Math.Clamp(_state.Filled(slot.Order, day) - _c.Required[at], 0, count);
        double value = (above * _c.TargetValue[at]) + ((count - above) * _c.RequiredValue[slot.Order]);
        double seat = 0;
        if (!slot.Lodge)
        {
            foreach (int u in slot.Members)
            {
                if (_state.AssignedCrew(u, day) >= 0)
                {
                    seat = _seats[_c.Units[u].Village, slot.Order];
                    break;
                }
            }
        }

        return value - (count * seat * 1.5) - _c.Fee[slot.Broker] < 0;
    }
}
