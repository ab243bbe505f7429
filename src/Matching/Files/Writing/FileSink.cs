using System.IO.Compression;
using Matching.Files.Format;

namespace Matching.Files.Writing;

/// <summary>Where the tables of a season or plan go: a folder, a zip or a workbook.</summary>
internal abstract class TableSink
{
    /// <summary>Whether optional tables are written though they have no rows.</summary>
    public virtual bool WritesEmptyTables => false;

    /// <summary>Whether the table is written at all.</summary>
    public virtual bool Wants(FileSpec file) => true;

    /// <summary>Begins a table with its header; the caller disposes the writer before the next.</summary>
    public abstract TableWriter Begin(FileSpec file);
}

/// <summary>Where files go by name: a folder or a zip.</summary>
internal abstract class FileSink : TableSink
{
    /// <summary>Begins a file; the caller disposes the stream before the next.</summary>
    public abstract Stream Create(string name);

    /// <inheritdoc/>
    public override TableWriter Begin(FileSpec file) => new CsvTableWriter(file, Create(file.Name));
}

/// <summary>Writes the files into a folder that exists.</summary>
internal sealed class FolderSink(string path) : FileSink
{
    /// <inheritdoc/>
    public override Stream Create(string name) => new FileStream(Path.Combine(path, name), FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16);
}

/// <summary>Writes the files into a zip; the same files give the same bytes.</summary>
internal sealed class ZipSink(ZipArchive zip) : FileSink
{
    // The earliest time a zip can hold: the clock must not show.
    private static readonly DateTimeOffset Timeless = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <inheritdoc/>
    public override Stream Create(string name)
    {
        ZipArchiveEntry entry = zip.CreateEntry(name, CompressionLevel.Optimal);
        entry.LastWriteTime = Timeless;
        return entry.Open();
    }
}
