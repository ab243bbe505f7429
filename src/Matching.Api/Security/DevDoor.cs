using System.Net;
using Matching.Api.Http;

namespace Matching.Api.Security;

/// <summary>
/// With <c>--dev</c> everybody who reaches the server is an administrator, also a web page open in the developer's browser. So a
/// request must be meant for this machine by name and come from no foreign page.
/// </summary>
internal sealed class DevDoor(RequestDelegate next)
{
    /// <summary>Runs the rest of the pipeline.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        bool isOwn = IsLoopback(context.Request.Host.Host)
            && (context.Request.Headers.Origin.ToString() is not { Length: > 0 } origin
                || (Uri.TryCreate(origin, UriKind.Absolute, out Uri? page) && IsLoopback(page.Host)));
        return isOwn ? next(context) : throw new ProblemException(ProblemCodes.Forbidden, "With --dev only requests to and from this machine are taken.");
    }

    /// <summary>Whether a name is this machine's own.</summary>
    public static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? address) && IPAddress.IsLoopback(address));
}
