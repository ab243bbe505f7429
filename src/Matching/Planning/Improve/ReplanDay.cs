using Matching.Planning.Compiled;
using Matching.Planning.Crews;
using Matching.Planning.State;

namespace Matching.Planning.Improve;

/// <summary>
/// Opens up the crews of a few near orders on one day and asks an exact model (CP-SAT) who leads them and who works in them:
/// several leaders and members change places at once, which no chain of single moves reaches.
/// </summary>
internal sealed class ReplanDay(CompiledSeason c, PlanState state, SeatPrices seats) : INeighbourhood
{
    /// <summary>Days of a season up to which it is used: in longer ones a day's crews gain little by it, since what binds is other days and trips.</summary>
    private const int MostDays = 7;

    private const int MostSlots = 12;
    private const int MostCrews = 6;

    /// <summary>Where everybody lodges and the day is all there is, every second model is this much larger and has more work.</summary>
    private const double Larger = 1.67;
    private const double LargerWork = 0.5;
    private const int MostIdle = 2;
    private const int MostUnits = 160;

    /// <summary>Free people of a village who suit the same orders: more of them would only make the model larger.</summary>
    private const int MostAlike = 6;
    private const int MostPairs = 3000;

    /// <summary>Deterministic seconds of the solver.</summary>
    private const double Work = 0.15;
    private readonly List<(double Cost, int Order, bool Lodge)> _near = [];
    private readonly DayRebuild _rebuild = new(c, state);
    private readonly ReplanMornings _mornings = new(c, state);

    public double UsualCost => 100;

    public double Share => 16.0 / c.Days;

    public bool IsUseful => c.Days <= MostDays;

    public bool Try(Random random)
    {
        state.Meter.Done += 1000;
        if (c.Units.Length == 0 || c.Brokers == 0)
        {
            return false;
        }

        var problem = new DayProblem { Day = state.DrawDay(random) };
        int village = c.Units[random.Next(c.Units.Length)].Village;
        bool isLarge = DayOpening.IsFor(c) && random.Next(2) == 0;
        double size = isLarge ? Larger : 1;
        double work = isLarge ? LargerWork : Work;
        FindNear(village, problem.Day, random);
        TakeCrews(problem, village, (int)(size * MostSlots), (int)(size * MostCrews), random);
        if (problem.Slots.Count == 0)
        {
            return false;
        }

        AddIdle(problem, village, random);
        AddFree(problem, random);
        var model = new DayModel(c, state, problem, new DayPrices(c, state, seats, problem));
        if (model.Size == 0)
        {
            return false;
        }

        state.Meter.Done += (long)(work * WorkMeter.PerSecond);
        if (model.Solve(work, random.Next(1, 1_000_000)) is not { } answer || !_rebuild.TryApply(problem, answer))
        {
            return false;
        }

        _mornings.TryOn(problem.Day, random);
        return true;
    }

    /// <summary>Orders people of the village could work at, the cheapest to reach first, shaken.</summary>
    private void FindNear(int village, int day, Random random)
    {
        _near.Clear();
        for (int o = 0; o < c.Orders; o++)
        {
            if (c.Target[(o * c.Days) + day] == 0)
            {
                continue;
            }

            if (c.MayCommute[o] && !double.IsPositiveInfinity(seats[village, o]))
            {
                _near.Add((seats[village, o] * (0.5 + random.NextDouble()), o, false));
            }

            // Lodging members stay over other days as well, which a model of one day cannot weigh.
            if (c.MayLodge[o] && c.Days == 1 && c.Beds[c.OrderSite[o]] > 0)
            {
                _near.Add((c.CoachFare(village, c.OrderSite[o]) * (0.5 + random.NextDouble()), o, true));
            }
        }

        _near.Sort();
    }

    /// <summary>Frees the people of crews at the near orders for the day; each order has a slot for each of them and, where they leave room, one more.</summary>
    private void TakeCrews(DayProblem problem, int village, int mostSlots, int crews, Random random)
    {
        int mostCrews = random.Next(2, crews + 1);
        int unled = 0;
        foreach ((_, int order, bool lodge) in _near)
        {
            int before = problem.Brokers.Count;
            int places = 0;
            foreach (int crew in CrewsAt(order, lodge, problem.Day))
            {
                if (problem.Brokers.Count < mostCrews && problem.Units.Count + state.Crew(crew).Members.Count <= MostUnits
                    && (c.Area[state.Crew(crew).Broker][village] || random.Next(2) == 0))
                {
                    places += state.Crew(crew).Max;
                    _rebuild.TakeWhole(problem, crew);
                }
            }

            bool isLed = problem.Brokers.Count > before;
            if (places < state.Room(order, problem.Day) && (isLed || (unled < mostSlots - mostCrews && random.Next(2) == 0)))
            {
                problem.Slots.Add(new DaySlot(order, lodge));
                unled += isLed ? 0 : 1;
            }

            if (problem.Slots.Count >= mostSlots)
            {
                return;
            }
        }
    }

    /// <summary>Crews that may be opened up.</summary>
    private List<int> CrewsAt(int order, bool lodge, int day)
    {
        List<int> crews = [];
        for (int b = 0; b < c.Brokers; b++)
        {
            int crew = state.BrokerCrew(b, day);
            if (crew >= 0 && state.Crew(crew) is { Pins: 0 } slot && slot.Order == order && slot.Lodge == lodge && state.IsMine(slot))
            {
                crews.Add(crew);
            }
        }

        return crews;
    }

    private void AddIdle(DayProblem problem, int village, Random random)
    {
        int first = random.Next(c.Brokers);
        int idle = 0;
        for (int i = 0; i < c.Brokers && idle < MostIdle; i++)
        {
            int broker = (first + i) % c.Brokers;
            if (c.CanLead[(broker * c.Days) + problem.Day] && state.BrokerCrew(broker, problem.Day) < 0 && c.Area[broker][village])
            {
                DayRebuild.TakeIdle(problem, broker);
                idle++;
            }
        }
    }

    /// <summary>Free people whom one of the brokers may lead.</summary>
    private void AddFree(DayProblem problem, Random random)
    {
        int most = Math.Min(MostUnits, MostPairs / problem.Slots.Count);
        int start = random.Next(c.Units.Length);
        Dictionary<(int Village, int Kind), int> alike = [];
        HashSet<int> taken = [.. problem.Units];
        for (int i = 0; i < c.Units.Length && problem.Units.Count < most; i++)
        {
            int unit = (start + i) % c.Units.Length;
            (int Village, int Kind) like = (c.Units[unit].Village, c.Units[unit].Kind);
            if (state.IsOpen(unit, problem.Day) && alike.GetValueOrDefault(like) < MostAlike && problem.Brokers.Exists(b => c.Area[b][like.Village]) && !taken.Contains(unit))
            {
                alike[like] = alike.GetValueOrDefault(like) + 1;
                problem.Units.Add(unit);
                problem.SlotOfUnit.Add(-1);
            }
        }
    }
}
