using System.Collections.Immutable;
using Matching.Files;
using Matching.Model;
using Matching.Plans;
using Matching.Repairing;
using Matching.Rules;

namespace Matching.Importing;

/// <summary>A cell of the roster that differs from the plan.</summary>
/// <param name="Sheet">The sheet.</param>
/// <param name="Cell">The cell, such as <c>M17</c>; null where the row was taken out.</param>
/// <param name="Date">The day.</param>
/// <param name="Crew">The crew of the row.</param>
/// <param name="Worker">The worker of the row.</param>
/// <param name="Works">True where a mark was added, false where one was taken away.</param>
public sealed record RosterEdit(string Sheet, string? Cell, DateOnly Date, CrewId Crew, WorkerId Worker, bool Works);

/// <summary>A rule that an edit breaks.</summary>
/// <param name="Sheet">The sheet.</param>
/// <param name="Cell">The cell to look at, or null where its row was taken out.</param>
/// <param name="Rule">The rule.</param>
/// <param name="Ids">The ids concerned.</param>
/// <param name="Message">One English sentence.</param>
/// <param name="MessageZh">The same in Chinese.</param>
public sealed record BrokenCell(string Sheet, string? Cell, RuleCode Rule, ImmutableArray<string> Ids, string Message, string MessageZh);

/// <summary>What importing an edited roster gave.</summary>
public sealed record ImportResult
{
    /// <summary>Cells that cannot be read: unknown ids, a missing roster. When there are any, nothing was planned.</summary>
    public required ImmutableArray<Fault> Faults { get; init; }

    /// <summary>What was edited.</summary>
    public ImmutableArray<RosterEdit> Edits { get; init; } = [];

    /// <summary>Rules the edits break as they stand; rides are not judged, they are planned anew.</summary>
    public ImmutableArray<BrokenCell> Broken { get; init; } = [];

    /// <summary>The plan around the edits that can be kept; null when there are faults.</summary>
    public RepairResult? Repair { get; init; }
}
