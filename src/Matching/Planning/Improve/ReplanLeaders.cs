using System.Runtime.InteropServices;
using Matching.Planning.Compiled;
using Matching.Planning.Crews;
using Matching.Planning.State;

namespace Matching.Planning.Improve;

/// <summary>
/// Opens up a day's commuting crews around a village, gives their leaders orders anew and shares out the people
/// (<see cref="LeaderSearch"/>), then carries them: several leaders and many members change places at once, which no chain of
/// single changes reaches.
/// </summary>
internal sealed class ReplanLeaders(CompiledSeason c, PlanState state, CrewBuilder builder, SeatPrices seats) : INeighbourhood
{
    private const int LeastLeaders = 2;
    private const int MostLeaders = 9;
    private const int MostOrders = 9;
    private const int MostUnits = 400;

    /// <summary>
    /// Seats are weighed at their usual price times a factor drawn between these, since vehicles are all in use; every so many
    /// tries by less, since vehicles run anyway.
    /// </summary>
    private const double LeastFare = 0.6;
    private const double MostFare = 1.7;
    private const int OneOfCheap = 5;

    /// <summary>Rounds in which riders nobody can carry are taken off.</summary>
    private const int MostDrops = 8;
    private readonly DayRebuild _rebuild = new(c, state);
    private readonly ReplanMornings _mornings = new(c, state);
    private readonly List<(double Cost, int Order)> _near = [];
    private readonly List<int> _leaders = [];
    private readonly List<int> _units = [];
    private readonly List<(int Unit, int Day)> _freed = [];
    private readonly List<(int Day, int Village, int Order, int Count)> _unplaced = [];
    private readonly Dictionary<int, int> _leaving = [];

    public double UsualCost => 30;

    public double Share => 12 * SmallSeason.Part(c);

    public bool Try(Random random)
    {
        state.Meter.Done += 1000;
        if (c.Units.Length == 0 || c.Brokers == 0)
        {
            return false;
        }

        int day = state.DrawDay(random);
        int village = c.Units[random.Next(c.Units.Length)].Village;
        FindNear(village, day, random);
        ChooseLeaders(village, day, random);
        if (_near.Count == 0 || _leaders.Count < LeastLeaders)
        {
            return false;
        }

        return Replan(Open(day), random);
    }

    private bool Replan(DayProblem problem, Random random)
    {
        Offer(problem, random);
        double factor = random.Next(OneOfCheap) == 0 ? LeastFare * random.NextDouble() : LeastFare + ((MostFare - LeastFare) * random.NextDouble());
        var search = new LeaderSearch(c, state, problem, new DayPrices(c, state, seats, problem), (v, o) => factor * seats[v, o]);
        if (!search.HasChoice || search.Solve(random) is not { } answer)
        {
            return false;
        }

        _rebuild.Apply(problem, answer);
        PlaceOthers(problem.Day);
        if (!Carry(problem.Day))
        {
            return false;
        }

        _mornings.TryOn(problem.Day, random);
        return true;
    }

    /// <summary>Every near order is a slot; the leaders' crews are emptied.</summary>
    private DayProblem Open(int day)
    {
        var problem = new DayProblem { Day = day };
        foreach ((_, int order) in _near)
        {
            problem.Slots.Add(new DaySlot(order, Lodge: false));
        }

        _freed.Clear();
        foreach (int broker in _leaders)
        {
            int crew = state.BrokerCrew(broker, day);
            if (crew < 0)
            {
                DayRebuild.TakeIdle(problem, broker);
            }
            else
            {
                _rebuild.Take(problem, crew, _near.FindIndex(n => n.Order == state.Crew(crew).Order), _freed);
            }
        }

        return problem;
    }

    private bool MayOpen(CrewSlot slot) => slot is { Pins: 0, Lodge: false } && state.IsMine(slot) && IsNear(slot.Order);

    /// <summary>Orders people of the village could ride to, the cheapest first, shaken.</summary>
    private void FindNear(int village, int day, Random random)
    {
        _near.Clear();
        for (int o = 0; o < c.Orders; o++)
        {
            if (c.Target[(o * c.Days) + day] > 0 && !double.IsPositiveInfinity(seats[village, o]))
            {
                _near.Add((seats[village, o] * (0.5 + random.NextDouble()), o));
            }
        }

        _near.Sort();
        if (_near.Count > MostOrders)
        {
            _near.RemoveRange(MostOrders, _near.Count - MostOrders);
        }
    }

