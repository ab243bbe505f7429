using Matching.Planning.Compiled;
using Matching.Rules;

namespace Matching.Planning.State;

/// <summary>What the rules allow to be added to the plan.</summary>
internal sealed partial class PlanState
{
    /// <summary>Worker-days the order can still take on the day: target, round.</summary>
    public int Room(int order, int day)
    {
        int at = (order * _c.Days) + day;
        int room = _c.Target[at] - _filled[at];
        int round = _c.Round[at];
        if (round < 0)
        {
            return room;
        }

        int left = _roundMost[round] - _roundFilled[round];
        if (KeepRequired)
        {
            left = Math.Min(left, Math.Max(0, _c.Required[at] - _filled[at]) + Math.Max(0, left - _roundShort[round]));
        }

        return Math.Min(room, left);
    }

    /// <summary>Worker-days that agreements with a most still allow for a village, order, leader and day.</summary>
    public int AgreementRoom(int village, int order, int broker, int day)
    {
        int room = int.MaxValue;
        foreach (int a in _c.MostsOfOrder[order])
        {
            if (_c.Agreements[a].Counts(village, broker, day))
            {
                room = Math.Min(room, _agreementMost[a] - _agreementFilled[a]);
            }
        }

        return room;
    }

    /// <summary>
    /// Whether the unit may work that day in the crew: every rule about people, households, pairs, size above, beds and
    /// demand. Rolling rest and season days (W4, max_days) are included unless <paramref name="restToo"/> is false.
    /// </summary>
    public bool CanAdd(int unit, int crewIndex, int day, bool restToo = true)
    {
        Unit u = _c.Units[unit];
        CrewSlot crew = _crews[crewIndex]!;
        int stay = _stay[(unit * _c.Days) + day];
        int order = crew.Order;
        if ((stay >= 0 && stay != crewIndex) || crew.Count[day - crew.From] + u.Size > crew.Max || !IsWanted(u, unit, order, crew.Lodge, day))
        {
            return false;
        }

        foreach (int a in _c.MostsOfOrder[order])
        {
            if (_agreementFilled[a] + Counted(_c.Agreements[a], u, crew.Broker, day) > _agreementMost[a])
            {
                return false;
            }
        }

        foreach (int other in u.Apart)
        {
            if (_assign[(other * _c.Days) + day] == crewIndex)
            {
                return false;
            }
        }

        if (crew.Lodge)
        {
            if (!CanStay(unit, crewIndex, day))
            {
                return false;
            }
        }
        else if (!HomeAllows(u, day))
        {
            return false;
        }

        return !restToo || RestAllows(unit, order, day);
    }

    /// <summary>
    /// Whether the unit may work that day at the order as far as that can be told without the crew: who leads it, its size and
    /// who else is in it are left out, and beds are counted for the one day.
    /// </summary>
    public bool MayWork(int unit, int order, bool lodge, int day)
    {
        Unit u = _c.Units[unit];
        return _c.Kinds[u.Kind].Suits(order) && (!lodge || (u.LodgingOk && BedsLeft(_c.OrderSite[order], day) >= u.Size))
            && _stay[(unit * _c.Days) + day] < 0 && IsWanted(u, unit, order, lodge, day) && HomeAllows(u, day) && RestAllows(unit, order, day);
    }

