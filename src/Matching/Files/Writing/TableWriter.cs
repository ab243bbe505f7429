using System.Collections.Immutable;
using System.Globalization;
using Matching.Files.Format;
using Matching.Files.Reading;
using Matching.Model;

namespace Matching.Files.Writing;

/// <summary>
/// Writes the rows of one file, cell by cell in the order of its <see cref="FileSpec"/>. A value that would not read back as it is
/// (a control character, a list item with a <c>;</c>, an empty name) is refused with an <see cref="ArgumentException"/>.
/// </summary>
internal abstract class TableWriter(FileSpec file) : IDisposable
{
    private int _at;
    private DateOnly _lastDay;
    private string _lastDayText = "";

    /// <summary>The file written.</summary>
    protected FileSpec File { get; } = file;

    /// <summary>Text or an id; null is an empty cell.</summary>
    public TableWriter Text(string? text)
    {
        if (text is not null && (text.Length > CellText.MaxLength || text.AsSpan().ContainsAny(CellText.Controls) || HasHalfPair(text)))
        {
            throw Unwritable(CellText.Shown(text), "at most 32,767 characters, none of them half a surrogate pair or a control character other than tab and line breaks");
        }

        return Cell(text ?? "");
    }

    /// <summary>A whole number.</summary>
    public TableWriter Whole(int? value) => Cell(value?.ToString(CultureInfo.InvariantCulture) ?? "");

    /// <summary>A number.</summary>
    public TableWriter Number(decimal? value) => Cell(value is { } number ? PlainNumber.Of(number) : "");

    /// <summary>Degrees.</summary>
    public TableWriter Degrees(double? value) => Cell(value is { } number ? PlainNumber.OfDegrees(number) : "");

    /// <summary>A day.</summary>
    public TableWriter Date(DateOnly? value)
    {
        if (value is not { } day)
        {
            return Cell("");
        }

        if (day != _lastDay || _lastDayText.Length == 0)
        {
            (_lastDay, _lastDayText) = (day, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        }

        return Cell(_lastDayText);
    }

    /// <summary>Both bounds of a window.</summary>
    public TableWriter Window(DayWindow window) => Date(window.From).Date(window.To);

    /// <summary>A time of day, whole minutes.</summary>
    public TableWriter Time(TimeOnly value) => Cell(value.ToString("HH:mm", CultureInfo.InvariantCulture));

    /// <summary>A truth value.</summary>
    public TableWriter Flag(bool value) => Cell(value ? "true" : "false");

    /// <summary>A list.</summary>
    public TableWriter List(ImmutableArray<string> items)
    {
        foreach (string item in items)
        {
            if (item.Length == 0 || item.Contains(';', StringComparison.Ordinal) || item.AsSpan().Trim().Length != item.Length)
            {
                throw Unwritable(item, "items without ; and without blanks at their ends");
            }
        }

        return Text(items.Length == 1 ? items[0] : string.Join(';', items));
    }

    /// <summary>A word of an enumerated column.</summary>
    public TableWriter Choice(ImmutableArray<string> words, int value) => Cell(words[value]);

    /// <summary>Ends the row.</summary>
    public void EndRow()
    {
        if (_at != File.Columns.Length)
        {
            throw new InvalidOperationException($"A row of {File.Name} has {File.Columns.Length} columns, {_at} were written.");
        }

        _at = 0;
        WriteRowEnd();
    }

    /// <summary>Writes what is left and closes the file.</summary>
    public abstract void Dispose();

    /// <summary>Writes a cell.</summary>
    protected abstract void WriteCell(string text, Column column);

    /// <summary>Ends a row.</summary>
    protected abstract void WriteRowEnd();

    private static bool HasHalfPair(ReadOnlySpan<char> text)
    {
        int at = text.IndexOfAnyInRange('\uD800', '\uDFFF');
        while (at >= 0 && at < text.Length)
        {
            if (!char.IsSurrogate(text[at]))
            {
                at++;
            }
            else if (at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1]))
            {
                at += 2;
            }
            else
            {
                return true;
            }
        }

        return false;
    }

    private TableWriter Cell(string text)
    {
        Column column = File.Columns[_at++];
        if (text.Length == 0 && !column.Optional && !column.MayBeEmpty)
        {
            throw Unwritable("", "something in a column that may not be empty");
        }

        WriteCell(text, column);
        return this;
    }

    private ArgumentException Unwritable(string value, string expected) =>
        new($"'{value}' cannot be written to {File.Name}, column {File.Columns[Math.Min(_at, File.Columns.Length - 1)].Name}: expected {expected}.");
}
