using System.Collections.Immutable;
using Matching.Model;
using Matching.Plans;
using Matching.Rules;

namespace Matching.Why;

/// <summary>Why an order is short on a day, and what would help.</summary>
/// <param name="Order">The order.</param>
/// <param name="Date">The day.</param>
/// <param name="Required">Worker-days required.</param>
/// <param name="Target">Worker-days that could be used.</param>
/// <param name="Filled">Worker-days filled.</param>
/// <param name="Blocking">The smallest sets of rules whose relaxing lets somebody come, fewest rules first; empty when nothing is missing.</param>
/// <param name="Remedies">Changes that were applied and solved, best first; each gained what it says.</param>
public sealed record OrderAnswer(
    OrderId Order, DateOnly Date, int Required, int Target, int Filled,
    ImmutableArray<Blocking> Blocking, ImmutableArray<Remedy> Remedies)
{
    /// <summary>Worker-days missing to the target.</summary>
    public int Missing => Math.Max(0, Target - Filled);
}

/// <summary>Why a worker is idle on a day, or is where they are.</summary>
/// <param name="Worker">The worker.</param>
/// <param name="Date">The day.</param>
/// <param name="Crew">The crew worked in, or null when idle.</param>
/// <param name="Blocking">What stands between the worker and the crews of the day, fewest rules first.</param>
/// <param name="Remedies">Changes that were applied and solved, best first.</param>
public sealed record WorkerAnswer(
    WorkerId Worker, DateOnly Date, CrewId? Crew, ImmutableArray<Blocking> Blocking, ImmutableArray<Remedy> Remedies)
{
    /// <summary>Whether the worker is idle that day.</summary>
    public bool Idle => Crew is null;
}

/// <summary>Rules that bind together.</summary>
/// <param name="Rules">The rules, each once.</param>
/// <param name="Ids">The ids concerned, most telling first.</param>
/// <param name="Message">One English sentence.</param>
/// <param name="MessageZh">The same in Chinese.</param>
public sealed record Blocking(ImmutableArray<RuleCode> Rules, ImmutableArray<string> Ids, string Message, string MessageZh);

/// <summary>A change set that was applied and solved around the order's day.</summary>
/// <param name="Message">One English sentence.</param>
/// <param name="MessageZh">The same in Chinese.</param>
/// <param name="Changes">The change set as JSON.</param>
/// <param name="WorkerDays">Worker-days that a plan of the changed season was found to gain there, beyond what planning again without the change gains.</param>
/// <param name="Parts">The change of the worth by part, likewise.</param>
public sealed record Remedy(string Message, string MessageZh, string Changes, int WorkerDays, Worth Parts)
{
    /// <summary>CNY gained.</summary>
    public decimal NetValue => Parts.NetValue;
}
