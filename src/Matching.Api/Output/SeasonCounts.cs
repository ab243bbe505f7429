using Matching.Model;

namespace Matching.Api.Output;

/// <summary>How much a season holds, by file.</summary>
internal static class SeasonCounts
{
    /// <summary>Rows by the file's name without its ending, in the contract's order.</summary>
    public static IReadOnlyList<(string File, int Rows)> Of(Season season) =>
    [
        ("places", season.Places.Length),
        ("travel", season.Travel.Length),
        ("workers", season.Workers.Length),
        ("worker_skills", season.Workers.Sum(w => w.Skills.Length)),
        ("availability", season.Workers.Sum(w => w.Availability.Length)),
        ("households", season.HouseholdDuties.Length),
        ("pairs", season.Pairs.Length),
        ("refusals", season.Refusals.Length),
        ("brokers", season.Brokers.Length),
        ("sites", season.Sites.Length),
        ("orders", season.Orders.Length),
        ("demand", season.Demand.Length),
        ("rounds", season.Rounds.Length),
        ("agreements", season.Agreements.Length),
        ("vehicles", season.Vehicles.Length),
        ("absences", season.Absences.Length),
        ("pins", season.Pins.Length),
    ];
}
