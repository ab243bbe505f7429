using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Matching.HostLoad;

/// <summary>What the brokers were answered, and how long it took. Thread-safe.</summary>
internal sealed class Ledger(long warmUp)
{
    private readonly ConcurrentDictionary<string, ConcurrentQueue<double>> _times = new();
    private readonly ConcurrentDictionary<string, int> _answers = new();
    private long _operations;
    private long _counted = Stopwatch.GetTimestamp();

    /// <summary>Bookings that were confirmed and not given back: booking to crew.</summary>
    public ConcurrentDictionary<string, string> Booked { get; } = new();

    /// <summary>Bookings that were confirmed to two who asked for different things.</summary>
    public ConcurrentQueue<string> Twice { get; } = new();

    /// <summary>Operations answered.</summary>
    public long Operations => Interlocked.Read(ref _operations);

    /// <summary>Notes one answer.</summary>
    /// <param name="what">The operation.</param>
    /// <param name="milliseconds">How long it took; null where the host was killed meanwhile.</param>
    /// <param name="answer">The status or problem code.</param>
    public void Note(string what, double? milliseconds, string answer)
    {
        long number = Interlocked.Increment(ref _operations);
        if (number == warmUp)
        {
            Volatile.Write(ref _counted, Stopwatch.GetTimestamp());
        }

        _answers.AddOrUpdate($"{what} {answer}", 1, (_, n) => n + 1);
        if (milliseconds is { } took && number > warmUp)
        {
            _times.GetOrAdd(what, _ => new()).Enqueue(took);
        }
    }

    /// <summary>Operations a second since times count.</summary>
    public double PerSecond => (Operations - warmUp) / Stopwatch.GetElapsedTime(Volatile.Read(ref _counted)).TotalSeconds;

    /// <summary>Writes times and answers.</summary>
    public void Print(TextWriter output)
    {
        List<KeyValuePair<string, double[]>> rows = [.. _times.OrderBy(t => t.Key).Select(t => new KeyValuePair<string, double[]>(t.Key, [.. t.Value.Order()]))];
        rows.Add(new("all", [.. _times.Values.SelectMany(t => t).Order()]));
        foreach ((string what, double[] sorted) in rows.Where(r => r.Value.Length > 0))
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{what,-10} {sorted.Length,8}  p50 {At(sorted, 0.5):0.0} ms  p90 {At(sorted, 0.9):0.0}  p99 {At(sorted, 0.99):0.0}  most {sorted[^1]:0.0}"));
        }

        output.WriteLine("answers: " + string.Join(", ", _answers.OrderBy(a => a.Key).Select(a => $"{a.Key}: {a.Value}")));
    }

    private static double At(double[] sorted, double share) => sorted[(int)(share * (sorted.Length - 1))];
}
