namespace Matching.Search;

/// <summary>A moment of a planning run.</summary>
/// <param name="Stage">What the planner is doing, a short English word such as <c>flow</c> or <c>improve</c>.</param>
/// <param name="Incumbent">Net value of the best plan so far in CNY, or null before the first.</param>
/// <param name="UpperBound">CNY that no legal plan can exceed, or null before the first bound.</param>
/// <param name="Seconds">Seconds since the run began.</param>
public sealed record PlanProgress(string Stage, decimal? Incumbent, decimal? UpperBound, double Seconds)
{
    /// <summary>The gap as the contract defines it, or null while either figure is missing.</summary>
    public decimal? Gap => Incumbent is { } net && UpperBound is { } bound ? Plans.Worth.GapOf(bound, net) : null;
}
