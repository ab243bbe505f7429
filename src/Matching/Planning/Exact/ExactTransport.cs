using System.Collections.Immutable;
using Google.OrTools.Sat;
using Matching.Model;
using Matching.Plans;
using Matching.Rules;

namespace Matching.Planning.Exact;

/// <summary>
/// Rules T1 to T5 of a tiny season: each vehicle and day drives at most one of its useful mornings; flows from slot to slot
/// carry people by village and ride class. Crews of one class and village are split afterwards, which no rule forbids.
/// </summary>
internal sealed class ExactTransport
{
    private readonly Season _season;
    private readonly ImmutableArray<PlaceId> _villages;
    private readonly List<Morning> _mornings = [];

    /// <param name="season">The season.</param>
    /// <param name="mostMornings">More mornings than this from one depot on one day make the season too large.</param>
    public ExactTransport(Season season, int mostMornings)
    {
        _season = season;
        _villages = [.. season.Workers.Select(w => w.Village).Distinct()];
        AbsenceIndex absences = new(season);
        MorningSchedules schedules = new(season, mostMornings);
        for (int day = 0; day < season.DayCount; day++)
        {
            DateOnly date = season.Day(day);
            List<RideClass> classes = [.. season.Demand
                .Where(d => d.Date == date && d.Target > 0)
                .Select(d => season.OrderById[d.Order])
                .Where(o => o.Lodging != LodgingRule.Only && !absences.IsOut(AbsenceKind.Site, o.Site.Value, date))
                .Select(ClassOf)
                .Distinct()];
            Dictionary<PlaceId, List<MorningSchedule>> byDepot = [];
            foreach (Vehicle vehicle in season.Vehicles)
            {
                if (vehicle.Seats < 1 || !vehicle.Availability.Contains(date) || absences.IsOut(AbsenceKind.Vehicle, vehicle.Id.Value, date))
                {
                    continue;
                }

                if (!byDepot.TryGetValue(vehicle.Depot, out List<MorningSchedule>? useful))
                {
                    byDepot[vehicle.Depot] = useful = schedules.From(vehicle.Depot, _villages, classes);
                }

                if (vehicle.Seats >= season.Workers.Length)
                {
                    useful = schedules.ForAmpleSeats(useful, _villages, classes);
                }

                if (useful.Count > 0)
                {
                    _mornings.Add(new(vehicle, day, classes, useful));
                }
            }
        }

        IsTooLarge = schedules.IsCutOff;
    }

    /// <summary>Whether the season has more mornings than allowed; then nothing else here may be used.</summary>
    public bool IsTooLarge { get; }

    /// <summary>How many mornings there are to choose from, over all vehicles and days.</summary>
    public int ScheduleCount => _mornings.Sum(m => m.Schedules.Count);

    /// <summary>How many vehicle-days can be used.</summary>
    public int VehicleDays => _mornings.Count;

    public static RideClass ClassOf(Order order) => new(order.Site, MorningSchedules.MinuteOf(order.StartTime));

    /// <summary>Whether some vehicle can bring somebody from the village to the class on the day.</summary>
    public bool CanRide(int day, PlaceId village, RideClass ride) => _mornings.Any(m => m.Day == day && m.Reaches(village, ride, _season));

    /// <summary>Adds the choice of mornings, and that every commuting member is carried.</summary>
    public void AddTo(CpModel model, ExactMoney money, CrewColumns crews)
    {
        foreach (Morning morning in _mornings)
        {
            morning.AddTo(model, money, _season, _villages);
        }

        for (int day = 0; day < _season.DayCount; day++)
        {
            foreach (PlaceId village in _villages)
            {
                foreach (RideClass ride in _season.Orders.Select(ClassOf).Distinct())
                {
                    List<BoolVar> members = [.. Members(crews, day, village, ride)];
                    if (members.Count > 0)
                    {
                        model.Add(LinearExpr.Sum(members) == LinearExpr.Sum(
                            _mornings.Where(m => m.Day == day).SelectMany(m => m.Flows)
                                .Where(f => f.Village == village && f.Ride == ride).Select(f => f.People)));
                    }
                }
            }
        }
    }

    /// <summary>The trips of the solution; groups are given as (order of crews as they run, crew ids).</summary>
    public ImmutableArray<Trip> Read(CpSolver solver, IReadOnlyList<(CrewColumn Column, CrewId Id)> running)
    {
        // Members still to be seated, by day, crew and village.
        Dictionary<(int Day, CrewId Crew, PlaceId Village), int> waiting = [];
        foreach ((CrewColumn column, CrewId id) in running.Where(r => r.Column.Mode == CrewMode.Commute))
        {
            for (int day = column.From; day <= column.To; day++)
            {
                for (int worker = 0; worker < _season.Workers.Length; worker++)
                {
                    if (column.WorksOn(worker, day) is { } works && solver.BooleanValue(works))
                    {
                        var key = (day, id, _season.Workers[worker].Village);
                        waiting[key] = waiting.GetValueOrDefault(key) + 1;
                    }
                }
            }
        }

        ImmutableArray<Trip>.Builder trips = ImmutableArray.CreateBuilder<Trip>();
        foreach (Morning morning in _mornings)
        {
            if (morning.Read(solver, running, waiting, _season, trips.Count + 1) is { } trip)
            {
                trips.Add(trip);
            }
        }

        return trips.ToImmutable();
    }

    private IEnumerable<BoolVar> Members(CrewColumns crews, int day, PlaceId village, RideClass ride) =>
        from column in crews.All
        where column.Mode == CrewMode.Commute && column.Holds(day) && ClassOf(column.Order) == ride
        from worker in Enumerable.Range(0, _season.Workers.Length)
        where _season.Workers[worker].Village == village
        let works = column.WorksOn(worker, day)
        where works is not null
        select works;

