using System.Collections.Immutable;

namespace Matching.Api.Http;

/// <summary>Every error the API can answer with; the table in the OpenAPI page is made from it.</summary>
internal static class ProblemCodes
{
    public static readonly ProblemCode BadRequest = new("bad-request", 400, "A value of the request is missing or out of its range.");
    public static readonly ProblemCode MalformedJson = new("malformed-json", 400, "The body is not the JSON this route takes.");
    public static readonly ProblemCode BadCursor = new("cursor", 400, "The cursor is not one of this list.");
    public static readonly ProblemCode Unauthorized = new("unauthorized", 401, "A valid credential is needed.");
    public static readonly ProblemCode Forbidden = new("forbidden", 403, "The credential's role may not do this.");
    public static readonly ProblemCode NotFound = new("not-found", 404, "There is nothing at this address.");
    public static readonly ProblemCode MethodNotAllowed = new("method-not-allowed", 405, "The address does not take this method.");
    public static readonly ProblemCode Timeout = new("timeout", 408, "The request did not arrive in time.");
    public static readonly ProblemCode Bookings = new("bookings", 409, "Live holds or bookings stand in the way.");
    public static readonly ProblemCode Conflict = new("conflict", 409, "Somebody else changed it at the same moment; read it again.");
    public static readonly ProblemCode Illegal = new("illegal", 409, "The plan breaks rules, so it cannot be published.");
    public static readonly ProblemCode NotDone = new("not-done", 409, "The plan is not finished.");
    public static readonly ProblemCode NotPublished = new("not-published", 409, "The season has no published plan.");
    public static readonly ProblemCode Published = new("published", 409, "The plan is the season's published plan.");
    public static readonly ProblemCode Taken = new("taken", 409, "A part of the offer went to another.");
    public static readonly ProblemCode Confirmed = new("confirmed", 409, "The hold is a booking already; release the booking.");
    public static readonly ProblemCode Stale = new("stale", 410, "The offer is too old; ask again.");
    public static readonly ProblemCode Expired = new("expired", 410, "The hold has expired.");
    public static readonly ProblemCode Released = new("released", 410, "The hold was released.");
    public static readonly ProblemCode Version = new("version", 412, "The thing has changed since the given ETag.");
    public static readonly ProblemCode TooLarge = new("too-large", 413, "The body is larger than this route takes.");
    public static readonly ProblemCode UriTooLong = new("uri-too-long", 414, "The address is too long.");
    public static readonly ProblemCode UnsupportedMediaType = new("unsupported-media-type", 415, "The body's type is none this route takes.");
    public static readonly ProblemCode Faults = new("faults", 422, "The upload has faults; all are listed.");
    public static readonly ProblemCode Change = new("change", 422, "A change of the set cannot be applied; nothing was changed.");
    public static readonly ProblemCode IdempotencyMismatch = new("idempotency-mismatch", 422, "The Idempotency-Key was used with another body.");
    public static readonly ProblemCode OtherSeason = new("other-season", 422, "The two plans are of different seasons.");
    public static readonly ProblemCode UnknownId = new("unknown-id", 422, "An id in the body names nothing.");
    public static readonly ProblemCode TooManyRequests = new("too-many-requests", 429, "The credential asks too often.");
    public static readonly ProblemCode HeadersTooLarge = new("headers-too-large", 431, "The request's headers are too large.");
    public static readonly ProblemCode Internal = new("internal", 500, "The server failed; it has been logged.");
    public static readonly ProblemCode Unavailable = new("unavailable", 503, "The server cannot answer now; try again.");

    /// <summary>All of them, by status and word.</summary>
    public static readonly ImmutableArray<ProblemCode> All =
    [
        .. typeof(ProblemCodes).GetFields()
            .Where(f => f.FieldType == typeof(ProblemCode))
            .Select(f => (ProblemCode)f.GetValue(null)!)
            .OrderBy(p => p.Status).ThenBy(p => p.Code, StringComparer.Ordinal),
    ];

    /// <summary>The code for a bare status that the framework answered with.</summary>
    public static ProblemCode OfStatus(int status) => status switch
    {
        401 => Unauthorized,
        403 => Forbidden,
        404 => NotFound,
        405 => MethodNotAllowed,
        408 => Timeout,
        412 => Version,
        413 => TooLarge,
        414 => UriTooLong,
        415 => UnsupportedMediaType,
        429 => TooManyRequests,
        431 => HeadersTooLarge,
        503 => Unavailable,
        >= 400 and < 500 => BadRequest with { Status = status },
        _ => Internal with { Status = status },
    };
}
