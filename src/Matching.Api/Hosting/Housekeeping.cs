using System.Diagnostics.CodeAnalysis;
using Matching.Api.Http;
using Matching.Api.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Matching.Api.Hosting;

/// <summary>Takes away what is no longer needed: answers of idempotent requests after a day.</summary>
internal sealed partial class Housekeeping(IDbContextFactory<MatchingDb> databases, TimeProvider clock, ILogger<Housekeeping> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(10);

    /// <inheritdoc/>
    [SuppressMessage("Design", "CA1031", Justification = "A database that is away for a moment must not end the host; it is logged and tried again.")]
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(Pause, clock, stoppingToken);
                await using MatchingDb db = await databases.CreateDbContextAsync(stoppingToken);
                DateTimeOffset oldest = clock.GetUtcNow() - Idempotency.KeptFor;
                await db.Idempotency.Where(i => i.CreatedAt < oldest).ExecuteDeleteAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Broke(log, e);
            }
            catch (OperationCanceledException)
            {
                // The host ends.
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "Housekeeping failed; it is tried again.")]
    private static partial void Broke(ILogger log, Exception exception);
}
