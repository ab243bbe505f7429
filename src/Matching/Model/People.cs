using System.Collections.Immutable;

namespace Matching.Model;

/// <summary>What a worker can do and how well.</summary>
/// <param name="Skill">The skill.</param>
/// <param name="Level">1 (novice) to 5 (best).</param>
public readonly record struct SkillLevel(Skill Skill, int Level);

/// <summary>Somebody who goes out to work.</summary>
public sealed record Worker
{
    /// <summary>The id.</summary>
    public required WorkerId Id { get; init; }

    /// <summary>The worker's name.</summary>
    public required string Name { get; init; }

    /// <summary>The village the worker lives in and boards at.</summary>
    public required PlaceId Village { get; init; }

    /// <summary>Day of birth; ages are reached on the birthday (29 February: on 1 March in common years).</summary>
    public required DateOnly BirthDate { get; init; }

    /// <summary>The household the worker belongs to, or null.</summary>
    public HouseholdId? Household { get; init; }

    /// <summary>Free text such as <c>F</c> or <c>M</c>, or null. No rule reads it.</summary>
    public string? Sex { get; init; }

    /// <summary>The worker's own broker; days led by another cost <see cref="CostSettings.OtherBroker"/>. Null when none.</summary>
    public BrokerId? Broker { get; init; }

    /// <summary>The least CNY a day the worker goes out for, or null when any wage will do.</summary>
    public decimal? MinDailyWage { get; init; }

    /// <summary>The most working days in the season, or null when unlimited.</summary>
    public int? MaxDays { get; init; }

    /// <summary>The working days in the season the worker hopes for; 0 when none are named.</summary>
    public int TargetDays { get; init; }

    /// <summary>CNY lost per day below <see cref="TargetDays"/>; 0 when absent.</summary>
    public decimal TargetWeight { get; init; }

    /// <summary>Whether the worker would stay at a site overnight.</summary>
    public bool LodgingOk { get; init; }

    /// <summary>What the worker brings, such as <c>driver</c>.</summary>
    public ImmutableArray<string> Tags { get; init; } = [];

    /// <summary>What a site must offer the worker, such as <c>halal-canteen</c>.</summary>
    public ImmutableArray<string> Needs { get; init; } = [];

    /// <summary>The worker's skills, each at most once.</summary>
    public ImmutableArray<SkillLevel> Skills { get; init; } = [];

    /// <summary>When the worker is available; empty means all season. Overlaps are harmless.</summary>
    public ImmutableArray<DayWindow> Availability { get; init; } = [];
}

/// <summary>
/// A farm-duty window of a household: on each of its days that many members stay at home. A household may have several,
/// which do not overlap.
/// </summary>
/// <param name="Household">The household.</param>
/// <param name="KeepHome">How many members stay at home, at most all of them; not negative.</param>
/// <param name="Window">The days of the duty.</param>
/// <param name="Group">The mutual-help group that pools the duty with other households on shared days, or null.</param>
public sealed record HouseholdDuty(HouseholdId Household, int KeepHome, DayWindow Window, MutualHelpGroupId? Group);

/// <summary>How two workers are tied.</summary>
public enum PairKind
{
    /// <summary>Both work in the same crew that day, or neither works.</summary>
    Together,

    /// <summary>When both work on a day, they work at the same site.</summary>
    SameSite,

    /// <summary>Never in the same crew on the same day.</summary>
    Apart,
}

/// <summary>A tie between two different workers.</summary>
/// <param name="WorkerA">One of them.</param>
/// <param name="WorkerB">The other.</param>
/// <param name="Kind">What the tie asks.</param>
public sealed record WorkerPair(WorkerId WorkerA, WorkerId WorkerB, PairKind Kind);

/// <summary>A worker who will not go to a site.</summary>
/// <param name="Worker">The worker.</param>
/// <param name="Site">The site refused.</param>
public sealed record Refusal(WorkerId Worker, PlaceId Site);

/// <summary>Somebody who may lead a crew when certified.</summary>
public sealed record Broker
{
    /// <summary>The id.</summary>
    public required BrokerId Id { get; init; }

    /// <summary>The broker's name.</summary>
    public required string Name { get; init; }

    /// <summary>The village, township or county the broker draws members from: the place itself or anything below it.</summary>
    public required PlaceId Area { get; init; }

    /// <summary>Last day of the certificate; null means uncertified: may not lead.</summary>
    public DateOnly? CertificateUntil { get; init; }

    /// <summary>Fewest members on a day, at least 1.</summary>
    public required int CrewMin { get; init; }

    /// <summary>Most members on a day, at least <see cref="CrewMin"/>.</summary>
    public required int CrewMax { get; init; }

    /// <summary>CNY per crew and day.</summary>
    public required decimal DailyFee { get; init; }

    /// <summary>The days on which the broker can lead.</summary>
    public DayWindow Availability { get; init; }
}

/// <summary>What an absence is about.</summary>
public enum AbsenceKind
{
    /// <summary>A worker is out.</summary>
    Worker,

    /// <summary>A broker is out.</summary>
    Broker,

    /// <summary>A vehicle is out.</summary>
    Vehicle,

    /// <summary>A site is closed: no crews there.</summary>
    Site,
}

/// <summary>Days on which somebody or something is out, within whatever else makes it available.</summary>
/// <param name="Kind">What <paramref name="Subject"/> names.</param>
/// <param name="Subject">A worker, broker, vehicle or site id.</param>
/// <param name="Window">The days out.</param>
/// <param name="Reason">Why, or null.</param>
public sealed record Absence(AbsenceKind Kind, string Subject, DayWindow Window, string? Reason);
