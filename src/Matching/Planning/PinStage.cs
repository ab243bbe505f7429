using System.Collections.Immutable;
using Matching.Model;
using Matching.Planning.Compiled;
using Matching.Planning.Crews;
using Matching.Planning.State;
using Matching.Rules;

namespace Matching.Planning;

/// <summary>
/// Keeps published assignments: pins of one broker and order on consecutive days become one engagement, filled up to its
/// least size. What cannot be kept is named with the rule in the way; the other pins stay.
/// </summary>
internal sealed class PinStage(CompiledSeason c, PlanState state, CrewBuilder builder)
{
    private readonly ImmutableArray<PinConflict>.Builder _conflicts = ImmutableArray.CreateBuilder<PinConflict>();

    public ImmutableArray<PinConflict> Keep(Random random)
    {
        if (c.Season.Pins.IsEmpty)
        {
            return [];
        }

        Dictionary<WorkerId, int> workers = Index(c.Season.Workers, w => w.Id);
        Dictionary<BrokerId, int> brokers = Index(c.Season.Brokers, b => b.Id);
        Dictionary<OrderId, int> orders = Index(c.Season.Orders, o => o.Id);
        var groups = c.Season.Pins.Distinct()
            .GroupBy(p => (Broker: brokers[p.Broker], Order: orders[p.Order]))
            .OrderBy(g => g.Min(p => p.Date)).ThenBy(g => g.Key.Broker).ThenBy(g => g.Key.Order);
        foreach (var group in groups)
        {
            // Runs of consecutive pinned days: a longer engagement would lead on days nobody published.
            Pin[] pins = [.. group.OrderBy(p => p.Date).ThenBy(p => workers[p.Worker])];
            int start = 0;
            for (int i = 1; i <= pins.Length; i++)
            {
                if (i == pins.Length || pins[i].Date.DayNumber > pins[i - 1].Date.DayNumber + 1)
                {
                    KeepRun(group.Key.Broker, group.Key.Order, pins[start..i], workers, random);
                    start = i;
                }
            }
        }

        return _conflicts.ToImmutable();
    }

    private void KeepRun(int broker, int order, Pin[] pins, Dictionary<WorkerId, int> workers, Random random)
    {
        int from = c.Season.DayIndex(pins[0].Date);
        int to = c.Season.DayIndex(pins[^1].Date);
        for (int d = from; d <= to; d++)
        {
            if (!c.CanLead[(broker * c.Days) + d] || state.BrokerCrew(broker, d) >= 0)
            {
                // Keep what lies before, and go on with what lies after.
                Split(broker, order, pins, d, workers, random, RuleCode.C3, "the broker may not lead, or leads another crew, that day");
                return;
            }
        }

        (int min, int max) = c.SizeRange(broker, order);
        if (min > max)
        {
            Refuse(pins, RuleCode.C1, "the crew sizes of the broker and the order do not meet");
            return;
        }

        // The mode that makes a legal crew and keeps more pins; commuting when equal.
        (int Kept, bool Lodge) best = (int.MinValue, false);
        foreach (bool lodge in (ReadOnlySpan<bool>)[false, true])
        {
            if (lodge ? !c.MayLodge[order] : !c.MayCommute[order])
            {
                continue;
            }

            (int, double) mark = state.Mark();
            int kept = Seat(broker, order, from, to, lodge, pins, workers, random, conflicts: null, out int illegal);
            state.UndoTo(mark);
            kept -= illegal >= 0 ? pins.Length + 1 : 0;
            if (kept > best.Kept)
            {
                best = (kept, lodge);
            }
        }

        (int, double) before = state.Mark();
        var refused = new List<PinConflict>();
        int held = Seat(broker, order, from, to, best.Lodge, pins, workers, random, refused, out int badDay);
        if (held == 0 || badDay >= 0)
        {
            state.UndoTo(before);
            if (badDay >= 0 && pins.Length > 1 && from < to)
            {
                Split(broker, order, pins, badDay, workers, random, RuleCode.C1, "the crew cannot reach its least size, experience or seats that day");
                return;
            }

            if (refused.Count == 0 || badDay >= 0)
            {
                Refuse(pins, RuleCode.C1, "the crew cannot reach its least size, experience or seats");
                return;
            }
        }

        _conflicts.AddRange(refused);
        state.Commit();
    }

    private void Split(
        int broker, int order, Pin[] pins, int badDay, Dictionary<WorkerId, int> workers, Random random, RuleCode rule, string why)
    {
        DateOnly bad = c.Season.Day(badDay);
        Refuse([.. pins.Where(p => p.Date == bad)], rule, why);
        Pin[] before = [.. pins.Where(p => p.Date < bad)];
        Pin[] after = [.. pins.Where(p => p.Date > bad)];
        if (before.Length > 0)
        {
            KeepRun(broker, order, before, workers, random);
        }

        if (after.Length > 0)
        {
            KeepRun(broker, order, after, workers, random);
        }
    }

