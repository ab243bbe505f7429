using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Matching.Api.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Matching.Api.Bookings;

/// <summary>
/// Keeps offers in the database for half an hour. What comes in while one batch is written is the next batch, so that many
/// requests at once cost one transaction. Also ends holds whose time is over.
/// </summary>
internal sealed partial class OfferShelf(
    IDbContextFactory<MatchingDb> databases, IGrainFactory grains, TimeProvider clock, ILogger<OfferShelf> log) : BackgroundService
{
    /// <summary>How long an offer can be held.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(30);

    /// <summary>How long an old offer is still known to have been one.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromHours(24);
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);
    private const int MostAtOnce = 200;
    private readonly Channel<(OfferSetRow Row, TaskCompletionSource Done)> _incoming = Channel.CreateBounded<(OfferSetRow, TaskCompletionSource)>(1000);

    /// <summary>Stores a request's offers; done when they are in the database.</summary>
    public async Task AddAsync(OfferSetRow row, CancellationToken cancellationToken)
    {
        TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await _incoming.Writer.WriteAsync((row, done), cancellationToken);
        await done.Task.WaitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(WriteAsync(stoppingToken), SweepAsync(stoppingToken));

    [SuppressMessage("Design", "CA1031", Justification = "The failure is handed to each request that waits for it.")]
    private async Task WriteAsync(CancellationToken stoppingToken)
    {
        List<(OfferSetRow Row, TaskCompletionSource Done)> batch = [];
        try
        {
            while (await _incoming.Reader.WaitToReadAsync(stoppingToken))
            {
                batch.Clear();
                while (batch.Count < MostAtOnce && _incoming.Reader.TryRead(out (OfferSetRow, TaskCompletionSource) next))
                {
                    batch.Add(next);
                }

                try
                {
                    await using MatchingDb db = await databases.CreateDbContextAsync(CancellationToken.None);
                    db.OfferSets.AddRange(batch.Select(b => b.Row));
                    await db.SaveChangesAsync(CancellationToken.None);
                    batch.ForEach(b => b.Done.TrySetResult());
                }
                catch (Exception e)
                {
                    batch.ForEach(b => b.Done.TrySetException(e));
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The host ends; whoever still waits is told by their own request's end.
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "A database that is away for a moment must not end the host; it is logged and tried again.")]
    private async Task SweepAsync(CancellationToken stoppingToken)
    {
        int beats = 0;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(Beat, clock, stoppingToken);
                await using MatchingDb db = await databases.CreateDbContextAsync(stoppingToken);
                DateTimeOffset now = clock.GetUtcNow();
                List<long> seasons = await db.Holds.Where(h => h.State == HoldState.Held && h.ExpiresAt <= now).Select(h => h.SeasonNo).Distinct().ToListAsync(stoppingToken);
                foreach (long season in seasons)
                {
                    await grains.GetGrain<IBookingGrain>(season).ExpireAsync();
                }

                if (beats++ % 600 == 0)
                {
                    DateTimeOffset oldest = now - Remembered;
                    await db.OfferSets.Where(o => o.CreatedAt < oldest).ExecuteDeleteAsync(stoppingToken);
                }
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

    [LoggerMessage(LogLevel.Warning, "Ending holds failed; it is tried again.")]
    private static partial void Broke(ILogger log, Exception exception);
}
