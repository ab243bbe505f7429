using Matching.Planning.Compiled;
using Matching.Planning.Crews;
using Matching.Planning.State;

namespace Matching.Planning.Improve;

/// <summary>
/// Large-neighbourhood search over the real structure: takes a few related engagements, a day's vehicles or a worker's weeks
/// apart, rebuilds them, and keeps what raises the worth. Neighbourhoods are drawn by what they have lately earned per unit
/// of work (adaptive LNS, Ropke and Pisinger 2006).
/// </summary>
internal sealed class Improver
{
    private const double Decay = 0.98;
    private readonly CompiledSeason _c;
    private readonly PlanState _state;
    private readonly INeighbourhood[] _neighbourhoods;
    private readonly double[] _earned;
    private readonly double[] _spent;
    private readonly TimeProvider? _clock;

    /// <param name="c">The season.</param>
    /// <param name="state">The plan to improve.</param>
    /// <param name="builder">Builds engagements on that state.</param>
    /// <param name="scout">Estimates engagements on that state.</param>
    /// <param name="seats">Usual seat prices.</param>
    /// <param name="clock">Measures what neighbourhoods cost; null weighs them by fixed costs, for reproducible runs.</param>
    public Improver(CompiledSeason c, PlanState state, CrewBuilder builder, EngagementScout scout, SeatPrices seats, TimeProvider? clock)
    {
        (_c, _state, _clock) = (c, state, clock);
        _neighbourhoods =
        [
            new RebuildCrews(c, state, builder, scout),
            new WidenCrew(c, state, builder),
            new RepackVehicles(c, state),
            new ReassignUnits(c, state, seats),
            new ServeShortage(c, state, builder, seats),
            new ReplanMornings(c, state),
        ];
        _earned = [.. _neighbourhoods.Select(_ => 1.0)];
        _spent = [.. _neighbourhoods.Select(_ => 1.0)];
    }

    /// <summary>Steps done.</summary>
    public long Steps { get; private set; }

    /// <summary>What each neighbourhood was tried and gained, for the record.</summary>
    public IReadOnlyList<(string Name, long Tried, double Gained)> Record =>
        [.. _neighbourhoods.Select((n, i) => (n.GetType().Name, _tried[i], _gained[i]))];

    private readonly long[] _tried = new long[8];
    private readonly double[] _gained = new double[8];

    /// <summary>One neighbourhood: taken apart, rebuilt, kept only when the plan gains.</summary>
    /// <returns>The gain in CNY, 0 when all was taken back.</returns>
    public double Step(Random random)
    {
        _state.Meter.Done += 1000;
        int pick = Draw(random);
        long started = _clock?.GetTimestamp() ?? 0;
        double before = _state.Net;
        (int, double) mark = _state.Mark();
        double gain = 0;
        _state.KeepRequired = random.Next(4) != 0;
        if (_neighbourhoods[pick].Try(random))
        {
            gain = _state.Net - before;
        }

        if (gain > 0.005)
        {
            _state.Commit();
        }
        else
        {
            _state.UndoTo(mark);
            _state.Commit();
            gain = 0;
        }

        _state.KeepRequired = false;
        double cost = _clock is null ? _neighbourhoods[pick].UsualCost : _clock.GetElapsedTime(started).TotalMilliseconds;
        _earned[pick] = (_earned[pick] * Decay) + gain;
        _spent[pick] = (_spent[pick] * Decay) + cost;
        _tried[pick]++;
        _gained[pick] += gain;
        Steps++;
        return gain;
    }

    private int Draw(Random random)
    {
        double total = 0;
        Span<double> rates = stackalloc double[_neighbourhoods.Length];
        for (int i = 0; i < rates.Length; i++)
        {
            rates[i] = _earned[i] / _spent[i];
            total += rates[i];
        }

        // Every neighbourhood keeps a share, so that one that was poor early gets its chance later.
        double floor = (total * 0.05) + 1e-9;
        double draw = random.NextDouble() * (total + (floor * rates.Length));
        for (int i = 0; i < rates.Length; i++)
        {
            // Equal time shares would need rate / cost; the rate alone favours the cheap ones less.
            draw -= rates[i] + floor;
            if (draw <= 0)
            {
                return i;
            }
        }

        return rates.Length - 1;
    }
}

/// <summary>A way to take part of a plan apart and rebuild it.</summary>
internal interface INeighbourhood
{
    /// <summary>Rough milliseconds of a try, for runs that may not read the clock.</summary>
    public double UsualCost { get; }

    /// <summary>Changes the state; false when there was nothing to change or the result is not legal.</summary>
    public bool Try(Random random);
}
