using Matching.Search;

namespace Matching.Planning.Transport;

/// <summary>
/// Slack induction by string removals (Christiaens and Vanden Berghe, Transportation Science 54, 2020) under simulated
/// annealing, with split loads and chained trips: takes neighbouring pieces of a few trips, or whole trips, out and seats
/// their people anew. One thread uses it.
/// </summary>
internal sealed class RuinRecreate
{
    private const double MeanRemoved = 10;
    private const int LongestString = 10;
    private const double SplitStrings = 0.5;
    private const double SplitDeeper = 0.01;
    private readonly RoutingModel _m;
    private readonly RouteState _state;
    private readonly ChainPlacer _chains;
    private readonly Seating _seating;
    private readonly Xoshiro _random;
    private readonly List<int> _waiting = [];
    private readonly List<RouteTrip> _taken = [];
    private readonly List<int> _touched = [];
    private readonly bool[] _isWaiting;
    private double[] _key = [];
    private int[] _order = [];
    private int[] _ruined = [];
    private int _ruinStamp;

    public RuinRecreate(RoutingModel m, long seed)
    {
        _m = m;
        _state = new RouteState(m);
        _chains = new ChainPlacer(m, _state);
        _random = new Xoshiro(seed);
        _seating = new Seating(m, _state, new Placer(m, _state), _chains, _random);
        _isWaiting = new bool[m.Groups];
    }

    public RouteState State => _state;

    public Xoshiro Random => _random;

    /// <summary>Seats everybody who is absent, far and many first.</summary>
    public void Construct()
    {
        _state.Mark();
        for (int g = 0; g < _m.Groups; g++)
        {
            if (_state.Absent[g] > 0)
            {
                _waiting.Add(g);
            }
        }

        SeatWaiting();
        _state.Keep();
    }

    /// <summary>One step at a temperature in search cost; true when the state changed.</summary>
    public bool Step(double temperature)
    {
        double before = _state.Penalized;
        _state.Mark();
        if (_m.ChainsPay && _random.Next(5) == 0)
        {
            RuinTrips();
        }
        else
        {
            RuinStrings();
        }

        WaitAbsent();
        bool legal = true;
        foreach (int k in _touched)
        {
            legal &= _state.Refresh(k);
        }

        _touched.Clear();
        if (!legal)
        {
            // Where legs break the triangle inequality, leaving a stop out can take longer.
            GiveUp();
            return false;
        }

        PutTaken();
        SeatWaiting();
        double after = _state.Penalized;
        if (after < before - (temperature * Math.Log(1 - _random.NextDouble())))
        {
            _state.Keep();
            return true;
        }

        _state.Undo();
        return false;
    }

    /// <summary>Lets the vehicle's people wait and the vehicle stand still; not undone.</summary>
    public void Empty(int vehicle)
    {
        _state.Mark();
        while (_state.ChainOf(vehicle).Count > 0)
        {
            int slot = _state.ChainOf(vehicle)[0];
            while (_state.TripAt(slot).Visits > 0)
            {
                Remove(slot, _state.TripAt(slot).Visits - 1);
            }

            _state.Refresh(vehicle);
        }

        _touched.Clear();
        foreach (int g in _waiting)
        {
            _isWaiting[g] = false;
        }

        _waiting.Clear();
        _state.Keep();
    }

    private void GiveUp()
    {
        foreach (int g in _waiting)
        {
            _isWaiting[g] = false;
        }

        _waiting.Clear();
        foreach (RouteTrip trip in _taken)
        {
            _state.Discard(trip);
        }

        _taken.Clear();
        _state.Undo();
    }

    private void RuinStrings()
    {
        int visits = 0;
        int trips = 0;
        foreach (int k in _state.Used)
        {
            foreach (int slot in _state.ChainOf(k))
            {
                visits += _state.TripAt(slot).Visits;
                trips++;
            }
        }

        if (trips == 0)
        {
            return;
        }

        double longest = Math.Min(LongestString, Math.Max(1, (double)visits / trips));
        double most = (4 * MeanRemoved / (1 + longest)) - 1;
        int strings = (int)(1 + (most * _random.NextDouble()));
        bool wholeGroups = _random.Next(2) == 0;
        StartRuin();
        int ruined = 0;
        foreach (int near in _m.Near[_random.Next(_m.Groups)])
        {
            if (_isWaiting[near])
            {
                continue;
            }

            List<int> at = _state.TripsOf(near);
            if (at.Count == 0)
            {
                continue;
            }

            int slot = at[at.Count == 1 ? 0 : _random.Next(at.Count)];
            if (_ruined[slot] == _ruinStamp)
            {
                continue;
            }

            _ruined[slot] = _ruinStamp;
            RemoveString(slot, _state.TripAt(slot).VisitOf(near), longest);
            if (++ruined == strings)
            {
                break;
            }
        }

        if (wholeGroups)
        {
            for (int i = 0; i < _waiting.Count; i++)
            {
                List<int> at = _state.TripsOf(_waiting[i]);
                while (at.Count > 0)
                {
                    Remove(at[0], _state.TripAt(at[0]).VisitOf(_waiting[i]));
                }
            }
        }
    }

