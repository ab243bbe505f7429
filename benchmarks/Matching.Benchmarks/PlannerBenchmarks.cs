using BenchmarkDotNet.Attributes;
using Matching.Model;
using Matching.Planning;
using Matching.Planning.Compiled;
using Matching.Planning.Crews;
using Matching.Planning.Flow;
using Matching.Planning.State;
using Matching.Planning.Trips;

namespace Matching.Benchmarks;

/// <summary>
/// The planner's inner steps on a first plan: whether a worker-day is legal, what it is worth, adding it and taking it back,
/// and carrying a passenger. Each goes through all candidates in turn, so that no figure is that of one lucky case.
/// </summary>
[MemoryDiagnoser]
public class PlannerBenchmarks
{
    private const int MostCandidates = 4096;
    private PlanState _state = null!;
    private (int Unit, int Crew, int Day)[] _all = [];
    private (int Unit, int Crew, int Day)[] _legal = [];
    private (int Village, int Order, int Day)[] _legs = [];
    private (int Day, int Vehicle)[] _chains = [];
    private int _at;

    [Params(300, 2000)]
    public int Workers { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var c = new CompiledSeason(Seasons.Of(Workers));
        var tools = new SearchTools(c, new WorkMeter());
        _state = tools.State;
        var random = new Random(1);
        new Constructor(c, _state, tools.Builder, tools.Scout)
            .Run([0.5, 0], random, () => false);
        _state.Commit();
        _all = Drawn(Candidates(c), random);
        _legal = Drawn(Candidates(c).Where(x => _state.Suits(x.Unit, x.Crew) && _state.CanAdd(x.Unit, x.Crew, x.Day)), random);
        _legs = Drawn(Candidates(c).Where(x => !_state.Crew(x.Crew).Lodge).Select(x => (c.Units[x.Unit].Village, _state.Crew(x.Crew).Order, x.Day)), random);
        _chains = Drawn(Enumerable.Range(0, c.Days).SelectMany(d => _state.Transport(d).Used.Select(k => (d, k))), random);
        if (_all.Length == 0 || _legal.Length == 0 || _legs.Length == 0 || _chains.Length == 0)
        {
            throw new InvalidOperationException("The first plan leaves nothing to measure.");
        }
    }

    /// <summary>Whether a unit may work a day in a crew: free, suited, rest, households, pairs, beds.</summary>
    [Benchmark]
    public bool WorkerDayIsLegal()
    {
        (int unit, int crew, int day) = Next(_all);
        return _state.Suits(unit, crew) && _state.CanAdd(unit, crew, day);
    }

    /// <summary>What the net value gains by a day, transport left out.</summary>
    [Benchmark]
    public double WorthDelta()
    {
        (int unit, int crew, int day) = Next(_legal);
        return _state.GainOfAdding(unit, _state.Crew(crew).Broker, _state.Crew(crew).Order, day);
    }

    /// <summary>A day added and taken back through the journal.</summary>
    [Benchmark]
    public double AddAndUndo()
    {
        (int unit, int crew, int day) = Next(_legal);
        (int, double) mark = _state.Mark();
        _state.Add(unit, crew, day);
        double net = _state.Net;
        _state.UndoTo(mark);
        return net;
    }

    /// <summary>A free seat for one more passenger.</summary>
    [Benchmark]
    public int SpareSeats()
    {
        (int village, int order, int day) = Next(_legs);
        return _state.Transport(day).Spare(village, order);
    }

    /// <summary>The cheapest way for one more passenger, driven and taken back.</summary>
    [Benchmark]
    public int InsertPassenger()
    {
        (int village, int order, int day) = Next(_legs);
        (int, double) mark = _state.Mark();
        int carried = _state.Transport(day).Insert(village, order, 1, double.MaxValue);
        _state.UndoTo(mark);
        return carried;
    }

    /// <summary>Whether a vehicle's morning keeps every clock and the driving limit.</summary>
    [Benchmark]
    public bool TripChainIsFeasible()
    {
        (int day, int vehicle) = Next(_chains);
        return _state.Transport(day).IsFeasible(vehicle, _state.Transport(day).Chain(vehicle)!);
    }

    private T Next<T>(T[] from) => from[_at = (_at + 1) % from.Length];

    private IEnumerable<(int Unit, int Crew, int Day)> Candidates(CompiledSeason c) =>
        from crew in Enumerable.Range(0, _state.Crews.Count)
        where _state.Crews[crew] is not null
        let slot = _state.Crew(crew)
        from village in c.AreaVillages[slot.Broker]
        from unit in c.UnitsOfVillage[village]
        from day in Enumerable.Range(slot.From, slot.To - slot.From + 1)
        select (unit, crew, day);

    private static T[] Drawn<T>(IEnumerable<T> from, Random random)
    {
        T[] all = [.. from];
        random.Shuffle(all);
        return all[..Math.Min(all.Length, MostCandidates)];
    }
}

/// <summary>Compiling a season: dense arrays, units of inseparable people and the classes of those who suit the same orders.</summary>
[MemoryDiagnoser]
public class CompileBenchmarks
{
    private Season _season = null!;

    [Params(300, 2000)]
    public int Workers { get; set; }

    [GlobalSetup]
    public void Setup() => _season = Seasons.Of(Workers);

    [Benchmark]
    public int Compile() => new CompiledSeason(_season).Kinds.Length;
}
