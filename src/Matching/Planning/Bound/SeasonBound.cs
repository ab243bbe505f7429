using Matching.Model;
using Matching.Planning.Compiled;

namespace Matching.Planning.Bound;

/// <summary>
/// An upper bound on the net value of every legal plan of a season, by Lagrangian relaxation: see docs/algorithm.md for the
/// proof. Whatever the prices, the sum of the sub-problems' best answers is a bound; price steps make it small. Meant for a
/// thread of its own beside the search for plans: it shares nothing but the immutable compiled season.
/// </summary>
internal sealed class SeasonBound
{
    private const int LargeUnits = 5000;

    /// <summary>Units from which price steps were never seen to gain within minutes, but where something is scarce: the first prices stay.</summary>
    private const int HugeUnits = 12_000;

    /// <summary>CNY by which the price of a crew moves at full pace when one crew too many or too few is led.</summary>
    private const double OpenStep = 15;

    private readonly CompiledSeason _c;
    private readonly BoundData _data;
    private readonly DemandDual _demand;
    private readonly LeadPrices _lead;
    private readonly SeatDual _seats;
    private readonly LabourDual _labour;
    private readonly BoundPrices _prices;
    private readonly double[] _taken;
    private readonly double[] _opened;
    private readonly double[] _offered;
    private readonly double[] _level;
    private readonly StepGains _gains;
    private readonly double _rounding;
    private int _turn;

    public SeasonBound(CompiledSeason c)
    {
        _c = c;
        _data = new BoundData(c);
        _lead = new LeadPrices(_data);
        _demand = new DemandDual(_data, _lead);
        _seats = new SeatDual(_data);
        _labour = new LabourDual(_data, _lead, _seats);
        _prices = new BoundPrices(_data, _lead.Areas, _seats.Classes);
        _taken = new double[_data.Count];
        _opened = new double[_data.Count];
        _offered = new double[Math.Max(1, _seats.Classes) * c.Days];
        _level = new double[c.Days];
        _gains = new StepGains(_prices.Values.Length, Parts);
        _rounding = RoundingRoom(c.Season);
    }

    /// <summary>Whether price steps take so long that first prices must be good as they are.</summary>
    private bool IsLarge => _data.UnitOrder.Length > LargeUnits;

    /// <summary>Parts of the units that answer in turn, one each step.</summary>
    private int Parts => Math.Clamp(_data.UnitOrder.Length / 20, 1, IsLarge ? 12 : 40);

    /// <summary>The best bound so far, rounded up to cents; null before the first.</summary>
    public decimal? Best { get; private set; }

    /// <summary>Full evaluations of the dual function so far.</summary>
    public int Evaluations { get; private set; }

    /// <summary>Improves the bound until told to stop or no step is left; reports every better bound.</summary>
    public void Run(BoundOptions options, Func<bool> stop, Action<decimal> onBetter)
    {
        Trivial(onBetter);
        var first = new FirstPrices(_data, _demand, _lead, _seats, _labour, _prices, _level, IsLarge);
        first.Set(() => Evaluate(stop, onBetter), stop);
        int parts = Parts;
        double[] mean = new double[_prices.Values.Length];
        int averaged = 0;
        double[] current = _prices.Values;
        for (int iteration = 0; iteration < options.MaxIterations && !stop(); iteration++)
        {
            double magnitude = 0;
            int part = iteration % parts;
            if (part == 0 && (iteration / parts % 3 == 0))
            {
                decimal before = Best ?? decimal.MaxValue;
                if (!EvaluateMean(mean, averaged, stop, onBetter)
                    || (iteration > 0 && before - Best < (decimal)options.LeastGain * Math.Abs(before))
                    || (!options.StepsWhereHuge && _data.UnitOrder.Length > HugeUnits && !first.FoundScarce))
                {
                    return;
                }

                averaged = 0;
            }

            _lead.Set(_prices.Lead, _prices.Agreement, _prices.Open);
            if (_labour.Answer(_prices, part, parts, 2, stop, ref magnitude) is null)
            {
                return;
            }

            Step((double)iteration / parts, parts);
            for (int i = 0; i < mean.Length; i++)
            {
                mean[i] += current[i];
            }

            averaged++;
        }
    }

