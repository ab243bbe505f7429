using System.Collections.Immutable;
using Matching.Model;
using Matching.Plans;

namespace Matching.Reporting;

/// <summary>The figures people ask for first about a plan. Immutable.</summary>
public sealed record PlanSummary
{
    /// <summary>Σ required, in worker-days.</summary>
    public required long Required { get; init; }

    /// <summary>Σ min(filled, required).</summary>
    public required long FilledRequired { get; init; }

    /// <summary>Σ target, in worker-days.</summary>
    public required long Target { get; init; }

    /// <summary>Σ min(filled, target).</summary>
    public required long FilledTarget { get; init; }

    /// <summary>Crews, that is engagements.</summary>
    public required int Crews { get; init; }

    /// <summary>Crews that lodge.</summary>
    public required int LodgingCrews { get; init; }

    /// <summary>Trips.</summary>
    public required int Trips { get; init; }

    /// <summary>Vehicles with at least one trip.</summary>
    public required int VehiclesUsed { get; init; }

    /// <summary>Pairs of vehicle and day with at least one trip.</summary>
    public required int VehicleDays { get; init; }

    /// <summary>Kilometres of all vehicles, evening included.</summary>
    public required decimal Kilometres { get; init; }

    /// <summary>Workers of the season, working or not.</summary>
    public required int Workers { get; init; }

    /// <summary>Days worked by each worker who works at all, ascending.</summary>
    public required ImmutableArray<int> DaysWorked { get; init; }

    /// <summary>Days filled below target with the CNY they would have brought before costs, greatest loss first.</summary>
    public required ImmutableArray<(Shortage Shortage, decimal LostValue)> Shortages { get; init; }

    /// <summary>Counts a plan.</summary>
    /// <param name="season">The season.</param>
    /// <param name="plan">The plan, legal or not.</param>
    /// <exception cref="ArgumentException">The plan names an id that the season does not know.</exception>
    public static PlanSummary Of(Season season, Plan plan)
    {
        PlanTally tally = new(season, plan);
        ReportSummary figures = ReportDataBuilder.Summary(tally, null);
        return new PlanSummary
        {
            Required = figures.Required,
            FilledRequired = figures.FilledRequired,
            Target = figures.Target,
            FilledTarget = figures.FilledTarget,
            Crews = figures.Crews,
            LodgingCrews = figures.LodgingCrews,
            Trips = figures.Trips,
            VehiclesUsed = figures.VehiclesUsed,
            VehicleDays = figures.VehicleDays,
            Kilometres = tally.Mileage.Km,
            Workers = season.Workers.Length,
            DaysWorked = [.. tally.DaysWorked.Where(d => d > 0).Order()],
            Shortages =
            [
                .. tally.Shortages()
                    .OrderByDescending(s => s.LostValue).ThenBy(s => s.Day).ThenBy(s => s.Order)
                    .Select(s => (new Shortage(season.Orders[s.Order].Id, season.Day(s.Day), s.Required, s.Target, s.Filled), s.LostValue)),
            ],
        };
    }
}
