using Matching.Planning.Compiled;
using Matching.Planning.State;
using Matching.Planning.Trips;

namespace Matching.Repairing;

/// <summary>
/// What changes cost beyond their worth: a tax per person and day told, per engagement and per vehicle's morning, dearer the
/// nearer the day. Knows which differences from the plan before have been accepted already, so going back to it pays.
/// </summary>
internal sealed class StayTax(CompiledSeason c, PlanState state, LoadedPlan loaded, RepairOptions options, int today)
{
    private const double Week = 7;
    private readonly bool[] _differs = new bool[loaded.BaseCrew.Length];
    private readonly HashSet<(int Day, int Vehicle)> _mornings = [];
    private readonly HashSet<int> _seenDays = [];
    private readonly HashSet<(int Day, int Vehicle)> _seenMornings = [];
    private readonly HashSet<CrewSlot> _seenCrews = new(ReferenceEqualityComparer.Instance);

    /// <summary>Whether the unit does something else on the day than the plan before said.</summary>
    public bool Differs(int unit, int day)
    {
        int crew = state.AssignedCrew(unit, day);
        int before = loaded.BaseCrew[(unit * c.Days) + day];
        if (crew < 0 || before < 0)
        {
            return crew >= 0 || before >= 0;
        }

        CrewSlot now = state.Crew(crew);
        (int broker, int order) = loaded.Crews[before];
        return now.Broker != broker || now.Order != order || now.Lodge != (loaded.Plan.Crews[before].Mode == Plans.CrewMode.Lodge);
    }

    /// <summary>The tax on what was done since the mark, less what it took back.</summary>
    public double Since((int, double) mark)
    {
        double tax = 0;
        Visit(mark, at =>
        {
            bool now = Differs(at / c.Days, at % c.Days);
            tax += now == _differs[at] ? 0 : (now ? 1 : -1) * options.PersonTax * c.Units[at / c.Days].Size * Nearness(at % c.Days);
        }, slot => tax += options.CrewTax * Nearness(slot.From), morning =>
        {
            bool now = DiffersMorning(morning);
            tax += now == _mornings.Contains(morning) ? 0 : (now ? 1 : -1) * options.TripTax * Nearness(morning.Day);
        });
        return options.Stay * tax;
    }

    /// <summary>Remembers what was done since the mark as said.</summary>
    public void Accept((int, double) mark) => Visit(mark, at => _differs[at] = Differs(at / c.Days, at % c.Days), _ => { }, morning =>
    {
        if (DiffersMorning(morning))
        {
            _mornings.Add(morning);
        }
        else
        {
            _mornings.Remove(morning);
        }
    });

    private void Visit((int, double) mark, Action<int> unitDay, Action<CrewSlot> crew, Action<(int Day, int Vehicle)> morning)
    {
        _seenDays.Clear();
        _seenMornings.Clear();
        _seenCrews.Clear();
        state.VisitSince(mark, (unit, day) => _seenDays.Add((unit * c.Days) + day), slot =>
        {
            if (slot is not null)
            {
                _seenCrews.Add(slot);
            }
        }, (day, vehicle) => _seenMornings.Add((day, vehicle)));
        foreach (int at in _seenDays)
        {
            unitDay(at);
        }

        foreach (CrewSlot slot in _seenCrews)
        {
            crew(slot);
        }

        foreach ((int, int) at in _seenMornings)
        {
            morning(at);
        }
    }

    private bool DiffersMorning((int Day, int Vehicle) at)
    {
        TripPlan[]? now = state.Transport(at.Day).Chain(at.Vehicle);
        TripPlan[]? before = loaded.Chains.GetValueOrDefault(at);
        if (now is null || before is null)
        {
            return now is not null || before is not null;
        }

        // Other passengers on the same stops are no news for the driver.
        return now.Length != before.Length || !now.Zip(before).All(p =>
            p.First.Villages.AsSpan().SequenceEqual(p.Second.Villages) && p.First.Sites.AsSpan().SequenceEqual(p.Second.Sites));
    }

    private double Nearness(int day) => 1 + Math.Clamp((Week - (day - today)) / Week, 0, 1);
}
