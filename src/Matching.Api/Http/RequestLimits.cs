using Matching.Api.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Matching.Api.Http;

/// <summary>
/// Refuses requests with too long an address or too many headers. The server's own limits lie above these, so that what HTTP can
/// still read is answered with a problem body.
/// </summary>
internal sealed class RequestLimits(RequestDelegate next)
{
    private const int MostHeaderBytes = 32 << 10;
    private const int MostHeaders = 100;
    private const int MostTarget = 8 << 10;

    /// <summary>Sets the server's own limits.</summary>
    public static void Configure(KestrelServerLimits limits, ServeOptions options)
    {
        limits.MaxRequestBodySize = Math.Max(options.MostUploadBytes, options.MostJsonBytes);
        limits.MaxRequestHeadersTotalSize = 4 * MostHeaderBytes;
        limits.MaxRequestHeaderCount = 4 * MostHeaders;
        limits.MaxRequestLineSize = 4 * MostTarget;
    }

    /// <summary>Runs the rest of the pipeline.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        if (context.Request.Path.Value?.Length + context.Request.QueryString.Value?.Length > MostTarget)
        {
            throw new ProblemException(ProblemCodes.UriTooLong, $"An address has at most {MostTarget} characters.");
        }

        int bytes = 0;
        foreach ((string name, Microsoft.Extensions.Primitives.StringValues values) in context.Request.Headers)
        {
            bytes += name.Length + values.Sum(v => v?.Length ?? 0);
        }

        return bytes <= MostHeaderBytes && context.Request.Headers.Count <= MostHeaders
            ? next(context)
            : throw new ProblemException(ProblemCodes.HeadersTooLarge, $"Headers are at most {MostHeaders} and {MostHeaderBytes} characters.");
    }
}
