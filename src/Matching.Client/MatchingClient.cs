using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace Matching.Client;

/// <summary>
/// Speaks to the HTTP API of Matching. A refused request throws <see cref="ApiProblemException"/>. Thread-safe, as the
/// <see cref="HttpClient"/> it is given is; that one's base address is the server, without <c>/v1</c>.
/// </summary>
public sealed partial class MatchingClient
{
    private const string Zip = "application/zip";
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private readonly HttpClient _http;

    /// <summary>A client on a connection; the caller keeps and disposes it.</summary>
    /// <param name="http">The connection.</param>
    /// <param name="apiKey">The key, or null when the connection has its own credential.</param>
    public MatchingClient(HttpClient http, string? apiKey = null)
    {
        ArgumentNullException.ThrowIfNull(http);
        _http = http;
        if (apiKey is not null)
        {
            _http.DefaultRequestHeaders.Add("X-Api-Key", apiKey);
        }
    }

    /// <summary>Uploads a season folder as a zip.</summary>
    public Task<SeasonInfo> CreateSeasonAsync(Stream zip, string? idempotencyKey = null, CancellationToken cancellationToken = default) =>
        SendAsync<SeasonInfo>(HttpMethod.Post, "v1/seasons", FileOf(zip), idempotencyKey, cancellationToken);

    /// <summary>Makes a season that comes with the server, such as <c>zhongning-small</c>.</summary>
    public Task<SeasonInfo> CreateDemoSeasonAsync(string demo, string? idempotencyKey = null, CancellationToken cancellationToken = default) =>
        SendAsync<SeasonInfo>(HttpMethod.Post, "v1/seasons", BodyOf(new { demo }), idempotencyKey, cancellationToken);

    /// <summary>Validates a season folder (zip); nothing is stored.</summary>
    public Task<ValidationResult> ValidateSeasonAsync(Stream zip, CancellationToken cancellationToken = default) =>
        SendAsync<ValidationResult>(HttpMethod.Post, "v1/seasons?validateOnly=true", FileOf(zip), null, cancellationToken);

    /// <summary>A season.</summary>
    public Task<SeasonInfo> GetSeasonAsync(string seasonId, CancellationToken cancellationToken = default) =>
        SendAsync<SeasonInfo>(HttpMethod.Get, $"v1/seasons/{Part(seasonId)}", null, null, cancellationToken);

    /// <summary>All seasons, read part by part.</summary>
    public IAsyncEnumerable<SeasonInfo> ListSeasonsAsync(CancellationToken cancellationToken = default) =>
        ListAsync<SeasonInfo>("v1/seasons", [], cancellationToken);

    /// <summary>Replaces a season by a new version.</summary>
    public Task<SeasonInfo> ReplaceSeasonAsync(string seasonId, Stream zip, CancellationToken cancellationToken = default) =>
        SendAsync<SeasonInfo>(HttpMethod.Put, $"v1/seasons/{Part(seasonId)}", FileOf(zip), null, cancellationToken);

    /// <summary>Applies a change set, a JSON array; the result is a new version.</summary>
    public Task<SeasonInfo> ChangeSeasonAsync(string seasonId, string changes, string? idempotencyKey = null, CancellationToken cancellationToken = default) =>
        SendAsync<SeasonInfo>(
            HttpMethod.Post, $"v1/seasons/{Part(seasonId)}/changes", new StringContent(changes, Encoding.UTF8, "application/json"), idempotencyKey,
            cancellationToken);

    /// <summary>Removes a season with its plans.</summary>
    public Task DeleteSeasonAsync(string seasonId, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Delete, $"v1/seasons/{Part(seasonId)}", null, null, cancellationToken);

    /// <summary>The season folder as a zip.</summary>
    public Task<byte[]> GetSeasonFilesAsync(string seasonId, CancellationToken cancellationToken = default) =>
        BytesAsync($"v1/seasons/{Part(seasonId)}/files", cancellationToken);

