namespace Matching.Requests.Building;

/// <summary>What a crew may be, beyond the rules.</summary>
/// <param name="Most">Most members on a day.</param>
/// <param name="MinLevel">Least level in the order's skill; 0 for what the order asks.</param>
/// <param name="Among">Units that may be members, or null for everybody of the broker's area.</param>
/// <param name="OwnPeopleOnly">Whether nobody may be a member who calls another broker their own.</param>
internal sealed record CrewWish(int Most, int MinLevel, IReadOnlyList<int>? Among, bool OwnPeopleOnly);

/// <summary>An engagement worth building, with what it promises.</summary>
/// <param name="Broker">Who would lead.</param>
/// <param name="Order">What would be worked.</param>
/// <param name="Lodge">Whether it lodges.</param>
/// <param name="From">First day.</param>
/// <param name="To">Last day.</param>
/// <param name="Promise">CNY it may bring after what it displaces.</param>
internal readonly record struct Prospect(int Broker, int Order, bool Lodge, int From, int To, double Promise);
