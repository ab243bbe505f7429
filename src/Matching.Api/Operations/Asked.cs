using System.Globalization;
using Matching.Api.Http;
using Matching.Changes;
using Matching.Model;

namespace Matching.Api.Operations;

/// <summary>Judges what the operations are asked.</summary>
internal static class Asked
{
    private const double MostSeconds = 86_400;

    /// <summary>Refuses an id that names nothing.</summary>
    public static void Known(bool known, string field, string what, string id)
    {
        if (!known)
        {
            throw new ProblemException(ProblemCodes.UnknownId, $"'{field}': there is no {what} '{id}'.");
        }
    }

    /// <summary>Seconds of search, or the default.</summary>
    public static double Seconds(double? asked, double usual) => (asked ?? usual) is var seconds && seconds > 0 && seconds <= MostSeconds
        ? seconds : throw ProblemException.BadRequest(string.Create(CultureInfo.InvariantCulture, $"'seconds' is above 0 and at most {MostSeconds}."));

    /// <summary>The changed season.</summary>
    /// <exception cref="ProblemException">The change set was refused.</exception>
    public static Season Changed(ChangeResult result, params ReadOnlySpan<(string Name, object? Value)> more) => result.Refusal is { } refusal
        ? throw new ProblemException(
            ProblemCodes.Change, $"Change {refusal.Index?.ToString(CultureInfo.InvariantCulture) ?? "set"}: expected {refusal.Expected}.",
            [("index", refusal.Index), ("expected", refusal.Expected), ("faults", refusal.Faults), .. more])
        : result.OrThrow();
}
