namespace Matching.Api.Hosting;

/// <summary>
/// Holds up what starts after it until the database is prepared: the host is put together meanwhile. Where it cannot be prepared
/// the start fails with the reason.
/// </summary>
internal sealed class DatabaseGate(Task prepared) : IHostedService
{
    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => prepared.WaitAsync(cancellationToken);

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
