using Matching.Planning.Bound;
using Matching.Planning.Compiled;

namespace Matching.Planning;

/// <summary>
/// The search for the upper bound within a run: on a thread of its own where there are two, else after the improvement in
/// its share of the time.
/// </summary>
internal sealed class BoundSearch(CompiledSeason c, PlanOptions options, RunWatch watch) : IDisposable
{
    /// <summary>Price steps a second of budget stands for in reproducible runs.</summary>
    private const double StepsPerSecond = 8;
    private readonly CancellationTokenSource _ended = new();
    private readonly SeasonBound _bound = new(c);
    private Thread? _thread;
    private Exception? _failure;

    /// <summary>Worth of the best plan: the steps aim at it.</summary>
    public double Incumbent
    {
        set => _bound.Incumbent = value;
    }

    /// <summary>Starts beside the search for plans where a second thread is allowed.</summary>
    public void Start()
    {
        if (options.Reproducible || options.Threads < 2)
        {
            return;
        }

        _thread = new Thread(RunBeside, 16 << 20) { IsBackground = true, Name = "upper bound" };
        _thread.Start();
    }

    /// <summary>Waits for the thread, or runs now in what is left of the budget.</summary>
    /// <exception cref="AggregateException">The bound failed on its thread.</exception>
    public void Finish()
    {
        if (_thread is null)
        {
            int most = options.Reproducible ? (int)Math.Clamp(watch.Limit * StepsPerSecond, 10, 1_000_000) : int.MaxValue;
            Func<bool> stop = options.Reproducible ? () => watch.IsCancelled : () => watch.IsOver;
            _bound.Run(new BoundOptions { MaxIterations = most }, stop, watch.Bound);
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

    private void RunBeside()
    {
        try
        {
            _bound.Run(new BoundOptions(), () => watch.IsOver || watch.IsProven || _ended.IsCancellationRequested, watch.Bound);
        }
#pragma warning disable CA1031 // An exception must not end the process from this thread; Finish throws it to the caller.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            _failure = failure;
        }
    }
}
