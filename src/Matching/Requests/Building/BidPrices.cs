using Matching.Planning.Compiled;
using Matching.Requests.State;

namespace Matching.Requests.Building;

/// <summary>
/// What people, broker-days, seats and beds are still expected to earn: bid prices of what the published plan and the bookings
/// leave. With r the room an order has left on a day, m what one more worker-day brings after a usual seat, a usual share of
/// the fee, and S the open people who suit it and can come,
/// <list type="bullet">
/// <item>a person-day of a village and kind costs max over orders they suit of the season's mean of min(1, r / S) × (m − seat);</item>
/// <item>on a day with R worker-days wanted and mean margin m̄, a head of a broker's crew costs m̄ × max(0, 1 − B / R), B being the
/// heads all free brokers can lead; a seat m̄ × max(0, 1 − V / R), V being the free seats: only the scarcer of the two is charged;</item>
/// <item>a bed at a site costs m̄ × max(0, 1 − beds left / lodgers wanted there).</item>
/// </list>
/// </summary>
internal sealed class BidPrices
{
    private const double UsualFill = 0.9;
    private readonly Ground _g;
    private readonly double[] _chance;
    private readonly double[] _margin;
    private readonly float[] _person;
    private readonly double[] _lead;
    private readonly double[] _seat;
    private readonly double[] _bed;

    public BidPrices(DispatchState state)
    {
        Ground g = _g = state.G;
        CompiledSeason c = g.C;
        _chance = new double[c.Orders];
        _margin = new double[c.Orders];
        _person = new float[c.Villages * c.Kinds.Length];
        Array.Fill(_person, float.NaN);
        _lead = new double[c.Days];
        _seat = new double[c.Days];
        _bed = new double[c.Sites * c.Days];
        double fee = UsualFee(c);
        double[] wanted = new double[c.Days];
        double[] worth = new double[c.Days];
        double[] lodgers = new double[c.Sites * c.Days];
        for (int o = 0; o < c.Orders; o++)
        {
            double seat = UsualSeat(g, o);
            for (int d = 0; d < c.Days; d++)
            {
                int room = state.Room(o, d);
                if (room <= 0)
                {
                    continue;
                }

                int at = (o * c.Days) + d;
                int required = Math.Clamp(c.Required[at] - state.Filled[at], 0, room);
                double value = ((required * c.RequiredValue[o]) + ((room - required) * c.TargetValue[at])) / room;
                double margin = value - fee;
                double open = OpenFor(state, o, d);
                double chance = open <= 0 ? 0 : Math.Min(1, room / open);
                _chance[o] += chance;
                _margin[o] += chance * margin;
                double net = margin - Math.Min(seat, 1000);
                if (net > 0)
                {
                    wanted[d] += room;
                    worth[d] += room * net;
                    if (c.MayLodge[o])
                    {
                        lodgers[(c.OrderSite[o] * c.Days) + d] += room;
                    }
                }
            }

            _chance[o] /= c.Days;
            _margin[o] /= c.Days;
        }

        for (int d = 0; d < c.Days; d++)
        {
            if (wanted[d] > 0)
            {
                Scarcity(state, d, wanted[d], worth[d] / wanted[d], lodgers);
            }
        }
    }

    /// <summary>CNY a day of one person of the village and kind.</summary>
    public double Person(int village, int kind)
    {
        ref float known = ref _person[(village * _g.C.Kinds.Length) + kind];
        if (float.IsNaN(known))
        {
            // Two threads may compute the same price: the figure is the same.
            known = (float)Estimate(village, _g.C.Kinds[kind]);
        }

        return known;
    }

    public double Person(int unit) => Person(_g.C.Units[unit].Village, _g.C.Units[unit].Kind);

    /// <summary>CNY a broker's day, by the heads the broker can lead.</summary>
    public double Lead(int broker, int day) => _lead[day] * _g.Season.Brokers[broker].CrewMax;

    /// <summary>CNY a seat on a day.</summary>
    public double Seat(int day) => _seat[day];

    /// <summary>CNY a bed on a day.</summary>
    public double Bed(int site, int day) => _bed[(site * _g.C.Days) + day];

    private double Estimate(int village, UnitKind kind)
    {
        double best = 0;
        for (int o = 0; o < _g.C.Orders; o++)
        {
            if (_chance[o] > 0 && kind.Suits(o))
            {
                double seat = _g.C.MayLodge[o] ? Math.Min(_g.Seats[village, o], _g.C.CoachFare(village, _g.C.OrderSite[o]) / 6) : _g.Seats[village, o];
                best = Math.Max(best, _margin[o] - (_chance[o] * Math.Min(seat, 1e6)));
            }
        }

        return best;
    }

    private double OpenFor(DispatchState state, int order, int day)
    {
        CompiledSeason c = _g.C;
        double open = 0;
        for (int v = 0; v < c.Villages; v++)
        {
            int heads = state.OpenHeads[(v * c.Days) + day];
            if (heads > 0)
            {
                float share = c.MayCommute[order] && !double.IsPositiveInfinity(_g.Seats[v, order])
                    ? _g.Suited[(v * c.Orders) + order]
                    : c.MayLodge[order] ? _g.SuitedLodging[(v * c.Orders) + order] : 0;
                open += heads * share;
            }
        }

        return open;
    }

    private void Scarcity(DispatchState state, int day, double wanted, double margin, double[] lodgers)
    {
        CompiledSeason c = _g.C;
        double led = 0;
        for (int b = 0; b < c.Brokers; b++)
        {
            led += state.MayLead(b, day) ? _g.Season.Brokers[b].CrewMax : 0;
        }

        double seats = 0;
        for (int k = 0; k < c.Vehicles; k++)
        {
            if (state.MorningOf(day, k) is { } morning)
            {
                foreach (Run run in morning.Runs)
                {
                    seats += Math.Max(0, c.Seats[k] - run.Fullest(0, run.Places.Length - 1));
                }
            }
            else if (!c.VehicleOut[(k * c.Days) + day])
            {
                seats += c.Seats[k] * UsualFill;
            }
        }

        double scarceLead = Math.Max(0, 1 - (led / wanted));
        double scarceSeat = Math.Max(0, 1 - (seats / wanted));
        _lead[day] = scarceLead >= scarceSeat ? margin * scarceLead : 0;
        _seat[day] = scarceSeat > scarceLead ? margin * scarceSeat : 0;
        for (int s = 0; s < c.Sites; s++)
        {
            double lodging = lodgers[(s * c.Days) + day];
            if (lodging > 0)
            {
                _bed[(s * c.Days) + day] = margin * Math.Max(0, 1 - (Math.Max(0, state.BedsLeft(s, day)) / lodging));
            }
        }
    }

    private static double UsualSeat(Ground g, int order)
    {
        double best = double.PositiveInfinity;
        for (int v = 0; v < g.C.Villages; v++)
        {
            if (g.Suited[(v * g.C.Orders) + order] > 0)
            {
                best = Math.Min(best, g.Seats[v, order]);
            }
        }

        return best;
    }

    private static double UsualFee(CompiledSeason c)
    {
        double[] perHead = [.. c.Season.Brokers.Where(b => b.CertificateUntil is not null).Select(b => (double)b.DailyFee / b.CrewMax).Order()];
        return perHead.Length == 0 ? 0 : perHead[perHead.Length / 2];
    }
}
