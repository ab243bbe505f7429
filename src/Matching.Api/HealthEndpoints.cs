using Microsoft.AspNetCore.Http.HttpResults;

namespace Matching.Api;

/// <summary>Says to whoever runs the process that it lives and can take requests.</summary>
internal static class HealthEndpoints
{
    /// <summary>Maps <c>GET /health/live</c> and <c>GET /health/ready</c>.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder health = routes.MapGroup("/health");
        health.MapGet("/live", Ok () => TypedResults.Ok());
        health.MapGet("/ready", Ok () => TypedResults.Ok());
    }
}
