using System.Runtime.InteropServices;

namespace Matching.Files.Reading;

/// <summary>
/// The ids a file declares, with the position of each in the list read from it. Ids of rows that have other faults are known
/// too, so that a bad cell causes no fault in the files that name the id.
/// </summary>
internal sealed class IdIndex
{
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Entry>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly HashSet<string> _salvaged = new(StringComparer.Ordinal);

    /// <summary>An empty index.</summary>
    public IdIndex() => _lookup = _entries.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Whether ids may be missing here because the file could not be read: then no id counts as unknown.</summary>
    public bool IsOpen { get; set; }

    /// <summary>How many ids are declared.</summary>
    public int Count => _entries.Count;

    /// <summary>Declares an id; gives the line of its first declaration when there is one already, else null.</summary>
    public int? Declare(string id, int line)
    {
        ref Entry entry = ref CollectionsMarshal.GetValueRefOrAddDefault(_entries, id, out bool exists);
        if (exists)
        {
            return entry.Line;
        }

        entry = new Entry(line, -1);
        return null;
    }

    /// <summary>Sets the position of a declared id whose row is good.</summary>
    public void Place(string id, int position) => CollectionsMarshal.GetValueRefOrNullRef(_entries, id).Position = position;

    /// <summary>Takes text of a row that cannot be told apart into cells as ids that may be named.</summary>
    public void Salvage(ReadOnlySpan<char> text)
    {
        if (text.Length <= CellText.MaxLength)
        {
            _salvaged.Add(text.ToString());
        }

        if (!text.ContainsAny(",\n\""))
        {
            return;
        }

        if (text.Length <= CellText.MaxLength)
        {
            _salvaged.Add(text.ToString().Replace("\"", "", StringComparison.Ordinal));
        }

        foreach (Range part in text.SplitAny(",\n\r\""))
        {
            if (part.End.Value > part.Start.Value && part.End.Value - part.Start.Value <= CellText.MaxLength)
            {
                _salvaged.Add(text[part].ToString());
            }
        }
    }

    /// <summary>Finds an id. <paramref name="id"/> is the index's own string; <paramref name="position"/> is negative when its row is bad.</summary>
    public bool Knows(ReadOnlySpan<char> text, out string id, out int position)
    {
        if (_lookup.TryGetValue(text, out string? known, out Entry entry))
        {
            (id, position) = (known, entry.Position);
            return true;
        }

        (id, position) = (text.ToString(), -1);
        return IsOpen || (_salvaged.Count > 0 && _salvaged.Contains(id));
    }

    private record struct Entry(int Line, int Position);
}

/// <summary>An id named by a row, with the position of what it names; negative when that has faults of its own.</summary>
/// <param name="Id">The id.</param>
/// <param name="Position">Position in the list read from the file that declares it.</param>
internal readonly record struct Named(string Id, int Position);
