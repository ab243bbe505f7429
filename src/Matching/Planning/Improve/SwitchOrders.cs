using Matching.Planning.Compiled;
using Matching.Planning.Crews;
using Matching.Planning.State;

namespace Matching.Planning.Improve;

/// <summary>
/// Takes some days of a broker or two out of their engagements, cutting these in two where need be, and gives the days to the
/// orders where they bring most: a leader who has served what one order requires may be worth more elsewhere for a day.
/// </summary>
internal sealed class SwitchOrders(CompiledSeason c, PlanState state, CrewBuilder builder, EngagementScout scout) : INeighbourhood
{
    private const int MaxDays = 5;
    private const double Noise = 0.6;
    private readonly List<Prospect> _path = [];
    private readonly List<(int Day, int Village, int Order, int Count)> _unplaced = [];

    public double UsualCost => 4;

    public double Share => 8 * SmallSeason.Part(c);

    public bool Try(Random random)
    {
        if (c.Brokers == 0 || c.Orders == 0)
        {
            return false;
        }

        int from = state.DrawDay(random);
        int to = Math.Min(state.LastDay, from + random.Next(MaxDays));
        int broker = random.Next(c.Brokers);
        int other = random.Next(2) == 0 ? broker : random.Next(c.Brokers);
        bool freed = Free(broker, from, to) && (other == broker || Free(other, from, to));
        if (!freed)
        {
            return false;
        }

        _unplaced.Clear();
        state.SettleTrips((_, _) => 0, _unplaced);
        Lead(broker, from, to, random);
        if (other != broker)
        {
            Lead(other, from, to, random);
            Lead(broker, from, to, random);
        }

        return true;
    }

    private void Lead(int broker, int from, int to, Random random)
    {
        scout.Path(broker, from, to, null, Noise, random, _path);
        foreach (Prospect next in _path)
        {
            builder.Build(next.Broker, next.Order, next.From, next.To, next.Lodge, random);
        }
    }

    /// <summary>Takes the broker's days; false when a pin or an engagement of other days stands in the way.</summary>
    private bool Free(int broker, int from, int to)
    {
        if (!state.MayTake(broker, from, to))
        {
            return false;
        }

        for (int d = from; d <= to; d++)
        {
            int crew = state.BrokerCrew(broker, d);
            if (crew >= 0)
            {
                state.CutOut(crew, from, to);
            }
        }

        return true;
    }
}
