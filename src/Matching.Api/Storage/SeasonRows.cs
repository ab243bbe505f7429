namespace Matching.Api.Storage;

/// <summary>A season of a tenant.</summary>
internal sealed class SeasonRow
{
    /// <summary>The inner number; lists follow it.</summary>
    public long No { get; set; }

    /// <summary>The id outside.</summary>
    public required string Id { get; set; }

    /// <summary>The county it belongs to.</summary>
    public required string Tenant { get; set; }

    /// <summary>What the newest version calls it.</summary>
    public required string Name { get; set; }

    /// <summary>First day of the newest version.</summary>
    public DateOnly Start { get; set; }

    /// <summary>Last day of the newest version.</summary>
    public DateOnly End { get; set; }

    /// <summary>The newest version, from 1.</summary>
    public int Version { get; set; }

    /// <summary>Counts of the newest version as JSON.</summary>
    public required string Counts { get; set; }

    /// <summary>Rises with every change of the season or of what is published; the ETag.</summary>
    public int Revision { get; set; }

    /// <summary>The inner number of the published plan, or null.</summary>
    public long? PublishedPlanNo { get; set; }

    /// <summary>The id of the published plan, or null.</summary>
    public string? PublishedPlanId { get; set; }

    /// <summary>When it was uploaded.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>The idempotent request that made it, or null; unique.</summary>
    public string? Origin { get; set; }
}

/// <summary>One version of a season: its files never change.</summary>
internal sealed class SeasonVersionRow
{
    /// <summary>The season.</summary>
    public long SeasonNo { get; set; }

    /// <summary>From 1.</summary>
    public int Version { get; set; }

    /// <summary>The season folder as a zip.</summary>
    public required byte[] Content { get; set; }

    /// <summary>Its name.</summary>
    public required string Name { get; set; }

    /// <summary>First day.</summary>
    public DateOnly Start { get; set; }

    /// <summary>Last day.</summary>
    public DateOnly End { get; set; }

    /// <summary>Counts as JSON.</summary>
    public required string Counts { get; set; }

    /// <summary>When it came.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Who brought it.</summary>
    public required string CreatedBy { get; set; }

    /// <summary>The idempotent request that made it, or null; unique.</summary>
    public string? Origin { get; set; }
}
