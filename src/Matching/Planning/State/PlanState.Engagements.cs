namespace Matching.Planning.State;

/// <summary>Cuts engagements in two and joins them.</summary>
internal sealed partial class PlanState
{
    private readonly List<(int Unit, int Day)> _movedOn = [];

    /// <summary>Takes days out of an engagement: it keeps its days before them, and those after become an engagement of their own.</summary>
    public void CutOut(int crew, int from, int to)
    {
        CrewSlot slot = _crews[crew]!;
        int last = slot.To;
        if (slot.From >= from && last <= to)
        {
            RemoveCrew(crew);
            return;
        }

        _movedOn.Clear();
        bool keepsFront = slot.From < from;
        for (int d = Math.Max(from, slot.From); d <= (keepsFront ? last : to); d++)
        {
            EmptyDay(crew, d, d > to ? _movedOn : null);
        }

        SetWindow(crew, keepsFront ? slot.From : to + 1, keepsFront ? from - 1 : last);
        if (keepsFront && last > to)
        {
            int rest = CreateCrew(slot.Broker, slot.Order, to + 1, last, slot.Lodge);
            foreach ((int unit, int day) in _movedOn)
            {
                Add(unit, rest, day);
            }
        }
    }

    /// <summary>
    /// An engagement of the broker at the order on the day, still of nobody on that day: the one that ends the day before or
    /// begins the day after goes on, and where both do they become one; else a new one, as always for lodging crews, whose
    /// members would have to stay in between.
    /// </summary>
    public int Engage(int broker, int order, int day, bool lodge)
    {
        int before = lodge ? -1 : Neighbour(broker, order, day - 1);
        int after = lodge ? -1 : Neighbour(broker, order, day + 1);
        if (before >= 0 && after >= 0)
        {
            return Join(before, after);
        }

        if (before < 0 && after < 0)
        {
            return CreateCrew(broker, order, day, day, lodge);
        }

        int crew = Math.Max(before, after);
        CrewSlot slot = _crews[crew]!;
        SetWindow(crew, Math.Min(slot.From, day), Math.Max(slot.To, day));
        return crew;
    }

    /// <summary>The broker's commuting engagement at the order on the day that the search may change, or -1.</summary>
    public int Neighbour(int broker, int order, int day)
    {
        int crew = day < FirstDay || day > LastDay ? -1 : BrokerCrew(broker, day);
        return crew >= 0 && _crews[crew] is { } slot && slot.Order == order && !slot.Lodge && IsMine(slot) ? crew : -1;
    }

    private int Join(int crew, int later)
    {
        CrewSlot slot = _crews[crew]!;
        CrewSlot second = _crews[later]!;
        if (second.Pins > 0)
        {
            // Pins stay with the engagement they were counted in.
            SetWindow(crew, slot.From, slot.To + 1);
            return crew;
        }

        _movedOn.Clear();
        int last = second.To;
        for (int d = second.From; d <= last; d++)
        {
            EmptyDay(later, d, _movedOn);
        }

        DissolveCrew(later);
        SetWindow(crew, slot.From, last);
        foreach ((int unit, int day) in _movedOn)
        {
            Add(unit, crew, day);
        }

        return crew;
    }
}
