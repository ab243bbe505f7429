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
    private readonly ImmutableArray<StageTime>.Builder _stages = ImmutableArray.CreateBuilder<StageTime>();

    /// <summary>The search's share of the limit: all of it beside a bound on its own thread.</summary>
    private readonly double _part = options.Reproducible || options.Threads < 2 ? SharedPart : 1;
    private double _limit = options.Seconds;
    private double _stageStarted;
    private bool _isFlat;
    private volatile bool _isSettled;
    private TimeSpan _reported = TimeSpan.MinValue;
    private string _stage = "";
    private decimal? _incumbent;
    private decimal? _upperBound;

    public double Seconds => clock.GetElapsedTime(_started).TotalSeconds;

    /// <summary>What the limit counts: seconds by the clock, or the seconds that the work done stands for.</summary>
    public double Used => options.Reproducible ? (double)meter.Done / WorkMeter.PerSecond : Seconds;

    /// <summary>The limit of <see cref="Used"/> for the whole run; a flat stop moves it near.</summary>
    public double Limit => Volatile.Read(ref _limit);

    /// <summary>
    /// The limit of <see cref="Used"/> for the search for plans: all of the time beside a bound on its own thread, else
    /// <see cref="SharedPart"/> of it.
    /// </summary>
    public double SearchLimit => Limit * _part;

    /// <summary>The time or work is used up, or the caller cancelled.</summary>
    public bool IsOver => IsCancelled || Used >= Limit;

    public CancellationToken Cancelled => cancelled;

    public bool IsCancelled => cancelled.IsCancellationRequested;

    /// <summary>The search for plans has had its share.</summary>
    public bool IsSearchOver => IsCancelled || Used >= SearchLimit;

    /// <summary>The plan is proven best, to the cent or within the cents that rounding its parts can make.</summary>
    public bool IsProven
    {
        get
        {
            lock (_lock)
            {
                return _isSettled || _incumbent is { } net && _upperBound is { } bound && bound - net < 0.01m;
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
        : _isFlat ? StopReason.Flat
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

    /// <summary>How long each stage took so far, the one under way included; empty in reproducible runs.</summary>
    public ImmutableArray<StageTime> Stages
    {
        get
        {
            lock (_lock)
            {
                return options.Reproducible ? [] : [.. _stages, new StageTime(_stage, Seconds - _stageStarted)];
            }
        }
    }

    /// <summary>The search has flattened out: the run ends once the bound has had its share of what was used.</summary>
    public void Flatten()
    {
        _isFlat = true;
        Volatile.Write(ref _limit, Math.Min(Limit, Used / _part));
    }

    /// <summary>An exact model has proven that no plan is worth more than the incumbent but for the rounding of its parts.</summary>
    public void Settle() => _isSettled = true;

    /// <summary>A new stage begins.</summary>
    public void Enter(string stage)
    {
        double now = Seconds;
        lock (_lock)
        {
            if (_stage.Length > 0)
            {
                _stages.Add(new StageTime(_stage, now - _stageStarted));
            }

            (_stage, _stageStarted) = (stage, now);
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
