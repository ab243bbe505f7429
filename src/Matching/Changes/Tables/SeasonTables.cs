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

/// <summary>A season as the texts of its files, between writing and reading: what a change set works on.</summary>
internal sealed class SeasonTables
{
    private readonly Dictionary<string, Table> _tables = SeasonFormat.Files.ToDictionary(f => f.Name, _ => new Table(), StringComparer.Ordinal);

    private SeasonTables(SettingsTexts settings) => Settings = settings;

    /// <summary>The settings.</summary>
    public SettingsTexts Settings { get; }

    /// <summary>The rows of a file.</summary>
    public Table this[FileSpec file] => _tables[file.Name];

    /// <summary>The texts of a season.</summary>
    public static SeasonTables Of(Season season)
    {
        var tables = new SeasonTables(SettingsTexts.Of(season));
        SeasonWriter.Write(season, new Sink(tables));
        return tables;
    }

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

    private sealed class Sink(SeasonTables tables) : TableSink
    {
        public override TableWriter Begin(FileSpec file) => new Writer(file, tables[file]);
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
