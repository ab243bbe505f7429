using System.CommandLine;
using Matching.Api.Output;
using Matching.Api.Progress;
using Matching.Checking;
using Matching.Files;
using Matching.Model;
using Matching.Plans;
using Matching.Reporting;
using Matching.Search;

namespace Matching.Api.Commands;

/// <summary><c>matching plan SEASON --out PLAN</c>: plans a season.</summary>
internal sealed class PlanCommand : CliCommand
{
    private readonly Argument<string?> _season;
    private readonly ValueOption _out;
    private readonly ValueOption _seconds;
    private readonly ValueOption _seed;
    private readonly ValueOption _threads;
    private readonly Option<bool> _reproducible;
    private readonly Option<bool> _untilFlat;
    private readonly Option<bool> _json;

    public PlanCommand(CliHost host)
        : base("plan", host, HelpTexts.PlanCommand)
    {
        _season = Positional("SEASON", HelpTexts.Season);
        _out = Value("--out", "PLAN", HelpTexts.PlanOut, required: true);
        _seconds = Value("--seconds", "S", HelpTexts.Seconds, "120");
        _seed = Value("--seed", "N", HelpTexts.Seed, "1");
        _threads = Value("--threads", "N", HelpTexts.Threads, host.In(HelpTexts.AllProcessors));
        _reproducible = Flag("--reproducible", HelpTexts.Reproducible);
        _untilFlat = Flag("--until-flat", HelpTexts.UntilFlat);
        _json = Flag("--json", HelpTexts.Json);
    }

    /// <inheritdoc/>
    public override async Task<int> RunAsync(ArgumentReader arguments, CancellationToken cancellationToken)
    {
        PlanOptions defaults = new();
        string season = arguments.Required(_season);
        string path = arguments.Required(_out);
        bool json = arguments.Has(_json);
        PlanOptions options = new()
        {
            Seconds = arguments.NumberAbove(_seconds, 0, defaults.Seconds),
            Seed = arguments.Whole(_seed, long.MinValue, long.MaxValue) ?? defaults.Seed,
            Threads = (int)(arguments.Whole(_threads, 1, MostThreads) ?? defaults.Threads),
            Reproducible = arguments.Has(_reproducible),
            UntilFlat = arguments.Has(_untilFlat) ? new FlatStop() : null,
        };
        if (arguments.Faults.Count > 0)
        {
            return arguments.Refuse(this);
        }

        using StopSignals signals = new(Host, cancellationToken);
        return await RunAsync(season, new PlanOutput(Host, path, season), options, json, signals.Token);
    }

    private const int MostThreads = 1024;

    private async Task<int> RunAsync(string path, PlanOutput output, PlanOptions options, bool json, CancellationToken stop)
    {
        long reading = Host.Time.GetTimestamp();
        if (!output.IsAccepted() || new InputReader(Host, json).Season(path) is not { } season)
        {
            return ExitCode.BadInput;
        }

        double read = Host.Time.GetElapsedTime(reading).TotalSeconds;
        await Host.Error.WriteLineAsync(Host.In(
            RunTexts.SeasonLine, season.Name, Figures.Count(season.Workers.Length), Figures.Count(season.Brokers.Length),
            Figures.Count(season.Orders.Length), Figures.Count(season.Vehicles.Length), season.DayCount));

        PlanResult result = await PlanAsync(season, options, stop);
        long writing = Host.Time.GetTimestamp();
        output.Write(season, result);
        StageTime[] stages = StagesOf(result, read, Host.Time.GetElapsedTime(writing).TotalSeconds);

        Worth worth = result.Plan.Facts?.Worth ?? PlanChecker.Check(season, result.Plan).Worth;
        PlanSummary summary = PlanSummary.Of(season, result.Plan);
        if (json)
        {
            JsonOutput.Write(Host, JsonOutput.Run(result, stages, summary, worth, output.Folder));
        }
        else
        {
            RunPrinter.Write(Host, result, stages, summary, worth, output.Folder);
        }

        return result.StoppedBy == StopReason.Cancelled ? ExitCode.Cancelled : ExitCode.Done;
    }

    // A reproducible run has no clock to show: neither the planner's nor this one.
    private StageTime[] StagesOf(PlanResult result, double read, double files) => result.Stages.IsEmpty ? [] :
    [
        .. Host.Startup is { } startup ? [new StageTime("start", startup.TotalSeconds)] : Array.Empty<StageTime>(),
        new StageTime("read", read),
        .. result.Stages,
        new StageTime("files", files),
    ];

    private async Task<PlanResult> PlanAsync(Season season, PlanOptions options, CancellationToken stop)
    {
        SeasonPlanner planner = new(options);
        if (Host.IsTerminal)
        {
            ProgressBar bar = new(Host, options, stop);
            Task<PlanResult> drawn = Task.Run(() => planner.Plan(season, bar, stop), CancellationToken.None);
            await bar.WatchAsync(drawn);
            return await drawn;
        }

        ProgressLines lines = new(Host, options);
        Task<PlanResult> told = Task.Run(() => planner.Plan(season, lines, stop), CancellationToken.None);
        await lines.WatchAsync(told);
        return await told;
    }
}
