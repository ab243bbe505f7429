using Matching.Model;
using Matching.Planning.Compiled;
using Matching.Rules;

namespace Matching.Planning.Bound;

/// <summary>People who live in the same villages in the same proportions: one row of rewards serves them all.</summary>
/// <param name="Villages">The villages with the share of the members in each; the shares sum to 1.</param>
/// <param name="Leaders">Brokers whose area holds all the villages.</param>
internal sealed record Home((int Village, double Share)[] Villages, int[] Leaders);

/// <summary>
/// What the bound's sub-problems read: order-days with demand in day order, who may lead there, and what a worker-day costs
/// at the very least. Computed once per season; immutable.
/// </summary>
internal sealed class BoundData
{
    public readonly CompiledSeason C;

    /// <summary>First order-day of each day, and one past the last.</summary>
    public readonly int[] DayStart;
    public readonly int[] OrderOf;
    public readonly int[] DayOf;
    public readonly int[] Target;
    public readonly int[] Required;

    /// <summary>Order-day by order × day, -1 where nobody can work.</summary>
    public readonly int[] At;

    /// <summary>Engagement start per crew-day: the start cost over the longest run of days an engagement can have there.</summary>
    public readonly double[] StartPerDay;

    /// <summary>Join cost per worker-day: over the most days one worker can work in an engagement there.</summary>
    public readonly double[] JoinPerDay;

    /// <summary>One over the most days one worker can work in an engagement there.</summary>
    public readonly double[] PerWorkerDay;

    /// <summary>C1 by broker × order: the largest crew, 0 where the two cannot work together; and the smallest.</summary>
    public readonly ushort[] CrewMax;

    /// <inheritdoc cref="CrewMax"/>
    public readonly ushort[] CrewMin;
    public readonly int[][] AgreementsOfBroker;
    public readonly RestAutomaton Rest;
    public readonly byte[] HoursClass;
    public readonly Home[] Homes;
    public readonly int[] HomeOfUnit;

    /// <summary>Units whose people may work at all, sorted so that those alike follow each other.</summary>
    public readonly int[] UnitOrder;

    public BoundData(CompiledSeason c)
    {
        C = c;
        int[] suitable = SuitableHeads(c);
        int[] leastCrew = [.. c.Season.Orders.Select(o => Math.Max(1, o.CrewMin))];
        At = new int[c.Orders * c.Days];
        Array.Fill(At, -1);
        DayStart = new int[c.Days + 1];
        var orderOf = new List<int>();
        for (int d = 0; d < c.Days; d++)
        {
            DayStart[d] = orderOf.Count;
            for (int o = 0; o < c.Orders; o++)
            {
                if (IsOpen(o, d))
                {
                    At[(o * c.Days) + d] = orderOf.Count;
                    orderOf.Add(o);
                }
            }
        }

        DayStart[c.Days] = orderOf.Count;
        OrderOf = [.. orderOf];
        int n = OrderOf.Length;
        DayOf = new int[n];
        Target = new int[n];
        Required = new int[n];
        StartPerDay = new double[n];
        JoinPerDay = new double[n];
        PerWorkerDay = new double[n];
        for (int o = 0; o < c.Orders; o++)
        {
            for (int d = 0; d < c.Days; d++)
            {
                int from = d;
                while (d < c.Days && IsOpen(o, d))
                {
                    d++;
                }

                int length = d - from;
                for (int e = from; e < d; e++)
                {
                    int k = At[(o * c.Days) + e];
                    DayOf[k] = e;
                    Target[k] = MostOn(o, e);
                    Required[k] = Math.Min(Target[k], c.Required[(o * c.Days) + e]);
                    StartPerDay[k] = c.Start / length;
                    PerWorkerDay[k] = 1.0 / MostDays(c, length, c.Hours[o]);
                    JoinPerDay[k] = c.Join * PerWorkerDay[k];
                }
            }
        }

        CrewMax = new ushort[c.Brokers * c.Orders];
        CrewMin = new ushort[c.Brokers * c.Orders];
        for (int b = 0; b < c.Brokers; b++)
        {
            for (int o = 0; o < c.Orders; o++)
            {
                (int min, int max) = c.SizeRange(b, o);
                if (max >= 1 && min <= max && min <= ushort.MaxValue)
                {
                    CrewMax[(b * c.Orders) + o] = (ushort)Math.Min(max, ushort.MaxValue);
                    CrewMin[(b * c.Orders) + o] = (ushort)Math.Max(1, min);
                }
            }
        }

        AgreementsOfBroker = new int[c.Brokers][];
        for (int b = 0; b < c.Brokers; b++)
        {
            AgreementsOfBroker[b] = [.. Enumerable.Range(0, c.Agreements.Length).Where(a => c.Agreements[a].FromVillage is null && c.Agreements[a].Broker == b)];
        }

        double[] weight = new double[c.Orders];
        for (int k = 0; k < n; k++)
        {
            weight[OrderOf[k]] += Target[k];
        }

        int[] used = [.. Enumerable.Range(0, c.Orders).Where(o => weight[o] > 0)];
        Rest = RestAutomaton.Create([.. used.Select(o => c.Hours[o])], [.. used.Select(o => weight[o])], c.MaxHours, c.MaxConsecutive);
        HoursClass = [.. c.Hours.Select(h => (byte)Rest.ClassOf(h))];
        (Homes, HomeOfUnit) = GatherHomes(c);
        UnitOrder = SortUnits(c, HomeOfUnit);

        // C1, D1, D2: some crew fits the day.
        bool IsOpen(int o, int d) => MostOn(o, d) >= leastCrew[o];

        int MostOn(int o, int d)
        {
            int at = (o * c.Days) + d;
            int most = Math.Min(c.Target[at], suitable[at]);
            return c.Round[at] is int r and >= 0 ? Math.Min(most, c.RoundCap[r]) : most;
        }
    }

