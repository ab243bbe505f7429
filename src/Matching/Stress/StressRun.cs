using System.Collections.Immutable;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;
using Matching.Checking;
using Matching.Model;
using Matching.Plans;
using Matching.Rules;

namespace Matching.Stress;

/// <summary>The plan as groups of one crew, village and day, and its replays.</summary>
internal sealed class StressRun
{
    private const int MostWeak = 10;
    private const int MostStandby = 5;
    private const int ReliabilitySteps = 64;
    private readonly Season _season;
    private readonly StressRates _rates;
    private readonly long _seed;
    private readonly decimal _planned;
    private readonly Cell[] _cells;
    private readonly Line[] _lines;
    private readonly int _workerDays;
    private readonly double[] _reliability = new double[ReliabilitySteps];
    private readonly BrokerId[] _brokers;
    private readonly VehicleId[] _vehicles;
    private readonly PlaceId[] _sites;

    public StressRun(Season season, Plan plan, StressRates rates, long seed)
    {
        (_season, _rates, _seed) = (season, rates, seed);
        _planned = PlanChecker.Check(season, plan).Worth.NetValue;
        _brokers = [.. season.Brokers.Select(b => b.Id)];
        _vehicles = [.. season.Vehicles.Select(v => v.Id)];
        _sites = [.. season.Sites.Select(s => s.Id)];

        // Each worker's own chance not to come: a share of the beta distribution about the mean.
        for (int i = 0; i < ReliabilitySteps; i++)
        {
            double share = (i + 0.5) / ReliabilitySteps;
            double mean = Math.Clamp(rates.NoShow, 1e-9, 1 - 1e-9);
            _reliability[i] = rates.NoShow is <= 0 or >= 1 || rates.Evidence <= 0 ? rates.NoShow
                : Beta.InvCDF(mean * rates.Evidence, (1 - mean) * rates.Evidence, share);
        }

        (_cells, _lines, _workerDays) = Lay(plan);
    }

