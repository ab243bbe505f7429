using System.CommandLine;
using System.Text.Json;
using Matching.Api.Output;
using Matching.Stress;

namespace Matching.Api.Commands;

/// <summary><c>matching stress SEASON PLAN --replays N --seed S</c>: what a plan can bear.</summary>
internal sealed class StressCommand : CliCommand
{
    private const int MostReplays = 1_000_000;
    private readonly Argument<string?> _season;
    private readonly Argument<string?> _plan;
    private readonly ValueOption _replays;
    private readonly ValueOption _seed;
    private readonly ValueOption _rates;
    private readonly Option<bool> _json;

    public StressCommand(CliHost host)
        : base("stress", host, OperationTexts.StressCommand)
    {
        _season = Positional("SEASON", HelpTexts.Season);
        _plan = Positional("PLAN", HelpTexts.Plan);
        _replays = Value("--replays", "N", OperationTexts.Replays, "1000");
        _seed = Value("--seed", "S", HelpTexts.Seed, "1");
        _rates = Value("--rates", "FILE", OperationTexts.Rates);
        _json = Flag("--json", HelpTexts.Json);
    }

    /// <inheritdoc/>
    public override Task<int> RunAsync(ArgumentReader arguments, CancellationToken cancellationToken)
    {
        string season = arguments.Required(_season);
        string plan = arguments.Required(_plan);
        int replays = (int)(arguments.Whole(_replays, 1, MostReplays) ?? 1000);
        long seed = arguments.Whole(_seed, long.MinValue, long.MaxValue) ?? 1;
        StressRates rates = arguments.Optional(_rates) is { } file ? Rates(arguments, file) : new StressRates();
        return Task.FromResult(arguments.Faults.Count > 0
            ? arguments.Refuse(this)
            : Answer(
                season, plan, arguments.Has(_json), (s, p) => StressTest.Run(s, p, replays, seed, rates, cancellationToken),
                (_, result) => StressOutput.Document(result, seed, rates), StressOutput.Print));
    }

    private static StressRates Rates(ArgumentReader arguments, string file)
    {
        try
        {
            StressRates rates = JsonSerializer.Deserialize<StressRates>(File.ReadAllText(file), JsonOutput.Strict) ?? new StressRates();
            rates.Validate();
            return rates;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException or ArgumentOutOfRangeException)
        {
            arguments.Fault(OperationTexts.CannotRead, file, fault.Message);
            return new StressRates();
        }
    }
}
