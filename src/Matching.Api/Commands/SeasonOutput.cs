using Matching.Api.Output;
using Matching.Files;
using Matching.Model;

namespace Matching.Api.Commands;

/// <summary>What a season is kept in.</summary>
internal enum ContainerKind
{
    /// <summary>A folder of CSV files.</summary>
    Folder,

    /// <summary>A zip of such a folder.</summary>
    Zip,

    /// <summary>An Excel workbook with a sheet per file.</summary>
    Workbook,
}

/// <summary>
/// The place a season or template is written to. It must be new or empty: a season is somebody's data, so it is never
/// overwritten.
/// </summary>
internal sealed class SeasonOutput(CliHost host, string path, string? source)
{
    /// <summary>The container a path's ending asks for.</summary>
    public static ContainerKind KindOf(string path) => Path.GetExtension(path).ToUpperInvariant() switch
    {
        ".ZIP" => ContainerKind.Zip,
        ".XLSX" => ContainerKind.Workbook,
        _ => ContainerKind.Folder,
    };

    /// <summary>Whether the place can be written to; when not, why not has been told.</summary>
    public bool IsAccepted()
    {
        string? why = Refusal();
        if (why is not null)
        {
            host.Error.WriteLine(host.In(FaultTexts.OutputRefused, path, why));
        }

        return why is null;
    }

    /// <summary>Writes the season and tells where.</summary>
    public void Write(Season season)
    {
        switch (KindOf(path))
        {
            case ContainerKind.Folder:
                OutputFolder.Write(path, OutputKind.Season, folder => SeasonFiles.WriteFolder(season, folder));
                break;
            case ContainerKind.Zip:
                SeasonFiles.WriteZip(season, path);
                break;
            case ContainerKind.Workbook:
                SeasonFiles.WriteWorkbook(season, path);
                break;
        }

        host.Out.WriteLine(host.In(
            RunTexts.SeasonLine, season.Name, Figures.Count(season.Workers.Length), Figures.Count(season.Brokers.Length),
            Figures.Count(season.Orders.Length), Figures.Count(season.Vehicles.Length), season.DayCount));
        host.Out.WriteLine(host.In(RunTexts.Written, path));
    }

    /// <summary>Writes the empty workbook and tells where.</summary>
    public void WriteTemplate()
    {
        SeasonFiles.WriteTemplate(path);
        host.Out.WriteLine(host.In(RunTexts.Written, path));
    }

    private string? Refusal()
    {
        if (KindOf(path) == ContainerKind.Folder)
        {
            return Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any()
                ? host.In(FaultTexts.OutputExists)
                : OutputFolder.Check(path, OutputKind.Season, source);
        }

        // An empty file is what a caller makes to reserve a name.
        return new FileInfo(path) is { Exists: true, Length: > 0 } ? host.In(FaultTexts.OutputExists) : OutputFile.Check(path, source);
    }
}
