using System.Globalization;

namespace Matching.SeasonSuite;

/// <summary>The most memory the process has held, as Linux counts it (VmHWM); null elsewhere.</summary>
internal static class PeakMemory
{
    private const string Status = "/proc/self/status";
    private const string Reset = "/proc/self/clear_refs";

    /// <summary>Starts counting anew from what is held now.</summary>
    public static void Restart()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        if (File.Exists(Reset))
        {
            File.WriteAllText(Reset, "5");
        }
    }

    /// <summary>Megabytes since the last restart.</summary>
    public static long? Megabytes()
    {
        if (!File.Exists(Status))
        {
            return null;
        }

        string? line = File.ReadLines(Status).FirstOrDefault(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
        return line is null ? null : long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }
}
