using Matching.Planning.Compiled;
using Matching.Planning.Crews;
using Matching.Planning.State;

namespace Matching.Planning.Improve;

/// <summary>
/// Takes a few engagements of one neighbourhood of villages, orders and weeks apart and lets their brokers, and one or two
/// idle ones, open whatever promises most now.
/// </summary>
internal sealed class RebuildCrews(CompiledSeason c, PlanState state, CrewBuilder builder, EngagementScout scout) : INeighbourhood
{
    private const int MaxBuilds = 14;
    private readonly List<int> _taken = [];
    private readonly List<int> _brokers = [];
    private readonly List<Prospect> _prospects = [];
    private readonly List<(int Day, int Village, int Order, int Count)> _unplaced = [];

    public double UsualCost => 20;

    public double Share => 4 * SmallSeason.Part(c);

    public bool Try(Random random)
    {
        int first = Pick(random);
        _taken.Clear();
        _brokers.Clear();
        int from;
        int to;
        if (first < 0)
        {
            from = state.DrawDay(random);
            to = Math.Min(state.LastDay, from + 14);
        }
        else
        {
            CrewSlot seed = state.Crew(first);
            from = seed.From;
            to = seed.To;
            _taken.Add(first);
            int village = SomeVillage(seed, random);
            int day = random.Next(seed.From, seed.To + 1);
            IReadOnlyList<int> near = state.CrewsAt(village, day);
            int wanted = random.Next(1, 5);
            for (int tries = 0; tries < 12 && _taken.Count < wanted && near.Count > 0; tries++)
            {
                int crew = near[random.Next(near.Count)];
                if (!_taken.Contains(crew) && state.MayTake(state.Crew(crew)) && Overlap(state.Crew(crew), seed) > 0)
                {
                    _taken.Add(crew);
                    from = Math.Min(from, state.Crew(crew).From);
                    to = Math.Max(to, state.Crew(crew).To);
                }
            }

            // The brokers may reach a little beyond what was taken from them.
            int reach = random.Next(0, 7);
            from = Math.Max(state.FirstDay, from - reach);
            to = Math.Min(state.LastDay, to + reach);
        }

        foreach (int crew in _taken)
        {
            int broker = state.Crew(crew).Broker;
            if (!_brokers.Contains(broker))
            {
                _brokers.Add(broker);
            }

            state.RemoveCrew(crew);
        }

        _unplaced.Clear();
        state.SettleTrips((_, _) => 0, _unplaced);
        for (int i = 0; i < 2; i++)
        {
            int idle = random.Next(c.Brokers);
            if (!_brokers.Contains(idle))
            {
                _brokers.Add(idle);
            }
        }

        Rebuild(from, to, random);
        return true;
    }

    private void Rebuild(int from, int to, Random random)
    {
        _prospects.Clear();
        foreach (int b in _brokers)
        {
            _prospects.Add(scout.Best(b, from, to, null, 0.5, random));
        }

        for (int builds = 0; builds < MaxBuilds; builds++)
        {
            int best = -1;
            for (int i = 0; i < _prospects.Count; i++)
            {
                if (_prospects[i].Order >= 0 && (best < 0 || _prospects[i].Promise > _prospects[best].Promise))
                {
                    best = i;
                }
            }

            if (best < 0)
            {
                return;
            }

            Prospect chosen = _prospects[best];
            bool built = builder.Build(chosen.Broker, chosen.Order, chosen.From, chosen.To, chosen.Lodge, random) > 0;
            int failed = built ? -1 : chosen.Order;
            _prospects[best] = scout.Best(chosen.Broker, from, to, failed < 0 ? null : (_, o) => o == failed, 0.5, random);
        }
    }

    private int Pick(Random random)
    {
        for (int tries = 0; tries < 20 && state.Crews.Count > 0; tries++)
        {
            int crew = random.Next(state.Crews.Count);
            if (state.Crews[crew] is { } slot && state.MayTake(slot))
            {
                return crew;
            }
        }

        return -1;
    }

    private int SomeVillage(CrewSlot crew, Random random) => crew.Members.Count == 0
        ? c.AreaVillages[crew.Broker][0]
        : c.Units[crew.Members[random.Next(crew.Members.Count)]].Village;

    private static int Overlap(CrewSlot a, CrewSlot b) => Math.Min(a.To, b.To) - Math.Max(a.From, b.From) + 1;
}
