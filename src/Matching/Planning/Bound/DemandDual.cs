using Matching.Planning.Compiled;

namespace Matching.Planning.Bound;

/// <summary>
/// The orders' part of the bound: how many worker-days each order would take at the prices, by D1 and D2,
/// max Σ value(f) − p × f − γ × crews. Nobody works where no crew is (C1): an order-day that takes anybody pays γ for at
/// least one, so that leaders cannot be shared out over all orders in parts that serve what each requires.
/// </summary>
internal sealed class DemandDual
{
    private readonly BoundData _data;
    private readonly int[][] _ofRound;

    /// <summary>The largest crew anybody may lead, by order-day.</summary>
    private readonly int[] _most;

    public DemandDual(BoundData data, LeadPrices lead)
    {
        _data = data;
        _most = new int[data.Count];
        for (int b = 0; b < data.C.Brokers; b++)
        {
            for (int k = 0; k < data.Count; k++)
            {
                _most[k] = Math.Max(_most[k], lead.Heads(b, k));
            }
        }

        var ofRound = new List<int>[data.C.RoundCap.Length];
        for (int r = 0; r < ofRound.Length; r++)
        {
            ofRound[r] = [];
        }

        for (int k = 0; k < data.Count; k++)
        {
            if (data.C.Round[Cell(k)] is int r and >= 0)
            {
                ofRound[r].Add(k);
            }
        }

        _ofRound = [.. ofRound.Select(l => l.ToArray())];
    }

    /// <summary>CNY of the orders' best answer to the prices.</summary>
    /// <param name="price">CNY paid per worker-day, by order-day.</param>
    /// <param name="open">CNY paid per crew, by order-day.</param>
    /// <param name="magnitude">Grows by what was summed.</param>
    public double Value(ReadOnlySpan<double> price, ReadOnlySpan<double> open, ref double magnitude)
    {
        double sum = 0;
        for (int k = 0; k < _data.Count; k++)
        {
            magnitude += (Math.Abs(price[k]) * _data.Target[k]) + open[k];
            sum += IsInRound(k) ? 0 : Best(k, price[k], open[k], out _);
        }

        for (int r = 0; r < _ofRound.Length; r++)
        {
            sum += RoundValue(r, price, open);
        }

        magnitude += sum;
        return sum;
    }

    /// <summary>
    /// What the orders take when answers change gradually over a band of prices, and the crews they open: calmer than the exact
    /// answer, for directions only.
    /// </summary>
    public void Smooth(ReadOnlySpan<double> price, ReadOnlySpan<double> open, double band, double[] taken, double[] opened)
    {
        for (int k = 0; k < _data.Count; k++)
        {
            if (!IsInRound(k))
            {
                (taken[k], opened[k]) = Taken(k, price[k], open[k], band);
            }
        }

        for (int r = 0; r < _ofRound.Length; r++)
        {
            double limit = LimitPrice(r, price, open, band).High;
            foreach (int k in _ofRound[r])
            {
                (taken[k], opened[k]) = Taken(k, price[k] + limit, open[k], band);
            }
        }
    }

    /// <summary>CNY left to the order-day when so much is paid per worker-day and nothing for crews.</summary>
    public double Surplus(int k, double price) => Best(k, price, 0, out _);

    /// <summary>
    /// A round's best answer, its limit (D2) charged at a price ρ per worker-day: for every ρ the sum of the days' answers and
    /// ρ × limit is a bound, convex in ρ.
    /// </summary>
    private double RoundValue(int round, ReadOnlySpan<double> price, ReadOnlySpan<double> open)
    {
        (double low, double high) = LimitPrice(round, price, open, 0);
        double least = double.PositiveInfinity;
        foreach (double limit in (ReadOnlySpan<double>)[low, high])
        {
            double sum = limit * _data.C.RoundCap[round];
            foreach (int k in _ofRound[round])
            {
                sum += Best(k, price[k] + limit, open[k], out _);
            }

            least = Math.Min(least, sum);
        }

        return least;
    }