    /// <summary>Evaluates the mean of the prices since the last evaluation, which settles before they do; false when told to stop.</summary>
    private bool EvaluateMean(double[] sums, int count, Func<bool> stop, Action<decimal> onBetter)
    {
        if (count == 0)
        {
            return Evaluate(stop, onBetter);
        }

        double[] current = _prices.Values;
        double[] kept = [.. current];
        for (int i = 0; i < sums.Length; i++)
        {
            current[i] = sums[i] / count;
        }

        if (!Evaluate(stop, onBetter))
        {
            return false;
        }

        kept.CopyTo(current, 0);
        Array.Clear(sums);
        return true;
    }

    /// <summary>Everybody where the value is and nobody paid: a first bound at once.</summary>
    private void Trivial(Action<decimal> onBetter)
    {
        double magnitude = 0;
        Offer(_demand.Value(new double[_data.Count], new double[_data.Count], ref magnitude), magnitude, onBetter);
    }

    /// <summary>The dual function at the present prices, exactly; false when told to stop.</summary>
    private bool Evaluate(Func<bool> stop, Action<decimal> onBetter)
    {
        double magnitude = 0;
        double sum = _lead.Set(_prices.Lead, _prices.Agreement, _prices.Open);
        magnitude += sum;
        sum += _demand.Value(_prices.WorkerDay, _prices.Open, ref magnitude);
        for (int d = 0; d < _c.Days; d++)
        {
            if (stop())
            {
                return false;
            }

            double earned = _seats.Value(d, _prices.Seat, 1, null);
            sum += earned;
            magnitude += earned;
        }

        for (int s = 0; s < _c.Sites; s++)
        {
            for (int d = 0; d < _c.Days; d++)
            {
                double rent = _prices.Bed[(s * _c.Days) + d] * _c.Beds[s];
                sum += rent;
                magnitude += rent;
            }
        }

        for (int a = 0; a < _c.Agreements.Length; a++)
        {
            double price = _prices.Agreement[a];
            double constant = price > 0 ? -price * _c.Agreements[a].MinDays : price < 0 ? -price * _c.Agreements[a].MaxDays : 0;
            sum += constant;
            magnitude += Math.Abs(constant);
        }

        // Those who can never work miss their shares in full.
        if (_labour.Answer(_prices, 0, 1, Evaluations == 0 ? 8 : 4, stop, ref magnitude) is not { } labour)
        {
            return false;
        }

        sum += labour + _labour.Idle;
        Evaluations++;
        Offer(sum, magnitude + Math.Abs(_labour.Idle), onBetter);
        return true;
    }

    private void Offer(double bound, double magnitude, Action<decimal> onBetter)
    {
        // Errors of double arithmetic stay far below a billionth of what was summed.
        double safe = bound + (1e-9 * magnitude) + _rounding;
        if (double.IsNaN(safe) || safe > 1e25)
        {
            return;
        }

        decimal value = Math.Ceiling((decimal)safe * 100) / 100;
        if (Best is { } best && value >= best)
        {
            return;
        }

        Best = value;
        onBetter(value);
    }

    /// <summary>Moves prices against the excess of each relaxed rule, relative to its size; steps shrink with the rounds done.</summary>
    private void Step(double rounds, int parts)
    {
        double pace = (IsLarge ? 0.05 : 0.3) / (1 + (rounds / 6)) / Math.Sqrt(parts);
        double band = Math.Max(1, 12 * pace * Math.Sqrt(parts));
        double[] values = _prices.Values;
        _demand.Smooth(_prices.WorkerDay, _prices.Open, band, _taken, _opened);
        for (int k = 0; k < _data.Count; k++)
        {
            double excess = (_labour.Heads[k] - _taken[k]) / Math.Max(4, _data.Target[k]);
            values[k] -= 20 * pace * _gains.Scaled(k, Math.Clamp(excess, -1, 4));
            values[_prices.OpenFrom + k] -= OpenStep * pace * _gains.Scaled(_prices.OpenFrom + k, Math.Clamp(_labour.Crews[k] - _opened[k], -1, 1));
        }

        for (int a = 0; a < _c.Agreements.Length; a++)
        {
            CompiledAgreement agreement = _c.Agreements[a];
            double days = _labour.AgreementDays[a];
            double price = values[_prices.AgreementFrom + a];
            double wanted = price > 0 || days < agreement.MinDays ? agreement.MinDays : price < 0 || days > agreement.MaxDays ? agreement.MaxDays : days;
            values[_prices.AgreementFrom + a] -= 15 * pace * Math.Clamp((days - wanted) / Math.Max(4, wanted), -1, 1);
        }

        StepLeaders(pace);
        for (int s = 0; s < _c.Sites; s++)
        {
            for (int d = 0; d < _c.Days; d++)
            {
                int at = (s * _c.Days) + d;
                values[_prices.BedFrom + at] += 10 * pace * _gains.Scaled(_prices.BedFrom + at, Math.Clamp((_labour.BedsTaken[at] - _c.Beds[s]) / Math.Max(4, _c.Beds[s]), -1, 1));
            }
        }

        StepSeats(pace);
        _prices.Clamp();
    }

