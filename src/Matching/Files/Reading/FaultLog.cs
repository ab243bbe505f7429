using System.Collections.Immutable;
using System.Globalization;

namespace Matching.Files.Reading;

/// <summary>Gathers the faults and notes of one run: up to <see cref="MostPerFile"/> faults per file, and a count of the rest.</summary>
internal sealed class FaultLog
{
    /// <summary>The most faults listed per file.</summary>
    public const int MostPerFile = 1_000;

    private readonly Dictionary<string, List<Fault>> _faults = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _uncounted = new(StringComparer.Ordinal);
    private readonly List<string> _order = [];
    private readonly List<string> _notes = [];
    private int _unlistedNotes;

    /// <summary>Whether there is no fault.</summary>
    public bool IsClean => _faults.Count == 0;

    /// <summary>Adds a fault.</summary>
    public void Add(Fault fault)
    {
        if (!_faults.TryGetValue(fault.File, out List<Fault>? ofFile))
        {
            _faults.Add(fault.File, ofFile = []);
            _order.Add(fault.File);
        }

        if (ofFile.Count < MostPerFile)
        {
            ofFile.Add(fault);
        }
        else
        {
            _uncounted[fault.File] = _uncounted.GetValueOrDefault(fault.File) + 1;
        }
    }

    /// <summary>Adds a fault of a whole file.</summary>
    public void Add(string file, string expected, string code, string? value = null) =>
        Add(new Fault(file, null, null, value, expected, code));

    /// <summary>Adds a harmless remark.</summary>
    public void Note(string note)
    {
        if (_notes.Count < MostPerFile)
        {
            _notes.Add(note);
        }
        else
        {
            _unlistedNotes++;
        }
    }

    /// <summary>The result: the value when there is no fault, else the faults by file and line.</summary>
    public ReadResult<T> Result<T>(T? value)
        where T : class
    {
        var all = ImmutableArray.CreateBuilder<Fault>();
        foreach (string file in _order)
        {
            all.AddRange(_faults[file].OrderBy(f => f.Line ?? 0));
            if (_uncounted.TryGetValue(file, out int more))
            {
                all.Add(new Fault(file, null, null, more.ToString(CultureInfo.InvariantCulture), $"no fault; {more} more in this file are not listed", FaultCode.MoreFaults));
            }
        }

        IEnumerable<string> notes = _unlistedNotes == 0 ? _notes : _notes.Append($"{_unlistedNotes} more notes are not listed.");
        return new ReadResult<T>(all.Count == 0 ? value : null, all.ToImmutable(), [.. notes]);
    }
}