    /// <summary>
    /// The price of a round's limit: at the low one the days take more than it or it is 0, at the high one not, and they are the
    /// same but for a ten-millionth; by halving.
    /// </summary>
    /// <param name="round">The round.</param>
    /// <param name="price">CNY paid per worker-day, by order-day.</param>
    /// <param name="open">CNY paid per crew, by order-day.</param>
    /// <param name="band">CNY over which answers change gradually; 0 for exact answers.</param>
    private (double Low, double High) LimitPrice(int round, ReadOnlySpan<double> price, ReadOnlySpan<double> open, double band)
    {
        double low = 0;
        double high = 0;
        int cap = _data.C.RoundCap[round];
        if (HeadsOf(round, price, open, 0, band) <= cap)
        {
            return (low, high);
        }

        foreach (int k in _ofRound[round])
        {
            high = Math.Max(high, Math.Max(RequiredValue(k), TargetValue(k)) - price[k] + band);
        }

        for (int step = 0; step < 40 && high - low > 1e-7; step++)
        {
            double middle = (low + high) / 2;
            if (HeadsOf(round, price, open, middle, band) > cap)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }

        return (low, high);
    }

    private double HeadsOf(int round, ReadOnlySpan<double> price, ReadOnlySpan<double> open, double limit, double band)
    {
        double heads = 0;
        foreach (int k in _ofRound[round])
        {
            if (band > 0)
            {
                heads += Taken(k, price[k] + limit, open[k], band).Heads;
            }
            else
            {
                Best(k, price[k] + limit, open[k], out int filled);
                heads += filled;
            }
        }

        return heads;
    }

    /// <summary>
    /// max over crews Z and worker-days f ≤ Z × the largest crew of value(f) − price × f − open × Z. Value is concave in f, so the best
    /// f of a Z is what pays, cut to what Z crews can be.
    /// </summary>
    private double Best(int k, double price, double open, out int filled)
    {
        double first = RequiredValue(k) - price;
        double second = TargetValue(k) - price;
        int required = _data.Required[k];
        int wanted = (first > 0 ? required : 0) + (second > 0 ? _data.Target[k] - required : 0);
        double best = 0;
        filled = 0;
        if (wanted == 0 || _most[k] == 0)
        {
            return 0;
        }

        int most = open > 0 ? (wanted + _most[k] - 1) / _most[k] : 1;
        for (int z = 1; z <= most; z++)
        {
            int heads = open > 0 ? Math.Min(wanted, z * _most[k]) : wanted;
            int atRequired = first > 0 ? Math.Min(heads, required) : 0;
            double worth = (first * atRequired) + (second * (heads - atRequired)) - (open * z);
            if (worth > best)
            {
                (best, filled) = (worth, heads);
            }
        }

        return best;
    }

    private (double Heads, double Crews) Taken(int k, double price, double open, double band)
    {
        double heads = (_data.Required[k] * Math.Clamp(((RequiredValue(k) - price) / band) + 0.5, 0, 1))
            + ((_data.Target[k] - _data.Required[k]) * Math.Clamp(((TargetValue(k) - price) / band) + 0.5, 0, 1));
        if (heads <= 0 || _most[k] == 0)
        {
            return (0, 0);
        }

        double crews = Math.Ceiling(heads / _most[k]);
        double worth = Best(k, price, 0, out _) - (open * crews);
        double share = open > 0 ? Math.Clamp((worth / (band * heads)) + 0.5, 0, 1) : 1;
        return (heads * share, crews * share);
    }

    private bool IsInRound(int k) => _data.C.Round[Cell(k)] >= 0;

    private int Cell(int k) => (_data.OrderOf[k] * _data.C.Days) + _data.DayOf[k];

    public double RequiredValue(int k) => _data.C.RequiredValue[_data.OrderOf[k]];

    public double TargetValue(int k) => _data.C.TargetValue[Cell(k)];
}
