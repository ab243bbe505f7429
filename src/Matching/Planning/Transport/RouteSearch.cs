namespace Matching.Planning.Transport;

/// <summary>
/// Several threads of <see cref="RuinRecreate"/> that meet now and then: those who stand worse go on from the best. Meetings
/// come after shares of the time or of the steps, so a search by steps does not depend on the machine.
/// </summary>
internal sealed class RouteSearch
{
    private const int Meetings = 12;
    private const int ClockEvery = 32;
    private const double HotPerVisit = 0.35;
    private const double ColdPerVisit = 0.004;

    /// <summary>Steps after which those still left behind weigh more.</summary>
    private const int ReweighEvery = 200;
    private const double Reweighed = 1.1;

    private readonly RoutingModel _m;
    private readonly RuinRecreate[] _threads;
    private readonly Func<double> _seconds;
    private readonly CancellationToken _cancelled;
    private readonly Lock _gate = new();
    private long _steps;

    public RouteSearch(RoutingModel m, long seed, int threads, Func<double> seconds, CancellationToken cancelled)
    {
        (_m, _seconds, _cancelled) = (m, seconds, cancelled);
        _threads = new RuinRecreate[threads];
        for (int i = 0; i < threads; i++)
        {
            _threads[i] = new RuinRecreate(m, unchecked((seed * 1_000_003) + i));
        }
    }

    /// <summary>The best so far; null before <see cref="Start"/>.</summary>
    public RouteSolution? Best { get; private set; }

    /// <summary>Told of every better solution, never from two threads at once.</summary>
    public Action<RouteSolution>? Improved { get; set; }

    public long Steps => Interlocked.Read(ref _steps);

    /// <summary>A first solution: the given one, or one built.</summary>
    public void Start(RouteSolution? given)
    {
        if (given is not null)
        {
            given.LoadInto(_m, _threads[0].State);
        }

        _threads[0].Construct();
        Offer(_threads[0].State);
    }

    /// <summary>Searches until the clock or the steps of each thread run out.</summary>
    /// <param name="until">Seconds of the clock, or infinity.</param>
    /// <param name="steps">Steps of each thread, or the most there are.</param>
    /// <param name="heat">Share of the usual starting temperature.</param>
    public void Run(double until, long steps, double heat)
    {
        if (_m.GuidedByTime && _m.ChainsPay)
        {
            DropVehicles(until, steps);
            return;
        }

        double began = _seconds();
        double perVisit = Best!.Penalized / Math.Max(1, Best.Chains.Sum(c => c.Sum(t => t.Groups.Length)));
        if (Best.Unserved > 0)
        {
            perVisit = _threads[0].State.Cost / Math.Max(1, _m.Groups);
        }

        double hot = heat * HotPerVisit * perVisit;
        double cold = ColdPerVisit * perVisit;
        for (int meeting = 0; meeting < Meetings && !_cancelled.IsCancellationRequested; meeting++)
        {
            double low = (double)meeting / Meetings;
            Adopt(onlyWorse: meeting > 0);
            long stepsHere = steps == long.MaxValue ? steps : (steps * (meeting + 1) / Meetings) - (steps * meeting / Meetings);
            Parallel.For(0, _threads.Length, i => Anneal(_threads[i], began, until, low, stepsHere, hot, cold));
        }
    }

    private void Anneal(RuinRecreate thread, double began, double until, double low, long steps, double hot, double cold)
    {
        const double Share = 1.0 / Meetings;
        double temperature = hot * Math.Pow(cold / hot, low);
        double best = Best!.Penalized;
        long done = 0;
        bool pending = false;
        for (; done < steps; done++)
        {
            if (done % ClockEvery == 0)
            {
                double passed = steps == long.MaxValue ? (_seconds() - began) / (until - began) : low + (Share * done / steps);
                if (passed >= low + Share || _cancelled.IsCancellationRequested)
                {
                    break;
                }

                temperature = hot * Math.Pow(cold / hot, passed);
                if (pending)
                {
                    Offer(thread.State);
                    pending = false;
                }
            }

            if (thread.Step(temperature) && thread.State.Penalized < best - 1e-7)
            {
                best = thread.State.Penalized;
                Offer(thread.State);
            }
        }

        Interlocked.Add(ref _steps, done);
    }

