using System.Collections.Immutable;
using Matching.Rules;

namespace Matching.Checking;

/// <summary>One breach of one rule.</summary>
/// <param name="Rule">The rule broken.</param>
/// <param name="Ids">The ids concerned, most telling first: worker, crew, broker, vehicle, trip, order, then the rest.</param>
/// <param name="Date">The day, or null when the breach has none.</param>
/// <param name="Message">One English sentence: what is there, then what is allowed.</param>
/// <param name="MessageZh">The same sentence in Chinese.</param>
public sealed record Violation(RuleCode Rule, ImmutableArray<string> Ids, DateOnly? Date, string Message, string MessageZh)
{
    /// <summary>Whether both name the same breach: rule, ids in order, day and words.</summary>
    public bool Equals(Violation? other) =>
        other is not null && Rule == other.Rule && Date == other.Date && Ids.SequenceEqual(other.Ids)
        && Message == other.Message && MessageZh == other.MessageZh;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Rule, Date, Ids.IsDefaultOrEmpty ? "" : Ids[0], Message);

    /// <summary>The code, the day and the English sentence.</summary>
    public override string ToString() =>
        Date is { } day ? $"{Rule} {day:yyyy-MM-dd}: {Message}" : $"{Rule}: {Message}";
}
