using System.Globalization;

namespace Matching.Api.Output;

/// <summary>Numbers as people read them, the same in both languages and on every machine.</summary>
internal static class Figures
{
    /// <summary>CNY with thousands and two decimals.</summary>
    public static string Money(decimal amount) => amount.ToString("#,##0.00", CultureInfo.InvariantCulture);

    /// <summary>CNY with its sign.</summary>
    public static string SignedMoney(decimal amount) => amount.ToString("+#,##0.00;-#,##0.00;0.00", CultureInfo.InvariantCulture);

    /// <summary>A count with thousands.</summary>
    public static string Count(long count) => count.ToString("#,##0", CultureInfo.InvariantCulture);

    /// <summary>A number with one decimal.</summary>
    public static string Tenths(decimal number) => number.ToString("#,##0.0", CultureInfo.InvariantCulture);

    /// <summary>A number with two decimals.</summary>
    public static string Hundredths(decimal number) => number.ToString("#,##0.00", CultureInfo.InvariantCulture);

    /// <summary>A number with a decimal only where it has one.</summary>
    public static string Short(decimal number) => number.ToString("#,##0.#", CultureInfo.InvariantCulture);

    /// <summary>A share as a percentage with two decimals.</summary>
    public static string Percent(decimal share) => (share * 100m).ToString("0.00", CultureInfo.InvariantCulture) + " %";

    /// <summary>A day as ISO 8601.</summary>
    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
