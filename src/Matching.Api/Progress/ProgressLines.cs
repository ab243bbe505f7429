using Matching.Api.Output;
using Matching.Search;

namespace Matching.Api.Progress;

/// <summary>
/// Progress as plain lines, for logs and pipes: one at every new stage, and one every few seconds. In reproducible runs only
/// stages are told, without the clock, so that two runs print the same.
/// </summary>
internal sealed class ProgressLines(CliHost host, PlanOptions options) : IProgress<PlanProgress>
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);
    private readonly Lock _lock = new();
    private readonly long _start = host.Time.GetTimestamp();
    private PlanProgress? _latest;
    private string? _stage;

    /// <inheritdoc/>
    public void Report(PlanProgress value)
    {
        lock (_lock)
        {
            _latest = value;
            if (options.Reproducible && value.Stage != _stage)
            {
                Write(value);
            }
        }
    }

    /// <summary>Waits for the run, telling how it goes.</summary>
    public async Task WatchAsync(Task run)
    {
        if (!options.Reproducible)
        {
            long told = _start;
            while (!run.IsCompleted)
            {
                await Task.WhenAny(run, Task.Delay(TimeSpan.FromMilliseconds(200), host.Time));
                lock (_lock)
                {
                    if (_latest is { } latest && (latest.Stage != _stage || host.Time.GetElapsedTime(told) >= Period))
                    {
                        Write(latest);
                        told = host.Time.GetTimestamp();
                    }
                }
            }
        }

        await run;
    }

    private void Write(PlanProgress progress)
    {
        _stage = progress.Stage;
        List<string> words = [];
        if (!options.Reproducible)
        {
            words.Add(host.In(RunTexts.SecondsAt, Figures.Tenths((decimal)host.Time.GetElapsedTime(_start).TotalSeconds)));
        }

        words.Add(host.In(RunTexts.StageName(progress.Stage)));
        Add(RunTexts.Incumbent, progress.Incumbent is { } net ? Figures.Money(net) : null);
        Add(RunTexts.Bound, progress.UpperBound is { } bound ? Figures.Money(bound) : null);
        Add(RunTexts.Gap, progress.Gap is { } gap ? Figures.Percent(gap) : null);
        host.Error.WriteLine(string.Join("  ", words));

        void Add(Text name, string? value)
        {
            if (value is not null)
            {
                words.Add($"{host.In(name)} {value}");
            }
        }
    }
}
