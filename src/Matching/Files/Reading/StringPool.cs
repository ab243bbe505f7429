namespace Matching.Files.Reading;

/// <summary>Keeps each recurring word once in memory. Not thread-safe.</summary>
internal sealed class StringPool
{
    private readonly HashSet<string> _words = new(StringComparer.Ordinal);
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    /// <summary>An empty pool.</summary>
    public StringPool() => _lookup = _words.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The pool's own string for the text.</summary>
    public string Of(ReadOnlySpan<char> text)
    {
        if (_lookup.TryGetValue(text, out string? word))
        {
            return word;
        }

        word = text.ToString();
        _words.Add(word);
        return word;
    }
}
