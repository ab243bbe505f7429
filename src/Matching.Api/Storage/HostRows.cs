namespace Matching.Api.Storage;

/// <summary>A key for machines; the key itself is not stored.</summary>
internal sealed class ApiKeyRow
{
    public required string Id { get; set; }

    /// <summary>SHA-256 of the key in hex.</summary>
    public required string Hash { get; set; }

    public required string Tenant { get; set; }

    public required string Role { get; set; }

    public string? BrokerId { get; set; }

    public DateTimeOffset CreatedAt { get; set; }
}

/// <summary>A request that came with an Idempotency-Key, and what it was answered.</summary>
internal sealed class IdempotencyRow
{
    /// <summary>SHA-256 of credential, route and key in hex.</summary>
    public required string Id { get; set; }

    /// <summary>SHA-256 of query and body in hex.</summary>
    public required string BodyHash { get; set; }

    /// <summary>The status; null while the request is in flight.</summary>
    public int? Status { get; set; }

    /// <summary>The body answered.</summary>
    public byte[]? Body { get; set; }

    /// <summary>Headers answered, as JSON.</summary>
    public string? Headers { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Until when the process that works on it is believed to live.</summary>
    public DateTimeOffset LeaseUntil { get; set; }

    /// <summary>Which run of the request works on it.</summary>
    public required string Owner { get; set; }
}

/// <summary>One line of the record of who did what; the database refuses to change or remove it.</summary>
internal sealed class LogRow
{
    public long Seq { get; set; }

    public required string Tenant { get; set; }

    /// <summary>The season it concerns, or null.</summary>
    public string? SeasonId { get; set; }

    public DateTimeOffset At { get; set; }

    public required string Who { get; set; }

    public required string What { get; set; }

    /// <summary>The ids concerned by name, as a JSON object.</summary>
    public required string Ids { get; set; }
}

/// <summary>A secret or setting that all nodes share.</summary>
internal sealed class SettingRow
{
    public required string Name { get; set; }

    public required string Value { get; set; }
}
