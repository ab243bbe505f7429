namespace Matching.Files.Reading;

/// <summary>What is wrong with a cell before its meaning is looked at.</summary>
internal enum CellFlaw : byte
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A quote inside an unquoted cell, or text after a closing quote.</summary>
    StrayQuote,

    /// <summary>A quoted cell that does not end.</summary>
    UnterminatedQuote,

    /// <summary>A control character that may not stand there.</summary>
    ControlCharacter,

    /// <summary>Too many characters.</summary>
    TooLong,

    /// <summary>Bytes that are not UTF-8.</summary>
    NotUtf8,

    /// <summary>An Excel error value.</summary>
    ExcelError,
}

/// <summary>
/// A cursor over the rows of a CSV file or a sheet, blank rows left out. The cells of a row live until the next
/// <see cref="Read"/>.
/// </summary>
internal abstract class TableReader : IDisposable
{
    /// <summary>The physical line on which the row starts, the file's first being 1; the row number in a sheet.</summary>
    public int Line { get; protected set; }

    /// <summary>The cells of the row.</summary>
    public int Count { get; protected set; }

    /// <summary>Whether rows always show all their cells; a sheet leaves out empty cells at the end.</summary>
    public abstract bool RowsAreComplete { get; }

    /// <summary>The text of a cell; a flawed one gives what could be made out.</summary>
    public abstract ReadOnlySpan<char> this[int cell] { get; }

    /// <summary>What is wrong with a cell.</summary>
    public abstract CellFlaw Flaw(int cell);

    /// <summary>Goes to the next row that is not blank; false at the end.</summary>
    /// <exception cref="InvalidDataException">The content is damaged; nothing more can be read.</exception>
    public abstract bool Read();

    /// <summary>Ends the reading.</summary>
    public virtual void Dispose()
    {
    }
}
