using Matching.Model;
using Matching.Plans;
using Matching.Rules;

namespace Matching.Reporting;

/// <summary>
/// A plan counted once for all outputs: filled worker-days per order and day, members per crew, days per worker, kilometres.
/// Workers, brokers, orders and vehicles are named by their position in the season, crews by their position in the plan.
/// </summary>
internal sealed class PlanTally
{
    // crew << 36 | worker << 12 | day: sorting the keys groups a crew's members and their days. 3,660 days fit 12 bits.
    private const int WorkerShift = 12;
    private const int CrewShift = 36;
    private const int DayMask = (1 << WorkerShift) - 1;
    private const int WorkerMask = (1 << (CrewShift - WorkerShift)) - 1;

    private readonly long[] _keys;
    private readonly int[] _crewStart;

    /// <summary>Counts the plan.</summary>
    /// <exception cref="ArgumentException">The season is longer than a contract season, or the plan names an id the season does not know.</exception>
    public PlanTally(Season season, Plan plan)
    {
        ArgumentNullException.ThrowIfNull(season);
        ArgumentNullException.ThrowIfNull(plan);
        if (season.DayCount > DayMask)
        {
            throw new ArgumentException($"The season has {season.DayCount} days; at most {DayMask} can be reported.", nameof(season));
        }

        (Season, Plan) = (season, plan);
        WorkerIndex = Positions(season.Workers, w => w.Id);
        BrokerIndex = Positions(season.Brokers, b => b.Id);
        OrderIndex = Positions(season.Orders, o => o.Id);
        VehicleIndex = Positions(season.Vehicles, v => v.Id);
        PlaceIndex = Positions(season.Places, p => p.Id);
        CrewIndex = Positions(plan.Crews, c => c.Id);
        CrewBroker = [.. plan.Crews.Select(c => At(BrokerIndex, c.Broker))];
        CrewOrder = [.. plan.Crews.Select(c => At(OrderIndex, c.Order))];

        Required = new int[season.Orders.Length, season.DayCount];
        Target = new int[season.Orders.Length, season.DayCount];
        Filled = new int[season.Orders.Length, season.DayCount];
        foreach (DailyDemand demand in season.Demand)
        {
            Required[At(OrderIndex, demand.Order), season.DayIndex(demand.Date)] = demand.Required;
            Target[At(OrderIndex, demand.Order), season.DayIndex(demand.Date)] = demand.Target;
        }

        _keys = DistinctKeys();
        _crewStart = CrewStarts();
        DaysWorked = CountDaysWorked();
        foreach (long key in _keys)
        {
            Filled[CrewOrder[(int)(key >> CrewShift)], (int)(key & DayMask)]++;
        }

        Mileage = VehicleMileage.Of(this);
    }

    /// <summary>The season.</summary>
    public Season Season { get; }

    /// <summary>The plan.</summary>
    public Plan Plan { get; }

    /// <summary>Positions of workers in the season.</summary>
    public Dictionary<WorkerId, int> WorkerIndex { get; }

    /// <summary>Positions of brokers in the season.</summary>
    public Dictionary<BrokerId, int> BrokerIndex { get; }

    /// <summary>Positions of orders in the season.</summary>
    public Dictionary<OrderId, int> OrderIndex { get; }

    /// <summary>Positions of vehicles in the season.</summary>
    public Dictionary<VehicleId, int> VehicleIndex { get; }

    /// <summary>Positions of places in the season.</summary>
    public Dictionary<PlaceId, int> PlaceIndex { get; }

    /// <summary>Positions of crews in the plan.</summary>
    public Dictionary<CrewId, int> CrewIndex { get; }

    /// <summary>Per crew, its broker.</summary>
    public int[] CrewBroker { get; }

    /// <summary>Per crew, its order.</summary>
    public int[] CrewOrder { get; }

    /// <summary>Required worker-days by order and day.</summary>
    public int[,] Required { get; }

    /// <summary>Target worker-days by order and day.</summary>
    public int[,] Target { get; }

    /// <summary>Filled worker-days by order and day; a repeated assignment counts once.</summary>
    public int[,] Filled { get; }

    /// <summary>Distinct season days worked, per worker.</summary>
    public int[] DaysWorked { get; }

    /// <summary>Distinct worker-days on season days.</summary>
    public int WorkerDays => _keys.Length;

    /// <summary>Assignments on days outside the season, which no grid of season days can show. 0 in every legal plan.</summary>
    public int OutsideSeason { get; private set; }

    /// <summary>What the vehicles drive.</summary>
    public VehicleMileage Mileage { get; }

