using System.Globalization;
using Microsoft.Net.Http.Headers;

namespace Matching.Api.Http;

/// <summary>Versions of things as HTTP says them.</summary>
internal static class ETags
{
    /// <summary>Tells the version of what is answered.</summary>
    public static void Set(HttpContext context, int revision) => context.Response.Headers.ETag = Of(revision);

    /// <summary>Whether the request is about a certain version.</summary>
    public static bool IsGiven(HttpContext context) => context.Request.Headers.IfMatch is { Count: > 0 } given && !given.Contains("*");

    /// <summary>Whether the request is about this version: it names none, or this one.</summary>
    public static bool Matches(HttpContext context, int revision) =>
        context.Request.Headers.IfMatch is not { Count: > 0 } given
        || given.Any(g => g == "*")
        || (EntityTagHeaderValue.TryParseList([.. given.OfType<string>()], out IList<EntityTagHeaderValue>? tags)
            && tags.Any(t => !t.IsWeak && t.Tag == Of(revision)));

    /// <summary>Refuses a request that is about an older version.</summary>
    public static void Require(HttpContext context, int revision)
    {
        if (!Matches(context, revision))
        {
            throw new ProblemException(ProblemCodes.Version, $"The version is {Of(revision)} by now.");
        }
    }

    private static string Of(int revision) => string.Create(CultureInfo.InvariantCulture, $"\"{revision}\"");
}
