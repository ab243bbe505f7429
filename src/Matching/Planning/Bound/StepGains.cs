namespace Matching.Planning.Bound;

/// <summary>
/// A gain for the step of every price: it grows while the excess keeps its sign, as the price is far from where it should be
/// then, and falls at once when the sign changes (after Rprop; Riedmiller and Braun, *IEEE International Conference on Neural
/// Networks*, 1993). So prices find their size wherever values are larger or people scarcer than usual.
/// </summary>
/// <param name="count">Prices.</param>
/// <param name="stepsPerRound">Steps in which everybody answers once.</param>
internal sealed class StepGains(int count, int stepsPerRound)
{
    private const double GrowthPerRound = 1.3;
    private const double Fall = 0.3;
    private const double Most = 20;
    private readonly double _growth = Math.Pow(GrowthPerRound, 1.0 / stepsPerRound);
    private readonly double[] _gain = [.. Enumerable.Repeat(1.0, count)];
    private readonly sbyte[] _sign = new sbyte[count];

    /// <summary>The excess times the gain of the price, which learns from the excess's sign.</summary>
    public double Scaled(int price, double excess)
    {
        sbyte sign = (sbyte)Math.Sign(excess);
        if (sign != 0)
        {
            _gain[price] = Math.Clamp(_gain[price] * (_sign[price] == sign ? _growth : _sign[price] == 0 ? 1 : Fall), 1, Most);
            _sign[price] = sign;
        }

        return excess * _gain[price];
    }
}
