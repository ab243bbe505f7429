using System.Diagnostics;
using System.Text.Json;
using Matching.Api.Http;

namespace Matching.Api.Jobs;

/// <summary>
/// A child process that works on a job: the same program with a hidden command. It ends by itself when this process dies, because
/// its standard input then ends.
/// </summary>
internal sealed class JobChild : IDisposable
{
    /// <summary>The hidden command.</summary>
    public const string Command = "run-job";

    /// <summary>What ends the work early.</summary>
    public const string StopWord = "stop";

    private readonly Process _process;
    private readonly Task _reading;
    private readonly Task<string> _complaints;
    private JobProgress? _latest;

    private JobChild(Process process)
    {
        _process = process;
        _reading = ReadAsync(process.StandardOutput);
        _complaints = LastLineAsync(process.StandardError);
    }

    /// <summary>The newest progress told, or null.</summary>
    public JobProgress? Latest => Volatile.Read(ref _latest);

    /// <summary>The process's number.</summary>
    public int ProcessId => _process.Id;

    /// <summary>Starts one, behind everything else this machine does.</summary>
    public static JobChild Start(JobFolder folder)
    {
        (string program, string[] before) = Program();
        ProcessStartInfo start = new(program, [.. before, Command, folder.Path])
        {
            WorkingDirectory = folder.Path,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };

        // What configures the host, secrets among it, is none of the child's business.
        foreach (string name in start.Environment.Keys.Where(k => k.Contains("__", StringComparison.Ordinal) || k.StartsWith("ASPNETCORE_", StringComparison.Ordinal) || k.StartsWith("MATCHING_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        Process process = Process.Start(start) ?? throw new InvalidOperationException("The job's process did not start.");
        return new JobChild(process);
    }

    /// <summary>Asks it to end with the best plan so far.</summary>
    public async Task StopAsync()
    {
        try
        {
            await _process.StandardInput.WriteLineAsync(StopWord);
            await _process.StandardInput.FlushAsync();
        }
        catch (IOException)
        {
            // It has ended already.
        }
    }

    /// <summary>Ends it at once.</summary>
    public void Kill()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }
    }

    /// <summary>Waits for its end.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> WaitAsync()
    {
        await _process.WaitForExitAsync(CancellationToken.None);
        await _reading;
        return _process.ExitCode;
    }

    /// <summary>The last line it complained with; empty when there is none.</summary>
    public Task<string> ComplaintAsync() => _complaints;

    /// <inheritdoc/>
    public void Dispose()
    {
        Kill();
        _process.Dispose();
    }

    private async Task ReadAsync(StreamReader output)
    {
        while (await output.ReadLineAsync() is { } line)
        {
            if (line.StartsWith('{'))
            {
                Volatile.Write(ref _latest, JsonSerializer.Deserialize<JobProgress>(line, ApiJson.Options));
            }
        }
    }

    private static async Task<string> LastLineAsync(StreamReader error)
    {
        string last = "";
        while (await error.ReadLineAsync() is { } line)
        {
            last = line.Length > 0 ? line : last;
        }

        return last;
    }

    // Beside the assembly lies its starter; a tool or a test may have the assembly alone.
    private static (string Program, string[] Before) Program()
    {
        string assembly = typeof(JobChild).Assembly.Location;
        if (assembly.Length == 0)
        {
            return (Environment.ProcessPath!, []);
        }

        string starter = Path.ChangeExtension(assembly, OperatingSystem.IsWindows() ? ".exe" : null).TrimEnd('.');
        return File.Exists(starter) ? (starter, []) : (Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [assembly]);
    }
}
