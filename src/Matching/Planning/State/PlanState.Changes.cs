using Matching.Planning.Compiled;
using Matching.Planning.Trips;

namespace Matching.Planning.State;

/// <summary>The changes of a plan and how they are taken back.</summary>
internal sealed partial class PlanState
{
    private readonly List<Change> _journal = [];
    private bool _loading;

    private enum ChangeKind
    {
        Added,
        Removed,
        Created,
        Dissolved,
        Windowed,
        Chained,
    }

    /// <summary>Until <see cref="EndLoading"/>, neither who is open nor who has a seat is kept up to date: a whole plan is put in.</summary>
    public void BeginLoading() => _loading = true;

    /// <summary>Brings <see cref="IsOpen"/> up to date for everybody and notes riders without a seat and seats without a rider; what was put in stands.</summary>
    public void EndLoading()
    {
        _loading = false;
        for (int village = 0; village < _c.Villages; village++)
        {
            for (int d = 0; d < _c.Days; d++)
            {
                int[]? riders = _riders[(village * _c.Days) + d];
                for (int o = 0; o < _c.Orders; o++)
                {
                    if ((riders?[o] ?? 0) != _transport[d].Carried(village, o))
                    {
                        _dirty.Add((d, village, o));
                    }
                }
            }
        }

        for (int u = 0; u < _c.Units.Length; u++)
        {
            Refresh(u, 0, _c.Days - 1);
        }

        Commit();
    }

    /// <summary>Unit-days, crews and vehicle mornings changed since the mark, with repetitions.</summary>
    public void VisitSince((int Position, double Worth) mark, Action<int, int> unitDay, Action<CrewSlot?> crew, Action<int, int> morning)
    {
        for (int i = mark.Position; i < _journal.Count; i++)
        {
            Change change = _journal[i];
            switch (change.Kind)
            {
                case ChangeKind.Added or ChangeKind.Removed:
                    unitDay(change.A, change.C);
                    break;
                case ChangeKind.Created or ChangeKind.Windowed:
                    crew(_crews[change.A]);
                    break;
                case ChangeKind.Dissolved:
                    crew((CrewSlot)change.Old!);
                    break;
                default:
                    morning(change.A, change.B);
                    break;
            }
        }
    }

    /// <summary>A place in the journal to come back to.</summary>
    public (int Position, double Worth) Mark() => (_journal.Count, Worth);

    /// <summary>Forgets how to take back what was done: everything so far stands.</summary>
    public void Commit() => _journal.Clear();

    /// <summary>Takes back everything since the mark; passengers must be settled again by the same marks.</summary>
    public void UndoTo((int Position, double Worth) mark)
    {
        while (_journal.Count > mark.Position)
        {
            Change change = _journal[^1];
            _journal.RemoveAt(_journal.Count - 1);
            switch (change.Kind)
            {
                case ChangeKind.Added:
                    Shift(change.A, change.B, change.C, -1);
                    break;
                case ChangeKind.Removed:
                    Shift(change.A, change.B, change.C, +1);
                    break;
                case ChangeKind.Created:
                    Detach(change.A);
                    break;
                case ChangeKind.Dissolved:
                    Attach(change.A, (CrewSlot)change.Old!);
                    break;
                case ChangeKind.Windowed:
                    Resize(change.A, change.B, change.C);
                    break;
                case ChangeKind.Chained:
                    _transport[change.A].Restore(change.B, (TripPlan[]?)change.Old);
                    break;
                default:
                    throw new InvalidOperationException($"Unknown change {change.Kind}.");
            }
        }

        Worth = mark.Worth;
        _dirty.Clear();
    }

    /// <summary>Opens an engagement of nobody yet.</summary>
    public int CreateCrew(int broker, int order, int from, int to, bool lodge)
    {
        (int min, int max) = _c.SizeRange(broker, order);
        var slot = new CrewSlot
        {
            Broker = broker,
            Order = order,
            Lodge = lodge,
            Hours = _c.Hours[order],
            Min = min,
            Max = max,
            From = from,
            To = to,
            Count = new int[to - from + 1],
            Experienced = new int[to - from + 1],
        };
        int crew = _freeSlots.TryPop(out int free) ? free : _crews.Count;
        Attach(crew, slot);
        _journal.Add(new Change(ChangeKind.Created, crew, 0, 0, null));
        Worth -= _c.Start + (_c.Fee[broker] * (to - from + 1));
        return crew;
    }

