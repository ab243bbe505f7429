using Matching.Files.Format;
using Matching.Model;
using Matching.Plans;

namespace Matching.Files.Reading;

/// <summary>Reads a plan of a season from its files. What breaks a rule is readable; what cannot be understood is a fault.</summary>
internal sealed class PlanReader
{
    private readonly TableSource _source;
    private readonly FaultLog _log;
    private readonly StringPool _pool = new();
    private readonly IdIndex _places = new();
    private readonly IdIndex _workers = new();
    private readonly IdIndex _brokers = new();
    private readonly IdIndex _orders = new();
    private readonly IdIndex _vehicles = new();
    private readonly IdIndex _crews = new();
    private readonly IdIndex _trips = new();

    private PlanReader(TableSource source, Season season, FaultLog log)
    {
        (_source, _log) = (source, log);
        Declare(_places, season.Places.Select(p => p.Id.Value));
        Declare(_workers, season.Workers.Select(w => w.Id.Value));
        Declare(_brokers, season.Brokers.Select(b => b.Id.Value));
        Declare(_orders, season.Orders.Select(o => o.Id.Value));
        Declare(_vehicles, season.Vehicles.Select(v => v.Id.Value));
    }

    /// <summary>Reads the plan; null when there are faults, which are in the log.</summary>
    public static Plan? Read(TableSource source, Season season, FaultLog log)
    {
        Plan? plan = new PlanReader(source, season, log).Read();
        source.NoteUnknown([PlanFormat.FactsFile, PlanFormat.DiffFile, PlanFiles.WorkbookFile, PlanFiles.ReportFile, .. PlanFormat.Files.Select(f => f.Name)], log);
        return plan;
    }

    private static void Declare(IdIndex index, IEnumerable<string> ids)
    {
        foreach (string id in ids)
        {
            index.Declare(id, 0);
        }
    }

    private Plan? Read()
    {
        List<Crew> crews = ReadCrews();
        List<WorkerDay> workerDays = ReadAssignments();
        List<Trip> trips = ReadTrips();
        List<Shortage> shortages = ReadShortages();
        PlanFacts? facts = ReadFacts();
        return !_log.IsClean ? null : new Plan
        {
            Crews = [.. crews],
            WorkerDays = [.. workerDays],
            Trips = [.. trips],
            Shortages = [.. shortages],
            Facts = facts,
        };
    }

    private RowReader Rows(FileSpec file) => new(file, _source.Open(file, _log), _log, _pool);

    private List<Crew> ReadCrews()
    {
        var crews = new List<Crew>();
        RowReader row = Rows(PlanFormat.Crews.File);
        row.Declares(_crews, PlanFormat.Crews.Id);
        while (row.Read())
        {
            string? id = row.Key(PlanFormat.Crews.Id, _crews);
            Named? broker = row.Ref(PlanFormat.Crews.Broker, _brokers, "a broker");
            Named? order = row.Ref(PlanFormat.Crews.Order, _orders, "an order");
            DayWindow? days = row.Window(PlanFormat.Crews.From, PlanFormat.Crews.To);
            CrewMode? mode = row.Choice<CrewMode>(PlanFormat.Crews.Mode);
            if (!row.IsBad && id is not null && broker is not null && order is not null && days is { From: { } from, To: { } to } && mode is not null)
            {
                crews.Add(new Crew(new CrewId(id), new BrokerId(broker.Value.Id), new OrderId(order.Value.Id), from, to, mode.Value));
            }
        }

        return crews;
    }

    private List<WorkerDay> ReadAssignments()
    {
        var workerDays = new List<WorkerDay>();
        RowReader row = Rows(PlanFormat.Assignments.File);
        while (row.Read())
        {
            DateOnly? date = row.Date(PlanFormat.Assignments.Date);
            Named? crew = row.Ref(PlanFormat.Assignments.Crew, _crews, "a crew");
            Named? worker = row.Ref(PlanFormat.Assignments.Worker, _workers, "a worker");
            if (!row.IsBad && date is not null && crew is not null && worker is not null)
            {
                workerDays.Add(new WorkerDay(date.Value, new CrewId(crew.Value.Id), new WorkerId(worker.Value.Id)));
            }
        }

        return workerDays;
    }

