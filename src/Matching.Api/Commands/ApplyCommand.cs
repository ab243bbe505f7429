using System.CommandLine;
using Matching.Api.Output;
using Matching.Changes;
using Matching.Files;
using Matching.Model;

namespace Matching.Api.Commands;

/// <summary><c>matching apply SEASON --changes FILE --out SEASON2</c>: writes the season a change set makes.</summary>
internal sealed class ApplyCommand : CliCommand
{
    private readonly Argument<string?> _season;
    private readonly ValueOption _changes;
    private readonly ValueOption _out;
    private readonly Option<bool> _json;

    public ApplyCommand(CliHost host)
        : base("apply", host, HelpTexts.ApplyCommand)
    {
        _season = Positional("SEASON", HelpTexts.Season);
        _changes = Value("--changes", "FILE", HelpTexts.Changes, required: true);
        _out = Value("--out", "SEASON", HelpTexts.GenerateOut, required: true);
        _json = Flag("--json", HelpTexts.Json);
    }

    /// <inheritdoc/>
    public override async Task<int> RunAsync(ArgumentReader arguments, CancellationToken cancellationToken)
    {
        string source = arguments.Required(_season);
        string changes = arguments.Required(_changes);
        string path = arguments.Required(_out);
        bool json = arguments.Has(_json);
        if (arguments.Faults.Count > 0)
        {
            return arguments.Refuse(this);
        }

        // With --json the document alone stands on the output.
        CliHost quiet = json ? Host with { Out = TextWriter.Null } : Host;
        SeasonOutput output = new(quiet, path, source);
        if (!output.IsAccepted() || new InputReader(Host, json).Season(source) is not { } season
            || await ChangeReader.ReadAsync(Host, changes, cancellationToken) is not { } text)
        {
            return ExitCode.BadInput;
        }

        ChangeResult result = ChangeSet.Apply(season, text);
        if (result.Refusal is { } refusal)
        {
            ChangeReader.Tell(Host, changes, refusal, json);
            return ExitCode.BadInput;
        }

        Season changed = result.OrThrow();
        output.Write(changed);
        if (json)
        {
            JsonOutput.Write(Host, JsonOutput.ValidSeason(changed, []));
        }

        return ExitCode.Done;
    }
}
