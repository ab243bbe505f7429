using Matching.Importing;
using Matching.Repairing;
using Matching.Reporting;

namespace Matching.Api.Output;

/// <summary>What importing an edited roster gave, as a document and as tables.</summary>
internal static class ImportOutput
{
    /// <summary>The document of <c>import --json</c>.</summary>
    public static object Document(CliHost host, ImportResult result, RepairResult repair, string path) => new
    {
        Out = path,
        Edits = result.Edits.Select(e => new { e.Sheet, e.Cell, e.Date, CrewId = e.Crew.Value, WorkerId = e.Worker.Value, e.Works }),
        Broken = result.Broken.Select(b => new { b.Sheet, b.Cell, Rule = b.Rule.ToString(), b.Ids, Message = MessageOf(host, b) }),
        NetValue = JsonOutput.Money(repair.Plan.Facts!.Worth.NetValue),
        Parts = JsonOutput.PartsOf(repair.Plan.Facts.Worth),
        Diff = DiffOutput.Document(repair.Diff),
        PinConflicts = repair.PinConflicts.Select(JsonOutput.PinConflict),
    };

    /// <summary>The edits' count and the rules they break.</summary>
    public static void Print(CliHost host, ImportResult result)
    {
        host.Out.WriteLine(host.In(OperationTexts.EditsLine, Figures.Count(result.Edits.Length), Figures.Count(result.Broken.Length)));
        if (!result.Broken.IsEmpty)
        {
            TextTable table = new(false, false, false, false);
            foreach (BrokenCell broken in result.Broken)
            {
                table.Add(broken.Sheet, broken.Cell ?? "-", broken.Rule.ToString(), MessageOf(host, broken));
            }

            table.Write(host.Out);
        }

        host.Out.WriteLine();
    }

    private static string MessageOf(CliHost host, BrokenCell broken) => host.Language == ReportLanguage.Chinese ? broken.MessageZh : broken.Message;
}
