using System.CommandLine;
using Matching.Api.Output;
using Matching.Comparing;
using Matching.Files;
using Matching.Model;
using Matching.Plans;
using Matching.Reporting;

namespace Matching.Api.Commands;

/// <summary><c>matching diff SEASON PLAN PLAN2</c>: what the second plan changes.</summary>
internal sealed class DiffCommand : CliCommand
{
    private readonly Argument<string?> _season;
    private readonly Argument<string?> _first;
    private readonly Argument<string?> _second;
    private readonly ValueOption _workbook;
    private readonly Option<bool> _json;

    public DiffCommand(CliHost host)
        : base("diff", host, OperationTexts.DiffCommand)
    {
        _season = Positional("SEASON", HelpTexts.Season);
        _first = Positional("PLAN", HelpTexts.Plan);
        _second = Positional("PLAN2", OperationTexts.SecondPlan);
        _workbook = Value("--workbook", "FILE", OperationTexts.DiffWorkbook);
        _json = Flag("--json", HelpTexts.Json);
    }

    /// <inheritdoc/>
    public override Task<int> RunAsync(ArgumentReader arguments, CancellationToken cancellationToken)
    {
        string season = arguments.Required(_season);
        string first = arguments.Required(_first);
        string second = arguments.Required(_second);
        string? workbook = arguments.Optional(_workbook);
        if (workbook is not null && !string.Equals(Path.GetExtension(workbook), ".xlsx", StringComparison.OrdinalIgnoreCase))
        {
            arguments.Fault(FaultTexts.NotWorkbook, _workbook.Name, workbook);
        }

        bool json = arguments.Has(_json);
        return Task.FromResult(arguments.Faults.Count > 0 ? arguments.Refuse(this) : Run(season, first, second, workbook, json));
    }

    private int Run(string seasonPath, string firstPath, string secondPath, string? workbook, bool json)
    {
        if (workbook is not null && OutputFile.Check(workbook, seasonPath) is { } why)
        {
            Host.Error.WriteLine(Host.In(FaultTexts.OutputRefused, workbook, why));
            return ExitCode.BadInput;
        }

        InputReader reader = new(Host, json);
        if (reader.Season(seasonPath) is not { } season || reader.Plan(firstPath, season) is not { } first
            || reader.Plan(secondPath, season) is not { } second)
        {
            return ExitCode.BadInput;
        }

        PlanDiff diff = PlanComparer.Compare(season, first, second);
        if (workbook is not null)
        {
            PlanDiffWorkbook.Write(season, diff, workbook, Host.Language);
        }

        if (json)
        {
            JsonOutput.Write(Host, DiffOutput.Document(diff));
        }
        else
        {
            DiffOutput.Print(Host, diff);
        }

        return ExitCode.Done;
    }
}