    public StressResult Run(int replays, CancellationToken cancelled)
    {
        double[] fill = new double[replays];
        double[] worth = new double[replays];
        var days = new Loss[_season.DayCount];
        var brokers = new Loss[_brokers.Length];
        var vehicles = new Loss[_vehicles.Length];
        Lock gate = new();
        Parallel.For(0, replays, new ParallelOptions { CancellationToken = cancelled }, () => new Tally(days.Length, brokers.Length, vehicles.Length, _lines.Length), (replay, _, tally) =>
        {
            (fill[replay], worth[replay]) = Replay(new Draws(_seed, replay), tally);
            return tally;
        }, tally =>
        {
            lock (gate)
            {
                Add(days, tally.Days);
                Add(brokers, tally.Brokers);
                Add(vehicles, tally.Vehicles);
                for (int i = 0; i < _lines.Length; i++)
                {
                    for (int k = 0; k < MostStandby; k++)
                    {
                        _lines[i].Called[k] += tally.Called[i][k];
                    }
                }
            }
        });
        return new StressResult
        {
            Replays = replays,
            Fill = SpreadOf(fill),
            Worth = SpreadOf(worth),
            Planned = _planned,
            Days = Weakest(days, replays, i => _season.Day(i).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), i => _cells.Where(c => c.Day == i).Sum(c => c.Groups.Sum(g => g.Workers.Length))),
            Brokers = Weakest(brokers, replays, i => _brokers[i].Value, i => _cells.Sum(c => c.Groups.Where(g => g.Broker == i).Sum(g => g.Workers.Length))),
            Vehicles = Weakest(vehicles, replays, i => _vehicles[i].Value, i => _cells.Sum(c => c.Groups.Sum(g => g.Rides.Where(r => r.Vehicle == i).Sum(r => r.Count)))),
            Standby = Standby(replays),
        };
    }

    private static void Add(Loss[] into, Loss[] more)
    {
        for (int i = 0; i < into.Length; i++)
        {
            into[i].Days += more[i].Days;
            into[i].Value += more[i].Value;
        }
    }

    private (double Fill, double Worth) Replay(Draws draws, Tally tally)
    {
        double lost = 0;
        int came = 0;
        foreach (Cell cell in _cells)
        {
            bool rain = draws.Next(Draws.Kind.Rain, cell.Site, cell.Day) < _rates.Rain;
            bool wet = cell.Day > 0 && draws.Next(Draws.Kind.Rain, cell.Site, cell.Day - 1) < _rates.Rain;
            int filled = 0;
            foreach (Group group in cell.Groups)
            {
                int here = rain ? 0 : Present(group, cell, wet, draws, tally);
                filled += here;
            }

            came += filled;
            double yield = Math.Max(0, 1 + (_rates.YieldError * Normal.InvCDF(0, 1, draws.Next(Draws.Kind.Yield, cell.Order, cell.Day))));
            int required = (int)Math.Round(cell.Required * yield);
            int target = Math.Max(required, (int)Math.Round(cell.Target * yield));
            double value = Value(cell, Math.Min(filled, target), required);
            double loss = cell.PlannedValue - value;
            lost += loss;
            tally.Days[cell.Day].Days += cell.Planned - filled;
            tally.Days[cell.Day].Value += loss;
        }

        return (_workerDays == 0 ? 1 : (double)came / _workerDays, (double)_planned - lost);
    }

    private int Present(Group group, Cell cell, bool wet, Draws draws, Tally tally)
    {
        double each = cell.Planned == 0 ? 0 : cell.PlannedValue / cell.Planned;
        if (draws.Next(Draws.Kind.Broker, group.Broker, cell.Day) < _rates.BrokerOut)
        {
            tally.Brokers[group.Broker].Days += group.Workers.Length;
            tally.Brokers[group.Broker].Value += each * group.Workers.Length;
            return 0;
        }

        int absent = 0;
        foreach (int worker in group.Workers)
        {
            double own = _reliability[(int)(draws.Next(Draws.Kind.Reliability, worker, 0) * ReliabilitySteps)];
            double chance = wet && _rates.NoShow > 0 ? Math.Min(1, own * _rates.NoShowAfterRain / _rates.NoShow) : own;
            absent += draws.Next(Draws.Kind.NoShow, worker, cell.Day) < chance ? 1 : 0;
        }

        for (int k = 0; k < Math.Min(absent, MostStandby); k++)
        {
            tally.Called[group.Line][k]++;
        }

        int present = group.Workers.Length - absent;
        foreach ((int vehicle, int count) in group.Rides)
        {
            if (draws.Next(Draws.Kind.Vehicle, vehicle, cell.Day) < _rates.Breakdown)
            {
                int left = Math.Min(present, count);
                present -= left;
                tally.Vehicles[vehicle].Days += left;
                tally.Vehicles[vehicle].Value += each * left;
            }
        }

        return present;
    }

    private static double Value(Cell cell, int filled, int required)
    {
        int needed = Math.Min(filled, required);
        return (needed * cell.RequiredValue) + ((filled - needed) * cell.TargetValue);
    }

    /// <summary>The k-th standby of a line pays while being called often enough brings more than waiting costs.</summary>
    private ImmutableArray<StandbyLine> Standby(int replays)
    {
        var lines = new List<StandbyLine>();
        foreach (Line line in _lines)
        {
            double gain = 0;
            int workers = 0;
            for (int k = 0; k < MostStandby; k++)
            {
                double calls = line.Called[k] / (double)replays;
                double more = (calls * line.Value) - (_rates.StandbyPay * (line.Days - calls));
                if (more <= 0)
                {
                    break;
                }

                gain += more;
                workers++;
            }

            if (workers > 0)
            {
                lines.Add(new StandbyLine(line.Village, line.Order, workers, line.Days, Math.Round((decimal)gain, 2, MidpointRounding.AwayFromZero)));
            }
        }

        return [.. lines.OrderByDescending(l => l.NetValue).ThenBy(l => l.Village.Value, StringComparer.Ordinal).ThenBy(l => l.Order.Value, StringComparer.Ordinal)];
    }

    private static ImmutableArray<Weakness> Weakest(Loss[] losses, int replays, Func<int, string> name, Func<int, int> planned) =>
    [
        .. losses.Select((l, i) => (Loss: l, Index: i)).Where(l => l.Loss.Days > 0)
            .OrderByDescending(l => l.Loss.Value).ThenBy(l => l.Index).Take(MostWeak)
            .Select(l => new Weakness(name(l.Index), planned(l.Index), Math.Round(l.Loss.Days / replays, 3), Math.Round((decimal)(l.Loss.Value / replays), 2))),
    ];

    private static Spread SpreadOf(double[] values) => new(
        values.Mean(), values.Length > 1 ? values.StandardDeviation() : 0, values.Quantile(0.05), values.Median(), values.Quantile(0.95));

    private (Cell[] Cells, Line[] Lines, int WorkerDays) Lay(Plan plan)
    {
        Dictionary<WorkerId, int> workers = Number(_season.Workers.Select(w => w.Id));
        Dictionary<BrokerId, int> brokers = Number(_brokers);
        Dictionary<VehicleId, int> vehicles = Number(_vehicles);
        Dictionary<PlaceId, int> sites = Number(_sites);
        Dictionary<OrderId, int> orders = Number(_season.Orders.Select(o => o.Id));
        Dictionary<CrewId, Crew> crews = plan.Crews.ToDictionary(c => c.Id);
        var demand = _season.Demand.ToDictionary(d => (d.Order, d.Date));
        var rounds = _season.Rounds.ToLookup(r => r.Order);
        var rides = plan.Trips
            .SelectMany(t => t.Stops.SelectMany(s => s.Groups).Where(g => g.Board > 0), (t, g) => (Key: (t.Date, g.Crew, g.Village), Vehicle: vehicles[t.Vehicle], g.Board))
            .ToLookup(r => r.Key, r => (r.Vehicle, r.Board));
        var lines = new Dictionary<(PlaceId, OrderId), Line>();
        var cells = new List<Cell>();
        int all = 0;
        foreach (var day in plan.WorkerDays.Distinct().GroupBy(d => (crews[d.Crew].Order, d.Date)).OrderBy(g => g.Key.Date).ThenBy(g => orders[g.Key.Order]))
        {
            if (!_season.Contains(day.Key.Date))
            {
                continue;
            }

            Order order = _season.OrderById[day.Key.Order];
            DailyDemand wanted = demand.GetValueOrDefault(day.Key);
            PickingRound? round = rounds[order.Id].FirstOrDefault(r => r.Window.Contains(day.Key.Date));
            double late = round is null ? 1 : (double)DemandRules.LateFactor(round, day.Key.Date);
            var groups = new List<Group>();
            foreach (var group in day.GroupBy(d => (d.Crew, _season.WorkerById[d.Worker].Village)).OrderBy(g => g.Key.Crew.Value, StringComparer.Ordinal).ThenBy(g => g.Key.Village.Value, StringComparer.Ordinal))
            {
                if (!lines.TryGetValue((group.Key.Village, order.Id), out Line? line))
                {
                    lines[(group.Key.Village, order.Id)] = line = new Line(lines.Count, group.Key.Village, order.Id, (double)order.ValueRequired);
                }

                // A line with two crews on a day is two lines of standby for that day: each waits for its own bus.
                line.Days++;
                groups.Add(new Group(
                    brokers[crews[group.Key.Crew].Broker], line.Number, [.. group.Select(d => workers[d.Worker]).Order()],
                    [.. rides[(day.Key.Date, group.Key.Crew, group.Key.Village)]]));
            }

            int count = groups.Sum(g => g.Workers.Length);
            all += count;
            var cell = new Cell(
                orders[order.Id], sites[order.Site], _season.DayIndex(day.Key.Date), wanted.Required, wanted.Target, count,
                (double)order.ValueRequired, (double)order.ValueTarget * late, [.. groups]);
            cell.PlannedValue = Value(cell, Math.Min(count, wanted.Target), wanted.Required);
            cells.Add(cell);
        }

        return ([.. cells], [.. lines.Values.OrderBy(l => l.Number)], all);
    }

    private static Dictionary<T, int> Number<T>(IEnumerable<T> ids)
        where T : notnull => ids.Select((id, i) => (id, i)).ToDictionary(p => p.id, p => p.i);

    private struct Loss
    {
        public double Days;
        public double Value;
    }

    private sealed class Tally(int days, int brokers, int vehicles, int lines)
    {
        public Loss[] Days { get; } = new Loss[days];

        public Loss[] Brokers { get; } = new Loss[brokers];

        public Loss[] Vehicles { get; } = new Loss[vehicles];

        public long[][] Called { get; } = [.. Enumerable.Range(0, lines).Select(_ => new long[MostStandby])];
    }

    private sealed class Line(int number, PlaceId village, OrderId order, double value)
    {
        public int Number => number;

        public PlaceId Village => village;

        public OrderId Order => order;

        /// <summary>CNY that somebody who steps in brings on a day.</summary>
        public double Value => value;

        public int Days { get; set; }

        public long[] Called { get; } = new long[MostStandby];
    }

    private sealed record Group(int Broker, int Line, int[] Workers, (int Vehicle, int Count)[] Rides);

    private sealed record Cell(
        int Order, int Site, int Day, int Required, int Target, int Planned, double RequiredValue, double TargetValue, Group[] Groups)
    {
        public double PlannedValue { get; set; }
    }
}
