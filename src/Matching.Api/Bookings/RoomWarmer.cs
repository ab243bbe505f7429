using System.Diagnostics.CodeAnalysis;
using Matching.Api.Seasons;
using Matching.Api.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Matching.Api.Bookings;

/// <summary>
/// Opens the published plans that are likely to be asked about while the host is still being put together, so that the first
/// broker does not wait for it.
/// </summary>
internal sealed partial class RoomWarmer(BookingRooms rooms, IDbContextFactory<MatchingDb> databases)
{
    /// <summary>Seasons opened: each takes as much memory as being asked about it.</summary>
    private const int MostSeasons = 2;
    private Task _work = Task.CompletedTask;

    /// <summary>Begins; the database is prepared.</summary>
    public void Begin(CancellationToken cancellationToken) => _work = Task.Run(() => OpenAsync(cancellationToken), cancellationToken);

    /// <summary>Tells the log when it did not go well.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "Nothing waits for the warm-up: who asks opens the season again and is told what is wrong with it.")]
    public async Task WatchAsync(ILogger log)
    {
        try
        {
            await _work;
        }
        catch (OperationCanceledException)
        {
            // The host ends.
        }
        catch (Exception e)
        {
            Broke(log, e);
        }
    }

    private async Task OpenAsync(CancellationToken cancellationToken)
    {
        await using MatchingDb db = await databases.CreateDbContextAsync(cancellationToken);
        long[] seasons = await db.Seasons.Where(s => s.PublishedPlanNo != null)
            .OrderByDescending(s => s.PublishedPlanNo).Select(s => s.No).Take(MostSeasons).ToArrayAsync(cancellationToken);
        foreach (long season in seasons)
        {
            await rooms.GetAsync(db, season, cancellationToken);
        }
    }

    [LoggerMessage(LogLevel.Warning, "A published plan could not be opened at the start; it is tried again when somebody asks.")]
    private static partial void Broke(ILogger log, Exception exception);
}
