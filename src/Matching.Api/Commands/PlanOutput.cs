using Matching.Api.Output;
using Matching.Files;
using Matching.Model;
using Matching.Plans;
using Matching.Reporting;

namespace Matching.Api.Commands;

/// <summary>
/// The folder of a new plan: judged before any work, written aside, moved into place whole. Beside the plan's own files it
/// holds a workbook and a page for people.
/// </summary>
internal sealed class PlanOutput(CliHost host, string path, string seasonPath)
{
    /// <summary>The folder.</summary>
    public string Folder => path;

    /// <summary>Whether the folder can be written to; when not, why not has been told.</summary>
    public bool IsAccepted()
    {
        string? why = OutputFolder.Check(path, OutputKind.Plan, seasonPath);
        if (why is not null)
        {
            host.Error.WriteLine(host.In(FaultTexts.OutputRefused, path, why));
        }

        return why is null;
    }

    /// <summary>Writes the plan's files and what changed, without workbook and page: whoever repairs is in a hurry.</summary>
    public void Write(Season season, Plan plan, object? diff)
    {
        host.Error.WriteLine(host.In(RunTexts.Writing, path));
        OutputFolder.Write(path, OutputKind.Plan, folder =>
        {
            PlanFiles.WriteFolder(plan, season, folder);
            if (diff is not null)
            {
                JsonOutput.WriteFile(Path.Combine(folder, "diff.json"), diff);
            }
        });
    }

    /// <summary>Writes everything.</summary>
    public void Write(Season season, PlanResult result)
    {
        host.Error.WriteLine(host.In(RunTexts.Writing, path));

        // A county's workbook takes seconds; the three know nothing of one another.
        OutputFolder.Write(path, OutputKind.Plan, folder => Parallel.Invoke(
            () => PlanWorkbook.Write(season, result, Path.Combine(folder, PlanFiles.WorkbookFile), host.Language),
            () => PlanReport.Write(season, result, Path.Combine(folder, PlanFiles.ReportFile), host.Language),
            () => PlanFiles.WriteFolder(result.Plan, season, folder)));
    }
}
