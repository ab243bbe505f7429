using System.Text.Json;
using Matching.Reporting;
using Matching.Why;

namespace Matching.Api.Output;

/// <summary>Why an order is short or a worker idle, as a document and as tables.</summary>
internal static class WhyOutput
{
    /// <summary>The document of <c>why --order --json</c>.</summary>
    public static object Document(ReportLanguage language, OrderAnswer answer) => new
    {
        answer.Required,
        answer.Target,
        answer.Filled,
        answer.Missing,
        Blocking = answer.Blocking.Select(b => Blocked(language, b)),
        Remedies = answer.Remedies.Select(r => Help(language, r)),
    };

    /// <summary>The document of <c>why --worker --json</c>.</summary>
    public static object Document(ReportLanguage language, WorkerAnswer answer) => new
    {
        answer.Idle,
        CrewId = answer.Crew?.Value,
        Blocking = answer.Blocking.Select(b => Blocked(language, b)),
        Remedies = answer.Remedies.Select(r => Help(language, r)),
    };

    /// <summary>Tables for people.</summary>
    public static void Print(CliHost host, OrderAnswer answer)
    {
        host.Out.WriteLine(host.In(
            OperationTexts.WhyOrderLine, answer.Order, Figures.Day(answer.Date), answer.Required, answer.Target, answer.Filled, answer.Missing));
        Lists(host, answer.Blocking, answer.Remedies);
    }

    /// <inheritdoc cref="Print(CliHost, OrderAnswer)"/>
    public static void Print(CliHost host, WorkerAnswer answer)
    {
        host.Out.WriteLine(answer.Crew is { } crew
            ? host.In(OperationTexts.WhyBusyLine, answer.Worker, Figures.Day(answer.Date), crew)
            : host.In(OperationTexts.WhyIdleLine, answer.Worker, Figures.Day(answer.Date)));
        Lists(host, answer.Blocking, answer.Remedies);
    }

    private static void Lists(CliHost host, IReadOnlyCollection<Blocking> blocking, IReadOnlyCollection<Remedy> remedies)
    {
        bool chinese = host.Language == ReportLanguage.Chinese;
        foreach (Blocking block in blocking)
        {
            host.Out.WriteLine($"  [{string.Join(' ', block.Rules)}] {(chinese ? block.MessageZh : block.Message)}");
        }

        if (remedies.Count == 0)
        {
            return;
        }

        host.Out.WriteLine();
        host.Out.WriteLine(host.In(OperationTexts.RemediesTitle));
        TextTable table = new(true, true, false);
        table.Add(host.In(OperationTexts.WorkerDays), host.In(RunTexts.NetValue), "");
        foreach (Remedy remedy in remedies)
        {
            table.Add("+" + Figures.Count(remedy.WorkerDays), Figures.SignedMoney(remedy.NetValue), chinese ? remedy.MessageZh : remedy.Message);
        }

        table.Write(host.Out);
    }

    private static object Blocked(ReportLanguage language, Blocking blocking) => new
    {
        Rules = blocking.Rules.Select(r => r.ToString()),
        blocking.Ids,
        Message = language == ReportLanguage.Chinese ? blocking.MessageZh : blocking.Message,
    };

    private static object Help(ReportLanguage language, Remedy remedy) => new
    {
        Message = language == ReportLanguage.Chinese ? remedy.MessageZh : remedy.Message,
        Changes = JsonDocument.Parse(remedy.Changes).RootElement,
        remedy.WorkerDays,
        NetValue = JsonOutput.Money(remedy.NetValue),
    };
}
