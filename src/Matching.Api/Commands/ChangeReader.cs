using Matching.Api.Output;
using Matching.Changes;
using Matching.Files;

namespace Matching.Api.Commands;

/// <summary>Reads change sets for commands, and tells why one is refused.</summary>
internal static class ChangeReader
{
    /// <summary>The text of a change set, or null when why not has been told.</summary>
    public static async Task<string?> ReadAsync(CliHost host, string path, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllTextAsync(path, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await host.Error.WriteLineAsync(host.In(FaultTexts.CannotRead, path, e.Message));
            return null;
        }
    }

    /// <summary>Tells a refusal: the change, what was expected, and every fault the season would have.</summary>
    public static void Tell(CliHost host, string path, ChangeRefusal refusal, bool json)
    {
        host.Error.WriteLine(refusal.Index is { } index
            ? host.In(FaultTexts.ChangeRefused, path, index, refusal.Expected)
            : host.In(FaultTexts.NoChangeSet, path, refusal.Expected));
        foreach (Fault fault in refusal.Faults)
        {
            host.Error.WriteLine(FaultPrinter.LineOf(host, fault));
        }

        if (json)
        {
            JsonOutput.Write(host, new { refusal.Index, refusal.Expected, refusal.Faults });
        }
    }
}
