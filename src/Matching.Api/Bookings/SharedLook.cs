namespace Matching.Api.Bookings;

/// <summary>
/// One look for all who ask while the look before is under way: each is given what a look begun after they asked has seen, and however many
/// ask, there is one at a time.
/// </summary>
internal sealed class SharedLook<T>(Func<Task<T>> look)
{
    private readonly Lock _lock = new();
    private Task<T>? _running;
    private Task<T>? _next;

    /// <summary>What a look begun from now on sees.</summary>
    public Task<T> AskAsync()
    {
        lock (_lock)
        {
            return _running is null ? _running = LookAsync() : _next ??= LookAfterAsync(_running);
        }
    }

    private async Task<T> LookAsync()
    {
        // Nobody waits for the lock while the look begins.
        await Task.Yield();
        try
        {
            return await look();
        }
        finally
        {
            lock (_lock)
            {
                (_running, _next) = (_next, null);
            }
        }
    }

    private async Task<T> LookAfterAsync(Task before)
    {
        // How it went is for those who asked before.
        await before.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return await LookAsync();
    }
}
