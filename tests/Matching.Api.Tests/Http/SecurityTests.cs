using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Matching.Client;

namespace Matching.Api.Tests.Http;

/// <summary>Who may come in and what they see.</summary>
public sealed class SecurityTests(SecureHost host)
{
    private const string Demo = """{"demo":"zhongning-small"}""";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nobody_comes_in_without_a_good_credential()
    {
        Assert.Equal((401, "unauthorized"), await (await host.Http.GetAsync("/v1/seasons", Stop)).VerdictAsync());
        Assert.Equal((401, "unauthorized"), await (await SendAsync(("X-Api-Key", "mk_wrong"))).VerdictAsync());
        Assert.Equal((401, "unauthorized"), await (await SendAsync(("X-Api-Key", ""))).VerdictAsync());
        Assert.Equal((401, "unauthorized"), await (await SendAsync(("Authorization", "Bearer wrong"))).VerdictAsync());
        Assert.Equal((401, "unauthorized"), await (await SendAsync(("Authorization", "Basic d3Jvbmc6d3Jvbmc="))).VerdictAsync());
        Assert.Equal((401, "unauthorized"), await (await SendAsync(("Authorization", "Bearer " + Token("a", "admin", key: new byte[32])))).VerdictAsync());
        Assert.Equal(HttpStatusCode.OK, (await host.Http.GetAsync("/health/ready", Stop)).StatusCode);

        Task<HttpResponseMessage> SendAsync((string, string) header) => host.Http.SendJsonAsync(HttpMethod.Get, "/v1/seasons", null, header);
    }

    [Fact]
    public async Task Tokens_and_keys_of_a_tenant_see_that_tenant_alone()
    {
        using HttpClient key = await host.WithKeyAsync("north", "planner");
        using HttpClient token = new() { BaseAddress = host.Http.BaseAddress };
        token.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token("north", "viewer"));
        using HttpClient stranger = await host.WithKeyAsync("south", "admin");
        string id = (await (await key.PostJsonAsync("/v1/seasons", Demo)).JsonAsync()).GetProperty("id").GetString()!;

