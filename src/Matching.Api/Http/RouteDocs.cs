namespace Matching.Api.Http;

/// <summary>What a route takes and gives, for the OpenAPI page.</summary>
internal static class RouteDocs
{
    /// <summary>It answers a body of this type with this status.</summary>
    public static RouteHandlerBuilder Gives<T>(this RouteHandlerBuilder route, int status) => route.Produces<T>(status);

    /// <summary>It answers without a body.</summary>
    public static RouteHandlerBuilder GivesNothing(this RouteHandlerBuilder route, int status = StatusCodes.Status204NoContent) => route.Produces(status);

    /// <summary>It answers a file of one of these types.</summary>
    public static RouteHandlerBuilder GivesFile(this RouteHandlerBuilder route, string type) =>
        route.Produces<byte[]>(StatusCodes.Status200OK, type);

    /// <summary>It may answer these problems, beside those every route may.</summary>
    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder route, params ReadOnlySpan<int> statuses)
    {
        foreach (int status in (ReadOnlySpan<int>)[.. statuses, StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status429TooManyRequests])
        {
            route.ProducesProblem(status);
        }

        return route;
    }

    /// <summary>
    /// It takes a body of this type. Said for the page alone: the handler reads the body itself, so that what is wrong with it is
    /// told in one way.
    /// </summary>
    public static RouteHandlerBuilder Takes<T>(this RouteHandlerBuilder route, params string[] types) =>
        route.WithMetadata(new TakenBody(typeof(T), types));

    /// <summary>It takes a file of one of these types.</summary>
    public static RouteHandlerBuilder TakesFile(this RouteHandlerBuilder route, params string[] types) =>
        route.WithMetadata(new TakenBody(typeof(byte[]), types));
}

/// <summary>The body a route takes.</summary>
/// <param name="Type">The type of a JSON body; bytes for a file.</param>
/// <param name="MediaTypes">The media types.</param>
internal sealed record TakenBody(Type Type, IReadOnlyList<string> MediaTypes);
