using Matching.Files.Format;
using Matching.Model;

namespace Matching.Files.Writing;

/// <summary>Writes a season, or an empty template, as a workbook.</summary>
internal static class SeasonWorkbook
{
    /// <summary>Writes the season.</summary>
    public static void Write(Season season, Stream stream)
    {
        using var workbook = new WorkbookSink(stream);
        WriteSettings(workbook, SeasonWriter.Settings(season));
        SeasonWriter.Write(season, workbook);
    }

    /// <summary>Writes the template: all sheets with their headers, the settings with their defaults and open season days.</summary>
    public static void WriteTemplate(Stream stream)
    {
        var defaults = new Season { Start = default, End = default, Places = [], Workers = [], Brokers = [], Sites = [], Orders = [] };
        using var workbook = new WorkbookSink(stream);
        WriteSettings(workbook, SeasonWriter.Settings(defaults).Select(s => s.Key.Optional ? s : (s.Key, "")));
        SeasonWriter.Write(defaults, workbook);
    }

    private static void WriteSettings(WorkbookSink workbook, IEnumerable<(Column Key, string Text)> settings)
    {
        using SheetWriter sheet = workbook.BeginSheet(SettingsFormat.Sheet);
        foreach ((Column key, string text) in settings)
        {
            sheet.CommentNextRow($"{key.Zh}\n{key.ExpectedZh}\n{key.En}: {key.Expected}");
            sheet.CellLike(SettingsFormat.Key, key.Name);
            sheet.CellLike(key, text);
            sheet.EndRowOfCells();
        }
    }
}
