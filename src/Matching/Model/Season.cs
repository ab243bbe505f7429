using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Matching.Model;

/// <summary>
/// A whole season as read from its files: immutable, safe for any number of threads. Referential integrity (every id named
/// exists) is the reader's work; looking up an id that is not there throws <see cref="KeyNotFoundException"/>.
/// </summary>
public sealed record Season
{
    // A copy made by `with` takes this field along, so the lookups remember whose they are.
    private Lookups? _lookups;

    /// <summary>What people call the season; may be empty.</summary>
    public string Name { get; init; } = "";

    /// <summary>First season day.</summary>
    public required DateOnly Start { get; init; }

    /// <summary>Last season day.</summary>
    public required DateOnly End { get; init; }

    /// <summary>Road settings.</summary>
    public RoadSettings Road { get; init; } = new();

    /// <summary>Transport settings.</summary>
    public TransportSettings Transport { get; init; } = new();

    /// <summary>Work settings.</summary>
    public WorkSettings Work { get; init; } = new();

    /// <summary>Cost settings.</summary>
    public CostSettings Costs { get; init; } = new();

    /// <summary>All places, in file order (as every list here).</summary>
    public required ImmutableArray<Place> Places { get; init; }

    /// <summary>Given travel legs; a missing pair is computed by <see cref="TravelTable"/>.</summary>
    public ImmutableArray<TravelLeg> Travel { get; init; } = [];

    /// <summary>All workers.</summary>
    public required ImmutableArray<Worker> Workers { get; init; }

    /// <summary>Farm-duty windows of households.</summary>
    public ImmutableArray<HouseholdDuty> HouseholdDuties { get; init; } = [];

    /// <summary>Ties between workers.</summary>
    public ImmutableArray<WorkerPair> Pairs { get; init; } = [];

    /// <summary>Sites refused by workers.</summary>
    public ImmutableArray<Refusal> Refusals { get; init; } = [];

    /// <summary>All brokers.</summary>
    public required ImmutableArray<Broker> Brokers { get; init; }

    /// <summary>All work sites.</summary>
    public required ImmutableArray<Site> Sites { get; init; }

    /// <summary>All demand orders.</summary>
    public required ImmutableArray<Order> Orders { get; init; }

    /// <summary>Daily demand, each order and day at most once.</summary>
    public ImmutableArray<DailyDemand> Demand { get; init; } = [];

    /// <summary>Picking rounds.</summary>
    public ImmutableArray<PickingRound> Rounds { get; init; } = [];

    /// <summary>Labour agreements.</summary>
    public ImmutableArray<Agreement> Agreements { get; init; } = [];

    /// <summary>All vehicles.</summary>
    public ImmutableArray<Vehicle> Vehicles { get; init; } = [];

    /// <summary>Absences of workers, brokers, vehicles and sites.</summary>
    public ImmutableArray<Absence> Absences { get; init; } = [];

    /// <summary>Published assignments a new plan must keep.</summary>
    public ImmutableArray<Pin> Pins { get; init; } = [];

    /// <summary>Number of season days, at least 1.</summary>
    public int DayCount => End.DayNumber - Start.DayNumber + 1;

    /// <summary>Whether the day lies in the season.</summary>
    public bool Contains(DateOnly day) => day >= Start && day <= End;

    /// <summary>Position of a day in the season, 0 for <see cref="Start"/>; negative or beyond <see cref="DayCount"/> outside it.</summary>
    public int DayIndex(DateOnly day) => day.DayNumber - Start.DayNumber;

    /// <summary>The day at a position, 0 for <see cref="Start"/>.</summary>
    public DateOnly Day(int index) => Start.AddDays(index);

    /// <summary>Places by id.</summary>
    public FrozenDictionary<PlaceId, Place> PlaceById => Own.PlaceById;

    /// <summary>Workers by id.</summary>
    public FrozenDictionary<WorkerId, Worker> WorkerById => Own.WorkerById;

    /// <summary>Brokers by id.</summary>
    public FrozenDictionary<BrokerId, Broker> BrokerById => Own.BrokerById;

    /// <summary>Sites by place id.</summary>
    public FrozenDictionary<PlaceId, Site> SiteById => Own.SiteById;

    /// <summary>Orders by id.</summary>
    public FrozenDictionary<OrderId, Order> OrderById => Own.OrderById;

    /// <summary>Vehicles by id.</summary>
    public FrozenDictionary<VehicleId, Vehicle> VehicleById => Own.VehicleById;

    /// <summary>Minutes and kilometres between any two places.</summary>
    public TravelTable TravelTable => Own.TravelTable;

    /// <summary>Whether a place is the area itself or lies below it in the tree.</summary>
    public bool LiesIn(PlaceId place, PlaceId area)
    {
        // The reader refuses cyclic trees; the counter keeps a hand-made cyclic season from hanging.
        PlaceId? at = place;
        for (int steps = 0; at is { } here && steps <= Places.Length; steps++)
        {
            if (here == area)
            {
                return true;
            }

            at = PlaceById[here].Parent;
        }

        return false;
    }

    private Lookups Own => _lookups is { } known && ReferenceEquals(known.Owner, this) ? known : _lookups = new Lookups(this);

    private sealed class Lookups(Season owner)
    {
        private FrozenDictionary<PlaceId, Place>? _places;
        private FrozenDictionary<WorkerId, Worker>? _workers;
        private FrozenDictionary<BrokerId, Broker>? _brokers;
        private FrozenDictionary<PlaceId, Site>? _sites;
        private FrozenDictionary<OrderId, Order>? _orders;
        private FrozenDictionary<VehicleId, Vehicle>? _vehicles;
        private TravelTable? _travelTable;

        public Season Owner => owner;

        public FrozenDictionary<PlaceId, Place> PlaceById => _places ??= owner.Places.ToFrozenDictionary(p => p.Id);

        public FrozenDictionary<WorkerId, Worker> WorkerById => _workers ??= owner.Workers.ToFrozenDictionary(w => w.Id);

        public FrozenDictionary<BrokerId, Broker> BrokerById => _brokers ??= owner.Brokers.ToFrozenDictionary(b => b.Id);

        public FrozenDictionary<PlaceId, Site> SiteById => _sites ??= owner.Sites.ToFrozenDictionary(s => s.Id);

        public FrozenDictionary<OrderId, Order> OrderById => _orders ??= owner.Orders.ToFrozenDictionary(o => o.Id);

        public FrozenDictionary<VehicleId, Vehicle> VehicleById => _vehicles ??= owner.Vehicles.ToFrozenDictionary(v => v.Id);

        public TravelTable TravelTable => _travelTable ??= new TravelTable(owner);
    }
}
