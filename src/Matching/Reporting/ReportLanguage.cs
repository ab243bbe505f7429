namespace Matching.Reporting;

/// <summary>The language an output for people opens in. Every output carries both; this one stands first.</summary>
public enum ReportLanguage
{
    /// <summary>Simplified Chinese.</summary>
    Chinese,

    /// <summary>English.</summary>
    English,
}
