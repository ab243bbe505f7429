using System.Text.Json;
using Matching.Api.Hosting;
using Matching.Api.Http;
using Matching.Api.Output;
using Matching.Api.Security;
using Matching.Model;
using Matching.Reporting;
using Matching.Why;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Matching.Api.Operations;

/// <summary>What if: a worker works elsewhere on a day, a crew for another order, or another vehicle drives a trip.</summary>
internal sealed record TryRequest(string? WorkerId, DateOnly? Date, string? CrewId, string? OrderId, string? VehicleId, string? TripId);

/// <summary>The route that tells what a single change of a plan would do.</summary>
internal static class TryEndpoint
{
    /// <summary>Maps it.</summary>
    public static void Map(RouteGroupBuilder v1) =>
        v1.MapPost("/plans/{id}/try", TryAsync).WithTags("Operations").RequireAuthorization(Policies.Overview).WithName("TryChange")
            .WithSummary("What a single change would do; nothing is written. Takes workerId, date and crewId, or crewId and orderId, or vehicleId and tripId.")
            .Takes<TryRequest>(RequestBody.Json).Gives<JsonElement>(200).Refuses(400, 404, 409, 413, 415, 422);

    private static async Task<Ok<object>> TryAsync(
        string id, HttpContext context, PlanReading reading, ServeOptions host, CancellationToken cancellationToken)
    {
        TryRequest asked = await RequestBody.JsonAsync<TryRequest>(context, host.MostJsonBytes);
        if (asked is not ({ WorkerId: not null, Date: not null, CrewId: not null, OrderId: null, VehicleId: null, TripId: null }
            or { WorkerId: null, Date: null, CrewId: not null, OrderId: not null, VehicleId: null, TripId: null }
            or { WorkerId: null, Date: null, CrewId: null, OrderId: null, VehicleId: not null, TripId: not null }))
        {
            throw ProblemException.BadRequest("The body has 'workerId', 'date' and 'crewId', or 'crewId' and 'orderId', or 'vehicleId' and 'tripId'.");
        }

        OpenPlan open = await reading.OpenAsync(Caller.Of(context), id, cancellationToken);
        Check(asked, open);
        Trial trial = await Task.Run(() => Ask(asked, open.Board), cancellationToken);
        return TypedResults.Ok(TrialOutput.Document(ReportLanguage.English, trial));
    }

    private static void Check(TryRequest asked, OpenPlan open)
    {
        Season season = open.Season;
        if (asked.WorkerId is { } worker)
        {
            Asked.Known(season.WorkerById.ContainsKey(new(worker)), "workerId", "worker", worker);
        }

        if (asked.CrewId is { } crew)
        {
            Asked.Known(open.Plan.Crews.Any(c => c.Id.Value == crew), "crewId", "crew", crew);
        }

        if (asked.OrderId is { } order)
        {
            Asked.Known(season.OrderById.ContainsKey(new(order)), "orderId", "order", order);
        }

        if (asked.VehicleId is { } vehicle)
        {
            Asked.Known(season.VehicleById.ContainsKey(new(vehicle)), "vehicleId", "vehicle", vehicle);
        }

        if (asked.TripId is { } trip)
        {
            Asked.Known(open.Plan.Trips.Any(t => t.Id.Value == trip), "tripId", "trip", trip);
        }
    }

    private static Trial Ask(TryRequest asked, PlanBoard board) => asked switch
    {
        { WorkerId: { } worker, Date: { } date, CrewId: { } crew } => board.TryWorker(new(worker), date, new CrewId(crew)),
        { CrewId: { } crew, OrderId: { } order } => board.TryOrder(new(crew), new(order)),
        _ => board.TryVehicle(new(asked.VehicleId!), new(asked.TripId!)),
    };
}
