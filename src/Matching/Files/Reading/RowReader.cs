using System.Collections.Immutable;
using System.Globalization;
using Matching.Files.Format;
using Matching.Model;

namespace Matching.Files.Reading;

/// <summary>
/// Reads the rows of one file by its <see cref="FileSpec"/>. Each getter reads one cell of the row, reports what is wrong with it
/// and then gives null and marks the row <see cref="IsBad"/>; an empty cell of a column that may be empty is null and good.
/// </summary>
internal sealed class RowReader
{
    private readonly FaultLog _log;
    private readonly TableReader? _table;
    private readonly StringPool _pool;
    private readonly int[] _cellOf;
    private readonly string[] _header = [];
    private readonly List<IdIndex> _declares = [];
    private bool _isDamaged;

    /// <summary>Reads and checks the header.</summary>
    /// <param name="file">What the file should hold.</param>
    /// <param name="table">The rows, or null when the file is not there or unreadable (already reported).</param>
    /// <param name="log">Where faults go.</param>
    /// <param name="pool">Keeps recurring words once.</param>
    public RowReader(FileSpec file, TableReader? table, FaultLog log, StringPool pool)
    {
        (File, _table, _log, _pool) = (file, table, log, pool);
        _cellOf = new int[file.Columns.Length];
        Array.Fill(_cellOf, -1);
        if (table is null)
        {
            return;
        }

        if (!Advance())
        {
            _table = null;
            if (_isDamaged)
            {
                return;
            }

            log.Add(file.Name, "a header line with the columns " + string.Join(", ", file.Columns.Where(c => !c.Optional).Select(c => c.Name)), FaultCode.MissingHeader);
            return;
        }

        _header = ReadHeader(table);
    }

    /// <summary>What the file should hold.</summary>
    public FileSpec File { get; }

    /// <summary>The line of the row.</summary>
    public int Line => _table?.Line ?? 0;

    /// <summary>Whether a fault was found in the row so far.</summary>
    public bool IsBad { get; private set; }

    /// <summary>
    /// Says which ids the file declares, in which column: ids that cannot be read because a cell, a row, the column or the file
    /// is broken then cause no faults elsewhere.
    /// </summary>
    public void Declares(IdIndex ids, Column key)
    {
        _declares.Add(ids);
        ids.IsOpen |= _table is null || !Has(key);
    }

    /// <summary>Whether the header has the column.</summary>
    public bool Has(Column column) => _cellOf[File.PositionOf(column)] >= 0;

    /// <summary>Goes to the next row whose cells match the header; rows that do not are reported and passed over.</summary>
    public bool Read()
    {
        while (_table is not null && Advance())
        {
            IsBad = false;
            ReportFlaws();
            if (_table.Count == _header.Length || (!_table.RowsAreComplete && ExtraCellsAreEmpty(_table)))
            {
                return true;
            }

            // A row with a quote gone astray has the wrong number of cells because of it: one fault is enough.
            if (!IsBad)
            {
                Report(null, _table.Count.ToString(CultureInfo.InvariantCulture), $"{_header.Length} cells as in the header", FaultCode.CellCount);
            }

            SalvageRow();
        }

        return false;
    }

    /// <summary>Reports a fault of the row.</summary>
    public void Report(Column? column, ReadOnlySpan<char> value, string expected, string code)
    {
        IsBad = true;
        _log.Add(new Fault(File.Name, Line, column?.Name, column is null && value.IsEmpty ? null : CellText.Shown(value), expected, code));
    }

    /// <summary>Reports a fault of a cell, quoting it.</summary>
    public void Report(Column column, string expected, string code) => Report(column, Raw(column), expected, code);

    /// <summary>Free text.</summary>
    public string? Text(Column column) => Take(column, out ReadOnlySpan<char> cell) ? cell.ToString() : null;

    /// <summary>An id or recurring word.</summary>
    public string? Word(Column column) => Take(column, out ReadOnlySpan<char> cell) ? _pool.Of(cell) : null;

    /// <summary>The id that the row declares; reported when it stands twice though it is unique.</summary>
    public string? Key(Column column, IdIndex ids, bool isUnique = true)
    {
        if (!Take(column, out ReadOnlySpan<char> cell))
        {
            ids.IsOpen |= cell.IsEmpty;
            return null;
        }

        string id = _pool.Of(cell);
        if (ids.Declare(id, Line) is { } first && isUnique)
        {
            Report(column, cell, $"an id that stands once; it is on line {first} already", FaultCode.Duplicate);
        }

        return id;
    }

