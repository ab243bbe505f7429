using System.CommandLine;
using Matching.Api.Output;
using Matching.Api.Progress;
using Matching.Model;
using Matching.Scenarios;

namespace Matching.Api.Commands;

/// <summary><c>matching whatif SEASON PLAN --scenario NAME=FILE … --out DIR</c>: scenarios side by side.</summary>
internal sealed class WhatIfCommand : CliCommand
{
    private readonly Argument<string?> _season;
    private readonly Argument<string?> _plan;
    private readonly ManyOption _scenarios;
    private readonly ValueOption _out;
    private readonly ValueOption _seconds;
    private readonly ValueOption _seed;
    private readonly Option<bool> _json;

    public WhatIfCommand(CliHost host)
        : base("whatif", host, OperationTexts.WhatIfCommand)
    {
        _season = Positional("SEASON", HelpTexts.Season);
        _plan = Positional("PLAN", HelpTexts.Plan);
        _scenarios = new ManyOption("--scenario", "NAME=FILE", host.In(OperationTexts.Scenario));
        Add(_scenarios);
        _out = Value("--out", "DIR", OperationTexts.WhatIfOut, required: true);
        _seconds = Value("--seconds", "S", OperationTexts.ScenarioSeconds, "10");
        _seed = Value("--seed", "N", HelpTexts.Seed, "1");
        _json = Flag("--json", HelpTexts.Json);
    }

    /// <inheritdoc/>
    public override Task<int> RunAsync(ArgumentReader arguments, CancellationToken cancellationToken)
    {
        string season = arguments.Required(_season);
        string plan = arguments.Required(_plan);
        string folder = arguments.Required(_out);
        ScenarioOptions options = new()
        {
            Seconds = arguments.NumberAbove(_seconds, 0, 10),
            Seed = arguments.Whole(_seed, long.MinValue, long.MaxValue) ?? 1,
        };
        List<(string Name, string File)> scenarios = [];
        foreach (string text in arguments.Many(_scenarios))
        {
            int at = text.IndexOf('=', StringComparison.Ordinal);
            string name = at > 0 ? text[..at] : "";
            if (at < 1 || at == text.Length - 1 || name.AsSpan().ContainsAny(Path.GetInvalidFileNameChars()) || name is "." or ".." or ScenarioRunner.Unchanged
                || scenarios.Exists(s => s.Name == name))
            {
                arguments.Fault(OperationTexts.NotScenario, text);
            }
            else
            {
                scenarios.Add((name, text[(at + 1)..]));
            }
        }

        if (arguments.Faults.Count == 0 && scenarios.Count == 0)
        {
            arguments.Fault(FaultTexts.MissingOption, _scenarios.Name);
        }

        bool json = arguments.Has(_json);
        if (arguments.Faults.Count > 0)
        {
            return Task.FromResult(arguments.Refuse(this));
        }

        using StopSignals signals = new(Host, cancellationToken);
        return Task.FromResult(Run(season, plan, folder, scenarios, options, json, signals.Token));
    }

    private int Run(
        string seasonPath, string planPath, string folder, List<(string Name, string File)> files, ScenarioOptions options, bool json, CancellationToken stop)
    {
        PlanOutput[] outputs = [.. files.Select(f => new PlanOutput(Host, Path.Combine(folder, f.Name), seasonPath))];
        InputReader reader = new(Host, json);
        if (!Array.TrueForAll(outputs, o => o.IsAccepted()) || reader.Season(seasonPath) is not { } season || reader.Plan(planPath, season) is not { } plan)
        {
            return ExitCode.BadInput;
        }

        List<KeyValuePair<string, Season>> scenarios = [];
        foreach ((string name, string file) in files)
        {
            if (reader.Changed(file, season) is not { } changed)
            {
                return ExitCode.BadInput;
            }

            scenarios.Add(new(name, changed));
        }

        ScenarioTable table = ScenarioRunner.Run(season, plan, scenarios, options, stop);
        for (int i = 0; i < outputs.Length; i++)
        {
            outputs[i].Write(table.Scenarios[i].Season, table.Scenarios[i].Plan, DiffOutput.Document(table.Scenarios[i].Diff));
        }

        if (json)
        {
            JsonOutput.Write(Host, ScenarioOutput.Document(table, folder));
        }
        else
        {
            ScenarioOutput.Print(Host, table);
        }

        return stop.IsCancellationRequested ? ExitCode.Cancelled : ExitCode.Done;
    }
}
