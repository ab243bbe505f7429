using System.Globalization;

namespace Matching.Files.Format;

/// <summary>Numbers as the contract spells them: no exponent, no needless zeros.</summary>
internal static class PlainNumber
{
    // Dividing by one with 28 decimals drops the zeros at the end.
    private const decimal One = 1.0000000000000000000000000000m;

    /// <summary>A decimal.</summary>
    public static string Of(decimal value) => (value / One).ToString(CultureInfo.InvariantCulture);

    /// <summary>A binary number in the shortest decimals that read back as the same number.</summary>
    public static string OfDegrees(double value)
    {
        string shortest = value.ToString("R", CultureInfo.InvariantCulture);
        int exponentAt = shortest.IndexOf('E', StringComparison.Ordinal);
        if (exponentAt < 0)
        {
            return shortest;
        }

        // Only numbers near zero have an exponent here: degrees lie within 180.
        int exponent = int.Parse(shortest.AsSpan(exponentAt + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        string digits = shortest[..exponentAt].Replace(".", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);
        return (value < 0 ? "-0." : "0.") + new string('0', -exponent - 1) + digits;
    }
}