    private sealed record Flow(int Board, int Alight, PlaceId Village, RideClass Ride, IntVar People);

    private sealed class Morning(Vehicle vehicle, int day, List<RideClass> classes, List<MorningSchedule> schedules)
    {
        private readonly List<BoolVar> _chosen = [];

        public int Day => day;

        public List<MorningSchedule> Schedules => schedules;

        public List<Flow> Flows { get; } = [];

        public bool Reaches(PlaceId village, RideClass ride, Season season) => schedules.Any(s =>
            Enumerable.Range(0, s.Slots.Length).Any(i => Enumerable.Range(i + 1, s.Slots.Length - i - 1).Any(j => s.Carries(i, j, village, ride, season))));

        public void AddTo(CpModel model, ExactMoney money, Season season, ImmutableArray<PlaceId> villages)
        {
            foreach (MorningSchedule schedule in schedules)
            {
                BoolVar chosen = model.NewBoolVar($"{vehicle.Id}/{day}/{_chosen.Count}");
                _chosen.Add(chosen);
                money.Add(WorthPart.Vehicles, chosen, -vehicle.CostPerDay - (2m * vehicle.CostPerKm * schedule.Km));
            }

            model.AddAtMostOne(_chosen);
            int slots = schedules.Max(s => s.Slots.Length);
            foreach (PlaceId village in villages)
            {
                int most = Math.Min(vehicle.Seats, season.Workers.Count(w => w.Village == village));
                foreach (RideClass ride in classes)
                {
                    for (int board = 0; board < slots; board++)
                    {
                        for (int alight = board + 1; alight < slots; alight++)
                        {
                            List<BoolVar> carriers = [.. schedules.Select((s, i) => (s, i))
                                .Where(x => x.s.Carries(board, alight, village, ride, season)).Select(x => _chosen[x.i])];
                            if (carriers.Count > 0)
                            {
                                IntVar people = model.NewIntVar(0, most, $"{vehicle.Id}/{day}/{board}-{alight}/{village}/{ride.Site}/{ride.Start}");
                                model.Add(people <= most * LinearExpr.Sum(carriers));
                                Flows.Add(new(board, alight, village, ride, people));
                            }
                        }
                    }
                }
            }

            // Implied by the rest; they only sharpen the solver's relaxation. Whoever boards at a slot needs a morning that stops there.
            foreach (var stop in Flows.GroupBy(f => (f.Board, f.Village)))
            {
                List<BoolVar> stopping = [.. schedules.Select((s, i) => (s, i))
                    .Where(x => stop.Key.Board < x.s.Slots.Length && x.s.Slot(stop.Key.Board).Place == stop.Key.Village).Select(x => _chosen[x.i])];
                model.Add(LinearExpr.Sum(stop.Select(f => f.People)) <= vehicle.Seats * LinearExpr.Sum(stopping));
            }

            for (int slot = 0; slot < slots - 1; slot++)
            {
                int at = slot;
                model.Add(LinearExpr.Sum(Flows.Where(f => f.Board <= at && at < f.Alight).Select(f => f.People))
                    <= vehicle.Seats * LinearExpr.Sum(_chosen));
            }
        }

        public Trip? Read(
            CpSolver solver, IReadOnlyList<(CrewColumn Column, CrewId Id)> running,
            Dictionary<(int Day, CrewId Crew, PlaceId Village), int> waiting, Season season, int number)
        {
            int chosen = _chosen.FindIndex(solver.BooleanValue);
            if (chosen < 0 || Flows.All(f => solver.Value(f.People) == 0))
            {
                return null;
            }

            MorningSchedule schedule = schedules[chosen];
            Dictionary<(int Stop, CrewId Crew, PlaceId Village), (int Board, int Alight)> groups = [];
            foreach (Flow flow in Flows)
            {
                long left = solver.Value(flow.People);
                foreach ((CrewColumn column, CrewId id) in running.Where(r => ClassOf(r.Column.Order) == flow.Ride))
                {
                    var key = (day, id, flow.Village);
                    int seated = (int)Math.Min(left, waiting.GetValueOrDefault(key));
                    if (seated > 0)
                    {
                        waiting[key] -= seated;
                        left -= seated;
                        var on = (schedule.Slots[flow.Board], id, flow.Village);
                        var off = (schedule.Slots[flow.Alight], id, flow.Village);
                        groups[on] = groups.TryGetValue(on, out var b) ? (b.Board + seated, b.Alight) : (seated, 0);
                        groups[off] = groups.TryGetValue(off, out var a) ? (a.Board, a.Alight + seated) : (0, seated);
                    }
                }
            }

            (CrewId crew, PlaceId village) = groups.Keys.Select(k => (k.Crew, k.Village)).First();
            ImmutableArray<TripStop> stops = [.. schedule.Stops.Select((stop, i) => new TripStop(
                i + 1, stop.Place, TimeOnly.FromTimeSpan(TimeSpan.FromMinutes(stop.Arrives)),
                groups.Keys.Any(k => k.Stop == i)
                    ? [.. groups.Where(g => g.Key.Stop == i).Select(g => new StopGroup(g.Key.Crew, g.Key.Village, g.Value.Board, g.Value.Alight))]
                    : [new StopGroup(crew, village, 0, 0)]))];
            return new(
                new($"t{number}"), season.Day(day), vehicle.Id,
                stops[0].Arrives.AddMinutes(season.Road.StopMinutes), stops);
        }
    }
}
