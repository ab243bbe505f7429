using System.Collections.Immutable;
using Matching.Model;
using Matching.Planning.Compiled;
using Matching.Planning.Solver;

namespace Matching.Why.Shortages;

/// <summary>
/// Proposes order-days that may want more than can reach them: sides of minimum cuts between who could come and what is
/// wanted, day by day for people and leaders, week by week for people who must rest, and whole days and rounds as they are.
/// </summary>
internal sealed class ShortageSearch
{
    private const int Week = 7;
    private readonly CompiledSeason _c;
    private readonly CancellationToken _cancelled;
    private readonly int _words;

    // Worker-days wanted by order × day.
    private readonly int[] _need;

    // Orders as bits: whom a village's people can ride to, where people may lodge, and who can be led there on a day.
    private readonly ulong[][] _rides;
    private readonly ulong[] _lodges;
    private readonly ulong[] _adultOnly;
    private readonly ulong[][] _led;
    private readonly ulong[][] _wanted;
    private readonly ulong[][] _brokerFits;

    public ShortageSearch(CompiledSeason c, DemandLevel level, CancellationToken cancelled)
    {
        (_c, _cancelled) = (c, cancelled);
        _need = level == DemandLevel.Required ? c.Required : c.Target;
        _words = (c.Orders + 63) / 64;
        _rides = [.. Enumerable.Range(0, c.Villages).Select(v => Bits(o => c.MayCommute[o] && c.ArrivesInTime(v, o)))];
        _lodges = Bits(o => c.MayLodge[o] && c.Beds[c.OrderSite[o]] > 0);
        _adultOnly = Bits(o => c.Season.Orders[o].AdultOnly);
        _wanted = [.. Enumerable.Range(0, c.Days).Select(d => Bits(o => _need[(o * c.Days) + d] > 0))];
        _brokerFits = [.. Enumerable.Range(0, c.Brokers).Select(b => Bits(o => c.SizeRange(b, o) is var (min, max) && min <= max))];
        _led = new ulong[c.Villages * c.Days][];
        for (int at = 0; at < _led.Length; at++)
        {
            _led[at] = new ulong[_words];
        }

        for (int b = 0; b < c.Brokers; b++)
        {
            for (int d = 0; d < c.Days; d++)
            {
                foreach (int v in c.CanLead[(b * c.Days) + d] ? c.AreaVillages[b] : [])
                {
                    Include(_led[(v * c.Days) + d], _brokerFits[b]);
                }
            }
        }
    }

    /// <summary>Order-days worth counting, none empty.</summary>
    public IEnumerable<(ShortageResource Resource, ImmutableArray<WantedDay> Days)> Suspects()
    {
        for (int d = 0; d < _c.Days; d++)
        {
            _cancelled.ThrowIfCancellationRequested();
            foreach (ImmutableArray<WantedDay> days in PeopleCuts(d, d).Concat(LeaderCuts(d)).ToArray())
            {
                // What the one cut proposes may be short of the other.
                yield return (ShortageResource.People, days);
                yield return (ShortageResource.Leaders, days);
            }

            ImmutableArray<WantedDay> all = [.. Enumerable.Range(0, _c.Orders).Where(o => _need[(o * _c.Days) + d] > 0).Select(o => DayOf(o, d))];
            if (!all.IsEmpty)
            {
                yield return (ShortageResource.Seats, all);
            }
        }

        for (int from = 0; from < _c.Days && _c.Days > 1; from += Week)
        {
            _cancelled.ThrowIfCancellationRequested();
            // The fewer days the week spans, the fewer of them rest leaves to anybody.
            int[] wanting = [.. Enumerable.Range(from, Math.Min(Week, _c.Days - from)).Where(d => Array.Exists(_wanted[d], w => w != 0))];
            foreach (ImmutableArray<WantedDay> days in wanting.Length > 1 ? PeopleCuts(wanting[0], wanting[^1]) : [])
            {
                yield return (ShortageResource.People, days);
            }
        }

        for (int r = 0; r < _c.RoundCap.Length; r++)
        {
            ImmutableArray<WantedDay> days =
            [
                .. Enumerable.Range(0, _c.Round.Length).Where(at => _c.Round[at] == r && _need[at] > 0).Select(at => DayOf(at / _c.Days, at % _c.Days)),
            ];
            if (days.Sum(d => (long)d.Wanted) > _c.RoundCap[r])
            {
                yield return (ShortageResource.Round, days);
            }
        }
    }

