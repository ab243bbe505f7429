using Matching.Search;

namespace Matching.Planning.Transport;

/// <summary>
/// Seats waiting people one group at a time where they add least: whole in one trip, split over two or more with free seats,
/// or in a new trip. Places are skipped at random now and then ("blinks", Christiaens and Vanden Berghe 2020), so that the
/// same people are not always seated the same way.
/// </summary>
internal sealed class Seating(RoutingModel m, RouteState state, Placer placer, ChainPlacer chains, Xoshiro random)
{
    private const int AllTripsUpTo = 400;
    private const int NearTried = 60;
    private const double Tiny = 1e-9;

    /// <summary>Trips considered for a split load.</summary>
    private const int MostSplit = 20;
    private readonly List<Opening> _part = [];
    private readonly Opening[] _cheap = new Opening[MostSplit];
    private readonly double[] _perHead = new double[MostSplit];
    private Opening _whole;
    private int[] _seen = [];
    private int _stamp;

    /// <summary>Share of places skipped.</summary>
    public double Blink { get; set; } = 0.01;

    /// <summary>Seats as many of the group's absent people as can be; the others stay absent.</summary>
    public void Seat(int group)
    {
        int left = state.Absent[group];
        while (left > 0 && SeatOnce(group, left) is int seated and > 0)
        {
            left -= seated;
            state.SetAbsent(group, left);
        }
    }

    private int SeatOnce(int group, int count)
    {
        Collect(group, count);
        Opening best = _whole;
        double bestCost = best.Cost;
        (double Cost, int Vehicle, int At, int Seats) fresh = chains.BestNew(group, count, bestCost);
        if (fresh.Vehicle >= 0)
        {
            var seat = new Opening(fresh.Cost, Math.Min(fresh.Seats, count), -1, default);
            if (seat.Free == count)
            {
                (best, bestCost) = (seat, fresh.Cost);
            }
            else
            {
                _part.Add(seat);
            }
        }

        if (_part.Count > 0 && TrySplit(group, count, bestCost, fresh) is int split and > 0)
        {
            return split;
        }

        if (bestCost < double.PositiveInfinity)
        {
            Take(group, best, count, fresh);
            return count;
        }

        if (_part.Count == 0)
        {
            return 0;
        }

        // Nobody takes all of them: the cheapest seat per head first.
        Opening first = _part[0];
        foreach (Opening seat in _part)
        {
            if (seat.Cost / seat.Free < first.Cost / first.Free)
            {
                first = seat;
            }
        }

        Take(group, first, first.Free, fresh);
        return first.Free;
    }

    private void Collect(int group, int count)
    {
        _part.Clear();
        _whole = new Opening(double.PositiveInfinity, 0, -1, default);
        if (m.Groups <= AllTripsUpTo)
        {
            for (int slot = 0; slot < state.Slots; slot++)
            {
                Consider(group, slot, state.SeatsLeft[slot], count);
            }

            return;
        }

        if (_seen.Length < state.Slots)
        {
            Array.Resize(ref _seen, Math.Max(64, state.Slots * 2));
        }

        _stamp++;
        int[] near = m.Near[group];
        for (int i = 0; i < near.Length && i < NearTried; i++)
        {
            foreach (int slot in state.TripsOf(near[i]))
            {
                if (_seen[slot] != _stamp)
                {
                    _seen[slot] = _stamp;
                    Consider(group, slot, state.SeatsLeft[slot], count);
                }
            }
        }
    }

    private void Consider(int group, int slot, int free, int count)
    {
        if (free <= 0 || random.NextDouble() < Blink)
        {
            return;
        }

        Placing placing = placer.Best(group, slot, _whole.Cost);
        if (placing.At < 0)
        {
            return;
        }

        if (free >= count)
        {
            if (placing.Cost < _whole.Cost)
            {
                _whole = new Opening(placing.Cost, count, slot, placing);
            }
        }
        else
        {
            _part.Add(new Opening(placing.Cost, free, slot, placing));
        }
    }

