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
            sum += IsInRound(k) ? 0 : Best(k, price[k], open[k], out _, out _);
        }

        for (int r = 0; r < _ofRound.Length; r++)
        {
            sum += RoundValue(r, price, open, 0, null, null);
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
            RoundValue(r, price, open, band, taken, opened);
        }
    }

    /// <summary>CNY left to the order-day when so much is paid per worker-day and nothing for crews.</summary>
    public double Surplus(int k, double price) => Best(k, price, 0, out _, out _);

    /// <summary>
    /// A round's best answer. Its limit (D2) is charged at the price ρ per worker-day that makes the bound least, found by
    /// halving: for every ρ the sum of the days' answers and ρ × limit is a bound. With a band, the days' gradual answers at that ρ.
    /// </summary>
    private double RoundValue(int round, ReadOnlySpan<double> price, ReadOnlySpan<double> open, double band, double[]? taken, double[]? opened)
    {
        int cap = _data.C.RoundCap[round];
        int[] days = _ofRound[round];
        double low = 0;
        double high = 0;
        double least = At(days, price, open, 0, band, out double heads);
        if (heads > cap)
        {
            foreach (int k in days)
            {
                high = Math.Max(high, Math.Max(RequiredValue(k), TargetValue(k)) - price[k] + band);
            }

            for (int step = 0; step < 40 && high - low > 1e-7; step++)
            {
                double middle = (low + high) / 2;
                least = Math.Min(least, At(days, price, open, middle, band, out heads) + (middle * cap));
                if (heads > cap)
                {
                    low = middle;
                }
                else
                {
                    high = middle;
                }
            }

            least = Math.Min(least, At(days, price, open, high, band, out _) + (high * cap));
        }

        if (taken is not null && opened is not null)
        {
            foreach (int k in days)
            {
                (taken[k], opened[k]) = Taken(k, price[k] + high, open[k], band);
            }
        }

        return least;
    }

    private double At(int[] days, ReadOnlySpan<double> price, ReadOnlySpan<double> open, double more, double band, out double heads)
    {
        double sum = 0;
        heads = 0;
        foreach (int k in days)
        {
            if (band > 0)
            {
                heads += Taken(k, price[k] + more, open[k], band).Heads;
            }
            else
            {
                sum += Best(k, price[k] + more, open[k], out int filled, out _);
                heads += filled;
            }
        }

        return sum;
    }

    /// <summary>
    /// max over crews Z and worker-days f ≤ Z × the largest crew of value(f) − price × f − open × Z. Value is concave in f, so the best
    /// f of a Z is what pays, cut to what Z crews can be.
    /// </summary>
    private double Best(int k, double price, double open, out int filled, out int crews)
    {
        double first = RequiredValue(k) - price;
        double second = TargetValue(k) - price;
        int required = _data.Required[k];
        int wanted = (first > 0 ? required : 0) + (second > 0 ? _data.Target[k] - required : 0);
        (double best, filled, crews) = (0, 0, 0);
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
                (best, filled, crews) = (worth, heads, z);
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
        double worth = Best(k, price, 0, out _, out _) - (open * crews);
        double share = open > 0 ? Math.Clamp((worth / (band * heads)) + 0.5, 0, 1) : 1;
        return (heads * share, crews * share);
    }

    private bool IsInRound(int k) => _data.C.Round[Cell(k)] >= 0;

    private int Cell(int k) => (_data.OrderOf[k] * _data.C.Days) + _data.DayOf[k];

    public double RequiredValue(int k) => _data.C.RequiredValue[_data.OrderOf[k]];

    public double TargetValue(int k) => _data.C.TargetValue[Cell(k)];
}
