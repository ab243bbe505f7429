using Matching.Planning.Compiled;

namespace Matching.Planning.Bound;

/// <summary>
/// What being led costs per head, at the least. A crew-day of broker b at order o has at most n(b, o) members and costs the
/// fee, a share of the start, and λ ≥ 0 for C3's "one crew a day"; so a member costs at least (fee + λ + start − γ) / n when
/// the order-day pays each crew γ (over the least crew where γ is more than the rest). λ comes from one price per head, area
/// and day: λ = max(0, price × weight − fee), the usual crew as a rule (<see cref="Weight"/>), which keeps brokers of an area level.
/// </summary>
internal sealed class LeadPrices
{
    private readonly BoundData _data;
    private readonly double[] _usual;
    private readonly double[] _lambda;
    private readonly double[] _open;
    private readonly double[]?[] _areaCost;
    private readonly int[]?[] _areaBest;
    private readonly int[][] _areasOfHome;

    /// <summary>People of the area who suit the order and are there on the day, by area and order-day: no crew is larger.</summary>
    private readonly ushort[][] _people;

    public LeadPrices(BoundData data)
    {
        _data = data;
        CompiledSeason c = data.C;
        AreaOf = new int[c.Brokers];
        var areas = new Dictionary<bool[], int>(ReferenceEqualityComparer.Instance);
        var members = new List<List<int>>();
        for (int b = 0; b < c.Brokers; b++)
        {
            if (!areas.TryGetValue(c.Area[b], out int area))
            {
                area = areas[c.Area[b]] = members.Count;
                members.Add([]);
            }

            AreaOf[b] = area;
            members[area].Add(b);
        }

        BrokersOf = [.. members.Select(m => m.ToArray())];
        _areaCost = new double[BrokersOf.Length][];
        _areaBest = new int[BrokersOf.Length][];
        for (int a = 0; a < BrokersOf.Length; a++)
        {
            if (c.AreaVillages[BrokersOf[a][0]].Length > 1)
            {
                _areaCost[a] = new double[data.Count];
                _areaBest[a] = new int[data.Count];
            }
        }

        _people = CountPeople(data, members);
        _areasOfHome = [.. data.Homes.Select(h => h.Leaders.Select(b => AreaOf[b]).Distinct().Order().ToArray())];
        _lambda = new double[c.Brokers * c.Days];
        _open = new double[data.Count];
        _usual = new double[c.Brokers];
        double[] weight = new double[c.Orders];
        for (int k = 0; k < data.Count; k++)
        {
            weight[data.OrderOf[k]] += data.Target[k];
        }

        for (int b = 0; b < c.Brokers; b++)
        {
            double heads = 0;
            double all = 0;
            for (int o = 0; o < c.Orders; o++)
            {
                if (data.CrewMax[(b * c.Orders) + o] > 0)
                {
                    heads += weight[o] * data.CrewMax[(b * c.Orders) + o];
                    all += weight[o];
                }
            }

            _usual[b] = all > 0 ? heads / all : 0;
        }

        Weight = new double[c.Brokers * c.Days];
        for (int at = 0; at < Weight.Length; at++)
        {
            Weight[at] = _usual[at / c.Days];
        }
    }

    /// <summary>Brokers by area: those who may lead the same villages.</summary>
    public int[][] BrokersOf { get; }

    public int[] AreaOf { get; }

    public int Areas => BrokersOf.Length;

    /// <summary>Areas whose brokers may lead people of the home.</summary>
    public ReadOnlySpan<int> AreasOf(int home) => _areasOfHome[home];

    /// <summary>Heads a broker leads as a rule, the unit in which an area's price is counted.</summary>
    public double Usual(int broker) => _usual[broker];

    /// <summary>By broker and day what λ plus the fee is at an area's price of 1: the usual heads, unless something better is known. Whatever it is, bounds are bounds.</summary>
    public double[] Weight { get; set; }

    /// <summary>λ of a broker and day.</summary>
    public double Lambda(int broker, int day) => _lambda[(broker * _data.C.Days) + day];

    /// <summary>Takes over prices; returns Σ λ, the constant of the relaxed rule.</summary>
    public double Set(ReadOnlySpan<double> lead, ReadOnlySpan<double> agreement, ReadOnlySpan<double> open)
    {
        open.CopyTo(_open);
        CompiledSeason c = _data.C;
        double sum = 0;
        for (int b = 0; b < c.Brokers; b++)
        {
            for (int d = 0; d < c.Days; d++)
            {
                double lambda = c.CanLead[(b * c.Days) + d] ? Math.Max(0, (lead[(AreaOf[b] * c.Days) + d] * Weight[(b * c.Days) + d]) - c.Fee[b]) : 0;
                _lambda[(b * c.Days) + d] = lambda;
                sum += lambda;
            }
        }

        _agreement = agreement.ToArray();
        for (int a = 0; a < Areas; a++)
        {
            if (_areaCost[a] is { } cost)
            {
                Array.Fill(cost, double.PositiveInfinity);
                Array.Fill(_areaBest[a]!, -1);
                AddArea(a, cost, _areaBest[a]!);
            }
        }

        return sum;
    }

    private double[] _agreement = [];

