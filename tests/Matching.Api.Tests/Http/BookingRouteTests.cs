using System.IO.Compression;
using System.Net;
using System.Text.Json;
using Matching.Api.Storage;
using Matching.Client;
using Microsoft.EntityFrameworkCore;

namespace Matching.Api.Tests.Http;

public sealed class BookingRoutesOnSqliteTests(SqliteHost host) : BookingRouteTests(host);

public sealed class BookingRoutesOnPostgresTests(PostgresHost host) : BookingRouteTests(host);

public abstract class BookingRouteTests(ApiHost host)
{
    private const string Work = """{"kind":"work","brokerId":"B001","from":"2026-07-05","to":"2026-07-12","workers":30}""";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_offer_is_held_confirmed_listed_dispatched_and_released()
    {
        string season = await PublishedAsync();
        (string route, JsonElement offer) = await FirstOfferAsync(season);
        string offerId = offer.GetProperty("offerId").GetString()!;

        HttpResponseMessage held = await host.Http.PostJsonAsync($"/v1/offers/{offerId}/hold", """{"minutes":5}""");
        Assert.Equal(HttpStatusCode.Created, held.StatusCode);
        string holdId = (await held.JsonAsync()).GetProperty("holdId").GetString()!;
        Assert.Equal((409, "taken"), await (await host.Http.PostJsonAsync($"/v1/offers/{offerId}/hold", "{}")).VerdictAsync());
        JsonElement hold = Assert.Single((await ListAsync(season, "holds")).EnumerateArray());
        Assert.Equal((holdId, offerId), (hold.GetProperty("holdId").GetString(), hold.GetProperty("offerId").GetString()));
        Assert.Equal(0, (await DispatchAsync(season)).Crews);

        JsonElement booking = await (await host.Http.PostAsync($"/v1/holds/{holdId}/confirm", null, Stop)).JsonAsync();
        JsonElement again = await (await host.Http.PostAsync($"/v1/holds/{holdId}/confirm", null, Stop)).JsonAsync();
        string bookingId = booking.GetProperty("bookingId").GetString()!;
        Assert.Equal(bookingId, again.GetProperty("bookingId").GetString());
        Assert.Equal((409, "confirmed"), await (await host.Http.DeleteAsync($"/v1/holds/{holdId}", Stop)).VerdictAsync());
        Assert.Empty((await ListAsync(season, "holds")).EnumerateArray());
        Assert.Single((await ListAsync(season, "bookings")).EnumerateArray());
        Assert.Empty((await ListAsync(season, "bookings?brokerId=B002")).EnumerateArray());

        (int crews, byte[] zip) = await DispatchAsync(season);
        PlanVerdict verdict = await host.Client.CheckPlanAsync(season, new MemoryStream(zip), Stop);
        Assert.Equal(1, crews);
        Assert.True(verdict.Legal, string.Join('\n', verdict.Violations.Select(v => v.Message)));

        Assert.Equal((409, "bookings"), await (await host.Http.DeleteAsync($"/v1/seasons/{season}", Stop)).VerdictAsync());
        Assert.Equal(HttpStatusCode.NoContent, (await host.Http.DeleteAsync($"/v1/bookings/{bookingId}", Stop)).StatusCode);
        Assert.Equal((404, "not-found"), await (await host.Http.DeleteAsync($"/v1/bookings/{bookingId}", Stop)).VerdictAsync());
        Assert.Equal((410, "released"), await (await host.Http.PostAsync($"/v1/holds/{holdId}/confirm", null, Stop)).VerdictAsync());
        Assert.Equal(HttpStatusCode.Created, (await host.Http.PostJsonAsync($"/v1/offers/{offerId}/hold", "{}")).StatusCode);
        Assert.StartsWith("/v1/seasons/", route);
    }

    [Fact]
    public async Task A_hold_ends_by_itself_and_a_second_release_finds_nothing()
    {
        string season = await PublishedAsync();
        (_, JsonElement offer) = await FirstOfferAsync(season);
        string route = $"/v1/offers/{offer.GetProperty("offerId").GetString()}/hold";

        string expiring = (await (await host.Http.PostJsonAsync(route, """{"minutes":0.001}""")).JsonAsync()).GetProperty("holdId").GetString()!;
        await Task.Delay(TimeSpan.FromMilliseconds(200), Stop);
        Assert.Equal((410, "expired"), await (await host.Http.PostAsync($"/v1/holds/{expiring}/confirm", null, Stop)).VerdictAsync());
        Assert.Empty((await ListAsync(season, "holds")).EnumerateArray());

        string released = (await (await host.Http.PostJsonAsync(route, "{}")).JsonAsync()).GetProperty("holdId").GetString()!;
        Assert.Equal(HttpStatusCode.NoContent, (await host.Http.DeleteAsync($"/v1/holds/{released}", Stop)).StatusCode);
        Assert.Equal((404, "not-found"), await (await host.Http.DeleteAsync($"/v1/holds/{released}", Stop)).VerdictAsync());
        Assert.Equal((410, "released"), await (await host.Http.PostAsync($"/v1/holds/{released}/confirm", null, Stop)).VerdictAsync());
        Assert.Equal((404, "not-found"), await (await host.Http.PostJsonAsync("/v1/offers/r-none-1/hold", "{}")).VerdictAsync());
        Assert.Equal((400, "bad-request"), await (await host.Http.PostJsonAsync(route, """{"minutes":0}""")).VerdictAsync());
    }

