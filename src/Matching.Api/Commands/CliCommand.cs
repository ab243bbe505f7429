using System.CommandLine;
using Matching.Api.Output;
using Matching.Model;
using Matching.Plans;
using Matching.Reporting;

namespace Matching.Api.Commands;

/// <summary>A command of the program: what it takes, and what it does with it.</summary>
internal abstract class CliCommand : Command
{
    protected CliCommand(string name, CliHost host, Text description)
        : base(name, host.In(description)) => Host = host;

    /// <summary>What surrounds the run.</summary>
    protected CliHost Host { get; }

    /// <summary>Does it.</summary>
    /// <returns>The exit code.</returns>
    public abstract Task<int> RunAsync(ArgumentReader arguments, CancellationToken cancellationToken);

    /// <summary>Reads a season and a plan, finds the answer, and writes it as a document or for people.</summary>
    /// <returns>The exit code.</returns>
    protected int Answer<T>(
        string seasonPath, string planPath, bool json, Func<Season, Plan, T> find, Func<ReportLanguage, T, object> document, Action<CliHost, T> print)
    {
        InputReader reader = new(Host, json);
        if (reader.Season(seasonPath) is not { } season || reader.Plan(planPath, season) is not { } plan)
        {
            return ExitCode.BadInput;
        }

        T answer = find(season, plan);
        if (json)
        {
            JsonOutput.Write(Host, document(Host.Language, answer));
        }
        else
        {
            print(Host, answer);
        }

        return ExitCode.Done;
    }

    /// <summary>Adds a positional argument that must be given.</summary>
    protected Argument<string?> Positional(string name, Text description)
    {
        Argument<string?> argument = new(name) { Description = Host.In(description), Arity = ArgumentArity.ZeroOrOne };
        Add(argument);
        return argument;
    }

    /// <summary>Adds an option that takes a value.</summary>
    protected ValueOption Value(string name, string valueName, Text description, string? defaultText = null, bool required = false)
    {
        ValueOption option = new(name, valueName, Host.In(description)) { DefaultText = defaultText, IsRequired = required };
        Add(option);
        return option;
    }

    /// <summary>Adds an option that is there or not.</summary>
    protected Option<bool> Flag(string name, Text description)
    {
        Option<bool> option = new(name) { Description = Host.In(description), Arity = ArgumentArity.Zero };
        Add(option);
        return option;
    }
}