    /// <summary>Closes an engagement without members.</summary>
    public void DissolveCrew(int crew)
    {
        CrewSlot slot = _crews[crew]!;
        if (slot.Members.Count > 0)
        {
            throw new InvalidOperationException($"Crew {crew} still has {slot.Members.Count} members.");
        }

        Worth += _c.Start + (_c.Fee[slot.Broker] * (slot.To - slot.From + 1));
        _journal.Add(new Change(ChangeKind.Dissolved, crew, 0, 0, slot));
        Detach(crew);
    }

    /// <summary>Changes the days of an engagement; days left out must have no members.</summary>
    public void SetWindow(int crew, int from, int to)
    {
        CrewSlot slot = _crews[crew]!;
        _journal.Add(new Change(ChangeKind.Windowed, crew, slot.From, slot.To, null));
        Worth += _c.Fee[slot.Broker] * (slot.To - slot.From - (to - from));
        Resize(crew, from, to);
    }

    /// <summary>Adds a unit's day; legality is the caller's question.</summary>
    public void Add(int unit, int crew, int day)
    {
        CrewSlot slot = _crews[crew]!;
        Worth += GainOfAdding(unit, slot.Broker, slot.Order, day);
        if (MembershipOf(unit, crew) < 0)
        {
            Worth -= JoinCost(unit, slot.Order, slot.Lodge);
        }

        Shift(unit, crew, day, +1);
        if (!_loading)
        {
            _journal.Add(new Change(ChangeKind.Added, unit, crew, day, null));
        }
    }

    /// <summary>Takes a unit's day back.</summary>
    public void Remove(int unit, int crew, int day)
    {
        CrewSlot slot = _crews[crew]!;
        Shift(unit, crew, day, -1);
        Worth -= GainOfAdding(unit, slot.Broker, slot.Order, day);
        if (MembershipOf(unit, crew) < 0)
        {
            Worth += JoinCost(unit, slot.Order, slot.Lodge);
        }

        _journal.Add(new Change(ChangeKind.Removed, unit, crew, day, null));
    }

    /// <summary>Takes all members' days of the crew back on a day, and notes them in <paramref name="taken"/>.</summary>
    public void EmptyDay(int crew, int day, List<(int Unit, int Day)>? taken = null)
    {
        List<int> members = _crews[crew]!.Members;
        for (int i = members.Count - 1; i >= 0; i--)
        {
            int unit = members[i];
            if (_assign[(unit * _c.Days) + day] == crew)
            {
                Remove(unit, crew, day);
                taken?.Add((unit, day));
            }
        }
    }

    /// <summary>Removes every member and closes the crew.</summary>
    public void RemoveCrew(int crew)
    {
        CrewSlot slot = _crews[crew]!;
        for (int d = slot.From; d <= slot.To; d++)
        {
            EmptyDay(crew, d);
        }

        DissolveCrew(crew);
    }

    /// <summary>Marks a unit's day as published: it stays.</summary>
    public void Pin(int unit, int crew, int day)
    {
        _pinned[(unit * _c.Days) + day] = true;
        _crews[crew]!.Pins++;
    }

    private void Attach(int crew, CrewSlot slot)
    {
        if (crew == _crews.Count)
        {
            _crews.Add(slot);
        }
        else
        {
            _crews[crew] = slot;
            if (_freeSlots.TryPeek(out int top) && top == crew)
            {
                _freeSlots.Pop();
            }
        }

        for (int d = slot.From; d <= slot.To; d++)
        {
            Index(crew, slot, d, true);
        }
    }

    private void Detach(int crew)
    {
        CrewSlot slot = _crews[crew]!;
        for (int d = slot.From; d <= slot.To; d++)
        {
            Index(crew, slot, d, false);
        }

        _crews[crew] = null;
        _freeSlots.Push(crew);
    }

    private void Resize(int crew, int from, int to)
    {
        CrewSlot slot = _crews[crew]!;
        int[] count = new int[to - from + 1];
        int[] experienced = new int[to - from + 1];
        for (int d = Math.Min(from, slot.From); d <= Math.Max(to, slot.To); d++)
        {
            bool was = d >= slot.From && d <= slot.To;
            bool will = d >= from && d <= to;
            if (was && will)
            {
                count[d - from] = slot.Count[d - slot.From];
                experienced[d - from] = slot.Experienced[d - slot.From];
            }
            else if (was || will)
            {
                Index(crew, slot, d, will);
            }
        }

        (slot.From, slot.To, slot.Count, slot.Experienced) = (from, to, count, experienced);
    }

    private void Index(int crew, CrewSlot slot, int day, bool present)
    {
        ref int leads = ref _brokerDay[(slot.Broker * _c.Days) + day];
        leads = present ? crew : -1;
        foreach (int v in _c.AreaVillages[slot.Broker])
        {
            List<int> here = _crewsAt[(v * _c.Days) + day] ??= [];
            if (present)
            {
                here.Add(crew);
            }
            else
            {
                here.Remove(crew);
            }
        }
    }

