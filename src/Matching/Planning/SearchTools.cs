using Matching.Planning.Compiled;
using Matching.Planning.Crews;
using Matching.Planning.Flow;
using Matching.Planning.State;
using Matching.Planning.Trips;

namespace Matching.Planning;

/// <summary>An empty plan of a season with what the search builds engagements with, all on the same state.</summary>
internal sealed class SearchTools
{
    private readonly VehicleTypes _types;

    /// <param name="c">The season.</param>
    /// <param name="meter">Counts the search steps.</param>
    /// <param name="priced">Whether the days of people have market prices; these take a flow of the whole season.</param>
    public SearchTools(CompiledSeason c, WorkMeter meter, bool priced = true)
    {
        C = c;
        _types = new VehicleTypes(c);
        State = new PlanState(c, _types, meter);
        Seats = new SeatPrices(c, _types);
        Market = priced ? new MarketPrices(c, Seats) : new MarketPrices(c);
        Builder = new CrewBuilder(c, State, Seats, Market);
        Scout = new EngagementScout(c, State, Seats, Market);
    }

    /// <summary>The same plan on a state of its own, for a season that allows all the plan does; usual prices are taken over.</summary>
    private SearchTools(SearchTools like, CompiledSeason c, WorkMeter? meter = null)
    {
        (C, Market) = (c, like.Market);
        _types = ReferenceEquals(c, like.C) ? like._types : new VehicleTypes(c);
        Seats = c.HasSameRides(like.C) ? like.Seats : new SeatPrices(c, _types);
        State = new PlanState(like.State, c, _types, meter ?? new WorkMeter());
        Builder = new CrewBuilder(C, State, Seats, Market);
        Scout = new EngagementScout(C, State, Seats, Market);
    }

    public CompiledSeason C { get; }

    public PlanState State { get; }

    /// <summary>What a seat from a village to an order usually costs.</summary>
    public SeatPrices Seats { get; }

    /// <summary>What a day of a unit is usually worth.</summary>
    public MarketPrices Market { get; }

    public CrewBuilder Builder { get; }

    /// <summary>The same plan on a state of its own, for a search beside this one.</summary>
    /// <param name="meter">Counts its steps, or null for one of its own; a meter is for one thread at a time.</param>
    public SearchTools Twin(WorkMeter? meter = null) => new(this, C, meter);

    /// <summary>The same plan for a season that allows more; what such a season may be is told by <see cref="PlanState"/>'s copy.</summary>
    public SearchTools TwinIn(CompiledSeason wider) => new(this, wider);

    public EngagementScout Scout { get; }
}
