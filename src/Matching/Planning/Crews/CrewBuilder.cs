using Matching.Planning.Compiled;
using Matching.Planning.Flow;
using Matching.Planning.State;
using Matching.Rules;

namespace Matching.Planning.Crews;

/// <summary>
/// Builds, fills and trims engagements on a plan in the making. Everything it leaves behind is legal: sizes, experience,
/// seats. Not thread-safe: one builder per state.
/// </summary>
internal sealed partial class CrewBuilder
{
    private const int PoolFactor = 4;
    private readonly CompiledSeason _c;
    private readonly PlanState _state;
    private readonly SeatPrices _seats;
    private readonly MarketPrices _market;
    private readonly SchedulePicker _picker;
    private readonly List<int> _near = [];
    private readonly List<(double Key, int Unit)> _candidates = [];
    private readonly List<(int Day, int Village, int Order, int Count)> _unplaced = [];
    private readonly Dictionary<int, int[]> _spareLeft = [];
    private readonly List<(int Crew, int Day)> _lent = [];
    private List<int>? _robbed;
    private double[] _values = new double[16];
    private long[] _hours = new long[16];

    public CrewBuilder(CompiledSeason c, PlanState state, SeatPrices seats, MarketPrices market)
    {
        (_c, _state, _seats, _market) = (c, state, seats, market);
        _picker = new SchedulePicker(c);
    }

    /// <summary>
    /// Share of the market price of a day below which nobody is sent: 1 sends people only where they are worth most, 0
    /// wherever anything is gained.
    /// </summary>
    public double PriceShare { get; set; }

    /// <summary>
    /// Opens an engagement, fills it, carries its members and trims it; takes everything back unless the plan gains.
    /// </summary>
    /// <returns>The gain in CNY; 0 when nothing was kept.</returns>
    public double Build(int broker, int order, int from, int to, bool lodge, Random random)
    {
        double before = _state.Net;
        (int, double) mark = _state.Mark();
        int crew = _state.CreateCrew(broker, order, from, to, lodge);
        Fill(crew, from, to, random);
        if (!Finish(crew) || _state.Net - before <= 0.005)
        {
            _state.UndoTo(mark);
            return 0;
        }

        return _state.Net - before;
    }

    /// <summary>Adds members to an existing crew where that pays; takes everything back unless the plan gains.</summary>
    public double TopUp(int crew, int from, int to, Random random)
    {
        double before = _state.Net;
        (int, double) mark = _state.Mark();
        Fill(crew, from, to, random);
        if (!Finish(crew) || _state.Net - before <= 0.005)
        {
            _state.UndoTo(mark);
            return 0;
        }

        return _state.Net - before;
    }

    /// <summary>Adds days of suitable units to the crew, each unit's best days by its own rest pattern.</summary>
    /// <param name="crew">The crew.</param>
    /// <param name="from">First day to fill.</param>
    /// <param name="to">Last day to fill.</param>
    /// <param name="random">Breaks ties.</param>
    /// <param name="robbed">Null: only free people. Else people may be called in from other crews, which are noted here.</param>
    public void Fill(int crew, int from, int to, Random random, List<int>? robbed = null)
    {
        CrewSlot slot = _state.Crew(crew);
        _spareLeft.Clear();
        if (!AnyRoom(slot, from, to))
        {
            return;
        }

        int length = to - from + 1;
        if (_values.Length < length)
        {
            _values = new double[length * 2];
            _hours = new long[length * 2];
        }

        Array.Fill(_hours, _c.Hours[slot.Order], 0, length);
        _robbed = robbed;
        Gather(crew, slot, from, to, random);
        foreach ((_, int unit) in _candidates)
        {
            if (!AnyRoom(slot, from, to))
            {
                break;
            }

            Offer(unit, crew, slot, from, to, length);
        }
    }

    /// <summary>
    /// Settles trips, drops riders nobody can carry, and cuts the engagement to its best run of days that keep the size and
    /// experience rules; false when nothing is left (the crew is then gone).
    /// </summary>
    public bool Finish(int crew)
    {
        for (int round = 0; round < 8; round++)
        {
            if (!CutToLegal(crew))
            {
                return false;
            }

            _unplaced.Clear();
            _state.SettleTrips(WorthOfSeat, _unplaced);
            if (_unplaced.Count == 0)
            {
                if (!TrimEnds(crew))
                {
                    return true;
                }

                continue;
            }

            foreach ((int day, int village, int order, int count) in _unplaced)
            {
                if (order != _state.Crew(crew).Order)
                {
                    // A rider of another crew lost the seat: that is for the caller to take back.
                    return false;
                }

                DropRiders(crew, day, village, count);
            }
        }

        return false;
    }

