using System.CommandLine;
using Matching.Api.Output;
using Matching.Api.Progress;
using Matching.Repairing;

namespace Matching.Api.Commands;

/// <summary><c>matching repair SEASON PLAN --changes FILE --out PLAN2</c>: a legal plan again after events, near the one there was.</summary>
internal sealed class RepairCommand : CliCommand
{
    private readonly Argument<string?> _season;
    private readonly Argument<string?> _plan;
    private readonly ValueOption _changes;
    private readonly ValueOption _out;
    private readonly ValueOption _now;
    private readonly ValueOption _freeze;
    private readonly ValueOption _stay;
    private readonly ValueOption _seconds;
    private readonly Option<bool> _json;

    public RepairCommand(CliHost host)
        : base("repair", host, OperationTexts.RepairCommand)
    {
        _season = Positional("SEASON", HelpTexts.Season);
        _plan = Positional("PLAN", HelpTexts.Plan);
        _changes = Value("--changes", "FILE", OperationTexts.Changes, required: true);
        _out = Value("--out", "PLAN2", HelpTexts.PlanOut, required: true);
        _now = Value("--now", "WHEN", OperationTexts.Now);
        _freeze = Value("--freeze-until", "DATE", OperationTexts.FreezeUntil);
        _stay = Value("--stay", "WEIGHT", OperationTexts.Stay, "1");
        _seconds = Value("--seconds", "S", HelpTexts.Seconds, "2");
        _json = Flag("--json", HelpTexts.Json);
    }

    /// <inheritdoc/>
    public override Task<int> RunAsync(ArgumentReader arguments, CancellationToken cancellationToken)
    {
        string season = arguments.Required(_season);
        string plan = arguments.Required(_plan);
        string changes = arguments.Required(_changes);
        string output = arguments.Required(_out);
        (DateOnly? now, TimeOnly? time) = Moment(arguments);
        RepairOptions options = new()
        {
            Now = now,
            Time = time,
            FreezeUntil = arguments.Day(_freeze),
            Stay = arguments.NumberAtLeast(_stay, 0, 1),
            Seconds = arguments.NumberAbove(_seconds, 0, 2),
        };
        bool json = arguments.Has(_json);
        if (arguments.Faults.Count > 0)
        {
            return Task.FromResult(arguments.Refuse(this));
        }

        using StopSignals signals = new(Host, cancellationToken);
        return Task.FromResult(Run(season, plan, changes, new PlanOutput(Host, output, season), options, json, signals.Token));
    }

    private int Run(
        string seasonPath, string planPath, string changesPath, PlanOutput output, RepairOptions options, bool json, CancellationToken stop)
    {
        InputReader reader = new(Host, json);
        if (!output.IsAccepted() || reader.Season(seasonPath) is not { } season || reader.Plan(planPath, season) is not { } plan
            || reader.Changed(changesPath, season) is not { } changed)
        {
            return ExitCode.BadInput;
        }

        RepairResult result = PlanRepairer.Repair(season, plan, changed, options, stop);
        output.Write(changed, result.Plan, DiffOutput.Document(result.Diff));
        if (json)
        {
            JsonOutput.Write(Host, RepairOutput.Document(result, output.Folder));
        }
        else
        {
            RepairOutput.Print(Host, result, output.Folder);
        }

        return stop.IsCancellationRequested ? ExitCode.Cancelled : ExitCode.Done;
    }

    /// <summary>A day, or an instant in UTC, which is told in the season's local time.</summary>
    private (DateOnly? Day, TimeOnly? Time) Moment(ArgumentReader arguments)
    {
        string? text = arguments.Optional(_now);
        if (text is not null && text.Contains('T', StringComparison.Ordinal))
        {
            if (RepairMoment.TryParse(text, out DateOnly day, out TimeOnly time))
            {
                return (day, time);
            }

            arguments.Fault(OperationTexts.NotInstant, _now.Name, text);
            return (null, null);
        }

        return (arguments.Day(_now), null);
    }
}
