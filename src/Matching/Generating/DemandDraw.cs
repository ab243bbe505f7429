using System.Collections.Immutable;
using Matching.Model;

namespace Matching.Generating;

/// <summary>Orders with their demand.</summary>
/// <param name="Orders">The orders, crew sizes settled.</param>
/// <param name="Sites">The sites, beds settled.</param>
/// <param name="Demand">Daily demand.</param>
/// <param name="Rounds">Picking rounds.</param>
/// <param name="Rates">Worker-days to expect of each order on each day when all useful demand is filled.</param>
internal sealed record DemandDrawn(
    ImmutableArray<Order> Orders, ImmutableArray<Site> Sites, ImmutableArray<DailyDemand> Demand, ImmutableArray<PickingRound> Rounds, double[][] Rates);

/// <summary>Turns stretches into numbers: daily demand, rounds, crew sizes and beds.</summary>
internal static class DemandDraw
{
    /// <summary>Demand that comes to about <paramref name="wanted"/> worker-days in all.</summary>
    public static DemandDrawn Draw(
        Setting setting, ImmutableArray<OrderDraft> drafts, ImmutableArray<Site> sites, bool[][] closed, double wanted)
    {
        SeededRandom random = setting.Random("demand");
        Stretch[][] stretches = DemandShape.Draw(setting, drafts);
        double weights = drafts.Sum(d => d.Weight);
        var demand = ImmutableArray.CreateBuilder<DailyDemand>();
        var rounds = ImmutableArray.CreateBuilder<PickingRound>();
        double[][] rates = new double[drafts.Length][];
        Order[] orders = new Order[drafts.Length];

        // What rounding took from one stretch is given to the next.
        double carry = 0;
        for (int o = 0; o < drafts.Length; o++)
        {
            double[] rate = rates[o] = new double[setting.Days];
            int firstRow = demand.Count;
            foreach (Stretch stretch in stretches[o])
            {
                double share = wanted * drafts[o].Weight / weights * stretch.Weight * DemandShape.SeasonDays(stretch, setting.Days) / stretch.Length;
                bool[] works = WorkDays(setting, random, drafts[o], stretch, closed[drafts[o].Site]);
                carry += share;
                carry -= stretch.IsRound
                    ? AddRound(setting, random, drafts[o].Order, stretch, works, carry, demand, rounds, rate)
                    : AddPlain(setting, random, drafts[o].Order, stretch, works, carry, demand, rate);
            }

            orders[o] = WithCrewSizes(setting, random, drafts[o].Order, [.. demand.Skip(firstRow).Select(d => d.Target).Order()]);
        }

        return new([.. orders], WithBeds(random, sites, drafts, rates), demand.ToImmutable(), rounds.ToImmutable(), rates);
    }

    private static bool[] WorkDays(Setting setting, SeededRandom random, OrderDraft draft, Stretch stretch, bool[] closed)
    {
        // Sorting and vineyards rest on one day of the week; ripe fruit does not.
        int rest = draft.Rhythm == OrderRhythm.Level && setting.Days > 7 ? random.Next(0, 6) : -1;
        bool[] works = new bool[setting.Days];
        bool any = false;
        for (int d = Math.Max(0, stretch.From); d <= Math.Min(setting.Days - 1, stretch.To); d++)
        {
            any |= works[d] = !closed[d] && d % 7 != rest;
        }

        if (!any)
        {
            works[Math.Max(0, stretch.From)] = true;
        }

        return works;
    }

    private static int AddRound(
        Setting setting, SeededRandom random, Order order, Stretch stretch, bool[] works, double share,
        ImmutableArray<DailyDemand>.Builder demand, ImmutableArray<PickingRound>.Builder rounds, double[] rate)
    {
        int workerDays = (int)Math.Round(share);
        int days = works.Count(w => w);
        if (workerDays < 1)
        {
            return 0;
        }

        rounds.Add(new(order.Id, setting.Day(stretch.From), setting.Day(stretch.To), workerDays, random.Next(4, 15) / 100m));
        double average = (double)workerDays / days;
        double swing = random.Triangular(1.25, 1.35, 1.75);
        double needed = random.Triangular(0.62, 0.67, 0.78);
        for (int d = Math.Max(0, stretch.From); d <= Math.Min(works.Length - 1, stretch.To); d++)
        {
            // Now and then the site closes at short notice and the fruit still waits.
            if (works[d] || random.Chance(0.3))
            {
                int target = Math.Max((int)Math.Ceiling(average), (int)Math.Round(average * Math.Clamp(swing * random.Between(0.94, 1.06), 1.2, 1.8)));
                demand.Add(new(order.Id, setting.Day(d), Required(random, target, needed), target));
                rate[d] += works[d] ? average : 0;
            }
        }

        return workerDays;
    }

    private static int AddPlain(
        Setting setting, SeededRandom random, Order order, Stretch stretch, bool[] works, double share,
        ImmutableArray<DailyDemand>.Builder demand, double[] rate)
    {
        double average = share / works.Count(w => w);
        double needed = random.Triangular(0.62, 0.70, 0.78);
        double sum = 0;
        int given = 0;
        for (int d = Math.Max(0, stretch.From); d <= Math.Min(works.Length - 1, stretch.To); d++)
        {
            if (!works[d])
            {
                continue;
            }

            sum += average;
            int target = Math.Max(0, (int)Math.Round((sum - given) * random.Between(0.88, 1.12)));
            if (target > 0)
            {
                demand.Add(new(order.Id, setting.Day(d), Required(random, target, needed), target));
                rate[d] += target;
                given += target;
            }
        }

        return given;
    }

    private static int Required(SeededRandom random, int target, double share) =>
        Math.Clamp((int)Math.Round(target * Math.Clamp(share * random.Between(0.97, 1.03), 0.6, 0.8)), 0, target);

    private static Order WithCrewSizes(Setting setting, SeededRandom random, Order order, int[] targets)
    {
        int quarter = targets.Length == 0 ? 1 : targets[targets.Length / 4];
        int peak = targets.Length == 0 ? 1 : targets[^1];
        int least = Math.Clamp(random.Next(5, 12), 1, Math.Max(1, Math.Min((int)(quarter * 0.6), (int)Math.Round(setting.Sizes.OrderDay * 0.3))));
        int most = random.Next(30, 60) + (peak > 120 ? random.Next(0, 60) : 0);
        return order with { CrewMin = least, CrewMax = Math.Max(least, most) };
    }

    private static ImmutableArray<Site> WithBeds(SeededRandom random, ImmutableArray<Site> sites, ImmutableArray<OrderDraft> drafts, double[][] rates)
    {
        double[] beds = new double[sites.Length];
        for (int o = 0; o < drafts.Length; o++)
        {
            beds[drafts[o].Site] += rates[o].Max() * (drafts[o].Order.Lodging switch
            {
                LodgingRule.Only => random.Between(0.9, 1.25),
                LodgingRule.Allowed => random.Between(0.35, 0.75),
                _ => 0,
            });
        }

        return [.. sites.Select((s, i) => beds[i] > 0 ? s with { Beds = Math.Max(4, (int)Math.Ceiling(beds[i] / 4) * 4) } : s)];
    }
}
