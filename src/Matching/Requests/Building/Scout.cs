using Matching.Planning.Compiled;
using Matching.Requests.State;
using Matching.Rules;

namespace Matching.Requests.Building;

/// <summary>
/// Estimates what a crew of a broker at an order could bring within a window, from head counts alone: the run of days that
/// promises most, and every run on which it could exist. Names the rules that close a pair. Not thread-safe: holds buffers.
/// </summary>
internal sealed class Scout(Ground g)
{
    private const double UsualRest = 6.0 / 7;
    private const int MaxVillages = 10;

    /// <summary>Added to the promise of a run that head counts make doubtful, so that it is tried last.</summary>
    private const double Doubt = -1e9;

    private const int MostShort = 3;

    /// <summary>A few crews that head counts closed: who was missing is worth naming.</summary>
    public List<Prospect> Short { get; } = [];

    /// <summary>Adds the prospects of a broker at an order in one mode.</summary>
    /// <param name="state">The state.</param>
    /// <param name="bids">Bid prices.</param>
    /// <param name="broker">The broker.</param>
    /// <param name="order">The order.</param>
    /// <param name="lodge">The mode.</param>
    /// <param name="from">First day of the window.</param>
    /// <param name="to">Last day of the window.</param>
    /// <param name="wish">Size, level, people.</param>
    /// <param name="everyRun">Whether every run is wanted, not the best only.</param>
    /// <param name="into">Takes the prospects.</param>
    /// <param name="log">Takes the rules in the way.</param>
    public void Look(
        DispatchState state, BidPrices bids, int broker, int order, bool lodge, int from, int to, CrewWish wish, bool everyRun,
        List<Prospect> into, RefusalLog log)
    {
        CompiledSeason c = g.C;
        (int min, int max) = c.SizeRange(broker, order);
        if (min > max || wish.Most < min)
        {
            if (log.Wants(RuleCode.C1))
            {
                string brokerId = g.Season.Brokers[broker].Id.Value;
                string orderId = g.Season.Orders[order].Id.Value;
                string message = min > max ? $"The crew sizes of broker {brokerId} and order {orderId} do not meet."
                    : $"A crew of broker {brokerId} at order {orderId} has at least {min} members, more than the {wish.Most} asked for.";
                log.Close(RuleCode.C1, message, brokerId, orderId);
            }

            return;
        }

        max = Math.Min(max, wish.Most);
        int site = c.OrderSite[order];
        (int From, int To, double Sum, double Best, bool Doubtful) run = (-1, -1, 0, 0, false);
        Prospect best = new(broker, order, lodge, 0, -1, double.NegativeInfinity);
        for (int d = from; d <= to + 1; d++)
        {
            double profit = double.NegativeInfinity;
            bool doubtful = false;
            if (d <= to)
            {
                int room = RoomOn(state, broker, order, lodge, d, min, max, site, log);
                profit = room < 0 ? double.NegativeInfinity
                    : Profit(state, bids, broker, order, lodge, d, min, room, wish, to - from + 1, out doubtful, log);
            }

            if (double.IsNegativeInfinity(profit))
            {
                Close(ref run, ref best, broker, order, lodge, everyRun, into);
                continue;
            }

            if (run.From < 0)
            {
                run = (d, d, -c.Start, double.NegativeInfinity, false);
            }

            run.To = d;
            run.Sum += profit;
            run.Doubtful |= doubtful;
            run.Best = Math.Max(run.Best, run.Sum);
        }

        if (best.From <= best.To && !everyRun)
        {
            into.Add(best);
        }
    }

    private static void Close(
        ref (int From, int To, double Sum, double Best, bool Doubtful) run, ref Prospect best, int broker, int order, bool lodge,
        bool everyRun, List<Prospect> into)
    {
        if (run.From >= 0)
        {
            var found = new Prospect(broker, order, lodge, run.From, run.To, Math.Max(run.Sum, run.Best) + (run.Doubtful ? Doubt : 0));
            if (everyRun)
            {
                into.Add(found);
            }

            best = found.Promise > best.Promise ? found : best;
        }

        run.From = -1;
    }

    /// <summary>Members the order, the site and the broker allow on the day; −1 when no crew can be there.</summary>
    private int RoomOn(DispatchState state, int broker, int order, bool lodge, int day, int min, int max, int site, RefusalLog log)
    {
        if (!state.MayLead(broker, day))
        {
            if (log.Wants(RuleCode.C3))
            {
                string id = g.Season.Brokers[broker].Id.Value;
                log.Close(RuleCode.C3, $"Broker {id} may not lead, or leads another crew, on {g.Season.Day(day):yyyy-MM-dd}.", id);
            }

            return -1;
        }

        int room = Math.Min(max, state.Room(order, day));
        if (room < min)
        {
            CloseRoom(state, order, day, min, log);
            return -1;
        }

        if (lodge && state.BedsLeft(site, day) < min)
        {
            if (log.Wants(RuleCode.C4))
            {
                string id = g.C.SiteId[site].Value;
                log.Close(RuleCode.C4, $"Site {id} has {Math.Max(0, state.BedsLeft(site, day))} beds left on {g.Season.Day(day):yyyy-MM-dd}, a crew needs {min}.", id);
            }

            return -1;
        }

        return lodge ? Math.Min(room, state.BedsLeft(site, day)) : room;
    }

