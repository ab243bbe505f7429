using System.Globalization;
using System.Threading.RateLimiting;
using Matching.Api.Hosting;
using Matching.Api.Security;
using Microsoft.AspNetCore.RateLimiting;

namespace Matching.Api.Http;

/// <summary>How often a credential may ask.</summary>
internal static class RateLimits
{
    /// <summary>Adds a token bucket per credential, and per address for who has none; none with <c>--dev</c>.</summary>
    public static void AddMatchingRateLimits(this IServiceCollection services, ServeOptions options) => services.AddRateLimiter(limiter =>
    {
        limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context =>
            options.Dev || context.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal)
                ? RateLimitPartition.GetNoLimiter("")
                : RateLimitPartition.GetTokenBucketLimiter(PartitionOf(context), _ => new TokenBucketRateLimiterOptions
                {
                    TokenLimit = options.RequestBurst,
                    TokensPerPeriod = Math.Max(1, options.RequestsPerSecond / 10),
                    ReplenishmentPeriod = TimeSpan.FromMilliseconds(100),
                    QueueLimit = 0,
                }));
        limiter.OnRejected = async (rejected, cancellationToken) =>
        {
            double seconds = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out TimeSpan after) ? after.TotalSeconds : 1;
            rejected.HttpContext.Response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(seconds)).ToString(CultureInfo.InvariantCulture);
            await ProblemMiddleware.WriteAsync(rejected.HttpContext, ProblemCodes.TooManyRequests, null, []);
        };
    });

    private static string PartitionOf(HttpContext context) => context.User.Identity?.IsAuthenticated == true
        ? Caller.Of(context).Credential
        : $"address:{context.Connection.RemoteIpAddress}";
}
