using System.Collections.Immutable;
using Matching.Planning.Compiled;
using Matching.Planning.Crews;
using Matching.Planning.State;

namespace Matching.Planning.Improve;

/// <summary>
/// Large-neighbourhood search over the real structure: takes a few related engagements, a day's vehicles or a worker's weeks
/// apart and rebuilds them. Losses are allowed while there is heat (simulated annealing), the best plan is kept; half of the
/// time goes to neighbourhoods by what they have lately earned (adaptive LNS, Ropke and Pisinger 2006).
/// </summary>
internal sealed class Improver
{
    private const double Decay = 0.98;
    private const string NameOfAdapting = "adapting";

    /// <summary>Heat by size: a loss of this many usual worker-days' value is often taken at full heat in a season of so many units.</summary>
    private const double WarmUnits = 600;
    private const double LeastWarm = 0.02;
    private const double MostWarm = 2;

    /// <summary>What a worker-day is usually worth, as a multiple of what it costs to bring somebody at the least: where values are set so high that nobody can be left out, only costs differ from plan to plan.</summary>
    private const double UsualMargin = 20;

    /// <summary>Milliseconds a try costs at the least: drawing it, and keeping the books.</summary>
    private const double LeastCost = 0.001;
    private readonly PlanState _state;
    private readonly INeighbourhood[] _neighbourhoods;
    private readonly double[] _earned;
    private readonly double[] _spent;
    private readonly long[] _tried;
    private readonly double[] _cost;
    private readonly double[] _gained;
    private readonly TimeProvider? _clock;
    private readonly bool _adapts;

    /// <summary>CNY of a loss that is often taken at full heat.</summary>
    private readonly double _warm;
    private double _best;

    /// <summary>Worth of the best plan but for vehicles, and what was gained while it stayed the same.</summary>
    private double _bestWorth;
    private double _savedOnTrips;
    private (int Position, double Worth) _bestMark;

    /// <param name="tools">The plan to improve, and what builds engagements on it.</param>
    /// <param name="clock">Measures what neighbourhoods cost; null weighs them by fixed costs, for reproducible runs.</param>
    /// <param name="without">Names of <see cref="Mechanisms"/> to do without.</param>
    public Improver(SearchTools tools, TimeProvider? clock, ImmutableHashSet<string> without)
    {
        CompiledSeason c = tools.C;
        PlanState state = tools.State;
        (_state, _clock) = (state, clock);
        _adapts = !without.Contains(NameOfAdapting);
        INeighbourhood[] all =
        [
            new RebuildCrews(c, state, tools.Builder, tools.Scout),
            new SwitchOrders(c, state, tools.Builder, tools.Scout),
            new AlignDays(c, state, tools.Builder, tools.Scout),
            new WidenCrew(state, tools.Builder),
            new RepackVehicles(state),
            new ReassignUnits(c, state, tools.Seats),
            new SwapMembers(c, state),
            new ServeShortage(c, state, tools.Builder, tools.Seats),
            new ChangeLeader(c, state),
            new ReplanMornings(c, state),
            new ReplanDay(c, state, tools.Seats),
            new ReplanLeaders(c, state, tools.Builder, tools.Seats),
        ];
        _neighbourhoods = [.. all.Where(n => !without.Contains(n.GetType().Name) && n.IsUseful)];
        _warm = Math.Clamp(WarmUnits / Math.Max(1, c.Units.Length), LeastWarm, MostWarm) * UsualWorth(c, tools.Seats);
        Keep();
        _earned = [.. _neighbourhoods.Select(_ => 1.0)];
        _spent = [.. _neighbourhoods.Select(_ => 1.0)];
        _tried = [.. _neighbourhoods.Select(_ => 1L)];
        _cost = [.. _neighbourhoods.Select(n => n.UsualCost)];
        _gained = new double[_neighbourhoods.Length];
    }

    /// <summary>What can be left out: the neighbourhoods, and drawing them by what they earn.</summary>
    public static IEnumerable<string> Mechanisms =>
    [
        nameof(RebuildCrews), nameof(SwitchOrders), nameof(AlignDays), nameof(WidenCrew), nameof(RepackVehicles), nameof(ReassignUnits), nameof(SwapMembers), nameof(ServeShortage), nameof(ChangeLeader), nameof(ReplanMornings), nameof(ReplanDay), nameof(ReplanLeaders),
        NameOfAdapting,
    ];

    /// <summary>Whether there is nothing to try.</summary>
    public bool IsEmpty => _neighbourhoods.Length == 0;

    /// <summary>Worth of the best plan.</summary>
    public double Best => _best;

    /// <summary>Steps done.</summary>
    public long Steps { get; private set; }

    /// <summary>What each neighbourhood was tried, cost (ms) and gained, for the record.</summary>
    public IReadOnlyList<(string Name, long Tried, double Cost, double Gained)> Record =>
        [.. _neighbourhoods.Select((n, i) => (n.GetType().Name, _tried[i], _cost[i], _gained[i]))];

    /// <summary>Share of all that was added to the best plan that was saved on vehicles while everything else was worth the same; 0 before anything was.</summary>
    public double TripShare => _savedOnTrips / Math.Max(1e-9, _gained.Sum());