    private void CloseRoom(DispatchState state, int order, int day, int min, RefusalLog log)
    {
        int room = g.C.Target[(order * g.C.Days) + day] - state.Filled[(order * g.C.Days) + day];
        RuleCode rule = room < min ? RuleCode.D1 : RuleCode.D2;
        if (log.Wants(rule))
        {
            string id = g.Season.Orders[order].Id.Value;
            string what = room < min ? $"Order {id}" : $"The round of order {id}";
            log.Close(rule, $"{what} has room for {Math.Max(0, state.Room(order, day))} more on {g.Season.Day(day):yyyy-MM-dd}, a crew needs {min}.", id);
        }
    }

    private double Profit(
        DispatchState state, BidPrices bids, int broker, int order, bool lodge, int day, int min, int room, CrewWish wish, int window,
        out bool doubtful, RefusalLog log)
    {
        CompiledSeason c = g.C;
        double rest = window > 6 ? UsualRest : 1;
        (double heads, double raw, double seats, double people) = wish.Among is { } among
            ? Named(state, bids, broker, order, lodge, day, room, among)
            : Everybody(state, broker, order, lodge, day, min, room, rest);
        doubtful = heads < min;
        if (raw < min)
        {
            if (Short.Count < MostShort)
            {
                Short.Add(new Prospect(broker, order, lodge, day, day, 0));
            }

            if (!log.Wants(RuleCode.W1))
            {
                return double.NegativeInfinity;
            }

            log.Close(
                RuleCode.W1, $"{(int)raw} people who could come to order {g.Season.Orders[order].Id} with broker {g.Season.Brokers[broker].Id} are free on {g.Season.Day(day):yyyy-MM-dd}, a crew needs {min}.",
                g.Season.Brokers[broker].Id.Value, g.Season.Orders[order].Id.Value);
            return double.NegativeInfinity;
        }

        heads = Math.Max(heads, min);
        int at = (order * c.Days) + day;
        double required = Math.Clamp(c.Required[at] - state.Filled[at], 0, heads);
        double own = Math.Min(heads, g.OwnPeople[broker]);
        return (required * c.RequiredValue[order]) + ((heads - required) * c.TargetValue[at]) - seats - people - c.Fee[broker]
            - bids.Lead(broker, day) - ((heads - own) * c.OtherBroker)
            - (heads * (lodge ? bids.Bed(c.OrderSite[order], day) : bids.Seat(day)));
    }

    private (double Heads, double Raw, double Seats, double People) Everybody(
        DispatchState state, int broker, int order, bool lodge, int day, int min, int room, double rest)
    {
        CompiledSeason c = g.C;
        (double heads, double raw, double seats) = (0, 0, 0);
        float[] suited = lodge ? g.SuitedLodging : g.Suited;
        int looked = 0;
        foreach (int v in g.VillagesByPrice(broker, order))
        {
            int open = state.OpenHeads[(v * c.Days) + day];
            float share = suited[(v * c.Orders) + order];
            double price = g.Seats[v, order];
            bool carried = lodge || !double.IsPositiveInfinity(price) || state.Calls[(v * c.Days) + day] is not null;
            if (open > 0 && share > 0 && carried)
            {
                raw += open;
                double here = Math.Min(room - heads, open * share * rest);
                heads += here;
                seats += lodge ? here * c.CoachFare(v, c.OrderSite[order]) / 6 : here * Math.Min(price, 1000);
            }

            if (heads >= room || (++looked >= MaxVillages && raw >= min))
            {
                break;
            }
        }

        return (heads, raw, seats, 0);
    }

    private (double Heads, double Raw, double Seats, double People) Named(
        DispatchState state, BidPrices bids, int broker, int order, bool lodge, int day, int room, IReadOnlyList<int> among)
    {
        CompiledSeason c = g.C;
        (double heads, double seats, double people) = (0, 0, 0);
        foreach (int unit in among)
        {
            if (!state.IsOpen(unit, day) || !g.Suits(unit, broker, order, lodge))
            {
                continue;
            }

            Unit u = c.Units[unit];
            double price = lodge ? c.CoachFare(u.Village, c.OrderSite[order]) / 6 : g.Seats[u.Village, order];
            if (double.IsPositiveInfinity(price) && state.Calls[(u.Village * c.Days) + day] is null)
            {
                continue;
            }

            double here = Math.Min(room - heads, u.Size);
            heads += here;
            seats += here * Math.Min(price, 1000);
            people += here * bids.Person(unit);
        }

        return (heads, heads, seats, people);
    }
}
