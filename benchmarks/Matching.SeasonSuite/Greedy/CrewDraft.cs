using Matching.Model;
using Matching.Plans;

namespace Matching.SeasonSuite.Greedy;

/// <summary>One day of a crew being formed.</summary>
/// <param name="Day">The day.</param>
/// <param name="Members">Who works.</param>
/// <param name="Vehicle">The bus, or null for a lodging crew.</param>
/// <param name="Route">The bus's stops.</param>
/// <param name="ByVillage">Members by village.</param>
internal sealed record DraftDay(int Day, List<int> Members, int? Vehicle, List<PlaceId> Route, Dictionary<PlaceId, int> ByVillage);

/// <summary>A crew being formed.</summary>
internal sealed class CrewDraft(CrewWish wish, int number)
{
    private readonly Dictionary<int, int> _lastDay = [];

    public CrewWish Wish => wish;

    /// <summary>Its position among the plan's crews.</summary>
    public int Number => number;

    public List<DraftDay> Days { get; } = [];

    /// <summary>CNY its days bring, without the start.</summary>
    public decimal Gain { get; private set; }

    /// <summary>Everybody who has worked in it, in order of joining.</summary>
    public Dictionary<int, int>.KeyCollection Joined => _lastDay.Keys;

    /// <summary>Whether the worker may work that day: a lodger who paused has gone home and would come as a gap in the stay.</summary>
    public bool MayWork(int worker, int day) => wish.Mode == CrewMode.Commute || !_lastDay.TryGetValue(worker, out int last) || last == day - 1;

    public void Add(DraftDay day, decimal gain)
    {
        Days.Add(day);
        Gain += gain;
        foreach (int worker in day.Members)
        {
            _lastDay[worker] = day.Day;
        }
    }
}