    private static ushort[][] CountPeople(BoundData data, List<List<int>> brokersOfArea)
    {
        CompiledSeason c = data.C;
        int[][] byVillage = new int[c.Villages][];
        for (int v = 0; v < c.Villages; v++)
        {
            byVillage[v] = new int[data.Count];
        }

        // By village and kind first: units are many, kinds of them in a village are few.
        Dictionary<int, int[]>[] present = [.. Enumerable.Range(0, c.Villages).Select(_ => new Dictionary<int, int[]>())];
        foreach (Unit unit in c.Units)
        {
            foreach ((int village, int count) in unit.Homes)
            {
                if (!present[village].TryGetValue(unit.Kind, out int[]? byDay))
                {
                    byDay = present[village][unit.Kind] = new int[c.Days];
                }

                for (int d = 0; d < c.Days; d++)
                {
                    byDay[d] += unit.Available[d] ? count : 0;
                }
            }
        }

        int[] suited = new int[c.Days];
        for (int v = 0; v < c.Villages; v++)
        {
            for (int o = 0; o < c.Orders; o++)
            {
                Array.Clear(suited);
                foreach ((int kind, int[] byDay) in present[v])
                {
                    if (!c.Kinds[kind].Suits(o))
                    {
                        continue;
                    }

                    for (int d = 0; d < suited.Length; d++)
                    {
                        suited[d] += byDay[d];
                    }
                }

                for (int d = 0; d < suited.Length; d++)
                {
                    if (data.At[(o * c.Days) + d] is int k and >= 0)
                    {
                        byVillage[v][k] = suited[d];
                    }
                }
            }
        }

        ushort[][] people = new ushort[brokersOfArea.Count][];
        for (int a = 0; a < people.Length; a++)
        {
            people[a] = new ushort[data.Count];
            for (int k = 0; k < data.Count; k++)
            {
                int sum = 0;
                foreach (int v in c.AreaVillages[brokersOfArea[a][0]])
                {
                    sum += byVillage[v][k];
                }

                people[a][k] = (ushort)Math.Min(sum, ushort.MaxValue);
            }
        }

        return people;
    }

    /// <summary>CNY per head and the broker, by order-day, of the cheapest leader of a home.</summary>
    public void Fill(int home, double[] cost, int[] best)
    {
        Array.Fill(cost, double.PositiveInfinity);
        Array.Fill(best, -1);
        foreach (int a in _areasOfHome[home])
        {
            if (_areaCost[a] is { } known)
            {
                int[] who = _areaBest[a]!;
                for (int k = 0; k < cost.Length; k++)
                {
                    if (known[k] < cost[k])
                    {
                        cost[k] = known[k];
                        best[k] = who[k];
                    }
                }
            }
            else
            {
                AddArea(a, cost, best);
            }
        }
    }

    /// <summary>The largest crew of the broker there that its people allow; 0 where it cannot lead.</summary>
    public int Heads(int broker, int k)
    {
        int heads = Math.Min(_data.HeadsOf(broker, k), _people[AreaOf[broker]][k]);
        return heads < Math.Max((ushort)1, _data.CrewMin[(broker * _data.C.Orders) + _data.OrderOf[k]]) ? 0 : heads;
    }

    /// <summary>What a crew of the broker costs there before the order-day pays.</summary>
    public double CrewCost(int broker, int k) =>
        _data.C.Fee[broker] + _lambda[(broker * _data.C.Days) + _data.DayOf[k]] + _data.StartPerDay[k];

    /// <summary>CNY per head led by one broker; positive infinity where the broker cannot lead.</summary>
    public double HeadCost(int broker, int k)
    {
        int heads = Heads(broker, k);
        return heads == 0 ? double.PositiveInfinity
            : PerHead(CrewCost(broker, k) - _open[k], heads, _data.CrewMin[(broker * _data.C.Orders) + _data.OrderOf[k]]) - Paid(broker, k);
    }

    /// <summary>The least charge per head at which no crew from least to most members earns anything.</summary>
    private static double PerHead(double cost, int most, int least) => cost >= 0 ? cost / most : cost / least;

    private void AddArea(int area, double[] cost, int[] best)
    {
        CompiledSeason c = _data.C;
        ushort[] people = _people[area];
        foreach (int b in BrokersOf[area])
        {
            for (int d = 0; d < c.Days; d++)
            {
                if (!c.CanLead[(b * c.Days) + d])
                {
                    continue;
                }

                double due = c.Fee[b] + _lambda[(b * c.Days) + d];
                bool pays = _data.AgreementsOfBroker[b].Length > 0;
                for (int k = _data.DayStart[d]; k < _data.DayStart[d + 1]; k++)
                {
                    int at = (b * c.Orders) + _data.OrderOf[k];
                    int heads = Math.Min(Math.Min(_data.CrewMax[at], _data.Target[k]), people[k]);
                    if (heads == 0 || heads < _data.CrewMin[at])
                    {
                        continue;
                    }

                    double head = PerHead(due + _data.StartPerDay[k] - _open[k], heads, _data.CrewMin[at]) - (pays ? Paid(b, k) : 0);
                    if (head < cost[k])
                    {
                        cost[k] = head;
                        best[k] = b;
                    }
                }
            }
        }
    }

    /// <summary>What agreements supplied by the broker pay per worker-day there.</summary>
    private double Paid(int broker, int k)
    {
        double sum = 0;
        int day = _data.DayOf[k];
        foreach (int a in _data.AgreementsOfBroker[broker])
        {
            CompiledAgreement agreement = _data.C.Agreements[a];
            if (day >= agreement.FromDay && day <= agreement.ToDay && agreement.AtSite[_data.C.OrderSite[_data.OrderOf[k]]])
            {
                sum += _agreement[a];
            }
        }

        return sum;
    }
}
