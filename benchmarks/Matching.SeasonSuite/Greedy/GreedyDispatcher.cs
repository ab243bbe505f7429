using System.Collections.Immutable;
using Matching.Model;
using Matching.Plans;
using Matching.Rules;

namespace Matching.SeasonSuite.Greedy;

/// <summary>
/// What a careful office reaches by hand, as the baseline of the planner: orders by value, the nearest free certified
/// broker, one crew of suitable people from up to three villages, one bus for that crew; the crew goes on while demand lasts
/// and a day pays. Its plans keep every rule; pins are kept where that is possible.
/// </summary>
internal sealed class GreedyDispatcher
{
    private const int MostAreas = 12;

    private readonly Season _season;
    private readonly bool _fillsTargets;
    private readonly CrewForming _forming;

    private GreedyDispatcher(Season season, bool fillsTargets)
    {
        (_season, _fillsTargets) = (season, fillsTargets);
        _forming = new CrewForming(season);
    }

    /// <summary>Plans the season twice, filling only what is required first or whole targets at once, and keeps the better plan.</summary>
    public static Plan Plan(Season season)
    {
        ArgumentNullException.ThrowIfNull(season);
        GreedyDispatcher required = new(season, fillsTargets: false);
        GreedyDispatcher targets = new(season, fillsTargets: true);
        Plan first = required.Run();
        Plan second = targets.Run();
        return targets._forming.Gain > required._forming.Gain ? second : first;
    }

    private Plan Run()
    {
        KeepPins();
        Fill(wantsTarget: false);
        Fill(wantsTarget: true);
        return _forming.ToPlan();
    }

    private void Fill(bool wantsTarget)
    {
        IEnumerable<int> orders = Enumerable.Range(0, _season.Orders.Length)
            .OrderByDescending(o => wantsTarget ? _season.Orders[o].ValueTarget : _season.Orders[o].ValueRequired);
        foreach (int order in orders)
        {
            for (int day = 0; day < _season.DayCount; day++)
            {
                while (_forming.Wanted(order, day, wantsTarget) > 0 && SendCrew(order, day, wantsTarget))
                {
                }
            }
        }
    }

    private bool SendCrew(int order, int day, bool wantsTarget)
    {
        // One broker of an area is enough to learn that its people are all out, a few areas that those near the site are.
        HashSet<PlaceId> tried = [];
        foreach (int broker in _forming.BrokersFor(order))
        {
            if (!_forming.IsFree(broker, day) || !tried.Add(_season.Brokers[broker].Area))
            {
                continue;
            }

            if (tried.Count > MostAreas)
            {
                return false;
            }

            foreach (CrewMode mode in Modes(_season.Orders[order]))
            {
                CrewWish wish = new(order, broker, mode, day, _season.DayCount - 1, wantsTarget, _fillsTargets || wantsTarget, Pinned: null);
                if (_forming.TrySend(wish) is not null)
                {
                    return true;
                }
            }
        }

        return false;
    }

    // Pins of one broker and order on days in a row become one crew; where it breaks off, a new one begins.
    private void KeepPins()
    {
        Dictionary<WorkerId, int> workers = _season.Workers.Select((w, i) => (w.Id, i)).ToDictionary(x => x.Id, x => x.i);
        Dictionary<BrokerId, int> brokers = _season.Brokers.Select((b, i) => (b.Id, i)).ToDictionary(x => x.Id, x => x.i);
        Dictionary<OrderId, int> orders = _season.Orders.Select((o, i) => (o.Id, i)).ToDictionary(x => x.Id, x => x.i);
        _forming.Reserve(_season.Pins.Select(p => (workers[p.Worker], _season.DayIndex(p.Date))));
        foreach (var pins in _season.Pins.GroupBy(p => (p.Broker, p.Order)))
        {
            Dictionary<int, int[]> byDay = pins.GroupBy(p => _season.DayIndex(p.Date))
                .ToDictionary(g => g.Key, g => g.Select(p => workers[p.Worker]).Distinct().ToArray());
            int day = byDay.Keys.Min();
            int last = byDay.Keys.Max();
            while (day <= last)
            {
                if (!byDay.ContainsKey(day))
                {
                    day++;
                    continue;
                }

                int end = day;
                while (byDay.ContainsKey(end + 1))
                {
                    end++;
                }

                int? sent = null;
                foreach (CrewMode mode in Modes(_season.Orders[orders[pins.Key.Order]]))
                {
                    sent ??= _forming.TrySend(new(
                        orders[pins.Key.Order], brokers[pins.Key.Broker], mode, day, end, WantsTarget: false, FillsTargets: false, byDay));
                }

                day = (sent ?? day) + 1;
            }
        }
    }

    private static ImmutableArray<CrewMode> Modes(Order order) => order.Lodging switch
    {
        LodgingRule.No => [CrewMode.Commute],
        LodgingRule.Only => [CrewMode.Lodge],
        _ => [CrewMode.Commute, CrewMode.Lodge],
    };
}
