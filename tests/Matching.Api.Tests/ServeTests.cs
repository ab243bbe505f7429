using System.Net;

namespace Matching.Api.Tests;

public class ServeTests
{
    [Fact]
    public async Task The_server_says_that_it_lives_and_ends_when_stopped()
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        using AnnouncingWriter output = new();
        CliHost host = new() { Out = output, Error = TextWriter.Null };
        Task<int> serving = Cli.RunAsync(["serve", "--urls", "http://127.0.0.1:0"], host, stop.Token);
        string address = await output.Announced.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        using HttpClient client = new() { BaseAddress = new Uri(address) };

        HttpResponseMessage live = await client.GetAsync("/health/live", stop.Token);
        HttpResponseMessage ready = await client.GetAsync("/health/ready", stop.Token);
        HttpResponseMessage other = await client.GetAsync("/v1/seasons", stop.Token);
        await stop.CancelAsync();

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.NotFound), (live.StatusCode, ready.StatusCode, other.StatusCode));
        Assert.Equal(ExitCode.Done, await serving);
    }

    [Fact]
    public async Task An_address_in_use_is_refused()
    {
        using System.Net.Sockets.TcpListener taken = new(IPAddress.Loopback, 0);
        taken.Start();
        string url = $"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}";

        CliRun run = await CliRun.OfAsync("serve", "--urls", url);

        Assert.Equal(ExitCode.BadInput, run.Code);
        Assert.Contains($"Cannot listen on {url}", run.Error);
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
