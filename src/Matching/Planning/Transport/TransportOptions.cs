namespace Matching.Planning.Transport;

/// <summary>How long and how the transport stage searches. Immutable.</summary>
public sealed record TransportOptions
{
    /// <summary>Wall-clock seconds, more than 0; not read when <see cref="Iterations"/> is given. Default 10.</summary>
    public double Seconds { get; init; } = 10;

    /// <summary>
    /// Search steps per thread instead of seconds: then the same task, options and seed give the same trips, whatever the
    /// machine. Null (the default) to go by the clock.
    /// </summary>
    public long? Iterations { get; init; }

    /// <summary>Seed of every random choice. Default 1.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Threads that search side by side, at least 1. Default: the machine's processors.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Whether a lower bound on the cost is proven (a tenth of the time goes into it). Default true.</summary>
    public bool ProveBound { get; init; } = true;

    /// <summary>Throws when a value is out of range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range; the message names it.</exception>
    public void Validate()
    {
        if (!(Seconds > 0) || double.IsInfinity(Seconds))
        {
            throw new ArgumentOutOfRangeException(nameof(Seconds), Seconds, "The seconds of a transport search must be a positive number.");
        }

        if (Iterations is < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(Iterations), Iterations, "The search steps must be 0 or more.");
        }

        if (Threads < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(Threads), Threads, "A transport search needs at least one thread.");
        }
    }
}
