using System.CommandLine;
using Matching.Api.Output;
using Matching.Files;
using Matching.Model;

namespace Matching.Api.Commands;

/// <summary><c>matching validate SEASON</c>: every fault of a season, and nothing else.</summary>
internal sealed class ValidateCommand : CliCommand
{
    private readonly Argument<string?> _season;
    private readonly Option<bool> _json;

    public ValidateCommand(CliHost host)
        : base("validate", host, HelpTexts.ValidateCommand)
    {
        _season = Positional("SEASON", HelpTexts.Season);
        _json = Flag("--json", HelpTexts.Json);
    }

    /// <inheritdoc/>
    public override Task<int> RunAsync(ArgumentReader arguments, CancellationToken cancellationToken)
    {
        string path = arguments.Required(_season);
        bool json = arguments.Has(_json);
        return Task.FromResult(arguments.Faults.Count > 0 ? arguments.Refuse(this) : Run(path, json));
    }

    private int Run(string path, bool json)
    {
        ReadResult<Season> read = SeasonFiles.Read(path);
        if (json)
        {
            JsonOutput.Write(Host, read.Value is { } valid
                ? JsonOutput.ValidSeason(valid, read.Notes) : JsonOutput.Reading(read.Faults, read.Notes));
        }
        else
        {
            // Faults are what was asked for, so they are the result and not a remark beside it.
            FaultPrinter.WriteNotes(Host, Host.Out, read.Notes);
            if (read.Value is { } season)
            {
                TextTable table = new(false, true);
                foreach ((string file, int rows) in SeasonCounts.Of(season))
                {
                    table.Add(file, Figures.Count(rows));
                }

                table.Write(Host.Out);
                Host.Out.WriteLine(Host.In(RunTexts.ValidSeason));
            }
            else
            {
                FaultPrinter.Write(Host, Host.Out, path, read.Faults);
            }
        }

        return read.Value is null ? ExitCode.BadInput : ExitCode.Done;
    }
}
