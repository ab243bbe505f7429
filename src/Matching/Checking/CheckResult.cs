using System.Collections.Immutable;
using Matching.Plans;

namespace Matching.Checking;

/// <summary>The verdict on a plan and what it is worth, both recounted from the season and the plan's rows alone.</summary>
public sealed record CheckResult
{
    /// <summary>Whether no rule is broken.</summary>
    public bool Legal => Violations.IsEmpty;

    /// <summary>Every breach, ordered by rule, day and ids.</summary>
    public required ImmutableArray<Violation> Violations { get; init; }

    /// <summary>The worth, each part rounded to cents half away from zero. An illegal plan has a worth too.</summary>
    public required Worth Worth { get; init; }

    /// <summary>The sum of the rounded parts, in CNY.</summary>
    public decimal NetValue => Worth.NetValue;

    /// <summary>Every order and day filled below target, by the season's order of orders, then by day.</summary>
    public required ImmutableArray<Shortage> Shortages { get; init; }

    /// <summary>What the plan says about itself and the recount contradicts, in English; empty when it claims nothing or is right.</summary>
    public required ImmutableArray<string> Notes { get; init; }

    /// <summary>The same notes in Chinese, in the same order.</summary>
    public required ImmutableArray<string> NotesZh { get; init; }
}
