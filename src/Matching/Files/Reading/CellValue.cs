using Matching.Files.Format;

namespace Matching.Files.Reading;

/// <summary>A cell read as a value, or the code of what is wrong with it.</summary>
/// <param name="Value">The value when it is good.</param>
/// <param name="Code">What is wrong, or null.</param>
internal readonly record struct CellValue<T>(T Value, string? Code)
    where T : struct;

/// <summary>Reads the text of a cell as the value its column asks for. Used for CSV, sheets and <c>season.json</c> alike.</summary>
internal static class CellValue
{
    /// <summary>A whole number in the column's range.</summary>
    public static CellValue<int> Whole(ReadOnlySpan<char> cell, Column column)
    {
        if (!CellText.IsNumber(cell, out int decimals))
        {
            return Bad<int>(FaultCode.NotANumber);
        }

        if (decimals > 0)
        {
            return Bad<int>(FaultCode.NotWhole);
        }

        return CellText.TryNumber(cell, out decimal value) && column.Allows(value) && value is >= int.MinValue and <= int.MaxValue
            ? new CellValue<int>((int)value, null)
            : Bad<int>(FaultCode.OutOfRange);
    }

    /// <summary>A number in the column's range.</summary>
    public static CellValue<decimal> Number(ReadOnlySpan<char> cell, Column column)
    {
        if (!CellText.IsNumber(cell, out int decimals))
        {
            return Bad<decimal>(FaultCode.NotANumber);
        }

        if (!CellText.TryNumber(cell, out decimal value) || !column.Allows(value))
        {
            return Bad<decimal>(FaultCode.OutOfRange);
        }

        return column.Money && decimals > 2 ? Bad<decimal>(FaultCode.TooManyDecimals) : new CellValue<decimal>(value, null);
    }

    /// <summary>A day.</summary>
    public static CellValue<DateOnly> Date(ReadOnlySpan<char> cell) =>
        CellText.TryDate(cell, out DateOnly day) ? new CellValue<DateOnly>(day, null) : Bad<DateOnly>(FaultCode.NotADate);

    /// <summary>A time of day.</summary>
    public static CellValue<TimeOnly> Time(ReadOnlySpan<char> cell) =>
        CellText.TryTime(cell, out TimeOnly time) ? new CellValue<TimeOnly>(time, null) : Bad<TimeOnly>(FaultCode.NotATime);

    /// <summary>A truth value.</summary>
    public static CellValue<bool> Flag(ReadOnlySpan<char> cell) =>
        CellText.TryFlag(cell, out bool value) ? new CellValue<bool>(value, null) : Bad<bool>(FaultCode.NotATruthValue);

    private static CellValue<T> Bad<T>(string code)
        where T : struct => new(default, code);
}
