using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Matching.Api.Http;

/// <summary>Turns every error into one RFC 9457 body: those that are thrown, and bare statuses of the framework.</summary>
internal sealed partial class ProblemMiddleware(RequestDelegate next, ILogger<ProblemMiddleware> log)
{
    private const int ClientClosedRequest = 499;

    /// <summary>Runs the rest of the pipeline.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "The last line of a request: whatever comes this far is logged and told as a 500.")]
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
            if (!context.Response.HasStarted && context.Response.StatusCode >= 400 && context.Response.ContentType is null && context.Response.ContentLength is null or 0)
            {
                await WriteAsync(context, ProblemCodes.OfStatus(context.Response.StatusCode), null, []);
            }
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            context.Response.StatusCode = ClientClosedRequest;
        }
        catch (ProblemException problem) when (!context.Response.HasStarted)
        {
            await WriteAsync(context, problem.Problem, problem.Message, problem.More);
        }
        catch (BadHttpRequestException bad) when (!context.Response.HasStarted)
        {
            await WriteAsync(context, ProblemCodes.OfStatus(bad.StatusCode), bad.Message, []);
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            RequestFailed(log, e, context.Request.Method, context.Request.Path);
            await WriteAsync(context, ProblemCodes.Internal, null, []);
        }
    }

    /// <summary>Writes the body.</summary>
    public static async Task WriteAsync(HttpContext context, ProblemCode problem, string? detail, IReadOnlyList<(string Name, object? Value)> more)
    {
        Dictionary<string, object?> body = new(StringComparer.Ordinal)
        {
            ["type"] = $"urn:matching:problem:{problem.Code}",
            ["title"] = problem.Title,
            ["status"] = problem.Status,
            ["detail"] = detail ?? problem.Title,
            ["instance"] = context.Request.Path.Value,
            ["code"] = problem.Code,
            ["traceId"] = Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier,
        };
        foreach ((string name, object? value) in more)
        {
            body[name] = value;
        }

        // Headers such as Allow, Retry-After and WWW-Authenticate stay.
        context.Response.StatusCode = problem.Status;
        context.Response.ContentType = "application/problem+json";
        await context.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(body, ApiJson.Options), context.RequestAborted);
    }

    [LoggerMessage(LogLevel.Error, "{Method} {Path} failed.")]
    private static partial void RequestFailed(ILogger log, Exception exception, string method, string path);
}
