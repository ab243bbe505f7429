using Matching.Planning.Compiled;

namespace Matching.Planning.Bound;

/// <summary>
/// The prices the bound starts from: break-even fares, and what a flow of people to orders by week pays. They matter most where
/// price steps take long.
/// </summary>
internal sealed class FirstPrices(
    BoundData data, DemandDual demand, LeadPrices lead, SeatDual seats, LabourDual labour, BoundPrices prices, double[] level, bool isLarge)
{
    private const long UsualArcs = 600_000;

    /// <summary>Arcs of the flow by unit, in seasons of so many units that the usual number would draw too few of them.</summary>
    private const int ArcsPerUnit = 15;

    /// <summary>Days whose fares are evaluated to choose between prices.</summary>
    private const int SampleDays = 12;

    /// <summary>Shares of all seats that earn no more than they cost, one for each round of fares and flow: cheap vehicles earn something where seats are scarce.</summary>
    private static readonly double[] Levels = [0, 0, 0, 0.3, 0.55];

    /// <inheritdoc cref="Levels"/>
    private static readonly double[] LevelsOfLarge = [0.15, 0.5];

    /// <summary>Rounds after which fares are sought anew for the riders of the flow.</summary>
    private const int SoughtRounds = 2;

    /// <summary>Share of a crew's cost that an order-day pays at first.</summary>
    private const double OpenShare = 0.5;

    /// <summary>Sets all prices, and the level of fares of each day.</summary>
    public void Set(Func<bool> stop)
    {
        Usual();
        Flow(stop);
    }

    /// <summary>Half of what targets pay, three tenths of what is required, and what leaders usually cost.</summary>
    private void Usual()
    {
        double[] values = prices.Values;
        for (int k = 0; k < data.Count; k++)
        {
            values[k] = (0.5 * demand.TargetValue(k)) + (0.3 * demand.RequiredValue(k));
        }

        for (int a = 0; a < lead.Areas; a++)
        {
            double[] perHead = [.. lead.BrokersOf[a].Where(b => lead.Usual(b) > 0).Select(b => data.C.Fee[b] / lead.Usual(b)).Order()];
            Array.Fill(values, perHead.Length == 0 ? 0 : perHead[perHead.Length / 2], prices.LeadFrom + (a * data.C.Days), data.C.Days);
        }

        prices.Clamp();
    }

    /// <summary>
    /// Starts from break-even fares and the prices of a flow of people to orders by week; fares and flow take turns, and what gives
    /// the least bound on a sample of the units is kept.
    /// </summary>
    private void Flow(Func<bool> stop)
    {
        if (data.Count == 0 || data.UnitOrder.Length == 0)
        {
            return;
        }

        double top = data.C.RequiredValue.Max();
        double[] fares = seats.BreakEvenFares(top, stop);
        double[] levels = isLarge ? LevelsOfLarge : Levels;
        SetFares(seats.Raised(fares, seats.SeatDayOf(levels[0]), top, stop));
        if (stop())
        {
            return;
        }

        int parts = Math.Clamp(data.UnitOrder.Length / 1000, 1, 20);
        double constant = lead.Set(prices.Lead, prices.Agreement, prices.Open);
        (int[] mostDays, double weekDays) = WorkDays();
        double[] best = [.. prices.Values];
        double least = double.PositiveInfinity;
        for (int round = 0; round < levels.Length; round++)
        {
            (double[][] commute, double[][] lodge) = HomeCosts();
            var flow = new WeekFlow(data, demand, commute, lodge, mostDays, Math.Max(UsualArcs, ArcsPerUnit * data.UnitOrder.LongLength));
            double[] price = [.. prices.WorkerDay];
            if (stop() || !flow.Price(weekDays, price))
            {
                break;
            }

            price.CopyTo(prices.Values, 0);
            if (!isLarge)
            {
                Openings();
            }

            constant = lead.Set(prices.Lead, prices.Agreement, prices.Open);
            double magnitude = 0;
            if (labour.Answer(prices, 0, parts, 8, stop, ref magnitude) is not { } earned)
            {
                break;
            }

            double rents = 0;
            int every = Math.Max(1, data.C.Days / SampleDays);
            for (int d = 0; d < data.C.Days; d += every)
            {
                rents += every * seats.Value(d, prices.Seat, 1, null);
            }

            double sum = constant + demand.Value(prices.WorkerDay, prices.Open, ref magnitude) + rents + (earned * parts);
            if (sum < least)
            {
                (least, best) = (sum, [.. prices.Values]);
            }

            if (round == levels.Length - 1)
            {
                break;
            }

            if (!isLarge && round < SoughtRounds)
            {
                fares = seats.DearestFares(fares, RidersByGroup(flow, commute, lodge), stop);
            }

            SetFares(seats.Raised(fares, seats.SeatDayOf(levels[round + 1]), top, stop));
        }

        best.CopyTo(prices.Values, 0);
    }

    /// <summary>Who rides in the flow.</summary>
    private double[] RidersByGroup(WeekFlow flow, double[][] commute, double[][] lodge)
    {
        double[] riders = new double[seats.Groups];
        foreach ((int home, int k, bool mayLodge, double heads) in flow.Heads)
        {
            if (!mayLodge || commute[home][k] <= lodge[home][k])
            {
                foreach ((int village, double share) in data.Homes[home].Villages)
                {
                    riders[seats.GroupOf(village, data.OrderOf[k])] += heads * share;
                }
            }
        }

        return riders;
    }

    /// <summary>By unit the most days W4 and <c>max_days</c> let it work at hours as most of the demand has; and the days of a week that rest allows then.</summary>
    private (int[] MostDays, double WeekDays) WorkDays()
    {
        double[] weight = new double[data.Rest.Classes];
        for (int k = 0; k < data.Count; k++)
        {
            weight[data.HoursClass[data.OrderOf[k]]] += data.Target[k];
        }

        int usual = Array.IndexOf(weight, weight.Max());
        double weekDays = 0;
        for (int h = 0; h < weight.Length; h++)
        {
            weekDays += weight[h] / weight.Sum() * BoundData.MostDays(data.C, 7, data.Rest.ClassHours[h]);
        }

        int[] mostDays = new int[data.C.Units.Length];
        foreach (int u in data.UnitOrder)
        {
            mostDays[u] = labour.MostDays(data.C.Units[u], usual);
        }

        return (mostDays, weekDays);
    }

    /// <summary>Order-days pay a share of what the cheapest crew costs, as far as they can pay.</summary>
    private void Openings()
    {
        for (int k = 0; k < data.Count; k++)
        {
            double cost = double.PositiveInfinity;
            for (int b = 0; b < data.C.Brokers; b++)
            {
                if (lead.Heads(b, k) > 0)
                {
                    cost = Math.Min(cost, lead.CrewCost(b, k));
                }
            }

            prices.Values[prices.OpenFrom + k] = double.IsPositiveInfinity(cost) ? 0 : Math.Min(OpenShare * cost, demand.Surplus(k, prices.Values[k]));
        }
    }

    private (double[][] Commute, double[][] Lodge) HomeCosts()
    {
        double[][] commute = new double[data.Homes.Length][];
        double[][] lodge = new double[data.Homes.Length][];
        for (int h = 0; h < commute.Length; h++)
        {
            (commute[h], lodge[h]) = (new double[data.Count], new double[data.Count]);
            labour.CostsOf(h, prices, commute[h], lodge[h]);
        }

        return (commute, lodge);
    }

    private void SetFares(double[] fares)
    {
        for (int d = 0; d < data.C.Days; d++)
        {
            for (int i = 0; i < fares.Length; i++)
            {
                prices.Values[prices.SeatFrom + (i * data.C.Days) + d] = fares[i];
            }

            level[d] = fares.Length == 0 ? 0 : fares.Max();
        }
    }
}