    [Fact]
    public async Task Many_who_want_the_same_get_it_once()
    {
        string season = await PublishedAsync();
        (_, JsonElement offer) = await FirstOfferAsync(season);
        string route = $"/v1/offers/{offer.GetProperty("offerId").GetString()}/hold";

        HttpResponseMessage[] answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => host.Http.PostJsonAsync(route, "{}")));

        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.Created);
        Assert.Equal(15, answers.Count(a => a.StatusCode == HttpStatusCode.Conflict));
    }

    [Fact]
    public async Task The_database_itself_refuses_a_second_promise()
    {
        await using MatchingDb db = host.Database.Open();
        await db.Database.ExecuteSqlRawAsync("insert into promised_worker_days values (-1, 'W1', 1, 1)", Stop);
        await db.Database.ExecuteSqlRawAsync("insert into promised_broker_days values (-1, 'B1', 1, 1)", Stop);
        await db.Database.ExecuteSqlRawAsync("insert into promised_capacity values (-1, 'seat|T1|0', 3, 4)", Stop);

        foreach (string sql in (string[])[
            "insert into promised_worker_days values (-1, 'W1', 1, 2)", "insert into promised_broker_days values (-1, 'B1', 1, 2)",
            "update promised_capacity set used = used + 2 where season_no = -1"])
        {
            Assert.True(DatabaseErrors.IsTaken(await Assert.ThrowsAnyAsync<Exception>(() => db.Database.ExecuteSqlRawAsync(sql, Stop))));
        }

        await db.Database.ExecuteSqlRawAsync("delete from promised_worker_days where season_no = -1", Stop);
        await db.Database.ExecuteSqlRawAsync("delete from promised_broker_days where season_no = -1", Stop);
        await db.Database.ExecuteSqlRawAsync("delete from promised_capacity where season_no = -1", Stop);
    }

    [Theory]
    [InlineData("""{"kind":"work","brokerId":"B001","from":"2026-07-05","to":"2026-07-04","workers":3}""", 400, "bad-request")]
    [InlineData("""{"kind":"work","brokerId":"B001","from":"2026-07-05","to":"2026-07-06","workers":0}""", 400, "bad-request")]
    [InlineData("""{"kind":"crew","orderId":"O001","from":"2026-07-05","to":"2026-07-06","workers":3,"minLevel":6}""", 400, "bad-request")]
    [InlineData("""{"kind":"nothing","from":"2026-07-05","to":"2026-07-06"}""", 400, "bad-request")]
    [InlineData("""{"kind":"work","from":"2026-07-05","to":"2026-07-06","workers":3}""", 400, "bad-request")]
    [InlineData("""{"kind":"work","brokerId":"none","from":"2026-07-05","to":"2026-07-06","workers":3}""", 422, "unknown-id")]
    [InlineData("""{"kind":"people","brokerId":"B001","workerIds":["none"],"from":"2026-07-05","to":"2026-07-06"}""", 422, "unknown-id")]
    [InlineData("""{"kind":"work",""", 400, "malformed-json")]
    public async Task A_bad_request_is_told_apart(string body, int status, string code)
    {
        string season = await PublishedAsync();

        Assert.Equal((status, code), await (await host.Http.PostJsonAsync($"/v1/seasons/{season}/requests", body)).VerdictAsync());
    }

    [Fact]
    public async Task Nothing_is_offered_before_a_publication()
    {
        SeasonInfo season = await host.Client.CreateDemoSeasonAsync("zhongning-small", cancellationToken: Stop);

        Assert.Equal((409, "not-published"), await (await host.Http.PostJsonAsync($"/v1/seasons/{season.Id}/requests", Work)).VerdictAsync());
        Assert.Equal((409, "not-published"), await (await host.Http.GetAsync($"/v1/seasons/{season.Id}/dispatch", Stop)).VerdictAsync());
    }

    private Task<string> PublishedAsync() => EmptyPlan.PublishedAsync(host.Client, Stop);

    private async Task<(string Route, JsonElement Offer)> FirstOfferAsync(string season)
    {
        string route = $"/v1/seasons/{season}/requests";
        for (int broker = 1; broker <= 12; broker++)
        {
            string body = Work.Replace("B001", $"B{broker:000}", StringComparison.Ordinal);
            JsonElement answer = await (await host.Http.PostJsonAsync(route, body)).JsonAsync();
            if (answer.GetProperty("offers") is { } offers && offers.GetArrayLength() > 0)
            {
                return (route, offers[0]);
            }
        }

        throw new InvalidOperationException("Nobody gets an offer.");
    }

    private async Task<JsonElement> ListAsync(string season, string list) =>
        (await (await host.Http.GetAsync($"/v1/seasons/{season}/{list}", Stop)).JsonAsync()).GetProperty("items");

    private async Task<(int Crews, byte[] Zip)> DispatchAsync(string season)
    {
        byte[] zip = await host.Http.GetByteArrayAsync($"/v1/seasons/{season}/dispatch", Stop);
        using ZipArchive archive = new(new MemoryStream(zip));
        using StreamReader crews = new(archive.GetEntry("crews.csv")!.Open());
        return ((await crews.ReadToEndAsync(Stop)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length - 1, zip);
    }
}