    /// <summary>People to order-days over some days: nobody works more days than rest and max_days leave.</summary>
    private List<ImmutableArray<WantedDay>> PeopleCuts(int first, int last)
    {
        int days = last - first + 1;
        long least = Enumerable.Range(0, _c.Orders).Where(o => Enumerable.Range(first, days).Any(d => Has(_wanted[d], o))).Select(o => _c.Hours[o]).DefaultIfEmpty(0).Min();
        int rested = Rules.WorkerRules.MostDays(_c.Season.Work, days, least / 1_000_000m);
        var classes = new Dictionary<BitKey, int[]>();
        ulong[] reach = new ulong[_words * days];
        int[] onDay = new int[days];
        for (int u = 0; u < _c.Units.Length; u++)
        {
            Unit unit = _c.Units[u];
            int able = 0;
            for (int d = first; d <= last; d++)
            {
                onDay[d - first] = Reach(unit, d, reach.AsSpan((d - first) * _words, _words)) ? unit.Size : 0;
                able += onDay[d - first] > 0 ? 1 : 0;
            }

            int most = Math.Min(Math.Min(able, rested), unit.MaxDays);
            if (most <= 0)
            {
                continue;
            }

            // Heads on each day, and worker-days together.
            if (!classes.TryGetValue(new BitKey(reach), out int[]? sums))
            {
                classes[new BitKey([.. reach])] = sums = new int[days + 1];
            }

            sums[days] += most * unit.Size;
            for (int d = 0; d < days; d++)
            {
                sums[d] += onDay[d];
            }
        }

        return Cuts(first, last, [.. classes.Select(c => (c.Key.Bits, c.Value[..days], c.Value[days]))]);
    }

    /// <summary>Leaders to order-days of a day: each leads one crew of at most its largest size.</summary>
    private List<ImmutableArray<WantedDay>> LeaderCuts(int day)
    {
        var classes = new Dictionary<BitKey, int>();
        for (int b = 0; b < _c.Brokers; b++)
        {
            if (!_c.CanLead[(b * _c.Days) + day])
            {
                continue;
            }

            ulong[] bits = new ulong[_words];
            foreach (int v in _c.AreaVillages[b])
            {
                Include(bits, _rides[v]);
                Include(bits, _lodges);
            }

            for (int w = 0; w < _words; w++)
            {
                bits[w] &= _brokerFits[b][w] & _wanted[day][w];
            }

            int most = Enumerable.Range(0, _c.Orders).Where(o => Has(bits, o)).Select(o => _c.SizeRange(b, o).Max).DefaultIfEmpty(0).Max();
            if (most > 0)
            {
                var key = new BitKey(bits);
                classes[key] = classes.GetValueOrDefault(key) + most;
            }
        }

        return Cuts(day, day, [.. classes.Select(c => (c.Key.Bits, new[] { c.Value }, c.Value))]);
    }

