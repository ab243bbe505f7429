using Matching.Files.Format;
using Matching.Files.Reading;
using Matching.Files.Writing;
using Matching.Model;

namespace Matching.Changes.Tables;

/// <summary>A row of a table.</summary>
internal sealed class TableRow(string[] cells)
{
    /// <summary>The cells, by the positions of the file's columns.</summary>
    public string[] Cells => cells;

    /// <summary>The last change that touched the row, or null.</summary>
    public int? ChangedBy { get; set; }

    /// <summary>A row of empty cells.</summary>
    public static TableRow Empty(FileSpec file)
    {
        string[] cells = new string[file.Columns.Length];
        Array.Fill(cells, "");
        return new TableRow(cells);
    }
}

/// <summary>The rows of a file.</summary>
internal sealed class Table
{
    /// <summary>The rows.</summary>
    public List<TableRow> Rows { get; } = [];
}

/// <summary>
/// A season as the texts of its files, between writing and reading: what a change set works on. A file is written as text when
/// it is first asked for; where nothing that other files name was changed, the others' rows stand and are not read again.
/// </summary>
internal sealed class SeasonTables
{
    /// <summary>Columns whose values other files name or depend on.</summary>
    private static readonly Dictionary<string, Column[]> Named = new(StringComparer.Ordinal)
    {
        [SeasonFormat.Places.File.Name] = [SeasonFormat.Places.Id, SeasonFormat.Places.Kind],
        [SeasonFormat.Workers.File.Name] = [SeasonFormat.Workers.Id],
        [SeasonFormat.Brokers.File.Name] = [SeasonFormat.Brokers.Id],
        [SeasonFormat.Sites.File.Name] = [SeasonFormat.Sites.Id, SeasonFormat.Sites.Employer],
        [SeasonFormat.Orders.File.Name] = [SeasonFormat.Orders.Id],
        [SeasonFormat.Vehicles.File.Name] = [SeasonFormat.Vehicles.Id],
    };

    private readonly Dictionary<string, Table> _tables = new(StringComparer.Ordinal);
    private readonly Season _season;

    // Whether something was changed that rows of other files name or depend on.
    private bool _othersDepend;

    private SeasonTables(Season season) => (_season, Settings) = (season, SettingsTexts.Of(season));

    /// <summary>The settings.</summary>
    public SettingsTexts Settings { get; }

    /// <summary>The rows of a file.</summary>
    public Table this[FileSpec file]
    {
        get
        {
            if (!_tables.TryGetValue(file.Name, out Table? table))
            {
                _tables[file.Name] = table = new Table();
                SeasonWriter.Write(_season, new Sink(file, table));
            }

            return table;
        }
    }

    /// <summary>The texts of a season.</summary>
    public static SeasonTables Of(Season season) => new(season);

    /// <summary>Told what a change adds. An id may now name a place that named another thing before.</summary>
    public void NoteAdded(FileSpec file) => _othersDepend |= file.Name == SeasonFormat.Places.File.Name;

    /// <summary>Told the columns a change sets.</summary>
    public void NoteSet(FileSpec file, IEnumerable<Column> columns) =>
        _othersDepend |= Named.TryGetValue(file.Name, out Column[]? named) && columns.Any(c => Array.Exists(named, n => n.Name == c.Name));

    /// <summary>Told that a change takes rows of the file away.</summary>
    public void NoteRemoved(FileSpec file) => _othersDepend |= Named.ContainsKey(file.Name);

    private bool Keeps(FileSpec file) => !_othersDepend && !_tables.ContainsKey(file.Name)
        && Settings.ChangeOf(SettingsFormat.Start.Name) is null && Settings.ChangeOf(SettingsFormat.End.Name) is null;

    /// <summary>Reads the season the texts make; the faults are in the log.</summary>
    public Season? Read(FaultLog log)
    {
        using var source = new Source(this);
        return SeasonReader.Read(source, log);
    }

    /// <summary>The last change that touched the place of a fault, or null.</summary>
    public int? ChangeAt(string file, int? line, string? column)
    {
        if (file == SeasonFormat.SettingsFile)
        {
            return column is null ? null : Settings.ChangeOf(column);
        }

        // The header is line 1, as it would be in the file.
        return _tables.TryGetValue(file, out Table? table) && line - 2 is >= 0 and { } at && at < table.Rows.Count ? table.Rows[at].ChangedBy : null;
    }

    private sealed class Sink(FileSpec wanted, Table table) : TableSink
    {
        public override bool Wants(FileSpec file) => file.Name == wanted.Name;

        public override TableWriter Begin(FileSpec file) => new Writer(file, table);
    }

    private sealed class Writer(FileSpec file, Table table) : TableWriter(file)
    {
        private readonly List<string> _cells = new(file.Columns.Length);

        public override void Dispose()
        {
            // The rows are in the table already.
        }

        protected override void WriteCell(string text, Column column) => _cells.Add(text);

        protected override void WriteRowEnd()
        {
            table.Rows.Add(new TableRow([.. _cells]));
            _cells.Clear();
        }
    }

    private sealed class Source(SeasonTables tables) : TableSource
    {
        public override TableReader Open(FileSpec file, FaultLog log) => new Reader(file, tables[file]);

        public override Season? Kept(FileSpec file) => tables.Keeps(file) ? tables._season : null;

        public override Dictionary<string, Setting> Settings(FaultLog log) => tables.Settings.Values;

        public override void NoteUnknown(IReadOnlyCollection<string> known, FaultLog log)
        {
            // There is nothing but the season's own files.
        }
    }

    private sealed class Reader(FileSpec file, Table table) : TableReader
    {
        private string[] _cells = [];
        private int _next = -1;

        public override bool RowsAreComplete => true;

        public override ReadOnlySpan<char> this[int cell] => _cells[cell];

        public override CellFlaw Flaw(int cell) =>
            _cells[cell].Length > CellText.MaxLength ? CellFlaw.TooLong
            : _cells[cell].AsSpan().ContainsAny(CellText.Controls) ? CellFlaw.ControlCharacter
            : CellFlaw.None;

        public override bool Read()
        {
            if (_next >= table.Rows.Count)
            {
                return false;
            }

            _cells = _next < 0 ? [.. file.Columns.Select(c => c.Name)] : table.Rows[_next].Cells;
            _next++;
            (Line, Count) = (_next + 1, _cells.Length);
            return true;
        }
    }
}
