using System.Collections.Immutable;
using Matching.Model;
using Matching.Planning.Compiled;
using Matching.Planning.State;

namespace Matching.Repairing;

/// <summary>Who could step in where a crew was hit: free, rested and suited, from a village where the crew's vehicles have a seat.</summary>
internal sealed class StandbySearch(CompiledSeason c, PlanState state, LoadedPlan loaded, IReadOnlyDictionary<int, CrewId> crewIds)
{
    private const int MostPeople = 8;
    private const int MostLists = 60;

    public ImmutableArray<Standby> Find(int firstDay)
    {
        var lists = ImmutableArray.CreateBuilder<Standby>();
        var seen = new HashSet<(int Crew, int Day)>();
        foreach (LostDay lost in loaded.Lost.Where(l => l.Day >= firstDay).OrderBy(l => l.Day).ThenBy(l => l.Crew))
        {
            (int broker, int order) = loaded.Crews[lost.Crew];
            if (broker < 0 || lists.Count >= MostLists)
            {
                continue;
            }

            int crew = state.BrokerCrew(broker, lost.Day);
            if (crew < 0 || state.Crew(crew).Order != order || !seen.Add((crew, lost.Day)))
            {
                continue;
            }

            ImmutableArray<WorkerId> people = People(crew, lost.Day);
            if (!people.IsEmpty)
            {
                lists.Add(new Standby(crewIds[crew], c.Season.Day(lost.Day), people));
            }
        }

        return lists.ToImmutable();
    }

    private ImmutableArray<WorkerId> People(int crew, int day)
    {
        CrewSlot slot = state.Crew(crew);
        var people = ImmutableArray.CreateBuilder<WorkerId>();
        IEnumerable<int> villages = c.AreaVillages[slot.Broker]
            .Where(v => slot.Lodge || state.Transport(day).Spare(v, slot.Order) > 0)
            .OrderByDescending(v => state.Riders(day, v, slot.Order)).ThenBy(v => v);
        foreach (int unit in villages.SelectMany(v => c.UnitsOfVillage[v]))
        {
            if (people.Count >= MostPeople)
            {
                break;
            }

            if (c.Units[unit].Size == 1 && state.IsOpen(unit, day) && state.Suits(unit, crew) && state.RestAllows(unit, slot.Order, day))
            {
                people.Add(c.Season.Workers[c.Units[unit].Members[0]].Id);
            }
        }

        return people.ToImmutable();
    }
}
