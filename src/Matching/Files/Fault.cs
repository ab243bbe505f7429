using System.Collections.Immutable;

namespace Matching.Files;

/// <summary>Something wrong in a file, with all that is needed to mend it.</summary>
/// <param name="File">The file's name in its folder, such as <c>workers.csv</c>.</param>
/// <param name="Line">The line, the header being 1; null where there is none.</param>
/// <param name="Column">The column's name; null where there is none.</param>
/// <param name="Value">The offending text, shortened when long; null where there is none.</param>
/// <param name="Expected">What was expected, one English clause.</param>
/// <param name="Code">A stable kebab-case code, such as <c>unknown-id</c>.</param>
public sealed record Fault(string File, int? Line, string? Column, string? Value, string Expected, string Code);

/// <summary>What reading gave: the value, or every fault.</summary>
/// <typeparam name="T">What was read.</typeparam>
/// <param name="Value">The value; null exactly when there are faults.</param>
/// <param name="Faults">All faults, up to 1,000 per file, in file and line order; a file with more ends with one that counts the rest.</param>
/// <param name="Notes">Harmless remarks: unknown columns and files.</param>
public sealed record ReadResult<T>(T? Value, ImmutableArray<Fault> Faults, ImmutableArray<string> Notes)
    where T : class
{
    /// <summary>The value.</summary>
    /// <exception cref="InvalidDataException">There are faults; the message lists the first few.</exception>
    public T OrThrow() => Value ?? throw new InvalidDataException(
        $"{Faults.Length} fault(s):\n" + string.Join('\n', Faults.Take(20).Select(
            f => $"{f.File}:{f.Line}: {f.Column} '{f.Value}': expected {f.Expected} ({f.Code})")));
}