    private void Shift(int unit, int crew, int day, int sign)
    {
        Unit u = _c.Units[unit];
        CrewSlot slot = _crews[crew]!;
        int at = (unit * _c.Days) + day;
        _assign[at] = sign > 0 ? crew : -1;
        _hoursOn[at] = sign > 0 ? (int)Math.Min(slot.Hours, int.MaxValue) : 0;
        _worked[unit] += sign;
        slot.Count[day - slot.From] += sign * u.Size;
        slot.Experienced[day - slot.From] += sign * ExperiencedIn(unit, slot.Order);
        int orderDay = (slot.Order * _c.Days) + day;
        int shortBefore = Math.Max(0, _c.Required[orderDay] - _filled[orderDay]);
        _filled[orderDay] += sign * u.Size;
        if (_c.Round[orderDay] is int round and >= 0)
        {
            _roundFilled[round] += sign * u.Size;
            _roundShort[round] += Math.Max(0, _c.Required[orderDay] - _filled[orderDay]) - shortBefore;
        }

        foreach (int a in _c.AgreementsOfOrder[slot.Order])
        {
            _agreementFilled[a] += sign * Counted(_c.Agreements[a], u, slot.Broker, day);
        }

        if (!slot.Lodge)
        {
            SetAway(u, day, sign);
            foreach ((int village, int count) in u.Homes)
            {
                int[] row = _riders[(village * _c.Days) + day] ??= new int[_c.Orders];
                row[slot.Order] += sign * count;
                if (!_loading)
                {
                    _dirty.Add((day, village, slot.Order));
                }
            }
        }

        Enrol(unit, u, crew, slot, day, sign);
        if (_loading)
        {
            return;
        }

        bool limitMet = sign > 0 ? _worked[unit] >= _mostDays[unit] : _worked[unit] == _mostDays[unit] - 1;
        if (slot.Lodge || limitMet || _c.MaxConsecutive > 6)
        {
            Refresh(unit, 0, _c.Days - 1);
        }
        else
        {
            Refresh(unit, day - 6, day + 6);
        }
    }

    /// <summary>Keeps the membership of the unit in the crew, and the stay of a lodging one.</summary>
    private void Enrol(int unit, Unit u, int crew, CrewSlot slot, int day, int sign)
    {
        List<Membership> list = _memberships[unit];
        int i = MembershipOf(unit, crew);
        if (sign > 0)
        {
            if (i < 0)
            {
                list.Add(new Membership { Crew = crew, Days = 1, First = day, Last = day });
                slot.Members.Add(unit);
                Stay(unit, u, crew, slot, day, day, +1);
                return;
            }

            Membership m = list[i];
            if (day < m.First)
            {
                Stay(unit, u, crew, slot, day, m.First - 1, +1);
                m.First = day;
            }

            if (day > m.Last)
            {
                Stay(unit, u, crew, slot, m.Last + 1, day, +1);
                m.Last = day;
            }

            m.Days++;
            list[i] = m;
            return;
        }

        Membership left = list[i];
        left.Days--;
        if (left.Days == 0)
        {
            Stay(unit, u, crew, slot, left.First, left.Last, -1);
            list.RemoveAt(i);
            slot.Members.Remove(unit);
            return;
        }

        int row = unit * _c.Days;
        if (day == left.First)
        {
            int first = day + 1;
            while (_assign[row + first] != crew)
            {
                first++;
            }

            Stay(unit, u, crew, slot, left.First, first - 1, -1);
            left.First = first;
        }
        else if (day == left.Last)
        {
            int last = day - 1;
            while (_assign[row + last] != crew)
            {
                last--;
            }

            Stay(unit, u, crew, slot, last + 1, left.Last, -1);
            left.Last = last;
        }

        list[i] = left;
    }

    private void Stay(int unit, Unit u, int crew, CrewSlot slot, int from, int to, int sign)
    {
        if (!slot.Lodge)
        {
            return;
        }

        int site = _c.OrderSite[slot.Order];
        for (int d = from; d <= to; d++)
        {
            _stay[(unit * _c.Days) + d] = sign > 0 ? crew : -1;
            _bedUse[(site * _c.Days) + d] += sign * u.Size;
            SetAway(u, d, sign);
        }
    }

    private void SetAway(Unit u, int day, int sign)
    {
        foreach ((int household, int count) in u.Duties)
        {
            int pool = _c.DutyPool[household]![day];
            if (pool >= 0)
            {
                _poolLeft[pool] -= sign * count;
            }
        }
    }

    private readonly record struct Change(ChangeKind Kind, int A, int B, int C, object? Old);
}
