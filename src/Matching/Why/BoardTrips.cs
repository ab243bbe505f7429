using Matching.Checking;
using Matching.Model;
using Matching.Plans;

namespace Matching.Why;

/// <summary>The trips of a plan by id, day and vehicle.</summary>
internal sealed class BoardTrips
{
    private readonly Dictionary<TripId, TripRun> _byId = [];
    private readonly Dictionary<DateOnly, List<Morning>> _byDay = [];
    private readonly ILookup<int, TripRun> _ofCrew;
    private readonly Dictionary<DateOnly, ILookup<int, int>> _vehiclesAt = [];

    public BoardTrips(SeasonIndex index, Fleet fleet)
    {
        Index = index;
        foreach (TripRun run in fleet.Trips)
        {
            _byId.Add(run.Trip.Id, run);
        }

        _ofCrew = fleet.Trips
            .SelectMany(t => t.Stops.SelectMany(s => s.Groups).Select(g => g.Crew).Distinct(), (run, crew) => (crew, run))
            .ToLookup(c => c.crew, c => c.run);
        foreach (Morning morning in fleet.Mornings)
        {
            if (!_byDay.TryGetValue(morning.Date, out List<Morning>? list))
            {
                _byDay[morning.Date] = list = [];
            }

            list.Add(morning);
        }
    }

    public SeasonIndex Index { get; }

    public TripRun ById(TripId id) => _byId[id];

    /// <summary>Trips with rows of the crew.</summary>
    public IEnumerable<TripRun> Of(int crew) => _ofCrew[crew];

    public bool IsTaken(TripId id) => _byId.ContainsKey(id);

    /// <summary>Vehicles with a stop at the place on the day.</summary>
    public IEnumerable<int> VehiclesAt(DateOnly date, int place)
    {
        if (!_vehiclesAt.TryGetValue(date, out ILookup<int, int>? vehicles))
        {
            _vehiclesAt[date] = vehicles = On(date)
                .SelectMany(m => m.Places.Distinct(), (m, stop) => (stop, m.Vehicle)).ToLookup(p => p.stop, p => p.Vehicle);
        }

        return vehicles[place];
    }

    public IReadOnlyList<Morning> On(DateOnly date) => _byDay.GetValueOrDefault(date) ?? [];
}
