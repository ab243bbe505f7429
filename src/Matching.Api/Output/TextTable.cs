namespace Matching.Api.Output;

/// <summary>A table of plain text, aligned by screen columns; the same on a terminal and in a file.</summary>
internal sealed class TextTable(params bool[] rightAligned)
{
    private readonly List<string[]> _rows = [];

    /// <summary>Adds a row of as many cells as there are columns.</summary>
    public void Add(params string[] cells) => _rows.Add(cells);

    /// <summary>Writes the rows, indented by two blanks.</summary>
    public void Write(TextWriter writer)
    {
        int[] widths = [.. rightAligned.Select((_, column) => _rows.Max(r => CellWidth.Of(r[column])))];
        foreach (string[] row in _rows)
        {
            IEnumerable<string> cells = row.Select((cell, column) =>
                rightAligned[column] ? CellWidth.PadLeft(cell, widths[column]) : CellWidth.PadRight(cell, widths[column]));
            writer.WriteLine(("  " + string.Join("  ", cells)).TrimEnd());
        }
    }
}