    private double WorthOfSeat(int order, int day) => _c.MostForSeat(order);

    private bool AnyRoom(CrewSlot slot, int from, int to)
    {
        for (int d = from; d <= to; d++)
        {
            if (slot.Count[d - slot.From] < slot.Max && _state.Room(slot.Order, d) > 0)
            {
                return true;
            }
        }

        return false;
    }

    private void Gather(int crew, CrewSlot slot, int from, int to, Random random)
    {
        _candidates.Clear();
        int order = slot.Order;
        int[] villages = _c.AreaVillages[slot.Broker];
        if (villages.Length > 4)
        {
            // A wide area: the cheapest villages that hold enough people.
            int middle = (from + to) / 2;
            var ranked = new List<(double Price, int Village)>(villages.Length);
            foreach (int v in villages)
            {
                double price = slot.Lodge ? _c.CoachFare(v, _c.OrderSite[order]) / 5 : SeatPrice(v, order, middle);
                if (!double.IsPositiveInfinity(price))
                {
                    ranked.Add((price + (random.NextDouble() * 4), v));
                }
            }

            ranked.Sort();
            int heads = 0;
            int keep = 0;
            while (keep < ranked.Count && heads < PoolFactor * slot.Max)
            {
                heads += _state.OpenHeads(ranked[keep].Village, middle, order, slot.Lodge);
                keep++;
            }

            villages = [.. ranked.Take(Math.Max(keep, 2)).Select(r => r.Village)];
        }

        bool asksExperience = CrewRules.AsksExperience(_c.Season.Orders[order]);
        foreach (int v in villages)
        {
            double price = slot.Lodge ? 0 : SeatPrice(v, order, from);
            if (double.IsPositiveInfinity(price))
            {
                continue;
            }

            _near.Clear();
            if (_robbed is null)
            {
                _state.FindOpen(v, from, to, order, slot.Lodge, _near);
            }
            else
            {
                _near.AddRange(_c.UnitsOfVillage[v]);
            }

            foreach (int u in _near)
            {
                if (!_state.Suits(u, slot.Broker, order, slot.Lodge))
                {
                    continue;
                }

                int free = _robbed is null ? _state.OpenDays(u, from, to) : 0;
                for (int d = from; d <= to && _robbed is not null; d++)
                {
                    free += _state.IsOpen(u, d) || CanLend(u, d) ? 1 : 0;
                }

                if (free == 0)
                {
                    continue;
                }

                Unit unit = _c.Units[u];
                double key = price + (_market[u] / 2) - (2.0 * free / (to - from + 1)) + (random.NextDouble() * 2);
                foreach (int own in unit.OwnBroker)
                {
                    key += own >= 0 && own != slot.Broker ? _c.OtherBroker / unit.Size : 0;
                }

                if (_state.MembershipOf(u, crew) >= 0)
                {
                    key -= _state.JoinCost(u, order, slot.Lodge) / unit.Size / free;
                }

                foreach ((int days, double weight) in unit.Shares)
                {
                    key -= _state.Worked(u) < days ? weight / unit.Size : 0;
                }

                if (asksExperience && _state.ExperiencedIn(u, order) > 0)
                {
                    key -= 1000;
                }

                _candidates.Add((key, u));
            }
        }

        _candidates.Sort();
    }

    private double SeatPrice(int village, int order, int day)
    {
        double price = _seats[village, order];
        return _state.Transport(day).Spare(village, order) > 0 ? price / 4 : price;
    }

