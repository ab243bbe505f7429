namespace Matching.Api.Operations;

/// <summary>Lets few long questions be answered at once: each is worth seconds of a processor, and planning goes on beside them.</summary>
internal sealed class InquiryGate : IDisposable
{
    private readonly SemaphoreSlim _room = new(Math.Max(2, Environment.ProcessorCount / 2));

    /// <summary>Answers a question once there is room.</summary>
    public async Task<T> RunAsync<T>(Func<T> question, CancellationToken cancellationToken)
    {
        await _room.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(question, cancellationToken);
        }
        finally
        {
            _room.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _room.Dispose();
}
