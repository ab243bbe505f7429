using System.CommandLine;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text;
using Matching.Api.Commands;
using Matching.Api.Output;
using Matching.Api.Progress;
using Matching.Reporting;

namespace Matching.Api;

/// <summary>The command line as a whole: finds the language and the command, runs it, and turns every end into an exit code.</summary>
internal static class Cli
{
    private const string LanguageOption = "--lang";

    // POSIX: the first of these that is set and not empty decides.
    private static readonly string[] LocaleVariables = ["LC_ALL", "LC_MESSAGES", "LANG"];
    private static readonly Dictionary<string, ReportLanguage> Languages = new(StringComparer.OrdinalIgnoreCase)
    {
        ["zh"] = ReportLanguage.Chinese,
        ["en"] = ReportLanguage.English,
    };

    /// <summary>Runs on the process's console.</summary>
    public static async Task<int> RunFromConsoleAsync(string[] args)
    {
        StopSignals.HearInterrupts();
        Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        CliHost host = new()
        {
            Out = Console.Out,
            Error = Console.Error,
            IsTerminal = !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") != "dumb",
            HandlesSignals = true,
            Environment = Environment.GetEnvironmentVariable,
            Startup = SinceProcessStart(),
        };
        return await RunAsync(args, host, CancellationToken.None);
    }

    private static TimeSpan SinceProcessStart()
    {
        using Process self = Process.GetCurrentProcess();
        return TimeProvider.System.GetUtcNow() - self.StartTime;
    }

    /// <summary>Runs a command line. Never throws.</summary>
    /// <param name="args">The arguments, without the program's name.</param>
    /// <param name="host">Where texts go.</param>
    /// <param name="cancellationToken">Does what Ctrl-C does.</param>
    /// <returns>The exit code, one of <see cref="ExitCode"/>.</returns>
    [SuppressMessage("Design", "CA1031", Justification = "The process ends here: whatever comes this far is told in one line and by its exit code.")]
    public static async Task<int> RunAsync(string[] args, CliHost host, CancellationToken cancellationToken)
    {
        host = host with { Language = LanguageOf(args, host) };
        try
        {
            return await RunCommandAsync(args, host, cancellationToken);
        }
        catch (Exception e)
        {
            Exception cause = e is AggregateException { InnerException: { } inner } ? inner : e;
            await host.Error.WriteLineAsync(host.In(FaultTexts.Failed, cause.GetType().Name, OneLine(cause.Message)));
            return ExitCode.Failed;
        }
    }

    private static async Task<int> RunCommandAsync(string[] args, CliHost host, CancellationToken cancellationToken)
    {
        RootPage root = new(host);

        // No response files: an argument that begins with @ is a path like any other.
        ParseResult parse = root.Parse(args, new ParserConfiguration { EnablePosixBundling = false, ResponseFileTokenReplacer = null });
        Command command = parse.CommandResult.Command;
        if (parse.GetResult(root.Help) is { Implicit: false })
        {
            HelpPage.Write(host, root, command);
            return ExitCode.Done;
        }

        if (parse.GetResult(root.Version) is { Implicit: false })
        {
            await host.Out.WriteLineAsync(Version);
            return ExitCode.Done;
        }

        ArgumentReader arguments = new(host, parse);
        arguments.Choice(root.Language, Languages);
        if (command is CliCommand runnable)
        {
            return await runnable.RunAsync(arguments, cancellationToken);
        }

        if (arguments.Faults.Count == 0)
        {
            arguments.Fault(FaultTexts.NoCommand);
        }

        return arguments.Refuse(command);
    }

    /// <summary>The program's version, without the build's commit.</summary>
    public static string Version { get; } =
        (typeof(Cli).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0").Split('+')[0];

    /// <summary>
    /// The language is needed before the arguments are judged, because the judgement is told in it; so this looks for
    /// <c>--lang</c> by itself and leaves faults in it to the reader.
    /// </summary>
    private static ReportLanguage LanguageOf(string[] args, CliHost host)
    {
        for (int i = 0; i < args.Length; i++)
        {
            string? value = args[i] == LanguageOption && i + 1 < args.Length ? args[i + 1]
                : args[i].StartsWith(LanguageOption + '=', StringComparison.Ordinal) ? args[i][(LanguageOption.Length + 1)..]
                : null;
            if (value is not null && Languages.TryGetValue(value, out ReportLanguage asked))
            {
                return asked;
            }
        }

        string? locale = LocaleVariables.Select(host.Environment).FirstOrDefault(v => !string.IsNullOrEmpty(v));
        return locale is not null && locale.StartsWith("zh", StringComparison.OrdinalIgnoreCase)
            ? ReportLanguage.Chinese : ReportLanguage.English;
    }

    private static string OneLine(string text) => string.Join(' ', text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries));
}
