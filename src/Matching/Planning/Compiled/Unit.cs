namespace Matching.Planning.Compiled;

/// <summary>
/// Workers who work in the same crew or not at all: one worker, or several chained by <c>together</c> pairs. The atom the
/// planner moves.
/// </summary>
internal sealed class Unit
{
    /// <summary>Worker indices.</summary>
    public required int[] Members { get; init; }

    public int Size => Members.Length;

    /// <summary>The first member's village, where single-village code looks.</summary>
    public required int Village { get; init; }

    /// <summary>How many members live in which village.</summary>
    public required (int Village, int Count)[] Homes { get; init; }

    /// <summary>What orders all members suit; index into <see cref="CompiledSeason.Kinds"/>.</summary>
    public required int Kind { get; init; }

    /// <summary>Days on which every member is available, present and of working age.</summary>
    public required bool[] Available { get; init; }

    /// <summary>First day index on which every member has the adult age.</summary>
    public required int AdultFrom { get; init; }

    public required bool LodgingOk { get; init; }

    /// <summary>The least of the members' season limits.</summary>
    public required int MaxDays { get; init; }

    /// <summary>Own brokers of the members, -1 for none, in member order.</summary>
    public required int[] OwnBroker { get; init; }

    /// <summary>Work-share wishes of the members: days and CNY per day short.</summary>
    public required (int Days, double Weight)[] Shares { get; init; }

    /// <summary>Households of the members with a duty, with how many members each.</summary>
    public required (int Household, int Count)[] Duties { get; init; }

    /// <summary>Units with a member in an <c>apart</c> pair with one of this unit's.</summary>
    public required int[] Apart { get; init; }

    /// <summary>Units with a member in a <c>same_site</c> pair with one of this unit's.</summary>
    public required int[] SameSite { get; init; }
}

/// <summary>The orders a kind of unit suits, and how many experienced members it brings to each.</summary>
internal sealed class UnitKind
{
    /// <summary>One bit per order.</summary>
    public required ulong[] Eligible { get; init; }

    /// <summary>Experienced members by order; null when no order asks.</summary>
    public required short[]? Experienced { get; init; }

    public bool Suits(int order) => (Eligible[order >> 6] >> (order & 63) & 1) != 0;
}
