using System.Runtime.InteropServices;

namespace Matching.Api.Progress;

/// <summary>
/// Turns the first SIGINT or SIGTERM into a cancellation, so that the best plan so far can be written. A second signal is left
/// to the system, which ends the process.
/// </summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CliHost _host;
    private readonly CancellationTokenSource _source;
    private readonly PosixSignalRegistration[] _registrations;

    public StopSignals(CliHost host, CancellationToken outer)
    {
        _host = host;
        _source = CancellationTokenSource.CreateLinkedTokenSource(outer);
        _registrations = host.HandlesSignals
            ? [PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal), PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal)]
            : [];
    }

    /// <summary>
    /// A shell script starts its background jobs with SIGINT ignored, and the runtime leaves it so. Whoever sends it to a plan
    /// under way means the plan all the same. Works only before the console is first used.
    /// </summary>
    public static void HearInterrupts()
    {
        if (!OperatingSystem.IsWindows())
        {
            const int Interrupt = 2;
            const nint Default = 0;
            _ = SetSignal(Interrupt, Default);
        }
    }

    /// <summary>Cancelled by the first signal, or by the caller.</summary>
    public CancellationToken Token => _source.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
        {
            registration.Dispose();
        }

        _source.Dispose();
    }

    [DllImport("libc", EntryPoint = "signal")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint SetSignal(int signal, nint handler);

    private void OnSignal(PosixSignalContext context)
    {
        if (_source.IsCancellationRequested)
        {
            return;
        }

        context.Cancel = true;
        if (!_host.IsTerminal)
        {
            _host.Error.WriteLine(_host.In(RunTexts.Stopping));
        }

        _source.Cancel();
    }
}
