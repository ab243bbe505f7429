using System.Collections.Immutable;
using Matching.Model;
using Matching.Planning;
using Matching.Planning.Compiled;
using Matching.Planning.Crews;
using Matching.Planning.Flow;
using Matching.Planning.State;
using Matching.Planning.Trips;
using Matching.Plans;
using Matching.Rules;

namespace Matching.Scenarios;

/// <summary>
/// One price list. Seats, beds and brokers are given one by one to the loaded plan, which is completed with them and taken back;
/// rules are relaxed and the season is planned on; workers have the node prices of the flow.
/// </summary>
internal sealed class PriceRun
{
    private const int MostLines = 40;
    private const int MostEngagements = 8;
    private const string NewBroker = "\u0001new";
    private readonly Season _season;
    private readonly Plan _plan;
    private readonly ScenarioOptions _options;
    private readonly CancellationToken _cancelled;
    private readonly PlaceId[] _townships;
    private readonly CompiledSeason _c;
    private readonly PlanState _state;
    private readonly CrewSurgery _surgery;
    private readonly CrewBuilder _builder;
    private readonly EngagementScout _scout;
    private readonly MarketPrices _market;

    public PriceRun(Season season, Plan plan, ScenarioOptions options, CancellationToken cancelled)
    {
        (_season, _plan, _options, _cancelled) = (season, plan, options, cancelled);

        // A broker of every township waits uncertified until its turn comes.
        _townships = [.. season.Places.Where(p => p.Kind == PlaceKind.Township).Select(p => p.Id)];
        Broker? usual = season.Brokers.OrderBy(b => b.DailyFee).ElementAtOrDefault(season.Brokers.Length / 2);
        Broker[] waiting = usual is null ? [] : [.. _townships.Select(t => usual with { Id = new(NewBroker + t.Value), Area = t, CertificateUntil = null, Availability = default })];
        _c = new CompiledSeason(season with { Brokers = [.. season.Brokers, .. waiting] });
        var tools = new SearchTools(_c, new WorkMeter());
        (_state, _market, _builder, _scout) = (tools.State, tools.Market, tools.Builder, tools.Scout);
        LoadedPlan loaded = new PlanLoader(_c, _state).Load(plan, _ => false);
        _surgery = new CrewSurgery(_c, _state, loaded);
        _surgery.LegalizeAll();
        _state.Commit();
    }

    public PriceList Run() => new()
    {
        Seats = Seats(),
        Beds = Beds(),
        Brokers = Brokers(),
        Workers = Workers(),
        Rules = Rules(),
    };

    /// <summary>What the plan gains by something given, completed by something done; all is taken back.</summary>
    private decimal Gain(Action give, Action complete, Action takeBack)
    {
        _cancelled.ThrowIfCancellationRequested();
        double before = _state.Net;
        (int, double) mark = _state.Mark();
        give();
        complete();
        HashSet<int> losers = _surgery.Settle();
        bool legal = losers.All(crew => _state.Crews[crew] is null || !_surgery.IsWeak(crew));
        double gain = legal ? _state.Net - before : 0;
        _state.UndoTo(mark);
        _state.Commit();
        takeBack();
        return Math.Round((decimal)Math.Max(0, gain), 2, MidpointRounding.AwayFromZero);
    }

    private Random Random() => new(unchecked((int)_options.Seed));

    private ImmutableArray<SeatPrice> Seats()
    {
        var riders = new Dictionary<(int Village, int Site), int>();
        var vehicles = new Dictionary<(int Village, int Site), HashSet<int>>();
        for (int d = 0; d < _c.Days; d++)
        {
            foreach (int k in _state.Transport(d).Used)
            {
                foreach (Load load in _state.Transport(d).Chain(k)!.SelectMany(t => t.Loads))
                {
                    (int, int) line = (load.Village, _c.OrderSite[load.Order]);
                    riders[line] = riders.GetValueOrDefault(line) + load.Count;
                    (vehicles.TryGetValue(line, out HashSet<int>? set) ? set : vehicles[line] = []).Add(k);
                }
            }
        }

        var prices = new List<SeatPrice>();
        foreach (((int village, int site), _) in riders.OrderByDescending(r => r.Value).ThenBy(r => r.Key).Take(MostLines))
        {
            HashSet<int> more = vehicles[(village, site)];
            Random random = Random();
            decimal gain = Gain(
                () => Shift(_c.Seats, more, 1),
                () => FillCrews(slot => !slot.Lodge && _c.OrderSite[slot.Order] == site && _c.Area[slot.Broker][village], random),
                () => Shift(_c.Seats, more, -1));
            prices.Add(new SeatPrice(_c.VillageId[village], _c.SiteId[site], Math.Max(0, gain - Idle(slot => !slot.Lodge && _c.OrderSite[slot.Order] == site && _c.Area[slot.Broker][village])), PriceKind.Resolved));
        }

        return [.. prices.OrderByDescending(p => p.Worth)];
    }

    private ImmutableArray<BedPrice> Beds()
    {
        var prices = new List<BedPrice>();
        for (int s = 0; s < _c.Sites; s++)
        {
            int site = s;
            if (!Enumerable.Range(0, _c.Orders).Any(o => _c.MayLodge[o] && _c.OrderSite[o] == site))
            {
                continue;
            }

            Random random = Random();
            decimal gain = Gain(
                () => _c.Beds[site]++,
                () => FillCrews(slot => slot.Lodge && _c.OrderSite[slot.Order] == site, random),
                () => _c.Beds[site]--);
            prices.Add(new BedPrice(_c.SiteId[site], Math.Max(0, gain - Idle(slot => slot.Lodge && _c.OrderSite[slot.Order] == site)), PriceKind.Resolved));
        }

        return [.. prices.OrderByDescending(p => p.Worth)];
    }