    /// <summary>The members of a crew in the order of the season's workers, each with the season days worked, ascending.</summary>
    public IEnumerable<CrewMember> MembersOf(int crew)
    {
        int at = _crewStart[crew];
        int end = _crewStart[crew + 1];
        while (at < end)
        {
            int worker = WorkerOf(_keys[at]);
            int from = at;
            while (at < end && WorkerOf(_keys[at]) == worker)
            {
                at++;
            }

            int[] days = new int[at - from];
            for (int i = 0; i < days.Length; i++)
            {
                days[i] = (int)(_keys[from + i] & DayMask);
            }

            yield return new CrewMember(worker, days);
        }
    }

    /// <summary>Every order and day filled below target, by order, then day.</summary>
    public IEnumerable<TallyShortage> Shortages()
    {
        ILookup<OrderId, PickingRound> rounds = Season.Rounds.ToLookup(r => r.Order);
        for (int order = 0; order < Season.Orders.Length; order++)
        {
            for (int day = 0; day < Season.DayCount; day++)
            {
                int filled = Filled[order, day];
                if (filled < Target[order, day])
                {
                    Order wanted = Season.Orders[order];
                    DateOnly date = Season.Day(day);
                    PickingRound? round = rounds[wanted.Id].FirstOrDefault(r => r.Window.Contains(date));
                    decimal late = round is null ? 1m : DemandRules.LateFactor(round, date);
                    decimal lost = (wanted.ValueRequired * Math.Max(0, Required[order, day] - filled))
                        + (wanted.ValueTarget * late * (Target[order, day] - Math.Max(filled, Required[order, day])));
                    yield return new TallyShortage(order, day, Required[order, day], Target[order, day], filled, lost);
                }
            }
        }
    }

    /// <summary>The position of an id.</summary>
    /// <exception cref="ArgumentException">The id is not known.</exception>
    public static int At<TId>(Dictionary<TId, int> positions, TId id)
        where TId : struct =>
        positions.TryGetValue(id, out int position)
            ? position
            : throw new ArgumentException($"The {typeof(TId).Name} '{id}' is not known; the plan belongs to another season.");

    private static int WorkerOf(long key) => (int)((key >> WorkerShift) & WorkerMask);

    private static Dictionary<TId, int> Positions<T, TId>(IReadOnlyCollection<T> items, Func<T, TId> idOf)
        where TId : struct
    {
        Dictionary<TId, int> positions = new(items.Count);
        foreach (T item in items)
        {
            positions.Add(idOf(item), positions.Count);
        }

        return positions;
    }

    private long[] DistinctKeys()
    {
        long[] keys = new long[Plan.WorkerDays.Length];
        int count = 0;
        foreach (WorkerDay work in Plan.WorkerDays)
        {
            long crew = At(CrewIndex, work.Crew);
            long worker = At(WorkerIndex, work.Worker);
            if (Season.Contains(work.Date))
            {
                keys[count++] = (crew << CrewShift) | (worker << WorkerShift) | (long)Season.DayIndex(work.Date);
            }
            else
            {
                OutsideSeason++;
            }
        }

        return Distinct(keys.AsSpan(0, count));
    }

    private static long[] Distinct(Span<long> keys)
    {
        keys.Sort();
        int count = 0;
        for (int i = 0; i < keys.Length; i++)
        {
            if (i == 0 || keys[i] != keys[i - 1])
            {
                keys[count++] = keys[i];
            }
        }

        return keys[..count].ToArray();
    }

    private int[] CrewStarts()
    {
        int[] starts = new int[Plan.Crews.Length + 1];
        foreach (long key in _keys)
        {
            starts[(int)(key >> CrewShift) + 1]++;
        }

        for (int crew = 0; crew < Plan.Crews.Length; crew++)
        {
            starts[crew + 1] += starts[crew];
        }

        return starts;
    }

    private int[] CountDaysWorked()
    {
        int[] days = new int[Season.Workers.Length];
        long[] workerDays = new long[_keys.Length];
        for (int i = 0; i < _keys.Length; i++)
        {
            workerDays[i] = _keys[i] & ((1L << CrewShift) - 1);
        }

        foreach (long key in Distinct(workerDays))
        {
            days[WorkerOf(key)]++;
        }

        return days;
    }
}

/// <summary>One worker's days in one crew.</summary>
/// <param name="Worker">Position of the worker.</param>
/// <param name="Days">Season days worked, ascending.</param>
internal readonly record struct CrewMember(int Worker, int[] Days);

/// <summary>An order's day filled below its target.</summary>
/// <param name="Order">Position of the order.</param>
/// <param name="Day">Season day.</param>
/// <param name="Required">Worker-days required.</param>
/// <param name="Target">Worker-days that could be used.</param>
/// <param name="Filled">Worker-days filled.</param>
/// <param name="LostValue">CNY the missing worker-days would have brought before costs.</param>
internal readonly record struct TallyShortage(int Order, int Day, int Required, int Target, int Filled, decimal LostValue);
