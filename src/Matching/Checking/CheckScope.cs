using Matching.Model;

namespace Matching.Checking;

/// <summary>
/// Which part of a plan is looked at when a single change is judged: the rows given are all that matter of these workers, all of
/// these crews on the days of the change, and on these days of whoever shares a duty or a pair with the workers; what the rest
/// of the plan adds to shared sums stands here as numbers.
/// </summary>
internal sealed class CheckScope
{
    /// <summary>Days of the change: on all others orders receive the same as before.</summary>
    public required IReadOnlyCollection<int> Days { get; init; }

    /// <summary>Workers who are judged, each once; their rows are given for all days that a rule can see from the days of the change.</summary>
    public required IReadOnlyCollection<int> Workers { get; init; }

    /// <summary>Ids of crews that are judged.</summary>
    public required IReadOnlySet<CrewId> Crews { get; init; }

    /// <summary>Duties that are judged, one list for each pool; the rows of their households' members are given for the days of the change and for stays, all where stays change.</summary>
    public required IReadOnlyCollection<(HouseholdDuty[] Duties, MutualHelpGroupId? Group)> Pools { get; init; }

    /// <summary>Members of those households.</summary>
    public required IReadOnlyDictionary<HouseholdId, List<int>> Households { get; init; }

    /// <summary>Pairs that are judged; the rows of both of each are given for the days of the change.</summary>
    public required IReadOnlyCollection<WorkerPair> Pairs { get; init; }

    /// <summary>Pins that are judged.</summary>
    public required IReadOnlyCollection<Pin> Pins { get; init; }

    /// <summary>Worker-days of rows that are not given, by order and day.</summary>
    public Dictionary<int, int[]> FilledElsewhere { get; } = [];

    /// <summary>Worker-days of rows that are not given, by agreement; empty for none.</summary>
    public long[] DeliveredElsewhere { get; set; } = [];
}
