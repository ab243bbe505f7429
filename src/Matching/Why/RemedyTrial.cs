using Matching.Planning;
using Matching.Planning.Compiled;
using Matching.Planning.Crews;
using Matching.Planning.State;
using Matching.Plans;
using Matching.Repairing;

namespace Matching.Why;

/// <summary>
/// What a season gains around one order's day: the plan goes on from where it stands, nothing but that order's day may be filled
/// further than it is, and whoever is called in from elsewhere is replaced where it pays. A gain is told only of a plan that was
/// found; <see cref="Plan"/> is that plan.
/// </summary>
internal sealed class RemedyTrial
{
    private readonly CompiledSeason _c;
    private readonly PlanState _state;
    private readonly int _order;
    private readonly int _day;

    /// <param name="start">The plan, legal and settled; it stays as it is.</param>
    /// <param name="c">Its season, or one that allows more; its targets are lowered to what is filled.</param>
    /// <param name="order">The order.</param>
    /// <param name="day">The day.</param>
    /// <param name="options">How much is tried.</param>
    /// <param name="cancelled">Ends the search.</param>
    public RemedyTrial(SearchTools start, CompiledSeason c, int order, int day, WhyOptions options, CancellationToken cancelled)
    {
        (_c, _order, _day) = (c, order, day);
        SearchTools tools = start.TwinIn(c);
        _state = tools.State;
        Close();
        Search(new HitNeighbourhood(c, _state, tools.Builder, tools.Scout, [(order, day)]), options, cancelled);
    }

    /// <summary>Worker-days of the order's day.</summary>
    public int Filled => _state.Filled(_order, _day);

    /// <summary>The worth of the whole plan.</summary>
    public Worth Worth => PlanValuation.Value(_c, _state);

    /// <summary>The plan that was found, without facts.</summary>
    public Plan Plan => PlanExtractor.Extract(_c, _state);

    private void Close()
    {
        for (int o = 0; o < _c.Orders; o++)
        {
            for (int d = 0; d < _c.Days; d++)
            {
                int at = (o * _c.Days) + d;
                _c.Target[at] = o == _order && d == _day ? _c.Target[at] : Math.Min(_c.Target[at], _state.Filled(o, d));
            }
        }
    }

    private void Search(HitNeighbourhood neighbourhood, WhyOptions options, CancellationToken cancelled)
    {
        var surgery = new CrewSurgery(_c, _state);
        var random = new Random(unchecked((int)(options.Seed ^ (options.Seed >> 32))));
        int idle = 0;
        for (int tries = 0; tries < options.TriesPerRemedy && idle < options.Patience && _state.Room(_order, _day) > 0; tries++)
        {
            cancelled.ThrowIfCancellationRequested();
            double before = _state.Net;
            (int, double) mark = _state.Mark();
            if (neighbourhood.Try(random) && surgery.SettlesWell() && _state.Net - before > 0.005)
            {
                _state.Commit();
                idle = 0;
            }
            else
            {
                _state.UndoTo(mark);
                idle++;
            }
        }
    }
}
