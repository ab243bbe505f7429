using System.Collections.Immutable;
using Matching.Model;
using Matching.Plans;
using Matching.Rules;
using Matching.Search;

namespace Matching;

/// <summary>What a planning run gives.</summary>
/// <param name="Plan">The best plan found; legal unless <paramref name="PinConflicts"/> says that no plan is.</param>
/// <param name="StoppedBy">Why the run ended.</param>
/// <param name="Trace">Stage, incumbent and bound over time.</param>
/// <param name="PinConflicts">Pins that could not be kept, with the rule that stands in the way.</param>
/// <param name="ShortageReasons">The binding reason of each shortage, worst first.</param>
public sealed record PlanResult(
    Plan Plan, StopReason StoppedBy, ImmutableArray<PlanProgress> Trace,
    ImmutableArray<PinConflict> PinConflicts, ImmutableArray<ShortageReason> ShortageReasons)
{
    /// <summary>How long each stage took by the clock, in order; the bound's own thread is not counted. Empty in reproducible mode.</summary>
    public ImmutableArray<StageTime> Stages { get; init; } = [];
}

/// <summary>A pin the plan does not keep.</summary>
/// <param name="Pin">The pin.</param>
/// <param name="Rule">The rule it would break.</param>
/// <param name="Ids">The ids concerned, most telling first.</param>
/// <param name="Message">One English sentence.</param>
public sealed record PinConflict(Pin Pin, RuleCode Rule, ImmutableArray<string> Ids, string Message);

/// <summary>The resource that ran out first for a shortage.</summary>
public enum BindingReason
{
    /// <summary>Nobody suitable is left: skill, wage, refusal, tags, age.</summary>
    NoSuitableWorkers,

    /// <summary>Suitable workers exist but work elsewhere, rest, are away or keep home that day.</summary>
    WorkersBusyOrResting,

    /// <summary>No certified broker of the area is free for a crew.</summary>
    NoBroker,

    /// <summary>No vehicle can bring them in time.</summary>
    NoSeats,

    /// <summary>No bed at the site.</summary>
    NoBeds,

    /// <summary>The site is closed that day.</summary>
    SiteClosed,

    /// <summary>The worker-days would cost more than they bring.</summary>
    NotWorthwhile,

    /// <summary>The round's worker-days or an agreement's most days are used up.</summary>
    RoundOrAgreementFull,
}

/// <summary>A shortage with its binding reason.</summary>
/// <param name="Shortage">The shortage.</param>
/// <param name="Reason">What binds.</param>
/// <param name="LostValue">CNY the missing worker-days would have brought before costs.</param>
public sealed record ShortageReason(Shortage Shortage, BindingReason Reason, decimal LostValue);