    /// <summary>Leaders of crews at the near orders, and idle ones who may lead the village's people; their crews' orders are always among the near ones.</summary>
    private void ChooseLeaders(int village, int day, Random random)
    {
        _leaders.Clear();
        for (int broker = 0; broker < c.Brokers; broker++)
        {
            int crew = state.BrokerCrew(broker, day);
            bool mayChange = crew < 0
                ? c.CanLead[(broker * c.Days) + day] && c.Area[broker][village]
                : MayOpen(state.Crew(crew));
            if (mayChange)
            {
                _leaders.Add(broker);
            }
        }

        random.Shuffle(CollectionsMarshal.AsSpan(_leaders));
        int most = Math.Min(_leaders.Count, random.Next(LeastLeaders, MostLeaders + 1));
        _leaders.RemoveRange(most, _leaders.Count - most);
    }

    private bool IsNear(int order) => _near.Exists(n => n.Order == order);

    /// <summary>
    /// Offers free people whom one of the leaders may lead. Of a household no more than may leave home (H1); those whose crews
    /// were opened up come first as a rule.
    /// </summary>
    private void Offer(DayProblem problem, Random random)
    {
        _units.Clear();
        HashSet<int> villages = [.. problem.Brokers.SelectMany(b => c.AreaVillages[b])];
        HashSet<int> freed = [.. _freed.Select(f => f.Unit)];
        foreach (int v in villages)
        {
            foreach (int unit in c.UnitsOfVillage[v])
            {
                if (state.IsOpen(unit, problem.Day) && !freed.Contains(unit))
                {
                    _units.Add(unit);
                }
            }
        }

        random.Shuffle(CollectionsMarshal.AsSpan(_units));
        _units.InsertRange(random.Next(3) == 0 ? _units.Count : 0, freed);
        _leaving.Clear();
        foreach (int unit in _units)
        {
            if (problem.Units.Count < MostUnits && MayLeave(unit, problem.Day))
            {
                problem.Units.Add(unit);
            }
        }
    }

    private bool MayLeave(int unit, int day)
    {
        foreach ((int household, int count) in c.Units[unit].Duties)
        {
            int pool = c.DutyPool[household]![day];
            if (pool >= 0 && _leaving.GetValueOrDefault(pool) + count > state.PoolLeft(pool))
            {
                return false;
            }
        }

        foreach ((int household, int count) in c.Units[unit].Duties)
        {
            int pool = c.DutyPool[household]![day];
            if (pool >= 0)
            {
                _leaving[pool] = _leaving.GetValueOrDefault(pool) + count;
            }
        }

        return true;
    }

    /// <summary>People taken out of their crews whom the search left out, where a crew has room and something is gained.</summary>
    private void PlaceOthers(int day)
    {
        foreach ((int unit, _) in _freed)
        {
            (double Gain, int Crew) best = (0, -1);
            foreach (int crew in _rebuild.Touched)
            {
                CrewSlot slot = state.Crew(crew);
                if (!state.IsFree(unit, day) || !state.Suits(unit, crew) || !state.CanAdd(unit, crew, day)
                    || !state.ExperienceAllows(crew, day, c.Units[unit].Size, state.ExperiencedIn(unit, slot.Order)))
                {
                    continue;
                }

                double gain = state.GainOfAdding(unit, slot.Broker, slot.Order, day)
                    - (state.MembershipOf(unit, crew) >= 0 ? 0 : state.JoinCost(unit, slot.Order, slot.Lodge))
                    - c.Units[unit].Homes.Sum(h => h.Count * seats[h.Village, slot.Order]);
                if (gain > best.Gain)
                {
                    best = (gain, crew);
                }
            }

            if (best.Crew >= 0)
            {
                state.Add(unit, best.Crew, day);
            }
        }
    }

    /// <summary>Carries the day's crews: riders without a seat are taken off, and crews that break C1 or C2 then give up the day.</summary>
    private bool Carry(int day)
    {
        for (int round = 0; round < MostDrops; round++)
        {
            _unplaced.Clear();
            state.SettleTrips((order, _) => c.MostForSeat(order), _unplaced);
            if (_unplaced.Count == 0 && !GiveUpIllegal(day))
            {
                return true;
            }

            foreach ((int on, int village, int order, int count) in _unplaced)
            {
                int left = count;
                foreach (int crew in _rebuild.Touched)
                {
                    if (left > 0 && on == day && state.Crews[crew] is { } slot && slot.Order == order)
                    {
                        left -= builder.DropRiders(crew, day, village, left);
                    }
                }

                if (left > 0)
                {
                    return false;
                }
            }
        }

        return false;
    }

    private bool GiveUpIllegal(int day)
    {
        bool any = false;
        foreach (int crew in _rebuild.Touched)
        {
            if (state.Crews[crew] is { } slot && slot.From <= day && day <= slot.To
                && (slot.Count[day - slot.From] < slot.Min || !state.ExperienceAllows(crew, day, 0, 0)))
            {
                state.CutOut(crew, day, day);
                any = true;
            }
        }

        return any;
    }
}