    /// <summary>Present and free, old enough, wanted (D1, D2), and at one site with whom it must be (H2).</summary>
    private bool IsWanted(Unit u, int unit, int order, bool lodge, int day)
    {
        if (!u.Available[day] || _assign[(unit * _c.Days) + day] >= 0 || u.Size > Room(order, day)
            || ((lodge || _c.Season.Orders[order].AdultOnly) && day < u.AdultFrom))
        {
            return false;
        }

        foreach (int other in u.SameSite)
        {
            int theirs = _assign[(other * _c.Days) + day];
            if (theirs >= 0 && _c.OrderSite[_crews[theirs]!.Order] != _c.OrderSite[order])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether the unit suits the crew at all: skill, area, lodging, village by village.</summary>
    public bool Suits(int unit, int crewIndex)
    {
        CrewSlot crew = _crews[crewIndex]!;
        return Suits(unit, crew.Broker, crew.Order, crew.Lodge);
    }

    /// <inheritdoc cref="Suits(int,int)"/>
    public bool Suits(int unit, int broker, int order, bool lodge)
    {
        Unit u = _c.Units[unit];
        if (!_c.Kinds[u.Kind].Suits(order) || (lodge && !u.LodgingOk))
        {
            return false;
        }

        foreach ((int village, _) in u.Homes)
        {
            if (!_c.Area[broker][village])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>W4 and max_days for one more day at the order.</summary>
    public bool RestAllows(int unit, int order, int day) => RestAllows(unit, _c.Hours[order], day);

    private bool RestAllows(int unit, long hours, int day)
    {
        // Whatever is worked that day already would be worked no more.
        bool rested = false;
        MarkRested(unit, hours - _hoursOn[(unit * _c.Days) + day], day, day, new Span<bool>(ref rested));
        return rested;
    }

    /// <summary>
    /// W4 and max_days for one more day of so many hours, on each of some days: one walk back over them, with the hours of the week that ends
    /// on the day in hand.
    /// </summary>
    private void MarkRested(int unit, long hours, int from, int to, Span<bool> rested)
    {
        rested.Clear();
        if (_worked[unit] >= _mostDays[unit])
        {
            return;
        }

        ReadOnlySpan<int> assigned = _assign.AsSpan(unit * _c.Days, _c.Days);
        ReadOnlySpan<int> hoursOn = _hoursOn.AsSpan(unit * _c.Days, _c.Days);
        int lead = Math.Min(_c.Days - 1, to + 6);
        int after = 0;
        while (lead + 1 + after < _c.Days && assigned[lead + 1 + after] >= 0 && after <= _c.MaxConsecutive)
        {
            after++;
        }

        long week = 0;
        for (int d = Math.Max(0, lead - 6); d <= lead; d++)
        {
            week += hoursOn[d];
        }

        // The next day on which a week ends that has no room for the hours.
        int full = int.MaxValue;
        for (int d = lead; d >= from; d--)
        {
            full = week + hours > _c.MaxHours ? d : full;
            if (d <= to && full - d > 6)
            {
                int before = 0;
                while (before < d && assigned[d - 1 - before] >= 0 && before + after < _c.MaxConsecutive)
                {
                    before++;
                }

                rested[d - from] = before + after < _c.MaxConsecutive;
            }

            after = assigned[d] >= 0 ? after + 1 : 0;
            week += (d >= 7 ? hoursOn[d - 7] : 0) - hoursOn[d];
        }
    }

    /// <summary>C2: whether the crew has enough experienced members on the day for <paramref name="more"/> further ones of whom some are experienced.</summary>
    public bool ExperienceAllows(int crewIndex, int day, int more, int experiencedMore)
    {
        CrewSlot crew = _crews[crewIndex]!;
        int at = day - crew.From;
        return crew.Experienced[at] + experiencedMore
            >= CrewRules.ExperiencedNeeded(_c.Season.Orders[crew.Order], crew.Count[at] + more);
    }

    public int ExperiencedIn(int unit, int order) => _c.Kinds[_c.Units[unit].Kind].Experienced is { } experienced ? experienced[order] : 0;

    private bool CanStay(int unit, int crewIndex, int day)
    {
        Unit u = _c.Units[unit];
        int i = MembershipOf(unit, crewIndex);
        (int first, int last) = i < 0 ? (day, day) : (Math.Min(day, _memberships[unit][i].First), Math.Max(day, _memberships[unit][i].Last));
        int site = _c.OrderSite[_crews[crewIndex]!.Order];
        for (int d = first; d <= last; d++)
        {
            int at = (unit * _c.Days) + d;
            if (_stay[at] == crewIndex)
            {
                continue;
            }

            if (_stay[at] >= 0 || (_assign[at] >= 0 && _assign[at] != crewIndex)
                || BedsLeft(site, d) < u.Size || !HomeAllows(u, d))
            {
                return false;
            }
        }

        return true;
    }

    private bool HomeAllows(Unit u, int day)
    {
        foreach ((int household, int count) in u.Duties)
        {
            int pool = _c.DutyPool[household]![day];
            if (pool >= 0)
            {
                // Members of two households may share one pool of a mutual-help group.
                int leaving = count;
                foreach ((int other, int otherCount) in u.Duties)
                {
                    if (other != household && _c.DutyPool[other]![day] == pool)
                    {
                        leaving += otherCount;
                    }
                }

                if (_poolLeft[pool] < leaving)
                {
                    return false;
                }
            }
        }

        return true;
    }
}
