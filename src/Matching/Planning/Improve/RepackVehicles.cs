using Matching.Planning.State;
using Matching.Planning.Trips;

namespace Matching.Planning.Improve;

/// <summary>Empties a few vehicles of one day that pass the same villages or sites and seats their passengers anew.</summary>
internal sealed class RepackVehicles(PlanState state) : INeighbourhood
{
    private readonly List<int> _emptied = [];
    private readonly Dictionary<(int Village, int Order), int> _waiting = [];

    public double UsualCost => 2;

    public bool Try(Random random)
    {
        state.Meter.Done += 100;
        DayTransport day = state.Transport(state.DrawDay(random));
        if (day.Used.Count == 0)
        {
            return false;
        }

        _emptied.Clear();
        _waiting.Clear();
        int seed = day.Used[random.Next(day.Used.Count)];
        _emptied.Add(seed);
        TripPlan[] chain = day.Chain(seed)!;
        TripPlan like = chain[random.Next(chain.Length)];
        int wanted = random.Next(1, 6);
        int start = random.Next(day.Used.Count);
        for (int i = 0; i < day.Used.Count && _emptied.Count < wanted; i++)
        {
            int k = day.Used[(start + i) % day.Used.Count];
            if (k != seed && Array.Exists(day.Chain(k)!, t => Meets(t, like)))
            {
                _emptied.Add(k);
            }
        }

        foreach (int k in _emptied)
        {
            foreach (TripPlan trip in day.Chain(k)!)
            {
                foreach (Load load in trip.Loads)
                {
                    _waiting[(load.Village, load.Order)] = _waiting.GetValueOrDefault((load.Village, load.Order)) + load.Count;
                }
            }

            day.SetChain(k, null);
        }

        (int Village, int Order, int Count)[] line = [.. _waiting.Select(w => (w.Key.Village, w.Key.Order, w.Value))];
        bool bySize = random.Next(2) == 0;
        double[] keys = [.. line.Select(l => bySize ? -l.Count * (0.7 + (0.6 * random.NextDouble())) : random.NextDouble())];
        Array.Sort(keys, line);
        foreach ((int village, int order, int count) in line)
        {
            if (day.Insert(village, order, count, double.MaxValue) < count)
            {
                return false;
            }
        }

        return true;
    }

    private static bool Meets(TripPlan a, TripPlan b) =>
        Array.Exists(a.Villages, v => Array.IndexOf(b.Villages, v) >= 0) || Array.Exists(a.Sites, s => Array.IndexOf(b.Sites, s) >= 0);
}
