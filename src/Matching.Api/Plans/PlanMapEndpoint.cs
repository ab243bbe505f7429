using System.Text.Json;
using Matching.Api.Http;
using Matching.Api.Seasons;
using Matching.Api.Security;
using Matching.Api.Storage;
using Matching.Model;

namespace Matching.Api.Plans;

/// <summary>The trips of a finished plan on a map, written trip by trip.</summary>
internal static class PlanMapEndpoint
{
    private const string GeoJson = "application/geo+json";
    private const int Batch = 500;

    /// <summary>Maps it.</summary>
    public static void Map(RouteGroupBuilder v1) =>
        v1.MapGet("/plans/{id}/trips.geojson", WriteAsync).WithTags("Plans").RequireAuthorization(Policies.Reader).WithName("GetTripsGeoJson")
            .WithSummary("One feature per trip, positions [lon, lat]; brokers see trips that carry their crews.").GivesFile(GeoJson).Refuses(400, 404, 409);

    private static async Task WriteAsync(
        string id, string? date, HttpContext context, MatchingDb db, PlanStore plans, SeasonCache seasons, CancellationToken cancellationToken)
    {
        Caller caller = Caller.Of(context);
        DateOnly? day = QueryText.Day(date, "date");
        PlanRow plan = await plans.DoneAsync(caller, id, cancellationToken);
        Season season = await seasons.GetAsync(plan.SeasonNo, plan.SeasonVersion);
        TripView view = await TripView.ForAsync(db, plan, caller, cancellationToken);
        context.Response.ContentType = GeoJson;
        await context.Response.StartAsync(cancellationToken);
        await using Utf8JsonWriter json = new(context.Response.BodyWriter, new JsonWriterOptions { Encoder = ApiJson.Options.Encoder });
        json.WriteStartObject();
        json.WriteString("type", "FeatureCollection");
        json.WriteStartArray("features");
        long after = 0;
        while (await view.ReadAsync(db, plan, day, after, Batch, cancellationToken) is { Count: > 0 } rows)
        {
            foreach (PlanTripRow row in rows)
            {
                WriteFeature(json, season, view.Show(row));
            }

            after = rows[^1].Idx;
            await json.FlushAsync(cancellationToken);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        await json.FlushAsync(cancellationToken);
    }

    private static void WriteFeature(Utf8JsonWriter json, Season season, TripBody trip)
    {
        Place[] places =
        [
            .. trip.Stops.DistinctBy(s => s.Seq).Select(s => season.PlaceById[new PlaceId(s.PlaceId)]).Where(p => p is { Latitude: not null, Longitude: not null }),
        ];
        json.WriteStartObject();
        json.WriteString("type", "Feature");
        json.WriteString("id", trip.TripId);
        json.WriteStartObject("properties");
        json.WriteString("tripId", trip.TripId);
        json.WritePropertyName("date");
        JsonSerializer.Serialize(json, trip.Date, ApiJson.Options);
        json.WriteString("vehicleId", trip.VehicleId);
        json.WritePropertyName("departs");
        JsonSerializer.Serialize(json, trip.Departs, ApiJson.Options);
        json.WritePropertyName("stops");
        JsonSerializer.Serialize(json, trip.Stops, ApiJson.Options);
        json.WriteEndObject();

        // A line needs two positions; a trip of one stop is a point, one without coordinates has no place on the map.
        if (places.Length == 0)
        {
            json.WriteNull("geometry");
        }
        else
        {
            json.WriteStartObject("geometry");
            json.WriteString("type", places.Length == 1 ? "Point" : "LineString");
            json.WritePropertyName("coordinates");
            if (places.Length > 1)
            {
                json.WriteStartArray();
            }

            foreach (Place place in places)
            {
                json.WriteStartArray();
                json.WriteNumberValue(place.Longitude!.Value);
                json.WriteNumberValue(place.Latitude!.Value);
                json.WriteEndArray();
            }

            if (places.Length > 1)
            {
                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