    private void Offer(int unit, int crew, CrewSlot slot, int from, int to, int length)
    {
        Unit u = _c.Units[unit];
        int experienced = _state.ExperiencedIn(unit, slot.Order);
        _state.Meter.Done += 10 + (length * 4);
        if (_robbed is not null)
        {
            Borrow(unit, crew, from, to);
        }

        bool any = false;
        for (int d = from; d <= to; d++)
        {
            double value = double.NegativeInfinity;
            bool mayWork = _state.IsOpen(unit, d) || slot.Lodge;
            if (mayWork && _state.CanAdd(unit, crew, d, restToo: false) && _state.ExperienceAllows(crew, d, u.Size, experienced))
            {
                value = _state.GainOfAdding(unit, slot.Broker, slot.Order, d) - LossOfLending(u, d) - (PriceShare * _market[unit] * u.Size);
                if (!slot.Lodge)
                {
                    foreach ((int village, int count) in u.Homes)
                    {
                        value -= SeatsFor(village, slot.Order, d, from, to, count, take: false);
                    }
                }

                any |= value > 0;
            }

            _values[d - from] = value;
        }

        if (!any)
        {
            GiveBack(unit);
            return;
        }

        _state.Meter.Done += 64L * (length + 12);
        double total = _picker.Pick(_state, unit, from, to, _values.AsSpan(0, length), _hours.AsSpan(0, length));
        if (_state.MembershipOf(unit, crew) < 0)
        {
            total -= _state.JoinCost(unit, slot.Order, slot.Lodge);
        }

        // C2: nobody can join before the first experienced member, who may cost more than one alone brings; the whole is judged later.
        bool leadsTheWay = experienced > 0 && slot.Members.Count == 0 && _picker.Days.Count > 0;
        if (total <= 0 && !leadsTheWay)
        {
            GiveBack(unit);
            return;
        }

        foreach (int d in _picker.Days)
        {
            if (_state.CanAdd(unit, crew, d) && _state.ExperienceAllows(crew, d, u.Size, experienced))
            {
                _state.Add(unit, crew, d);
                if (!slot.Lodge)
                {
                    foreach ((int village, int count) in u.Homes)
                    {
                        SeatsFor(village, slot.Order, d, from, to, count, take: true);
                    }
                }
            }
        }

        GiveBack(unit);
    }

    /// <summary>Takes the unit out of other crews that can spare it, so that its days can be weighed anew.</summary>
    private void Borrow(int unit, int crew, int from, int to)
    {
        _lent.Clear();
        for (int d = from; d <= to; d++)
        {
            int other = _state.AssignedCrew(unit, d);
            if (other >= 0 && other != crew && CanLend(unit, d))
            {
                _state.Remove(unit, other, d);
                _lent.Add((other, d));
            }
        }
    }

    /// <summary>Puts borrowed days that were not used back; notes the crews that lost some.</summary>
    private void GiveBack(int unit)
    {
        if (_robbed is null)
        {
            return;
        }

        foreach ((int other, int day) in _lent)
        {
            if (_state.AssignedCrew(unit, day) < 0 && _state.CanAdd(unit, other, day)
                && _state.ExperienceAllows(other, day, _c.Units[unit].Size, _state.ExperiencedIn(unit, _state.Crew(other).Order)))
            {
                _state.Add(unit, other, day);
            }
            else if (!_robbed.Contains(other))
            {
                _robbed.Add(other);
            }
        }

        _lent.Clear();
    }

    /// <summary>What the other crew loses by a borrowed day: little where its village has people to take the place.</summary>
    private double LossOfLending(Unit u, int day)
    {
        if (_robbed is null)
        {
            return 0;
        }

        foreach ((int other, int lentDay) in _lent)
        {
            if (lentDay == day)
            {
                CrewSlot slot = _state.Crew(other);
                bool required = _state.Filled(slot.Order, day) < _c.Required[(slot.Order * _c.Days) + day];
                double value = required ? _c.RequiredValue[slot.Order] : _c.TargetValue[(slot.Order * _c.Days) + day];
                return u.Size * (_state.OpenHeads(u.Village, day) > 4 * u.Size ? 15 : value);
            }
        }

        return 0;
    }

    private bool CanLend(int unit, int day)
    {
        int crew = _state.AssignedCrew(unit, day);
        if (crew < 0 || _state.IsPinned(unit, day))
        {
            return false;
        }

        CrewSlot slot = _state.Crew(crew);
        int size = _c.Units[unit].Size;
        return !slot.Lodge && _state.IsMine(slot) && slot.Count[day - slot.From] - size >= slot.Min
            && _state.ExperienceAllows(crew, day, -size, -_state.ExperiencedIn(unit, slot.Order));
    }

    /// <summary>CNY expected for so many seats: nothing while seats are spare, else the usual price.</summary>
    private double SeatsFor(int village, int order, int day, int from, int to, int count, bool take)
    {
        if (!_spareLeft.TryGetValue(village, out int[]? spare))
        {
            spare = new int[to - from + 1];
            for (int d = from; d <= to; d++)
            {
                spare[d - from] = _state.Transport(d).Spare(village, order);
            }

            _spareLeft[village] = spare;
        }

        int free = Math.Min(count, Math.Max(0, spare[day - from]));
        if (take)
        {
            spare[day - from] -= count;
        }

        double price = _seats[village, order];
        return double.IsPositiveInfinity(price) && free == count ? 0 : (count - free) * price;
    }
}
