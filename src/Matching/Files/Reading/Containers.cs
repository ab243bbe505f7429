using System.IO.Compression;

namespace Matching.Files.Reading;

/// <summary>Finds out what a path or an upload is, by its content, and opens it.</summary>
internal static class Containers
{
    /// <summary>Opens a folder, zip or workbook; null when it is none of them, which is reported.</summary>
    public static TableSource? Open(string path, FaultLog log)
    {
        if (Directory.Exists(path))
        {
            return new FolderSource(path);
        }

        string name = Path.GetFileName(path);
        if (!File.Exists(path))
        {
            log.Add(name, "a folder, a zip or an Excel workbook at this path", FaultCode.NotFound, path);
            return null;
        }

        try
        {
            return Open(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read), name, log);
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            log.Add(name, "a readable file: " + broken.Message, FaultCode.Unreadable, path);
            return null;
        }
    }

    /// <summary>Opens a zip or workbook, which then owns the stream; null when it is neither, which is reported.</summary>
    public static TableSource? Open(Stream stream, string name, FaultLog log)
    {
        TableSource? source = null;
        Stream seekable = stream;
        try
        {
            seekable = stream.CanSeek ? stream : Buffered(stream);
            source = OpenZip(seekable, name, log);
        }
        catch (TooLargeException large)
        {
            log.Add(name, large.Message, FaultCode.TooLarge);
        }
        catch (InvalidDataException damage)
        {
            log.Add(name, "a zip that is not damaged: " + damage.Message, FaultCode.DamagedContainer);
        }
        finally
        {
            if (source is null)
            {
                seekable.Dispose();
            }
        }

        return source;
    }

    private static TableSource? OpenZip(Stream stream, string name, FaultLog log)
    {
        Span<byte> signature = stackalloc byte[4];
        int length = stream.ReadAtLeast(signature, 4, throwOnEndOfStream: false);
        stream.Position -= length;
        if (signature is not [(byte)'P', (byte)'K', 3, 4] and not [(byte)'P', (byte)'K', 5, 6])
        {
            bool isOldExcel = signature is [0xD0, 0xCF, 0x11, 0xE0];
            log.Add(name, isOldExcel ? "an .xlsx workbook without a password, not an .xls" : "a zip or an Excel workbook", FaultCode.UnknownContainer);
            return null;
        }

        var zip = new ZipArchive(stream, ZipArchiveMode.Read);
        return zip.GetEntry(WorkbookSource.WorkbookEntry) is null ? ZipSource.Open(zip, name, log) : WorkbookSource.Open(zip, name, log);
    }

    private static MemoryStream Buffered(Stream stream)
    {
        using var limited = new LimitedStream(stream, ZipLimits.MostBytes);
        var copy = new MemoryStream();
        limited.CopyTo(copy);
        copy.Position = 0;
        return copy;
    }
}