    private void StepLeaders(double pace)
    {
        double[] values = _prices.Values;
        for (int a = 0; a < _lead.Areas; a++)
        {
            for (int d = 0; d < _c.Days; d++)
            {
                int at = _prices.LeadFrom + (a * _c.Days) + d;
                double offered = 0;
                double all = 0;
                foreach (int b in _lead.BrokersOf[a])
                {
                    double usual = _lead.Usual(b);
                    double weight = _lead.Weight[(b * _c.Days) + d];
                    if (usual > 0 && weight > 0 && _c.CanLead[(b * _c.Days) + d])
                    {
                        all += usual;
                        offered += usual * Math.Clamp(values[at] - (_c.Fee[b] / weight) + 0.5, 0, 1);
                    }
                }

                if (all > 0)
                {
                    values[at] += 6 * pace * _gains.Scaled(at, Math.Clamp((_labour.Led[(a * _c.Days) + d] - offered) / all, -1, 1));
                }
            }
        }
    }

    private void StepSeats(double pace)
    {
        if (!_seats.Timed)
        {
            return;
        }

        int every = Math.Max(1, Math.Min(_c.Days, 12));
        for (int d = _turn++ % every; d < _c.Days; d += every)
        {
            StepSeats(d, Math.Min(1, pace * every));
        }
    }

    /// <summary>
    /// Fares of a day are a level times a shape. The level is where seats offered meet seats needed; the shape is moved towards
    /// the classes with more riders than the best sequences carry, and scaled so that the best sequence earns the level.
    /// </summary>
    private void StepSeats(int day, double pace)
    {
        double[] values = _prices.Values;
        int classes = _seats.Classes;
        double taken = 0;
        double needed = 0;
        for (int i = 0; i < classes; i++)
        {
            int at = (i * _c.Days) + day;
            _offered[at] = 0;
            taken += _labour.SeatsTaken[at];
            needed += _labour.SeatsTaken[at] * values[_prices.SeatFrom + at];
        }

        _seats.Value(day, _prices.Seat, 1, _offered);
        double peak = _seats.Peak;
        if (peak <= 0 || taken <= 0)
        {
            return;
        }

        double offered = 0;
        for (int i = 0; i < classes; i++)
        {
            offered += _offered[(i * _c.Days) + day];
        }

        double level = _level[day];
        double all = _seats.SeatsAt(day, double.MaxValue, 1);
        level += 6 * pace * Math.Clamp(((needed / peak) - _seats.SeatsAt(day, level, 1)) / all, -0.5, 0.5);
        _level[day] = level = Math.Max(0.01, level);
        for (int i = 0; i < classes; i++)
        {
            int at = (i * _c.Days) + day;
            double push = (_labour.SeatsTaken[at] / taken) - (offered > 0 ? _offered[at] / offered : 0);
            values[_prices.SeatFrom + at] *= level / peak * Math.Exp(0.5 * pace * push);
        }
    }

    /// <summary>Half a cent for each part of the net value that need not be whole cents.</summary>
    private static double RoundingRoom(Season season)
    {
        bool whole = season.Rounds.All(r => r.LateLoss == 0) && season.Orders.All(o => IsCents(o.ValueTarget));
        int parts = (whole ? 0 : 1)
            + (season.Vehicles.Length > 0 ? 1 : 0)
            + (season.Orders.Any(o => o.Lodging != LodgingRule.No) ? 1 : 0)
            + (season.Workers.All(w => IsCents(w.TargetWeight)) ? 0 : 1)
            + (season.Orders.All(o => IsCents(o.ValueRequired)) ? 0 : 1)
            + (season.Brokers.All(b => IsCents(b.DailyFee)) ? 0 : 1)
            + (IsCents(season.Costs.EngagementStart) ? 0 : 1)
            + (IsCents(season.Costs.MemberJoin) ? 0 : 1)
            + (IsCents(season.Costs.OtherBroker) ? 0 : 1)
            + (season.Agreements.All(a => IsCents(a.Penalty)) ? 0 : 1);
        return 0.005 * parts;
    }

    private static bool IsCents(decimal amount) => amount * 100 == decimal.Truncate(amount * 100);
}
