using System.Collections.Immutable;
using Matching.Model;
using Matching.Plans;

namespace Matching.Checking;

/// <summary>
/// The plan's rows by position, counted once and sorted by worker and by crew. A row outside the season is kept apart: nobody
/// works there, so it breaks its rule and counts nowhere.
/// </summary>
internal sealed class Ledger
{
    private readonly Plan _plan;
    private readonly CheckScope? _scope;

    /// <exception cref="ArgumentException">The plan names something the season does not have, or has a crew or trip id twice.</exception>
    public Ledger(SeasonIndex index, Plan plan, CheckScope? scope = null)
    {
        _scope = scope;
        Index = index;
        _plan = plan;
        Crews = plan.Crews.IsDefault ? [] : plan.Crews;
        CrewNumbers = new Dictionary<CrewId, int>(Crews.Length);
        CrewOrder = new int[Crews.Length];
        CrewBroker = new int[Crews.Length];
        CrewSite = new int[Crews.Length];
        NumberCrews();
        ReadRows(out int[] workers, out int[] crews, out int[] days);
        RowWorker = workers;
        RowCrew = crews;
        RowDay = days;
        WorkerStart = CountStarts(RowWorker, Index.Season.Workers.Length);
        ByCrew = SortByCrew();
        CrewStart = CountStarts(RowCrew, Crews.Length);
        Memberships = FindMemberships(out int[] starts);
        MembershipStart = starts;
        Groups = FindGroups();
        Filled = CountFilled();
    }

    public SeasonIndex Index { get; }

    public ImmutableArray<Crew> Crews { get; }

    public Dictionary<CrewId, int> CrewNumbers { get; }

    public int[] CrewOrder { get; }

    public int[] CrewBroker { get; }

    public int[] CrewSite { get; }

    /// <summary>Worker of each distinct row in the season; rows are sorted by worker, day and crew.</summary>
    public int[] RowWorker { get; }

    public int[] RowCrew { get; }

    public int[] RowDay { get; }

    /// <summary>First row of each worker, with one more entry at the end.</summary>
    public int[] WorkerStart { get; }

    /// <summary>Row numbers sorted by crew, day, village and worker.</summary>
    public int[] ByCrew { get; }

    /// <summary>First entry of each crew in <see cref="ByCrew"/>, with one more entry at the end.</summary>
    public int[] CrewStart { get; }

    /// <summary>Each worker and crew with at least one working day, sorted by worker.</summary>
    public Membership[] Memberships { get; }

    /// <summary>First membership of each worker, with one more entry at the end.</summary>
    public int[] MembershipStart { get; }

    /// <summary>Members of each crew by day and village, sorted so.</summary>
    public Group[] Groups { get; }

    /// <summary>Filled worker-days by order and day; null for an order nobody works at.</summary>
    public int[]?[] Filled { get; }

    /// <summary>What part of the plan the rows are, or null when they are all of it.</summary>
    public CheckScope? Scope => _scope;

    /// <summary>Rows written more than once.</summary>
    public List<(int Worker, int Crew, DateOnly Date)> Repeated { get; } = [];

    /// <summary>Rows outside the season, each once.</summary>
    public List<(int Worker, int Crew, DateOnly Date)> OutsideSeason { get; } = [];

    public int FilledOn(int order, int day) => Filled[order] is { } filled ? filled[day] : 0;

    /// <summary>The season days of a crew's engagement as positions; empty (First &gt; Last) when there are none.</summary>
    public (int First, int Last) Engagement(int crew) => Index.Clip(new DayWindow(Crews[crew].From, Crews[crew].To));

    private void NumberCrews()
    {
        for (int i = 0; i < Crews.Length; i++)
        {
            Crew crew = Crews[i];
            if (!CrewNumbers.TryAdd(crew.Id, i))
            {
                throw new ArgumentException($"The plan has crew {crew.Id} twice.");
            }

            CrewOrder[i] = Position(Index.Orders, crew.Order, "order", $"Crew {crew.Id}");
            CrewBroker[i] = Position(Index.Brokers, crew.Broker, "broker", $"Crew {crew.Id}");
            CrewSite[i] = Index.OrderSite[CrewOrder[i]];
        }
    }

    public static int Position<TId>(Dictionary<TId, int> numbers, TId id, string kind, string who)
        where TId : notnull => numbers.TryGetValue(id, out int position)
            ? position
            : throw new ArgumentException($"{who} names {kind} {id}, which is unknown.");

