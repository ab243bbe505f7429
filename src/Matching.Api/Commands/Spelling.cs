namespace Matching.Api.Commands;

/// <summary>Guesses what a mistyped word was meant to be.</summary>
internal static class Spelling
{
    private const int MostEdits = 3;

    /// <summary>The nearest known word, or null when none is near.</summary>
    public static string? Nearest(string typed, IEnumerable<string> known) => known
        .Select(word => (Word: word, Edits: Edits(typed, word)))
        .Where(guess => guess.Edits <= Math.Min(MostEdits, guess.Word.Length / 2))
        .OrderBy(guess => guess.Edits)
        .Select(guess => guess.Word)
        .FirstOrDefault();

    /// <summary>Levenshtein's distance.</summary>
    private static int Edits(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int above = row[j];
                row[j] = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[b.Length];
    }
}
