using System.CommandLine;
using System.Diagnostics;
using Matching.Api.Jobs;

namespace Matching.Api.Commands;

/// <summary><c>matching run-job FOLDER</c>: works on a job for a host that started this process. Not meant for people.</summary>
internal sealed class RunJobCommand : CliCommand
{
    // The kernel, short of memory, takes the child before its host.
    private const string FirstToGo = "500";
    private readonly Argument<string?> _folder;

    public RunJobCommand(CliHost host)
        : base(JobChild.Command, host, HelpTexts.RunJobCommand)
    {
        Hidden = true;
        _folder = Positional("FOLDER", HelpTexts.RunJobFolder);
    }

    /// <inheritdoc/>
    public override async Task<int> RunAsync(ArgumentReader arguments, CancellationToken cancellationToken)
    {
        string folder = arguments.Required(_folder);
        if (arguments.Faults.Count > 0)
        {
            return arguments.Refuse(this);
        }

        StepBack();
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _ = ListenAsync(stop);
        JobProgressPipe pipe = new(Host.Out, Host.Time);
        await JobWork.RunAsync(new JobFolder(folder), pipe, stop.Token);
        pipe.Flush();
        return ExitCode.Done;
    }

    // The host's words; when they end, the host has died and nobody waits for the plan.
    private static async Task ListenAsync(CancellationTokenSource stop)
    {
        await Task.Yield();
        using StreamReader words = new(Console.OpenStandardInput());
        while (await words.ReadLineAsync() is { } word)
        {
            if (word == JobChild.StopWord)
            {
                await stop.CancelAsync();
            }
        }

        Environment.Exit(ExitCode.Cancelled);
    }

    private static void StepBack()
    {
        using Process self = Process.GetCurrentProcess();
        try
        {
            self.PriorityClass = ProcessPriorityClass.BelowNormal;
            if (OperatingSystem.IsLinux())
            {
                File.WriteAllText("/proc/self/oom_score_adj", FirstToGo);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or System.ComponentModel.Win32Exception)
        {
            // A sandbox that forbids it: the job runs all the same.
        }
    }
}
