using Matching.Model;
using Matching.Planning.Compiled;
using Matching.Requests.State;

namespace Matching.Requests.Building;

/// <summary>
/// Carries a crew's people on one day: free seats of trips that run already first, then trips of their own where they cost
/// least a head: before, between or after the trips of a vehicle in use, or with a further vehicle. Not thread-safe.
/// </summary>
internal sealed class SeatFinder
{
    private const int MaxVillageStops = 6;
    private readonly Ground _g;
    private readonly Dictionary<int, Morning> _changed = [];
    private readonly List<(int Village, int Count)> _left = [];
    private readonly List<int> _usedVehicles = [];
    private int _newRuns;

    public SeatFinder(Ground g) => _g = g;

    /// <summary>CNY of vehicles for what the last <see cref="Carry"/> placed.</summary>
    public double Cost { get; private set; }

    /// <summary>Free seats on trips that pass the village and then the order's site in time.</summary>
    public int Spare(DispatchState state, int day, int village, int order)
    {
        int spare = 0;
        foreach (int k in state.Calls[(village * _g.C.Days) + day] ?? [])
        {
            foreach (Run run in state.MorningOf(day, k)!.Runs)
            {
                spare += FreeOn(run, k, village, order, out _, out _);
            }
        }

        return spare;
    }

    /// <summary>Places riders (compiled village, people); those left over are returned by village.</summary>
    public List<(int Village, int Count)> Carry(
        DispatchState state, BidPrices bids, int day, int order, IReadOnlyList<(int Village, int Count)> riders, List<DraftRide> rides)
    {
        Cost = 0;
        _changed.Clear();
        _left.Clear();
        foreach ((int village, int count) in riders)
        {
            int left = Join(state, day, order, village, count, rides);
            if (left > 0)
            {
                _left.Add((village, left));
            }
        }

        if (_left.Count > 0)
        {
            _usedVehicles.Clear();
            for (int k = 0; k < _g.C.Vehicles; k++)
            {
                if (state.MorningOf(day, k) is not null && !_g.C.VehicleOut[(k * _g.C.Days) + day])
                {
                    _usedVehicles.Add(k);
                }
            }
        }

        var stranded = new List<(int Village, int Count)>();
        while (_left.Count > 0)
        {
            _left.Sort((a, b) => a.Count != b.Count ? b.Count.CompareTo(a.Count) : a.Village.CompareTo(b.Village));
            if (!OpenRun(state, bids, day, order, rides))
            {
                stranded.Add(_left[0]);
                _left.RemoveAt(0);
            }
        }

        return stranded;
    }

    private int Join(DispatchState state, int day, int order, int village, int count, List<DraftRide> rides)
    {
        int place = _g.VillagePlace[village];
        foreach (int k in state.Calls[(village * _g.C.Days) + day] ?? [])
        {
            Morning morning = _changed.GetValueOrDefault(k) ?? state.MorningOf(day, k)!;
            for (int i = 0; i < morning.Runs.Length && count > 0; i++)
            {
                Run run = morning.Runs[i];
                int taken = Math.Min(count, FreeOn(run, k, village, order, out int board, out int alight));
                if (taken <= 0)
                {
                    continue;
                }

                count -= taken;
                var lift = new Lift(place, board, alight, taken);
                DraftRide? ride = rides.Find(r => r.Day == day && r.Vehicle == k && r.Run.Id == run.Id);
                if (ride is null)
                {
                    rides.Add(new DraftRide(day, k, run, false, [lift]));
                }
                else
                {
                    ride.Lifts.Add(lift);
                }

                morning = _changed[k] = morning.Replaced(i, run.With([lift], 1));
            }

            if (count == 0)
            {
                break;
            }
        }

        return count;
    }

    /// <summary>Free seats between the village and the site on a run, at the stops that leave most.</summary>
    private int FreeOn(Run run, int vehicle, int village, int order, out int board, out int alight)
    {
        (board, alight) = (-1, -1);
        int place = _g.VillagePlace[village];
        int site = _g.SitePlace[_g.C.OrderSite[order]];
        int most = 0;
        for (int i = 0; i < run.Places.Length; i++)
        {
            if (run.Places[i] != place)
            {
                continue;
            }

            int leaves = run.Leaves(i, _g.C.StopMinutes);
            for (int j = i + 1; j < run.Places.Length; j++)
            {
                if (run.Places[j] == site && run.Arrives[j] <= _g.C.StartMinute[order] && run.Arrives[j] - leaves <= _g.C.MaxRide
                    && _g.C.Seats[vehicle] - run.Fullest(i, j) is int free && free > most)
                {
                    (most, board, alight) = (free, i, j);
                }
            }
        }

        return most;
    }