    /// <summary>Two trips, or the cheapest seats per head one after another, when together cheaper than one whole place.</summary>
    private int TrySplit(int group, int count, double below, (double Cost, int Vehicle, int At, int Seats) fresh)
    {
        // A trip that takes everybody is never worth combining: alone it costs no more.
        (int, int) pair = (-1, -1);
        double pairCost = below - Tiny;
        double perHead = double.PositiveInfinity;
        int kept = KeepCheapest(below);
        for (int a = 0; a < kept; a++)
        {
            Opening first = _cheap[a];
            perHead = Math.Min(perHead, first.Cost / first.Free);
            for (int b = a + 1; b < kept && first.Cost + _cheap[b].Cost < pairCost; b++)
            {
                if (first.Free + _cheap[b].Free >= count)
                {
                    pairCost = first.Cost + _cheap[b].Cost;
                    pair = (a, b);
                }
            }
        }

        Opening one = pair.Item1 < 0 ? default : _cheap[pair.Item1];
        Opening two = pair.Item1 < 0 ? default : _cheap[pair.Item2];
        if (kept > 2 && perHead * count < pairCost && _cheap[0].Cost + _cheap[1].Cost + _cheap[2].Cost < pairCost
            && SeatInMany(group, count, pairCost, kept) is int many and > 0)
        {
            return many;
        }

        if (pair.Item1 < 0)
        {
            return 0;
        }

        int inOne = one.Free;
        if (random.Next(2) == 0)
        {
            inOne = Math.Max(1, count - two.Free);
        }

        // The new trip comes last: it may change the vehicle the other trip belongs to.
        if (one.Slot < 0)
        {
            (one, two, inOne) = (two, one, count - inOne);
        }

        return TakeBoth(group, one, inOne, two, count - inOne, fresh);
    }

    /// <summary>The cheapest openings below a cost into <see cref="_cheap"/>, cheapest first.</summary>
    private int KeepCheapest(double below)
    {
        int kept = 0;
        foreach (Opening opening in _part)
        {
            if (opening.Cost >= below || (kept == MostSplit && opening.Cost >= _cheap[kept - 1].Cost))
            {
                continue;
            }

            int at = kept < MostSplit ? kept++ : kept - 1;
            for (; at > 0 && _cheap[at - 1].Cost > opening.Cost; at--)
            {
                _cheap[at] = _cheap[at - 1];
            }

            _cheap[at] = opening;
        }

        return kept;
    }

    /// <summary>The cheapest free seats per head, three trips or more.</summary>
    private int SeatInMany(int group, int count, double below, int kept)
    {
        for (int i = 0; i < kept; i++)
        {
            _perHead[i] = _cheap[i].Cost / _cheap[i].Free;
        }

        Array.Sort(_perHead, _cheap, 0, kept);
        double sum = 0;
        int left = count;
        int used = 0;
        for (; used < kept && left > 0; used++)
        {
            sum += _cheap[used].Cost;
            left -= _cheap[used].Free;
            if (sum >= below || _cheap[used].Slot < 0)
            {
                return 0;
            }
        }

        if (left > 0 || used < 3)
        {
            return 0;
        }

        int seated = 0;
        for (int i = 0; i < used; i++)
        {
            // An earlier part may have taken this vehicle's time: then those seated stay and the others look again.
            Placing now = placer.Best(group, _cheap[i].Slot);
            if (now.At >= 0)
            {
                int taken = Math.Min(count - seated, _cheap[i].Free);
                state.Insert(_cheap[i].Slot, group, taken, now);
                seated += taken;
            }
        }

        return seated;
    }

    private int TakeBoth(int group, Opening one, int inOne, Opening two, int inTwo, (double Cost, int Vehicle, int At, int Seats) fresh)
    {
        Take(group, one, inOne, fresh);
        if (two.Slot >= 0)
        {
            Placing now = placer.Best(group, two.Slot);
            if (now.At < 0)
            {
                return inOne;
            }

            Take(group, two with { Placing = now }, inTwo, fresh);
            return inOne + inTwo;
        }

        (double Cost, int Vehicle, int At, int Seats) again = chains.BestNew(group, inTwo, double.PositiveInfinity);
        if (again.Vehicle < 0)
        {
            return inOne;
        }

        int taken = Math.Min(inTwo, again.Seats);
        Take(group, two, taken, again);
        return inOne + taken;
    }

    private void Take(int group, Opening seat, int count, (double Cost, int Vehicle, int At, int Seats) fresh)
    {
        if (seat.Slot >= 0)
        {
            state.Insert(seat.Slot, group, count, seat.Placing);
            return;
        }

        RouteTrip trip = state.NewTrip();
        trip.InsertVisit(0, group, m.Village[group], count);
        trip.InsertSite(0, m.Site[group]);
        state.PutTrip(fresh.Vehicle, fresh.At, trip);
    }

    /// <param name="Cost">Search cost it adds.</param>
    /// <param name="Free">People it can take, at most those waiting.</param>
    /// <param name="Slot">The trip, -1 for a new one.</param>
    /// <param name="Placing">Where in the trip.</param>
    private readonly record struct Opening(double Cost, int Free, int Slot, Placing Placing);
}
