namespace Matching.Files;

/// <summary>Writes a single output file aside and moves it into place, so that nobody ever sees half of it.</summary>
public static class OutputFile
{
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
        string target = Path.GetFullPath(path);
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
