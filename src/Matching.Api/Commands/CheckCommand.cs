using System.CommandLine;
using Matching.Api.Output;
using Matching.Checking;
using Matching.Files;
using Matching.Model;
using Matching.Plans;
using Matching.Reporting;

namespace Matching.Api.Commands;

/// <summary><c>matching check SEASON PLAN</c>: the verdict on any plan.</summary>
internal sealed class CheckCommand : CliCommand
{
    private readonly Argument<string?> _season;
    private readonly Argument<string?> _plan;
    private readonly Option<bool> _json;

    public CheckCommand(CliHost host)
        : base("check", host, HelpTexts.CheckCommand)
    {
        _season = Positional("SEASON", HelpTexts.Season);
        _plan = Positional("PLAN", HelpTexts.Plan);
        _json = Flag("--json", HelpTexts.Json);
    }

    /// <inheritdoc/>
    public override Task<int> RunAsync(ArgumentReader arguments, CancellationToken cancellationToken)
    {
        string seasonPath = arguments.Required(_season);
        string planPath = arguments.Required(_plan);
        bool json = arguments.Has(_json);
        return Task.FromResult(arguments.Faults.Count > 0 ? arguments.Refuse(this) : Run(seasonPath, planPath, json));
    }

    private int Run(string seasonPath, string planPath, bool json)
    {
        InputReader reader = new(Host, json);
        if (reader.Season(seasonPath) is not { } season || reader.Plan(planPath, season) is not { } plan)
        {
            return ExitCode.BadInput;
        }

        CheckResult check = PlanChecker.Check(season, plan);
        if (json)
        {
            JsonOutput.Write(Host, JsonOutput.Verdict(Host, check, reader.Notes));
        }
        else
        {
            Print(check);
        }

        return check.Legal ? ExitCode.Done : ExitCode.Illegal;
    }

    private void Print(CheckResult check)
    {
        bool chinese = Host.Language == ReportLanguage.Chinese;
        if (!check.Legal)
        {
            TextTable table = new(false, false, false, false);
            foreach (Violation violation in check.Violations)
            {
                table.Add(
                    violation.Rule.ToString(), violation.Date is { } day ? Figures.Day(day) : "-", string.Join(' ', violation.Ids),
                    chinese ? violation.MessageZh : violation.Message);
            }

            table.Write(Host.Out);
            Host.Out.WriteLine();
        }

        WorthTable.Write(Host, check.Worth, null);
        Host.Out.WriteLine();
        FaultPrinter.WriteNotes(Host, Host.Out, chinese ? check.NotesZh : check.Notes);
        Host.Out.WriteLine(check.Legal ? Host.In(RunTexts.Legal) : Host.In(RunTexts.Illegal, Figures.Count(check.Violations.Length)));
    }
}
