namespace Matching.Model;

// Ids are opaque, case-sensitive strings. Each kind has its own type, so that a crew cannot be passed where an order is
// wanted; equality and hashing are ordinal. The default value holds a null string and names nothing.

/// <summary>Names a place: a county, township, village, site or depot.</summary>
/// <param name="Value">The opaque id as written in the files.</param>
public readonly record struct PlaceId(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value ?? "";
}

/// <summary>Names a worker.</summary>
/// <param name="Value">The opaque id as written in the files.</param>
public readonly record struct WorkerId(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value ?? "";
}

/// <summary>Names a household.</summary>
/// <param name="Value">The opaque id as written in the files.</param>
public readonly record struct HouseholdId(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value ?? "";
}

/// <summary>Names a mutual-help group of households that pool their farm duty.</summary>
/// <param name="Value">The opaque id as written in the files.</param>
public readonly record struct MutualHelpGroupId(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value ?? "";
}

/// <summary>Names a broker.</summary>
/// <param name="Value">The opaque id as written in the files.</param>
public readonly record struct BrokerId(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value ?? "";
}

/// <summary>Names a demand order.</summary>
/// <param name="Value">The opaque id as written in the files.</param>
public readonly record struct OrderId(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value ?? "";
}

/// <summary>Names a labour agreement.</summary>
/// <param name="Value">The opaque id as written in the files.</param>
public readonly record struct AgreementId(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value ?? "";
}

/// <summary>Names a vehicle.</summary>
/// <param name="Value">The opaque id as written in the files.</param>
public readonly record struct VehicleId(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value ?? "";
}

/// <summary>Names a crew of a plan, that is one engagement.</summary>
/// <param name="Value">The opaque id as written in the files.</param>
public readonly record struct CrewId(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value ?? "";
}

/// <summary>Names a trip of a plan.</summary>
/// <param name="Value">The opaque id as written in the files.</param>
public readonly record struct TripId(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value ?? "";
}

/// <summary>The name of a skill, such as <c>picking</c>. Case-sensitive.</summary>
/// <param name="Value">The name as written in the files.</param>
public readonly record struct Skill(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value ?? "";
}