    /// <summary>An id that another file declares.</summary>
    public Named? Ref(Column column, IdIndex ids, string what)
    {
        if (!Take(column, out ReadOnlySpan<char> cell))
        {
            return null;
        }

        if (ids.Knows(cell, out string id, out int position))
        {
            return new Named(id, position);
        }

        Report(column, cell, "the id of " + what, FaultCode.UnknownId);
        return null;
    }

    /// <summary>A whole number in the column's range.</summary>
    public int? Whole(Column column)
    {
        if (!Take(column, out ReadOnlySpan<char> cell))
        {
            return null;
        }

        return Checked(column, cell, CellValue.Whole(cell, column));
    }

    /// <summary>A number in the column's range.</summary>
    public decimal? Number(Column column)
    {
        if (!Take(column, out ReadOnlySpan<char> cell))
        {
            return null;
        }

        return Checked(column, cell, CellValue.Number(cell, column));
    }

    /// <summary>Degrees in the column's range, to the nearest binary number.</summary>
    public double? Degrees(Column column) =>
        Number(column) is null ? null : double.Parse(Raw(column), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);

    /// <summary>Whether the cell is empty or its column absent.</summary>
    public bool IsEmpty(Column column) => Raw(column).IsEmpty;

    /// <summary>A day.</summary>
    public DateOnly? Date(Column column) =>
        Take(column, out ReadOnlySpan<char> cell) ? Checked(column, cell, CellValue.Date(cell)) : null;

    /// <summary>A time of day.</summary>
    public TimeOnly? Time(Column column) =>
        Take(column, out ReadOnlySpan<char> cell) ? Checked(column, cell, CellValue.Time(cell)) : null;

    /// <summary>A truth value; false when empty.</summary>
    public bool Flag(Column column) =>
        Take(column, out ReadOnlySpan<char> cell) && (Checked(column, cell, CellValue.Flag(cell)) ?? false);

    /// <summary>One of the column's words, as the enum with the same order.</summary>
    public TEnum? Choice<TEnum>(Column column)
        where TEnum : struct, Enum
    {
        if (!Take(column, out ReadOnlySpan<char> cell))
        {
            return null;
        }

        for (int i = 0; i < column.Choices.Count; i++)
        {
            if (cell.SequenceEqual(column.Choices[i]))
            {
                return (TEnum)Enum.ToObject(typeof(TEnum), i);
            }
        }

        Report(column, cell, column.Expected, FaultCode.NotAChoice);
        return null;
    }

    /// <summary>The items of a list, trimmed, empty ones dropped.</summary>
    public ImmutableArray<string> List(Column column)
    {
        if (!Take(column, out ReadOnlySpan<char> cell))
        {
            return [];
        }

        var items = ImmutableArray.CreateBuilder<string>();
        foreach (Range part in cell.Split(';'))
        {
            ReadOnlySpan<char> item = cell[part].Trim();
            if (!item.IsEmpty)
            {
                items.Add(_pool.Of(item));
            }
        }

        return items.DrainToImmutable();
    }

    /// <summary>The window of two bounds, null when one is bad; reported when its first day comes after its last.</summary>
    public DayWindow? Window(Column from, Column to)
    {
        bool wasBad = IsBad;
        IsBad = false;
        DateOnly? first = Date(from);
        DateOnly? last = Date(to);
        if (first > last)
        {
            Report(to, $"a day not before {first:yyyy-MM-dd}", FaultCode.FromAfterTo);
        }

        DayWindow? window = IsBad ? null : new DayWindow(first, last);
        IsBad |= wasBad;
        return window;
    }

    /// <summary>Ends the reading.</summary>
    public void Close() => _table?.Dispose();

    private T? Checked<T>(Column column, ReadOnlySpan<char> cell, CellValue<T> value)
        where T : struct
    {
        if (value.Code is null)
        {
            return value.Value;
        }

        Report(column, cell, column.Expected, value.Code);
        return null;
    }