    private List<ImmutableArray<WantedDay>> Cuts(int first, int last, (ulong[] Reach, int[] OnDay, int Most)[] classes)
    {
        var graph = new CutGraph();
        int days = last - first + 1;
        var orderDays = new Dictionary<int, (int Order, int Day)>();
        int[] nodeOf = new int[_c.Orders * days];
        for (int o = 0; o < _c.Orders; o++)
        {
            for (int d = first; d <= last; d++)
            {
                if (_need[(o * _c.Days) + d] is int wanted and > 0)
                {
                    int node = nodeOf[(o * days) + d - first] = graph.AddNode();
                    orderDays[node] = (o, d);
                    graph.AddArc(node, CutGraph.Sink, wanted);
                }
            }
        }

        if (orderDays.Count == 0)
        {
            return [];
        }

        // Whoever can reach the same orders on a day is alike that day.
        var alike = new Dictionary<(int Day, BitKey Reach), int>();
        foreach ((ulong[] reach, int[] onDay, int most) in classes)
        {
            int people = graph.AddNode();
            graph.AddArc(CutGraph.Source, people, most);
            for (int d = 0; d < days; d++)
            {
                if (onDay[d] == 0)
                {
                    continue;
                }

                var key = new BitKey(reach[(d * _words)..((d + 1) * _words)]);
                if (!alike.TryGetValue((d, key), out int there))
                {
                    alike[(d, key)] = there = graph.AddNode();
                    for (int o = 0; o < _c.Orders; o++)
                    {
                        if (Has(key.Bits, o))
                        {
                            graph.AddArc(there, nodeOf[(o * days) + d], int.MaxValue);
                        }
                    }
                }

                graph.AddArc(people, there, onDay[d]);
            }
        }

        return
        [
            .. graph.Parts().Select(part => part.Where(orderDays.ContainsKey).Select(n => DayOf(orderDays[n].Order, orderDays[n].Day)).ToImmutableArray())
                .Where(part => !part.IsEmpty),
        ];
    }

    /// <summary>The orders that want people that day and that the unit may work at, as far as it, the ride and a leader go; whether there are any.</summary>
    private bool Reach(Unit unit, int day, Span<ulong> into)
    {
        into.Clear();
        if (!unit.Available[day])
        {
            return false;
        }

        ulong[] kind = _c.Kinds[unit.Kind].Eligible;
        bool adult = day >= unit.AdultFrom;
        ulong any = 0;
        for (int w = 0; w < _words; w++)
        {
            ulong rides = adult ? ulong.MaxValue : ~_adultOnly[w];
            ulong led = ulong.MaxValue;
            foreach ((int village, _) in unit.Homes)
            {
                rides &= _rides[village][w];
                led &= _led[(village * _c.Days) + day][w];
            }

            ulong lodges = unit.LodgingOk && adult ? _lodges[w] : 0;
            into[w] = kind[w] & led & (rides | lodges) & _wanted[day][w];
            any |= into[w];
        }

        return any != 0;
    }

    private WantedDay DayOf(int order, int day) => new(_c.Season.Orders[order].Id, _c.Season.Day(day), _need[(order * _c.Days) + day]);

    private ulong[] Bits(Func<int, bool> of)
    {
        ulong[] bits = new ulong[_words];
        for (int o = 0; o < _c.Orders; o++)
        {
            bits[o >> 6] |= of(o) ? 1UL << (o & 63) : 0;
        }

        return bits;
    }

    private static void Include(ulong[] bits, ulong[] others)
    {
        for (int w = 0; w < bits.Length; w++)
        {
            bits[w] |= others[w];
        }
    }

    private static bool Has(ReadOnlySpan<ulong> bits, int order) => (bits[order >> 6] >> (order & 63) & 1) != 0;

    /// <summary>Bits by content.</summary>
    private readonly struct BitKey(ulong[] bits) : IEquatable<BitKey>
    {
        public ulong[] Bits => bits;

        public bool Equals(BitKey other) => bits.AsSpan().SequenceEqual(other.Bits);

        public override bool Equals(object? obj) => obj is BitKey other && Equals(other);

        public override int GetHashCode()
        {
            var hash = default(HashCode);
            foreach (ulong word in bits)
            {
                hash.Add(word);
            }

            return hash.ToHashCode();
        }
    }
}