        Assert.Equal(HttpStatusCode.OK, (await token.GetAsync($"/v1/seasons/{id}", Stop)).StatusCode);
        Assert.Equal((403, "forbidden"), await (await token.PostJsonAsync("/v1/seasons", Demo)).VerdictAsync());
        Assert.Equal((404, "not-found"), await (await stranger.GetAsync($"/v1/seasons/{id}", Stop)).VerdictAsync());
        Assert.Equal((404, "not-found"), await (await stranger.PostJsonAsync($"/v1/seasons/{id}/plans", "{}")).VerdictAsync());
        Assert.Equal(0, (await (await stranger.GetAsync("/v1/seasons", Stop)).JsonAsync()).GetProperty("items").GetArrayLength());
    }

    [Theory]
    [InlineData("", "viewer")]
    [InlineData("north", "gardener")]
    public async Task A_token_without_a_tenant_or_a_known_role_may_nothing(string tenant, string role)
    {
        using HttpClient token = new() { BaseAddress = host.Http.BaseAddress };
        token.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token(tenant, role));

        Assert.Equal((403, "forbidden"), await (await token.GetAsync("/v1/seasons", Stop)).VerdictAsync());
    }

    [Fact]
    public async Task Names_are_for_planners_and_others_people_for_no_broker()
    {
        using HttpClient planner = await host.WithKeyAsync("east", "planner");
        using HttpClient viewer = await host.WithKeyAsync("east", "viewer");
        using HttpClient broker = await host.WithKeyAsync("east", "broker", "B001");
        string season = (await (await planner.PostJsonAsync("/v1/seasons", Demo)).JsonAsync()).GetProperty("id").GetString()!;
        MatchingClient client = new(planner);
        PlanInfo plan = await client.CreatePlanAsync(season, new PlanOrder(Seconds: 1), cancellationToken: Stop);
        plan = await client.WaitForPlanAsync(plan.Id, Stop);

        Assert.NotEqual(await WorkersAsync(planner), await WorkersAsync(viewer));
        Assert.Contains("W00001,W00001,", await WorkersAsync(viewer), StringComparison.Ordinal);
        Assert.Equal((403, "forbidden"), await (await broker.GetAsync($"/v1/seasons/{season}/files", Stop)).VerdictAsync());
        Assert.Equal((403, "forbidden"), await (await broker.GetAsync($"/v1/plans/{plan.Id}/files", Stop)).VerdictAsync());

        MatchingClient own = new(broker);
        List<CrewItem> crews = await own.ListCrewsAsync(plan.Id, Stop).ToListAsync(Stop);
        Assert.Equal((await client.ListCrewsAsync(plan.Id, Stop).ToListAsync(Stop)).Where(c => c.BrokerId == "B001"), crews);
        Assert.All(await own.ListWorkerDaysAsync(plan.Id, null, Stop).ToListAsync(Stop), d => Assert.Equal("B001", d.BrokerId));
        Assert.Empty(await own.ListWorkerDaysAsync(plan.Id, new WorkerDayQuery(BrokerId: "B002"), Stop).ToListAsync(Stop));
        HashSet<string> ids = [.. crews.Select(c => c.CrewId)];
        Assert.All((await own.ListTripsAsync(plan.Id, null, Stop).ToListAsync(Stop)).SelectMany(t => t.Stops), s => Assert.Contains(s.CrewId, ids));

        async Task<string> WorkersAsync(HttpClient http)
        {
            using ZipArchive zip = new(await http.GetStreamAsync($"/v1/seasons/{season}/files", Stop));
            using StreamReader text = new(zip.GetEntry("workers.csv")!.Open());
            return await text.ReadToEndAsync(Stop);
        }
    }

    [Fact]
    public async Task Who_asks_too_often_is_told_when_to_ask_again()
    {
        using HttpClient eager = await host.WithKeyAsync("west", "viewer");
        using HttpClient calm = await host.WithKeyAsync("west", "viewer");

        HttpResponseMessage[] answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => eager.GetAsync("/v1/seasons", Stop)));
        HttpResponseMessage refused = answers.First(a => a.StatusCode == HttpStatusCode.TooManyRequests);

        Assert.Equal((429, "too-many-requests"), await refused.VerdictAsync());
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.Equal(HttpStatusCode.OK, (await calm.GetAsync("/v1/seasons", Stop)).StatusCode);
    }

    [Fact]
    public async Task A_webhook_may_not_reach_inwards()
    {
        using HttpClient planner = await host.WithKeyAsync("inward", "planner");
        string season = (await (await planner.PostJsonAsync("/v1/seasons", Demo)).JsonAsync()).GetProperty("id").GetString()!;
        foreach (string address in (string[])["127.0.0.1", "localhost", "10.1.2.3", "192.168.1.1", "[::1]", "169.254.169.254", "[::ffff:10.0.0.1]", "0x7f.1"])
        {
            string body = $$$"""{"webhook":{"url":"http://{{{address}}}/","secret":"s"}}""";
            Assert.Equal((400, "bad-request"), await (await planner.PostJsonAsync($"/v1/seasons/{season}/plans", body)).VerdictAsync());
        }
    }

    private static string Token(string tenant, string role, byte[]? key = null)
    {
        long now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        string head = Encoded("""{"alg":"HS256","typ":"JWT"}""");
        string body = Encoded(JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["iss"] = SecureHost.Issuer,
            ["aud"] = SecureHost.Audience,
            ["sub"] = "somebody",
            ["tenant"] = tenant,
            ["role"] = role,
            ["nbf"] = now - 60,
            ["exp"] = now + 600,
        }));
        byte[] signature = HMACSHA256.HashData(key ?? SecureHost.SigningKey, Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{head}.{body}")));
        return $"{head}.{body}.{System.Buffers.Text.Base64Url.EncodeToString(signature)}";
    }

    private static string Encoded(string text) => System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
