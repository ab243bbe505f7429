using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Matching.Api.Hosting;
using Matching.Api.Security;
using Matching.Api.Storage;
using Matching.Client;
using Microsoft.AspNetCore.Builder;

namespace Matching.Api.Tests.Http;

/// <summary>A host on a real port with a database of its own.</summary>
public abstract class ApiHost : IAsyncLifetime
{
    private WebApplication? _app;

    /// <summary>A connection without a credential.</summary>
    public HttpClient Http { get; private set; } = new();

    /// <summary>The typed client on it.</summary>
    public MatchingClient Client { get; private set; } = null!;

    /// <summary>What it is made of.</summary>
    internal IServiceProvider Services => _app!.Services;

    /// <summary>Where it stores.</summary>
    internal DatabaseTarget Database { get; private set; } = null!;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        Database = await MakeDatabaseAsync();
        _app = MatchingHost.Build(Options(Database), CancellationToken.None, Configuration);
        await _app.StartAsync();
        Http = new HttpClient { BaseAddress = new Uri(_app.Urls.First()) };
        Client = new MatchingClient(Http);
    }

    /// <inheritdoc/>
    public virtual async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>A connection with a new key.</summary>
    public async Task<HttpClient> WithKeyAsync(string tenant, string role, string? broker = null)
    {
        await using MatchingDb db = Database.Open();
        HttpClient client = new() { BaseAddress = Http.BaseAddress };
        client.DefaultRequestHeaders.Add("X-Api-Key", await ApiKeys.AddAsync(db, tenant, role, broker, DateTimeOffset.UtcNow, CancellationToken.None));
        return client;
    }

    /// <summary>How it is configured beside its options.</summary>
    protected virtual IReadOnlyDictionary<string, string?>? Configuration => null;

    /// <summary>Makes its database.</summary>
    internal abstract Task<DatabaseTarget> MakeDatabaseAsync();

    /// <summary>How it serves.</summary>
    internal virtual ServeOptions Options(DatabaseTarget database) => new() { Urls = ["http://127.0.0.1:0"], Dev = true, Database = database };
}

/// <summary>A host on a SQLite file.</summary>
public class SqliteHost : ApiHost
{
    private readonly string _folder = Directory.CreateTempSubdirectory("matching-").FullName;

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    internal override Task<DatabaseTarget> MakeDatabaseAsync() => Task.FromResult(DatabaseTarget.Parse(Path.Combine(_folder, "host.db")));
}

/// <summary>A host on a PostgreSQL database.</summary>
public sealed class PostgresHost : ApiHost
{
    private const string Variable = "MATCHING_TEST_POSTGRES";
    private string? _folder;

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_folder is not null)
        {
            Npgsql.NpgsqlConnection.ClearAllPools();
            await ScriptAsync("stop", _folder);
        }
    }

    /// <inheritdoc/>
    internal override async Task<DatabaseTarget> MakeDatabaseAsync()
    {
        string? server = Environment.GetEnvironmentVariable(Variable);
        if (string.IsNullOrEmpty(server))
        {
            _folder = (await ScriptAsync("start")).Trim();
            server = $"Host={_folder};Username=matching";
        }

        return DatabaseTarget.Parse($"{server};Database=host_{Guid.NewGuid():N}");
    }

    private static async Task<string> ScriptAsync(params string[] args)
    {
        string script = Path.Combine(SourceRoot.Path, "tests", "postgres");
        using Process process = Process.Start(new ProcessStartInfo("bash", [script, .. args]) { RedirectStandardOutput = true })!;
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{script} {string.Join(' ', args)} ended with {process.ExitCode}.");
    }
}

/// <summary>A host that asks for credentials and takes tokens of a test's own issuer.</summary>
public sealed class SecureHost : SqliteHost
{
    public const string Issuer = "https://issuer.test";
    public const string Audience = "matching";

    /// <summary>What signs the tokens.</summary>
    public static byte[] SigningKey { get; } = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];

    /// <inheritdoc/>
    protected override IReadOnlyDictionary<string, string?> Configuration => new Dictionary<string, string?>
    {
        ["Authentication:Schemes:Bearer:ValidIssuer"] = Issuer,
        ["Authentication:Schemes:Bearer:ValidAudiences:0"] = Audience,
        ["Authentication:Schemes:Bearer:SigningKeys:0:Issuer"] = Issuer,
        ["Authentication:Schemes:Bearer:SigningKeys:0:Value"] = Convert.ToBase64String(SigningKey),
    };

    /// <inheritdoc/>
    internal override ServeOptions Options(DatabaseTarget database) => base.Options(database) with { Dev = false, RequestBurst = 60, RequestsPerSecond = 20 };
}

/// <summary>Short ways to say things over HTTP.</summary>
internal static class HttpWords
{
    public static async Task<JsonElement> JsonAsync(this HttpResponseMessage response) =>
        await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);

    /// <summary>The status and, of a problem, its code.</summary>
    public static async Task<(int Status, string? Code)> VerdictAsync(this HttpResponseMessage response)
    {
        bool isProblem = response.Content.Headers.ContentType?.MediaType == "application/problem+json";
        return ((int)response.StatusCode, isProblem ? (await response.JsonAsync()).GetProperty("code").GetString() : null);
    }

    public static Task<HttpResponseMessage> PostJsonAsync(this HttpClient http, string route, string json, params (string Name, string Value)[] headers) =>
        http.SendJsonAsync(HttpMethod.Post, route, json, headers);

    public static async Task<HttpResponseMessage> SendJsonAsync(
        this HttpClient http, HttpMethod method, string route, string? json, params (string Name, string Value)[] headers)
    {
        using HttpRequestMessage request = new(method, route);
        if (json is not null)
        {
            request.Content = new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        }

        foreach ((string name, string value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public static Task<HttpResponseMessage> PostFileAsync(this HttpClient http, string route, byte[] file, string type = "application/zip")
    {
        ByteArrayContent content = new(file);
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        return http.PostAsync(route, content, TestContext.Current.CancellationToken);
    }
}
