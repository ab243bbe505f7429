using Matching.Plans;

namespace Matching.Planning.Exact;

/// <summary>How an exact solve ended.</summary>
internal enum ExactStatus
{
    /// <summary>The plan is proven best.</summary>
    Optimal,

    /// <summary>No plan is legal: the pins contradict each other or the rules.</summary>
    Infeasible,

    /// <summary>The effort was used up before a proof.</summary>
    Unfinished,
}

/// <summary>What the exact model found.</summary>
/// <param name="Status">How the solve ended.</param>
/// <param name="Plan">The best plan, or null without one.</param>
/// <param name="Exact">The parts of its worth, not rounded; null without a plan.</param>
/// <param name="Ceiling">CNY, whole cents, that the rounded net value of no legal plan exceeds; null where nothing is proven or no plan is legal.</param>
internal sealed record ExactSolution(ExactStatus Status, Plan? Plan, Worth? Exact, decimal? Ceiling)
{
    /// <summary>The net value as the contract rounds it, or null without a plan.</summary>
    public decimal? NetValue => Exact?.Rounded().NetValue;

    /// <summary>Deterministic seconds the solver took: the same for the same model and effort on one thread.</summary>
    public double Work { get; init; }

    /// <summary>Seconds the solver took.</summary>
    public double Seconds { get; init; }

    /// <summary>What this unfinished attempt and a later one on the same model know together.</summary>
    public ExactSolution Then(ExactSolution later)
    {
        ExactSolution better = later.Status != ExactStatus.Unfinished || later.Exact is { } value && !(Exact?.NetValue > value.NetValue) ? later : this;
        return better with
        {
            Ceiling = Ceiling is { } own && !(later.Ceiling < own) && later.Status != ExactStatus.Infeasible ? own : later.Ceiling,
            Work = Work + later.Work,
            Seconds = Seconds + later.Seconds,
        };
    }
}

/// <summary>How large an exact model may be.</summary>
/// <param name="Mornings">Useful mornings of vehicles of one depot on one day.</param>
/// <param name="Variables">Variables of crews and their members, and as many mornings in all.</param>
internal sealed record ExactSize(int Mornings, int Variables)
{
    /// <summary>The most that is ever worth building.</summary>
    public static ExactSize Largest { get; } = new(20_000, 200_000);
}

/// <summary>When an exact solve stops without a proof.</summary>
/// <param name="Seconds">Seconds by the clock; infinite where the result must not depend on it.</param>
/// <param name="Threads">Threads of the solver; with one it does the same on every machine.</param>
internal sealed record ExactEffort(double Seconds, int Threads)
{
    /// <summary>Deterministic seconds of the solver.</summary>
    public double Work { get; init; } = double.PositiveInfinity;
}
