using System.Diagnostics.CodeAnalysis;
using Matching.Api.Hosting;
using Matching.Api.Storage;
using Microsoft.Extensions.Logging;

namespace Matching.Api.Jobs;

/// <summary>Takes jobs from the queue while this process has room for them.</summary>
internal sealed partial class JobDispatcher(JobQueue queue, JobRunner runner, JobSignal signal, ServeOptions host, TimeProvider clock, ILogger<JobDispatcher> log)
    : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private readonly List<Task> _running = [];

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        bool isFresh = true;
        try
        {
            while (true)
            {
                isFresh = isFresh && !await TriedAsync(queue.ReleaseDeadAsync(stoppingToken), stoppingToken);
                await TriedAsync(TakeAsync(stoppingToken), stoppingToken);
                await signal.WaitAsync(Pause, clock, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await Task.WhenAll(_running);
        }
    }

    private async Task TakeAsync(CancellationToken stoppingToken)
    {
        _running.RemoveAll(t => t.IsCompleted);
        while (await queue.ClaimAsync(onlyStopped: _running.Count >= host.ParallelJobs, stoppingToken) is { } row)
        {
            _running.Add(RunAsync(row, stoppingToken));
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "One job's failure is not the host's: it is logged, and the job's lease ends, so it is begun again.")]
    private async Task RunAsync(PlanRow row, CancellationToken stoppingToken)
    {
        JobBegun(log, row.Id, row.Attempts);
        try
        {
            await runner.RunAsync(row, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Put back into the queue by the runner.
        }
        catch (Exception e)
        {
            JobBroke(log, e, row.Id);
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "A database that is away for a moment must not end the dispatcher; it is logged and tried again.")]
    private async Task<bool> TriedAsync(Task work, CancellationToken stoppingToken)
    {
        try
        {
            await work;
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
        {
            QueueBroke(log, e);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Information, "Plan {PlanId} begun, attempt {Attempt}.")]
    private static partial void JobBegun(ILogger log, string planId, int attempt);

    [LoggerMessage(LogLevel.Error, "Plan {PlanId} could not be carried through; it is begun again when its lease ends.")]
    private static partial void JobBroke(ILogger log, Exception exception, string planId);

    [LoggerMessage(LogLevel.Error, "The queue could not be read; it is tried again.")]
    private static partial void QueueBroke(ILogger log, Exception exception);
}
