using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Matching.Api.Hosting;
using Matching.Api.Jobs;
using Matching.Api.Storage;
using Matching.Client;
using Microsoft.AspNetCore.Builder;

namespace Matching.Api.Tests.Http;

/// <summary>A job outlives its child, its host and a restart; it is told at the end.</summary>
public sealed class JobSurvivalTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_job_whose_child_is_killed_is_begun_again_and_given_up_at_last()
    {
        await using Node node = await Node.StartAsync();
        SeasonInfo season = await node.Client.CreateDemoSeasonAsync("zhongning-small", cancellationToken: Stop);
        PlanInfo plan = await node.Client.CreatePlanAsync(season.Id, new PlanOrder(Seconds: 600, Seed: 4711), cancellationToken: Stop);

        for (int attempt = 1; attempt <= 3; attempt++)
        {
            await UntilAsync(node.Client, plan.Id, p => p.State == "running" && p.Attempts == attempt);
            await KillChildAsync(seed: 4711);
        }

        plan = await node.Client.WaitForPlanAsync(plan.Id, Stop);
        Assert.Equal(("failed", 3, "attempts-exhausted"), (plan.State, plan.Attempts, plan.Error?.Code));
        Assert.Equal(HttpStatusCode.OK, (await node.Http.GetAsync("/health/live", Stop)).StatusCode);
    }

    [Fact]
    public async Task A_queued_job_is_done_after_a_restart_and_a_cut_one_goes_on()
    {
        using TempFolder folder = new();
        PlanInfo queued;
        PlanInfo cut;
        await using (Node first = await Node.StartAsync(folder["host.db"], parallel: 1))
        {
            SeasonInfo season = await first.Client.CreateDemoSeasonAsync("zhongning-small", cancellationToken: Stop);
            cut = await first.Client.CreatePlanAsync(season.Id, new PlanOrder(Seconds: 600), cancellationToken: Stop);
            queued = await first.Client.CreatePlanAsync(season.Id, new PlanOrder(Seconds: 0.5), cancellationToken: Stop);
            await UntilAsync(first.Client, cut.Id, p => p.State == "running");
            Assert.Equal("queued", (await first.Client.GetPlanAsync(queued.Id, Stop)).State);
        }

        await using Node second = await Node.StartAsync(folder["host.db"]);
        await UntilAsync(second.Client, cut.Id, p => p.State == "running");
        await second.Client.StopPlanAsync(cut.Id, Stop);

        Assert.Equal(("done", 1), await EndAsync(second.Client, queued.Id));
        Assert.Equal(("done", 1), await EndAsync(second.Client, cut.Id));
    }

    [Fact]
    public async Task A_host_that_is_killed_loses_no_job()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals to send.");
        using TempFolder folder = new();
        using Process first = Serve(folder["host.db"]);
        using HttpClient http = new() { BaseAddress = await AddressAsync(first) };
        MatchingClient client = new(http);
        SeasonInfo season = await client.CreateDemoSeasonAsync("zhongning-small", "season", Stop);
        PlanInfo plan = await client.CreatePlanAsync(season.Id, new PlanOrder(Seconds: 600), "plan", Stop);
        await UntilAsync(client, plan.Id, p => p.State == "running");

        first.Kill();
        await first.WaitForExitAsync(Stop);
        using Process second = Serve(folder["host.db"]);
        try
        {
            using HttpClient again = new() { BaseAddress = await AddressAsync(second) };
            MatchingClient other = new(again);
            PlanInfo replayed = await other.CreatePlanAsync(season.Id, new PlanOrder(Seconds: 600), "plan", Stop);
            await UntilAsync(other, plan.Id, p => p is { State: "running", Attempts: 2 });
            await other.StopPlanAsync(plan.Id, Stop);

            Assert.Equal(plan.Id, replayed.Id);
            Assert.Equal(("done", 2), await EndAsync(other, plan.Id));
        }
        finally
        {
            second.Kill(entireProcessTree: true);
            await second.WaitForExitAsync(CancellationToken.None);
        }
    }

    [Fact]
    public async Task A_host_that_is_killed_keeps_what_it_promised_and_promises_it_to_nobody_else()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals to send.");
        using TempFolder folder = new();
        using Process first = Serve(folder["host.db"]);
        using HttpClient http = new() { BaseAddress = await AddressAsync(first) };
        MatchingClient client = new(http);
        string season = await EmptyPlan.PublishedAsync(client, Stop);
        OfferAnswer answer = new("", 0, [], [], null);
        for (int broker = 1; answer.Offers.Count == 0; broker++)
        {
            answer = await client.AskAsync(season, BrokerAsks.Work($"B{broker:000}", new(2026, 7, 5), new(2026, 7, 12), 30), cancellationToken: Stop);
        }

        string offer = answer.Offers[0].OfferId;
        HoldInfo hold = await client.HoldAsync(offer, cancellationToken: Stop);
        BookingInfo booking = await client.ConfirmAsync(hold.HoldId, Stop);

        first.Kill();
        await first.WaitForExitAsync(Stop);
        using Process second = Serve(folder["host.db"]);
        try
        {
            using HttpClient again = new() { BaseAddress = await AddressAsync(second) };
            MatchingClient other = new(again);

            Assert.Equal(booking.BookingId, Assert.Single(await other.ListBookingsAsync(season, cancellationToken: Stop).ToListAsync(Stop)).BookingId);
            Assert.Equal(booking, await other.ConfirmAsync(hold.HoldId, Stop));
            Assert.Equal("taken", (await Assert.ThrowsAsync<ApiProblemException>(() => other.HoldAsync(offer, cancellationToken: Stop))).Code);
            PlanVerdict verdict = await other.CheckPlanAsync(season, new MemoryStream(await other.GetDispatchAsync(season, Stop)), Stop);
            Assert.True(verdict.Legal);
            Assert.True(verdict.Parts["requiredValue"] + verdict.Parts["targetValue"] > 0);

            await other.ReleaseBookingAsync(booking.BookingId, Stop);
            await other.HoldAsync(offer, cancellationToken: Stop);
        }
        finally
        {
            second.Kill(entireProcessTree: true);
            await second.WaitForExitAsync(CancellationToken.None);
        }
    }

    [Fact]
    public async Task The_end_of_a_plan_is_told_once_with_a_signature_and_again_when_refused()
    {
        await using Node node = await Node.StartAsync();
        using HttpListener listener = new();
        string url = $"http://127.0.0.1:{FreePort()}/";
        listener.Prefixes.Add(url);
        listener.Start();
        SeasonInfo season = await node.Client.CreateDemoSeasonAsync("zhongning-small", cancellationToken: Stop);

        PlanInfo plan = await node.Client.CreatePlanAsync(season.Id, new PlanOrder(Seconds: 0.5, Webhook: new WebhookOrder(url, "secret")), cancellationToken: Stop);
        (byte[] refused, _) = await HeardAsync(listener, 503);
        (byte[] body, string? signature) = await HeardAsync(listener, 204);

        Assert.Equal(refused, body);
        Assert.Equal(WebhookSender.SignatureOf("secret", body), signature);
        PlanInfo told = JsonSerializer.Deserialize<PlanInfo>(body, JsonSerializerOptions.Web)!;
        Assert.Equal((plan.Id, "done"), (told.Id, told.State));
    }

    private static async Task<(byte[] Body, string? Signature)> HeardAsync(HttpListener listener, int status)
    {
        HttpListenerContext heard = await listener.GetContextAsync().WaitAsync(Stop);
        using MemoryStream body = new();
        await heard.Request.InputStream.CopyToAsync(body, Stop);
        heard.Response.StatusCode = status;
        heard.Response.Close();
        return (body.ToArray(), heard.Request.Headers["X-Signature"]);
    }

    private static async Task UntilAsync(MatchingClient client, string id, Func<PlanInfo, bool> holds)
    {
        while (await client.GetPlanAsync(id, Stop) is var plan && !holds(plan))
        {
            Assert.False(plan.IsFinal, $"{plan.State} after {plan.Attempts} attempts: {plan.Error}");
            await Task.Delay(50, Stop);
        }
    }

    private static async Task<(string State, int Attempts)> EndAsync(MatchingClient client, string id) =>
        await client.WaitForPlanAsync(id, Stop) is var plan ? (plan.State, plan.Attempts) : default;

    // Children of this process are told apart by what they were asked.
    private static async Task KillChildAsync(long seed)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Children are found in /proc.");
        while (true)
        {
            foreach (string process in Directory.EnumerateDirectories("/proc").Where(p => Path.GetFileName(p).All(char.IsAsciiDigit)))
            {
                try
                {
                    string[] args = Encoding.UTF8.GetString(await File.ReadAllBytesAsync(Path.Combine(process, "cmdline"), Stop)).Split('\0');
                    int at = Array.IndexOf(args, JobChild.Command);
                    if (at > 0 && File.Exists(Path.Combine(args[at + 1], "job.json"))
                        && (await File.ReadAllTextAsync(Path.Combine(args[at + 1], "job.json"), Stop)).Contains($"\"seed\":{seed}", StringComparison.Ordinal))
                    {
                        using Process child = Process.GetProcessById(int.Parse(Path.GetFileName(process), CultureInfo.InvariantCulture));
                        child.Kill();
                        return;
                    }
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
                {
                    // A process that ended meanwhile, or another user's.
                }
            }

            await Task.Delay(50, Stop);
        }
    }

    private static int FreePort()
    {
        using System.Net.Sockets.TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static Process Serve(string database) => Process.Start(new ProcessStartInfo(
        "dotnet", [Path.Combine(AppContext.BaseDirectory, "Matching.Api.dll"), "serve", "--dev", "--urls", "http://127.0.0.1:0", "--database", database, "--lang", "en"])
    {
        RedirectStandardOutput = true,
    })!;

    private static async Task<Uri> AddressAsync(Process serving)
    {
        while (await serving.StandardOutput.ReadLineAsync(Stop) is { } line)
        {
            if (line.Split(' ')[^1] is { } address && address.StartsWith("http", StringComparison.Ordinal))
            {
                return new Uri(address);
            }
        }

        throw new InvalidOperationException("The host did not start.");
    }

    private sealed class Node : IAsyncDisposable
    {
        private readonly WebApplication _app;
        private readonly TempFolder _folder;

        private Node(WebApplication app, TempFolder folder)
        {
            (_app, _folder) = (app, folder);
            Http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
            Client = new MatchingClient(Http);
        }

        public HttpClient Http { get; }

        public MatchingClient Client { get; }

        public static async Task<Node> StartAsync(string? database = null, int parallel = 2)
        {
            TempFolder folder = new();
            WebApplication app = MatchingHost.Build(
                new ServeOptions { Urls = ["http://127.0.0.1:0"], Dev = true, Database = DatabaseTarget.Parse(database ?? folder["host.db"]), ParallelJobs = parallel }, Stop);
            await app.StartAsync(Stop);
            return new Node(app, folder);
        }

        public async ValueTask DisposeAsync()
        {
            Http.Dispose();
            await _app.StopAsync();
            await _app.DisposeAsync();
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            _folder.Dispose();
        }
    }
}
