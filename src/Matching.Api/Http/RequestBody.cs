using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace Matching.Api.Http;

/// <summary>Reads bodies: JSON documents and uploaded files, neither beyond its limit.</summary>
internal static class RequestBody
{
    public const string Zip = "application/zip";
    public const string Workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    public const string Json = "application/json";

    private const int MemoryBytes = 1 << 20;

    /// <summary>The media type of the body, in small letters; null when none is given.</summary>
    public static string? TypeOf(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type) ? type.MediaType.Value?.ToLowerInvariant() : request.ContentType;

    /// <summary>Whether the body is a zip or a workbook.</summary>
    public static bool IsUpload(HttpRequest request) => TypeOf(request) is Zip or Workbook;

    /// <summary>Refuses a body that is none of the types.</summary>
    public static ProblemException WrongType(HttpRequest request, params ReadOnlySpan<string> taken) => new(
        ProblemCodes.UnsupportedMediaType,
        request.ContentType is { } given ? $"The body is '{given}'; this takes {string.Join(" or ", taken!)}." : $"Content-Type is missing; this takes {string.Join(" or ", taken!)}.");

    /// <summary>The upload in memory or in a file of its own, at its start; the caller disposes it.</summary>
    public static async Task<Stream> UploadAsync(HttpContext context, long most)
    {
        if (!IsUpload(context.Request))
        {
            throw WrongType(context.Request, Zip, Workbook);
        }

        return await BufferAsync(context, most);
    }

    /// <summary>A JSON document; unknown members are left aside.</summary>
    public static async Task<T> JsonAsync<T>(HttpContext context, long most)
        where T : class =>
        await OptionalJsonAsync<T>(context, most) ?? throw new ProblemException(ProblemCodes.MalformedJson, "The body is empty; a JSON object is needed.");

    /// <summary>A JSON document; null when there is no body.</summary>
    public static async Task<T?> OptionalJsonAsync<T>(HttpContext context, long most)
        where T : class
    {
        HttpRequest request = context.Request;
        if (request.ContentLength == 0 || (request.ContentLength is null && request.ContentType is null && !CanHaveBody(context)))
        {
            return null;
        }

        if (TypeOf(request) is not { } type || (type != Json && !type.EndsWith("+json", StringComparison.Ordinal)))
        {
            throw WrongType(request, Json);
        }

        await using Stream body = await BufferAsync(context, most);
        if (body.Length == 0)
        {
            return null;
        }

        try
        {
            return await JsonSerializer.DeserializeAsync<T>(body, ApiJson.Options, context.RequestAborted)
                ?? throw new ProblemException(ProblemCodes.MalformedJson, "The body is null; a JSON object is needed.");
        }
        catch (JsonException e)
        {
            throw new ProblemException(ProblemCodes.MalformedJson, $"{e.Path ?? "$"}, line {(e.LineNumber ?? 0) + 1}: the body is not the JSON this route takes.");
        }
    }

    private static bool CanHaveBody(HttpContext context) => context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody ?? true;

    private static async Task<Stream> BufferAsync(HttpContext context, long most)
    {
        if (context.Request.ContentLength > most)
        {
            throw TooLarge(most);
        }

        Stream? held = new MemoryStream();
        byte[] buffer = new byte[1 << 16];
        long total = 0;
        try
        {
            while (await context.Request.Body.ReadAsync(buffer, context.RequestAborted) is > 0 and int read)
            {
                total += read;
                if (total > most)
                {
                    throw TooLarge(most);
                }

                if (held is MemoryStream && total > MemoryBytes)
                {
                    Stream file = TempFile();
                    held.Position = 0;
                    await held.CopyToAsync(file, context.RequestAborted);
                    await held.DisposeAsync();
                    held = file;
                }

                await held.WriteAsync(buffer.AsMemory(0, read), context.RequestAborted);
            }

            held.Position = 0;
            Stream whole = held;
            held = null;
            return whole;
        }
        finally
        {
            if (held is not null)
            {
                await held.DisposeAsync();
            }
        }
    }

    private static FileStream TempFile() => new(
        Path.Combine(Path.GetTempPath(), "matching-" + Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16,
        FileOptions.DeleteOnClose | FileOptions.Asynchronous);

    private static ProblemException TooLarge(long most) =>
        new(ProblemCodes.TooLarge, string.Create(CultureInfo.InvariantCulture, $"The body is larger than {most} bytes."));
}
