using Matching.Model;
using Matching.Planning.Compiled;
using Matching.Planning.State;
using Matching.Plans;
using Matching.Rules;

namespace Matching.Why;

/// <summary>What can stand between people and an order's day; people are counted by the set of obstacles they meet.</summary>
[Flags]
internal enum Obstacle
{
    None = 0,
    Away = 1 << 0,
    Age = 1 << 1,
    Skill = 1 << 2,
    Wage = 1 << 3,
    Refusal = 1 << 4,
    Rest = 1 << 5,
    Household = 1 << 6,
    Pair = 1 << 7,
    Elsewhere = 1 << 8,
    Lodging = 1 << 9,
    Certificate = 1 << 10,
    LeaderBusy = 1 << 11,
    LeastSize = 1 << 12,
    Seats = 1 << 13,
    RideTime = 1 << 14,
    Beds = 1 << 15,
    Round = 1 << 16,
    Agreement = 1 << 17,
    Closed = 1 << 18,
    Experience = 1 << 19,
}

/// <summary>
/// Counts, for one order and day of a loaded plan, who could come if a set of rules were relaxed. Retrying with ever larger sets
/// gives the smallest that bind.
/// </summary>
internal sealed class HeadCount
{
    private const Obstacle Personal = (Obstacle)((1 << 10) - 1);
    private readonly CompiledSeason _c;
    private readonly PlanState _state;
    private readonly int _order;
    private readonly int _day;
    private readonly Dictionary<Obstacle, int>[] _heads;
    private readonly int[] _seats;
    private Dictionary<WorkerId, int>? _numbers;

    public HeadCount(CompiledSeason c, PlanState state, int order, int day)
    {
        (_c, _state, _order, _day) = (c, state, order, day);
        _heads = new Dictionary<Obstacle, int>[c.Villages];
        _seats = new int[c.Villages];
        Array.Fill(_seats, -1);
        for (int v = 0; v < c.Villages; v++)
        {
            _heads[v] = [];
            foreach (int u in c.UnitsOfVillage[v])
            {
                Obstacle met = Met(u);
                _heads[v][met] = _heads[v].GetValueOrDefault(met) + c.Units[u].Size;
            }
        }
    }

