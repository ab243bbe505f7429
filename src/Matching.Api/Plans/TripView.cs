using System.Text.Json;
using Matching.Api.Http;
using Matching.Api.Security;
using Matching.Api.Storage;
using Microsoft.EntityFrameworkCore;

namespace Matching.Api.Plans;

/// <summary>The trips a caller sees: all, or for a broker those that carry their crews, without the other groups.</summary>
internal sealed class TripView
{
    private const int Batch = 500;
    private readonly HashSet<string>? _crews;

    private TripView(HashSet<string>? crews) => _crews = crews;

    /// <summary>The view of a caller on a plan.</summary>
    public static async Task<TripView> ForAsync(MatchingDb db, PlanRow plan, Caller caller, CancellationToken cancellationToken) => new(
        caller.OnlyBroker is { } broker
            ? (await db.PlanCrews.Where(c => c.PlanNo == plan.No && c.BrokerId == broker).Select(c => c.CrewId).ToListAsync(cancellationToken)).ToHashSet(StringComparer.Ordinal)
            : null);

    /// <summary>The next trips behind a position.</summary>
    public async Task<List<PlanTripRow>> ReadAsync(MatchingDb db, PlanRow plan, DateOnly? day, long after, int most, CancellationToken cancellationToken)
    {
        IQueryable<PlanTripRow> trips = db.PlanTrips.AsNoTracking().Where(t => t.PlanNo == plan.No);
        if (day is { } asked)
        {
            trips = trips.Where(t => t.Date == asked);
        }

        List<PlanTripRow> seen = [];
        while (seen.Count < most)
        {
            long from = after;
            int take = _crews is null ? most : Batch;
            List<PlanTripRow> rows = await trips.Where(t => t.Idx > from).OrderBy(t => t.Idx).Take(take).ToListAsync(cancellationToken);
            seen.AddRange(rows.Where(r => _crews is null || Stops(r).Count > 0).Take(most - seen.Count));
            if (rows.Count < take)
            {
                break;
            }

            after = rows[^1].Idx;
        }

        return seen;
    }

    /// <summary>A trip as the caller sees it.</summary>
    public TripBody Show(PlanTripRow row) => new(row.TripId, row.Date, row.VehicleId, row.Departs, Stops(row));

    private List<StopBody> Stops(PlanTripRow row)
    {
        List<StopBody> stops = JsonSerializer.Deserialize<List<StopBody>>(row.Stops, ApiJson.Options)!;
        return _crews is null ? stops : [.. stops.Where(s => _crews.Contains(s.CrewId))];
    }
}
