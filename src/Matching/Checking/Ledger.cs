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
    /// <summary>So many times more keys than rows make comparing quicker than counting.</summary>
    private const int FewRows = 4;
    private readonly CheckScope? _scope;

    /// <exception cref="ArgumentException">The plan names something the season does not have, or has a crew or trip id twice.</exception>
    public Ledger(SeasonIndex index, Plan plan)
        : this(index, plan.Crews, ledger => ledger.Read(plan.WorkerDays), null)
    {
    }

    /// <summary>A part of a plan.</summary>
    /// <param name="index">The season.</param>
    /// <param name="crews">The crews that have rows or trips.</param>
    /// <param name="rows">The rows, by position among these crews; each in the season.</param>
    /// <param name="scope">What is complete in it.</param>
    /// <exception cref="ArgumentException">A crew id stands twice.</exception>
    public Ledger(SeasonIndex index, ImmutableArray<Crew> crews, IReadOnlyCollection<LedgerRow> rows, CheckScope scope)
        : this(index, crews, _ => [.. rows], scope)
    {
    }

    private Ledger(SeasonIndex index, ImmutableArray<Crew> given, Func<Ledger, LedgerRow[]> read, CheckScope? scope)
    {
        _scope = scope;
        Index = index;
        Crews = given.IsDefault ? [] : given;
        CrewNumbers = new Dictionary<CrewId, int>(Crews.Length);
        CrewOrder = new int[Crews.Length];
        CrewBroker = new int[Crews.Length];
        CrewSite = new int[Crews.Length];
        NumberCrews();
        Sort(read(this), out int[] workers, out int[] crews, out int[] days);
        RowWorker = workers;
        RowCrew = crews;
        RowDay = days;
        ByCrew = SortByCrew();
        CrewStart = CountStarts(RowCrew, Crews.Length);
        Memberships = FindMemberships();
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

    /// <summary>Row numbers sorted by crew, day, village and worker.</summary>
    public int[] ByCrew { get; }

    /// <summary>First entry of each crew in <see cref="ByCrew"/>, with one more entry at the end.</summary>
    public int[] CrewStart { get; }

    /// <summary>Each worker and crew with at least one working day, sorted by worker.</summary>
    public Membership[] Memberships { get; }

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

    /// <summary>The worker's rows: the first, and the one after the last.</summary>
    public (int Start, int End) RowsOf(int worker)
    {
        ArraySegment<int> rows = Run(RowWorker, w => w, worker);
        return (rows.Offset, rows.Offset + rows.Count);
    }

    /// <summary>The worker's parts in crews.</summary>
    public ArraySegment<Membership> MembershipsOf(int worker) => Run(Memberships, m => m.Worker, worker);

    /// <summary>The crew's members by day and village.</summary>
    public ArraySegment<Group> GroupsOf(int crew) => Run(Groups, g => g.Crew, crew);

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

    private LedgerRow[] Read(ImmutableArray<WorkerDay> given)
    {
        ImmutableArray<WorkerDay> rows = given.IsDefault ? [] : given;
        int count = 0;
        var read = new LedgerRow[rows.Length];
        var outside = new Dictionary<(int, int, DateOnly), int>();
        foreach (WorkerDay row in rows)
        {
            int w = Position(Index.Workers, row.Worker, "worker", "A worker-day");
            int c = Position(CrewNumbers, row.Crew, "crew", "A worker-day");
            int d = Index.Season.DayIndex(row.Date);
            if (d >= 0 && d < Index.Days)
            {
                read[count++] = new LedgerRow(w, c, d);
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

        return read[..count];
    }

    private void Sort(LedgerRow[] rows, out int[] workers, out int[] crews, out int[] days)
    {
        int[] worker = Array.ConvertAll(rows, r => r.Worker);
        int[] crew = Array.ConvertAll(rows, r => r.Crew);
        int[] day = Array.ConvertAll(rows, r => r.Day);
        int[] order = [.. Enumerable.Range(0, rows.Length)];
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

    private Membership[] FindMemberships()
    {
        var found = new List<Membership>();
        int[] latest = new int[Crews.Length];
        Array.Fill(latest, -1);
        int start = 0;
        for (int row = 0; row < RowWorker.Length; row++)
        {
            if (row > 0 && RowWorker[row] != RowWorker[row - 1])
            {
                start = found.Count;
            }

            int crew = RowCrew[row];
            if (latest[crew] >= start)
            {
                found[latest[crew]] = found[latest[crew]] with { Last = RowDay[row] };
            }
            else
            {
                latest[crew] = found.Count;
                found.Add(new Membership(RowWorker[row], crew, RowDay[row], RowDay[row]));
            }
        }

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

    /// <summary>The entries with that key, of entries sorted by it.</summary>
    private static ArraySegment<T> Run<T>(T[] sorted, Func<T, int> keyOf, int key)
    {
        (int start, int high) = (0, sorted.Length);
        while (start < high)
        {
            int middle = (start + high) / 2;
            (start, high) = keyOf(sorted[middle]) < key ? (middle + 1, high) : (start, middle);
        }

        int end = start;
        while (end < sorted.Length && keyOf(sorted[end]) == key)
        {
            end++;
        }

        return new ArraySegment<T>(sorted, start, end - start);
    }

    /// <summary>Row numbers sorted stably by a key of each row: counted, or compared where keys are many and rows few.</summary>
    private static int[] SortBy(int[] order, int[] key, int keys)
    {
        if (order.Length < keys / FewRows)
        {
            long[] tagged = new long[order.Length];
            for (int i = 0; i < tagged.Length; i++)
            {
                tagged[i] = ((long)key[order[i]] << 32) | (uint)i;
            }

            Array.Sort(tagged);
            return Array.ConvertAll(tagged, t => order[(int)(uint)t]);
        }

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

/// <summary>A worker-day by position; the day lies in the season.</summary>
internal readonly record struct LedgerRow(int Worker, int Crew, int Day);

/// <summary>A worker's part in a crew: first and last working day in it.</summary>
internal readonly record struct Membership(int Worker, int Crew, int First, int Last);

/// <summary>The members of one crew from one village on a day.</summary>
internal readonly record struct Group(int Crew, int Day, int Village, int Members);