    /// <summary>Whether somebody more could work there if these obstacles were out of the way.</summary>
    public bool CanCome(Obstacle relaxed)
    {
        int at = (_order * _c.Days) + _day;
        int room = _c.Target[at] - _state.Filled(_order, _day);
        int round = _c.Round[at];
        int roundRoom = round < 0 || relaxed.HasFlag(Obstacle.Round) ? int.MaxValue : _c.RoundCap[round] - _state.RoundFilled(round);
        room = Math.Min(room, roundRoom);
        if (room <= 0)
        {
            return false;
        }

        // A crew of the day that has a place left.
        for (int crew = 0; crew < _state.Crews.Count; crew++)
        {
            if (_state.Crews[crew] is { } slot && slot.Order == _order && slot.From <= _day && _day <= slot.To
                && slot.Count[_day - slot.From] < slot.Max && Reach(slot.Broker, slot.Lodge, relaxed, 1) > 0)
            {
                return true;
            }
        }

        for (int b = 0; b < _c.Brokers; b++)
        {
            bool free = _state.BrokerCrew(b, _day) < 0 || relaxed.HasFlag(Obstacle.LeaderBusy);
            bool may = _c.CanLead[(b * _c.Days) + _day] || (relaxed.HasFlag(Obstacle.Certificate) && IsUncertified(b));
            (int min, int max) = _c.SizeRange(b, _order);
            int least = relaxed.HasFlag(Obstacle.LeastSize) ? 1 : min;
            if (free && may && least <= max && least <= room
                && ((_c.MayCommute[_order] && Reach(b, false, relaxed, least) >= least)
                    || (_c.MayLodge[_order] && Reach(b, true, relaxed, least) >= least)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>People whom nothing but these obstacles keeps away.</summary>
    public int People(Obstacle obstacles) => _heads.Sum(h => h.Where(e => (e.Key & ~obstacles) == 0).Sum(e => e.Value));

    /// <summary>Villages with people whom nothing but these obstacles keeps away, most people first.</summary>
    public IEnumerable<(int Village, int People)> Villages(Obstacle obstacles) => Enumerable.Range(0, _c.Villages)
        .Select(v => (Village: v, People: Count(v, obstacles))).Where(v => v.People > 0)
        .OrderByDescending(v => v.People).ThenBy(v => v.Village);

    /// <summary>A broker whom only the missing certificate keeps from leading that day.</summary>
    public bool IsUncertified(int broker)
    {
        Broker b = _c.Season.Brokers[broker];
        DateOnly date = _c.Season.Day(_day);
        return (b.CertificateUntil is not { } until || until < date) && b.Availability.Contains(date);
    }

    /// <summary>Whether the worker could come but for the household's duty.</summary>
    public bool IsKeptHome(Worker worker)
    {
        _numbers ??= _c.Season.Workers.Select((w, i) => (w.Id, i)).ToDictionary(w => w.Id, w => w.i);
        Obstacle met = Met(_c.UnitOfWorker[_numbers[worker.Id]]);
        return (met & Obstacle.Household) != 0 && (met & Personal & ~(Obstacle.Household | Obstacle.Lodging)) == 0;
    }

    private int Count(int village, Obstacle relaxed)
    {
        int people = 0;
        foreach ((Obstacle met, int heads) in _heads[village])
        {
            people += (met & ~relaxed & Personal) == 0 ? heads : 0;
        }

        return people;
    }

    private int Reach(int broker, bool lodge, Obstacle relaxed, int needed)
    {
        Obstacle also = lodge ? relaxed : relaxed | Obstacle.Lodging;
        int beds = !lodge || relaxed.HasFlag(Obstacle.Beds) ? int.MaxValue : _state.BedsLeft(_c.OrderSite[_order], _day);
        int people = 0;
        foreach (int v in _c.AreaVillages[broker])
        {
            int here = Count(v, also);
            if (here == 0)
            {
                continue;
            }

            if (!relaxed.HasFlag(Obstacle.Agreement))
            {
                here = Math.Min(here, _state.AgreementRoom(v, _order, broker, _day));
            }

            if (!lodge)
            {
                if (!relaxed.HasFlag(Obstacle.RideTime) && !_c.ArrivesInTime(v, _order))
                {
                    continue;
                }

                here = relaxed.HasFlag(Obstacle.Seats) || !_c.ArrivesInTime(v, _order) ? here : Math.Min(here, Seats(v, needed));
            }

            people += here;
            if (people >= needed)
            {
                break;
            }
        }

        return Math.Min(people, beds);
    }

    /// <summary>Passengers of the village who would find a seat at any price, at most as many as are asked for.</summary>
    private int Seats(int village, int needed)
    {
        if (_seats[village] >= 0)
        {
            return _seats[village];
        }

        (int, double) mark = _state.Mark();
        int placed = _state.Transport(_day).Insert(village, _order, Math.Max(needed, 12), double.MaxValue);
        _state.UndoTo(mark);
        return _seats[village] = placed;
    }

    private Obstacle Met(int unit)
    {
        Unit u = _c.Units[unit];
        Season season = _c.Season;
        Order order = season.Orders[_order];
        Site site = season.SiteById[order.Site];
        Obstacle met = Obstacle.None;
        DateOnly date = season.Day(_day);
        bool busy = _state.AssignedCrew(unit, _day) >= 0 || !_state.IsFree(unit, _day);
        met |= busy ? Obstacle.Elsewhere : Obstacle.None;
        foreach (int w in u.Members)
        {
            Worker worker = season.Workers[w];
            bool old = WorkerRules.IsOldEnough(worker, order, order.Lodging == LodgingRule.Only ? CrewMode.Lodge : CrewMode.Commute, date, season.Work);
            met |= old ? Obstacle.None : Obstacle.Age;
            met |= WorkerRules.LevelOf(worker, order.Skill) < order.MinLevel ? Obstacle.Skill : Obstacle.None;
            met |= worker.MinDailyWage > order.DailyWage ? Obstacle.Wage : Obstacle.None;
            met |= u.Available[_day] || !old ? Obstacle.None : Obstacle.Away;
            met |= worker.LodgingOk ? Obstacle.None : Obstacle.Lodging;
            if (!_c.Kinds[u.Kind].Suits(_order) && WorkerRules.LevelOf(worker, order.Skill) >= order.MinLevel && !(worker.MinDailyWage > order.DailyWage)
                && (!WorkerRules.Suits(worker, order, site) || u.Size == 1))
            {
                met |= Obstacle.Refusal;
            }
        }

        if (!busy && !_state.RestAllows(unit, _order, _day))
        {
            met |= Obstacle.Rest;
        }

        if (!busy && !AtHomeEnough(u))
        {
            met |= Obstacle.Household;
        }

        foreach (int other in u.SameSite)
        {
            int theirs = _state.AssignedCrew(other, _day);
            met |= theirs >= 0 && _c.OrderSite[_state.Crew(theirs).Order] != _c.OrderSite[_order] ? Obstacle.Pair : Obstacle.None;
        }

        return met;
    }

    private bool AtHomeEnough(Unit u) => u.Duties.All(duty =>
        _c.DutyPool[duty.Household]![_day] is not (>= 0 and int pool) || _state.PoolLeft(pool) >= duty.Count);
}
