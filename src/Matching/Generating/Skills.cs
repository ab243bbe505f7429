using Matching.Model;

namespace Matching.Generating;

/// <summary>The skills of a generated season.</summary>
internal static class Skills
{
    public static Skill Picking { get; } = new("picking");

    public static Skill Daylily { get; } = new("daylily");

    public static Skill Vineyard { get; } = new("vineyard");

    public static Skill Sorting { get; } = new("sorting");

    public static Skill Hauling { get; } = new("hauling");
}