    /// <summary>The cell when it holds something readable; an empty one is reported where something must stand.</summary>
    private bool Take(Column column, out ReadOnlySpan<char> cell)
    {
        int at = _cellOf[File.PositionOf(column)];
        if (at < 0)
        {
            // The missing column has been reported with the header.
            cell = default;
            IsBad |= !column.Optional;
            return false;
        }

        cell = at < _table!.Count ? _table[at] : default;
        if (at < _table.Count && _table.Flaw(at) != CellFlaw.None)
        {
            return false;
        }

        if (cell.IsEmpty && !column.Optional && !column.MayBeEmpty)
        {
            Report(column, cell, column.Expected + ", not an empty cell", FaultCode.EmptyCell);
        }

        return !cell.IsEmpty;
    }

    private ReadOnlySpan<char> Raw(Column column)
    {
        int at = _cellOf[File.PositionOf(column)];
        return at >= 0 && at < _table!.Count ? _table[at] : default;
    }

    private bool Advance()
    {
        try
        {
            return _table!.Read();
        }
        catch (InvalidDataException damage)
        {
            _log.Add(File.Name, "readable content: " + damage.Message, FaultCode.DamagedContainer);
            _isDamaged = true;
            _declares.ForEach(ids => ids.IsOpen = true);

            return false;
        }
    }

    private string[] ReadHeader(TableReader table)
    {
        var names = new string[table.Count];
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < names.Length; i++)
        {
            names[i] = table[i].Length <= CellText.MaxLength ? table[i].ToString() : "";
        }

        for (int i = 0; i < names.Length; i++)
        {
            string name = names[i];
            if (table.Flaw(i) != CellFlaw.None)
            {
                ReportFlaw(i, null);
                continue;
            }

            if (name.Length == 0 && !table.RowsAreComplete)
            {
                continue;
            }

            int column = File.IndexOf(name);
            if (!seen.Add(name))
            {
                _log.Add(new Fault(File.Name, Line, CellText.Shown(name), null, "each column named once", FaultCode.ColumnTwice));
            }
            else if (column >= 0)
            {
                _cellOf[column] = i;
            }
            else
            {
                _log.Note($"{File.Name}: the column '{CellText.Shown(name)}' is unknown and ignored.");
            }
        }

        foreach (Column column in File.Columns.Where(c => !c.Optional && !Has(c)))
        {
            _log.Add(new Fault(File.Name, Line, column.Name, null, "this column in the header", FaultCode.MissingColumn));
        }

        return names;
    }

    private void ReportFlaws()
    {
        bool astray = false;
        for (int i = 0; i < _table!.Count; i++)
        {
            CellFlaw flaw = _table.Flaw(i);
            if (flaw != CellFlaw.None)
            {
                ReportFlaw(i, i < _header.Length ? _header[i] : null);
                astray = true;
            }
        }

        if (astray)
        {
            SalvageRow();
        }
    }

    private void ReportFlaw(int cell, string? column)
    {
        (string expected, string code) = _table!.Flaw(cell) switch
        {
            CellFlaw.StrayQuote => ("a cell with quotes around it and every quote inside doubled", FaultCode.StrayQuote),
            CellFlaw.UnterminatedQuote => ("a closing quote; the file may be cut off", FaultCode.UnterminatedQuote),
            CellFlaw.ControlCharacter => ("text without control characters other than tab and quoted line breaks", FaultCode.ControlCharacter),
            CellFlaw.TooLong => ("at most 32,767 characters", FaultCode.CellTooLong),
            CellFlaw.NotUtf8 => ("text in UTF-8", FaultCode.NotUtf8),
            _ => ("a value, not an Excel error", FaultCode.ExcelError),
        };
        IsBad = true;
        _log.Add(new Fault(File.Name, Line, column is null ? null : CellText.Shown(column), Visible(CellText.Shown(_table[cell])), expected, code));
    }

    // A fault is printed on terminals and pages: control characters must not reach them.
    private static string Visible(string text) =>
        string.Concat(text.Select(c => CellText.Controls.Contains(c) ? $"\\u{(int)c:x4}" : c.ToString()));

    private bool ExtraCellsAreEmpty(TableReader table)
    {
        for (int i = 0; i < table.Count; i++)
        {
            if ((i >= _header.Length || _header[i].Length == 0) && !table[i].IsEmpty)
            {
                return false;
            }
        }

        return true;
    }

    private void SalvageRow()
    {
        foreach (IdIndex ids in _declares)
        {
            for (int i = 0; i < _table!.Count; i++)
            {
                ids.Salvage(_table[i]);
                ids.IsOpen |= _table.Flaw(i) == CellFlaw.NotUtf8;
            }
        }
    }
}
