using System.Text.Json;

namespace Matching.Api.Tests;

/// <summary>One run of the command line inside the test's own process.</summary>
/// <param name="Code">The exit code.</param>
/// <param name="Out">What stood on standard output.</param>
/// <param name="Error">What stood on standard error.</param>
internal sealed record CliRun(int Code, string Out, string Error)
{
    /// <summary>Everything printed.</summary>
    public string All => Out + Error;

    /// <summary>Runs it.</summary>
    public static Task<CliRun> OfAsync(params string[] args) => OfAsync(CancellationToken.None, args);

    /// <summary>Runs it with a token that does what Ctrl-C does.</summary>
    public static async Task<CliRun> OfAsync(CancellationToken stop, params string[] args)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        int code = await Cli.RunAsync(args, new CliHost { Out = output, Error = TextWriter.Synchronized(error) }, stop);
        return new CliRun(code, output.ToString(), error.ToString());
    }

    /// <summary>The one document on standard output.</summary>
    public JsonElement Json()
    {
        using JsonDocument document = JsonDocument.Parse(Out);
        return document.RootElement.Clone();
    }
}
