using Matching.Model;
using Matching.Plans;
using Matching.Rules;

namespace Matching.Checking;

/// <summary>
/// What can be seen on one trip: its times (T3), who is on board at each stop (T1, T2) and each ride (T4); and over all trips
/// whether every commuting member is carried (T1).
/// </summary>
internal sealed class TripCheck(Ledger ledger, Fleet fleet, Findings findings)
{
    private readonly SeasonIndex _index = ledger.Index;
    private readonly Season _season = ledger.Index.Season;
    private readonly Dictionary<(int Crew, int Village), Aboard> _aboard = [];
    private readonly HashSet<(int Crew, int Village)> _atStop = [];
    private readonly Dictionary<(int Crew, DateOnly Date, int Village), long> _boarded = [];

    public void Run()
    {
        foreach (TripRun run in fleet.Trips)
        {
            CheckTimes(run);
            CheckPassengers(run);
        }

        CheckCarried();
    }

    private void CheckTimes(TripRun run)
    {
        Trip trip = run.Trip;
        if (run.Stops.IsEmpty)
        {
            findings.Add(RuleCode.T3, trip.Date, TripWording.NoStops(trip), trip.Id.Value, trip.Vehicle.Value);
            return;
        }

        TimeOnly earliest = _season.Transport.EarliestDeparture;
        if (run.Departs < Fleet.Minute(earliest))
        {
            findings.Add(RuleCode.T3, trip.Date, TripWording.TooEarly(trip, earliest), trip.Id.Value, trip.Vehicle.Value);
        }

        int stopMinutes = _season.Road.StopMinutes;
        if ((long)run.Stops[0].Arrives + stopMinutes != run.Departs)
        {
            PlaceId place = NameOf(run.Stops[0].Place);
            Text text = TripWording.WrongFirstTime(trip, place, run.Stops[0].Arrives, stopMinutes);
            findings.Add(RuleCode.T3, trip.Date, text, trip.Id.Value, trip.Vehicle.Value, place.Value);
        }

        for (int i = 1; i < run.Stops.Length; i++)
        {
            CheckLeg(run, run.Stops[i - 1], run.Stops[i], i == 1 ? run.Departs : (long)run.Stops[i - 1].Arrives + stopMinutes);
        }
    }

    private void CheckLeg(TripRun run, Halt from, Halt to, long leaves)
    {
        Trip trip = run.Trip;
        PlaceId place = NameOf(to.Place);
        if (from.Seq == to.Seq)
        {
            findings.Add(RuleCode.T3, trip.Date, TripWording.SeqTwice(trip, to.Seq), trip.Id.Value, trip.Vehicle.Value, place.Value);
        }

        if (_index.WayBetween(from.Place, to.Place) is not { } way)
        {
            findings.Add(
                RuleCode.T3, trip.Date, TripWording.NoWay(trip, NameOf(from.Place), place),
                trip.Id.Value, trip.Vehicle.Value, place.Value);
        }
        else if (leaves + way.Minutes != to.Arrives)
        {
            Text text = TripWording.WrongTime(trip, place, to.Arrives, NameOf(from.Place), leaves, way.Minutes);
            findings.Add(RuleCode.T3, trip.Date, text, trip.Id.Value, trip.Vehicle.Value, place.Value);
        }
    }

    private void CheckPassengers(TripRun run)
    {
        _aboard.Clear();
        long total = 0;
        Vehicle vehicle = _season.Vehicles[run.Vehicle];
        for (int i = 0; i < run.Stops.Length; i++)
        {
            Halt stop = run.Stops[i];
            long leaves = i == 0 ? run.Departs : (long)stop.Arrives + _season.Road.StopMinutes;
            _atStop.Clear();
            foreach (GroupAtStop group in stop.Groups)
            {
                if (!_atStop.Add((group.Crew, group.Village)))
                {
                    Report(run, group, stop, TripWording.GroupTwice);
                }

                if (group.Board < 0 || group.Alight < 0)
                {
                    Report(run, group, stop, TripWording.NegativeCount);
                }
            }

            // People alight before others board, also where two rows of a stop name the same group.
            foreach (GroupAtStop group in stop.Groups)
            {
                total -= Alight(run, stop, group);
            }

            foreach (GroupAtStop group in stop.Groups)
            {
                total += Board(run, stop, group, leaves);
            }

            if (total > vehicle.Seats)
            {
                PlaceId place = NameOf(stop.Place);
                Text text = TripWording.TooFull(run.Trip, vehicle, place, total);
                findings.Add(RuleCode.T2, run.Trip.Date, text, vehicle.Id.Value, run.Trip.Id.Value, place.Value);
            }
        }

        CheckBalance(run);
    }

    private long Alight(TripRun run, Halt stop, GroupAtStop group)
    {
        if (group.Alight <= 0)
        {
            return 0;
        }

        Aboard aboard = AboardOf(group);
        Crew crew = ledger.Crews[group.Crew];
        PlaceId village = NameOf(group.Village);
        int sitePlace = _index.SitePlace[ledger.CrewSite[group.Crew]];
        bool atSite = stop.Place == sitePlace;
        if (!atSite)
        {
            Text text = TripWording.AlightsElsewhere(run.Trip, crew, village, NameOf(stop.Place), NameOf(sitePlace), group.Alight);
            findings.Add(RuleCode.T1, run.Trip.Date, text, crew.Id.Value, run.Trip.Id.Value, village.Value);
        }

        if (group.Alight > aboard.Count)
        {
            Text text = TripWording.AlightsBeforeBoarding(run.Trip, crew, village, NameOf(stop.Place), group.Alight, aboard.Count);
            findings.Add(RuleCode.T1, run.Trip.Date, text, crew.Id.Value, run.Trip.Id.Value, village.Value);
        }

        aboard.Alighted += group.Alight;
        long alighted = aboard.TakeOff(group.Alight, out long boardedAt);
        if (atSite && alighted > 0)
        {
            CheckRide(run, stop, crew, village, stop.Arrives - boardedAt, _season.Orders[ledger.CrewOrder[group.Crew]]);
        }

        return alighted;
    }

