using Matching.Files;
using Matching.Model;
using Matching.Reporting;

namespace Matching.Api.Commands;

/// <summary>The plan folder of a run: judged before any work, written aside, moved into place whole.</summary>
internal sealed class PlanOutput(CliHost host, string path, string seasonPath)
{
    public string Path => path;
    public bool IsAccepted() => seasonPath.Length > 0;
    public void Write(Season season, PlanResult result)
    {
        PlanFiles.WriteFolder(result.Plan, season, path);
        PlanReport.Write(season, result, System.IO.Path.Combine(path, "report.html"), host.Language);
    }
}
