using System.IO.Compression;
using Matching.Files.Format;
using Matching.Files.Reading;
using Matching.Files.Writing;
using Matching.Model;

namespace Matching.Files;

/// <summary>Reads and writes seasons: a folder of CSV files, a zip of it, or an Excel workbook. Thread-safe.</summary>
public static class SeasonFiles
{
    /// <summary>
    /// Reads a season folder, a zip that holds one at its root or in one top folder, or a workbook; which of them it is, is
    /// seen from the content, not from the name.
    /// </summary>
    /// <returns>The season, or every fault of every file.</returns>
    public static ReadResult<Season> Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var log = new FaultLog();
        using TableSource? source = Containers.Open(path, log);
        return log.Result(source is null ? null : SeasonReader.Read(source, log));
    }

    /// <summary>Reads a zip or a workbook from a stream, which is closed.</summary>
    /// <param name="stream">The content; one that cannot seek is held in memory.</param>
    /// <param name="name">What faults of the whole call it, such as the name of the upload.</param>
    /// <returns>The season, or every fault of every file.</returns>
    public static ReadResult<Season> Read(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(name);
        var log = new FaultLog();
        using TableSource? source = Containers.Open(stream, name, log);
        return log.Result(source is null ? null : SeasonReader.Read(source, log));
    }

    /// <summary>Writes the season's files into a folder, which is made when it is not there. Files of the same names are replaced.</summary>
    /// <exception cref="ArgumentException">A text of the season cannot be written so that it reads back the same.</exception>
    public static void WriteFolder(Season season, string path)
    {
        ArgumentNullException.ThrowIfNull(season);
        ArgumentException.ThrowIfNullOrEmpty(path);
        Directory.CreateDirectory(path);
        WriteFiles(season, new FolderSink(path));
    }

    /// <summary>Writes the season's folder as a zip, the files at its root. The file appears only when it is whole.</summary>
    /// <exception cref="ArgumentException">A text of the season cannot be written so that it reads back the same.</exception>
    public static void WriteZip(Season season, string path)
    {
        ArgumentNullException.ThrowIfNull(season);
        OutputFile.Write(path, stream => WriteZip(season, stream));
    }

    /// <summary>Writes the season's folder as a zip to a stream, which stays open.</summary>
    /// <exception cref="ArgumentException">A text of the season cannot be written so that it reads back the same.</exception>
    public static void WriteZip(Season season, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(season);
        ArgumentNullException.ThrowIfNull(stream);
        using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        WriteFiles(season, new ZipSink(zip));
    }

    /// <summary>
    /// Writes the season as an Excel workbook, one sheet per file, and a sheet <c>season</c> with the settings. The file appears
    /// only when it is whole.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// A text of the season cannot be written so that it reads back the same, or a sheet would have too many rows.
    /// </exception>
    public static void WriteWorkbook(Season season, string path)
    {
        ArgumentNullException.ThrowIfNull(season);
        OutputFile.Write(path, stream => SeasonWorkbook.Write(season, stream));
    }

    /// <summary>
    /// Writes an empty season workbook to be filled in: every sheet with its header, a comment in Chinese and English on each
    /// column saying meaning, unit and range, and drop-downs where a column knows its words.
    /// </summary>
    public static void WriteTemplate(string path) => OutputFile.Write(path, SeasonWorkbook.WriteTemplate);

    private static void WriteFiles(Season season, FileSink sink)
    {
        using (Stream settings = sink.Create(SeasonFormat.SettingsFile))
        {
            SettingsWriter.Write(season, settings);
        }

        SeasonWriter.Write(season, sink);
    }
}
