using Matching.Api.Http;
using Matching.Api.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Matching.Api;

/// <summary>Says to whoever runs the process that it lives and can take requests.</summary>
internal static class HealthEndpoints
{
    /// <summary>Maps <c>GET /health/live</c> and <c>GET /health/ready</c>.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder health = routes.MapGroup("/health").WithTags("Health");
        health.MapGet("/live", Ok<HealthBody> () => TypedResults.Ok(new HealthBody("live"))).WithSummary("The process lives.");
        health.MapGet("/ready", ReadyAsync).WithSummary("The process can take requests: its database answers.").Gives<HealthBody>(200).ProducesProblem(503);
    }

    private static async Task<Ok<HealthBody>> ReadyAsync(MatchingDb db, CancellationToken cancellationToken) =>
        await db.Database.CanConnectAsync(cancellationToken)
            ? TypedResults.Ok(new HealthBody("ready"))
            : throw new ProblemException(ProblemCodes.Unavailable, "The database does not answer.");
}

/// <summary>How the process is.</summary>
internal sealed record HealthBody(string Status);