    // What filling the same crews gains without anything given is no merit of the gift.
    private decimal Idle(Func<CrewSlot, bool> which)
    {
        Random random = Random();
        return Gain(() => { }, () => FillCrews(which, random), () => { });
    }

    private void FillCrews(Func<CrewSlot, bool> which, Random random)
    {
        for (int crew = 0; crew < _state.Crews.Count; crew++)
        {
            if (_state.Crews[crew] is { } slot && which(slot))
            {
                _builder.TopUp(crew, slot.From, slot.To, random);
            }
        }
    }

    private ImmutableArray<BrokerPrice> Brokers()
    {
        var prices = new List<BrokerPrice>();
        for (int t = 0; t < _townships.Length && _c.Brokers > _season.Brokers.Length; t++)
        {
            int broker = _season.Brokers.Length + t;
            Random random = Random();
            decimal gain = Gain(
                () => Array.Fill(_c.CanLead, true, broker * _c.Days, _c.Days),
                () => Lead(broker, random),
                () => Array.Fill(_c.CanLead, false, broker * _c.Days, _c.Days));
            prices.Add(new BrokerPrice(_townships[t], gain, PriceKind.Resolved));
        }

        return [.. prices.OrderByDescending(p => p.Worth)];
    }

    private void Lead(int broker, Random random)
    {
        var failed = new HashSet<int>();
        for (int i = 0; i < MostEngagements; i++)
        {
            Prospect best = _scout.Best(broker, 0, _c.Days - 1, (_, o) => failed.Contains(o), 0, random);
            if (best.Order < 0)
            {
                return;
            }

            if (_builder.Build(best.Broker, best.Order, best.From, best.To, best.Lodge, random) <= 0)
            {
                failed.Add(best.Order);
            }
        }
    }

    private ImmutableArray<WorkerPrice> Workers()
    {
        var sums = new Dictionary<(PlaceId Village, Skill Skill, int Level), (double Worth, int Heads)>();
        double days = _c.Days * Math.Min(6, _c.MaxConsecutive) / 7.0;
        for (int u = 0; u < _c.Units.Length; u++)
        {
            foreach (int w in _c.Units[u].Members)
            {
                Worker worker = _season.Workers[w];
                foreach (SkillLevel held in worker.Skills)
                {
                    var key = (worker.Village, held.Skill, held.Level);
                    (double worth, int heads) = sums.GetValueOrDefault(key);
                    sums[key] = (worth + (_market[u] * Math.Min(days, worker.MaxDays ?? int.MaxValue)), heads + 1);
                }
            }
        }

        return
        [
            .. sums.Select(s => new WorkerPrice(
                    s.Key.Village, s.Key.Skill, s.Key.Level, Math.Round((decimal)(s.Value.Worth / s.Value.Heads), 2, MidpointRounding.AwayFromZero), PriceKind.Dual))
                .OrderByDescending(p => p.Worth).ThenBy(p => p.Village.Value, StringComparer.Ordinal).ThenBy(p => p.Skill.Value, StringComparer.Ordinal).ThenBy(p => p.Level),
        ];
    }

    private ImmutableArray<RulePrice> Rules()
    {
        (RuleCode Rule, string English, string Chinese, Season Season)[] relaxed =
        [
            (RuleCode.W4, "one more day in a row, ten more hours in seven days", "多连续出工一天，七天内多十小时",
                _season with { Work = _season.Work with { MaxConsecutiveDays = Above(_season.Work.MaxConsecutiveDays, 1), MaxHoursPer7Days = _season.Work.MaxHoursPer7Days + 10 } }),
            (RuleCode.H1, "no household duty", "不要求农户留守", _season with { HouseholdDuties = [] }),
            (RuleCode.H2, "no pairs", "不要求结伴或分开", _season with { Pairs = [] }),
            (RuleCode.D3, "agreements without a most", "协议不设上限", _season with { Agreements = [.. _season.Agreements.Select(a => a with { MaxDays = null })] }),
            (RuleCode.T4, "ten more minutes of ride", "乘车时间多十分钟",
                _season with { Transport = _season.Transport with { MaxRideMinutes = Above(_season.Transport.MaxRideMinutes, 10) } }),
        ];
        ScenarioTable table = ScenarioRunner.Run(_season, _plan, [.. relaxed.Select(r => KeyValuePair.Create(r.Rule.ToString(), r.Season))], _options, _cancelled);
        _cancelled.ThrowIfCancellationRequested();
        return
        [
            .. relaxed.Select((r, i) => new RulePrice(
                    r.Rule, r.English, r.Chinese, Math.Max(0, table.Scenarios[i].Worth.NetValue - table.Again.Worth.NetValue), PriceKind.Resolved))
                .OrderByDescending(p => p.Worth),
        ];
    }

    /// <summary>So much more, or the largest number a season can hold.</summary>
    private static int Above(int limit, int by) => limit > int.MaxValue - by ? int.MaxValue : limit + by;

    private static void Shift(int[] numbers, IEnumerable<int> at, int by)
    {
        foreach (int i in at)
        {
            numbers[i] += by;
        }
    }
}
