using Matching.Planning.Compiled;
using Matching.Planning.Crews;
using Matching.Planning.State;

namespace Matching.Planning.Improve;

/// <summary>
/// Opens an engagement where an order runs short, calling in people who can do that work from crews that can spare them, and
/// fills those crews up again with whoever is free: scarce skills move to where only they will do.
/// </summary>
internal sealed class ServeShortage(CompiledSeason c, PlanState state, CrewBuilder builder, SeatPrices seats) : INeighbourhood
{
    private const int MaxDays = 14;
    private readonly List<int> _robbed = [];
    private readonly int[] _suited = CountSuited(c);

    public double UsualCost => 8;

    public bool Try(Random random)
    {
        if (c.Orders == 0 || c.Brokers == 0)
        {
            return false;
        }

        (int order, int day) = Shortest(random);
        if (order < 0)
        {
            return false;
        }

        bool lodge = c.MayLodge[order] && (!c.MayCommute[order] || random.Next(2) == 0);
        int broker = Leader(order, day, lodge, random);
        if (broker < 0)
        {
            return false;
        }

        int from = day;
        int to = day;
        int back = random.Next(MaxDays / 2);
        int ahead = random.Next(MaxDays);
        while (from > state.FirstDay && day - from < back && state.IsFreeToLead(broker, order, from - 1))
        {
            from--;
        }

        while (to < state.LastDay && to - day < ahead && state.IsFreeToLead(broker, order, to + 1))
        {
            to++;
        }

        int crew = state.CreateCrew(broker, order, from, to, lodge);
        _robbed.Clear();
        builder.Fill(crew, from, to, random, lodge ? null : _robbed);
        foreach (int robbed in _robbed)
        {
            if (state.Crews[robbed] is { } slot)
            {
                builder.Fill(robbed, Math.Max(from, slot.From), Math.Min(to, slot.To), random);
            }
        }

        return builder.Finish(crew);
    }

    /// <summary>The order-day that loses most among some drawn ones.</summary>
    private (int Order, int Day) Shortest(Random random)
    {
        (int Order, int Day) best = (-1, 0);
        double most = 0;
        for (int tries = 0; tries < 6; tries++)
        {
            int o = random.Next(c.Orders);
            int d = state.DrawDay(random);
            int at = (o * c.Days) + d;
            int room = state.Room(o, d);
            int required = Math.Clamp(c.Required[at] - state.Filled(o, d), 0, Math.Max(0, room));
            double lost = (required * c.RequiredValue[o]) + (Math.Max(0, room - required) * c.TargetValue[at]);
            if (lost > most)
            {
                (best, most) = ((o, d), lost);
            }
        }

        return best;
    }

    private int Leader(int order, int day, bool lodge, Random random)
    {
        int start = random.Next(c.Brokers);
        for (int i = 0; i < c.Brokers; i++)
        {
            int b = (start + i) % c.Brokers;
            int min = c.SizeRange(b, order).Min;
            if (!state.IsFreeToLead(b, order, day) || c.SizeRange(b, order).Max < min)
            {
                continue;
            }

            int people = 0;
            foreach (int v in c.AreaVillages[b])
            {
                people += lodge || !double.IsPositiveInfinity(seats[v, order]) ? _suited[(v * c.Orders) + order] : 0;
                if (people >= min)
                {
                    return b;
                }
            }
        }

        return -1;
    }

    private static int[] CountSuited(CompiledSeason c)
    {
        int[] suited = new int[c.Villages * c.Orders];
        foreach (Unit unit in c.Units)
        {
            for (int o = 0; o < c.Orders; o++)
            {
                suited[(unit.Village * c.Orders) + o] += c.Kinds[unit.Kind].Suits(o) ? unit.Size : 0;
            }
        }

        return suited;
    }
}
