using Matching.Files.Format;
using Matching.Model;

namespace Matching.Files.Reading;

/// <summary>Where the files of a season or plan come from: a folder, a zip, a workbook.</summary>
internal abstract class TableSource : IDisposable
{
    /// <summary>The rows of a file; null when it is not there or unreadable. That it is missing is reported unless it is optional.</summary>
    public abstract TableReader? Open(FileSpec file, FaultLog log);

    /// <summary>A season whose rows of the file stand as they are and need not be read, or null.</summary>
    public virtual Season? Kept(FileSpec file) => null;

    /// <summary>The season's settings; null when they are not there or unreadable, which is reported.</summary>
    public abstract Dictionary<string, Setting>? Settings(FaultLog log);

    /// <summary>Notes what is there and not known.</summary>
    public abstract void NoteUnknown(IReadOnlyCollection<string> known, FaultLog log);

    /// <inheritdoc/>
    public virtual void Dispose()
    {
    }

    /// <summary>Reports a file that should be there.</summary>
    protected static void ReportMissing(string file, FaultLog log) =>
        log.Add(file, "this file; it is not optional, if only with its header", FaultCode.MissingFile);
}

/// <summary>A source of files by name: a folder or a zip.</summary>
internal abstract class FileSource : TableSource
{
    // JSON files are small; a larger one is not what it says.
    private const int MostJsonBytes = 16 << 20;

    /// <summary>The names of the files and folders, sorted.</summary>
    protected abstract IEnumerable<string> Names { get; }

    /// <summary>The bytes of a file; null when it is not there or unreadable, the latter is reported.</summary>
    public byte[]? Load(string name, FaultLog log, out bool isMissing)
    {
        isMissing = false;
        try
        {
            byte[]? bytes = LoadOrNull(name);
            isMissing = bytes is null;
            return bytes;
        }
        catch (TooLargeException large)
        {
            log.Add(name, large.Message, FaultCode.TooLarge);
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            log.Add(name, "a readable file: " + broken.Message, FaultCode.Unreadable);
        }
        catch (InvalidDataException damage)
        {
            log.Add(name, "readable content: " + damage.Message, FaultCode.DamagedContainer);
        }

        return null;
    }

    /// <summary>The bytes of a JSON file that may be missing; null when it is missing, too large or unreadable.</summary>
    public byte[]? LoadJson(string name, FaultLog log, out bool isMissing)
    {
        byte[]? bytes = Load(name, log, out isMissing);
        if (bytes?.Length > MostJsonBytes)
        {
            log.Add(name, "a file of at most 16 MiB", FaultCode.TooLarge);
            return null;
        }

        return bytes;
    }

    /// <inheritdoc/>
    public override TableReader? Open(FileSpec file, FaultLog log)
    {
        byte[]? bytes = Load(file.Name, log, out bool isMissing);
        if (isMissing && !file.Optional)
        {
            ReportMissing(file.Name, log);
        }

        if (bytes is not null && CsvTable.LooksLikeUtf16(bytes))
        {
            log.Add(file.Name, "text in UTF-8; this looks like UTF-16", FaultCode.NotUtf8);
            return null;
        }

        return bytes is null ? null : new CsvTable(bytes);
    }

    /// <inheritdoc/>
    public override Dictionary<string, Setting>? Settings(FaultLog log)
    {
        byte[]? bytes = LoadJson(SeasonFormat.SettingsFile, log, out bool isMissing);
        if (isMissing)
        {
            ReportMissing(SeasonFormat.SettingsFile, log);
        }

        return bytes is null ? null : JsonSettings.Read(bytes, log);
    }

    /// <inheritdoc/>
    public override void NoteUnknown(IReadOnlyCollection<string> known, FaultLog log)
    {
        foreach (string name in Names.Where(n => !known.Contains(n)))
        {
            log.Note($"{CellText.Shown(name)}: this file is unknown and ignored.");
        }
    }

    /// <summary>The bytes of a file, or null when it is not there.</summary>
    /// <exception cref="InvalidDataException">The content is damaged or too large.</exception>
    protected abstract byte[]? LoadOrNull(string name);
}

/// <summary>Content that inflates beyond sane limits.</summary>
internal sealed class TooLargeException(string message) : IOException(message);

/// <summary>A folder on disk.</summary>
internal sealed class FolderSource(string path) : FileSource
{
    /// <inheritdoc/>
    protected override IEnumerable<string> Names =>
        Directory.EnumerateFileSystemEntries(path).Select(e => Path.GetFileName(e)).Order(StringComparer.Ordinal);

    /// <inheritdoc/>
    protected override byte[]? LoadOrNull(string name)
    {
        string file = Path.Combine(path, name);
        return File.Exists(file) ? File.ReadAllBytes(file) : null;
    }
}