    /// <summary>Opens the trip that costs least a head for the village with most people left, taking others on the way.</summary>
    private bool OpenRun(DispatchState state, BidPrices bids, int day, int order, List<DraftRide> rides)
    {
        var plans = new Dictionary<int, RunPlan?>();
        (double Score, int Vehicle, Run? Run, RunPlan? Plan, double Cost) best = (double.PositiveInfinity, -1, null, null, 0);
        foreach (int[] type in _g.Types.Members)
        {
            foreach (int k in type)
            {
                if (state.MorningOf(day, k) is null && !_changed.ContainsKey(k) && !_g.C.VehicleOut[(k * _g.C.Days) + day])
                {
                    Try(state, bids, day, k, order, plans, ref best);
                    break;
                }
            }
        }

        foreach (int k in _usedVehicles)
        {
            Try(state, bids, day, k, order, plans, ref best);
        }

        foreach (int k in _changed.Keys)
        {
            if (!_usedVehicles.Contains(k))
            {
                Try(state, bids, day, k, order, plans, ref best);
            }
        }

        if (best.Run is null)
        {
            return false;
        }

        Cost += best.Cost;
        var lifts = new List<Lift>();
        for (int i = 0; i < best.Plan!.Villages.Count; i++)
        {
            (int village, int count) = (best.Plan.Villages[i], best.Plan.Counts[i]);
            lifts.Add(new Lift(_g.VillagePlace[village], best.Plan.BoardAt[i], best.Run.Places.Length - 1, count));
            int at = _left.FindIndex(l => l.Village == village);
            int rest = _left[at].Count - count;
            if (rest == 0)
            {
                _left.RemoveAt(at);
            }
            else
            {
                _left[at] = (village, rest);
            }
        }

        rides.Add(new DraftRide(day, best.Vehicle, best.Run, true, lifts));
        _changed[best.Vehicle] = Morning.With(
            _changed.GetValueOrDefault(best.Vehicle) ?? state.MorningOf(day, best.Vehicle), best.Run.With(lifts, 1));
        return true;
    }

    private void Try(
        DispatchState state, BidPrices bids, int day, int k, int order, Dictionary<int, RunPlan?> plans,
        ref (double Score, int Vehicle, Run? Run, RunPlan? Plan, double Cost) best)
    {
        int seats = _g.C.Seats[k];
        if (!plans.TryGetValue(seats, out RunPlan? plan))
        {
            plan = plans[seats] = Plan(order, seats, bids.Seat(day));
        }

        if (plan is null)
        {
            return;
        }

        Morning? morning = _changed.GetValueOrDefault(k) ?? state.MorningOf(day, k);
        Run[] runs = morning?.Runs ?? [];
        for (int at = 0; at <= runs.Length; at++)
        {
            // A morning that is full is told without any road.
            int end = at > 0 ? runs[at - 1].Arrives[^1] + (2 * _g.C.StopMinutes) : 0;
            int next = at < runs.Length ? runs[at].Arrives[0] - _g.C.StopMinutes : int.MaxValue;
            if (Math.Max(end, _g.C.Earliest) + plan.Duration > Math.Min(next, _g.C.StartMinute[order]))
            {
                continue;
            }

            int before = at == 0 ? _g.DepotPlace[k] : runs[at - 1].Last;
            int toFirst = _g.Roads.Minutes(before, plan.First);
            int lower = Math.Max(_g.C.Earliest, _g.C.StopMinutes);
            int upper = _g.C.StartMinute[order] - plan.Duration;
            if (at > 0)
            {
                lower = Math.Max(lower, runs[at - 1].Arrives[^1] + (2 * _g.C.StopMinutes) + toFirst);
            }

            double km = plan.Km + _g.Roads.Km(before, plan.First);
            if (at < runs.Length)
            {
                int toNext = _g.Roads.Minutes(plan.Site, runs[at].First);
                upper = Math.Min(upper, runs[at].Arrives[0] - toNext - _g.C.StopMinutes - plan.Duration);
                km += _g.Roads.Km(plan.Site, runs[at].First) - _g.Roads.Km(before, runs[at].First);
                if (toNext < 0)
                {
                    continue;
                }
            }

            double cost = (2 * _g.C.KmCost[k] * km) + (runs.Length == 0 ? _g.C.DayCost[k] : 0);
            double score = cost / plan.Heads;
            if (toFirst < 0 || lower > upper || score >= best.Score)
            {
                continue;
            }

            Run run = plan.At(_g, new TripId("new" + _newRuns++), upper);
            if (MorningRules.Holds(_g, k, [.. runs[..at], run, .. runs[at..]]))
            {
                best = (score, k, run, plan, cost);
            }
        }
    }