    private void ReadRows(out int[] workers, out int[] crews, out int[] days)
    {
        ImmutableArray<WorkerDay> rows = _plan.WorkerDays.IsDefault ? [] : _plan.WorkerDays;
        int count = 0;
        int[] worker = new int[rows.Length];
        int[] crew = new int[rows.Length];
        int[] day = new int[rows.Length];
        var outside = new Dictionary<(int, int, DateOnly), int>();
        foreach (WorkerDay row in rows)
        {
            int w = Position(Index.Workers, row.Worker, "worker", "A worker-day");
            int c = Position(CrewNumbers, row.Crew, "crew", "A worker-day");
            int d = Index.Season.DayIndex(row.Date);
            if (d >= 0 && d < Index.Days)
            {
                (worker[count], crew[count], day[count]) = (w, c, d);
                count++;
            }
            else
            {
                outside[(w, c, row.Date)] = outside.GetValueOrDefault((w, c, row.Date)) + 1;
            }
        }

        foreach (((int, int, DateOnly) row, int times) in outside)
        {
            OutsideSeason.Add(row);
            if (times > 1)
            {
                Repeated.Add(row);
            }
        }

        int[] order = [.. Enumerable.Range(0, count)];
        order = SortBy(order, crew, Crews.Length);
        order = SortBy(order, day, Index.Days);
        order = SortBy(order, worker, Index.Season.Workers.Length);
        (workers, crews, days) = Distinct(order, worker, crew, day);
    }

    private (int[] Workers, int[] Crews, int[] Days) Distinct(int[] order, int[] worker, int[] crew, int[] day)
    {
        int[] workers = new int[order.Length];
        int[] crews = new int[order.Length];
        int[] days = new int[order.Length];
        int kept = 0;
        bool repeated = false;
        foreach (int row in order)
        {
            int last = kept - 1;
            if (last >= 0 && workers[last] == worker[row] && days[last] == day[row] && crews[last] == crew[row])
            {
                if (!repeated)
                {
                    Repeated.Add((worker[row], crew[row], Index.Season.Day(day[row])));
                }

                repeated = true;
                continue;
            }

            (workers[kept], crews[kept], days[kept]) = (worker[row], crew[row], day[row]);
            kept++;
            repeated = false;
        }

        return (workers[..kept], crews[..kept], days[..kept]);
    }

    private int[] SortByCrew()
    {
        int[] order = [.. Enumerable.Range(0, RowWorker.Length)];
        int[] village = Array.ConvertAll(RowWorker, w => Index.WorkerVillage[w]);
        order = SortBy(order, village, Index.Season.Places.Length);
        order = SortBy(order, RowDay, Index.Days);
        return SortBy(order, RowCrew, Crews.Length);
    }

    private Membership[] FindMemberships(out int[] starts)
    {
        var found = new List<Membership>();
        int[] latest = new int[Crews.Length];
        Array.Fill(latest, -1);
        starts = new int[WorkerStart.Length];
        for (int worker = 0; worker + 1 < WorkerStart.Length; worker++)
        {
            starts[worker] = found.Count;
            for (int row = WorkerStart[worker]; row < WorkerStart[worker + 1]; row++)
            {
                int crew = RowCrew[row];
                if (latest[crew] >= starts[worker])
                {
                    found[latest[crew]] = found[latest[crew]] with { Last = RowDay[row] };
                }
                else
                {
                    latest[crew] = found.Count;
                    found.Add(new Membership(worker, crew, RowDay[row], RowDay[row]));
                }
            }
        }

        starts[^1] = found.Count;
        return [.. found];
    }

    private Group[] FindGroups()
    {
        var groups = new List<Group>();
        foreach (int row in ByCrew)
        {
            int village = Index.WorkerVillage[RowWorker[row]];
            if (groups.Count > 0 && groups[^1] is var last && last.Crew == RowCrew[row] && last.Day == RowDay[row] && last.Village == village)
            {
                groups[^1] = last with { Members = last.Members + 1 };
            }
            else
            {
                groups.Add(new Group(RowCrew[row], RowDay[row], village, 1));
            }
        }

        return [.. groups];
    }

    private int[]?[] CountFilled()
    {
        var filled = new int[]?[Index.Season.Orders.Length];
        for (int row = 0; row < RowCrew.Length; row++)
        {
            (filled[CrewOrder[RowCrew[row]]] ??= new int[Index.Days])[RowDay[row]]++;
        }

        foreach ((int order, int[] elsewhere) in _scope?.FilledElsewhere ?? [])
        {
            int[] days = filled[order] ??= new int[Index.Days];
            for (int day = 0; day < elsewhere.Length; day++)
            {
                days[day] += elsewhere[day];
            }
        }

        return filled;
    }

    /// <summary>A stable counting sort of row numbers by a key of each row.</summary>
    private static int[] SortBy(int[] order, int[] key, int keys)
    {
        int[] next = CountStarts(order.Length == key.Length ? key : Array.ConvertAll(order, row => key[row]), keys);
        int[] sorted = new int[order.Length];
        foreach (int row in order)
        {
            sorted[next[key[row]]++] = row;
        }

        return sorted;
    }

    private static int[] CountStarts(int[] key, int keys)
    {
        int[] starts = new int[keys + 1];
        foreach (int value in key)
        {
            starts[value + 1]++;
        }

        for (int i = 1; i < starts.Length; i++)
        {
            starts[i] += starts[i - 1];
        }

        return starts;
    }
}

/// <summary>A worker's part in a crew: first and last working day in it.</summary>
internal readonly record struct Membership(int Worker, int Crew, int First, int Last);

/// <summary>The members of one crew from one village on a day.</summary>
internal readonly record struct Group(int Crew, int Day, int Village, int Members);
