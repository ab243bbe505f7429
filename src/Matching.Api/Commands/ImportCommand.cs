using System.CommandLine;
using Matching.Api.Output;
using Matching.Api.Progress;
using Matching.Importing;
using Matching.Repairing;

namespace Matching.Api.Commands;

/// <summary><c>matching import SEASON PLAN WORKBOOK --out PLAN2</c>: an edited roster workbook becomes a plan.</summary>
internal sealed class ImportCommand : CliCommand
{
    private readonly Argument<string?> _season;
    private readonly Argument<string?> _plan;
    private readonly Argument<string?> _workbook;
    private readonly ValueOption _out;
    private readonly ValueOption _seconds;
    private readonly Option<bool> _json;

    public ImportCommand(CliHost host)
        : base("import", host, OperationTexts.ImportCommand)
    {
        _season = Positional("SEASON", HelpTexts.Season);
        _plan = Positional("PLAN", HelpTexts.Plan);
        _workbook = Positional("WORKBOOK", OperationTexts.Workbook);
        _out = Value("--out", "PLAN2", HelpTexts.PlanOut, required: true);
        _seconds = Value("--seconds", "S", HelpTexts.Seconds, "2");
        _json = Flag("--json", HelpTexts.Json);
    }

    /// <inheritdoc/>
    public override Task<int> RunAsync(ArgumentReader arguments, CancellationToken cancellationToken)
    {
        string season = arguments.Required(_season);
        string plan = arguments.Required(_plan);
        string workbook = arguments.Required(_workbook);
        string output = arguments.Required(_out);
        RepairOptions options = new() { Seconds = arguments.NumberAbove(_seconds, 0, 2) };
        bool json = arguments.Has(_json);
        if (arguments.Faults.Count > 0)
        {
            return Task.FromResult(arguments.Refuse(this));
        }

        using StopSignals signals = new(Host, cancellationToken);
        return Task.FromResult(Run(season, plan, workbook, new PlanOutput(Host, output, season), options, json, signals.Token));
    }

    private int Run(
        string seasonPath, string planPath, string workbookPath, PlanOutput output, RepairOptions options, bool json, CancellationToken stop)
    {
        InputReader reader = new(Host, json);
        if (!output.IsAccepted() || reader.Season(seasonPath) is not { } season || reader.Plan(planPath, season) is not { } plan)
        {
            return ExitCode.BadInput;
        }

        ImportResult result;
        try
        {
            using FileStream workbook = File.OpenRead(workbookPath);
            result = PlanImporter.Import(season, plan, workbook, Path.GetFileName(workbookPath), options, stop);
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
        {
            Host.Error.WriteLine(Host.In(OperationTexts.CannotRead, workbookPath, missing.Message));
            return ExitCode.BadInput;
        }

        if (result.Repair is not { } repair)
        {
            FaultPrinter.Write(Host, Host.Error, workbookPath, result.Faults);
            if (json)
            {
                JsonOutput.Write(Host, JsonOutput.Reading(result.Faults, reader.Notes));
            }

            return ExitCode.BadInput;
        }

        output.Write(season, repair.Plan, DiffOutput.Document(repair.Diff));
        if (json)
        {
            JsonOutput.Write(Host, ImportOutput.Document(Host, result, repair, output.Folder));
        }
        else
        {
            ImportOutput.Print(Host, result);
            RepairOutput.Print(Host, repair, output.Folder);
        }

        return stop.IsCancellationRequested ? ExitCode.Cancelled : result.Broken.IsEmpty ? ExitCode.Done : ExitCode.Illegal;
    }
}
