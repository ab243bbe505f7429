using System.Collections.Immutable;

namespace Matching.Files.Format;

/// <summary>A CSV file of a folder, or a sheet of a workbook: its name and columns.</summary>
internal sealed class FileSpec
{
    private readonly Dictionary<Column, int> _positions = new(ReferenceEqualityComparer.Instance);

    private FileSpec(string name, string zh, string en, bool optional, Column[] columns)
    {
        (Name, Zh, En, Optional, Columns) = (name, zh, en, optional, [.. columns]);
        for (int i = 0; i < columns.Length; i++)
        {
            _positions.Add(columns[i], i);
        }
    }

    /// <summary>The file's name, such as <c>workers.csv</c>.</summary>
    public string Name { get; }

    /// <summary>What the file holds, in Chinese.</summary>
    public string Zh { get; }

    /// <summary>What the file holds, in English.</summary>
    public string En { get; }

    /// <summary>Whether the file may be absent.</summary>
    public bool Optional { get; }

    /// <summary>The columns in the order they are written; any order is read.</summary>
    public ImmutableArray<Column> Columns { get; }

    /// <summary>The name of the sheet that holds the same rows in a workbook.</summary>
    public string SheetName => Path.GetFileNameWithoutExtension(Name);

    /// <summary>A file that must exist, if only with a header.</summary>
    public static FileSpec Of(string name, string zh, string en, params Column[] columns) => new(name, zh, en, optional: false, columns);

    /// <summary>A file that may be absent.</summary>
    public static FileSpec Maybe(string name, string zh, string en, params Column[] columns) => new(name, zh, en, optional: true, columns);

    /// <summary>The position of one of the columns.</summary>
    public int PositionOf(Column column) => _positions[column];

    /// <summary>The position of the column with that name; negative when the file has none.</summary>
    public int IndexOf(string name)
    {
        for (int i = 0; i < Columns.Length; i++)
        {
            if (string.Equals(Columns[i].Name, name, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }
}
