using System.Collections.Immutable;
using System.Diagnostics;

namespace Matching.Planning.Transport;

/// <summary>
/// The transport stage alone: who rides with what. Legal by rules T1 to T5; loads may be split over vehicles, a vehicle may run
/// several trips and a trip may serve several sites. Minimizes <c>cost_per_day</c> per vehicle used plus <c>cost_per_km</c> × 2
/// × kilometres from the depot through all trips to the last stop; where kilometres cost nothing, the number of vehicles.
/// </summary>
/// <remarks>
/// Search: ruin and recreate by string removals under simulated annealing, with split insertion and chained trips (see
/// <c>docs/algorithm.md</c>). The lower bound is proven by relaxation, see <see cref="TransportResult.LowerBound"/>.
/// Instances hold no state between calls and may be used by any number of threads.
/// </remarks>
public sealed class TransportStage
{
    private const double BoundShare = 0.1;
    private const double BoundWork = 1e9;
    private readonly TransportOptions _options;

    /// <summary>A stage with the given options; the defaults when none are given.</summary>
    public TransportStage(TransportOptions? options = null)
    {
        _options = options ?? new TransportOptions();
        _options.Validate();
    }

    /// <summary>Plans one morning. Cancelling gives the best trips so far, not an exception.</summary>
    /// <param name="task">Who rides, with what, where.</param>
    /// <param name="progress">Told of better trips; may be called from any thread.</param>
    /// <param name="cancellationToken">Stops the search early.</param>
    /// <exception cref="ArgumentException">The task is out of range.</exception>
    public TransportResult Solve(TransportTask task, IProgress<TransportProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(task);
        task.Validate();
        long started = Stopwatch.GetTimestamp();
        double Seconds() => Stopwatch.GetElapsedTime(started).TotalSeconds;
        var m = new RoutingModel(task);
        double? bound = null;
        var search = new RouteSearch(m, _options.Seed, _options.Threads, Seconds, cancellationToken);
        if (progress is not null)
        {
            search.Improved = s => progress.Report(new TransportProgress(s.Paid(m), s.Unserved, Seconds()));
        }

        if (m.Groups > 0)
        {
            search.Start(null);
        }

        if (_options.ProveBound)
        {
            // By steps, a fixed amount of work; by the clock, a share of the time.
            double until = _options.Iterations is null ? _options.Seconds * BoundShare : double.PositiveInfinity;
            double work = _options.Iterations is null ? double.PositiveInfinity : BoundWork;
            bound = new TransportBound(m, work, () => cancellationToken.IsCancellationRequested || Seconds() > until).Prove(search.Best?.Paid(m) ?? 0);
        }

        if (m.Groups > 0 && m.Types > 0)
        {
            search.Run(
                _options.Iterations is null ? _options.Seconds : double.PositiveInfinity,
                _options.Iterations ?? long.MaxValue,
                heat: 1);
        }

        RouteSolution best = search.Best ?? new RouteSolution([.. Enumerable.Repeat(Array.Empty<FixedTrip>(), m.Vehicles)], 0, 0);
        return new TransportResult
        {
            Trips = best.Written(m),
            Cost = best.Paid(m),
            VehiclesUsed = best.VehiclesUsed,
            LowerBound = bound,
            Unserved = Unserved(m, best),
            Iterations = search.Steps,
            Seconds = Seconds(),
        };
    }

    private static ImmutableArray<Riders> Unserved(RoutingModel m, RouteSolution best)
    {
        int[] left = [.. m.Count];
        foreach (FixedTrip trip in best.Chains.SelectMany(c => c))
        {
            for (int i = 0; i < trip.Groups.Length; i++)
            {
                left[trip.Groups[i]] -= trip.Quantities[i];
            }
        }

        return [.. Enumerable.Range(0, m.Groups).Where(g => left[g] > 0).Select(g => new Riders(g, left[g]))];
    }
}
