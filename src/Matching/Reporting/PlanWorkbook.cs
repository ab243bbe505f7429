using Matching.Model;
using Matching.Plans;

namespace Matching.Reporting;

/// <summary>
/// Writes a plan as an Excel workbook for people, one sheet per purpose: summary, crews, roster, manifest, cover, shortages
/// and workers. Headers are in Chinese and English; ids stand beside the names, so that sheets can be read back. All text is
/// written as text, never as a formula. Sheets are streamed: memory does not grow with the plan. The same input gives the
/// same bytes. Thread-safe.
/// </summary>
public static class PlanWorkbook
{
    /// <summary>Writes the workbook of a planning run; shortages come with their binding reason.</summary>
    /// <param name="season">The season planned.</param>
    /// <param name="result">What the run gave.</param>
    /// <param name="path">The file, such as <c>plan.xlsx</c>; parents are created, an earlier file is replaced as a whole.</param>
    /// <param name="lang">The language that stands first.</param>
    /// <exception cref="ArgumentException">The plan names an id that the season does not know.</exception>
    public static void Write(Season season, PlanResult result, string path, ReportLanguage lang)
    {
        ArgumentNullException.ThrowIfNull(season);
        ArgumentNullException.ThrowIfNull(result);
        Write(new PlanTally(season, result.Plan), result, path, lang);
    }

    /// <summary>Writes the workbook of a plan.</summary>
    /// <param name="season">The season planned.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="path">The file, such as <c>plan.xlsx</c>; parents are created, an earlier file is replaced as a whole.</param>
    /// <param name="lang">The language that stands first.</param>
    /// <exception cref="ArgumentException">The plan names an id that the season does not know.</exception>
    public static void Write(Season season, Plan plan, string path, ReportLanguage lang) =>
        Write(new PlanTally(season, plan), null, path, lang);

    private static void Write(PlanTally tally, PlanResult? result, string path, ReportLanguage lang)
    {
        WorkbookTexts texts = new(lang);
        AsideFile.Write(path, stream =>
        {
            using WorkbookPackage package = new(stream);
            SummarySheet.Write(package, tally, result, texts);
            CrewSheets.WriteCrews(package, tally, texts);
            CrewSheets.WriteRoster(package, tally, texts);
            ManifestSheet.Write(package, tally, texts);
            CoverSheets.WriteCover(package, tally, texts);
            CoverSheets.WriteShortages(package, tally, result, texts);
            CrewSheets.WriteWorkers(package, tally, texts);
            package.Finish();
        });
    }
}
