using System.IO.Compression;
using Matching.Files.Reading;
using Matching.Files.Writing;
using Matching.Model;
using Matching.Plans;

namespace Matching.Files;

/// <summary>Reads and writes plans: a folder of CSV files with <c>plan.json</c>, or a zip of it. Thread-safe.</summary>
public static class PlanFiles
{
    /// <summary>The workbook for people that may lie beside a plan's files; reading leaves it alone.</summary>
    public const string WorkbookFile = "plan.xlsx";

    /// <summary>The page for people that may lie beside a plan's files; reading leaves it alone.</summary>
    public const string ReportFile = "report.html";

    /// <summary>
    /// Reads a plan folder, a zip of one, or a workbook with the same files as sheets. A plan that breaks rules is readable; an unknown id or a crew or trip id that stands
    /// twice is a fault. <c>shortages.csv</c> and <c>plan.json</c> may be absent. A trip may have no stops.
    /// </summary>
    /// <returns>The plan, or every fault of every file.</returns>
    public static ReadResult<Plan> Read(string path, Season season)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(season);
        var log = new FaultLog();
        using TableSource? source = Containers.Open(path, log);
        return log.Result(source is null ? null : PlanReader.Read(source, season, log));
    }

    /// <summary>Reads a zip of a plan folder, or a workbook, from a stream, which is closed.</summary>
    /// <param name="stream">The content; one that cannot seek is held in memory.</param>
    /// <param name="name">What faults of the whole call it, such as the name of the upload.</param>
    /// <param name="season">The season the plan belongs to.</param>
    /// <returns>The plan, or every fault of every file.</returns>
    public static ReadResult<Plan> Read(Stream stream, string name, Season season)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(season);
        var log = new FaultLog();
        using TableSource? source = Containers.Open(stream, name, log);
        return log.Result(source is null ? null : PlanReader.Read(source, season, log));
    }

    /// <summary>
    /// Writes the plan's files into a folder, which is made when it is not there; files of the same names are replaced.
    /// Shortages are counted from the worker-days and the season's demand.
    /// </summary>
    public static void WriteFolder(Plan plan, Season season, string path)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(season);
        ArgumentException.ThrowIfNullOrEmpty(path);
        Directory.CreateDirectory(path);
        PlanWriter.Write(plan, season, new FolderSink(path));
    }

    /// <summary>Writes the plan's folder as a zip to a stream, which stays open.</summary>
    public static void WriteZip(Plan plan, Season season, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(season);
        ArgumentNullException.ThrowIfNull(stream);
        using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        PlanWriter.Write(plan, season, new ZipSink(zip));
    }
}
