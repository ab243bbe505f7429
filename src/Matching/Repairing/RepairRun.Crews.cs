using Matching.Planning.State;
using Matching.Plans;

namespace Matching.Repairing;

/// <summary>Crews that lost their leader or people: handed over, filled again or given up.</summary>
internal sealed partial class RepairRun
{
    /// <summary>Crews that lost their leader for some days go to others who may lead: same people, same work.</summary>
    private void HandOver()
    {
        foreach (var group in _loaded.Lost.Where(l => l.Day >= _firstOpen && _loaded.Crews[l.Crew].Broker >= 0).GroupBy(l => l.Crew).OrderBy(g => g.Key))
        {
            (int broker, int order) = _loaded.Crews[group.Key];
            ILookup<int, int> unitsOn = group.ToLookup(l => l.Day, l => l.Unit);
            int[] days = [.. group.Select(l => l.Day).Distinct().Order().Where(d => LostLeader(group.Key, broker, order, d))];
            for (int i = 0; i < days.Length;)
            {
                int end = i;
                while (end + 1 < days.Length && days[end + 1] == days[end] + 1)
                {
                    end++;
                }

                HandOverRun(group.Key, order, days[i..(end + 1)], unitsOn);
                i = end + 1;
            }
        }
    }

    private bool LostLeader(int crew, int broker, int order, int day) =>
        (!_c.CanLead[(broker * _c.Days) + day] || (_state.BrokerCrew(broker, day) is int other and >= 0
            && _loaded.CrewOf.GetValueOrDefault(_state.Crew(other), -1) != crew))
        && _c.Target[(order * _c.Days) + day] > 0;

    private void HandOverRun(int crew, int order, int[] days, ILookup<int, int> unitsOn)
    {
        bool lodge = _plan.Crews[crew].Mode == CrewMode.Lodge;
        while (days.Length > 0 && (lodge ? _c.MayLodge[order] : _c.MayCommute[order]))
        {
            // Who may lead from the first of the days on, and for how many of them; who reaches most people first.
            var leaders = new List<(int Days, int People, double Fee, int Broker)>();
            for (int b = 0; b < _c.Brokers; b++)
            {
                int led = 0;
                while (led < days.Length && _c.CanLead[(b * _c.Days) + days[led]] && _state.BrokerCrew(b, days[led]) < 0)
                {
                    led++;
                }

                (int min, int max) = _c.SizeRange(b, order);
                int people = led == 0 || min > max ? 0
                    : days[..led].Sum(d => unitsOn[d].Sum(u => _c.Units[u].Homes.All(h => _c.Area[b][h.Village]) ? _c.Units[u].Size : 0));
                if (people >= min && people > 0)
                {
                    leaders.Add((led, people, _c.Fee[b], b));
                }
            }

            int done = 0;
            foreach ((int led, _, _, int b) in leaders.OrderByDescending(l => l.People).ThenBy(l => l.Fee).ThenBy(l => l.Broker).Take(6))
            {
                if (Attempt(() => TakeOver(b, order, lodge, days[..led], unitsOn)))
                {
                    done = led;
                    break;
                }
            }

            days = days[Math.Max(1, done)..];
        }
    }

    private bool TakeOver(int broker, int order, bool lodge, int[] days, ILookup<int, int> unitsOn)
    {
        int made = _state.CreateCrew(broker, order, days[0], days[^1], lodge);
        foreach (int day in days)
        {
            foreach (int unit in unitsOn[day])
            {
                if (_state.Suits(unit, made) && _state.CanAdd(unit, made, day))
                {
                    _state.Add(unit, made, day);
                }
            }
        }

        if (_surgery.IsWeak(made))
        {
            _tools.Builder.Fill(made, days[0], days[^1], _random);
        }

        _surgery.Legalize(made);
        return _surgery.SettlesWell();
    }

    /// <summary>Fills engagements that lost people; those below their least size by filling or by giving days up, whichever is worth more.</summary>
    private void Refill()
    {
        var hit = new Dictionary<CrewSlot, (int From, int To)>(ReferenceEqualityComparer.Instance);
        foreach (LostDay lost in _loaded.Lost)
        {
            (int broker, int order) = _loaded.Crews[lost.Crew];
            if (lost.Day >= _firstOpen && broker >= 0 && _state.BrokerCrew(broker, lost.Day) is int crew and >= 0 && _state.Crew(crew).Order == order)
            {
                CrewSlot slot = _state.Crew(crew);
                (int from, int to) = hit.GetValueOrDefault(slot, (lost.Day, lost.Day));
                hit[slot] = (Math.Min(from, lost.Day), Math.Max(to, lost.Day));
            }
        }

        int crews = _state.Crews.Count;
        for (int crew = 0; crew < crews; crew++)
        {
            if (_state.Crews[crew] is not { } slot)
            {
                continue;
            }

            bool weak = _surgery.IsWeak(crew);
            if (!weak && !hit.ContainsKey(slot))
            {
                continue;
            }

            (int from, int to) = weak ? (slot.From, slot.To) : hit[slot];
            (from, to) = (Math.Max(from, Math.Max(slot.From, _firstOpen)), Math.Min(to, slot.To));
            if (from <= to)
            {
                RefillCrew(crew, from, to, weak);
            }
        }
    }

    private void RefillCrew(int crew, int from, int to, bool weak)
    {
        if (!weak)
        {
            Attempt(() =>
            {
                _tools.Builder.Fill(crew, from, to, _random);
                return _surgery.SettlesWell();
            });
            return;
        }

        double before = _state.Net;
        (int, double) mark = _state.Mark();
        GiveUp();
        double without = _state.Net - before - _tax.Since(mark);
        _state.UndoTo(mark);
        _tools.Builder.Fill(crew, from, to, _random);
        _surgery.Settle(_c.MostForSeat());
        if (_state.Crews[crew] is not null)
        {
            GiveUp();
        }

        if (_state.Net - before - _tax.Since(mark) < without)
        {
            _state.UndoTo(mark);
            GiveUp();
        }

        Keep(mark);

        void GiveUp()
        {
            _surgery.Legalize(crew);
            _surgery.Settle(_c.MostForSeat());
        }
    }
}
