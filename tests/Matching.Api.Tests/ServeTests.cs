using System.Net;

namespace Matching.Api.Tests;

public class ServeTests
{
    [Fact]
    public async Task The_server_says_that_it_lives_and_ends_when_stopped()
    {
        using TempFolder folder = new();
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        using AnnouncingWriter output = new();
        CliHost host = new() { Out = output, Error = TextWriter.Null };
        Task<int> serving = Cli.RunAsync(["serve", "--urls", "http://127.0.0.1:0", "--database", folder["new", "host.db"]], host, stop.Token);
        string address = await output.Announced.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        using HttpClient client = new() { BaseAddress = new Uri(address) };

        HttpResponseMessage live = await client.GetAsync("/health/live", stop.Token);
        HttpResponseMessage ready = await client.GetAsync("/health/ready", stop.Token);
        HttpResponseMessage other = await client.GetAsync("/v1/nothing", stop.Token);
        HttpResponseMessage seasons = await client.GetAsync("/v1/seasons", stop.Token);
        await stop.CancelAsync();

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.NotFound), (live.StatusCode, ready.StatusCode, other.StatusCode));
        Assert.Equal(HttpStatusCode.Unauthorized, seasons.StatusCode);
        Assert.True(File.Exists(folder["new", "host.db"]));
        Assert.Equal(ExitCode.Done, await serving);
    }

    [Fact]
    public async Task An_address_in_use_is_refused()
    {
        using System.Net.Sockets.TcpListener taken = new(IPAddress.Loopback, 0);
        taken.Start();
        string url = $"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}";

        using TempFolder folder = new();

        CliRun run = await CliRun.OfAsync("serve", "--urls", url, "--database", folder["host.db"]);

        Assert.Equal(ExitCode.BadInput, run.Code);
        Assert.Contains($"Cannot listen on {url}", run.Error);
    }

    [Theory]
    [InlineData("Host=127.0.0.1;Port=1;Username=x;Database=y")]
    [InlineData("Host=127.0.0.1;Port=1;Username=x;Database=y", "--cluster")]
    [InlineData("/dev/null/host.db")]
    public async Task A_database_that_cannot_be_opened_is_told_in_one_line(string database, params string[] more)
    {
        CliRun run = await CliRun.OfAsync(["serve", "--urls", "http://127.0.0.1:0", "--database", database, .. more]);

        Assert.Equal(ExitCode.BadInput, run.Code);
        Assert.StartsWith("Cannot open the database: ", Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://0.0.0.0:0")]
    [InlineData("http://*:0")]
    [InlineData("http://localhost:0;http://example.org:0")]
    public async Task With_dev_it_listens_on_this_machine_only(string urls)
    {
        CliRun run = await CliRun.OfAsync("serve", "--dev", "--urls", urls);

        Assert.Equal(ExitCode.BadInput, run.Code);
        Assert.Contains("listens on this machine only", run.Error);
    }

    [Fact]
    public async Task Several_nodes_need_PostgreSQL()
    {
        CliRun run = await CliRun.OfAsync("serve", "--cluster", "--database", "some.db");

        Assert.Equal(ExitCode.BadInput, run.Code);
        Assert.Contains("PostgreSQL", run.Error);
    }

    [Fact]
    public async Task A_key_is_printed_once_and_only_its_hash_is_kept()
    {
        using TempFolder folder = new();

        CliRun run = await CliRun.OfAsync("key", "add", "--tenant", "T", "--role", "broker", "--broker", "B7", "--database", folder["host.db"]);
        await using Storage.MatchingDb db = Storage.DatabaseTarget.Parse(folder["host.db"]).Open();
        Storage.ApiKeyRow row = Assert.Single(db.ApiKeys);
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();

        Assert.Equal(ExitCode.Done, run.Code);
        string key = Assert.Single(run.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries)).Trim();
        Assert.Equal(("T", "broker", "B7", Security.ApiKeys.HashOf(key)), (row.Tenant, row.Role, row.BrokerId, row.Hash));
    }

    [Theory]
    [InlineData("key", "add", "--tenant", "T", "--role", "broker")]
    [InlineData("key", "add", "--tenant", "T", "--role", "gardener")]
    [InlineData("key", "remove", "--tenant", "T", "--role", "viewer")]
    [InlineData("key", "add", "--role", "viewer")]
    public async Task Bad_orders_for_keys_are_refused(params string[] args)
    {
        Assert.Equal(ExitCode.BadInput, (await CliRun.OfAsync(args)).Code);
    }

    /// <summary>Tells the address when the program prints it.</summary>
    private sealed class AnnouncingWriter : StringWriter
    {
        private readonly TaskCompletionSource<string> _announced = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<string> Announced => _announced.Task;

        public override Task WriteLineAsync(string? value)
        {
            if (value?.Split(' ')[^1] is { } address && address.StartsWith("http", StringComparison.Ordinal))
            {
                _announced.TrySetResult(address);
            }

            return base.WriteLineAsync(value);
        }
    }
}
