using Matching.Planning.Compiled;

namespace Matching.Planning.State;

/// <summary>
/// What a search may change when several work side by side, each on a state of its own: the days, and the counts of the whole
/// season. Engagements that reach beyond the days stay as they are.
/// </summary>
internal sealed partial class PlanState
{
    // What limits whole-season counts for this state: the rules' own numbers unless another search has what is left.
    private readonly int[] _mostDays;
    private readonly int[] _roundMost;
    private readonly int[] _agreementMost;

    /// <summary>First day the search may change.</summary>
    public int FirstDay { get; private set; }

    /// <summary>Last day the search may change.</summary>
    public int LastDay { get; private set; }

    /// <summary>Days the unit may still be given (max_days).</summary>
    public int DaysLeft(int unit) => _mostDays[unit] - _worked[unit];

    /// <summary>Whether the search may change the engagement.</summary>
    public bool IsMine(CrewSlot slot) => slot.From >= FirstDay && slot.To <= LastDay;

    /// <summary>Whether the engagement may be taken apart: the search may change it, and no pin keeps it.</summary>
    public bool MayTake(CrewSlot slot) => slot.Pins == 0 && IsMine(slot);

    /// <summary>Whether whatever the broker leads on the days may be taken apart.</summary>
    public bool MayTake(int broker, int from, int to)
    {
        for (int d = from; d <= to; d++)
        {
            int crew = BrokerCrew(broker, d);
            if (crew >= 0 && !MayTake(Crew(crew)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether the broker is there and leads nothing yet on the day (C3), and the order still wants the least crew (C1).</summary>
    public bool IsFreeToLead(int broker, int order, int day) =>
        _c.CanLead[(broker * _c.Days) + day] && BrokerCrew(broker, day) < 0 && Room(order, day) >= _c.SizeRange(broker, order).Min;

    /// <summary>A day the search may change.</summary>
    public int DrawDay(Random random) => FirstDay + random.Next(LastDay - FirstDay + 1);

    /// <summary>
    /// Limits the search to some days. Counts over more days than these (max_days, rounds and agreements with a most) may grow
    /// only where <paramref name="ownsCounts"/>: among searches side by side one has what is left of them.
    /// </summary>
    public void Restrict(int first, int last, bool ownsCounts)
    {
        (FirstDay, LastDay) = (first, last);
        for (int u = 0; u < _mostDays.Length; u++)
        {
            int rule = _c.Units[u].MaxDays;
            int most = ownsCounts ? rule : Math.Min(rule, _worked[u]);
            if (rule < _c.Days && most != _mostDays[u])
            {
                _mostDays[u] = most;
                Refresh(u, 0, _c.Days - 1);
            }
        }

        for (int a = 0; a < _agreementMost.Length; a++)
        {
            int rule = _c.Agreements[a].MaxDays;
            _agreementMost[a] = ownsCounts || rule == int.MaxValue ? rule : Math.Min(rule, _agreementFilled[a]);
        }

        _c.RoundCap.CopyTo(_roundMost, 0);
        for (int at = 0; at < _c.Round.Length && !ownsCounts; at++)
        {
            int day = at % _c.Days;
            if (_c.Round[at] is int round and >= 0 && (day < first || day > last))
            {
                _roundMost[round] = Math.Min(_c.RoundCap[round], _roundFilled[round]);
            }
        }
    }

    /// <summary>The search may change the whole season again.</summary>
    public void LiftRestriction() => Restrict(0, _c.Days - 1, ownsCounts: true);

    /// <summary>Makes the days' engagements and mornings those of another state of the same season; both agree on all that reaches beyond the days.</summary>
    public void Adopt(PlanState other, int first, int last)
    {
        bool IsInside(CrewSlot? slot) => slot is not null && slot.From >= first && slot.To <= last;
        var theirs = new SortedDictionary<(int Broker, int From), int>();
        for (int crew = 0; crew < other._crews.Count; crew++)
        {
            if (IsInside(other._crews[crew]))
            {
                theirs[(other._crews[crew]!.Broker, other._crews[crew]!.From)] = crew;
            }
        }

        for (int crew = 0; crew < _crews.Count; crew++)
        {
            if (_crews[crew] is not { } slot || !IsInside(slot))
            {
                continue;
            }

            if (theirs.TryGetValue((slot.Broker, slot.From), out int same) && IsSame(crew, slot, other, same))
            {
                theirs.Remove((slot.Broker, slot.From));
            }
            else
            {
                RemoveCrew(crew);
            }
        }

        other._pinned.CopyTo(_pinned, 0);
        foreach (int crew in theirs.Values)
        {
            Copy(other, crew);
        }

        for (int d = first; d <= last; d++)
        {
            for (int k = 0; k < _c.Vehicles; k++)
            {
                if (!ReferenceEquals(_transport[d].Chain(k), other._transport[d].Chain(k)))
                {
                    _transport[d].SetChain(k, other._transport[d].Chain(k));
                }
            }
        }

        // Riders and trips both came from the other state, where they agree.
        _dirty.Clear();
        Commit();
    }

    private bool IsSame(int crew, CrewSlot slot, PlanState other, int theirCrew)
    {
        CrewSlot theirs = other._crews[theirCrew]!;
        if (slot.Order != theirs.Order || slot.To != theirs.To || slot.Lodge != theirs.Lodge || slot.Pins != theirs.Pins
            || slot.Members.Count != theirs.Members.Count || !slot.Count.AsSpan().SequenceEqual(theirs.Count))
        {
            return false;
        }

        foreach (int unit in slot.Members)
        {
            for (int at = (unit * _c.Days) + slot.From; at <= (unit * _c.Days) + slot.To; at++)
            {
                if (_assign[at] == crew != (other._assign[at] == theirCrew))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private void Copy(PlanState other, int theirCrew)
    {
        CrewSlot theirs = other._crews[theirCrew]!;
        int crew = CreateCrew(theirs.Broker, theirs.Order, theirs.From, theirs.To, theirs.Lodge);
        foreach (int unit in theirs.Members)
        {
            for (int d = theirs.From; d <= theirs.To; d++)
            {
                if (other._assign[(unit * _c.Days) + d] == theirCrew)
                {
                    Add(unit, crew, d);
                }
            }
        }

        _crews[crew]!.Pins = theirs.Pins;
    }
}
