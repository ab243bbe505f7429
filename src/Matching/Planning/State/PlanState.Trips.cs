using Matching.Planning.Trips;

namespace Matching.Planning.State;

/// <summary>Brings mornings in line with who rides.</summary>
internal sealed partial class PlanState
{
    /// <summary>
    /// Brings the trips in line with the riders: takes off who no longer rides, then places who does at no more than
    /// <paramref name="limit"/> CNY a head. Those not placed are handed to <paramref name="unplaced"/>.
    /// </summary>
    public void SettleTrips(Func<int, int, double> limit, List<(int Day, int Village, int Order, int Count)> unplaced)
    {
        if (_dirty.Count == 0)
        {
            return;
        }

        var work = new List<(int Day, int Village, int Order, int Delta)>(_dirty.Count);
        foreach ((int day, int village, int order) in _dirty)
        {
            int delta = (_riders[(village * _c.Days) + day]?[order] ?? 0) - _transport[day].Carried(village, order);
            if (delta != 0)
            {
                work.Add((day, village, order, delta));
            }
        }

        _dirty.Clear();
        work.Sort((a, b) => a.Day != b.Day ? a.Day.CompareTo(b.Day)
            : Math.Sign(a.Delta) != Math.Sign(b.Delta) ? a.Delta.CompareTo(b.Delta)
            : a.Delta != b.Delta ? b.Delta.CompareTo(a.Delta)
            : a.Village != b.Village ? a.Village.CompareTo(b.Village) : a.Order.CompareTo(b.Order));
        foreach ((int day, int village, int order, int delta) in work)
        {
            if (delta < 0)
            {
                _transport[day].Remove(village, order, -delta);
            }
            else
            {
                int placed = _transport[day].Insert(village, order, delta, limit(order, day));
                if (placed < delta)
                {
                    unplaced.Add((day, village, order, delta - placed));
                    _dirty.Add((day, village, order));
                }
            }
        }
    }

    public int Riders(int day, int village, int order) => _riders[(village * _c.Days) + day]?[order] ?? 0;

    private void OnChainChanging(int day, int vehicle, TripPlan[]? old) =>
        _journal.Add(new Change(ChangeKind.Chained, day, vehicle, 0, old));
}
