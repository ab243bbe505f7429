using System.Collections.Immutable;
using System.Globalization;
using Matching.Api.Hosting;
using Matching.Api.Http;
using Matching.Api.Seasons;
using Matching.Api.Security;
using Matching.Api.Storage;
using Matching.Model;
using Matching.Requests;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Matching.Api.Bookings;

/// <summary>The route that answers requests of brokers with offers.</summary>
internal static class RequestEndpoints
{
    /// <summary>Maps it.</summary>
    public static void Map(RouteGroupBuilder v1) =>
        v1.MapPost("/seasons/{id}/requests", AskAsync).WithTags("Requests").RequireAuthorization(Policies.Booker).WithName("AskForOffers")
            .WithSummary("The best legal offers on top of the published plan and every live hold and booking.")
            .Takes<RequestBodyIn>(RequestBody.Json).Gives<AnswerBody>(200).Refuses(400, 403, 404, 409, 413, 415, 422);

    private static async Task<Ok<AnswerBody>> AskAsync(
        string id, string? offers, HttpContext context, SeasonStore seasons, BookingRooms rooms, OfferShelf shelf, ServeOptions host,
        TimeProvider clock, CancellationToken cancellationToken)
    {
        Caller caller = Caller.Of(context);
        int count = RequestEngine.MostOffers;
        if (offers is not null && (!int.TryParse(offers, NumberStyles.None, CultureInfo.InvariantCulture, out count) || count is < 1 or > RequestEngine.MostOffers))
        {
            throw ProblemException.BadRequest($"'offers' is a whole number from 1 to {RequestEngine.MostOffers}.");
        }

        long seasonNo = await seasons.NumberAsync(caller, id, cancellationToken);
        BrokerRequest request = Read(await RequestBody.JsonAsync<RequestBodyIn>(context, host.MostJsonBytes), caller);
        (RequestAnswer answer, long planNo) = await rooms.AnswerAsync(
            seasonNo,
            view =>
            {
                Refuse(request.Faults(view.Snapshot.Season));
                return (rooms.Engine.Offers(view.Snapshot, request, count, caller.OnlyBroker is not null, cancellationToken), view.PlanNo);
            },
            cancellationToken);
        string requestId = Ids.New("r");
        if (!answer.Offers.IsEmpty)
        {
            await shelf.AddAsync(
                new OfferSetRow
                {
                    Id = requestId,
                    Tenant = caller.Tenant,
                    SeasonNo = seasonNo,
                    SeasonId = id,
                    PlanNo = planNo,
                    OnlyBroker = caller.OnlyBroker,
                    Content = Packing.Pack(answer.Offers),
                    CreatedAt = clock.GetUtcNow(),
                },
                cancellationToken);
        }

        return TypedResults.Ok(AnswerBody.Of(requestId, answer));
    }

    private static BrokerRequest Read(RequestBodyIn body, Caller caller)
    {
        string? broker = body.BrokerId;
        if (caller.OnlyBroker is { } only)
        {
            broker ??= body.Kind == "crew" ? only : null;
            if (broker is not null && broker != only)
            {
                throw new ProblemException(ProblemCodes.Forbidden, "A broker asks for themselves.");
            }
        }

        DateOnly from = body.From ?? throw Missing("from");
        DateOnly to = body.To ?? throw Missing("to");
        return body.Kind switch
        {
            "crew" => new CrewRequest(
                new OrderId(body.OrderId ?? throw Missing("orderId")), from, to, body.Workers ?? throw Missing("workers"), body.MinLevel,
                broker is null ? null : new BrokerId(broker)),
            "work" => new WorkRequest(new BrokerId(broker ?? throw Missing("brokerId")), from, to, body.Workers ?? throw Missing("workers")),
            "people" => new PeopleRequest(
                new BrokerId(broker ?? throw Missing("brokerId")),
                [.. (body.WorkerIds ?? throw Missing("workerIds")).Select(w => new WorkerId(w ?? throw ProblemException.BadRequest("'workerIds' holds a null.")))], from, to),
            _ => throw ProblemException.BadRequest("'kind' is crew, work or people."),
        };
    }

    private static void Refuse(ImmutableArray<RequestFault> faults)
    {
        if (faults.FirstOrDefault(f => !f.IsUnknownId) is { } bad)
        {
            throw ProblemException.BadRequest($"'{bad.Field}': {bad.Message}");
        }

        if (faults is [{ } unknown, ..])
        {
            throw new ProblemException(ProblemCodes.UnknownId, $"'{unknown.Field}': {unknown.Message}");
        }
    }

    private static ProblemException Missing(string field) => ProblemException.BadRequest($"'{field}' is missing.");
}
