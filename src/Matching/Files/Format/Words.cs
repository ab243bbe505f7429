using System.Collections.Immutable;

namespace Matching.Files.Format;

/// <summary>The words of the enumerated columns, each list in the order of its enum: a word's position is the enum's value.</summary>
internal static class Words
{
    /// <summary>The words of <see cref="Model.PlaceKind"/>.</summary>
    public static readonly ImmutableArray<string> PlaceKinds = ["county", "township", "village", "site", "depot"];

    /// <summary>The words of <see cref="Model.PairKind"/>.</summary>
    public static readonly ImmutableArray<string> PairKinds = ["together", "same_site", "apart"];

    /// <summary>The words of <see cref="Model.LodgingRule"/>.</summary>
    public static readonly ImmutableArray<string> LodgingRules = ["no", "allowed", "only"];

    /// <summary>The words of <see cref="Model.AbsenceKind"/>.</summary>
    public static readonly ImmutableArray<string> AbsenceKinds = ["worker", "broker", "vehicle", "site"];

    /// <summary>The words of <see cref="Plans.CrewMode"/>.</summary>
    public static readonly ImmutableArray<string> CrewModes = ["commute", "lodge"];
}