    /// <summary>Asks for a plan.</summary>
    public Task<PlanInfo> CreatePlanAsync(string seasonId, PlanOrder order, string? idempotencyKey = null, CancellationToken cancellationToken = default) =>
        SendAsync<PlanInfo>(HttpMethod.Post, $"v1/seasons/{Part(seasonId)}/plans", BodyOf(order), idempotencyKey, cancellationToken);

    /// <summary>Stores a plan folder (zip) made elsewhere.</summary>
    public Task<PlanInfo> ImportPlanAsync(string seasonId, Stream zip, string? idempotencyKey = null, CancellationToken cancellationToken = default) =>
        SendAsync<PlanInfo>(HttpMethod.Post, $"v1/seasons/{Part(seasonId)}/plans/import", FileOf(zip), idempotencyKey, cancellationToken);

    /// <summary>The verdict on a plan folder (zip); nothing is stored.</summary>
    public Task<PlanVerdict> CheckPlanAsync(string seasonId, Stream zip, CancellationToken cancellationToken = default) =>
        SendAsync<PlanVerdict>(HttpMethod.Post, $"v1/seasons/{Part(seasonId)}/checks", FileOf(zip), null, cancellationToken);

    /// <summary>A plan.</summary>
    public Task<PlanInfo> GetPlanAsync(string planId, CancellationToken cancellationToken = default) =>
        SendAsync<PlanInfo>(HttpMethod.Get, $"v1/plans/{Part(planId)}", null, null, cancellationToken);

    /// <summary>Follows a plan until it ends: states and progress as they come.</summary>
    public async IAsyncEnumerable<PlanEvent> FollowPlanAsync(string planId, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using HttpResponseMessage response = await _http.GetAsync(
            $"v1/plans/{Part(planId)}/events", HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        await CheckAsync(response, cancellationToken).ConfigureAwait(false);
        using StreamReader lines = new(await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false));
        string name = "";
        while (await lines.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
        {
            if (line.StartsWith("event: ", StringComparison.Ordinal))
            {
                name = line["event: ".Length..];
            }
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                string data = line["data: ".Length..];
                yield return name == "progress"
                    ? new PlanEvent(null, JsonSerializer.Deserialize<PlanningProgress>(data, Json))
                    : JsonSerializer.Deserialize<PlanEvent>(data, Json)!;
            }
        }
    }

    /// <summary>Waits until a plan ends.</summary>
    public async Task<PlanInfo> WaitForPlanAsync(string planId, CancellationToken cancellationToken = default)
    {
        await foreach (PlanEvent told in FollowPlanAsync(planId, cancellationToken).ConfigureAwait(false))
        {
            // The stream ends when the plan does.
            _ = told;
        }

        return await GetPlanAsync(planId, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Ends a plan early with the best so far.</summary>
    public Task<PlanInfo> StopPlanAsync(string planId, CancellationToken cancellationToken = default) =>
        SendAsync<PlanInfo>(HttpMethod.Post, $"v1/plans/{Part(planId)}/stop", null, null, cancellationToken);

    /// <summary>Makes a plan the season's published one.</summary>
    public Task<PlanInfo> PublishPlanAsync(string planId, CancellationToken cancellationToken = default) =>
        SendAsync<PlanInfo>(HttpMethod.Post, $"v1/plans/{Part(planId)}/publish", null, null, cancellationToken);

    /// <summary>Cancels and removes a plan.</summary>
    public Task DeletePlanAsync(string planId, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Delete, $"v1/plans/{Part(planId)}", null, null, cancellationToken);

    /// <summary>The plan folder as a zip.</summary>
    public Task<byte[]> GetPlanFilesAsync(string planId, CancellationToken cancellationToken = default) =>
        BytesAsync($"v1/plans/{Part(planId)}/files", cancellationToken);

    /// <summary>The workbook for people.</summary>
    public Task<byte[]> GetPlanWorkbookAsync(string planId, CancellationToken cancellationToken = default) =>
        BytesAsync($"v1/plans/{Part(planId)}/workbook", cancellationToken);

    /// <summary>The crews of a plan, read part by part.</summary>
    public IAsyncEnumerable<CrewItem> ListCrewsAsync(string planId, CancellationToken cancellationToken = default) =>
        ListAsync<CrewItem>($"v1/plans/{Part(planId)}/crews", [], cancellationToken);

    /// <summary>The worker-days of a plan, read part by part.</summary>
    public IAsyncEnumerable<WorkerDayItem> ListWorkerDaysAsync(string planId, WorkerDayQuery? query = null, CancellationToken cancellationToken = default) =>
        ListAsync<WorkerDayItem>(
            $"v1/plans/{Part(planId)}/worker-days",
            [
                ("date", query?.Date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)), ("crewId", query?.CrewId), ("workerId", query?.WorkerId),
                ("villageId", query?.VillageId), ("brokerId", query?.BrokerId), ("orderId", query?.OrderId),
            ],
            cancellationToken);

    /// <summary>The trips of a plan, read part by part.</summary>
    public IAsyncEnumerable<TripItem> ListTripsAsync(string planId, DateOnly? date = null, CancellationToken cancellationToken = default) =>
        ListAsync<TripItem>($"v1/plans/{Part(planId)}/trips", [("date", date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))], cancellationToken);

