using System.Text.Json.Serialization;

namespace Matching.Reporting;

// The data block of the page. Tables are kept as columns (one array per field) and refer to one another by position, so
// that a county of 20,000 workers stays a few megabytes. Days are season days counted from 0, times minutes from midnight.

/// <summary>Everything the page shows.</summary>
internal sealed record ReportData
{
    /// <summary>The language the page opens in: <c>zh-CN</c> or <c>en</c>.</summary>
    public required string Lang { get; init; }

    /// <summary>The season's name.</summary>
    public required string Name { get; init; }

    /// <summary>First season day, ISO.</summary>
    public required string Start { get; init; }

    /// <summary>Number of season days.</summary>
    public required int DayCount { get; init; }

    /// <summary>Minutes a vehicle stands at a stop.</summary>
    public required int StopMinutes { get; init; }

    /// <summary>The figures on top.</summary>
    public required ReportSummary Summary { get; init; }

    /// <summary>The parts of the worth, or null for a plan without facts.</summary>
    public required IReadOnlyList<ReportAmount>? Worth { get; init; }

    /// <summary>Places.</summary>
    public required ReportPlaces Places { get; init; }

    /// <summary>Workers.</summary>
    public required ReportWorkers Workers { get; init; }

    /// <summary>Brokers.</summary>
    public required ReportBrokers Brokers { get; init; }

    /// <summary>Vehicles.</summary>
    public required ReportVehicles Vehicles { get; init; }

    /// <summary>Orders with demand and cover.</summary>
    public required IReadOnlyList<ReportOrder> Orders { get; init; }

    /// <summary>Crews with members.</summary>
    public required ReportCrews Crews { get; init; }

    /// <summary>Trips, one entry per season day.</summary>
    public required IReadOnlyList<ReportDayTrips> Trips { get; init; }

    /// <summary>Every shortage, greatest lost value first.</summary>
    public required ReportShortages Shortages { get; init; }

    /// <summary>The run, or null when only the plan is known.</summary>
    public required ReportTrace? Trace { get; init; }

    /// <summary>Pins the plan could not keep.</summary>
    public required IReadOnlyList<ReportPinConflict> PinConflicts { get; init; }
}

/// <summary>A named amount in CNY.</summary>
internal sealed record ReportAmount(string Name, decimal Amount);

/// <summary>The figures on top of the page.</summary>
internal sealed record ReportSummary
{
    /// <summary>Worker-days filled on season days.</summary>
    public required int WorkerDays { get; init; }

    /// <summary>Assignments outside the season.</summary>
    public required int OutsideSeason { get; init; }

    /// <summary>Σ required.</summary>
    public required long Required { get; init; }

    /// <summary>Σ min(filled, required).</summary>
    public required long FilledRequired { get; init; }

    /// <summary>Σ target.</summary>
    public required long Target { get; init; }

    /// <summary>Σ min(filled, target).</summary>
    public required long FilledTarget { get; init; }

    /// <summary>Crews.</summary>
    public required int Crews { get; init; }

    /// <summary>Lodging crews.</summary>
    public required int LodgingCrews { get; init; }

    /// <summary>Brokers who lead at least one crew.</summary>
    public required int BrokersLeading { get; init; }

    /// <summary>Workers who work at least one day.</summary>
    public required int WorkersWorking { get; init; }

    /// <summary>Trips.</summary>
    public required int Trips { get; init; }

    /// <summary>Boardings.</summary>
    public required int Passengers { get; init; }

    /// <summary>Vehicles with at least one trip.</summary>
    public required int VehiclesUsed { get; init; }

    /// <summary>Vehicle and day pairs with at least one trip.</summary>
    public required int VehicleDays { get; init; }

    /// <summary>Kilometres, evening included, to one decimal.</summary>
    public required decimal Km { get; init; }

    /// <summary>Legs of unknown length, left out of the kilometres.</summary>
    public required int UnknownLegs { get; init; }

    /// <summary>CNY, or null when the plan has no facts.</summary>
    public required decimal? NetValue { get; init; }

    /// <summary>CNY, or null when no bound was computed.</summary>
    public required decimal? UpperBound { get; init; }

    /// <summary>The gap, or null when no bound was computed.</summary>
    public required decimal? Gap { get; init; }

    /// <summary>The seed, or null when the plan has no facts.</summary>
    public required long? Seed { get; init; }

    /// <summary>Seconds of planning, or null when unknown.</summary>
    public required double? Seconds { get; init; }

    /// <summary>Why the run ended, or null when only the plan is known.</summary>
    public required string? StoppedBy { get; init; }

    /// <summary>Options by name.</summary>
    public required IReadOnlyDictionary<string, string> Settings { get; init; }

    /// <summary>Versions by name.</summary>
    public required IReadOnlyDictionary<string, string> Versions { get; init; }
}

/// <summary>Places by column. <c>Kind</c> is the position of the kind: county, township, village, site, depot.</summary>
internal sealed record ReportPlaces(string[] Id, string[] Name, int[] Kind, int[] Parent, double?[] Lat, double?[] Lon);

/// <summary>Workers by column.</summary>
internal sealed record ReportWorkers(string[] Id, string[] Name, int[] Village, int[] Days, int[] TargetDays);

/// <summary>Brokers by column.</summary>
internal sealed record ReportBrokers(string[] Id, string[] Name, int[] Area, bool[] Certified);

/// <summary>Vehicles by column.</summary>
internal sealed record ReportVehicles(string[] Id, int[] Depot, int[] Seats);

/// <summary>An order with its demand and cover per season day; <c>Closed</c> lists the days on which its site is absent.</summary>
internal sealed record ReportOrder(
    string Id, int Site, string Employer, string Skill, decimal Wage, string StartTime, decimal Hours,
    int[] Required, int[] Target, int[] Filled, int[] Closed);

/// <summary>
/// Crews by column. <c>Members</c> holds per crew a flat run of numbers: worker, pieces, then per piece the days to wait
/// since the end of the piece before (the first counts from <c>From</c>) and the days worked in a row.
/// </summary>
internal sealed record ReportCrews(string[] Id, int[] Broker, int[] Order, int[] From, int[] To, int[] Lodge, int[][] Members);

/// <summary>
/// The trips of a day. <c>Run</c> is flat: per trip vehicle, departs, stops; per stop place, arrives, groups; per group crew,
/// village, board, alight.
/// </summary>
internal sealed record ReportDayTrips(string[] Id, int[] Run);

/// <summary>
/// Shortages. <c>Cells</c> is flat: order, day, position of the reason in <c>Reasons</c> or -1. <c>Lost</c> is CNY.
/// </summary>
internal sealed record ReportShortages(string[] Reasons, int[] Cells, decimal[] Lost);

/// <summary>The run by column. <c>Seconds</c> is null where the clock must not show; then the entries count as steps.</summary>
internal sealed record ReportTrace(string[] Stage, decimal?[] Incumbent, decimal?[] UpperBound, double[]? Seconds);

/// <summary>A pin the plan does not keep.</summary>
internal sealed record ReportPinConflict(string Date, string Broker, string Order, string Worker, string Rule, string Message);

/// <summary>Writes the data block without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ReportData))]
internal sealed partial class ReportJson : JsonSerializerContext;