    /// <summary>Opens the engagement with its pinned people and fills it up; a day it cannot keep is given back.</summary>
    /// <returns>Pins seated.</returns>
    private int Seat(
        int broker, int order, int from, int to, bool lodge, Pin[] pins, Dictionary<WorkerId, int> workers, Random random,
        List<PinConflict>? conflicts, out int badDay)
    {
        badDay = -1;
        int crew = state.CreateCrew(broker, order, from, to, lodge);
        int kept = 0;
        foreach (Pin pin in pins)
        {
            int unit = c.UnitOfWorker[workers[pin.Worker]];
            int day = c.Season.DayIndex(pin.Date);
            if (state.AssignedCrew(unit, day) == crew)
            {
                kept++;
                continue;
            }

            RuleCode? rule = Hindrance(unit, crew, day);
            if (rule is { } broken)
            {
                conflicts?.Add(Conflict(pin, broken, "the worker cannot work there that day"));
                continue;
            }

            state.Add(unit, crew, day);
            kept++;
        }

        if (kept == 0)
        {
            state.RemoveCrew(crew);
            return 0;
        }

        builder.Fill(crew, from, to, random);
        badDay = builder.FirstIllegalDay(crew);
        if (conflicts is not null && badDay < 0)
        {
            foreach (Pin pin in pins)
            {
                int unit = c.UnitOfWorker[workers[pin.Worker]];
                int day = c.Season.DayIndex(pin.Date);
                if (state.AssignedCrew(unit, day) == crew && !state.IsPinned(unit, day))
                {
                    state.Pin(unit, crew, day);
                }
            }
        }

        return kept;
    }

    private RuleCode? Hindrance(int unit, int crew, int day)
    {
        Unit u = c.Units[unit];
        CrewSlot slot = state.Crew(crew);
        if (!u.Available[day])
        {
            return u.Size == 1 && day < u.AdultFrom && c.Season.Workers[u.Members[0]].BirthDate.AddYears(c.Season.Work.MinAge) > c.Season.Day(day)
                ? RuleCode.W2 : RuleCode.W1;
        }

        if (state.AssignedCrew(unit, day) >= 0)
        {
            return RuleCode.W1;
        }

        if ((slot.Lodge || c.Season.Orders[slot.Order].AdultOnly) && day < u.AdultFrom)
        {
            return RuleCode.W2;
        }

        if (!c.Kinds[u.Kind].Suits(slot.Order))
        {
            return RuleCode.W3;
        }

        if (!state.Suits(unit, crew))
        {
            return slot.Lodge && !u.LodgingOk ? RuleCode.C4 : RuleCode.C3;
        }

        if (!state.RestAllows(unit, slot.Order, day))
        {
            return RuleCode.W4;
        }

        if (slot.Count[day - slot.From] + u.Size > slot.Max)
        {
            return RuleCode.C1;
        }

        int at = (slot.Order * c.Days) + day;
        if (state.Filled(slot.Order, day) + u.Size > c.Target[at])
        {
            return RuleCode.D1;
        }

        if (state.Room(slot.Order, day) < u.Size)
        {
            return RuleCode.D2;
        }

        foreach ((int village, _) in u.Homes)
        {
            if (state.AgreementRoom(village, slot.Order, slot.Broker, day) <= 0)
            {
                return RuleCode.D3;
            }
        }

        if (state.CanAdd(unit, crew, day))
        {
            return null;
        }

        bool tied = Array.Exists(u.Apart, o => state.AssignedCrew(o, day) == crew)
            || Array.Exists(u.SameSite, o => state.AssignedCrew(o, day) is int theirs and >= 0
                && c.OrderSite[state.Crew(theirs).Order] != c.OrderSite[slot.Order]);
        return tied ? RuleCode.H2 : slot.Lodge && state.BedsLeft(c.OrderSite[slot.Order], day) < u.Size ? RuleCode.C4 : RuleCode.H1;
    }

    private void Refuse(Pin[] pins, RuleCode rule, string why)
    {
        foreach (Pin pin in pins)
        {
            _conflicts.Add(Conflict(pin, rule, why));
        }
    }

    private static PinConflict Conflict(Pin pin, RuleCode rule, string why) => new(
        pin, rule, [pin.Worker.Value, pin.Broker.Value, pin.Order.Value],
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"The pin of {pin.Worker} to {pin.Order} under {pin.Broker} on {pin.Date:yyyy-MM-dd} is not kept: {why} ({rule})."));

    private static Dictionary<TId, int> Index<T, TId>(ImmutableArray<T> items, Func<T, TId> id)
        where TId : notnull
    {
        var index = new Dictionary<TId, int>(items.Length);
        for (int i = 0; i < items.Length; i++)
        {
            index[id(items[i])] = i;
        }

        return index;
    }
}
