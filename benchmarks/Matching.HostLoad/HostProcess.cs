using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Matching.HostLoad;

/// <summary>The host as a process of its own, on one port for all its lives.</summary>
internal sealed class HostProcess(string database) : IAsyncDisposable
{
    private Process? _process;

    /// <summary>Where it listens.</summary>
    public Uri Address { get; } = new($"http://127.0.0.1:{FreePort()}");

    /// <summary>Starts it and waits until it is ready.</summary>
    public async Task StartAsync(CancellationToken stop)
    {
        ProcessStartInfo start = new(
            "dotnet",
            [
                Path.Combine(AppContext.BaseDirectory, "Matching.Api.dll"), "serve", "--dev", "--urls", Address.ToString(), "--database", database, "--lang", "en",
            ])
        {
            RedirectStandardOutput = true,
        };
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        using HttpClient http = new() { BaseAddress = Address };
        while (!await IsReadyAsync(http, stop))
        {
            if (_process.HasExited)
            {
                throw new InvalidOperationException($"The host ended with {_process.ExitCode}.");
            }

            await Task.Delay(20, stop);
        }
    }

    /// <summary>Kills it with all its children, as a power cut would.</summary>
    public async Task KillAsync()
    {
        if (_process is { HasExited: false } running)
        {
            running.Kill(entireProcessTree: true);
            await running.WaitForExitAsync();
        }

        _process?.Dispose();
        _process = null;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await KillAsync();

    private static async Task<bool> IsReadyAsync(HttpClient http, CancellationToken stop)
    {
        try
        {
            using HttpResponseMessage response = await http.GetAsync("/health/ready", stop);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            // Not listening yet.
            return false;
        }
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
