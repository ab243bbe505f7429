using System.Collections.Immutable;
using System.Globalization;
using Matching.Model;
using Matching.Planning.Compiled;
using Matching.Planning.State;
using Matching.Rules;

namespace Matching.Planning;

/// <summary>
/// Brings pinned people into their crews of that day, taking whoever is not pinned out of the way; an engagement of the day is
/// opened where the broker leads none. What cannot be kept is named.
/// </summary>
internal sealed class PinForcer(CompiledSeason c, PlanState state, PlanLoader loader)
{
    private readonly ImmutableArray<PinConflict>.Builder _conflicts = ImmutableArray.CreateBuilder<PinConflict>();

    public ImmutableArray<PinConflict> Force()
    {
        foreach (Pin pin in c.Season.Pins.Distinct())
        {
            int unit = c.UnitOfWorker[loader.Workers[pin.Worker]];
            int day = c.Season.DayIndex(pin.Date);
            int broker = loader.Brokers[pin.Broker];
            int order = loader.Orders[pin.Order];
            int now = state.AssignedCrew(unit, day);
            if (now >= 0 && state.Crew(now).Broker == broker && state.Crew(now).Order == order)
            {
                if (!state.IsPinned(unit, day))
                {
                    state.Pin(unit, now, day);
                }

                continue;
            }

            Seat(pin, unit, day, broker, order, now);
        }

        return _conflicts.ToImmutable();
    }

    private void Seat(Pin pin, int unit, int day, int broker, int order, int now)
    {
        int crew = CrewFor(broker, order, day);
        if (crew < 0)
        {
            Refuse(pin, RuleCode.C3, "the broker may not lead, or leads another crew, that day");
            return;
        }

        if (now >= 0 && state.IsPinned(unit, day))
        {
            Refuse(pin, RuleCode.W1, "the worker is pinned elsewhere that day");
            Close(crew);
            return;
        }

        if (now >= 0)
        {
            state.Remove(unit, now, day);
        }

        RuleCode? rule = !c.Units[unit].Available[day] ? RuleCode.W1 : !state.Suits(unit, crew) ? RuleCode.W3 : null;
        if (rule is null)
        {
            MakeRoom(unit, crew, day);
            rule = state.CanAdd(unit, crew, day) ? null : state.RestAllows(unit, order, day) ? RuleCode.D1 : RuleCode.W4;
        }

        if (rule is { } broken)
        {
            Refuse(pin, broken, "the worker cannot work there that day");
            if (now >= 0 && state.Crews[now] is not null && state.CanAdd(unit, now, day))
            {
                state.Add(unit, now, day);
            }

            Close(crew);
            return;
        }

        state.Add(unit, crew, day);
        state.Pin(unit, crew, day);
    }

    private int CrewFor(int broker, int order, int day)
    {
        int leads = state.BrokerCrew(broker, day);
        if (leads >= 0)
        {
            return state.Crew(leads).Order == order ? leads : -1;
        }

        (int min, int max) = c.SizeRange(broker, order);
        return c.CanLead[(broker * c.Days) + day] && min <= max && c.Target[(order * c.Days) + day] > 0
            ? state.CreateCrew(broker, order, day, day, !c.MayCommute[order]) : -1;
    }

    /// <summary>Unpinned people leave where size, target or the worker's own rest leaves no room.</summary>
    private void MakeRoom(int unit, int crew, int day)
    {
        CrewSlot slot = state.Crew(crew);
        int size = c.Units[unit].Size;
        while (slot.Count[day - slot.From] + size > slot.Max || state.Room(slot.Order, day) < size)
        {
            int leaves = slot.Members.LastOrDefault(u => state.AssignedCrew(u, day) == crew && !state.IsPinned(u, day), -1);
            if (leaves < 0)
            {
                break;
            }

            state.Remove(leaves, crew, day);
        }

        for (int d = Math.Max(0, day - 6); d <= Math.Min(c.Days - 1, day + 6) && !state.RestAllows(unit, slot.Order, day); d++)
        {
            if (d != day && state.AssignedCrew(unit, d) is int other and >= 0 && !state.IsPinned(unit, d))
            {
                state.Remove(unit, other, d);
            }
        }
    }

    private void Close(int crew)
    {
        if (state.Crew(crew).Members.Count == 0)
        {
            state.DissolveCrew(crew);
        }
    }

    private void Refuse(Pin pin, RuleCode rule, string why) => _conflicts.Add(Conflict(pin, rule, why));

    /// <summary>A pin that is not kept, in words.</summary>
    public static PinConflict Conflict(Pin pin, RuleCode rule, string why) => new(
        pin, rule, [pin.Worker.Value, pin.Broker.Value, pin.Order.Value],
        string.Create(CultureInfo.InvariantCulture, $"The pin of {pin.Worker} to {pin.Order} under {pin.Broker} on {pin.Date:yyyy-MM-dd} is not kept: {why} ({rule})."));
}
