using System.Globalization;
using Matching.Reporting;

namespace Matching.Api;

/// <summary>What surrounds a run of the command line, so that tests can stand in for the process.</summary>
internal sealed record CliHost
{
    /// <summary>Results go here.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>Progress, remarks and faults go here.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Whether <see cref="Error"/> is a terminal that can redraw lines.</summary>
    public bool IsTerminal { get; init; }

    /// <summary>Whether Ctrl-C and SIGTERM are caught where a command can end early with a result.</summary>
    public bool HandlesSignals { get; init; }

    /// <summary>Reads an environment variable; null when unset.</summary>
    public Func<string, string?> Environment { get; init; } = _ => null;

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>How long the process took to come this far; null where no process was started for the run.</summary>
    public TimeSpan? Startup { get; init; }

    /// <summary>The language of all texts; set once the arguments are known.</summary>
    public ReportLanguage Language { get; init; } = ReportLanguage.English;

    /// <summary>The text in the language of this run.</summary>
    public string In(Text text) => text.In(Language);

    /// <summary>The text in the language of this run with its holes filled.</summary>
    public string In(Text text, params ReadOnlySpan<object?> holes) =>
        string.Format(CultureInfo.InvariantCulture, text.In(Language), holes);
}
