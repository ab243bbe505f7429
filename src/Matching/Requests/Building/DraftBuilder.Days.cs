using Matching.Planning.Compiled;
using Matching.Requests.State;

namespace Matching.Requests.Building;

/// <summary>Seats and days of a crew whose members are chosen.</summary>
internal sealed partial class DraftBuilder
{
    private readonly List<DraftRide> _rides = [];
    private readonly SortedDictionary<int, int> _riders = [];

    private Draft? Finish()
    {
        _rides.Clear();
        if (!_p.Lodge)
        {
            for (int i = 0; i < _length; i++)
            {
                CarryDay(i);
            }
        }

        (int first, int last) = BestRun();
        if (first > last)
        {
            return null;
        }

        var draft = new Draft(_p.Broker, _p.Order, _from + first, _from + last, _p.Lodge);
        foreach (int unit in _memberOrder)
        {
            int[] kept = [.. _memberDays[unit].Where(d => d >= draft.From && d <= draft.To)];
            if (kept.Length > 0)
            {
                draft.Members.Add(new DraftMember(unit, kept));
            }
        }

        draft.Rides.AddRange(_rides.Where(r => r.Day >= draft.From && r.Day <= draft.To));
        return draft;
    }

    /// <summary>Seats of a day; members nobody can carry stay at home that day.</summary>
    private void CarryDay(int i)
    {
        int day = _from + i;
        while (_count[i] >= _min)
        {
            _riders.Clear();
            foreach (int unit in _memberOrder)
            {
                if (_memberDays[unit].Contains(day))
                {
                    foreach ((int village, int count) in g.C.Units[unit].Homes)
                    {
                        _riders[village] = _riders.GetValueOrDefault(village) + count;
                    }
                }
            }

            _rides.RemoveAll(r => r.Day == day);
            List<(int Village, int Count)> stranded = _seats.Carry(
                _state, _bids, day, _p.Order, [.. _riders.Select(r => (r.Key, r.Value))], _rides);
            if (stranded.Count == 0)
            {
                _dayCost[i] = _seats.Cost;
                return;
            }

            foreach ((int village, int count) in stranded)
            {
                _stranded = true;
                LeaveBehind(i, village, count);
            }
        }

        _count[i] = 0;
    }

    private void LeaveBehind(int i, int village, int count)
    {
        int day = _from + i;

        // Those without experience first, those who joined last first.
        foreach (int experienced in (ReadOnlySpan<int>)[0, 1])
        {
            for (int m = _memberOrder.Count - 1; m >= 0 && count > 0; m--)
            {
                int unit = _memberOrder[m];
                if (Math.Min(1, g.ExperiencedIn(unit, _p.Order)) != experienced || !_memberDays[unit].Contains(day))
                {
                    continue;
                }

                foreach ((int home, int people) in g.C.Units[unit].Homes)
                {
                    if (home == village)
                    {
                        count -= people;
                        _memberDays[unit].Remove(day);
                        _count[i] -= g.C.Units[unit].Size;
                        _experienced[i] -= g.ExperiencedIn(unit, _p.Order);
                    }
                }
            }
        }
    }

    private bool IsLegalDay(int i) => _count[i] >= _min && _experienced[i] >= g.ExperiencedNeeded(_p.Order, _count[i]);

    /// <summary>C1, C2: the run of legal days with most worker-days, as positions in the window; empty when there is none.</summary>
    private (int First, int Last) LegalRun(int first, int last)
    {
        (int First, int Last, int Heads) best = (0, -1, 0);
        int from = first;
        int heads = 0;
        for (int i = first; i <= last; i++)
        {
            if (!IsLegalDay(i))
            {
                (from, heads) = (i + 1, 0);
                continue;
            }

            heads += _count[i];
            if (heads > best.Heads)
            {
                best = (from, i, heads);
            }
        }

        return (best.First, best.Last);
    }

    /// <summary>The run of legal days that brings most; when none brings anything, the longest.</summary>
    private (int First, int Last) BestRun()
    {
        (int First, int Last, double Sum) best = (0, -1, 0);
        int from = 0;
        double sum = 0;
        for (int i = 0; i < _length; i++)
        {
            if (!IsLegalDay(i))
            {
                (from, sum) = (i + 1, 0);
                continue;
            }

            if (sum < 0)
            {
                (from, sum) = (i, 0);
            }

            sum += MarginOf(i);
            if (sum > best.Sum)
            {
                best = (from, i, sum);
            }
        }

        return best.Sum > 0 ? (best.First, best.Last) : LegalRun(0, _length - 1);
    }

    private double MarginOf(int i)
    {
        CompiledSeason c = g.C;
        int day = _from + i;
        int at = (_p.Order * c.Days) + day;
        int required = Math.Clamp(c.Required[at] - _state.Filled[at], 0, _count[i]);
        double margin = (required * c.RequiredValue[_p.Order]) + ((_count[i] - required) * c.TargetValue[at])
            - _dayCost[i] - c.Fee[_p.Broker] - _bids.Lead(_p.Broker, day);
        foreach (int unit in _memberOrder)
        {
            if (!_memberDays[unit].Contains(day))
            {
                continue;
            }

            Unit u = c.Units[unit];
            margin -= _bids.Person(unit) * u.Size;
            foreach (int own in u.OwnBroker)
            {
                margin -= own >= 0 && own != _p.Broker ? c.OtherBroker : 0;
            }

            margin -= u.Size * (_p.Lodge ? _bids.Bed(c.OrderSite[_p.Order], day) : _bids.Seat(day));
            foreach ((int days, double weight) in u.Shares)
            {
                margin += _state.Worked[unit] < days ? weight : 0;
            }
        }

        return margin;
    }
}