    /// <summary>Which villages a vehicle of so many seats takes, and in which order; null when nobody can ride.</summary>
    private RunPlan? Plan(int order, int seats, double seatPrice)
    {
        if (seats <= 0)
        {
            return null;
        }

        int site = _g.SitePlace[_g.C.OrderSite[order]];
        var plan = new RunPlan(site);
        plan.Villages.Add(_left[0].Village);
        plan.Counts.Add(Math.Min(seats, _left[0].Count));
        if (!plan.Measure(_g))
        {
            return null;
        }

        int free = seats - plan.Counts[0];
        var others = new List<(int Village, int Count)>(_left.Skip(1));
        while (free > 0 && others.Count > 0 && plan.Villages.Count < MaxVillageStops)
        {
            (double Detour, int Which, int At) best = (double.PositiveInfinity, -1, -1);
            double km = plan.Km;
            for (int i = 0; i < others.Count; i++)
            {
                for (int at = 0; at <= plan.Villages.Count; at++)
                {
                    plan.Villages.Insert(at, others[i].Village);
                    if (plan.Measure(_g) && plan.Km - km < best.Detour)
                    {
                        best = (plan.Km - km, i, at);
                    }

                    plan.Villages.RemoveAt(at);
                }
            }

            // Another vehicle would drive the village's own way.
            if (best.Which < 0 || best.Detour > _g.Roads.Km(_g.VillagePlace[others[best.Which].Village], site) + seatPrice)
            {
                break;
            }

            int taken = Math.Min(free, others[best.Which].Count);
            plan.Villages.Insert(best.At, others[best.Which].Village);
            plan.Counts.Insert(best.At, taken);
            free -= taken;
            others.RemoveAt(best.Which);
            plan.Measure(_g);
        }

        plan.Measure(_g);
        return plan;
    }

    /// <summary>Villages in boarding order, then the site.</summary>
    private sealed class RunPlan(int site)
    {
        public List<int> Villages { get; } = [];

        public List<int> Counts { get; } = [];

        /// <summary>Position of each village's stop in the run that <see cref="At"/> made.</summary>
        public List<int> BoardAt { get; } = [];

        public int Site => site;

        public int First { get; private set; }

        /// <summary>Minutes from leaving the first stop to arriving at the site.</summary>
        public int Duration { get; private set; }

        public double Km { get; private set; }

        public int Heads => Counts.Sum();

        /// <summary>T4: whether the first to board arrive within the longest ride; nobody rides longer.</summary>
        public bool Measure(Ground g)
        {
            (First, Duration, Km) = (g.VillagePlace[Villages[0]], 0, 0);
            for (int i = 0; i < Villages.Count; i++)
            {
                int here = g.VillagePlace[Villages[i]];
                int next = i + 1 < Villages.Count ? g.VillagePlace[Villages[i + 1]] : site;
                (int leg, double km, _) = g.Roads.Ride(here, next);
                if (leg < 0)
                {
                    return false;
                }

                Duration += leg + (i > 0 ? g.C.StopMinutes : 0);
                Km += km;
            }

            return Duration <= g.C.MaxRide;
        }

        public Run At(Ground g, TripId id, int departs)
        {
            var stops = new List<int>();
            BoardAt.Clear();
            foreach (int village in Villages)
            {
                Pass(g, stops, g.VillagePlace[village]);
                BoardAt.Add(stops.Count - 1);
            }

            Pass(g, stops, site);
            int[] places = [.. stops];
            int[] arrives = new int[places.Length];
            arrives[0] = departs - g.C.StopMinutes;
            for (int i = 1; i < places.Length; i++)
            {
                int leaves = i == 1 ? departs : arrives[i - 1] + g.C.StopMinutes;
                arrives[i] = leaves + g.Roads.Minutes(places[i - 1], places[i]);
            }

            return new Run(id, published: false, departs, places, arrives, new int[places.Length], 0);
        }

        /// <summary>Adds a stop, and before it the one on the way there where nobody boards or alights.</summary>
        private static void Pass(Ground g, List<int> stops, int place)
        {
            if (stops.Count > 0 && g.Roads.Ride(stops[^1], place).Via is int via and >= 0)
            {
                stops.Add(via);
            }

            stops.Add(place);
        }
    }
}
