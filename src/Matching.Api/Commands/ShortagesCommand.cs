using System.CommandLine;
using Matching.Api.Output;
using Matching.Why;

namespace Matching.Api.Commands;

/// <summary><c>matching shortages SEASON PLAN</c>: what of a plan's shortage no plan can avoid, with the count that proves it.</summary>
internal sealed class ShortagesCommand : CliCommand
{
    private readonly Argument<string?> _season;
    private readonly Argument<string?> _plan;
    private readonly ValueOption _level;
    private readonly Option<bool> _json;

    public ShortagesCommand(CliHost host)
        : base("shortages", host, OperationTexts.ShortagesCommand)
    {
        _season = Positional("SEASON", HelpTexts.Season);
        _plan = Positional("PLAN", HelpTexts.Plan);
        _level = Value("--level", "L", OperationTexts.ShortageLevel, "required");
        _json = Flag("--json", HelpTexts.Json);
    }

    /// <inheritdoc/>
    public override Task<int> RunAsync(ArgumentReader arguments, CancellationToken cancellationToken)
    {
        string season = arguments.Required(_season);
        string plan = arguments.Required(_plan);
        DemandLevel level = arguments.Choice(_level, ShortageOutput.Levels) ?? DemandLevel.Required;
        return Task.FromResult(arguments.Faults.Count > 0
            ? arguments.Refuse(this)
            : Answer(
                season, plan, arguments.Has(_json), (s, p) => ShortageProof.Find(s, p, level, cancellationToken), ShortageOutput.Document, ShortageOutput.Print));
    }
}
