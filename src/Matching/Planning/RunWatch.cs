using System.Collections.Immutable;
using Matching.Planning.State;
using Matching.Search;

namespace Matching.Planning;

/// <summary>
/// Knows when a run is over, keeps the best figures and reports them. Thread-safe: the bound is told from its own thread.
/// </summary>
internal sealed class RunWatch(
    PlanOptions options, WorkMeter meter, TimeProvider clock, IProgress<PlanProgress>? progress, CancellationToken cancelled)
{
    /// <summary>Share of the budget for plans where the bound comes after them.</summary>
    private const double SharedPart = 0.75;
    private static readonly TimeSpan ReportEvery = TimeSpan.FromMilliseconds(200);
    private readonly Lock _lock = new();
    private readonly long _started = clock.GetTimestamp();
    private readonly ImmutableArray<PlanProgress>.Builder _trace = ImmutableArray.CreateBuilder<PlanProgress>();
    private readonly long _workLimit = (long)Math.Min(options.Seconds * WorkMeter.PerSecond, long.MaxValue / 2);
    private TimeSpan _reported = TimeSpan.MinValue;
    private string _stage = "";
    private decimal? _incumbent;
    private decimal? _upperBound;

    public double Seconds => clock.GetElapsedTime(_started).TotalSeconds;

    /// <summary>The time or work is used up, or the caller cancelled.</summary>
    public bool IsOver => cancelled.IsCancellationRequested || (options.Reproducible ? meter.Done >= _workLimit : Seconds >= options.Seconds);

    public bool IsCancelled => cancelled.IsCancellationRequested;

    /// <summary>
    /// The search for plans has had its share: all of the time beside a bound on its own thread, else
    /// <see cref="SharedPart"/> of it.
    /// </summary>
    public bool IsSearchOver => IsCancelled || (options.Reproducible ? meter.Done >= _workLimit * SharedPart
        : Seconds >= options.Seconds * (options.Threads < 2 ? SharedPart : 1));

    /// <summary>How much of the search's share is used, 0 to 1.</summary>
    public double SearchUsed => Math.Clamp(options.Reproducible ? meter.Done / Math.Max(1, _workLimit * SharedPart)
        : Seconds / Math.Max(1e-9, options.Seconds * (options.Threads < 2 ? SharedPart : 1)), 0, 1);

    /// <summary>The plan is proven best to the cent.</summary>
    public bool IsProven
    {
        get
        {
            lock (_lock)
            {
                return _incumbent is { } net && _upperBound is { } bound && bound - net < 0.01m;
            }
        }
    }

    public decimal? UpperBound
    {
        get
        {
            lock (_lock)
            {
                return _upperBound;
            }
        }
    }

    public StopReason Reason => cancelled.IsCancellationRequested ? StopReason.Cancelled
        : IsProven ? StopReason.Optimal
        : options.Reproducible ? StopReason.WorkLimit : StopReason.TimeLimit;

    public ImmutableArray<PlanProgress> Trace
    {
        get
        {
            lock (_lock)
            {
                return _trace.ToImmutable();
            }
        }
    }

    /// <summary>A new stage begins.</summary>
    public void Enter(string stage)
    {
        lock (_lock)
        {
            _stage = stage;
            Report(force: true);
        }
    }

    /// <summary>The worth of the plan now; it never falls within a run once the pins are in.</summary>
    public void Incumbent(double net)
    {
        decimal value = Math.Round((decimal)net, 2, MidpointRounding.ToZero);
        lock (_lock)
        {
            if (_incumbent is not { } best || value > best)
            {
                _incumbent = value;
                Report(force: false);
            }
        }
    }

    /// <summary>A proven bound; kept when lower than the best.</summary>
    public void Bound(decimal bound)
    {
        lock (_lock)
        {
            if (_upperBound is not { } best || bound < best)
            {
                _upperBound = bound;
                Report(force: false);
            }
        }
    }

    /// <summary>The exact worth of the finished plan.</summary>
    public void Final(decimal net)
    {
        lock (_lock)
        {
            _incumbent = net;
            Report(force: true);
        }
    }

    private void Report(bool force)
    {
        // A reproducible run tells by work done, or the clock would decide which moments its trace holds.
        TimeSpan now = options.Reproducible
            ? TimeSpan.FromSeconds((double)meter.Done / WorkMeter.PerSecond)
            : clock.GetElapsedTime(_started);
        if (!force && _reported != TimeSpan.MinValue && now - _reported < ReportEvery)
        {
            return;
        }

        _reported = now;
        var moment = new PlanProgress(_stage, _incumbent, _upperBound, now.TotalSeconds);
        _trace.Add(moment);
        progress?.Report(moment);
    }
}
