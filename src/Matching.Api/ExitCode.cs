namespace Matching.Api;

/// <summary>What the process says when it ends.</summary>
internal static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>The plan checked breaks a rule.</summary>
    public const int Illegal = 1;

    /// <summary>The input, the arguments or the output place are at fault; nothing was written.</summary>
    public const int BadInput = 2;

    /// <summary>Cancelled; the best plan so far was written.</summary>
    public const int Cancelled = 3;

    /// <summary>The program itself failed (sysexits' EX_SOFTWARE).</summary>
    public const int Failed = 70;
}
