namespace Matching.Model;

/// <summary>How a missing travel pair is computed, and how long a stop takes.</summary>
public sealed record RoadSettings
{
    /// <summary>Road kilometres per great-circle kilometre. Default 1.3.</summary>
    public decimal Detour { get; init; } = 1.3m;

    /// <summary>Kilometres per hour. Default 50.</summary>
    public decimal SpeedKmh { get; init; } = 50m;

    /// <summary>Minutes a vehicle stands at each stop. Default 3.</summary>
    public int StopMinutes { get; init; } = 3;
}

/// <summary>Limits of the morning runs.</summary>
public sealed record TransportSettings
{
    /// <summary>Longest ride of a passenger, from leaving the boarding stop to arriving at the site. Default 90 minutes.</summary>
    public int MaxRideMinutes { get; init; } = 90;

    /// <summary>Earliest time a trip leaves its first stop. Default 04:30.</summary>
    public TimeOnly EarliestDeparture { get; init; } = new(4, 30);

    /// <summary>Most driving minutes of a vehicle on a day, evening included. Default 480.</summary>
    public int MaxDriveMinutesPerDay { get; init; } = 480;

    /// <summary>CNY per kilometre of the coach that brings a lodging member, each way. Default 0.35.</summary>
    public decimal CoachFarePerKm { get; init; } = 0.35m;
}

/// <summary>Limits of work.</summary>
public sealed record WorkSettings
{
    /// <summary>Least age of anyone who works, in years. Default 16.</summary>
    public int MinAge { get; init; } = 16;

    /// <summary>Least age in adult-only orders and lodging crews, in years. Default 18.</summary>
    public int AdultAge { get; init; } = 18;

    /// <summary>Most working days in a row. Default 6.</summary>
    public int MaxConsecutiveDays { get; init; } = 6;

    /// <summary>Most hours of work in any 7 consecutive days. Default 52.</summary>
    public decimal MaxHoursPer7Days { get; init; } = 52m;
}

/// <summary>What organising costs, in CNY.</summary>
public sealed record CostSettings
{
    /// <summary>Per crew, that is per engagement. Default 120.</summary>
    public decimal EngagementStart { get; init; } = 120m;

    /// <summary>Per worker and crew. Default 5.</summary>
    public decimal MemberJoin { get; init; } = 5m;

    /// <summary>Per worker-day led by a broker other than the worker's own. Default 8.</summary>
    public decimal OtherBroker { get; init; } = 8m;
}
