namespace Matching;

/// <summary>How long a stage of a planning run took by the clock.</summary>
/// <param name="Stage">The stage, a word of <see cref="Search.PlanProgress.Stage"/>.</param>
/// <param name="Seconds">Seconds.</param>
public readonly record struct StageTime(string Stage, double Seconds);
