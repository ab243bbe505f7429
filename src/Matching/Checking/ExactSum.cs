using System.Numerics;

namespace Matching.Checking;

/// <summary>
/// A sum of money without any rounding: whole multiples of 10⁻⁵⁶ CNY, which hold every product of two decimals and a whole
/// number. It cannot overflow, so no amount in a season makes a check fail.
/// </summary>
internal struct ExactSum
{
    private const int Scale = 56;
    private static readonly BigInteger[] Powers = PowersOfTen();
    private static readonly BigInteger Cent = Powers[Scale - 2];
    private static readonly BigInteger Tolerance = Powers[Scale - 5];

    // Ten parts of this size still add up within a decimal.
    private static readonly BigInteger MostCents = Powers[28];

    private BigInteger _units;

    public void Add(decimal amount, BigInteger times)
    {
        if (amount == 0m || times.IsZero)
        {
            return;
        }

        _units += Mantissa(amount) * times * Powers[Scale - amount.Scale];
    }

    public void Add(decimal amount, decimal factor, BigInteger times)
    {
        if (amount == 0m || factor == 0m || times.IsZero)
        {
            return;
        }

        _units += Mantissa(amount) * Mantissa(factor) * times * Powers[Scale - amount.Scale - factor.Scale];
    }

    /// <summary>The sum less one part and with another, in CNY rounded to cents.</summary>
    public readonly decimal Changed(ExactSum less, ExactSum more) => new ExactSum { _units = _units - less._units + more._units }.ToCents();

    /// <summary>Whether the sum is too large for a plan's figures and <see cref="ToCents"/> gives the nearest that is not.</summary>
    public readonly bool IsBeyondFigures => BigInteger.Abs(Cents()) > MostCents;

    /// <summary>
    /// Where the sum lies so near to half a cent that great-circle kilometres could round it either way: the other way, in CNY.
    /// </summary>
    public readonly decimal? OtherWay
    {
        get
        {
            BigInteger down = BigInteger.DivRem(BigInteger.Abs(_units), Cent, out BigInteger rest);
            if (BigInteger.Abs((2 * rest) - Cent) > 2 * Tolerance || IsBeyondFigures)
            {
                return null;
            }

            decimal other = (decimal)(2 * rest >= Cent ? down : down + 1) / 100m;
            return _units.Sign < 0 ? -other : other;
        }
    }

    /// <summary>The sum in CNY, rounded to cents half away from zero.</summary>
    public readonly decimal ToCents() => (decimal)BigInteger.Clamp(Cents(), -MostCents, MostCents) / 100m;

    private readonly BigInteger Cents()
    {
        BigInteger cents = BigInteger.DivRem(BigInteger.Abs(_units), Cent, out BigInteger rest);
        if (2 * rest >= Cent)
        {
            cents++;
        }

        return _units.Sign < 0 ? -cents : cents;
    }

    private static BigInteger Mantissa(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        BigInteger mantissa = ((BigInteger)(uint)bits[2] << 64) | ((BigInteger)(uint)bits[1] << 32) | (uint)bits[0];
        return value < 0 ? -mantissa : mantissa;
    }

    private static BigInteger[] PowersOfTen()
    {
        var powers = new BigInteger[Scale + 1];
        powers[0] = BigInteger.One;
        for (int i = 1; i < powers.Length; i++)
        {
            powers[i] = powers[i - 1] * 10;
        }

        return powers;
    }
}