    private List<Trip> ReadTrips()
    {
        var trips = new List<Trip>();
        RowReader row = Rows(PlanFormat.Trips.File);
        row.Declares(_trips, PlanFormat.Trips.Id);
        while (row.Read())
        {
            string? id = row.Key(PlanFormat.Trips.Id, _trips);
            DateOnly? date = row.Date(PlanFormat.Trips.Date);
            Named? vehicle = row.Ref(PlanFormat.Trips.Vehicle, _vehicles, "a vehicle");
            TimeOnly? departs = row.Time(PlanFormat.Trips.Departs);
            if (!row.IsBad && id is not null && date is not null && vehicle is not null && departs is not null)
            {
                _trips.Place(id, trips.Count);
                trips.Add(new Trip(new TripId(id), date.Value, new VehicleId(vehicle.Value.Id), departs.Value, []));
            }
        }

        List<StopRow> stops = ReadStops();
        foreach (IGrouping<int, StopRow> ofTrip in stops.GroupBy(s => s.Trip))
        {
            trips[ofTrip.Key] = trips[ofTrip.Key] with
            {
                Stops = [.. ofTrip.GroupBy(s => s.Seq).OrderBy(s => s.Key).Select(s => new TripStop(s.Key, s.First().Place, s.First().Arrives, [.. s.Select(r => r.Group)]))],
            };
        }

        return trips;
    }

    private List<StopRow> ReadStops()
    {
        var stops = new List<StopRow>();
        var seen = new Dictionary<(string Trip, int Seq), (StopRow Row, int Line)>();
        RowReader row = Rows(PlanFormat.TripStops.File);
        while (row.Read())
        {
            Named? trip = row.Ref(PlanFormat.TripStops.Trip, _trips, "a trip");
            int? seq = row.Whole(PlanFormat.TripStops.Seq);
            Named? place = row.Ref(PlanFormat.TripStops.Place, _places, "a place");
            TimeOnly? arrives = row.Time(PlanFormat.TripStops.Arrives);
            Named? crew = row.Ref(PlanFormat.TripStops.Crew, _crews, "a crew");
            Named? village = row.Ref(PlanFormat.TripStops.Village, _places, "a village");
            int? board = row.Whole(PlanFormat.TripStops.Board);
            int? alight = row.Whole(PlanFormat.TripStops.Alight);
            if (row.IsBad || trip is null || seq is null || place is null || arrives is null || crew is null || village is null || board is null || alight is null)
            {
                continue;
            }

            var group = new StopGroup(new CrewId(crew.Value.Id), new PlaceId(village.Value.Id), board.Value, alight.Value);
            var stop = new StopRow(trip.Value.Position, seq.Value, new PlaceId(place.Value.Id), arrives.Value, group);
            if (!seen.TryAdd((trip.Value.Id, stop.Seq), (stop, row.Line)) && seen[(trip.Value.Id, stop.Seq)] is var first)
            {
                if (first.Row.Place != stop.Place)
                {
                    row.Report(PlanFormat.TripStops.Place, $"the place of line {first.Line}, which is the same stop", FaultCode.StopDiffers);
                }

                if (first.Row.Arrives != stop.Arrives)
                {
                    row.Report(PlanFormat.TripStops.Arrives, $"the time of line {first.Line}, which is the same stop", FaultCode.StopDiffers);
                }
            }

            if (!row.IsBad && stop.Trip >= 0)
            {
                stops.Add(stop);
            }
        }

        return stops;
    }

    private List<Shortage> ReadShortages()
    {
        var shortages = new List<Shortage>();
        RowReader row = Rows(PlanFormat.Shortages.File);
        while (row.Read())
        {
            Named? order = row.Ref(PlanFormat.Shortages.Order, _orders, "an order");
            DateOnly? date = row.Date(PlanFormat.Shortages.Date);
            int? required = row.Whole(PlanFormat.Shortages.Required);
            int? target = row.Whole(PlanFormat.Shortages.Target);
            int? filled = row.Whole(PlanFormat.Shortages.Filled);
            if (!row.IsBad && order is not null && date is not null && required is not null && target is not null && filled is not null)
            {
                shortages.Add(new Shortage(new OrderId(order.Value.Id), date.Value, required.Value, target.Value, filled.Value));
            }
        }

        return shortages;
    }

    private PlanFacts? ReadFacts()
    {
        // A workbook has no place for the facts; a plan without them is read as a hand-made one.
        byte[]? bytes = (_source as FileSource)?.LoadJson(PlanFormat.FactsFile, _log, out _);
        return bytes is null ? null : FactsReader.Read(bytes, _log);
    }

    private readonly record struct StopRow(int Trip, int Seq, PlaceId Place, TimeOnly Arrives, StopGroup Group);
}
