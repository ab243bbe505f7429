using Matching.Planning.Bound;
using Matching.Planning.Compiled;

namespace Matching.Planning;

/// <summary>
/// The search for the upper bound within a run: on a thread of its own where there are two, else after the improvement in
/// its share of the time.
/// </summary>
internal sealed class BoundSearch(CompiledSeason c, PlanOptions options, RunWatch watch) : IDisposable
{
    /// <summary>Gain of an evaluation, as a share of the bound, below which the thread is worth more to the search for plans.</summary>
    private const double LeastGain = 5e-4;

    /// <summary>Share of the time after which it is, where the season is too short for searches on days of their own.</summary>
    private const double ShareOfShort = 0.25;

    /// <summary>Price steps a second of budget stands for in reproducible runs.</summary>
    private const double StepsPerSecond = 8;
    private readonly CancellationTokenSource _ended = new();
    private Thread? _thread;
    private Exception? _failure;

    /// <summary>Whether the bound is sought beside the search for plans now.</summary>
    public bool IsBeside => _thread is { IsAlive: true };

    /// <summary>Starts beside the search for plans where a second thread is allowed.</summary>
    /// <param name="isShort">Whether the thread joins the search for plans after a share of the time; else once the bound gains little.</param>
    public void Start(bool isShort)
    {
        if (options.Reproducible || options.Threads < 2)
        {
            return;
        }

        _thread = new Thread(() => RunBeside(isShort), 16 << 20) { IsBackground = true, Name = "upper bound" };
        _thread.Start();
    }

    /// <summary>Waits for the thread, or runs now in what is left of the budget.</summary>
    /// <exception cref="AggregateException">The bound failed on its thread.</exception>
    public void Finish()
    {
        if (_thread is null)
        {
            int most = options.Reproducible ? (int)Math.Clamp(watch.Limit * StepsPerSecond, 10, 1_000_000) : int.MaxValue;
            Func<bool> stop = options.Reproducible ? () => watch.IsCancelled || watch.IsProven : () => watch.IsOver || watch.IsProven;
            new SeasonBound(c).Run(new BoundOptions { MaxIterations = most, StepsWhereHuge = !options.Reproducible }, stop, watch.Bound);
            return;
        }

        _thread.Join();
        if (_failure is not null)
        {
            throw new AggregateException("The search for the upper bound failed.", _failure);
        }
    }

    public void Dispose()
    {
        _ended.Cancel();
        _thread?.Join();
        _ended.Dispose();
    }

    private void RunBeside(bool isShort)
    {
        double until = isShort ? ShareOfShort * watch.Limit : double.PositiveInfinity;
        try
        {
            bool Stop() => watch.IsOver || watch.IsProven || watch.Used >= until || _ended.IsCancellationRequested;
            new SeasonBound(c).Run(new BoundOptions { LeastGain = isShort ? 0 : LeastGain, StepsWhereHuge = isShort }, Stop, watch.Bound);
        }
#pragma warning disable CA1031 // An exception must not end the process from this thread; Finish throws it to the caller.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            _failure = failure;
        }
    }
}
