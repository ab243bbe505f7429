using Matching.Api.Storage;
using Matching.Model;
using Matching.Plans;

namespace Matching.Api.Seasons;

/// <summary>Speaks for live holds and bookings before something is done that would break them.</summary>
internal interface IBookingGuard
{
    /// <summary>Whether a season has live holds or bookings.</summary>
    public Task<bool> HasLiveAsync(MatchingDb db, SeasonRow season, CancellationToken cancellationToken);

    /// <summary>Whether every live hold and booking fits on top of another plan, which is to be published.</summary>
    public Task<bool> FitsAsync(MatchingDb db, SeasonRow season, Season version, Plan plan, CancellationToken cancellationToken);
}
