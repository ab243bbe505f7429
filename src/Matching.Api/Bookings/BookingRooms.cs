using System.Collections.Concurrent;
using Matching.Api.Http;
using Matching.Api.Plans;
using Matching.Api.Seasons;
using Matching.Api.Storage;
using Matching.Model;
using Matching.Plans;
using Matching.Requests;
using Microsoft.EntityFrameworkCore;

namespace Matching.Api.Bookings;

/// <summary>What a season's requests stand on.</summary>
/// <param name="SeasonNo">The season.</param>
/// <param name="PlanNo">The published plan.</param>
/// <param name="Snapshot">The plan with all live holds and bookings; its version is that of the booking state.</param>
internal sealed record BookingView(long SeasonNo, long PlanNo, DispatchSnapshot Snapshot);

/// <summary>
/// Snapshots kept warm in this process. The database is the truth: every look asks for the number of the booking state and reads
/// what changed since, so any node answers on what all nodes booked.
/// </summary>
internal sealed class BookingRooms(SeasonCache seasons, IDbContextFactory<MatchingDb> databases) : IDisposable
{
    // Answers take a processor each: more of them at once only keep holds and confirmations waiting.
    private readonly SemaphoreSlim _answering = new(Math.Max(1, Environment.ProcessorCount - 1));
    private readonly ConcurrentDictionary<long, Room> _rooms = new();

    public RequestEngine Engine { get; } = new();

    /// <summary>
    /// Answers a question, when its turn comes, on the season with all that was booked anywhere before it was asked and here until its turn. Who asks at
    /// once shares one look at the database.
    /// </summary>
    /// <exception cref="ProblemException">Nothing is published.</exception>
    public async Task<T> AnswerAsync<T>(long seasonNo, Func<BookingView, T> question, CancellationToken cancellationToken)
    {
        Room room = RoomOf(seasonNo);
        BookingView seen = await room.Look.AskAsync().WaitAsync(cancellationToken);
        await _answering.WaitAsync(cancellationToken);
        try
        {
            return question(room.View is { } now && now.PlanNo == seen.PlanNo && now.Snapshot.Version > seen.Snapshot.Version ? now : seen);
        }
        finally
        {
            _answering.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _answering.Dispose();

    /// <summary>The season as it is now.</summary>
    /// <exception cref="ProblemException">Nothing is published.</exception>
    public async Task<BookingView> GetAsync(MatchingDb db, long seasonNo, CancellationToken cancellationToken)
    {
        var now = await (
            from s in db.Seasons.AsNoTracking()
            where s.No == seasonNo
            select new { s.Id, s.PublishedPlanNo, Version = db.BookingStates.Where(b => b.SeasonNo == s.No).Select(b => (long?)b.Version).FirstOrDefault() ?? 0 })
            .FirstOrDefaultAsync(cancellationToken) ?? throw new ProblemException(ProblemCodes.NotFound, "The season is gone.");
        if (now.PublishedPlanNo is not { } planNo)
        {
            throw new ProblemException(ProblemCodes.NotPublished, $"The season '{now.Id}' has no published plan.");
        }

        Room room = RoomOf(seasonNo);
        if (room.View is { } warm && warm.PlanNo == planNo && warm.Snapshot.Version >= now.Version)
        {
            return warm;
        }

        await room.Gate.WaitAsync(cancellationToken);
        try
        {
            BookingView? known = room.View;
            if (known is null || known.PlanNo != planNo)
            {
                known = await OpenAsync(db, seasonNo, planNo, now.Version, cancellationToken);
            }
            else if (known.Snapshot.Version < now.Version)
            {
                known = await CatchUpAsync(db, known, now.Version, cancellationToken);
            }

            room.View = known;
            return known;
        }
        finally
        {
            room.Gate.Release();
        }
    }

    /// <summary>Takes note of a change this process has just stored.</summary>
    public void Advance(BookingView view)
    {
        Room room = RoomOf(view.SeasonNo);
        if (room.View is { } known && known.PlanNo == view.PlanNo && known.Snapshot.Version + 1 == view.Snapshot.Version)
        {
            room.View = view;
        }
    }

    private Room RoomOf(long seasonNo) => _rooms.GetOrAdd(seasonNo, no => new Room(() => LookAsync(no)));

    private async Task<BookingView> LookAsync(long seasonNo)
    {
        await using MatchingDb db = await databases.CreateDbContextAsync();
        return await GetAsync(db, seasonNo, CancellationToken.None);
    }

    private async Task<BookingView> OpenAsync(MatchingDb db, long seasonNo, long planNo, long version, CancellationToken cancellationToken)
    {
        PlanRow plan = await db.Plans.AsNoTracking().FirstAsync(p => p.No == planNo, cancellationToken);
        Season season = await seasons.GetAsync(seasonNo, plan.SeasonVersion);
        Task<RequestSeason> ready = Task.Run(() => new RequestSeason(season), cancellationToken);
        Plan published = await PlanFileEndpoints.PlanAsync(db, plan, season, cancellationToken);
        DispatchSnapshot empty = DispatchSnapshot.Open(await ready, published);
        return await CatchUpAsync(db, new BookingView(seasonNo, planNo, empty.WithVersion(-1)), version, cancellationToken);
    }

    private static async Task<BookingView> CatchUpAsync(MatchingDb db, BookingView view, long atLeast, CancellationToken cancellationToken)
    {
        DispatchSnapshot snapshot = view.Snapshot;
        long since = snapshot.Version;
        List<HoldRow> rows = await db.Holds.AsNoTracking()
            .Where(h => h.SeasonNo == view.SeasonNo && h.Changed > since && (since >= 0 || h.State == HoldState.Held || h.State == HoldState.Booked))
            .OrderBy(h => h.Changed).ToListAsync(cancellationToken);
        foreach (HoldRow row in rows)
        {
            var crew = new CrewId(row.CrewId);
            bool has = snapshot.Bookings.ContainsKey(crew);
            if (HoldState.IsLive(row.State) && !has)
            {
                if (!snapshot.TryAdd(new Booking(crew, Packing.Offer(row.Content)), out DispatchSnapshot? next, out RuleInTheWay? obstacle))
                {
                    throw new InvalidOperationException($"The stored hold {row.Id} does not fit: {obstacle.Rule} {obstacle.Message}");
                }

                snapshot = next;
            }
            else if (!HoldState.IsLive(row.State) && has)
            {
                snapshot = snapshot.Remove(crew);
            }
        }

        long version = Math.Max(atLeast, rows.Count > 0 ? rows[^1].Changed : 0);
        return view with { Snapshot = snapshot.WithVersion(Math.Max(version, since)) };
    }

    private sealed class Room(Func<Task<BookingView>> look)
    {
        public SharedLook<BookingView> Look { get; } = new(look);

        public SemaphoreSlim Gate { get; } = new(1);

        public volatile BookingView? View;
    }
}
