using System.Net;
using System.Reflection;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Matching.Model;
using Matching.Plans;

namespace Matching.Reporting;

/// <summary>
/// Writes a plan as one self-contained HTML page for people, in Chinese and English: summary, worth by part, cover of every
/// order, a map with the trips of a day, the run's gap over time, shortages, brokers' calendars and days per worker. The
/// page opens from disk without a server or a network. The same input gives the same bytes. Thread-safe.
/// </summary>
public static class PlanReport
{
    private const string Room = "Matching.Reporting.Page.";
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    // In the order in which the page needs them; one script, so they see each other's functions.
    private static readonly string[] Scripts =
    [
        "texts.js", "page.js", "charts.js", "summary.js", "cover.js", "map.js", "trips.js", "shortages.js", "calendars.js", "main.js",
    ];

    // Chinese stays readable and short; the encoder still escapes <, >, &, quotes and the line separators, so a name can
    // neither end the script block nor be taken for markup.
    private static readonly ReportJson Json = new(new JsonSerializerOptions
    {
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
    });

    /// <summary>Writes the page of a planning run.</summary>
    /// <param name="season">The season planned.</param>
    /// <param name="result">What the run gave.</param>
    /// <param name="path">The file, such as <c>report.html</c>; parents are created, an earlier file is replaced as a whole.</param>
    /// <param name="lang">The language the page opens in; the other is one click away.</param>
    /// <exception cref="ArgumentException">The plan names an id that the season does not know.</exception>
    public static void Write(Season season, PlanResult result, string path, ReportLanguage lang)
    {
        ArgumentNullException.ThrowIfNull(season);
        ArgumentNullException.ThrowIfNull(result);
        ReportData data = ReportDataBuilder.Build(new PlanTally(season, result.Plan), result, lang);
        AsideFile.Write(path, stream => Write(data, stream));
    }

    /// <summary>Writes the page of a plan whose run is not known, such as one read from files: no gap over time, no reasons.</summary>
    /// <param name="season">The season planned.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="path">The file, such as <c>report.html</c>; parents are created, an earlier file is replaced as a whole.</param>
    /// <param name="lang">The language the page opens in; the other is one click away.</param>
    /// <exception cref="ArgumentException">The plan names an id that the season does not know.</exception>
    public static void Write(Season season, Plan plan, string path, ReportLanguage lang)
    {
        ReportData data = ReportDataBuilder.Build(new PlanTally(season, plan), null, lang);
        AsideFile.Write(path, stream => Write(data, stream));
    }

    /// <summary>Fills the template. Only the title and the data block hold anything from the season.</summary>
    internal static void Write(ReportData data, Stream stream)
    {
        string template = Resource("report.html");
        int at = 0;
        using StreamWriter writer = new(stream, Utf8, bufferSize: 1 << 16, leaveOpen: true) { NewLine = "\n" };
        UpTo("{{lang}}");
        writer.Write(data.Lang);
        UpTo("{{title}}");
        writer.Write(WebUtility.HtmlEncode(data.Name));
        UpTo("{{style}}");
        writer.Write(Resource("report.css"));
        UpTo("{{data}}");
        writer.Flush();
        JsonSerializer.Serialize(stream, data, Json.ReportData);
        UpTo("{{script}}");
        foreach (string script in Scripts)
        {
            writer.Write(Resource(script));
        }

        writer.Write(template.AsSpan(at));

        void UpTo(string slot)
        {
            int end = template.IndexOf(slot, at, StringComparison.Ordinal);
            writer.Write(template.AsSpan(at, end - at));
            at = end + slot.Length;
        }
    }

    private static string Resource(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Room + name)
            ?? throw new InvalidOperationException($"The page's part {name} is missing from the library.");
        using StreamReader reader = new(stream, Utf8);
        return reader.ReadToEnd();
    }
}
