using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Matching.Files.Format;
using Matching.Files.Reading;

namespace Matching.Changes.Tables;

/// <summary>Some columns of a row with their texts, as a change names them.</summary>
internal sealed class CellTexts
{
    private readonly FileSpec _spec;
    private readonly (int Position, string Text)[] _cells;

    private CellTexts(FileSpec spec, (int Position, string Text)[] cells) => (_spec, _cells) = (spec, cells);

    /// <summary>The columns.</summary>
    public IEnumerable<Column> Columns => _cells.Select(c => _spec.Columns[c.Position]);

    /// <summary>Reads <c>{"column": "text", …}</c>; what was expected when it is none.</summary>
    public static bool TryRead(JsonElement json, FileSpec spec, string member, [NotNullWhen(true)] out CellTexts? texts, [NotNullWhen(false)] out string? expected)
    {
        (texts, expected) = (null, null);
        if (json.ValueKind != JsonValueKind.Object)
        {
            expected = $"'{member}' with an object of columns and texts";
            return false;
        }

        var cells = new List<(int, string)>();
        foreach (JsonProperty cell in json.EnumerateObject())
        {
            int position = spec.IndexOf(cell.Name);
            if (position < 0)
            {
                expected = $"a column of {spec.Name} instead of '{CellText.Shown(cell.Name)}': {string.Join(", ", spec.Columns.Select(c => c.Name))}";
                return false;
            }

            if (TextOf(cell.Value) is not { } text)
            {
                expected = $"a text, a number, true, false or null for '{cell.Name}'";
                return false;
            }

            cells.Add((position, text));
        }

        texts = new CellTexts(spec, [.. cells]);
        return true;
    }

    /// <summary>Whether a row has equal cells in these columns. Numbers are equal whatever their zeros, truth values in any case.</summary>
    public bool Match(string[] row) => Array.TrueForAll(_cells, c => IsEqual(_spec.Columns[c.Position], row[c.Position], c.Text));

    /// <summary>Sets these columns of a row.</summary>
    public void Put(TableRow row, int index)
    {
        foreach ((int position, string text) in _cells)
        {
            row.Cells[position] = text;
        }

        row.ChangedBy = index;
    }

    /// <summary>Says that a row with these cells was expected.</summary>
    public string NoSuchRow() =>
        $"a row of {_spec.Name} with " + string.Join(", ", _cells.Select(c => $"{_spec.Columns[c.Position].Name} '{CellText.Shown(c.Text)}'"));

    private static bool IsEqual(Column column, string left, string right) =>
        string.Equals(left, right, StringComparison.Ordinal) || column.Kind switch
        {
            CellKind.Whole or CellKind.Number => CellText.IsNumber(left, out _) && CellText.IsNumber(right, out _)
                && CellText.TryNumber(left, out decimal l) && CellText.TryNumber(right, out decimal r) && l == r,
            CellKind.Flag => FlagOf(left) is { } a && FlagOf(right) is { } b && a == b,
            CellKind.List => ItemsOf(left).SequenceEqual(ItemsOf(right)),
            _ => false,
        };

    // An empty cell of a truth value is false.
    private static bool? FlagOf(string text) => text.Length == 0 ? false : CellText.TryFlag(text, out bool value) ? value : null;

    private static string[] ItemsOf(string text) => text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static string? TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Null => "",
        _ => null,
    };
}