    private void RemoveString(int slot, int at, double longest)
    {
        int visits = _state.TripAt(slot).Visits;
        int length = (int)(1 + (Math.Min(longest, visits) * _random.NextDouble()));
        length = Math.Min(length, visits);
        int kept = 0;
        if (length > 1 && length < visits && _random.NextDouble() < SplitStrings)
        {
            kept = 1;
            while (length + kept < visits && _random.NextDouble() > SplitDeeper && _random.Next(2) == 0)
            {
                kept++;
            }
        }

        int window = length + kept;
        int low = Math.Max(0, at - window + 1);
        int high = Math.Min(at, visits - window);
        int start = low + _random.Next(high - low + 1);
        int keptFrom = kept == 0 ? window : 1 + _random.Next(length - 1);
        for (int i = window - 1; i >= 0; i--)
        {
            if (i < keptFrom || i >= keptFrom + kept)
            {
                Remove(slot, start + i);
            }
        }
    }

    private void RuinTrips()
    {
        StartRuin();
        int wanted = 1 + _random.Next(6);
        int seed = _random.Next(_m.Groups);
        bool wholeVehicle = _random.Next(4) == 0;
        foreach (int near in _m.Near[seed])
        {
            List<int> at = _state.TripsOf(near);
            if (at.Count == 0)
            {
                continue;
            }

            int slot = at[_random.Next(at.Count)];
            int vehicle = _state.TripAt(slot).Vehicle;
            if (wholeVehicle)
            {
                while (_state.ChainOf(vehicle).Count > 0)
                {
                    _taken.Add(_state.TakeTrip(_state.ChainOf(vehicle)[^1]));
                }

                wholeVehicle = false;
            }
            else
            {
                _taken.Add(_state.TakeTrip(slot));
            }

            _touched.Add(vehicle);
            if (--wanted == 0)
            {
                break;
            }
        }
    }

    private void PutTaken()
    {
        for (int i = _taken.Count - 1; i > 0; i--)
        {
            int other = _random.Next(i + 1);
            (_taken[i], _taken[other]) = (_taken[other], _taken[i]);
        }

        if (_random.Next(2) == 0)
        {
            _taken.Sort(static (x, y) => x.OwnLatest.CompareTo(y.OwnLatest));
        }

        foreach (RouteTrip trip in _taken)
        {
            (_, int vehicle, int at) = _chains.BestFor(trip, _random, _seating.Blink);
            if (vehicle >= 0)
            {
                _state.PutTrip(vehicle, at, trip);
                continue;
            }

            for (int i = 0; i < trip.Visits; i++)
            {
                Wait(trip.Group[i], trip.Quantity[i]);
            }

            _state.Discard(trip);
        }

        _taken.Clear();
    }

    // Those left behind earlier look for seats near what was just opened.
    private void WaitAbsent()
    {
        if (_state.AbsentWeighed < 0.5)
        {
            return;
        }

        int tried = 0;
        int from = _random.Next(_m.Groups);
        for (int i = 0; i < _m.Groups && tried < 8; i++)
        {
            int g = (from + i) % _m.Groups;
            if (_state.Absent[g] > 0 && !_isWaiting[g])
            {
                _isWaiting[g] = true;
                _waiting.Add(g);
                tried++;
            }
        }
    }

    private void Remove(int slot, int at)
    {
        RouteTrip trip = _state.TripAt(slot);
        int group = trip.Group[at];
        int vehicle = trip.Vehicle;
        int quantity = _state.RemoveVisit(slot, at);
        Wait(group, quantity);
        if (!_touched.Contains(vehicle))
        {
            _touched.Add(vehicle);
        }
    }

    private void Wait(int group, int quantity)
    {
        _state.SetAbsent(group, _state.Absent[group] + quantity);
        if (!_isWaiting[group])
        {
            _isWaiting[group] = true;
            _waiting.Add(group);
        }
    }

    private void SeatWaiting()
    {
        int count = _waiting.Count;
        if (_key.Length < count)
        {
            _key = new double[count * 2];
            _order = new int[count * 2];
        }

        // Weights 4, 4, 2, 1 of the paper: at random, many first, far first, near first.
        int draw = _random.Next(11);
        for (int i = 0; i < count; i++)
        {
            int g = _waiting[i];
            _order[i] = g;
            _isWaiting[g] = false;
            _key[i] = draw < 4 ? _random.NextDouble()
                : draw < 8 ? -_state.Absent[g]
                : (draw < 10 ? -1 : 1) * _m.Leg[0][(_m.Village[g] * _m.Places) + _m.Site[g]];
        }

        _waiting.Clear();
        Array.Sort(_key, _order, 0, count);
        for (int i = 0; i < count; i++)
        {
            _seating.Seat(_order[i]);
        }
    }

    private void StartRuin()
    {
        if (_ruined.Length < _state.Slots)
        {
            Array.Resize(ref _ruined, Math.Max(64, _state.Slots * 2));
        }

        _ruinStamp++;
    }
}
