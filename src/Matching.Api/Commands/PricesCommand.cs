using System.CommandLine;
using Matching.Api.Output;
using Matching.Scenarios;

namespace Matching.Api.Commands;

/// <summary><c>matching prices SEASON PLAN</c>: what one more seat, bed, broker or worker is worth, and what rules cost.</summary>
internal sealed class PricesCommand : CliCommand
{
    private readonly Argument<string?> _season;
    private readonly Argument<string?> _plan;
    private readonly ValueOption _seconds;
    private readonly ValueOption _seed;
    private readonly Option<bool> _json;

    public PricesCommand(CliHost host)
        : base("prices", host, OperationTexts.PricesCommand)
    {
        _season = Positional("SEASON", HelpTexts.Season);
        _plan = Positional("PLAN", HelpTexts.Plan);
        _seconds = Value("--seconds", "S", OperationTexts.RuleSeconds, "2");
        _seed = Value("--seed", "N", HelpTexts.Seed, "1");
        _json = Flag("--json", HelpTexts.Json);
    }

    /// <inheritdoc/>
    public override Task<int> RunAsync(ArgumentReader arguments, CancellationToken cancellationToken)
    {
        string season = arguments.Required(_season);
        string plan = arguments.Required(_plan);
        ScenarioOptions options = new()
        {
            Seconds = arguments.NumberAbove(_seconds, 0, 2),
            Seed = arguments.Whole(_seed, long.MinValue, long.MaxValue) ?? 1,
        };
        return Task.FromResult(arguments.Faults.Count > 0
            ? arguments.Refuse(this)
            : Answer(
                season, plan, arguments.Has(_json), (s, p) => Pricer.Price(s, p, options, cancellationToken), PriceOutput.Document, PriceOutput.Print));
    }
}
