using System.Text.Json;
using Matching.Api.Http;
using Matching.Plans;
using Matching.Search;

namespace Matching.Api.Jobs;

/// <summary>
/// Tells a job's progress in lines of JSON: never more often than some times a second, the net value never falling, the bound never
/// rising.
/// </summary>
internal sealed class JobProgressPipe(TextWriter output, TimeProvider clock) : IProgress<PlanProgress>
{
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(200);

    private readonly Lock _lock = new();
    private long _told;
    private JobProgress? _untold;
    private decimal? _netValue;
    private decimal? _upperBound;
    private string? _stage;

    /// <inheritdoc/>
    public void Report(PlanProgress value)
    {
        lock (_lock)
        {
            _netValue = value.Incumbent is { } net && !(net <= _netValue) ? net : _netValue;
            _upperBound = value.UpperBound is { } bound && !(bound >= _upperBound) ? bound : _upperBound;
            _untold = new JobProgress(value.Stage, value.Seconds, _netValue, _upperBound, GapOf(_netValue, _upperBound));
            if (value.Stage != _stage || clock.GetElapsedTime(_told) >= Least)
            {
                Tell();
            }
        }
    }

    /// <summary>Tells what has not been told.</summary>
    public void Flush()
    {
        lock (_lock)
        {
            Tell();
        }
    }

    private void Tell()
    {
        if (_untold is { } progress)
        {
            (_untold, _told, _stage) = (null, clock.GetTimestamp(), progress.Stage);
            output.WriteLine(JsonSerializer.Serialize(progress, ApiJson.Options));
            output.Flush();
        }
    }

    private static decimal? GapOf(decimal? net, decimal? bound) => net is { } n && bound is { } b ? Worth.GapOf(b, n) : null;
}