    /// <summary>Fewest vehicles: one is taken away, its people find seats elsewhere, and so on.</summary>
    private void DropVehicles(double until, long steps)
    {
        double began = _seconds();
        for (int meeting = 0; meeting < Meetings && !_cancelled.IsCancellationRequested; meeting++)
        {
            double end = began + ((until - began) * (meeting + 1) / Meetings);
            Adopt(onlyWorse: false);
            long stepsHere = steps == long.MaxValue ? steps : (steps * (meeting + 1) / Meetings) - (steps * meeting / Meetings);
            int vehicles = Best!.VehiclesUsed;
            Parallel.For(0, _threads.Length, i => Drop(_threads[i], vehicles, end, stepsHere));
        }
    }

    private void Drop(RuinRecreate thread, int vehicles, double until, long steps)
    {
        RouteState state = thread.State;
        double temperature = 0.02 * _m.SearchDay.Max();
        if (state.IsComplete)
        {
            TakeAway(thread, vehicles - 1);
        }

        long done = 0;
        int taken = 1;
        for (; done < steps; done++)
        {
            if (done % ClockEvery == 0 && (_cancelled.IsCancellationRequested || (steps == long.MaxValue && _seconds() >= until)))
            {
                break;
            }

            thread.Step(temperature * thread.Random.NextDouble() * 0.1);
            if (state.AbsentWeighed < 1e-3 && state.IsComplete)
            {
                Offer(state);
                if (state.Used.Length <= 1)
                {
                    break;
                }

                // While it goes easily, more at once.
                taken = Math.Min(2 * taken, 1 + (state.Used.Length / 12));
                TakeAway(thread, Math.Max(1, state.Used.Length - taken));
            }
            else if (done % ReweighEvery == ReweighEvery - 1)
            {
                for (int g = 0; g < _m.Groups; g++)
                {
                    if (state.Absent[g] > 0)
                    {
                        state.Reweigh(g, state.Weight[g] * Reweighed);
                    }
                }
            }
        }

        Interlocked.Add(ref _steps, done);
    }

    private void TakeAway(RuinRecreate thread, int left)
    {
        RouteState state = thread.State;
        state.MaxVehicles = left;
        for (int g = 0; g < _m.Groups; g++)
        {
            state.Reweigh(g, _m.SearchDay.Max() / 10);
        }

        while (state.Used.Length > left)
        {
            int least = state.Used[0];
            int fewest = int.MaxValue;
            foreach (int k in state.Used)
            {
                int riders = state.ChainOf(k).Sum(slot => state.TripAt(slot).Load) + thread.Random.Next(_m.MaxSeats);
                if (riders < fewest)
                {
                    (least, fewest) = (k, riders);
                }
            }

            thread.Empty(least);
        }
    }

    private void Adopt(bool onlyWorse)
    {
        RouteSolution best = Best!;
        foreach (RuinRecreate thread in _threads)
        {
            bool worse = thread.State.Penalized > best.Penalized * (1 + 1e-9);
            if (!onlyWorse || worse)
            {
                thread.State.MaxVehicles = _m.Vehicles;
                best.LoadInto(_m, thread.State);
                for (int g = 0; g < _m.Groups; g++)
                {
                    thread.State.Reweigh(g, _m.AbsentCost);
                }
            }
        }
    }

    private void Offer(RouteState state)
    {
        lock (_gate)
        {
            RouteSolution found = RouteSolution.Of(_m, state);
            if (Best is null || found.Penalized < Best.Penalized - 1e-9)
            {
                Best = found;
                Improved?.Invoke(found);
            }
        }
    }
}