    /// <summary>The days of a plan filled below target, read part by part.</summary>
    public IAsyncEnumerable<ShortageItem> ListShortagesAsync(string planId, CancellationToken cancellationToken = default) =>
        ListAsync<ShortageItem>($"v1/plans/{Part(planId)}/shortages", [], cancellationToken);

    private async IAsyncEnumerable<T> ListAsync<T>(
        string route, (string Name, string? Value)[] query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        const string Limit = "500";
        string? cursor = null;
        do
        {
            IEnumerable<string> parts = query.Append(("limit", Limit)).Append(("cursor", cursor))
                .Where(q => q.Item2 is not null).Select(q => $"{q.Item1}={Part(q.Item2!)}");
            ListPage<T> page = await SendAsync<ListPage<T>>(HttpMethod.Get, $"{route}?{string.Join('&', parts)}", null, null, cancellationToken).ConfigureAwait(false);
            foreach (T item in page.Items)
            {
                yield return item;
            }

            cursor = page.Next;
        }
        while (cursor is not null);
    }

    private async Task<byte[]> BytesAsync(string route, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await _http.GetAsync(route, cancellationToken).ConfigureAwait(false);
        await CheckAsync(response, cancellationToken).ConfigureAwait(false);
        return await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<T> SendAsync<T>(HttpMethod method, string route, HttpContent? body, string? key, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await RequestAsync(method, route, body, key, cancellationToken).ConfigureAwait(false);
        return await response.Content.ReadFromJsonAsync<T>(Json, cancellationToken).ConfigureAwait(false)
            ?? throw new InvalidDataException($"{route} answered nothing.");
    }

    private async Task SendAsync(HttpMethod method, string route, HttpContent? body, string? key, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await RequestAsync(method, route, body, key, cancellationToken).ConfigureAwait(false);
    }

    private async Task<HttpResponseMessage> RequestAsync(HttpMethod method, string route, HttpContent? body, string? key, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = new(method, route) { Content = body };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        HttpResponseMessage response = await _http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        await CheckAsync(response, cancellationToken).ConfigureAwait(false);
        return response;
    }

    private static async Task CheckAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.IsSuccessStatusCode)
        {
            return;
        }

        using (response)
        {
            JsonElement body = default;
            if (response.Content.Headers.ContentType?.MediaType == "application/problem+json")
            {
                body = await response.Content.ReadFromJsonAsync<JsonElement>(Json, cancellationToken).ConfigureAwait(false);
            }

            string? Text(string name) => body.ValueKind == JsonValueKind.Object && body.TryGetProperty(name, out JsonElement text) ? text.GetString() : null;
            throw new ApiProblemException((int)response.StatusCode, Text("code") ?? "", Text("detail") ?? response.ReasonPhrase ?? "", body);
        }
    }

    private static StreamContent FileOf(Stream zip)
    {
        StreamContent content = new(zip);
        content.Headers.ContentType = new MediaTypeHeaderValue(Zip);
        return content;
    }

    private static JsonContent BodyOf<T>(T body) => JsonContent.Create(body, options: Json);

    private static string Part(string text) => Uri.EscapeDataString(text);
}
