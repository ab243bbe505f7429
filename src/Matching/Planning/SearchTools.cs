using Matching.Planning.Compiled;
using Matching.Planning.Crews;
using Matching.Planning.Flow;
using Matching.Planning.State;
using Matching.Planning.Trips;

namespace Matching.Planning;

/// <summary>An empty plan of a season with what the search builds engagements with, all on the same state.</summary>
internal sealed class SearchTools
{
    /// <param name="c">The season.</param>
    /// <param name="meter">Counts the search steps.</param>
    /// <param name="priced">Whether the days of people have market prices; these take a flow of the whole season.</param>
    public SearchTools(CompiledSeason c, WorkMeter meter, bool priced = true)
    {
        C = c;
        var types = new VehicleTypes(c);
        State = new PlanState(c, types, meter);
        Seats = new SeatPrices(c, types);
        Market = priced ? new MarketPrices(c, Seats) : new MarketPrices(c);
        Builder = new CrewBuilder(c, State, Seats, Market);
        Scout = new EngagementScout(c, State, Seats, Market);
    }

    public CompiledSeason C { get; }

    public PlanState State { get; }

    /// <summary>What a seat from a village to an order usually costs.</summary>
    public SeatPrices Seats { get; }

    /// <summary>What a day of a unit is usually worth.</summary>
    public MarketPrices Market { get; }

    public CrewBuilder Builder { get; }

    public EngagementScout Scout { get; }
}
