using Matching.Planning.Compiled;

namespace Matching.Planning.Bound;

/// <summary>
/// The orders' part of the bound: how many worker-days each order would take at the prices, by D1 and D2,
/// max Σ value(f) − p × f. Value is concave in f on each day and days share nothing but their round's limit, so the
/// dearest units of value go first.
/// </summary>
internal sealed class DemandDual
{
    private readonly BoundData _data;
    private readonly int[][] _ofRound;
    private readonly List<(double Margin, int Amount)> _pieces = [];

    public DemandDual(BoundData data)
    {
        _data = data;
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
    public double Value(ReadOnlySpan<double> price, ref double magnitude)
    {
        double sum = 0;
        CompiledSeason c = _data.C;
        for (int k = 0; k < _data.Count; k++)
        {
            if (c.Round[Cell(k)] >= 0)
            {
                continue;
            }

            sum += (Math.Max(0, RequiredValue(k) - price[k]) * _data.Required[k])
                + (Math.Max(0, TargetValue(k) - price[k]) * (_data.Target[k] - _data.Required[k]));
            magnitude += Math.Abs(price[k]) * _data.Target[k];
        }

        for (int r = 0; r < _ofRound.Length; r++)
        {
            _pieces.Clear();
            foreach (int k in _ofRound[r])
            {
                AddPiece(RequiredValue(k) - price[k], _data.Required[k]);
                AddPiece(TargetValue(k) - price[k], _data.Target[k] - _data.Required[k]);
                magnitude += Math.Abs(price[k]) * _data.Target[k];
            }

            _pieces.Sort((a, b) => b.Margin.CompareTo(a.Margin));
            int left = c.RoundCap[r];
            foreach ((double margin, int amount) in _pieces)
            {
                int taken = Math.Min(left, amount);
                sum += margin * taken;
                left -= taken;
            }
        }

        magnitude += sum;
        return sum;
    }

    /// <summary>What the orders take when answers change gradually over a band of prices: calmer than the exact answer, for directions only.</summary>
    public void Smooth(double[] price, double band, double[] taken)
    {
        for (int k = 0; k < _data.Count; k++)
        {
            if (_data.C.Round[Cell(k)] < 0)
            {
                taken[k] = Taken(k, price[k], band);
            }
        }

        for (int r = 0; r < _ofRound.Length; r++)
        {
            int[] days = _ofRound[r];
            double low = 0;
            double high = 0;
            if (Sum(0) > _data.C.RoundCap[r])
            {
                foreach (int k in days)
                {
                    high = Math.Max(high, RequiredValue(k) - price[k] + band);
                }

                for (int step = 0; step < 24; step++)
                {
                    double middle = (low + high) / 2;
                    if (Sum(middle) > _data.C.RoundCap[r])
                    {
                        low = middle;
                    }
                    else
                    {
                        high = middle;
                    }
                }
            }

            foreach (int k in days)
            {
                taken[k] = Taken(k, price[k] + high, band);
            }

            double Sum(double more)
            {
                double sum = 0;
                foreach (int k in days)
                {
                    sum += Taken(k, price[k] + more, band);
                }

                return sum;
            }
        }
    }

    private double Taken(int k, double price, double band) =>
        (_data.Required[k] * Math.Clamp(((RequiredValue(k) - price) / band) + 0.5, 0, 1))
        + ((_data.Target[k] - _data.Required[k]) * Math.Clamp(((TargetValue(k) - price) / band) + 0.5, 0, 1));

    private int Cell(int k) => (_data.OrderOf[k] * _data.C.Days) + _data.DayOf[k];

    public double RequiredValue(int k) => _data.C.RequiredValue[_data.OrderOf[k]];

    public double TargetValue(int k) => _data.C.TargetValue[Cell(k)];

    private void AddPiece(double margin, int amount)
    {
        if (margin > 0 && amount > 0)
        {
            _pieces.Add((margin, amount));
        }
    }
}
