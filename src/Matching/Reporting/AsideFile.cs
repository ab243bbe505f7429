namespace Matching.Reporting;

/// <summary>Writes a file beside its final place and moves it there when it is whole, so that nobody ever sees half of it.</summary>
internal static class AsideFile
{
    private const int BufferBytes = 1 << 16;

    /// <summary>Writes the file; parents are created, an earlier file is replaced. When writing throws, the earlier file stays.</summary>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        string full = Path.GetFullPath(path);
        string folder = Path.GetDirectoryName(full)
            ?? throw new ArgumentException($"The path '{path}' names no file.", nameof(path));
        Directory.CreateDirectory(folder);

        // The same folder, so that the move stays within one file system and is a rename.
        string aside = Path.Combine(folder, $".{Path.GetFileName(full)}.{Guid.NewGuid():N}.tmp");
        try
        {
            using (FileStream stream = new(aside, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, BufferBytes))
            {
                write(stream);
            }

            File.Move(aside, full, overwrite: true);
        }
        finally
        {
            // After a successful move there is nothing left to delete.
            File.Delete(aside);
        }
    }
}
