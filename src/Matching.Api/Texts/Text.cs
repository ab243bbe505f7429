using Matching.Reporting;

namespace Matching.Api;

/// <summary>A text in both languages. Holes are written <c>{0}</c>.</summary>
/// <param name="English">The English text.</param>
/// <param name="Chinese">The Chinese text.</param>
internal sealed record Text(string English, string Chinese)
{
    /// <summary>The text in a language.</summary>
    public string In(ReportLanguage language) => language == ReportLanguage.Chinese ? Chinese : English;
}