    /// <summary>
    /// One neighbourhood: taken apart, rebuilt, kept when the plan gains or, while there is heat, when it loses little
    /// (simulated annealing). The way back to the best plan stays in the journal until a better one is found.
    /// </summary>
    /// <param name="random">Chooses.</param>
    /// <param name="heat">From 1 (losses of a usual worker-day's value are common) down to 0 (only gains are kept).</param>
    public void Step(Random random, double heat)
    {
        _state.Meter.Done += 150;
        if (heat <= 0)
        {
            Settle();
        }

        int pick = Draw(random, heat);
        long started = _clock?.GetTimestamp() ?? 0;
        double before = _state.Net;
        (int, double) mark = _state.Mark();
        double gain = double.NegativeInfinity;
        _state.KeepRequired = random.Next(4) != 0;
        if (_neighbourhoods[pick].Try(random))
        {
            gain = _state.Net - before;
        }

        _state.KeepRequired = false;
        double least = heat > 0 ? heat * _warm * Math.Log(Math.Max(1e-12, random.NextDouble())) : 0.005;
        if (gain <= least)
        {
            _state.UndoTo(mark);
        }

        double earned = 0;
        if (_state.Net > _best + 0.005)
        {
            earned = _state.Net - _best;
            _savedOnTrips += Math.Abs(_state.Worth - _bestWorth) < 0.005 ? earned : 0;
            Keep();
        }

        double cost = _clock is null ? _neighbourhoods[pick].UsualCost : Math.Max(LeastCost, _clock.GetElapsedTime(started).TotalMilliseconds);
        _earned[pick] = (_earned[pick] * Decay) + earned;
        _spent[pick] = (_spent[pick] * Decay) + cost;
        _tried[pick]++;
        _cost[pick] += cost;
        _gained[pick] += earned;
        Steps++;
    }

    /// <summary>Goes back to the best plan found.</summary>
    public void Settle()
    {
        if (_state.Net < _best - 0.001)
        {
            _state.UndoTo(_bestMark);
        }

        Keep();
    }

    /// <summary>Takes the plan as it is now for the best.</summary>
    public void Keep()
    {
        _state.Commit();
        _bestMark = _state.Mark();
        (_best, _bestWorth) = (_state.Net, _state.Worth);
    }

    /// <summary>CNY: the mean required value, or less where that is out of all proportion to what bringing people costs.</summary>
    private static double UsualWorth(CompiledSeason c, SeatPrices seats)
    {
        List<double> cheapest = [];
        foreach (Unit unit in c.Units)
        {
            double least = double.PositiveInfinity;
            for (int o = 0; o < c.Orders; o++)
            {
                if (c.Kinds[unit.Kind].Suits(o))
                {
                    least = Math.Min(least, Math.Min(seats[unit.Village, o], c.MayLodge[o] ? c.CoachFare(unit.Village, c.OrderSite[o]) : double.PositiveInfinity));
                }
            }

            if (!double.IsPositiveInfinity(least))
            {
                cheapest.Add(least);
            }
        }

        cheapest.Sort();
        return cheapest.Count == 0 ? 0 : Math.Min(c.RequiredValue.Average(), UsualMargin * cheapest[cheapest.Count / 2]);
    }

    /// <summary>
    /// Half of the time is shared out as given, half by what each neighbourhood has lately added to the best plan per unit of
    /// time: what wins while losses are allowed need not be what leads to better plans.
    /// </summary>
    private int Draw(Random random, double heat)
    {
        double ShareOf(INeighbourhood n) => n.ColdShare + ((n.Share - n.ColdShare) * Math.Min(1, heat));
        double earnings = 0;
        double shares = 0;
        for (int i = 0; i < _neighbourhoods.Length; i++)
        {
            earnings += _earned[i] / _spent[i];
            shares += ShareOf(_neighbourhoods[i]);
        }

        Span<double> weights = stackalloc double[_neighbourhoods.Length];
        double total = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            double time = (ShareOf(_neighbourhoods[i]) / shares) + (_adapts && earnings > 0 ? _earned[i] / _spent[i] / earnings : 0);
            weights[i] = time * _tried[i] / _cost[i];
            total += weights[i];
        }

        double draw = random.NextDouble() * total;
        for (int i = 0; i < weights.Length; i++)
        {
            draw -= weights[i];
            if (draw <= 0)
            {
                return i;
            }
        }

        return weights.Length - 1;
    }
}

/// <summary>A way to take part of a plan apart and rebuild it.</summary>
internal interface INeighbourhood
{
    /// <summary>Rough milliseconds of a try, for runs that may not read the clock.</summary>
    public double UsualCost { get; }

    /// <summary>Its share of the time, against the others', at full heat.</summary>
    public double Share => 1;

    /// <summary>Its share without heat.</summary>
    public double ColdShare => Share;

    /// <summary>Whether it has something to do in a season like this one.</summary>
    public bool IsUseful => true;

    /// <summary>Changes the state; false when there was nothing to change or the result is not legal.</summary>
    public bool Try(Random random);
}
