using System.Runtime.InteropServices;
using Matching.Planning.Compiled;
using Matching.Planning.Crews;
using Matching.Planning.State;

namespace Matching.Planning.Improve;

/// <summary>
/// Makes some days like the one beside them: brokers who lead on that day go on where they are, out of whatever they led on those
/// days. Other neighbourhoods change one day or one engagement, which costs starts and joins on both sides before the rest follows.
/// </summary>
internal sealed class AlignDays(CompiledSeason c, PlanState state, CrewBuilder builder, EngagementScout scout) : INeighbourhood
{
    private const int MaxDays = 5;
    private const int MaxCrews = 8;
    private const double Noise = 0.6;
    private readonly List<int> _crews = [];
    private readonly List<int> _brokers = [];
    private readonly List<Prospect> _path = [];
    private readonly List<(int Day, int Village, int Order, int Count)> _unplaced = [];

    public double UsualCost => 8;

    public double Share => 4 * SmallSeason.Part(c);

    public bool IsUseful => c.Days > 1;

    public bool Try(Random random)
    {
        if (c.Brokers == 0 || c.Villages == 0)
        {
            return false;
        }

        int like = state.DrawDay(random);
        bool later = random.Next(2) == 0;
        int length = 1 + random.Next(MaxDays);
        int from = later ? like + 1 : Math.Max(state.FirstDay, like - length);
        int to = later ? Math.Min(state.LastDay, like + length) : like - 1;
        if (from > to)
        {
            return false;
        }

        Gather(like, random);
        if (!Free(from, to))
        {
            return false;
        }

        _unplaced.Clear();
        state.SettleTrips((_, _) => 0, _unplaced);
        foreach (int crew in _crews)
        {
            if (state.Crews[crew] is { } slot && slot.From <= like && slot.To >= like)
            {
                GoOn(crew, slot, from, to, later, random);
            }
        }

        foreach (int broker in _brokers)
        {
            scout.Path(broker, from, to, null, Noise, random, _path);
            foreach (Prospect next in _path)
            {
                builder.Build(next.Broker, next.Order, next.From, next.To, next.Lodge, random);
            }
        }

        return true;
    }

    /// <summary>The crews that go on, in random order, and their brokers: all of one village, or up to eight of any.</summary>
    private void Gather(int day, Random random)
    {
        _crews.Clear();
        _brokers.Clear();
        if (random.Next(2) == 0)
        {
            _crews.AddRange(state.CrewsAt(random.Next(c.Villages), day));
        }
        else
        {
            int most = 1 + random.Next(MaxCrews);
            for (int tries = 0; tries < 2 * most && _crews.Count < most; tries++)
            {
                int crew = state.BrokerCrew(random.Next(c.Brokers), day);
                if (crew >= 0 && !_crews.Contains(crew))
                {
                    _crews.Add(crew);
                }
            }
        }

        _crews.RemoveAll(crew => !state.MayTake(state.Crew(crew)));
        random.Shuffle(CollectionsMarshal.AsSpan(_crews));
        foreach (int crew in _crews)
        {
            _brokers.Add(state.Crew(crew).Broker);
        }
    }

    /// <summary>Takes the days from their brokers' other engagements; false when a pin or an engagement of other days stands in the way, or nothing is left to do.</summary>
    private bool Free(int from, int to)
    {
        if (!_brokers.TrueForAll(b => state.MayTake(b, from, to)))
        {
            return false;
        }

        bool any = false;
        for (int i = 0; i < _brokers.Count; i++)
        {
            for (int d = from; d <= to; d++)
            {
                int crew = state.BrokerCrew(_brokers[i], d);
                any |= crew != _crews[i];
                if (crew >= 0 && crew != _crews[i])
                {
                    state.CutOut(crew, from, to);
                }
            }
        }

        return any;
    }

    /// <summary>The engagement's days go on over those of the range that its order still wants; taken back where that loses.</summary>
    private void GoOn(int crew, CrewSlot slot, int from, int to, bool later, Random random)
    {
        double before = state.Net;
        (int, double) mark = state.Mark();
        int first = slot.From;
        int last = slot.To;
        while (later && last < to && state.IsFreeToLead(slot.Broker, slot.Order, last + 1))
        {
            last++;
        }

        while (!later && first > from && state.IsFreeToLead(slot.Broker, slot.Order, first - 1))
        {
            first--;
        }

        if (first == slot.From && last == slot.To)
        {
            return;
        }

        int fillFrom = later ? slot.To + 1 : first;
        int fillTo = later ? last : slot.From - 1;
        state.SetWindow(crew, first, last);
        builder.Fill(crew, fillFrom, fillTo, random);
        if (!builder.Finish(crew) || state.Net < before)
        {
            state.UndoTo(mark);
        }
    }
}
