using Matching.Planning.Compiled;
using Matching.Planning.Crews;
using Matching.Planning.State;

namespace Matching.Repairing;

/// <summary>
/// One try to fill an order-day that lost people: a crew there is topped up or widened, a free broker opens one, people are
/// called in from crews that can spare them.
/// </summary>
internal sealed class HitNeighbourhood(
    CompiledSeason c, PlanState state, CrewBuilder builder, EngagementScout scout, List<(int Order, int Day)> cells)
{
    private const int Reach = 6;
    private const int MostBrokers = 12;
    private readonly List<int> _robbed = [];

    public bool Try(Random random)
    {
        (int order, int day) = cells[random.Next(cells.Count)];
        if (state.Room(order, day) <= 0)
        {
            return false;
        }

        return random.Next(4) switch
        {
            0 => TopUp(order, day, random, robbing: false),
            1 => TopUp(order, day, random, robbing: true),
            2 => Widen(order, day, random),
            _ => Open(order, day, random),
        };
    }

    private bool TopUp(int order, int day, Random random, bool robbing)
    {
        int crew = SomeCrew(order, day, random);
        if (crew < 0)
        {
            return false;
        }

        CrewSlot slot = state.Crew(crew);
        int from = Math.Max(slot.From, day - random.Next(Reach));
        int to = Math.Min(slot.To, day + random.Next(Reach));
        _robbed.Clear();
        builder.Fill(crew, from, to, random, robbing && !slot.Lodge ? _robbed : null);
        RefillRobbed(from, to, random);
        return true;
    }

    /// <summary>An engagement beside the day takes it in.</summary>
    private bool Widen(int order, int day, Random random)
    {
        int start = random.Next(Math.Max(1, state.Crews.Count));
        for (int i = 0; i < state.Crews.Count; i++)
        {
            int crew = (start + i) % state.Crews.Count;
            if (state.Crews[crew] is not { } slot || slot.Order != order || (day != slot.From - 1 && day != slot.To + 1)
                || !c.CanLead[(slot.Broker * c.Days) + day] || state.BrokerCrew(slot.Broker, day) >= 0 || state.Room(order, day) < slot.Min)
            {
                continue;
            }

            state.SetWindow(crew, Math.Min(slot.From, day), Math.Max(slot.To, day));
            builder.Fill(crew, day, day, random);
            return IsLegal(crew, day);
        }

        return false;
    }

    private bool Open(int order, int day, Random random)
    {
        int start = random.Next(Math.Max(1, c.Brokers));
        int looked = 0;
        for (int i = 0; i < c.Brokers && looked < MostBrokers; i++)
        {
            int broker = (start + i) % c.Brokers;
            if (!c.CanLead[(broker * c.Days) + day] || state.BrokerCrew(broker, day) >= 0)
            {
                continue;
            }

            looked++;
            Prospect best = scout.Best(broker, Math.Max(0, day - Reach), Math.Min(c.Days - 1, day + Reach), (_, o) => o != order, 0.3, random);
            if (best.Order >= 0)
            {
                return builder.Build(best.Broker, best.Order, best.From, best.To, best.Lodge, random) > 0;
            }

            (int min, int max) = c.SizeRange(broker, order);
            if (min <= Math.Min(max, state.Room(order, day)) && random.Next(3) == 0)
            {
                return Call(broker, order, day, random);
            }
        }

        return false;
    }

    /// <summary>Opens an engagement of a day for people who are called in from elsewhere.</summary>
    private bool Call(int broker, int order, int day, Random random)
    {
        bool lodge = !c.MayCommute[order];
        int crew = state.CreateCrew(broker, order, day, day, lodge);
        _robbed.Clear();
        builder.Fill(crew, day, day, random, lodge ? null : _robbed);
        RefillRobbed(day, day, random);
        return IsLegal(crew, day);
    }

    private void RefillRobbed(int from, int to, Random random)
    {
        foreach (int robbed in _robbed)
        {
            if (state.Crews[robbed] is { } lender)
            {
                int first = Math.Max(from, lender.From);
                int last = Math.Min(to, lender.To);
                if (first <= last)
                {
                    builder.Fill(robbed, first, last, random);
                }
            }
        }
    }

    private bool IsLegal(int crew, int day)
    {
        CrewSlot slot = state.Crew(crew);
        return slot.Count[day - slot.From] >= slot.Min && state.ExperienceAllows(crew, day, 0, 0);
    }

    private int SomeCrew(int order, int day, Random random)
    {
        int found = -1;
        int seen = 0;
        for (int crew = 0; crew < state.Crews.Count; crew++)
        {
            if (state.Crews[crew] is { } slot && slot.Order == order && slot.From <= day && day <= slot.To
                && slot.Count[day - slot.From] < slot.Max && random.Next(++seen) == 0)
            {
                found = crew;
            }
        }

        return found;
    }
}
