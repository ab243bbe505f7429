namespace Matching.Files;

/// <summary>Writes a single output file aside and moves it into place, so that nobody ever sees half of it.</summary>
public static class OutputFile
{
    /// <summary>
    /// Whether a file can be written at the path; asked before any work. It may be absent or a file, but not a folder, not the season
    /// itself and not in the season folder.
    /// </summary>
    /// <param name="path">The output file.</param>
    /// <param name="seasonPath">The season folder, zip or workbook the work reads; null when there is none.</param>
    /// <returns>Null when all is well, else one English sentence saying what is wrong.</returns>
    public static string? Check(string path, string? seasonPath = null)
    {
        if (string.IsNullOrWhiteSpace(path))
        {
            return "The output file has no name.";
        }

        string target = OutputPath.Resolved(path);
        if (Directory.Exists(target) || Path.GetDirectoryName(target) is not { } parent)
        {
            return $"The output file '{path}' is a folder.";
        }

        if (seasonPath is not null && OutputPath.LiesIn(target, OutputPath.Resolved(seasonPath)))
        {
            return $"The output file '{path}' is or lies in the season '{seasonPath}'.";
        }

        return OutputPath.FileAbove(parent) is { } file ? $"The output file '{path}' cannot be made: '{file}' is a file." : null;
    }

    /// <summary>
    /// Writes a file: parents are created, an existing file is replaced. When <paramref name="write"/> throws, nothing is left
    /// behind and an existing file stays as it was.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes the content to the stream it is given.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(write);
        string target = OutputPath.Resolved(path);
        string parent = Path.GetDirectoryName(target) ?? throw new IOException($"'{path}' is no file.");
        Directory.CreateDirectory(parent);
        string aside = Path.Combine(parent, $".{Path.GetFileName(target)}.{Path.GetRandomFileName()}");
        try
        {
            using (var stream = new FileStream(aside, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16))
            {
                write(stream);
            }

            File.Move(aside, target, overwrite: true);
        }
        finally
        {
            File.Delete(aside);
        }
    }
}
