using System.Net;
using Matching.Api.Storage;

namespace Matching.Api.Hosting;

/// <summary>How <c>matching serve</c> was started.</summary>
internal sealed record ServeOptions
{
    /// <summary>Addresses to listen on.</summary>
    public required IReadOnlyList<string> Urls { get; init; }

    /// <summary>Whether everybody on this machine is an administrator.</summary>
    public bool Dev { get; init; }

    /// <summary>Where to store.</summary>
    public required DatabaseTarget Database { get; init; }

    /// <summary>Whether this is one of several nodes that find each other through the database.</summary>
    public bool Cluster { get; init; }

    /// <summary>The address at which the other nodes reach this one.</summary>
    public IPAddress NodeAddress { get; init; } = IPAddress.Loopback;

    /// <summary>The most bytes of an upload.</summary>
    public long MostUploadBytes { get; init; } = 64L << 20;

    /// <summary>The most bytes of a JSON body.</summary>
    public long MostJsonBytes { get; init; } = 8L << 20;

    /// <summary>Plans worked on at the same time by this process.</summary>
    public int ParallelJobs { get; init; } = Math.Max(2, Environment.ProcessorCount / 2);

    /// <summary>How often a job is begun before it is given up.</summary>
    public int MostAttempts { get; init; } = 3;

    /// <summary>How long a process that fell silent is believed to work on its job.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Requests a second of one credential, in the long run.</summary>
    public int RequestsPerSecond { get; init; } = 100;

    /// <summary>Requests of one credential at once.</summary>
    public int RequestBurst { get; init; } = 400;
}