    public int Count => OrderOf.Length;

    /// <summary>The largest crew of a broker on an order-day; 0 where the broker cannot lead there.</summary>
    public int HeadsOf(int broker, int orderDay)
    {
        int at = (broker * C.Orders) + OrderOf[orderDay];
        int most = Math.Min(CrewMax[at], Target[orderDay]);
        return most >= CrewMin[at] && C.CanLead[(broker * C.Days) + DayOf[orderDay]] ? most : 0;
    }

    /// <summary>W4: no worker works on more of so many consecutive days at an order of those hours.</summary>
    public static int MostDays(CompiledSeason c, int length, long hours) =>
        Math.Max(1, WorkerRules.MostDays(c.Season.Work, length, hours / 1_000_000m));

    /// <summary>W1, W2, W3: people who are there and suit the order, by order × day.</summary>
    private static int[] SuitableHeads(CompiledSeason c)
    {
        int[] ofKind = new int[c.Kinds.Length * c.Days];
        foreach (Unit unit in c.Units)
        {
            for (int d = 0; d < c.Days; d++)
            {
                ofKind[(unit.Kind * c.Days) + d] += unit.Available[d] ? unit.Size : 0;
            }
        }

        int[] heads = new int[c.Orders * c.Days];
        for (int kind = 0; kind < c.Kinds.Length; kind++)
        {
            for (int o = 0; o < c.Orders; o++)
            {
                if (!c.Kinds[kind].Suits(o))
                {
                    continue;
                }

                for (int d = 0; d < c.Days; d++)
                {
                    heads[(o * c.Days) + d] += ofKind[(kind * c.Days) + d];
                }
            }
        }

        return heads;
    }

    private static (Home[], int[]) GatherHomes(CompiledSeason c)
    {
        var homes = new List<Home>();
        var index = new Dictionary<string, int>(StringComparer.Ordinal);
        int[] homeOf = new int[c.Units.Length];
        for (int u = 0; u < homeOf.Length; u++)
        {
            Unit unit = c.Units[u];
            (int Village, int Count)[] villages = [.. unit.Homes.OrderBy(h => h.Village)];
            string key = villages.Length == 1 ? $"{villages[0].Village}" : string.Join(';', villages.Select(h => $"{h.Village}:{h.Count}"));
            if (!index.TryGetValue(key, out int home))
            {
                home = index[key] = homes.Count;
                homes.Add(new Home(
                    [.. villages.Select(h => (h.Village, (double)h.Count / unit.Size))],
                    [.. Enumerable.Range(0, c.Brokers).Where(b => villages.All(h => c.Area[b][h.Village]))]));
            }

            homeOf[u] = home;
        }

        return ([.. homes], homeOf);
    }

    private static int[] SortUnits(CompiledSeason c, int[] homeOf)
    {
        int[] order = [.. Enumerable.Range(0, c.Units.Length).Where(u => c.Units[u].Available.AsSpan().Contains(true))];
        string[] key = new string[c.Units.Length];
        foreach (int u in order)
        {
            Unit unit = c.Units[u];
            key[u] = $"{homeOf[u]:D6} {unit.Kind:D7} {string.Join(',', unit.OwnBroker.Order())} {unit.LodgingOk} {unit.AdultFrom > 0} {unit.Size}";
        }

        Array.Sort(order, (a, b) => string.CompareOrdinal(key[a], key[b]) is int s and not 0 ? s : a.CompareTo(b));
        return order;
    }
}
