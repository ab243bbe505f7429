using Matching.Checking;
using Matching.Reporting;
using Matching.Why;

namespace Matching.Api.Output;

/// <summary>What a single change would do, as a document and as tables.</summary>
internal static class TrialOutput
{
    /// <summary>The document of <c>try --json</c>.</summary>
    public static object Document(ReportLanguage language, Trial trial) => new
    {
        trial.Legal,
        Breaks = trial.Breaks.Select(b => new { Rule = b.Rule.ToString(), b.Ids, b.Date, Message = MessageOf(language, b) }),
        Parts = JsonOutput.PartsOf(trial.Parts),
        NetValue = JsonOutput.Money(trial.NetValue),
    };

    /// <summary>Tables for people.</summary>
    public static void Print(CliHost host, Trial trial)
    {
        if (!trial.Legal)
        {
            TextTable table = new(false, false, false, false);
            foreach (Violation violation in trial.Breaks)
            {
                table.Add(
                    violation.Rule.ToString(), violation.Date is { } day ? Figures.Day(day) : "-", string.Join(' ', violation.Ids),
                    MessageOf(host.Language, violation));
            }

            table.Write(host.Out);
            host.Out.WriteLine();
        }

        WorthChangeTable.Write(host, trial.Parts);
        host.Out.WriteLine();
        host.Out.WriteLine(trial.Legal ? host.In(OperationTexts.TrialLegal) : host.In(OperationTexts.TrialIllegal, Figures.Count(trial.Breaks.Length)));
    }

    private static string MessageOf(ReportLanguage language, Violation violation) =>
        language == ReportLanguage.Chinese ? violation.MessageZh : violation.Message;
}
