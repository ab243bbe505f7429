using System.Collections.Immutable;
using Matching.Files;
using Matching.Model;

namespace Matching.Changes;

/// <summary>What applying a change set gave: the changed season, or why it was refused as a whole.</summary>
/// <param name="Season">The changed season; null exactly when there is a refusal.</param>
/// <param name="Refusal">What stands in the way, or null.</param>
public sealed record ChangeResult(Season? Season, ChangeRefusal? Refusal)
{
    /// <summary>The changed season.</summary>
    /// <exception cref="InvalidDataException">The change set was refused.</exception>
    public Season OrThrow() => Season ?? throw new InvalidDataException(
        $"Change {Refusal!.Index?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "set"}: expected {Refusal.Expected}.");

    internal static ChangeResult Refused(int? index, string expected, ImmutableArray<Fault> faults = default) =>
        new(null, new ChangeRefusal(index, expected, faults.IsDefault ? [] : faults));
}

/// <summary>Why a change set was refused.</summary>
/// <param name="Index">The position of the change at fault, from 0; null when the whole is no change set.</param>
/// <param name="Expected">What was expected, one English clause.</param>
/// <param name="Faults">The faults the changed season would have; empty when the change could not be applied at all.</param>
public sealed record ChangeRefusal(int? Index, string Expected, ImmutableArray<Fault> Faults);
