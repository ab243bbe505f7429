using System.CommandLine;

namespace Matching.Api.Commands;

/// <summary><c>matching convert</c>: the same season in another container.</summary>
internal sealed class ConvertCommand : CliCommand
{
    private readonly Argument<string?> _season;
    private readonly ValueOption _out;

    public ConvertCommand(CliHost host)
        : base("convert", host, HelpTexts.ConvertCommand)
    {
        _season = Positional("SEASON", HelpTexts.Season);
        _out = Value("--out", "SEASON", HelpTexts.GenerateOut, required: true);
    }

    /// <inheritdoc/>
    public override Task<int> RunAsync(ArgumentReader arguments, CancellationToken cancellationToken)
    {
        string source = arguments.Required(_season);
        string path = arguments.Required(_out);
        return Task.FromResult(arguments.Faults.Count > 0 ? arguments.Refuse(this) : Run(source, path));
    }

    private int Run(string source, string path)
    {
        SeasonOutput output = new(Host, path, source);
        if (!output.IsAccepted() || new InputReader(Host, json: false).Season(source) is not { } season)
        {
            return ExitCode.BadInput;
        }

        output.Write(season);
        return ExitCode.Done;
    }
}
