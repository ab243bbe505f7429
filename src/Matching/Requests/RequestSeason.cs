using Matching.Model;
using Matching.Planning.Compiled;
using Matching.Planning.Crews;
using Matching.Planning.Trips;

namespace Matching.Requests;

/// <summary>
/// A season made ready for requests: what <see cref="DispatchSnapshot.Open(RequestSeason, Matching.Plans.Plan, long)"/> needs of it whatever plan is published,
/// so that it can be had while the plan is still being read, and once for several plans. Immutable.
/// </summary>
public sealed class RequestSeason
{
    /// <summary>Makes a season ready; a season of 20,000 workers takes some tenths of a second.</summary>
    /// <param name="season">The season.</param>
    public RequestSeason(Season season)
    {
        ArgumentNullException.ThrowIfNull(season);
        Season = season;
        Compiled = new CompiledSeason(season);
        Types = new VehicleTypes(Compiled);
        Seats = new SeatPrices(Compiled, Types);
    }

    /// <summary>The season.</summary>
    public Season Season { get; }

    internal CompiledSeason Compiled { get; }

    internal VehicleTypes Types { get; }

    internal SeatPrices Seats { get; }
}