    private void CheckRide(TripRun run, Halt stop, Crew crew, PlaceId village, long minutes, Order order)
    {
        int most = _season.Transport.MaxRideMinutes;
        if (minutes > most)
        {
            Text text = TripWording.RideTooLong(run.Trip, crew, village, NameOf(stop.Place), minutes, most);
            findings.Add(RuleCode.T4, run.Trip.Date, text, crew.Id.Value, run.Trip.Id.Value, village.Value);
        }

        if (stop.Arrives > Fleet.Minute(order.StartTime))
        {
            Text text = TripWording.ArrivesLate(run.Trip, crew, order, stop.Arrives);
            findings.Add(RuleCode.T4, run.Trip.Date, text, crew.Id.Value, run.Trip.Id.Value, order.Id.Value, village.Value);
        }
    }

    private long Board(TripRun run, Halt stop, GroupAtStop group, long leaves)
    {
        if (group.Board <= 0)
        {
            return 0;
        }

        if (stop.Place == group.Village)
        {
            var key = (group.Crew, run.Trip.Date, group.Village);
            _boarded[key] = _boarded.GetValueOrDefault(key) + group.Board;
        }
        else
        {
            Crew crew = ledger.Crews[group.Crew];
            PlaceId village = NameOf(group.Village);
            Text text = TripWording.BoardsElsewhere(run.Trip, crew, village, NameOf(stop.Place), group.Board);
            findings.Add(RuleCode.T1, run.Trip.Date, text, crew.Id.Value, run.Trip.Id.Value, village.Value);
        }

        AboardOf(group).GetOn(group.Board, leaves);
        return group.Board;
    }

    private void CheckBalance(TripRun run)
    {
        foreach (((int crewNumber, int villageNumber), Aboard aboard) in _aboard)
        {
            if (aboard.Boarded != aboard.Alighted)
            {
                Crew crew = ledger.Crews[crewNumber];
                PlaceId village = NameOf(villageNumber);
                Text text = TripWording.NotBalanced(run.Trip, crew, village, aboard.Boarded, aboard.Alighted);
                findings.Add(RuleCode.T1, run.Trip.Date, text, crew.Id.Value, run.Trip.Id.Value, village.Value);
            }
        }
    }

    private void CheckCarried()
    {
        foreach (Group group in ledger.Groups)
        {
            _boarded.Remove((group.Crew, _season.Day(group.Day), group.Village), out long boarded);
            CompareCarried(group.Crew, _season.Day(group.Day), group.Village, boarded, group.Members);
        }

        foreach (((int crew, DateOnly date, int village), long boarded) in _boarded)
        {
            CompareCarried(crew, date, village, boarded, 0);
        }
    }

    private void CompareCarried(int number, DateOnly date, int villageNumber, long boarded, int members)
    {
        Crew crew = ledger.Crews[number];
        if (ledger.Scope?.Crews.Contains(crew.Id) == false)
        {
            return;
        }

        bool lodges = crew.Mode == CrewMode.Lodge;
        if (boarded != (lodges ? 0 : members))
        {
            PlaceId village = NameOf(villageNumber);
            Text text = lodges
                ? TripWording.LodgersRide(crew, village, date, boarded)
                : TripWording.NotAllCarried(crew, village, date, boarded, members);
            findings.Add(RuleCode.T1, date, text, crew.Id.Value, crew.Order.Value, village.Value);
        }
    }

    private void Report(TripRun run, GroupAtStop group, Halt stop, Func<Trip, Crew, PlaceId, PlaceId, Text> words)
    {
        Crew crew = ledger.Crews[group.Crew];
        PlaceId village = NameOf(group.Village);
        findings.Add(
            RuleCode.T1, run.Trip.Date, words(run.Trip, crew, village, NameOf(stop.Place)),
            crew.Id.Value, run.Trip.Id.Value, village.Value);
    }

    private Aboard AboardOf(GroupAtStop group)
    {
        if (!_aboard.TryGetValue((group.Crew, group.Village), out Aboard? aboard))
        {
            _aboard.Add((group.Crew, group.Village), aboard = new Aboard());
        }

        return aboard;
    }

    private PlaceId NameOf(int place) => _season.Places[place].Id;

    /// <summary>The people of one group on board, first to board first to alight.</summary>
    private sealed class Aboard
    {
        private readonly Queue<(long People, long BoardedAt)> _queue = [];
        private long _leftOfFirst;

        public long Count { get; private set; }

        public long Boarded { get; private set; }

        public long Alighted { get; set; }

        public void GetOn(int people, long leaves)
        {
            if (_queue.Count == 0)
            {
                _leftOfFirst = people;
            }

            _queue.Enqueue((people, leaves));
            Count += people;
            Boarded += people;
        }

        /// <summary>Takes that many off, or all there are; says how many and when the first of them had left their stop.</summary>
        public long TakeOff(long people, out long boardedAt)
        {
            boardedAt = _queue.Count > 0 ? _queue.Peek().BoardedAt : 0;
            long off = Math.Min(people, Count);
            Count -= off;
            for (long left = off; left > 0;)
            {
                long now = Math.Min(left, _leftOfFirst);
                left -= now;
                _leftOfFirst -= now;
                if (_leftOfFirst == 0)
                {
                    _queue.Dequeue();
                    _leftOfFirst = _queue.Count > 0 ? _queue.Peek().People : 0;
                }
            }

            return off;
        }
    }
}
